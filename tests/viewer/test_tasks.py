"""Queue, screening and adjudication in a browser, their messages answered by Python: each decision is a line."""

import pytest

import casebook
from casebook import stats
from casebook.curate import read
from casebook.errors import InputError
from invented import TEXTS, frames, quoted, review_tables, write

PROTOCOL = """title: Trees
question: Where?
eligibility: {include: [Patients with a tumour], exclude: [Reviews without a patient, Animals]}
endpoints: [vital_status]
"""


@pytest.fixture
def decisions(tmp_path):
    return tmp_path / "decisions.csv"


@pytest.fixture
def load(tmp_path, decisions):
    """The review of the invented reports as somebody finds it who comes now."""
    (tmp_path / "protocol.yml").write_text(PROTOCOL, encoding="utf-8")
    folder = write(tmp_path / "tables", review_tables(), TEXTS)

    def loaded(who="Ada", alone=False, **more):
        options = {"decisions": decisions, "reviewer": who if alone else None, **more}
        review = casebook.load(folder, tmp_path / "protocol.yml", folder, **options)
        if options["decisions"]:
            review.who = who
        return review

    return loaded


@pytest.fixture
def differing(load):
    """Ada and Bob on a value, a whole row, a new row and a source."""
    ada, bob = load("Ada", alone=True), load("Bob", alone=True)
    ada.change("sites-2", "site", "lung")
    bob.change("sites-2", "site", "rib")
    ada.reject("sites-3")
    bob.confirm("sites-3", "site")
    start = TEXTS["elm"].index("headache")
    ada.add("symptoms", "elm/1", {"symptom": "nausea", "status": "present"}, ("elm", start, start + 8))
    bob.add("symptoms", "elm/1", {"symptom": "vomiting", "status": "present"}, ("elm", start, start + 12))
    ada.exclude("ash", "Reviews")
    bob.include("ash")


def said(page, words):
    page.locator(".cb-live", has_text=words).wait_for(timeout=5000)


def here(page, words):
    page.locator(".cb-text .cb-here", has_text=words).wait_for(timeout=5000)
    assert page.locator(".cb-text .cb-here").count() == 1


def lines(decisions):
    found = read(decisions)
    return found[["who", "action", "row_id", "column", "new", "note"]].values.tolist()


def items(page):
    return page.locator(".cb-item").count()


def card(page, name):
    return page.locator(f".cb-card[aria-label='{name}']")


def test_the_queue_goes_from_cell_to_cell_and_from_report_to_report(load, reading, decisions):
    review = load()
    waiting = review.queue()
    page = reading(review.work())
    assert items(page) == len(waiting)
    assert page.locator(".cb-progress").first.inner_text() == f"0 of {len(waiting)} done"
    page.locator(".cb-item").first.focus()
    page.keyboard.press("n")
    said(page, "headline figure: a headline figure rests on it")
    here(page, "61-year-old")
    page.keyboard.press("c")
    said(page, "confirmed: age_years; next: headline figure")
    here(page, "boy of 12")  # in another report
    page.keyboard.press("n")
    here(page, "woman")
    page.keyboard.press("e")
    page.locator("select[name=sex]").select_option("male")
    page.locator("form button", has_text="Save").click()
    said(page, "corrected: sex is male; next:")
    assert items(page) == len(waiting) - 2
    assert page.locator(".cb-chip", has_text="cases").inner_text() == "cases2 of 4"
    page.keyboard.press("p")
    page.keyboard.press("p")
    assert page.locator(".cb-item.cb-now .cb-value").text_content() == "12"
    found = [line[1:5] for line in lines(decisions)]
    assert found == [["confirm", "cases-1", "age_years", "61"], ["change", "cases-1", "sex", "male"]]
    later = load("Ada").work()
    assert "2 of 14 done (cases 2 of 4" in repr(later) and len(later.content["list"]["items"]) == len(waiting) - 2


def test_an_undo_brings_the_cell_back_to_the_queue(load, reading, decisions):
    page = reading(load().work())
    page.locator(".cb-item:has(.cb-value:text-is('liver'))").first.click()
    page.locator(".cb-text .cb-here").wait_for()
    before = items(page)
    page.keyboard.press("x")
    said(page, "reject the row instead")
    assert items(page) == before and not decisions.exists()
    page.keyboard.press("X")
    said(page, "rejected: the whole row; next")
    assert items(page) == before - 2, "both cells of the row are gone"
    page.keyboard.press("u")
    said(page, "undone: reject the whole row; next: headline figure")
    here(page, "liver")
    assert items(page) == before
    page.locator(".cb-item", has_text="boy of 12").first.click()
    here(page, "boy of 12")
    page.keyboard.press("u")
    said(page, "there is nothing of yours to undo")


