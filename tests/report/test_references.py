"""The included sources as references: the same in every form, and whatever a title holds stays text."""

import json
import re
import subprocess

import pandas as pd
import pytest
import rispy

from casebook.report.references import bibtex, csl_json, listed, references, ris
from casebook.workbook import PROTOCOL, Review, read_protocol
from invented import frames

SOURCES = """
    source_id | path  | status      | title            | authors                   | year | journal      | doi       | pmid | licence
    a         | a.txt | included    | A first report   | Doe, Ann B.; van Roe, C.  | 1999 | J Invent Neu | 10.5555/1 | 12   | CC BY
    b         | b.txt | excluded    | Not this one     |                           |      |              |           |      |
    c         | c.pdf | included    |                  |                           |      |              |           |      |
    d         | d.txt | quarantined |                  |                           |      |              |           |      |
    e         | e.txt | included    | An interim study | The Invented Group        | 2011 |              |           |      |
"""  # noqa: E501  (a drawn row is a line)
HOSTILE = (
    'A <b>bold</b> <script>alert(1)</script> </p><img src=x onerror=y> "q" it\'s ’“” $x^2$ **md** [l](u) {un}}even '
    "\\input{x} & 5% #1 _a_ ~ ^ @misc{x, ER  - TY  - JOUR &lt;i&gt; -- ... \u202egnp \u05d0"
)


def review(sources=SOURCES, screened=True, **changed):
    tables = frames(sources=sources)
    tables["sources"] = tables["sources"].assign(**changed)
    found = Review(read_protocol(PROTOCOL), tables, {})
    if screened:
        found.screening = tables["sources"][["source_id"]].assign(
            decision="include", reason="reports a patient; and more", decided_by="AB and CD"
        )
    return found


def hostile():
    titles = pd.array([f"{HOSTILE}\nTI  - two\u2028three", None, None, None, "-"], dtype="string")
    return references(review(title=titles, authors=titles))


def words(html):
    from html import unescape

    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


def test_included_sources_have_the_numbers_by_which_the_review_calls_them():
    from casebook import stats

    found = review()
    items = references(found)
    numbers = [item["number"] for item in items]
    names = stats.numbered(found.sources).set_index("source_id")["source"]
    assert [f"Source {number}" for number in numbers] == [names["a"], names["c"], names["e"]]
    assert re.findall(r"<p>(\d+)\. ", listed(items)) == numbers == ["1", "3", "5"]


def test_the_list_reads_as_references():
    assert re.findall(r"<p>(.*?)</p>", listed(references(review()))) == [
        "1. Doe AB, van Roe C. A first report. J Invent Neu. 1999. doi:10.5555/1. PMID 12.",
        "3. [no title stated], file c.pdf.",
        "5. The Invented Group. An interim study. 2011.",
    ]


def test_missing_fields_stay_missing():
    first, second, third = references(review(screened=False))
    assert second == {"id": "source-3", "type": "document", "archive_location": "c.pdf", "note": "file: c.pdf",
                      "number": "3"}  # fmt: skip
    assert "author" not in second and "title" not in bibtex([second]) and "TI  -" not in ris([second])
    assert first["author"] == [{"family": "Doe", "given": "Ann B."}, {"family": "van Roe", "given": "C."}]
    assert third["author"] == [{"literal": "The Invented Group"}]


def test_each_form_says_who_decided_and_why():
    items = references(review())
    note = "file: a.txt; licence: CC BY; decision: include; decided by: AB and CD; reason: reports a patient; and more"
    assert items[0]["note"] == note
    assert rispy.loads(ris(items))[0]["notes"] == [note]
    assert f"note = {{{note}}}" in bibtex(items)


def test_forms_read_back_the_same():
    from pypandoc import get_pandoc_path

    items = references(review())
    assert json.loads(csl_json(items)) == items
    back = rispy.loads(ris(items))
    assert [item.get("title") for item in back] == ["A first report", None, "An interim study"]
    assert back[0]["authors"] == ["Doe, Ann B.", "van Roe, C."] and back[0]["doi"] == "10.5555/1"
    asked = [get_pandoc_path(), "--from", "bibtex", "--to", "csljson"]
    done = subprocess.run(asked, input=bibtex(items).encode(), capture_output=True, check=True)
    read = {item["id"]: item for item in json.loads(done.stdout)}
    assert list(read) == ["source-1", "source-3", "source-5"]
    assert read["source-1"]["container-title"] == "J Invent Neu" and read["source-1"]["DOI"] == "10.5555/1"
    second = read["source-1"]["author"][1]
    assert " ".join([second["given"], second["non-dropping-particle"], second["family"]]) == "C. van Roe"


def test_a_hostile_title_stays_text_on_the_page():
    html = listed(hostile())
    assert set(re.findall(r"<(/?\w+)", html)) == {"p", "/p"}
    assert "<b>bold</b> <script>alert(1)</script> </p><img src=x onerror=y>" in words(html)
    assert "\"q\" it's ’“” $x^2$ **md** [l](u) {un}}even \\input{x} & 5% #1 _a_ ~ ^ @misc{x," in words(html)
    assert "&lt;i&gt; -- ... \\u202egnp" in words(html) and "\u202e" not in html


def test_a_hostile_title_breaks_no_record():
    items = hostile()
    back = rispy.loads(ris(items))
    assert [item["id"] for item in back] == ["source-1", "source-3", "source-5"]
    assert back[0]["title"] == items[0]["title"] and "two three" in items[0]["title"]
    text = bibtex(items)
    depth, lowest = 0, 0
    for letter in re.sub(r"\\[&%$#_]", "", text):
        depth += {"{": 1, "}": -1}.get(letter, 0)
        lowest = min(lowest, depth)
    assert (depth, lowest) == (0, 0)
    assert len(re.findall(r"^@", text, re.MULTILINE)) == 3
    assert "\\input" not in text and "\\textbackslash{}input\\textbraceleft{}x\\textbraceright{}" in text


@pytest.mark.parametrize("status", ["excluded", "quarantined"])
def test_no_included_source_is_a_sentence_and_three_empty_files(status):
    items = references(review(status=pd.array([status] * 5, dtype="string")))
    assert items == [] and "No source is included." in listed(items)
    assert (bibtex(items), ris(items), json.loads(csl_json(items))) == ("", "", [])
    assert references(Review(read_protocol(PROTOCOL), frames(), {})) == []


def test_the_same_bytes_each_time():
    for form in (csl_json, bibtex, ris, listed):
        assert form(hostile()) == form(hostile())


def test_letters_that_stand_for_others_inside_are_not_a_way_in():
    title = pd.array(["\ue000b\ue000 x\ue001", None, None, None, None], dtype="string")
    assert "\\ue000b\\ue000 x\\ue001" in listed(references(review(title=title)))


def test_the_report_holds_them_on_the_page_and_beside_it(report):
    page = (report / "index.html").read_text(encoding="utf-8")
    section = page[page.index('<section id="references"') :]
    assert '<a href="#references">References</a>' in page
    assert "1. Dural metastases." in section and "2. A liver metastasis. 2015." in section
    assert len(json.loads((report / "references.json").read_text(encoding="utf-8"))) == 3
    assert len(rispy.loads((report / "references.ris").read_text(encoding="utf-8"))) == 3
    assert (report / "references.bib").read_text(encoding="utf-8").count("@") == 3
