// The reader in a notebook: a report's text beside its rows, and what a person decides about them.
const { Text, make } = casebookViewer;
const SIGNS = { machine: "", confirmed: "✓", corrected: "✎", added: "+", rejected: "✗" };
const KEYS = [
  ["j k", "next, previous row"], ["← →", "previous, next cell of the row"], ["Enter", "go to the words"],
  ["c", "confirm the cell; C: every cell of the row"], ["e", "correct the cell, resting on the words selected in the text"],
  ["x", "reject the cell; X: the whole row"], ["a", "add a row from the words selected in the text"],
  ["u", "undo the last decision"], ["1 – 9", "show or hide a table"], ["?", "these keys"], ["Esc", "close"],
];
const PAUSE = 120; // milliseconds without a key before what was typed is checked
const plain = name => name.replaceAll("_", " ");
const choice = (options, value) => {
  const select = make("select");
  for (const option of options) select.append(new Option(option, option, false, option === value));
  return select;
};

class Reader {
  constructor(model, root) {
    this.model = model;
    this.root = root;
    this.content = model.get("content");
    this.rows = new Map();
    this.waiting = new Map();
    this.lit = [];
    this.now = { row: null, column: null };
    root.className = "cb-reader";
    root.setAttribute("role", "group");
    root.setAttribute("aria-label", `Report ${this.content.source}`);
    this.build();
    root.addEventListener("keydown", event => this.key(event));
    this.heard = message => this.hear(message);
    model.on("msg:custom", this.heard);
  }

  build() {
    const { source, title, text, tables, rows, editable } = this.content;
    const bar = make("div", "", "cb-bar");
    const name = make("div", "", "cb-title");
    name.append(make("b", title || source), make("span", title ? source : "", "cb-soft"), (this.progress = make("span", "", "cb-progress")));
    this.legend = make("div", "", "cb-legend");
    this.legend.setAttribute("role", "toolbar");
    this.legend.setAttribute("aria-label", "Tables shown");
    bar.append(name, this.legend);
    this.pane = make("div", "", "cb-text");
    this.pane.tabIndex = 0;
    this.pane.setAttribute("role", "document");
    this.pane.setAttribute("aria-label", "Text of the report");
    this.list = make("div", "", "cb-rows");
    this.list.setAttribute("role", "group");
    this.list.setAttribute("aria-label", "Rows of the tables");
    const main = make("div", "", "cb-main");
    const side = make("div", "", "cb-side");
    side.append(this.tools(editable), (this.slot = make("div")), this.list);
    main.append(this.pane, side);
    this.live = make("div", "", "cb-live");
    this.live.setAttribute("role", "status");
    this.root.append(bar, main, this.help(), this.live);

    this.groups = new Map();
    Object.keys(tables).forEach((table, at) => this.group(table, at));
    for (const row of rows) this.put(row);
    this.text = new Text(this.pane, text, [...this.rows.values()].flatMap(({ spans }) => spans));
    this.pane.addEventListener("click", event => this.pointed(event));
    this.count();
    if (rows.length) this.stop(this.buttons()[0]);
  }

  tools(editable) {
    const bar = make("div", "", "cb-tools");
    bar.setAttribute("role", "toolbar");
    bar.setAttribute("aria-label", "Decide");
    const all = [["Confirm", "c"], ["Correct", "e"], ["Reject", "x"], ["Add", "a"], ["Undo", "u"], ["Keys", "?"]];
    for (const [label, key] of editable ? all : all.slice(-1)) {
      const button = make("button", label);
      button.type = "button";
      button.append(make("kbd", key));
      button.addEventListener("mousedown", event => event.preventDefault()); // the words selected stay selected
      button.addEventListener("click", () => this.act(key));
      bar.append(button);
    }
    return bar;
  }

