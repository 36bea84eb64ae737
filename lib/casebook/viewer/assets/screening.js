// Screening in a notebook: each source with its first words, included or excluded by a criterion of the protocol.
const KEYS = [
  ["j k", "next, previous source"], ["x", "exclude it, then the number of the criterion"], ["i", "include it, likewise"],
  ["u", "undo your last decision"], ["?", "these keys"], ["Esc", "close"],
];
const NAMES = { quarantined: "not readable" };

class Screen extends Desk {
  constructor(model, root) {
    super(model, root);
    this.now = -1;
    root.className = "cb-reader cb-task";
    labelled(root, "group", "Screening");
    this.build();
    root.addEventListener("keydown", event => this.key(event));
  }

  build() {
    const bar = make("div", "", "cb-bar");
    const name = make("div", "", "cb-title");
    name.append(make("b", "Screening"), (this.flow = make("span", "", "cb-progress")));
    this.states = labelled(make("div", "", "cb-legend"), "toolbar", "Sources shown");
    bar.append(name, this.states);
    const main = make("div", "", "cb-split");
    const side = make("div", "", "cb-column");
    const tools = labelled(make("div", "", "cb-tools"), "toolbar", "Decide");
    const all = [["Include", "i"], ["Exclude", "x"], ["Undo", "u"], ["Keys", "?"]];
    tools.append(...(this.content.editable ? all : all.slice(-1)).map(([label, key]) => button(label, key, () => this.act(key))));
    this.list = labelled(make("ol", "", "cb-list"), "list", "Sources");
    this.place = labelled(make("div", "", "cb-place"), "document", "The source");
    side.append(tools, this.list);
    main.append(side, this.place);
    this.root.append(bar, main, this.help(KEYS), this.live);
    this.fill(this.content.list);
    this.choose(0, "", false);
  }

  fill(list) {
    this.items = list.items;
    this.flow.textContent = list.flow;
    this.states.replaceChildren(...[["", null], ...list.states].map(([state, count]) => {
      const chip = button(NAMES[state] || state || "all", "", () => this.only(state), "cb-chip");
      chip.setAttribute("aria-pressed", String(state === list.state));
      if (state) chip.append(make("span", String(count), "cb-soft"));
      return chip;
    }));
    this.list.replaceChildren(...this.items.map((item, at) => {
      const line = make("li");
      const own = button("", "", () => this.choose(at), `cb-item cb-is-${item.state}`);
      own.tabIndex = -1;
      own.append(make("span", NAMES[item.state] || item.state, "cb-what"), make("span", item.source));
      const why = [item.reason, item.by].filter(Boolean).join("; ");
      if (why) own.append(make("span", why, "cb-soft"));
      line.append(own);
      return line;
    }));
    if (!this.items.length) this.list.append(make("li", "There are none.", "cb-soft cb-hint"));
    if (list.waiting > this.items.length) {
      const more = make("li");
      more.append(button(`${list.waiting - this.items.length} more`, "", () => this.longer()));
      this.list.append(more);
    }
  }

  async choose(at, told = "", focus = true) {
    const item = this.items[at];
    this.close();
    this.now = item ? at : -1;
    const buttons = [...this.list.querySelectorAll(".cb-item")];
    buttons.forEach((own, number) => {
      own.classList.toggle("cb-now", number === at);
      own.setAttribute("aria-current", String(number === at));
      own.tabIndex = number === at ? 0 : -1;
    });
    if (!item) return this.place.replaceChildren();
    this.reveal(this.list, buttons[at]);
    if (focus) buttons[at].focus({ preventScroll: true });
    if (told) this.say(told);
    const { facts, opening, problem } = await this.ask("look", { source: item.id });
    if (problem) return this.say(problem, true);
    if (this.items[this.now]?.id === item.id) this.show(item, facts, opening);
  }

