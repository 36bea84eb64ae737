"""The same words and numbers in every form of the report, and the same bytes each time."""

import csv
import io
import re
import shutil
import subprocess
import zipfile

import pandas as pd
import pytest

from casebook.report import manuscript, spreadsheet
from casebook.report.compose import Composed, Image
from casebook.report.printed import breakable
from casebook.report.printed import printed as made_for_print
from casebook.report.spreadsheet import xlsx

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60"><rect width="90" height="60" fill="teal"/></svg>'
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc000000301010018dd8db0"
    "0000000049454e44ae426082"
)
BODY = (
    '<section id="a"><h2 id="a-title">What was found</h2><h3 id="a-1">Spread</h3><p>Seven of nine patients, '
    '<a href="#b">see below</a>.</p><div class="table wide" id="table-1"><table class="casebook"><caption>'
    '<b>Table 1.</b> Sites.</caption><thead><tr><th scope="col">site</th><th scope="col" class="n">n</th></tr></thead>'
    '<tbody><tr>'
    '<th scope="row">rib #1 $x$ *y* @z</th><td class="n">7</td></tr></tbody></table></div><figure id="figure-1">'
    '<div class="wide"><img src="figures/figure-1.svg" width="691" height="300" alt="a square"></div>'
    "<figcaption><b>Figure 1.</b> A square.</figcaption></figure></section>"
)
COMPOSED = Composed("Spread & co", "Where to?", "", BODY, (Image(1, SVG, PNG),))


@pytest.fixture(scope="module")
def printed(tmp_path_factory) -> str:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler-utils) is not installed")
    place = tmp_path_factory.mktemp("pdf") / "report.pdf"
    place.write_bytes(manuscript.pdf(COMPOSED))
    return subprocess.run(["pdftotext", "-layout", place, "-"], capture_output=True, text=True, check=True).stdout


def test_the_pdf_has_the_words_in_order(printed):
    wanted = ("Spread & co", "Where to?", "What was found", "Seven of nine", "Table 1. Sites.", "rib #1 $x$ *y* @z")
    at = [printed.index(words) for words in (*wanted, "Figure 1. A square.")]
    assert at == sorted(at)


def test_numbers_of_figures_and_tables_stand_once(printed):
    assert len(re.findall(r"Table 1", printed)) == 1
    assert len(re.findall(r"Figure 1", printed)) == 1


def test_the_docx_has_the_words_and_the_picture():
    with zipfile.ZipFile(io.BytesIO(manuscript.docx(COMPOSED))) as made:
        words = re.sub(r"<[^>]+>", "", made.read("word/document.xml").decode())
        pictures = [name for name in made.namelist() if name.endswith(".png")]
        assert made.read(pictures[0]) == PNG
    assert "Seven of nine patients, see below" in words
    assert "rib #1 $x$ *y* @z" in words
    assert len(pictures) == 1


def test_the_same_bytes_twice():
    frame = {"cases": pd.DataFrame({"site": ["rib", None], "n": [7, 2]})}
    for make in (lambda: manuscript.pdf(COMPOSED), lambda: manuscript.docx(COMPOSED), lambda: xlsx(frame)):
        assert make() == make()


def test_a_spreadsheet_runs_nothing_of_a_report():
    hostile = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "https://example.org", "plain"]
    with zipfile.ZipFile(io.BytesIO(xlsx({"evidence": pd.DataFrame({"quote": hostile})}))) as made:
        sheet = made.read("xl/worksheets/sheet1.xml").decode()
        strings = made.read("xl/sharedStrings.xml").decode()
        names = made.namelist()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert not [name for name in names if "rels/sheet" in name]
    for text in hostile[:4]:
        assert f">'{text}<" in strings


def test_a_number_stays_a_number_in_a_spreadsheet():
    frame = pd.DataFrame({"months": pd.array([2.5, None], dtype="Float64"), "n": pd.array([3, None], dtype="Int64")})
    with zipfile.ZipFile(io.BytesIO(xlsx({"cases": frame}))) as made:
        sheet = made.read("xl/worksheets/sheet1.xml").decode()
    assert re.findall(r'<c r="[AB]2"><v>([\d.]+)</v>', sheet) == ["2.5", "3"]
    assert 'r="A3"' not in sheet


