// The reader in a notebook: a report's text beside its rows, and what a person decides about them.
const SIGNS = { machine: "", confirmed: "✓", corrected: "✎", added: "+", rejected: "✗" };
const KEYS = [
  ["j k", "next, previous row"], ["← →", "previous, next cell of the row"], ["Enter", "go to the words"],
  ["c", "confirm the cell; C: every cell of the row"], ["e", "correct the cell, resting on the words selected in the text"],
  ["x", "reject the cell; X: the whole row"], ["a", "add a row from the words selected in the text"],
  ["u", "undo the last decision"], ["1 – 9", "show or hide a table"], ["?", "these keys"], ["Esc", "close"],
];

class Reader extends Correcting {
  constructor(model, root, live) {
    super(model, root, live);
    this.rows = new Map();
    this.lit = [];
    this.chosen = [];
    this.now = { row: null, column: null };
    root.className = live ? "cb-inner" : "cb-reader";
    labelled(root, "group", `Report ${this.content.source}`);
    this.build(live);
    root.addEventListener("keydown", event => this.key(event));
  }

  build(live) {
    const { source, title, text, tables, rows, editable } = this.content;
    const bar = make("div", "", "cb-bar");
    const name = make("div", "", "cb-title");
    name.append(make("b", title || source), make("span", title ? source : "", "cb-soft"), (this.progress = make("span", "", "cb-progress")));
    this.legend = labelled(make("div", "", "cb-legend"), "toolbar", "Tables shown");
    bar.append(name, this.legend);
    this.pane = labelled(make("div", "", "cb-text"), "document", "Text of the report");
    this.pane.tabIndex = 0;
    this.list = labelled(make("div", "", "cb-rows"), "group", "Rows of the tables");
    const main = make("div", "", "cb-main");
    const side = make("div", "", "cb-side");
    side.append(this.tools(editable), (this.slot = make("div")), this.list);
    main.append(this.pane, side);
    this.root.append(bar, main, this.help(KEYS));
    if (!live) this.root.append(this.live);

    this.groups = new Map();
    Object.keys(tables).forEach((table, at) => this.group(table, at));
    for (const row of rows) this.put(row);
    this.text = new Text(this.pane, text, [...this.rows.values()].flatMap(({ spans }) => spans));
    this.pane.addEventListener("click", event => this.pointed(event));
    this.count();
    if (rows.length) this.stop(this.buttons()[0]);
  }

  tools(editable) {
    const bar = labelled(make("div", "", "cb-tools"), "toolbar", "Decide");
    const all = [["Confirm", "c"], ["Correct", "e"], ["Reject", "x"], ["Add", "a"], ["Undo", "u"], ["Keys", "?"]];
    bar.append(...(editable ? all : all.slice(-1)).map(([label, key]) => button(label, key, () => this.act(key))));
    bar.addEventListener("mousedown", event => event.preventDefault()); // the words selected stay selected
    return bar;
  }

  group(table, at) {
    const toggle = button("", String(at + 1), () => this.toggle(table), `cb-switch cb-${table}`);
    toggle.setAttribute("aria-pressed", "true");
    toggle.append(make("span", table, `cb-mark cb-${table} cb-is-decided`), make("span", "", "cb-soft"));
    this.legend.append(toggle);
    const section = make("section", "", `cb-group cb-of-${table}`);
    const list = make("ul");
    section.append(make("h3", table), list);
    section.setAttribute("aria-label", table);
    this.list.append(section);
    this.groups.set(table, { button: toggle, section, list });
  }

  // A row takes the place of its earlier self; a new one comes last in its table.
  put(row) {
    const old = this.rows.get(row.id);
    const spans = row.cells.flatMap(([column, , status, places]) =>
      places.map(([start, end]) => ({ start, end, status, table: row.table, row: row.id, column })));
    const element = this.drawn(row);
    if (old) old.element.replaceWith(element);
    else this.groups.get(row.table).list.append(element);
    this.rows.set(row.id, { row, element, spans });
    if (this.text) this.text.replace(row.id, old ? old.spans : [], spans);
  }

