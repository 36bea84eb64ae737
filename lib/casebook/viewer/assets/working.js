// The queue in a notebook: what to look at first, and why, beside the report that it stands in.
const TASKS = [["n p", "next, previous of the list"], ...KEYS.slice(0, -1), ["Esc", "close"]];

class Work extends Desk {
  constructor(model, root) {
    super(model, root);
    this.reader = null;
    this.now = -1;
    root.className = "cb-reader cb-task";
    labelled(root, "group", "What to look at first");
    this.build();
    root.addEventListener("keydown", event => this.key(event), true); // before the reader inside takes the key
  }

  leave() {
    this.reader?.leave();
    super.leave();
  }

  build() {
    const bar = make("div", "", "cb-bar");
    const name = make("div", "", "cb-title");
    name.append(make("b", "What to look at first"), (this.progress = make("span", "", "cb-progress")));
    this.tables = labelled(make("div", "", "cb-legend"), "toolbar", "Tables");
    bar.append(name, this.tables);
    const main = make("div", "", "cb-split cb-wide");
    const side = make("div", "", "cb-column");
    const steps = labelled(make("div", "", "cb-tools"), "toolbar", "Steps");
    steps.append(button("Next", "n", () => this.step(1)), button("Previous", "p", () => this.step(-1)));
    this.list = labelled(make("ol", "", "cb-list"), "list", "Cells to look at");
    this.place = make("div", "", "cb-place");
    this.place.append(make("p", "Choose a cell, or press n.", "cb-soft cb-hint"));
    side.append(steps, this.list);
    main.append(side, this.place);
    this.root.append(bar, main, this.live);
    this.fill(this.content.list);
  }

  fill(list) {
    this.items = list.items;
    this.progress.textContent = `${list.progress} done`;
    this.tables.replaceChildren(...[["", 0, 0], ...list.tables].map(([table, done, of]) => {
      const chip = button(table || "all tables", "", () => this.only(table), "cb-chip");
      chip.setAttribute("aria-pressed", String(table === list.table));
      if (table) chip.append(make("span", `${done} of ${of}`, "cb-soft"));
      return chip;
    }));
    this.list.replaceChildren(...this.items.map((item, at) => this.drawn(item, at)));
    if (!this.items.length) this.list.append(make("li", "Nothing waits here.", "cb-soft cb-hint"));
    if (list.waiting > this.items.length) {
      const more = make("li");
      more.append(button(`${list.waiting - this.items.length} more`, "", () => this.longer()));
      this.list.append(more);
    }
  }

  drawn(item, at) {
    const line = make("li");
    const own = button("", "", () => this.choose(at), "cb-item");
    own.tabIndex = -1;
    const cell = make("span", "", "cb-of");
    cell.append(make("span", `${item.table}: ${plain(item.column) || "whole row"}`, "cb-name"), make("span", item.value || "–", "cb-value"));
    own.append(make("span", item.what, "cb-what"), cell, make("span", item.why, "cb-soft"), make("span", item.source, "cb-soft cb-cut"));
    line.append(own);
    if (!at) own.tabIndex = 0;
    return line;
  }

  mark(at) {
    this.now = at;
    const buttons = [...this.list.querySelectorAll(".cb-item")];
    buttons.forEach((own, number) => {
      own.classList.toggle("cb-now", number === at);
      own.setAttribute("aria-current", String(number === at));
      own.tabIndex = number === Math.max(0, at) ? 0 : -1;
    });
    if (buttons[at]) this.reveal(this.list, buttons[at]);
  }

  async choose(at, told = "") {
    const item = this.items[at];
    if (!item) return;
    this.mark(at);
    if (this.reader?.content.source !== item.source_id) {
      this.empty(); // a key that comes now must not decide in the report before
      const answer = await this.ask("open", { source: item.source_id });
      if (this.items[this.now] !== item) return; // another was chosen meanwhile
      if (answer.problem) {
        this.place.replaceChildren();
        return this.say(answer.problem, true);
      }
      this.show({ ...answer.report, editable: this.content.editable });
    }
    if (this.reader?.rows.has(item.row_id)) this.reader.choose(item.row_id, item.column || null, true);
    this.say(`${told ? `${told}; next: ` : ""}${item.what}: ${item.why}`);
  }

  empty() {
    this.reader?.leave();
    this.reader = null;
    this.place.replaceChildren(make("p", "Opening the report …", "cb-soft cb-hint"));
    this.list.querySelector(".cb-now")?.focus({ preventScroll: true });
  }

  show(report) {
    const root = make("div");
    this.place.replaceChildren(root);
    const { model } = this;
    const own = { get: () => report, on: (...heard) => model.on(...heard), off: (...heard) => model.off(...heard), send: message => model.send(message) };
    this.reader = new Reader(own, root, this.live);
  }

  step(by) {
    if (!this.items.length) return this.say("nothing waits here");
    this.choose(Math.max(0, Math.min(this.items.length - 1, this.now + by)));
  }

  async only(table) {
    const { list } = await this.ask("only", { table });
    this.now = -1;
    this.fill(list);
    this.choose(0);
  }

  async longer() {
    const at = this.now;
    this.fill((await this.ask("more", {})).list);
    this.mark(at);
  }

  async undo() {
    const answer = await this.ask("undo", {});
    if (answer.problem) this.say(answer.problem, true);
  }

  // After a decision its cell is gone from the list, and the one that takes its place is shown.
  hear(message) {
    super.hear(message);
    if (!message.said) return;
    const was = this.items[this.now];
    setTimeout(() => this.renew(message, was)); // when the reader has taken the answer in
  }

  renew({ list, said, undone }, was) {
    const same = item => was && item.row_id === was.row_id && item.column === was.column;
    const before = this.now;
    this.content.list = list;
    this.fill(list);
    const [, row, column] = undone || [];
    const back = this.items.findIndex(item => item.row_id === row && (!column || item.column === column));
    if (back >= 0) this.choose(back, said);
    else if (this.items.some(same)) {
      this.mark(this.items.findIndex(same));
      this.say(said);
    } else if (this.items.length) this.choose(Math.min(before, this.items.length - 1), said);
    else this.say(`${said}; nothing more waits here`);
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("form")) return;
    const steps = { n: 1, p: -1 };
    const lines = { ArrowDown: 1, ArrowUp: -1 };
    const by = steps[event.key] || (this.list.contains(event.target) && lines[event.key]);
    if (by) this.step(by);
    else if (event.key === "u" && !this.reader && this.content.editable) this.undo();
    else if (event.key === "?" && !this.reader) this.say(TASKS.map(pair => pair.join(": ")).join("; "));
    else if (!this.place.contains(event.target) && this.reader && event.key.length === 1 && event.key !== " ") this.reader.key(event);
    else if (this.place.contains(event.target) || event.key === "Tab") return;
    else return event.stopPropagation();
    event.preventDefault();
    event.stopPropagation();
  }
}
