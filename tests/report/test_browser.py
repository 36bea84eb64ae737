"""The page in a real Chromium, from the file system."""

import pytest

from casebook.report import Job, run
from house.tree import ROOT


@pytest.fixture
def opened(chromium, report):
    """Opens the report at a width; at the end nothing was complained of, and no request left the machine."""
    pages, complaints, requests = [], [], []

    def open_at(width, **options):
        page = chromium.new_page(viewport={"width": width, "height": 900}, **options)
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: requests.append(request.url))
        page.goto((report / "index.html").as_uri())
        pages.append(page)
        return page

    yield open_at
    for page in pages:
        page.close()
    assert complaints == []
    assert [url for url in requests if not url.startswith(("file:", "data:"))] == []


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_is_wider_than_the_page(opened, width):
    page = opened(width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.images.length") > 3
    assert page.evaluate(
        "[...document.images].every(image => image.complete && image.naturalWidth > 0 && image.alt.length > 10)"
    )


def test_the_contents_jump(opened):
    page = opened(1280)
    page.get_by_role("navigation").get_by_role("link", name="Outcomes", exact=True).click()
    assert page.url.endswith("#04_outcomes-3")
    assert abs(page.evaluate("document.getElementById('04_outcomes-3').getBoundingClientRect().top")) < 60


@pytest.mark.parametrize("width", [1280, 390])
def test_a_click_shows_the_sentence_with_the_words_marked(opened, width):
    page = opened(width)
    panel = page.get_by_role("dialog")
    assert not panel.is_visible()
    page.get_by_role("button", name="glioblastoma", exact=True).first.click()
    assert panel.is_visible()
    assert page.locator("#panel mark").first.inner_text() == "glioblastoma"
    assert "It was resected; glioblastoma was found." in panel.inner_text()
    assert "A liver metastasis (elm)" in panel.inner_text()
    assert "rule ex-0001" in panel.inner_text()
    page.get_by_role("button", name="Close the evidence").click()
    assert not panel.is_visible()


def test_the_keyboard_does_all_of_it(opened):
    page = opened(1280)
    cell = page.get_by_role("button", name="glioblastoma", exact=True).first
    cell.focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog")
    assert panel.is_visible() and cell.get_attribute("aria-expanded") == "true"
    assert page.evaluate("document.activeElement.id") == "panel"
    page.keyboard.press("Escape")
    assert not panel.is_visible() and cell.get_attribute("aria-expanded") == "false"
    assert page.evaluate("document.activeElement.textContent") == "glioblastoma"
    page.keyboard.press("Space")
    assert panel.is_visible()


def test_only_cells_with_evidence_are_buttons(opened):
    page = opened(1280)
    cells, buttons = page.locator("[data-e]").count(), page.locator("[data-e] > [role=button]").count()
    assert cells == buttons > 10
    page.get_by_text("not seen", exact=True).first.click()
    assert not page.get_by_role("dialog").is_visible()


def test_the_row_is_a_card_on_a_narrow_screen(opened):
    page = opened(390)
    head = page.locator("table.stacks [data-head]").first
    assert (
        page.evaluate("element => getComputedStyle(element, '::before').content", head.element_handle()) == '"patient"'
    )


def test_figures_stay_on_white_in_dark_mode(opened):
    page = opened(1280, color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(22, 27, 32)"
    assert (
        page.evaluate("getComputedStyle(document.querySelector('figure img')).backgroundColor") == "rgb(255, 255, 255)"
    )


def test_print_leaves_out_what_only_a_screen_needs(opened):
    page = opened(1280)
    page.get_by_role("button", name="glioblastoma", exact=True).first.click()
    page.emulate_media(media="print")
    for name in ("nav", "#panel", ".hint"):
        assert not page.locator(name).first.is_visible()
    assert page.get_by_role("heading", name="Abstract", exact=True).is_visible()


def test_every_link_leads_somewhere_in_the_page(opened):
    page = opened(1280)
    hrefs = page.evaluate("[...document.links].map(link => link.getAttribute('href'))")
    assert len(hrefs) > 40
    assert [href for href in hrefs if not href.startswith("#")] == []
    assert page.evaluate("[...document.links].filter(link => !document.getElementById(link.hash.slice(1))).length") == 0


def test_a_checklist_jumps_to_the_section_that_answers_it(opened):
    page = opened(1280)
    page.get_by_role("row", name="16a").get_by_role("link").first.click()
    assert page.url.endswith("#01_sources")
    assert abs(page.evaluate("document.getElementById('01_sources').getBoundingClientRect().top")) < 60


def test_words_that_speak_of_a_figure_jump_to_it(opened):
    page = opened(1280)
    link = page.locator("#\\30 6_review").get_by_role("link", name="Figure 1", exact=True)
    link.click()
    assert page.url.endswith("#figure-1")
    assert page.locator("#figure-1 figcaption").inner_text().startswith("Figure 1.")


def test_a_reader_without_eyes_finds_the_way(opened):
    page = opened(1280)
    heads = "document.querySelectorAll('h1, main h2, main h3, main h4')"
    levels = page.evaluate(f"[...{heads}].map(head => +head.tagName[1])")
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))
    assert page.get_by_role("main").count() == page.get_by_role("navigation", name="Contents").count() == 1
    assert page.evaluate("[...document.querySelectorAll('main th')].every(head => head.scope)")
    assert page.evaluate("[...document.querySelectorAll('main table')].every(table => table.caption && table.tHead)")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the review"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