def test_a_large_spreadsheet_says_the_same_and_has_the_same_bytes(monkeypatch):
    frame = pd.DataFrame({"site": ["rib", None, "=1"] * 5, "n": pd.array([7, None, 2] * 5, dtype="Int64")})
    said = []
    for many in (1, 1_000):
        monkeypatch.setattr(spreadsheet, "_MANY", many)
        monkeypatch.setattr(spreadsheet, "_PART", 4)
        assert xlsx({"cases": frame}) == xlsx({"cases": frame})
        with zipfile.ZipFile(io.BytesIO(xlsx({"cases": frame}))) as made:
            sheet = made.read("xl/worksheets/sheet1.xml").decode()
        assert len(re.findall(r"<row ", sheet)) == 11 and "<f>" not in sheet
        said.append(re.findall(r'<c r="(B\d+)"><v>(\d)</v>', sheet))
    assert said[0] == said[1] and len(said[0]) == 10


def test_csv_and_xlsx_guard_the_same_cells(tmp_path):
    from casebook import csvfile
    from casebook.schema import TABLES

    frame = TABLES["conflicts"].frame([{"row_id": "a", "source_id": "s", "statement": "=2", "why": "-3"}])
    csvfile.write(frame, tmp_path / "conflicts.csv")
    with open(tmp_path / "conflicts.csv", encoding="utf-8", newline="") as file:
        row = list(csv.DictReader(file))[0]
    with zipfile.ZipFile(io.BytesIO(xlsx({"conflicts": frame}))) as made:
        strings = made.read("xl/sharedStrings.xml").decode()
    assert f">{row['statement']}<" in strings
    assert row["statement"] == "'=2"


def test_columns_are_as_wide_as_their_words_need():
    rows = "".join(f'<tr><td>{n}</td><td class="n">{n}</td><td>{"many words " * 30}</td></tr>' for n in range(3))
    table = f"<table><caption>C</caption><tbody>{rows}</tbody></table>"
    html = made_for_print(f'<div class="table wide" id="x">{table}</div>')
    shares = [float(share) for share in re.findall(r'<col style="width: ([\d.]+)%" />', html)]
    assert len(shares) == 3 and abs(sum(shares) - 100) < 0.2
    assert shares[2] > 85 and shares[0] == shares[1] > 2
    assert html.index("</caption>") < html.index("<colgroup>") < html.index("<tbody>")
    assert html.count('class="n" style="text-align: right"') == 3


def test_links_are_words_and_the_heads_of_groups_bold():
    html = made_for_print(
        '<p>As <a href="#a">A</a> says.</p><div class="table wide"><table><tr class="group"><th scope="rowgroup">G</th>'
        "</tr></table></div>"
    )
    assert '<div typst:sticky="true"><p>As A says.</p></div>' in html
    assert "<strong>G</strong>" in html


def test_words_before_a_figure_name_it_and_a_high_figure_fits_its_page():
    figure = '<figure id="figure-7"><div class="wide"><img src="a.svg" width="691" height="{}" alt="x"></div></figure>'
    html = made_for_print(f"<p>As drawn.</p>\n{figure.format(500)}")
    assert html.startswith("<p>As drawn. (Figure 7)</p>") and ' width="100%"' in html
    assert ' width="50%"' in made_for_print(figure.format(1720))
    narrow = figure.format(100).replace("691", "322")
    assert ' width="50%"' in made_for_print(narrow)


def test_a_word_longer_than_its_column_may_break_in_a_table_only():
    long = "x" * 15 + "&amp;e\u0301"
    html = breakable(f'<p>{long}</p><table><tr><td class="{long}">a {long} b</td><td>short</td></tr></table>')
    broken = "\u200b".join(["x"] * 15 + ["&amp;", "e\u0301"])
    assert html == f'<p>{long}</p><table><tr><td class="{long}">a {broken} b</td><td>short</td></tr></table>'
