"""The reader in a browser, its messages answered by Python: what is done there is what decisions.csv holds."""

import time

import pytest

import casebook
from casebook.curate import read
from casebook.errors import InputError
from invented import TEXTS, frames, quoted, review_tables, write
from viewer.page import long_review

PROTOCOL = "title: Trees\nquestion: Where?\nfields: [cases.sex]\nendpoints: [vital_status]\n"


@pytest.fixture
def decisions(tmp_path):
    return tmp_path / "decisions.csv"


@pytest.fixture
def load(tmp_path, decisions):
    """The review of the invented reports as somebody finds it who comes now."""
    protocol = tmp_path / "protocol.yml"
    protocol.write_text(PROTOCOL, encoding="utf-8")
    folder = write(tmp_path / "tables", review_tables(), TEXTS)

    def loaded(who="Ada"):
        review = casebook.load(folder, protocol, folder, decisions=decisions)
        review.who = who
        return review

    return loaded


def row(page, row_id):
    table, number = row_id.split("-")
    return page.locator(f".cb-of-{table} .cb-row").nth(int(number) - 1)


def cell(page, row_id, column):
    return row(page, row_id).locator(".cb-cell", has=page.locator(f".cb-name:text-is('{column}')"))


def said(page, words):
    page.locator(".cb-live", has_text=words).wait_for(timeout=5000)


def lines(decisions):
    found = read(decisions)
    return found[["who", "action", "row_id", "column", "old", "new", "quote"]].values.tolist()


def select(page, words):
    page.evaluate(
        """words => { const walk = document.createTreeWalker(document.querySelector('.cb-text'), NodeFilter.SHOW_TEXT);
        while (walk.nextNode()) { const at = walk.currentNode.data.indexOf(words); if (at >= 0) {
          getSelection().setBaseAndExtent(walk.currentNode, at, walk.currentNode, at + words.length); return; } } }""",
        words,
    )


def test_a_row_leads_to_its_words_and_words_to_their_row(load, reading):
    page = reading(load().read("elm"))
    row(page, "sites-2").click(position={"x": 4, "y": 4})
    assert page.locator(".cb-text .cb-here").all_inner_texts() == ["liver"]
    assert page.evaluate("document.activeElement.className").startswith("cb-cell")
    page.locator(".cb-text .cb-mark", has_text="hyperintense").click()
    assert "cb-now" in row(page, "modalities-1").get_attribute("class")
    assert page.locator(".cb-text .cb-here").all_inner_texts() == ["hyperintense"]