def test_focus_is_seen(opened):
    page = opened(1280)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outline").endswith("solid 2px")


def test_a_sentence_of_the_abstract_opens_what_it_rests_on(opened):
    page = opened(1280)
    page.get_by_role("button", name="They are Patient 1").focus()
    page.keyboard.press("Enter")
    assert "It was resected; glioblastoma was found." in page.get_by_role("dialog").inner_text()


@pytest.fixture(scope="module")
def larger(tmp_path_factory):
    """The report of the invented corpus."""
    out = tmp_path_factory.mktemp("larger") / "out"
    corpus, data = ROOT / "tests" / "corpus", ROOT / "data"
    run(Job(corpus / "reports", out, ROOT / "notebooks", corpus / "protocol.yml", data / "vocabulary"))
    return out


@pytest.mark.parametrize("width", [1280, 390])
def test_a_larger_review_fits_too(chromium, larger, width):
    page, complaints, requests = chromium.new_page(viewport={"width": width, "height": 900}), [], []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    page.goto((larger / "index.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if width == 1280:
        cut = "[...document.querySelectorAll('.table')].filter(e => e.scrollWidth > e.clientWidth).map(e => e.id)"
        assert page.evaluate(cut) == []
    page.get_by_role("button", name="The median age was").click()
    assert page.get_by_role("dialog").is_visible() and page.locator("#panel mark").count() > 3
    page.keyboard.press("Escape")
    assert not page.get_by_role("dialog").is_visible()
    assert complaints == []
    assert [url for url in requests if not url.startswith(("file:", "data:"))] == []
    page.close()


def test_a_hostile_report_runs_nothing(chromium, tmp_path, protocol):
    from casebook.protocol import read_protocol
    from casebook.report.compose import compose
    from casebook.workbook import Review
    from invented import frames, quoted
    from report.conftest import shows

    words = "</script><img src=x onerror=alert(1)><script>alert(2)</script>\u202egnp.exe"
    texts = {"bad": f"A tumour \U0001f9e0 {words} of the brain."}
    cases = frames(sources="source_id\nbad", cases=f"case_id | diagnosis\nbad/1 | {words}")
    review = Review(read_protocol(protocol), quoted(cases, texts, ("cases-1", "diagnosis", words)), texts)
    page_file = tmp_path / "index.html"
    page_file.write_text(compose([shows(tmp_path, review.cases)], review, {}, "").page, encoding="utf-8")
    page, alerts = chromium.new_page(), []
    page.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
    page.goto(page_file.as_uri())
    page.locator("[data-e] > [role=button]").last.click()
    assert page.locator("#panel mark").inner_text() == words.replace("\u202e", "\\u202e")
    assert page.locator("#panel img, #panel script, main img").count() == 0
    assert alerts == []
    page.close()