  drawn(row) {
    const element = make("li", "", `cb-row${row.gone ? " cb-gone" : ""}`);
    if (row.patient) element.append(make("span", row.patient, "cb-soft"));
    const stated = new Map(row.cells.map(cell => [cell[0], cell]));
    for (const { name } of this.content.tables[row.table].columns) {
      const [, value, status] = stated.get(name) || [name, "", "machine"];
      const cell = button("", "", () => this.choose(row.id, name, true), `cb-cell cb-is-${status}${stated.has(name) ? "" : " cb-empty"}`);
      cell.tabIndex = -1;
      cell.append(make("span", plain(name), "cb-name"), make("span", value || "–", "cb-value"));
      if (SIGNS[status]) cell.append(make("span", SIGNS[status], "cb-sign"));
      cell.setAttribute("aria-label", `${plain(name)}: ${value || "nothing"}, ${status}`);
      element.append(cell);
    }
    element.addEventListener("click", event => {
      if (event.target === element || event.target.className === "cb-soft") this.choose(row.id, null, true);
    });
    return element;
  }

  cell(id, column) {
    const { row, element } = this.rows.get(id);
    const at = this.content.tables[row.table].columns.findIndex(({ name }) => name === column);
    return element.querySelectorAll(".cb-cell")[at];
  }

  // The cell that names a row, or else the first with words.
  main({ table, cells }) {
    const { key, columns } = this.content.tables[table];
    return (cells.find(cell => cell[0] === key) || cells.find(cell => cell[3].length) || cells[0] || [columns[0].name])[0];
  }

  stated(id, column) {
    return this.rows.get(id).row.cells.find(cell => cell[0] === column) || [column, "", "machine", [], "", ""];
  }

  buttons() {
    return [...this.list.querySelectorAll(".cb-cell:not(.cb-empty)")];
  }

  // Only one cell is a stop of the tab key.
  stop(button) {
    this.at?.setAttribute("tabindex", "-1");
    this.at = button;
    button?.setAttribute("tabindex", "0");
  }

  choose(id, column, go) {
    const { row, element } = this.rows.get(id);
    column ||= this.main(row);
    if (this.now.row !== id) this.close();
    this.chosen.forEach(old => old.classList.remove("cb-now"));
    this.now = { row: id, column };
    element.classList.add("cb-now");
    const button = this.cell(id, column);
    button.classList.add("cb-now");
    this.chosen = [element, button];
    this.stop(button);
    this.light();
    this.note(element);
    this.reveal(this.list, element);
    button.focus({ preventScroll: true });
    if (go) this.go(true);
  }

  note(element) {
    this.told?.remove();
    const [, , status, places, derived, rule] = this.stated(this.now.row, this.now.column);
    const notes = [derived && `derived: ${derived}`, !places.length && !derived && "no words of the text", rule && `rule ${rule}`, status !== "machine" && status];
    this.told = make("p", notes.filter(Boolean).join("; "), "cb-note");
    element.append(this.told);
  }

  light() {
    this.lit.forEach(node => node.classList.remove("cb-on", "cb-here"));
    const { spans } = this.rows.get(this.now.row);
    this.lit = this.text.nodes(spans);
    this.lit.forEach(node => node.classList.add("cb-on"));
    this.here = this.text.nodes(spans.filter(span => span.column === this.now.column));
    this.here.forEach(node => node.classList.add("cb-here"));
  }

  go(flash) {
    const words = this.here.length ? this.here : this.lit;
    if (!words.length) return;
    this.reveal(this.pane, words[0]);
    if (flash && !matchMedia("(prefers-reduced-motion: reduce)").matches) {
      for (const node of words) node.animate([{ boxShadow: "0 0 0 5px var(--cb-flash)" }, { boxShadow: "0 0 0 0 transparent" }], { duration: 1200, easing: "ease-in" });
    }
  }

  pointed(event) {
    if (!document.getSelection().isCollapsed) return;
    const shown = this.text.at(event.target).filter(span => this.groups.get(span.table).button.getAttribute("aria-pressed") === "true");
    if (!shown.length) return;
    const rows = [...new Set(shown.map(span => span.row))]; // where rows overlap, each click takes the next
    const row = rows[(rows.indexOf(this.now.row) + 1) % rows.length];
    this.choose(row, shown.find(span => span.row === row).column, false);
    this.pane.focus({ preventScroll: true });
  }

