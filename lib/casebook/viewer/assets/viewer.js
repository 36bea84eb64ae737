"use strict";
// The words of a report with marks on them: for the evidence panel of the report page and for the reader in a notebook.
// Text of a report enters a page through here only, always as text; what would reorder or hide letters is written out.
const casebookViewer = (() => {
  const HIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;
  const code = letter => "\\u" + letter.charCodeAt(0).toString(16).padStart(4, "0");
  const written = text => text.replace(HIDDEN, code);

  const make = (tag, text, name) => {
    const element = document.createElement(tag);
    if (text) element.textContent = written(text);
    if (text) element.dir = "auto";
    if (name) element.className = name;
    return element;
  };

  // Python counts code points, a browser UTF-16 units: this is the only place that knows both.
  class Offsets {
    constructor(text) {
      this.length = text.length;
      this.wide = []; // code point offsets of the letters that take two units
      let point = 0;
      for (let unit = 0; unit < text.length; unit += 1, point += 1) {
        if (text.codePointAt(unit) > 0xffff) {
          this.wide.push(point);
          unit += 1;
        }
      }
      this.points = point;
    }
    // how many of `wide` meet a test that holds for the first ones only
    count(test) {
      let [low, high] = [0, this.wide.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (test(this.wide[middle], middle)) low = middle + 1;
        else high = middle;
      }
      return low;
    }
    unit(point) {
      return Math.min(this.length, point + this.count(wide => wide < point));
    }
    // an offset inside a letter is that of the letter
    point(unit) {
      const before = this.count((wide, at) => wide + at + 2 <= unit);
      return unit - before - Number(this.wide[before] + before + 1 === unit);
    }
  }

  // The ranges [from, to) cut at each other's ends: {from, to, over} with the numbers of the ranges that cover the part.
  const parts = (length, ranges, cuts = []) => {
    const edges = [...new Set([0, length, ...cuts, ...ranges.flat()])].filter(edge => edge >= 0 && edge <= length);
    edges.sort((a, b) => a - b);
    const order = ranges.map((_, number) => number).sort((a, b) => ranges[a][0] - ranges[b][0]);
    let [next, open] = [0, []];
    return edges.slice(0, -1).map((from, at) => {
      while (next < order.length && ranges[order[next]][0] <= from) open.push(order[next++]);
      open = open.filter(number => ranges[number][1] > from);
      return { from, to: edges[at + 1], over: [...open].sort((a, b) => a - b) };
    });
  };

  // `text` as nodes; `seen` is told each text node, where it begins, and whether it is a letter written out.
  const letters = (text, seen = () => {}) => {
    const nodes = [];
    let from = 0;
    const plain = to => {
      if (to === from) return;
      nodes.push(document.createTextNode(text.slice(from, to)));
      seen(nodes.at(-1), from, false);
    };
    for (const hit of text.matchAll(HIDDEN)) {
      plain(hit.index);
      const shown = make("span", "", "cb-code");
      shown.append(code(hit[0]));
      nodes.push(shown);
      seen(shown.firstChild, hit.index, true);
      from = hit.index + 1;
    }
    plain(text.length);
    return nodes;
  };

  // One sentence with its marks [from, to, class] in code points; where two meet, the first wins.
  const marked = (text, marks) => {
    const quote = make("blockquote");
    quote.dir = "auto";
    const offsets = new Offsets(text);
    for (const { from, to, over } of parts(text.length, marks.map(mark => [offsets.unit(mark[0]), offsets.unit(mark[1])]))) {
      const own = letters(text.slice(from, to));
      if (over.length) {
        const mark = make("mark", "", marks[over[0]][2]);
        mark.dir = "auto";
        mark.append(...own);
        quote.append(mark);
      } else quote.append(...own);
    }
    return quote;
  };

  const BLOCK = 1500; // about so many letters are laid out together

  // A whole report inside `element`. A span is {start, end, table, status, row, column}, offsets in code points.
  class Text {
    constructor(element, text, spans) {
      this.element = element;
      this.text = text;
      this.offsets = new Offsets(text);
      this.places = new WeakMap();
      const cuts = [];
      for (let at = BLOCK; (at = text.indexOf("\n", at)) >= 0; at += BLOCK) cuts.push(at + 1);
      const ranges = spans.map(span => this.units(span));
      this.parts = parts(text.length, ranges, cuts).map(part => ({ ...part, over: part.over.map(number => spans[number]) }));
      const ends = new Set(cuts);
      let block = make("div", "", "cb-block");
      element.append(block);
      for (const part of this.parts) {
        if (ends.has(part.from)) element.append((block = make("div", "", "cb-block")));
        this.draw(part);
        block.append(part.node);
      }
    }
    units(span) {
      return [this.offsets.unit(span.start), this.offsets.unit(span.end)];
    }
    // One nested element for each table that the part belongs to, so that each draws its own line.
    draw(part) {
      const node = make("span");
      const tables = [...new Set(part.over.map(span => span.table))].sort();
      let inner = node;
      for (const table of tables) {
        const states = new Set(part.over.filter(span => span.table === table).map(span => span.status));
        const state = ["machine", "rejected"].find(name => states.has(name) && (name === "machine" || states.size === 1)) || "decided";
        const mark = make("span", "", `cb-mark cb-${table} cb-is-${state}`);
        inner.append(mark);
        inner = mark;
      }
      const low = part.from;
      inner.append(...letters(this.text.slice(part.from, part.to), (text, at, whole) => this.places.set(text, { at: low + at, whole })));
      part.node?.replaceWith(node);
      part.node = node;
      this.places.set(node, { part });
    }
    first(unit) {
      let [low, high] = [0, this.parts.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (this.parts[middle].to > unit) high = middle;
        else low = middle + 1;
      }
      return low;
    }
    cut(unit) {
      const at = this.first(unit);
      const part = this.parts[at];
      if (!part || part.from === unit) return;
      const second = { from: unit, to: part.to, over: [...part.over], node: make("span") };
      part.node.after(second.node);
      part.to = unit;
      this.parts.splice(at + 1, 0, second);
      this.draw(part);
      this.draw(second);
    }
    within([from, to]) {
      const found = [];
      for (let at = this.first(from); at < this.parts.length && this.parts[at].from < to; at += 1) found.push(this.parts[at]);
      return found;
    }
    // Put the spans of one row in the place of those that it had.
    replace(row, old, spans) {
      const touched = new Set();
      for (const span of old) {
        for (const part of this.within(this.units(span))) {
          part.over = part.over.filter(one => one.row !== row);
          touched.add(part);
        }
      }
      for (const span of spans) {
        const units = this.units(span);
        units.forEach(unit => this.cut(unit));
        for (const part of this.within(units)) {
          part.over.push(span);
          touched.add(part);
        }
      }
      touched.forEach(part => this.draw(part));
    }
    nodes(spans) {
      return [...new Set(spans.flatMap(span => this.within(this.units(span)).map(part => part.node)))];
    }
    // The spans under an element of the text, the shortest first.
    at(target) {
      for (let node = target; node && node !== this.element; node = node.parentNode) {
        const part = this.places.get(node)?.part;
        if (part) return [...part.over].sort((a, b) => a.end - a.start - (b.end - b.start));
      }
      return [];
    }
    unitAt(node, offset, last) {
      if (node.nodeType !== Node.TEXT_NODE) {
        const inside = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
        const child = node.childNodes[offset];
        if (child) {
          inside.currentNode = child;
          const text = child.nodeType === Node.TEXT_NODE ? child : inside.nextNode();
          return text && this.places.has(text) ? this.places.get(text).at : null;
        }
        let text = null;
        while (inside.nextNode()) text = inside.currentNode;
        return text && this.places.has(text) ? this.places.get(text).at + (this.places.get(text).whole ? 1 : text.length) : null;
      }
      const place = this.places.get(node);
      if (!place) return null;
      return place.at + (place.whole ? Number(last ? offset > 0 : offset >= node.length) : offset);
    }
    // The words that a person selected, {start, end, quote} without the blanks around them; null where there are none.
    selected() {
      const selection = document.getSelection();
      if (!selection?.rangeCount || selection.isCollapsed) return null;
      const range = selection.getRangeAt(0);
      if (!this.element.contains(range.startContainer) || !this.element.contains(range.endContainer)) return null;
      let from = this.unitAt(range.startContainer, range.startOffset, false);
      let to = this.unitAt(range.endContainer, range.endOffset, true);
      if (from === null || to === null) return null;
      const quote = this.text.slice(from, to);
      from += quote.length - quote.trimStart().length;
      to -= quote.length - quote.trimEnd().length;
      if (from >= to) return null;
      return { start: this.offsets.point(from), end: this.offsets.point(to), quote: this.text.slice(from, to) };
    }
  }

  return { Offsets, Text, letters, make, marked, parts, written };
})();
