"""What was read from a PDF is shown with its page."""

import json

from casebook import csvfile
from casebook.cli import main
from casebook.workbook import load
from readers.papers import paper, pdf


def test_explain_names_the_page(tmp_path, capsys):
    seeds, out = tmp_path / "seeds", tmp_path / "out"
    seeds.mkdir()
    (seeds / "mass.pdf").write_bytes(pdf(paper()))
    assert main(["tables", str(seeds), "--out", str(out)]) == 0
    text = (out / "texts" / "mass.txt").read_text(encoding="utf-8")
    places = json.loads((out / "texts" / "mass.pages.json").read_text(encoding="utf-8"))
    at = text.index("A 47-year-old woman")
    assert next(page for start, end, page, _ in places if start <= at < end) == 1
    row = csvfile.read(out / "cases.csv")["row_id"][0]
    capsys.readouterr()
    assert main(["explain", str(out), row]) == 0
    assert ", page 1: " in capsys.readouterr().out
    assert load(seeds, tables=out, decisions="").pages["mass"] == places