def test_the_keyboard_does_all_of_it(load, reading, decisions):
    page = reading(load().read("elm"))
    page.keyboard.press("Tab")
    for _ in range(30):
        if "cb-cell" in page.evaluate("document.activeElement.className"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert "cb-now" in row(page, "cases-1").get_attribute("class")
    page.keyboard.press("j")
    assert "cb-now" in row(page, "symptoms-1").get_attribute("class")
    page.keyboard.press("k")
    page.keyboard.press("c")
    said(page, "confirmed: diagnosis")
    assert cell(page, "cases-1", "diagnosis").get_attribute("aria-label") == "diagnosis: glioblastoma, confirmed"
    assert page.locator(".cb-text .cb-is-decided").all_inner_texts() == ["glioblastoma"]
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("e")
    page.keyboard.press("Control+a")
    page.keyboard.type("male")
    page.keyboard.press("Enter")
    assert page.locator("select[name=sex]").input_value() == "male"
    page.locator("form button", has_text="Save").click()
    said(page, "corrected: sex is male")
    page.keyboard.press("u")
    said(page, "undone: change sex")
    assert cell(page, "cases-1", "sex").get_attribute("aria-label") == "sex: female, machine"
    assert [line[1:6] for line in lines(decisions)][:2] == [
        ["confirm", "cases-1", "diagnosis", "glioblastoma", "glioblastoma"],
        ["change", "cases-1", "sex", "female", "male"],
    ]
    assert page.locator(".cb-progress").inner_text().startswith("1 of ")
    page.keyboard.press("1")
    assert not page.locator(".cb-of-cases").is_visible()
    page.keyboard.press("?")
    assert page.locator(".cb-keys").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator(".cb-keys").is_visible()


def test_confirm_correct_reject_add_and_undo_are_lines_and_last(load, reading, decisions):
    page = reading(load().read("elm"))
    cell(page, "outcomes-2", "months").click()
    page.keyboard.press("c")
    said(page, "confirmed")
    cell(page, "sites-2", "site").click()
    select(page, "metastasis of the ")
    page.keyboard.press("e")
    page.locator("input[name=site]").fill("right lobe of the liver")
    page.keyboard.press("Enter")
    said(page, "corrected")
    cell(page, "symptoms-1", "symptom").click()
    page.keyboard.press("X")
    said(page, "rejected: the whole row")
    assert "cb-gone" in row(page, "symptoms-1").get_attribute("class")
    select(page, "headache")
    page.keyboard.press("a")
    page.locator("select[aria-label=table]").select_option("symptoms")
    assert page.locator("input[name=symptom]").input_value() == "headache"
    page.locator("form button", has_text="Save").click()
    said(page, "added to symptoms")
    assert page.locator(".cb-of-symptoms .cb-is-added .cb-value").first.inner_text() == "headache"
    assert cell(page, "symptoms-2", "symptom").evaluate("cell => cell === document.activeElement")
    cell(page, "cases-1", "laterality").click()
    page.keyboard.press("x")
    said(page, "rejected: laterality")
    page.keyboard.press("u")
    said(page, "undone: reject laterality")
    found = lines(decisions)
    assert [line[1] for line in found] == ["confirm", "change", "reject", "add", "add", "reject", "undo"]
    assert found[1][2:] == ["sites-2", "site", "liver", "right lobe of the liver", "metastasis of the"]
    assert {tuple(line[3:]) for line in found[3:5]} == {
        ("symptom", "", "headache", "headache"), ("status", "", "present", "headache"),
    }  # fmt: skip
    later = load("Bob")
    assert later.sites.set_index("row_id").loc["sites-2", "site"] == "right lobe of the liver"
    assert "symptoms-1" not in set(later.symptoms["row_id"]) and list(later.symptoms["symptom"]) == ["headache"]
    assert later.cases["laterality"].dropna().tolist() == ["left"]
    page.keyboard.press("u")
    said(page, "undone: add")
    assert page.locator(".cb-of-symptoms .cb-row").count() == 1


def test_what_cannot_stand_is_told_beside_the_field_and_not_written(load, reading, decisions):
    page = reading(load().read("elm"))
    cell(page, "cases-1", "age years").click()
    page.keyboard.press("e")
    page.locator("input[name=age_years]").fill("old")
    page.locator(".cb-field .cb-problem", has_text="expected a number").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    assert page.locator(".cb-form").is_visible() and not decisions.exists()
    cell(page, "sites-2", "site").click()
    page.keyboard.press("e")
    page.locator("input[name=site]").fill("livr")
    page.locator(".cb-field .cb-problem", has_text="is no label of sites").wait_for()
    page.get_by_role("button", name="liver", exact=True).click()
    assert page.locator("input[name=site]").input_value() == "liver"
    page.keyboard.press("Escape")
    assert page.locator(".cb-form").count() == 0
    cell(page, "sites-2", "site").click()
    page.keyboard.press("x")
    said(page, "reject the row instead")
    assert not decisions.exists()


CHANGE = {"kind": "change", "row": "cases-1", "column": "sex", "value": "male", "note": "", "words": None}


@pytest.mark.parametrize(
    "message",
    [
        None, [], {}, {"kind": "confirm"}, {"kind": "explode"},
        {"kind": "confirm", "row": "cases-2", "columns": ["sex"]}, {**CHANGE, "column": "row_id"},
        {**CHANGE, "value": ["male"]}, {**CHANGE, "words": {"start": 5, "end": 900}},
        {"kind": "add", "table": "evidence", "values": {}, "note": "", "words": None, "case": "elm/1"},
        {"kind": "add", "table": "sites", "values": {"site": "liver"}, "note": "", "words": None, "case": "oak/9"},
        {"kind": "reject", "row": "cases-1", "column": "case_id"}, {"kind": "undo"},
        {"kind": "try", "table": "nothing", "column": "x", "value": "y"},
        {"kind": "try", "table": "sites", "column": "site", "value": "x" * 5000},
    ],
)  # fmt: skip
def test_a_message_that_makes_no_sense_is_answered_with_the_problem(load, decisions, message):
    reader, answers = load().read("elm"), []
    reader.send = lambda content, buffers=None: answers.append(content)
    reader._hear(None, message, None)
    assert [bool(answer["problem"]) for answer in answers] == [True]
    assert not decisions.exists()


def test_two_views_of_one_review_show_the_same(load, reading):
    review = load()
    page = reading(review.read("elm"))
    review.reject("symptoms-1")
    cell(page, "cases-1", "sex").click()
    page.keyboard.press("c")
    said(page, "confirmed")
    assert "cb-gone" in row(page, "symptoms-1").get_attribute("class")


def test_a_review_without_decisions_can_only_be_read(load, reading, tmp_path):
    review = casebook.load(tmp_path / "tables", tmp_path / "protocol.yml", tmp_path / "tables", decisions="")
    page = reading(review.read("elm"))
    cell(page, "cases-1", "sex").click()
    page.keyboard.press("c")
    assert page.locator(".cb-tools button").all_inner_texts() == ["Keys?"]
    assert page.locator(".cb-sign").count() == 0


def test_a_hostile_report_runs_nothing(load, reading, tmp_path):
    words = "</script><img src=x onerror=alert(1)>\u202egnp"
    texts = {"bad": f"\U0001f9e0 A tumour {words} <b>of</b> the brain."}
    tables = frames(sources=f"source_id | title\nbad | {words}", cases=f"case_id | diagnosis\nbad/1 | {words}")
    folder = write(tmp_path / "bad", quoted(tables, texts, ("cases-1", "diagnosis", words)), texts)
    review = casebook.load(folder, tmp_path / "protocol.yml", folder, decisions=tmp_path / "bad.csv")
    review.who = words
    reader = review.read("bad")
    page = reading(reader)
    row(page, "cases-1").click(position={"x": 4, "y": 4})
    shown = words.replace("\u202e", "\\u202e")
    assert "".join(page.locator(".cb-text .cb-here").all_inner_texts()) == shown
    page.keyboard.press("e")
    page.locator("input[name=diagnosis]").fill(words[::-1])
    page.locator(".cb-field .cb-problem").wait_for()
    assert page.locator("img, .cb-reader b:not(.cb-title b), .cb-reader script").count() == 0
    html = reader._repr_mimebundle_()[0]["text/html"]
    assert "<img" not in html and "<b>" not in html and "\u202e" not in html + repr(reader)


def test_without_widgets_the_rows_and_marks_are_printed(load):
    reader = load().read("elm")
    assert "sites (3)" in repr(reader) and "“liver”" in repr(reader)
    bundle, _ = reader._repr_mimebundle_()
    assert "<mark>glioblastoma</mark><sup>1</sup>" in bundle["text/html"]
    assert bundle["text/plain"] == repr(reader) and "application/vnd.jupyter.widget-view+json" in bundle


def test_an_unknown_source_is_an_error_in_words(load):
    with pytest.raises(InputError, match="there is no text of 'fir', expected one of ash, elm, oak"):
        load().read("fir")


def test_how_long_a_click_takes_in_a_report_of_200_kb(reading, tmp_path, capsys):
    count = 1500
    reader = long_review(tmp_path, marks=count).read("long")
    before = time.perf_counter()
    page = reading(reader)
    opened = time.perf_counter() - before
    taken = page.evaluate(
        """async () => { const rows = [...document.querySelectorAll('.cb-row')]; const taken = [];
        for (const at of [5, 1400, 700, 1100, 42]) { const began = performance.now(); rows[at].click();
          await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
          taken.push(performance.now() - began); } return taken; }"""
    )
    assert page.locator(".cb-text .cb-here").all_inner_texts() == ["liver"]
    page.locator(".cb-row").nth(900).evaluate("row => row.click()")
    page.wait_for_timeout(300)
    inside = """mark => { const [a, b] = [mark, mark.closest('.cb-text')].map(one => one.getBoundingClientRect());
      return a.top >= b.top && a.bottom <= b.bottom; }"""
    assert page.locator(".cb-text .cb-here").evaluate(inside), "the words are not in sight"
    with capsys.disabled():
        print(f"\n200 kB, {count} marks: opened in {opened:.2f} s, clicks {[round(ms) for ms in taken]} ms (aim: 100)")
