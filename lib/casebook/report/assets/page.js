(() => {
  const { make, marked } = casebookViewer;
  const evidence = JSON.parse(document.getElementById("evidence").textContent);
  const panel = document.getElementById("panel");
  const title = document.getElementById("panel-title");
  const quotes = document.getElementById("quotes");
  let opener = null;

  const named = cell => {
    const own = cell.closest("td, th");
    if (!own) return "this statement";
    const row = own.parentElement.firstElementChild;
    const heads = own.closest("table").tHead;
    const head = heads ? heads.rows[0].cells[own.cellIndex].textContent : "";
    return [row.textContent, row === own ? "" : head].filter(Boolean).join(": ");
  };

  // One entry per sentence, with every cell that it supports; what is derived without words of its own comes last.
  const show = cell => {
    const sentences = new Map();
    for (const number of cell.parentElement.dataset.e.split(" ")) {
      const [column, value, items] = evidence.cells[Number(number)];
      for (const item of items) {
        const key = item[0] < 0 ? "derived" : item[0];
        sentences.set(key, [...(sentences.get(key) || []), { column, value, item }]);
      }
    }
    quotes.replaceChildren();
    for (const [key, uses] of [...sentences].sort(([a], [b]) => (a === "derived") - (b === "derived"))) {
      if (key !== "derived") {
        const [, text, before, after] = evidence.sentences[key];
        const marks = [[1, 2, ""], [3, 4, "cue"]].flatMap(([from, to, name]) => uses.map(({ item }) => [item[from], item[to], name]));
        const quote = marked(text, marks.filter(mark => mark[0] < mark[1]));
        if (before) quote.prepend("… ");
        if (after) quote.append(" …");
        quotes.append(quote);
      }
      const [id, name] = evidence.sources[uses[0].item[9]];
      quotes.append(make("p", name ? `${name} (${id})` : id, "from"));
      const list = make("ul");
      const told = new Set();
      for (const { column, value, item } of uses) {
        const [, , , , , rule, status, derived, cue] = item;
        const notes = [derived && `derived: ${derived}`, cue && `because of “${cue.trim()}”`, `rule ${evidence.rules[rule]}`, status !== "machine" && status];
        const line = `${column.replaceAll("_", " ")}: ${value} — ${notes.filter(Boolean).join("; ")}`;
        if (!told.has(line)) list.append(make("li", line));
        told.add(line);
      }
      quotes.append(list);
    }
  };

  const close = () => {
    if (panel.hidden) return;
    panel.hidden = true;
    document.body.classList.remove("reading");
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
    document.body.classList.add("reading");
    panel.scrollTop = 0;
    panel.focus();
  };

  for (const holder of document.querySelectorAll("[data-e]")) {
    const cell = make("span", "", "cell");
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