def test_the_queue_of_one_table(load, reading):
    page = reading(load().work())
    page.locator(".cb-chip", has_text="outcomes").click()
    page.locator(".cb-item.cb-now", has_text="outcomes").wait_for()
    assert items(page) == 4
    page.locator(".cb-text .cb-mark").first.wait_for()
    page.keyboard.press("n")
    page.keyboard.press("n")
    assert page.locator(".cb-item.cb-now .cb-of").text_content() == "outcomes: months7"
    page.locator(".cb-chip", has_text="all tables").click()
    page.locator(".cb-item", has_text="cases: sex").first.wait_for()


def test_sources_are_excluded_and_included_and_the_flow_follows(load, reading, decisions):
    review = load()
    page = reading(review.screen())
    page.locator(".cb-page", has_text="9 % of autopsies").wait_for()
    page.locator(".cb-item").first.focus()
    page.keyboard.press("x")
    page.keyboard.press("1")
    said(page, "excluded: Reviews without a patient")
    page.locator(".cb-page", has_text="61-year-old").wait_for()
    page.keyboard.press("i")
    page.keyboard.press("Enter")
    said(page, "included: Patients with a tumour")
    page.locator(".cb-page", has_text="boy of 12").wait_for()
    page.keyboard.press("x")
    page.get_by_role("button", name="Animals").click()
    said(page, "excluded: Animals")
    page.keyboard.press("u")
    said(page, "undone: exclude")
    states = page.locator(".cb-item .cb-what").all_text_contents()
    assert states == ["excluded", "included", "undecided"]
    flow = "3 in the folder, 1 excluded, 1 included, 1 included, for nobody decided"
    assert page.locator(".cb-progress").inner_text() == flow
    assert [line[:2] + line[5:] for line in lines(decisions)][:2] == [
        ["Ada", "exclude", "Reviews without a patient"], ["Ada", "include", "Patients with a tumour"],
    ]  # fmt: skip
    for one in (review, load("Bob")):
        flow = stats.prisma(one.tables, one.screening, one.counted, []).set_index("field")
        assert flow.loc["files_excluded", ["n", "why"]].tolist() == [1, "Reviews without a patient (1)"]
        assert flow.loc["new_reports", "n"] == 2 and one.claims.empty
    page.locator(".cb-chip", has_text="undecided").click()
    page.wait_for_function("document.querySelectorAll('.cb-item').length === 1")


def test_without_criteria_of_the_protocol_a_reason_is_typed(tmp_path, load, reading, decisions):
    (tmp_path / "protocol.yml").write_text("title: T\nquestion: Q?\n", encoding="utf-8")
    page = reading(load().screen())
    page.locator(".cb-page").wait_for()
    page.locator(".cb-item").nth(1).click()
    page.locator(".cb-page", has_text="61-year-old").wait_for()
    page.keyboard.press("x")
    page.keyboard.press("Enter")
    said(page, "expected one of the protocol's: a reason")
    page.keyboard.type("no imaging")
    page.keyboard.press("Enter")
    said(page, "excluded: no imaging")
    assert lines(decisions) == [["Ada", "exclude", "sources-2", "status", "excluded", "no imaging"]]


def test_what_two_persons_answered_differently_is_settled_by_a_third(load, reading, differing, decisions):
    page = reading(load("Eve").adjudicate())
    assert page.locator(".cb-progress").inner_text() == "0 of 4 settled"
    assert page.locator(".cb-card mark").all_text_contents() == ["headache", "liver", "lung"]
    page.locator(".cb-card").first.focus()
    page.keyboard.press("2")
    said(page, "settled: symptom is vomiting")
    page.keyboard.press("e")
    page.locator("input[name=site]").fill("livr")
    page.locator(".cb-field .cb-problem", has_text="is no label of sites").wait_for()
    page.get_by_role("button", name="liver", exact=True).click()
    page.locator("form button", has_text="Save").click()
    said(page, "settled: site is liver")
    assert card(page, "sites: whole row").locator(".cb-value").all_text_contents() == ["no such row", "site: lung"]
    page.keyboard.press("1")
    said(page, "settled: the whole row is no such row")
    page.keyboard.press("1")
    said(page, "settled: status is excluded")
    assert page.locator(".cb-progress").inner_text() == "4 of 4 settled"
    page.keyboard.press("u")
    said(page, "undone: settle status")
    page.keyboard.press("2")
    said(page, "settled: status is included")
    settled = [line[1:] for line in lines(decisions) if line[0] == "Eve"]
    assert [line[2:4] for line in settled if line[0] == "settle"] == [
        ["symptom", "vomiting"], ["site", "liver"], ["", "reject"], ["status", "excluded"], ["status", "included"],
    ]  # fmt: skip
    assert settled[3][4] == "Reviews without a patient", "with the criterion of whoever excluded it"
    review = load("Eve")
    assert review.open.empty and "vomiting" in set(review.symptoms["symptom"]) and len(review.claims) == 1
    sites = review.sites.set_index("row_id")["site"]
    assert sites["sites-2"] == "liver" and "sites-3" not in sites
    assert "4 settled" in repr(review.adjudicate("Ada", "Bob"))


