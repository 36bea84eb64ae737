// What the viewers of a notebook share: questions to Python and its answers, keys, and fields that are checked.
const { Text, make, marked } = casebookViewer;
const PAUSE = 120; // milliseconds without a key before what was typed is checked
const plain = name => name.replaceAll("_", " ");
const choice = (options, value) => {
  const select = make("select");
  for (const option of options) select.append(new Option(option, option, false, option === value));
  return select;
};
const button = (label, key, act, name = "") => {
  const made = make("button", label, name);
  made.type = "button";
  if (key) made.append(make("kbd", key));
  made.addEventListener("click", act);
  return made;
};
const labelled = (element, role, label) => {
  element.setAttribute("role", role);
  element.setAttribute("aria-label", label);
  return element;
};

class Desk {
  constructor(model, root, live) {
    this.model = model;
    this.root = root;
    this.content = model.get("content");
    this.waiting = new Map();
    this.forms = []; // that are open
    this.live = live || labelled(make("div", "", "cb-live"), "status", "What was done");
    this.heard = message => this.hear(message);
    model.on("msg:custom", this.heard);
  }

  leave() {
    this.model.off("msg:custom", this.heard);
  }

  help(keys) {
    this.keys = labelled(make("dl", "", "cb-keys"), "note", "Keys");
    this.keys.hidden = true;
    for (const [key, does] of keys) {
      const line = make("div");
      line.append(make("dt", key), make("dd", does));
      this.keys.append(line);
    }
    return this.keys;
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

  // A question that is not put again before it is answered.
  async once(kind, content) {
    if (this.asking) return null;
    this.asking = true;
    const answer = await this.ask(kind, content);
    this.asking = false;
    return answer;
  }

  hear(message) {
    const resolve = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    resolve?.(message);
  }

  // What is out of sight is laid out only when it comes near, so its place is looked at once more then.
  reveal(pane, element, again = true) {
    const [outer, inner] = [pane.getBoundingClientRect(), element.getBoundingClientRect()];
    if (inner.top >= outer.top + 8 && inner.bottom <= outer.bottom - 8) return;
    pane.scrollTop += inner.top - outer.top - pane.clientHeight / 3;
    if (again) requestAnimationFrame(() => requestAnimationFrame(() => this.reveal(pane, element, false)));
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
    this.forms.push(form);
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

  close() {
    this.forms.splice(0).forEach(form => form.remove());
  }
}

const shown = Viewer => ({
  render({ model, el }) {
    const root = document.createElement("div");
    el.append(root);
    const viewer = new Viewer(model, root);
    return () => viewer.leave();
  },
});