  help() {
    this.keys = make("dl", "", "cb-keys");
    this.keys.hidden = true;
    this.keys.setAttribute("role", "note");
    this.keys.setAttribute("aria-label", "Keys");
    for (const [key, does] of KEYS) {
      const line = make("div");
      line.append(make("dt", key), make("dd", does));
      this.keys.append(line);
    }
    return this.keys;
  }

  group(table, at) {
    const button = make("button", "", `cb-switch cb-${table}`);
    button.type = "button";
    button.setAttribute("aria-pressed", "true");
    button.append(make("kbd", String(at + 1)), make("span", table, `cb-mark cb-${table} cb-is-decided`), make("span", "", "cb-soft"));
    button.addEventListener("click", () => this.toggle(table));
    this.legend.append(button);
    const section = make("section", "", `cb-group cb-of-${table}`);
    const list = make("ul");
    section.append(make("h3", table), list);
    section.setAttribute("aria-label", table);
    this.list.append(section);
    this.groups.set(table, { button, section, list });
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
      const cell = make("button", "", `cb-cell cb-is-${status}${stated.has(name) ? "" : " cb-empty"}`);
      cell.type = "button";
      cell.tabIndex = -1;
      cell.append(make("span", plain(name), "cb-name"), make("span", value || "–", "cb-value"));
      if (SIGNS[status]) cell.append(make("span", SIGNS[status], "cb-sign"));
      cell.setAttribute("aria-label", `${plain(name)}: ${value || "nothing"}, ${status}`);
      cell.addEventListener("click", () => this.choose(row.id, name, true));
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
    this.root.querySelectorAll(".cb-now").forEach(old => old.classList.remove("cb-now"));
    this.now = { row: id, column };
    element.classList.add("cb-now");
    const button = this.cell(id, column);
    button.classList.add("cb-now");
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

  // What is out of sight is laid out only when it comes near, so its place is looked at once more then.
  reveal(pane, element, again = true) {
    const [outer, inner] = [pane.getBoundingClientRect(), element.getBoundingClientRect()];
    if (inner.top >= outer.top + 8 && inner.bottom <= outer.bottom - 8) return;
    pane.scrollTop += inner.top - outer.top - pane.clientHeight / 3;
    if (again) requestAnimationFrame(() => requestAnimationFrame(() => this.reveal(pane, element, false)));
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

  say(text, wrong = false) {
    this.live.textContent = casebookViewer.written(text);
    this.live.classList.toggle("cb-wrong", wrong);
  }

  // What Python answers comes back under the number of the question.
  ask(kind, content) {
    const id = crypto.getRandomValues(new Uint32Array(2)).join("-");
    return new Promise(resolve => {
      this.waiting.set(id, resolve);
      this.model.send({ kind, id, ...content });
    });
  }

  hear(message) {
    if (message.rows) this.renew(message);
    const resolve = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    resolve?.(message);
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

  close() {
    this.slot.replaceChildren();
    this.root.querySelectorAll("form").forEach(form => form.remove());
  }

  // A field that is checked while one types, with what the vocabulary has that is like it.
  field(table, { name, kind, allowed, nullable, meaning }, value) {
    const box = make("label", "", "cb-field");
    const free = !allowed.length && kind !== "boolean";
    const input = free ? make("input") : choice(["", ...(allowed.length ? allowed : ["true", "false"])], value);
    if (free) input.value = value;
    input.name = name;
    input.title = meaning;
    input.autocomplete = "off";
    input.required = !nullable;
    const near = make("div", "", "cb-near");
    const problem = make("span", "", "cb-problem");
    problem.setAttribute("role", "alert");
    box.append(make("span", plain(name) + (nullable ? "" : " *"), "cb-name"), input, problem, near);
    let timer = 0;
    const check = async () => {
      const typed = input.value;
      const answer = await this.ask("try", { table, column: name, value: typed });
      if (input.value !== typed) return;
      problem.textContent = casebookViewer.written(answer.problem || "");
      near.replaceChildren(...(answer.near || []).map(label => {
        const pick = make("button", label);
        pick.type = "button";
        pick.addEventListener("click", () => {
          input.value = label;
          input.focus();
          check();
        });
        return pick;
      }));
    };
    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(check, PAUSE);
    });
    return { box, input, problem };
  }

  form(title, save) {
    const form = make("form", "", "cb-form");
    form.setAttribute("aria-label", title);
    form.noValidate = true;
    const fields = make("div");
    const note = make("label", "", "cb-field");
    const reason = make("input");
    reason.name = "note";
    note.append(make("span", "note", "cb-name"), reason);
    const [send, cancel, wrong] = [make("button", "Save"), make("button", "Cancel"), make("p", "", "cb-problem")];
    cancel.type = "button";
    cancel.addEventListener("click", () => this.close());
    wrong.setAttribute("role", "alert");
    const foot = make("div", "", "cb-foot");
    foot.append(send, cancel);
    form.append(make("h4", title), fields, note, foot, wrong);
    form.addEventListener("submit", async event => {
      event.preventDefault();
      form.querySelectorAll(".cb-problem").forEach(element => (element.textContent = ""));
      const answer = await save(reason.value);
      if (!answer.problem) return;
      const field = answer.column && [...form.elements].find(element => element.name === answer.column);
      const place = field ? field.parentElement.querySelector(".cb-problem") : wrong;
      place.textContent = casebookViewer.written(answer.problem);
      (field || reason).focus();
    });
    return { form, fields };
  }

  rests(words) {
    return make("p", words ? `rests on “${words.quote}”` : "no words are selected in the text", "cb-note");
  }

  correct() {
    const { row, column } = this.now;
    const { row: own, element } = this.rows.get(row);
    const words = this.text.selected();
    this.close();
    const declared = this.content.tables[own.table].columns.find(({ name }) => name === column);
    const field = this.field(own.table, declared, this.stated(row, column)[1]);
    const { form, fields } = this.form(`Correct ${plain(column)}`, async note => {
      const answer = await this.decide("change", { column, value: field.input.value, note, words });
      if (!answer.problem) this.close();
      return answer;
    });
    fields.append(field.box);
    if (words) fields.append(this.rests(words));
    element.append(form);
    this.reveal(this.list, form);
    field.input.focus({ preventScroll: true });
    field.input.select?.();
  }

  add() {
    const words = this.text.selected();
    const { tables, patients } = this.content;
    const first = this.now.row ? this.rows.get(this.now.row).row : null;
    this.close();
    const table = choice(Object.keys(tables).filter(name => name !== "conflicts"), first?.table === "conflicts" ? "sites" : first?.table || "sites");
    const patient = choice(patients, first?.case);
    let made = [];
    const { form, fields } = this.form("Add a row", async note => {
      const values = Object.fromEntries(made.filter(({ input }) => input.value).map(({ input }) => [input.name, input.value]));
      const answer = await this.decide("add", { table: table.value, case: patient.value, values, words, note });
      if (!answer.problem) {
        this.close();
        this.choose(answer.row, null, true);
      }
      return answer;
    });
    const refill = () => {
      const { columns, key } = tables[table.value];
      made = columns.map(column => this.field(table.value, column, column.name === key && words ? words.quote : column.usual));
      fields.replaceChildren(head, this.rests(words), ...made.map(({ box }) => box));
      const filled = made.find(({ input }) => input.name === key);
      if (words) filled.input.dispatchEvent(new Event("input"));
      return filled.input;
    };
    const head = make("div", "", "cb-foot");
    head.append(table, patient);
    table.setAttribute("aria-label", "table");
    patient.setAttribute("aria-label", "patient");
    table.addEventListener("change", refill);
    this.slot.append(form);
    refill().focus({ preventScroll: true });
  }
}

export default {
  render({ model, el }) {
    const root = document.createElement("div");
    el.append(root);
    const reader = new Reader(model, root);
    return () => model.off("msg:custom", reader.heard);
  },
};
