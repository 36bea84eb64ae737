"""JupyterLab itself: every notebook runs, and what is decided in the reader stays decided."""

import json
import shutil

import pytest

from casebook.curate import read
from house.tree import ROOT
from invented import TEXTS, review_tables, write
from viewer.lab import Opened, lab

pytest.importorskip("jupyterlab", reason="JupyterLab is not installed")
NOTEBOOKS = sorted(path.name for path in ROOT.joinpath("notebooks").glob("*.ipynb"))
HOSTILE = "</script><img src=x onerror=alert(1)>\u202egnp"
PROTOCOL = """title: Trees
question: Where?
eligibility: {exclude: [Reviews without a patient, Animals]}
endpoints: [vital_status]
"""
LOAD = 'import casebook\nreview = casebook.load("tables", "protocol.yml", "tables", decisions="decisions.csv"{})\n'
CELLS = {
    "reader": [LOAD.format("") + 'review.who = "Ada"', 'review.read("elm")', "review.sites['site'].tolist()"],
    "hostile": [LOAD.format("") + "review", 'review.read("bad")'],
    "one": [LOAD.format(', reviewer="Ada"'), 'review.read("elm")'],
    "other": [LOAD.format(', reviewer="Bob"'), 'review.read("elm")'],
    "third": [
        LOAD.format("") + 'review.who = "Eve"',
        "print(review.disagreements('Ada', 'Bob')[['first', 'second']].values.tolist())",
        "review.adjudicate('Ada', 'Bob')",
        "print(len(review.open), review.sites['site'].tolist())",
    ],
    "queue": [LOAD.format("") + 'review.who = "Ada"', "review.work()", "print(review.queue().progress)"],
    "screen": [
        LOAD.format("") + 'review.who = "Ada"',
        "review.screen()",
        "from casebook import stats\n"
        "flow = stats.prisma(review.tables, review.screening, review.counted, []).set_index('field')\n"
        "print(*flow.loc['files_excluded', ['n', 'why']], len(review.claims), sorted(review.texts))",
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    """The project's notebooks with copies of what they read, and a folder of invented reports with notebooks on it."""
    folder = tmp_path_factory.mktemp("lab")
    for name in ("notebooks", "seeds", "data"):
        shutil.copytree(ROOT / name, folder / name)
    own, tables = folder / "own", review_tables()
    texts = {**TEXTS, "bad": f"\U0001f9e0 A {HOSTILE} tumour."}
    tables["sources"].loc[3] = tables["sources"].iloc[0]
    tables["sources"].loc[3, ["row_id", "source_id", "path", "title"]] = ["sources-4", "bad", "bad.txt", HOSTILE]
    write(own / "tables", tables, texts)
    (own / "protocol.yml").write_text(PROTOCOL, encoding="utf-8")
    for name, cells in CELLS.items():
        empty = {"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": []}
        made = [{**empty, "id": f"c{at}", "source": source} for at, source in enumerate(cells)]
        kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
        content = {"cells": made, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
        (own / f"{name}.ipynb").write_text(json.dumps(content), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def opened(chromium, work, tmp_path_factory):
    """One JupyterLab for all; no request of the page left the machine, and nothing of a report ran."""
    with lab(tmp_path_factory.mktemp("home"), work) as address:
        page = chromium.new_page(viewport={"width": 1500, "height": 1300})
        tab = Opened(page, address)
        yield tab
        page.close()
    assert [url for url in tab.requests if not url.startswith((address, "ws://127.0.0.1:", "data:", "blob:"))] == []
    assert tab.alerts == []


def told(outputs):
    return [output for output in outputs if output["output_type"] == "error" or output.get("name") == "stderr"]


def printed(outputs):
    assert told(outputs) == []
    return [output["text"] for output in outputs if output["output_type"] == "stream"]


def cell(page, table, number, column):
    row = page.locator(f".cb-of-{table} .cb-row").nth(number - 1)
    return row.locator(".cb-cell", has=page.locator(f".cb-name:text-is('{column}')"))


def said(page, words):
    page.locator(".cb-live", has_text=words).wait_for(timeout=20_000)


def correct(page, value):
    cell(page, "sites", 2, "site").click()
    page.keyboard.press("e")
    page.locator("input[name=site]").fill(value)
    page.keyboard.press("Enter")
    said(page, f"corrected: site is {value}")


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_every_notebook_runs(opened, work, notebook):
    assert told(opened.run(f"notebooks/{notebook}")) == []
    opened.close()
    before = {path.name: path.read_bytes() for path in ROOT.joinpath("data", "review").iterdir()}
    assert {path.name: path.read_bytes() for path in (work / "data" / "review").iterdir()} == before


def test_what_is_decided_in_the_reader_is_in_the_file_and_in_the_tables_after_a_restart(opened, work):
    page = opened.page
    assert told(opened.run("own/reader.ipynb")) == []
    page.locator(".cb-reader").wait_for()
    cells = page.locator(".jp-Cell").count()
    cell(page, "sites", 3, "site").click()
    assert page.locator(".cb-text .cb-here").all_inner_texts() == ["lung"]
    page.keyboard.press("c")
    said(page, "confirmed: site")
    correct(page, "liver hilum")
    page.locator(".cb-text .cb-mark", has_text="hyperintense").dblclick()
    page.keyboard.press("a")
    page.locator("select[aria-label=table]").select_option("modalities")
    page.locator("select[name=modality]").select_option("MRI")
    page.locator("form button", has_text="Save").click()
    said(page, "added to modalities")
    cell(page, "cases", 1, "sex").click()
    page.keyboard.press("x")
    said(page, "rejected: sex")
    page.keyboard.press("u")
    said(page, "undone: reject sex")
    assert page.locator(".jp-Cell").count() == cells, "a key of the reader reached the notebook"
    columns = ["who", "action", "row_id", "column", "old", "new", "quote"]
    found = read(work / "own" / "decisions.csv")[columns].values.tolist()
    assert found[:2] == [
        ["Ada", "confirm", "sites-3", "site", "lung", "lung", "lung"],
        ["Ada", "change", "sites-2", "site", "liver", "liver hilum", "liver"],
    ]
    added = [line[:2] + line[3:] for line in found[2:5]]
    assert sorted(added) == [
        ["Ada", "add", "finding", "", "hyperintense", "hyperintense"],
        ["Ada", "add", "modality", "", "MRI", "hyperintense"],
        ["Ada", "add", "status", "", "present", "hyperintense"],
    ]
    assert [line[1:4] for line in found[5:]] == [["reject", "cases-1", "sex"], ["undo", "cases-1", "sex"]]
    opened.restart()
    outputs = opened.again()
    assert told(outputs) == []
    assert "'liver hilum'" in str(outputs[-1]["data"]["text/plain"])
    page.locator(".cb-reader").wait_for()
    assert cell(page, "sites", 2, "site").get_attribute("aria-label") == "site: liver hilum, corrected"
    assert page.locator(".cb-of-modalities .cb-is-added").count() == 3
    opened.close()
    (work / "own" / "decisions.csv").unlink()


def test_two_reviewers_and_an_adjudication(opened, work):
    for notebook, value in (("one", "lung"), ("other", "rib")):
        assert told(opened.run(f"own/{notebook}.ipynb")) == []
        opened.page.locator(".cb-reader").wait_for()
        assert cell(opened.page, "sites", 2, "site").get_attribute("aria-label") == "site: liver, machine"
        correct(opened.page, value)
        opened.close()
    assert printed(opened.run("own/third.ipynb"))[0] == "[['lung', 'rib']]\n"
    page = opened.page
    assert page.locator(".cb-card mark").all_text_contents() == ["liver"]
    assert page.locator(".cb-side-of").all_inner_texts() == ["Ada1\nlung", "Bob2\nrib"]
    page.locator(".cb-card").click()
    page.keyboard.press("2")
    said(page, "settled: site is rib")
    page.keyboard.press("e")
    page.locator("input[name=site]").fill("liver")
    page.keyboard.press("Enter")
    said(page, "settled: site is liver")
    line = read(work / "own" / "decisions.csv").iloc[-1]
    assert line[["who", "action", "row_id", "column", "new", "quote"]].tolist() == [
        "Eve", "settle", "sites-2", "site", "liver", "liver",
    ]  # fmt: skip
    opened.restart()
    assert printed(opened.again())[-1] == "0 ['frontal lobe', 'liver', 'lung', 'femur', 'rib']\n"
    page.locator(".cb-settled", has_text="settled: liver (Eve").wait_for()
    opened.close()
    (work / "own" / "decisions.csv").unlink()


def test_the_queue_step_by_step_goes_on_after_a_restart(opened, work):
    page = opened.page
    assert printed(opened.run("own/queue.ipynb")) == ["0 of 14\n"]
    page.locator(".cb-item").first.click()
    page.locator(".cb-text .cb-here", has_text="61-year-old").wait_for()
    cells = page.locator(".jp-Cell").count()
    page.keyboard.press("c")
    said(page, "confirmed: age_years; next: headline figure")
    page.locator(".cb-text .cb-here", has_text="boy of 12").wait_for()
    page.keyboard.press("n")
    page.locator(".cb-text .cb-here", has_text="woman").wait_for()
    page.keyboard.press("x")
    said(page, "rejected: sex; next:")
    assert page.locator(".jp-Cell").count() == cells, "a key of the queue reached the notebook"
    found = read(work / "own" / "decisions.csv")[["who", "action", "row_id", "column"]].values.tolist()
    assert found == [["Ada", "confirm", "cases-1", "age_years"], ["Ada", "reject", "cases-1", "sex"]]
    opened.restart()
    assert printed(opened.again()) == ["2 of 14\n"]
    page.locator(".cb-chip", has_text="cases2 of 4").wait_for()
    assert page.locator(".cb-item").count() == 12
    opened.close()
    (work / "own" / "decisions.csv").unlink()


def test_a_source_excluded_by_a_criterion_is_out_of_the_tables_after_a_restart(opened, work):
    page = opened.page
    assert printed(opened.run("own/screen.ipynb")) == ["0  1 ['ash', 'bad', 'elm', 'oak']\n"]
    page.locator(".cb-item", has_text="Dural metastases").click()
    page.locator(".cb-page", has_text="9 % of autopsies").wait_for()
    page.keyboard.press("x")
    page.keyboard.press("1")
    said(page, "excluded: Reviews without a patient")
    line = read(work / "own" / "decisions.csv").iloc[-1]
    assert line[["who", "action", "source_id", "note"]].tolist() == [
        "Ada", "exclude", "ash", "Reviews without a patient",
    ]  # fmt: skip
    opened.restart()
    assert printed(opened.again()) == ["1 Reviews without a patient (1) 0 ['bad', 'elm', 'oak']\n"]
    page.locator(".cb-item.cb-is-excluded", has_text="Ada, ").wait_for()
    opened.close()
    (work / "own" / "decisions.csv").unlink()


def test_a_hostile_report_runs_nothing(opened):
    page = opened.page
    assert told(opened.run("own/hostile.ipynb")) == []
    page.locator(".cb-reader").wait_for()
    assert HOSTILE.replace("\u202e", "\\u202e") in page.locator(".cb-text").inner_text()
    assert page.locator(".cb-reader img, .cb-reader script, .jp-OutputArea img[src=x]").count() == 0
    assert opened.alerts == []
    opened.close()