def test_nobody_settles_their_own_and_only_persons_differ(load, reading, differing, decisions):
    before = decisions.read_bytes()
    page = reading(load("Ada").adjudicate("Ada", "Bob"))
    page.locator(".cb-card").first.focus()
    page.keyboard.press("1")
    said(page, "Ada is one of those who differ")
    page.keyboard.press("u")
    said(page, "nothing of yours to undo")
    assert decisions.read_bytes() == before
    for who in (("Ada", "machine"), ("Ada", "Cy"), ("Ada", "")):
        with pytest.raises(InputError, match="expected two of those who answered: Ada, Bob"):
            load("Eve").adjudicate(*who)
    with pytest.raises(InputError, match="shows the decisions of Bob only"):
        load("Bob", alone=True).adjudicate("Bob", "Bob")


SENSELESS = (
    None, [], {}, {"kind": "explode"}, {"kind": "open", "source": "fir"}, {"kind": "open"},
    {"kind": "only", "state": "odd"}, {"kind": "exclude", "source": "ash", "criterion": "boring"},
    {"kind": "exclude", "source": "fir", "criterion": "Animals"}, {"kind": "include", "source": "ash", "criterion": 3},
    {"kind": "settle", "key": "no such", "value": "x", "note": ""}, {"kind": "look", "source": "fir"},
    {"kind": "confirm", "row": "cases-1", "columns": ["sex"]}, {"kind": "undo"},
)  # fmt: skip


@pytest.mark.parametrize("widget", ["work", "screen", "adjudicate"])
def test_a_message_that_makes_no_sense_is_answered_with_the_problem(load, differing, decisions, widget):
    before = decisions.read_bytes()
    viewer, answers = getattr(load("Eve"), widget)(), []
    viewer.send = lambda content, buffers=None: answers.append(content)
    for message in SENSELESS:
        viewer._hear(None, message, None)
        assert answers[-1]["problem"], message
    assert len(answers) == len(SENSELESS) and decisions.read_bytes() == before


def test_without_decisions_all_can_only_be_looked_at(load, reading):
    review = load(decisions="")
    page = reading(review.work())
    page.locator(".cb-item").first.click()
    page.locator(".cb-text .cb-here").wait_for()
    page.keyboard.press("c")
    assert page.locator(".cb-inner .cb-tools button").all_inner_texts() == ["Keys?"]
    assert page.locator(".cb-sign").count() == 0
    assert not review.screen().content["editable"]


def test_a_hostile_title_runs_nothing(tmp_path, load, reading):
    words = "</script><img src=x onerror=alert(1)>\u202egnp"
    texts = {"bad": f"\U0001f9e0 A tumour {words} <b>of</b> the brain."}
    cases = f"case_id | sex | diagnosis\nbad/1 | male | {words}"
    tables = frames(sources=f"source_id | title\nbad | {words}", cases=cases)
    folder = write(tmp_path / "bad", quoted(tables, texts, ("cases-1", "diagnosis", words)), texts)
    load()
    for who in (words, "Bob"):
        review = casebook.load(folder, tmp_path / "protocol.yml", folder, decisions=tmp_path / "bad.csv", reviewer=who)
        review.change("cases-1", "diagnosis", f"{words} {who}", note="new")
    review = casebook.load(folder, tmp_path / "protocol.yml", folder, decisions=tmp_path / "bad.csv")
    for viewer in (review.work(), review.screen(), review.adjudicate()):
        html = viewer._repr_mimebundle_()[0]["text/html"]
        assert "<img" not in html and "<b>" not in html and "\u202e" not in html + repr(viewer)
    page = reading(review.adjudicate())
    assert "".join(page.locator(".cb-card mark").all_text_contents()) == words.replace("\u202e", "\\u202e")
    assert page.locator("img, .cb-reader script, .cb-card b").count() == 0
