"""The page composed from executed notebooks, without running any."""

import json
import re

import pytest

from casebook.charts.shown import MIME as SHOWN
from casebook.protocol import Protocol
from casebook.report import compose as composing
from casebook.report.clean import clean
from casebook.report.compose import compose
from casebook.workbook import Review
from invented import TEXTS, frames, quoted, review_tables

ASKED = Protocol("Trees & <woods>", "Where?")
HOSTILE = "</script><script>alert(1)</script> & javascript:alert(2) \u2028 \u202egnp"


def page(tmp_path, *outputs, words="# Part", review=None):
    cells = [
        {"cell_type": "markdown", "id": "a", "metadata": {}, "source": words},
        {"cell_type": "code", "id": "b", "metadata": {}, "source": "secret_code()", "outputs": list(outputs)},
    ]
    path = tmp_path / "part.ipynb"
    path.write_text(json.dumps({"cells": cells}))
    return compose([path], review or Review(ASKED, review_tables(), TEXTS), {}, "").page


def shows(**data):
    return {"output_type": "display_data", "data": {name.replace("_", "/"): value for name, value in data.items()}}


def html(text):
    return shows(text_html=text)


def payload(text):
    return json.loads(re.search(r'<script type="application/json" id="evidence">(.*?)</script>', text, re.S)[1])


def test_the_mime_is_that_of_the_charts():
    assert composing.MIME == SHOWN


def test_code_stays_out_and_title_and_question_are_escaped(tmp_path):
    text = page(tmp_path)
    assert "secret_code" not in text
    assert "<title>Trees &amp; &lt;woods&gt;</title>" in text


def test_nothing_is_loaded_from_anywhere(tmp_path):
    text = page(
        tmp_path, words="# Part\n\n![x](https://example.org/x.png) [y](javascript:alert(1)) <script>alert(1)</script>"
    )
    assert "default-src 'none'" in text
    assert re.findall(r'(?:src|href)="(?!data:|#)([^"]*)"', text.replace("https://example.org/x.png", "")) in (
        [],
        [""],
        ["", ""],
    )
    assert "javascript:alert" not in text.split("<main")[1].split("</main>")[0].replace("#harmful-link", "")
    assert text.count("<script") == 2


def test_figures_and_tables_are_numbered_in_reading_order(tmp_path):
    figure = {**shows(text_plain="x"), "data": {"image/png": "AAAA", SHOWN: {"caption": "A & B.", "alt": 'says "hi"'}}}
    table = html("<table><caption>Sites.</caption><tbody><tr><td>x</td></tr></tbody></table>")
    text = page(tmp_path, figure, table, figure, html("<table><tr><td>bare</td></tr></table>"))
    assert text.index("Figure 1.") < text.index("Table 1.") < text.index("Figure 2.") < text.index("Table 2.")
    assert "<caption><b>Table 1.</b> Sites.</caption>" in text
    assert 'alt="says &quot;hi&quot;"' in text and "<b>Figure 1.</b> A &amp; B." in text


def test_the_notebook_with_the_title_comes_first(tmp_path):
    paths = []
    title = {"output_type": "display_data", "data": {SHOWN: {"kind": "title", "title": "T", "question": "Q"}}}
    for name, outputs in (("1_one", []), ("2_two", [title])):
        paths.append(tmp_path / f"{name}.ipynb")
        cells = [
            {"cell_type": "markdown", "metadata": {}, "source": f"# {name}\n\n## Below"},
            {"cell_type": "code", "metadata": {}, "source": "", "outputs": outputs},
        ]
        paths[-1].write_text(json.dumps({"cells": cells}))
    text = compose(paths, Review(ASKED, review_tables(), TEXTS), {}, "").page
    assert text.index('id="2_two"') < text.index('id="1_one"')
    assert "<h1>T</h1>" in text and '<a href="#2_two-1">Below</a>' in text and 'id="2_two-1"' in text


def test_what_is_meant_for_the_notebook_only_stays_there(tmp_path):
    path = tmp_path / "x.ipynb"
    path.write_text(
        json.dumps(
            {
                "cells": [
                    {"cell_type": "markdown", "metadata": {"tags": ["notebook-only"]}, "source": "Press the button."}
                ]
            }
        )
    )
    assert "Press the button" not in compose([path], Review(ASKED, review_tables(), TEXTS), {}, "").page


