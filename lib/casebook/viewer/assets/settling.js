// Adjudication in a notebook: what two persons answered differently, side by side, for a third to settle.
const KEYS = [
  ["j k", "next, previous disagreement"], ["1 2", "the first, the second answer holds"], ["e", "another value holds"],
  ["u", "undo what you settled last"], ["?", "these keys"], ["Esc", "close"],
];

class Adjudicate extends Desk {
  constructor(model, root) {
    super(model, root);
    this.now = null;
    this.cards = new Map();
    root.className = "cb-reader cb-task";
    labelled(root, "group", "Disagreements");
    this.build();
    root.addEventListener("keydown", event => this.key(event));
  }

  build() {
    const { one, other, items, editable } = this.content;
    const bar = make("div", "", "cb-bar");
    const name = make("div", "", "cb-title");
    name.append(make("b", `Where ${one} and ${other} differ`), (this.progress = make("span", "", "cb-progress")));
    bar.append(name);
    const tools = labelled(make("div", "", "cb-tools"), "toolbar", "Decide");
    const all = [["Next", "j"], ["Previous", "k"], ["Another value", "e"], ["Undo", "u"], ["Keys", "?"]];
    tools.append(...all.filter(([, key]) => editable || !"eu".includes(key)).map(([label, key]) => button(label, key, () => this.act(key))));
    this.list = labelled(make("div", "", "cb-cards"), "list", "Disagreements");
    this.root.append(bar, tools, this.list, this.help(KEYS), this.live);
    for (const item of items) this.put(item);
    if (!items.length) this.list.append(make("p", "They differ on nothing.", "cb-soft cb-hint"));
    this.count();
    if (items.length) this.choose(items[0].key, false);
  }

  put(item) {
    const card = make("section", "", "cb-card");
    labelled(card, "listitem", `${item.table}: ${plain(item.column) || "whole row"}`);
    card.tabIndex = -1;
    const head = make("h3");
    head.append(make("span", `${item.table}: ${plain(item.column) || "whole row"}`), make("span", [item.case, item.source].filter(Boolean).join("; "), "cb-soft"));
    card.append(head);
    if (item.row) card.append(make("p", item.row, "cb-note"));
    if (item.sentence) card.append(marked(item.sentence, item.marks));
    const sides = make("div", "", "cb-sides");
    [this.content.one, this.content.other].forEach((who, at) => {
      const [value, told] = item.choices[at];
      const own = button("", "", () => this.settle(item.key, value), `cb-side-of${item.by && item.value === value ? " cb-chosen" : ""}`);
      const name = make("span", "", "cb-name");
      name.append(make("span", who), make("kbd", String(at + 1)));
      own.append(name, make("span", told, "cb-value"));
      own.disabled = !this.content.editable;
      sides.append(own);
    });
    card.append(sides);
    if (item.by) card.append(make("p", `settled: ${item.settled} (${item.by})`, "cb-settled"));
    card.addEventListener("click", event => {
      if (!event.target.closest("button, form")) this.choose(item.key);
    });
    const old = this.cards.get(item.key);
    if (old) old.card.replaceWith(card);
    else this.list.append(card);
    this.cards.set(item.key, { item, card });
  }

  count() {
    const items = [...this.cards.values()].map(({ item }) => item);
    this.progress.textContent = `${items.filter(item => item.by).length} of ${items.length} settled`;
  }

  choose(key, focus = true) {
    const { card } = this.cards.get(key) || {};
    if (!card) return;
    this.close();
    this.now = key;
    for (const { card: each } of this.cards.values()) {
      each.classList.toggle("cb-now", each === card);
      each.tabIndex = each === card ? 0 : -1;
    }
    if (focus) card.focus({ preventScroll: true });
    this.reveal(this.list, card);
  }

  step(by) {
    const keys = [...this.cards.keys()];
    const at = keys.indexOf(this.now) + by;
    if (keys[at]) this.choose(keys[at]);
  }

  // The answer that holds; then the next disagreement that waits.
  async settle(key, value, note = "") {
    const answer = await this.once("settle", { key, value, note });
    if (!answer) return {};
    this.say(answer.problem || answer.said, Boolean(answer.problem));
    if (!answer.problem) {
      this.renew(answer);
      const keys = [...this.cards.keys()];
      const at = keys.indexOf(key);
      const waits = [...keys.slice(at + 1), ...keys.slice(0, at)].find(other => !this.cards.get(other).item.by);
      this.choose(waits || key);
    }
    return answer;
  }

  async undo() {
    const answer = await this.ask("undo", {});
    this.say(answer.problem || answer.said, Boolean(answer.problem));
    if (answer.problem) return;
    this.renew(answer);
    this.choose(answer.key);
  }

  renew({ items }) {
    for (const item of items) this.put(item);
    this.content.items = [...this.cards.values()].map(({ item }) => item); // what a second view begins with
    this.count();
  }

  another() {
    const { item, card } = this.cards.get(this.now);
    if (!item.field) return this.say("one of the two answers holds here", true);
    this.close();
    const field = this.field(item.table, item.field, item.choices[0][0]);
    const { form, fields } = this.form(`Another ${plain(item.column)}`, note => this.settle(item.key, field.input.value, note));
    fields.append(field.box);
    card.append(form);
    this.reveal(this.list, form);
    field.input.focus({ preventScroll: true });
    field.input.select?.();
  }

  act(key) {
    if (key === "?") this.keys.hidden = !this.keys.hidden;
    else if (key === "j" || key === "k") this.step(key === "j" ? 1 : -1);
    else if (!this.content.editable || !"eu12".includes(key)) return false;
    else if (key === "u") this.undo();
    else if (!this.now) return false;
    else if (key === "e") this.another();
    else this.settle(this.now, this.cards.get(this.now).item.choices[Number(key) - 1][0]);
    return true;
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    event.stopPropagation(); // the notebook has keys of its own for these letters
    const moves = { ArrowDown: "j", ArrowUp: "k" };
    if (event.key === "Escape") {
      this.keys.hidden = true;
      this.choose(this.now);
    } else if (event.target.closest("form") || (event.key.length !== 1 && !moves[event.key]) || !this.act(moves[event.key] || event.key)) return;
    event.preventDefault();
  }
}
