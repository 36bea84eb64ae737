"use strict";
(() => {
  const evidence = JSON.parse(document.getElementById("evidence").textContent);
  const panel = document.getElementById("panel");
  const title = document.getElementById("panel-title");
  const quotes = document.getElementById("quotes");
  let opener = null;

  // Text of a report enters the page through here only; what would reorder or hide letters is written out.
  const HIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
  const written = text => text.replace(HIDDEN, c => "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0"));
  const make = (tag, text, name) => {
    const element = document.createElement(tag);
    if (text) element.textContent = written(text);
    if (name) element.className = name;
    return element;
  };

  // [from, to, class] ranges of one sentence to text and <mark>s; where two meet, the quote wins.
  const marked = (text, marks) => {
    const quote = make("blockquote");
    quote.dir = "auto";
    const edges = [...new Set([0, text.length, ...marks.flatMap(m => [m[0], m[1]])])].sort((a, b) => a - b);
    edges.slice(0, -1).forEach((from, at) => {
      const part = text.slice(from, edges[at + 1]);
      const over = marks.find(m => m[0] <= from && from < m[1]);
      quote.append(over ? make("mark", part, over[2]) : document.createTextNode(written(part)));
    });
    return quote;
  };

  const named = cell => {
    const own = cell.closest("td, th");
    if (!own) return "this statement";
    const row = own.parentElement.firstElementChild;
    const heads = own.closest("table").tHead;
    const head = heads ? heads.rows[0].cells[own.cellIndex].textContent : "";
    return [row.textContent, row === own ? "" : head].filter(Boolean).join(": ");
  };

  const show = cell => {
    quotes.replaceChildren();
    const numbers = cell.dataset.e.split(" ");
    for (const number of numbers) {
      const [table, column, items] = evidence.cells[Number(number)];
      quotes.append(make("p", `${table}, ${column.replaceAll("_", " ")}`, "what"));
      const sentences = new Map();
      for (const item of items) sentences.set(item[0], [...(sentences.get(item[0]) || []), item]);
      for (const [sentence, together] of sentences) {
        const [, , , , , rule, status, derived, cue, source] = together[0];
        if (sentence >= 0) {
          const [, text, before, after] = evidence.sentences[sentence];
          const marks = together.flatMap(m => [[m[1], m[2], ""], [m[3], m[4], "cue"]]).filter(m => m[0] < m[1]);
          const quote = marked(text, marks);
          if (before) quote.prepend("… ");
          if (after) quote.append(" …");
          quotes.append(quote);
        }
        const [id, name] = evidence.sources[source];
        const from = make("p", "", "from");
        from.append(make("bdi", name ? `${name} (${id})` : id));
        const more = [derived && `derived: ${derived}`, cue && `status from “${cue.trim()}”`, `rule ${evidence.rules[rule]}`, status !== "machine" && status];
        from.append(make("span", ". " + more.filter(Boolean).join("; ") + "."));
        quotes.append(from);
      }
    }
  };

  const close = () => {
    if (panel.hidden) return;
    panel.hidden = true;
    if (opener) {
      opener.setAttribute("aria-expanded", "false");
      opener.focus();
    }
    opener = null;
  };

  const open = cell => {
    if (opener) opener.setAttribute("aria-expanded", "false");
    opener = cell;
    cell.setAttribute("aria-expanded", "true");
    title.textContent = "Evidence: " + named(cell);
    show(cell);
    panel.hidden = false;
    panel.scrollTop = 0;
    panel.focus();
  };

  for (const holder of document.querySelectorAll("[data-e]")) {
    const cell = make("span", "", "cell");
    cell.dataset.e = holder.dataset.e;
    cell.tabIndex = 0;
    cell.setAttribute("role", "button");
    cell.setAttribute("aria-haspopup", "dialog");
    cell.setAttribute("aria-expanded", "false");
    cell.append(...holder.childNodes);
    holder.append(cell);
    const toggle = () => (opener === cell ? close() : open(cell));
    holder.addEventListener("click", toggle);
    cell.addEventListener("keydown", event => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      toggle();
    });
  }

  // On a narrow screen a row of a wide table is read from top to bottom; each cell then needs its heading.
  for (const table of document.querySelectorAll("table")) {
    const heads = table.tHead ? [...table.tHead.rows[0].cells].map(head => head.textContent) : [];
    const wordy = [...table.querySelectorAll("td")].some(cell => cell.textContent.length > 70);
    if (heads.length < 4 && !wordy) continue;
    table.classList.add("stacks");
    for (const row of table.tBodies[0].rows) {
      if (row.classList.contains("group")) continue;
      [...row.cells].forEach((cell, at) => {
        cell.dataset.head = heads[at];
        if (cell.textContent === "–") cell.classList.add("empty");
      });
    }
  }
  // What is wider than the page scrolls by itself; the keyboard must reach it.
  for (const wide of document.querySelectorAll(".wide")) {
    if (wide.scrollWidth <= wide.clientWidth) continue;
    wide.tabIndex = 0;
    wide.setAttribute("role", "region");
    wide.setAttribute("aria-label", "Scrolls sideways");
  }
  if (matchMedia("(max-width: 60rem)").matches) document.querySelector("nav details").open = false;
  document.getElementById("close").addEventListener("click", close);
  document.addEventListener("keydown", event => { if (event.key === "Escape") close(); });
})();