def test_prints_and_values_are_text_and_warnings_stay_out(tmp_path):
    text = page(
        tmp_path,
        {"output_type": "stream", "name": "stdout", "text": "<b>"},
        {"output_type": "stream", "name": "stderr", "text": "DeprecationWarning"},
        shows(text_plain=["4", "2"]),
    )
    assert "<pre>&lt;b&gt;</pre>" in text and "<pre>42</pre>" in text and "DeprecationWarning" not in text


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("<td onclick=x>a<script>bad()</script>b</td>", "<td>ab</td>"),
        ("<a href='javascript:x'>a</a>", "a"),
        ("<img src=x onerror=y>", ""),
        ("<style>td{}</style><td class='n'>1</td>", '<td class="n">1</td>'),
        ("<td class='evil'>&lt;b&gt;</td>", "<td>&lt;b&gt;</td>"),
        ("<td colspan='2' rowspan='x'>", '<td colspan="2">'),
        ("<svg><script>x</script></svg>", ""),
        ("<caption>a<b>b</b></caption>", "<caption>ab</caption>"),
        ("<table><tr><td>open", "<table><tr><td>open"),
        ("<a href='02_cases.ipynb'>cases</a>", '<a href="02_cases.ipynb">cases</a>'),
        ("<a href='#02_cases' onclick='x'>cases</a>", '<a href="#02_cases">cases</a>'),
        ("<a href='https://example.org'>a</a> <a href=''>b</a> <a href='../x.ipynb'>c</a>", "a b c"),
        ("<a href='#a'>open", '<a href="#a">open</a>'),
        ("<a href='#a'><a href='#b'>b</a></a>", '<a href="#a"></a><a href="#b">b</a>'),
        ("</a><span data-e='x' style='y'>s</span>", "<span>s</span>"),
    ],
)
def test_html_passes_by_an_allow_list(given, kept):
    assert clean(given) == kept


def test_only_cells_with_evidence_are_marked(tmp_path):
    text = page(
        tmp_path, html('<table><tr><td data-e="cases-1.sex">f</td><td data-e="cases-1.laterality">l</td></tr></table>')
    )
    assert '<td data-e="0">f</td><td>l</td>' in text
    cells = payload(text)["cells"]
    assert [cell[:2] for cell in cells] == [["sex", "female"]]


def test_a_cell_brings_its_sentence_with_the_place_of_the_words(tmp_path):
    data = payload(page(tmp_path, html('<p data-e="cases-1.sex\nsites-2.site">x</p>')))
    (_, _, [item]) = data["cells"][0]
    source, sentence, before, after = data["sentences"][item[0]]
    assert sentence == "A 61-year-old woman presented with headache for 2 months."
    assert sentence[item[1] : item[2]] == "woman"
    assert (before, after) == (0, 1)
    assert data["sources"][source] == ["elm", "A liver metastasis"]
    assert data["rules"] == ["ex-0001"]
    assert len(data["cells"]) == 2


def test_offsets_are_code_points_of_the_sentence(tmp_path):
    texts = {"emoji": "\U0001f9e0\U0001f9e0 A tumour of the brain."}
    tables = quoted(
        frames(sources="source_id\nemoji", cases="case_id | primary_site\nemoji/1 | brain"),
        texts,
        ("cases-1", "primary_site", "brain"),
    )
    data = payload(page(tmp_path, html('<p data-e="cases-1.primary_site">x</p>'), review=Review(ASKED, tables, texts)))
    item = data["cells"][0][2][0]
    assert data["sentences"][0][1][item[1] : item[2]] == "brain"


def test_a_cue_is_marked_and_a_derivation_told(tmp_path):
    tables = review_tables()
    evidence = tables["evidence"].copy()
    at = evidence.index[evidence["row_id"].eq("sites-3")][0]
    evidence.loc[at, ["cue_start", "cue_end"]] = [
        TEXTS["elm"].index("no metastasis"),
        TEXTS["elm"].index("no metastasis") + 2,
    ]
    derived = evidence.iloc[[at]].assign(
        column="months_from_diagnosis",
        start=None,
        end=None,
        quote=None,
        cue_start=None,
        cue_end=None,
        derived_from="January to August",
    )
    import pandas as pd

    both = pd.concat([evidence, derived.astype(evidence.dtypes)], ignore_index=True)
    review = Review(ASKED, tables | {"evidence": both}, TEXTS)
    data = payload(page(tmp_path, html('<p data-e="sites-3.site\nsites-3.months_from_diagnosis">x</p>'), review=review))
    sentence, quote_from, quote_to, cue_from, cue_to = data["cells"][0][2][0][:5]
    text = data["sentences"][sentence][1]
    assert (text[quote_from:quote_to], text[cue_from:cue_to]) == ("lung", "no")
    assert data["cells"][1][2][0][0] == -1 and data["cells"][1][2][0][7] == "January to August"


def test_a_hostile_report_stays_text(tmp_path):
    texts = {"bad": f"A tumour {HOSTILE} of the brain."}
    tables = quoted(
        frames(sources=f"source_id | title\nbad | {HOSTILE}", cases="case_id | diagnosis\nbad/1 | x"),
        texts,
        ("cases-1", "diagnosis", HOSTILE),
    )
    text = page(tmp_path, html('<p data-e="cases-1.diagnosis">x</p>'), review=Review(ASKED, tables, texts))
    assert text.count("</script>") == 2 and text.count("<script") == 2
    assert HOSTILE in payload(text)["sentences"][0][1]
    assert "\u2028" not in text


