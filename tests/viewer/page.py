"""A viewer in a page of its own, its messages answered by Python, without a notebook around it."""

import json
from pathlib import Path

import casebook
from casebook.schema import TABLES
from invented import frames, write

_PAGE = """<!doctype html><meta charset=utf-8><title>reader</title><style>%s</style>
<body data-jp-theme-light="%s"><div id=at></div>
<script type=module>
%s
const heard = [];
const model = {get: () => window.content, on: (_, hear) => heard.push(hear), off: (_, hear) => {
  if (heard.includes(hear)) heard.splice(heard.indexOf(hear), 1); }, send: async message => {
  for (const answer of await window.python(message)) [...heard].forEach(hear => hear(answer)); }};
window.show = content => { window.content = content; Shown.render({model, el: document.getElementById("at")}); };
</script>"""
_WORDS = "The lesion \U0001f9e0 of the liver was seen again and again on every later study.\n"


def show(page, viewer, dark: bool = False) -> None:
    answers: list[dict] = []
    viewer.send = lambda content, buffers=None: answers.append(json.loads(json.dumps(content)))

    def python(message):
        answers.clear()
        viewer._hear(None, message, None)
        return answers

    page.expose_function("python", python)
    script = viewer._esm.replace("export default", "const Shown =")
    page.set_content(_PAGE % (viewer._css, str(not dark).lower(), script))
    page.wait_for_function("() => window.show")
    page.evaluate("content => window.show(content)", dict(viewer.content))


def long_review(folder: Path, letters: int = 200_000, marks: int = 1500):
    """A review of one report of so many letters, with so many marks in it."""
    texts = {"long": _WORDS * (letters // len(_WORDS))}
    sites = "case_id | role | site\n" + "long/1 | metastasis | liver\n" * marks
    tables = frames(sources="source_id\nlong", cases="case_id\nlong/1", sites=sites)
    stated = [
        {"table": "sites", "row_id": f"sites-{at + 1}", "column": "site", "source_id": "long", "quote": "liver",
         "start": at * len(_WORDS) + 20, "end": at * len(_WORDS) + 25, "rule": "st-1", "status": "machine"}
        for at in range(marks)
    ]  # fmt: skip
    tables["evidence"] = TABLES["evidence"].frame(stated)
    protocol = folder / "protocol.yml"
    protocol.write_text("title: Trees\nquestion: Where?\n", encoding="utf-8")
    written = write(folder / "long", tables, texts)
    review = casebook.load(written, protocol, written, decisions=folder / "d.csv")
    review.who = "Ada"
    return review