  toggle(table) {
    const { button, section } = this.groups.get(table);
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(on));
    if (!on && section.contains(document.activeElement)) button.focus(); // what is hidden cannot keep the keys
    section.hidden = !on;
    this.root.classList.toggle(`cb-off-${table}`, !on);
  }

  count() {
    let [decided, all] = [0, 0];
    for (const [table, { button, list, section }] of this.groups) {
      button.lastChild.textContent = String(list.children.length);
      section.classList.toggle("cb-none", !list.children.length);
    }
    for (const { row } of this.rows.values()) {
      all += row.cells.length;
      decided += row.cells.filter(cell => cell[2] !== "machine").length;
    }
    this.progress.textContent = `${decided} of ${all} cells decided`;
  }

  step(by) {
    const shown = [...this.list.querySelectorAll(".cb-group:not([hidden]) .cb-row")];
    const at = shown.findIndex(element => element === this.rows.get(this.now.row)?.element);
    const next = shown[at < 0 ? 0 : Math.max(0, Math.min(shown.length - 1, at + by))];
    for (const [id, { element }] of this.rows) if (element === next) this.choose(id, null, false);
    if (next) this.go(false);
  }

  sideways(by) {
    if (!this.now.row) return;
    const names = this.content.tables[this.rows.get(this.now.row).row.table].columns.map(({ name }) => name);
    const next = names[names.indexOf(this.now.column) + by];
    if (next) this.choose(this.now.row, next, false);
    this.go(false);
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || (event.shiftKey && event.key === "Enter")) return;
    event.stopPropagation(); // the notebook has keys of its own for these letters
    if (event.key === "Escape") {
      this.keys.hidden = true;
      this.close();
      (this.at || this.pane).focus({ preventScroll: true });
      return;
    }
    if (event.target.closest("form")) return;
    const moves = { j: () => this.step(1), k: () => this.step(-1), ArrowRight: () => this.sideways(1), ArrowLeft: () => this.sideways(-1) };
    const table = Object.keys(this.content.tables)[Number(event.key) - 1];
    if (moves[event.key]) moves[event.key]();
    else if (event.key === "Enter" && event.target === this.pane && this.now.row) this.choose(this.now.row, this.now.column, true);
    else if (event.key >= "1" && event.key <= "9" && table) this.toggle(table);
    else if (event.key.length !== 1 || !this.act(event.key)) return;
    event.preventDefault();
  }

  act(key) {
    if (key === "?") this.keys.hidden = !this.keys.hidden;
    else if (!this.content.editable) return false;
    else if (key === "u") this.decide("undo", {});
    else if (key === "a") this.add();
    else if (!"cCexX".includes(key)) return false;
    else if (!this.now.row) this.say("choose a row first", true);
    else if (key === "c") this.decide("confirm", { columns: [this.now.column] });
    else if (key === "C") this.decide("confirm", { columns: this.rows.get(this.now.row).row.cells.filter(cell => cell[1] && cell[2] === "machine").map(cell => cell[0]) });
    else if (key === "x") this.decide("reject", { column: this.now.column });
    else if (key === "X") this.decide("reject", { column: "" });
    else this.correct();
    return true;
  }

  hear(message) {
    if (message.rows) this.renew(message);
    super.hear(message);
  }

  renew({ rows, gone }) {
    const focused = this.root.contains(document.activeElement);
    for (const row of rows) this.put(row);
    for (const id of gone) {
      const { element, spans } = this.rows.get(id) || {};
      if (!element) continue;
      element.remove();
      this.text.replace(id, spans, []);
      this.rows.delete(id);
    }
    const kept = new Map(this.content.rows.map(row => [row.id, row])); // what a second view of this report begins with
    rows.forEach(row => kept.set(row.id, row));
    gone.forEach(id => kept.delete(id));
    this.content.rows = [...kept.values()];
    this.count();
    if (!this.rows.has(this.now.row)) {
      this.lit.forEach(node => node.classList.remove("cb-on", "cb-here"));
      [this.now, this.lit, this.here] = [{ row: null, column: null }, [], []];
      this.stop(this.buttons()[0]);
    } else if (rows.some(row => row.id === this.now.row)) {
      this.choose(this.now.row, this.now.column, false);
      if (!focused) document.activeElement.blur();
    }
  }

  async decide(kind, content) {
    const answer = await this.ask(kind, { row: this.now.row, ...content });
    this.say(answer.problem || answer.said, Boolean(answer.problem));
    if (!answer.problem && answer.rows?.length && kind === "undo") this.choose(answer.rows[0].id, answer.column || null, true);
    return answer;
  }
}