def test_many_quotes_of_one_cell_are_cut(tmp_path):
    texts = {"a": " ".join(f"Word{n}." for n in range(30))}
    tables = quoted(
        frames(cases="case_id | diagnosis\na/1 | x", sources="source_id\na"),
        texts,
        *(("cases-1", "diagnosis", f"Word{n}.") for n in range(10, 30)),
    )
    data = payload(page(tmp_path, html('<p data-e="cases-1.diagnosis">x</p>'), review=Review(ASKED, tables, texts)))
    assert len(data["cells"][0][2]) == 8


def linked(tmp_path, words, *outputs):
    """The part of the page made of a notebook with `words`, beside another that shows `outputs` in its cell `b`."""
    paths = []
    for name, source, shown in (("1_one", words, ()), ("2_two", "# The other", outputs)):
        cells = [
            {"cell_type": "markdown", "id": "a", "metadata": {}, "source": source},
            {"cell_type": "code", "id": "b", "metadata": {}, "source": "", "outputs": list(shown)},
        ]
        paths.append(tmp_path / f"{name}.ipynb")
        paths[-1].write_text(json.dumps({"cells": cells}))
    text = compose(paths, Review(ASKED, review_tables(), TEXTS), {}, "").page
    return text.split('<section id="1_one"')[1].split("</section>")[0]


TABLE = html("<table><caption>Sites.</caption><tbody><tr><td>x</td></tr></tbody></table>")


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("[the sites](2_two.ipynb#b)", 'the sites (<a href="#table-1">Table 1</a>)'),
        ("[the others](2_two.ipynb)", '<a href="#2_two">the others</a>'),
        ("[2_two](2_two.ipynb)", '<a href="#2_two">The other</a>'),
        ("[the list](references.ipynb)", '<a href="#references">the list</a>'),
        ("see [nothing](3_three.ipynb#b) there", "see nothing there"),
        ("[no table](2_two.ipynb#a)", '<a href="#2_two">no table</a>'),
    ],
)
def test_links_lead_to_sections_and_name_what_is_numbered(tmp_path, words, shown):
    assert f"<p>{shown}</p>" in linked(tmp_path, f"# One\n\n{words}", TABLE)


def test_words_of_a_report_cannot_link(tmp_path):
    cell = html("<table><tr><td>&lt;a href='#2_two'&gt;x&lt;/a&gt;</td></tr></table>")
    text = page(tmp_path, cell)
    assert "&lt;a href=&#x27;#2_two&#x27;&gt;x&lt;/a&gt;" in text


def test_versions_and_parameters_stand_where_the_notebook_asks(tmp_path):
    text = page(tmp_path, {**shows(text_plain="x"), "data": {"text/html": "<p>later</p>", SHOWN: {"kind": "made"}}})
    assert re.search(r"<p>Casebook [\d.]+ on .*pandas [\d.]+.*no parameter was set", text)
    assert "<p>later</p>" not in text


EMPTY = {"kind": "nothing", "caption": "Patients told of twice; nobody is merged. There is more."}


def test_a_heading_of_nothing_stays_out_and_all_that_is_empty_is_named_once(tmp_path):
    nothing = {"output_type": "display_data", "data": {"text/html": "<p>x</p>", SHOWN: EMPTY}}
    table = html("<table><caption>Sites.</caption><tbody><tr><td>x</td></tr></tbody></table>")
    cells = [{"cell_type": "markdown", "id": "a", "metadata": {}, "source": "# Part"}]
    under = {"## Twice": [nothing], "## Once": [table], "## Both": [nothing, table]}
    for at, (head, outputs) in enumerate(under.items()):
        cells.append({"cell_type": "markdown", "id": f"m{at}", "metadata": {}, "source": f"{head}\n\nWords {at}."})
        cells.append({"cell_type": "code", "id": f"c{at}", "metadata": {}, "source": "", "outputs": outputs})
    path = tmp_path / "part.ipynb"
    path.write_text(json.dumps({"cells": cells}))
    made = compose([path], Review(ASKED, review_tables(), TEXTS), {}, "")
    text = made.page
    assert "Twice" not in text and "Words 0" not in text and "Words 2" in text
    assert 'href="#part-1"' not in text and 'href="#part-2"' in text and 'id="part-3"' in text
    assert text.count("<li>Part: patients told of twice.</li>") == 1 and text.count("told of twice") == 1
    assert '<section id="empty"' in made.body and "Nothing to show" in text
    assert '<section id="empty"' not in page(tmp_path, table)