  show(item, facts, opening) {
    const asked = this.slot?.querySelector("form"); // opened while the text was on its way
    const page = make("div", "", "cb-page");
    const list = make("dl", "", "cb-facts");
    const told = [["decision", NAMES[item.state] || item.state], ["because", item.reason], ["by", item.by], ["overrules", item.overruled]];
    for (const [name, value] of [...told, ...facts]) if (value) list.append(make("dt", name), make("dd", value));
    const without = "The text was not read. Include the source, and it will be.";
    page.append(make("h3", item.source), list, (this.slot = make("div")), make("div", opening || without, "cb-words"));
    this.place.replaceChildren(page);
    if (!asked) return;
    this.slot.append(asked);
    asked.querySelector("input, button").focus({ preventScroll: true });
  }

  step(by) {
    if (this.items.length) this.choose(Math.max(0, Math.min(this.items.length - 1, this.now + by)));
  }

  async only(state) {
    this.fill((await this.ask("only", { state })).list);
    this.choose(0);
  }

  async longer() {
    const at = this.now;
    this.fill((await this.ask("more", {})).list);
    this.choose(at);
  }

  act(key) {
    if (key === "?") this.keys.hidden = !this.keys.hidden;
    else if (!this.content.editable) return false;
    else if (key === "u") this.decide("undo", {});
    else if (key !== "i" && key !== "x") return false;
    else if (this.now < 0 || !this.slot) this.say("choose a source first", true);
    else this.because(key === "i" ? "include" : "exclude");
    return true;
  }

  // The criteria of the protocol with their numbers; without a protocol's, a reason in words.
  because(kind) {
    this.close();
    const known = this.content.criteria[kind];
    const form = make("form", "", "cb-form");
    this.forms.push(form);
    form.setAttribute("aria-label", kind);
    const list = make("div", "", "cb-choices");
    known.forEach((criterion, at) => list.append(button(criterion, String(at + 1), () => this.decide(kind, { criterion }))));
    if (kind === "include") list.append(button("by no criterion", "0", () => this.decide(kind, { criterion: "" })));
    form.append(make("h4", kind === "include" ? "Include it, because" : "Exclude it, because"), list);
    if (!known.length && kind === "exclude") {
      const reason = make("input");
      reason.name = "criterion";
      reason.setAttribute("aria-label", "reason");
      const foot = make("div", "", "cb-foot");
      foot.append(reason, make("button", "Exclude"));
      form.append(foot);
    }
    form.addEventListener("submit", event => {
      event.preventDefault();
      this.decide(kind, { criterion: form.elements.criterion.value });
    });
    this.slot.append(form);
    (form.elements.criterion || list.querySelector("button")).focus({ preventScroll: true });
    this.place.scrollTop = 0;
  }

  async decide(kind, content) {
    const { id } = this.items[this.now] || {};
    const answer = await this.once(kind, { source: id, ...content });
    if (!answer) return;
    if (answer.problem) return this.say(answer.problem, true);
    const [before, { list }] = [this.now, answer];
    this.content.list = list;
    this.fill(list);
    const at = this.items.findIndex(item => item.id === answer.source);
    if (kind === "undo") this.choose(Math.max(0, at), answer.said);
    else this.choose(Math.min(at < 0 ? before : at + 1, this.items.length - 1), answer.said);
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    event.stopPropagation(); // the notebook has keys of its own for these letters
    const form = event.target.closest("form");
    const moves = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 };
    if (event.key === "Escape") {
      this.keys.hidden = true;
      this.choose(this.now);
    } else if (form && event.target.tagName === "INPUT") return;
    else if (form && event.key >= "0" && event.key <= "9") [...form.querySelectorAll("kbd")].find(kbd => kbd.textContent === event.key)?.parentElement.click();
    else if (form) return;
    else if (moves[event.key]) this.step(moves[event.key]);
    else if (event.key.length !== 1 || !this.act(event.key)) return;
    event.preventDefault();
  }
}
