"""The words and their marks: offsets, overlaps, selections, and letters that would hide or reorder others."""

import pytest

TEXTS = {
    "plain": "A tumour of the brain.",
    "emoji": "\U0001f9e0\U0001f9e0 A tumour \U0001f468\u200d\U0001f469\u200d\U0001f467 of the brain \U0001f600.",
    "bidi": "The word \u202egnp.exe\u202c and \u2066isolated\u2069 \u05d0\u05d1\u05d2 brain.",
    "markup": "</script><img src=x onerror=alert(1)><b>brain</b> &lt;i&gt; \u2028 <style>*{display:none}</style>",
    "breaks": "One line\r\nand\ttwo\n\n" + "brain words\n" * 400 + "\U0001f9e0 the end",
}
text = pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)


def units(text):
    return len(text.encode("utf-16-le")) // 2


def show(page, text, spans):
    page.evaluate(
        """([text, spans]) => { const at = document.getElementById('at'); at.replaceChildren();
        window.shown = new casebookViewer.Text(at, text, spans); }""",
        [text, spans],
    )


def span(start, end, row="r", table="sites", status="machine"):
    return {"start": start, "end": end, "row": row, "table": table, "status": status, "column": "site"}


@text
def test_offsets_are_those_of_python(page, text):
    points = list(range(0, len(text) + 1, max(1, len(text) // 300)))
    there = page.evaluate("([text, at]) => at.map(p => new casebookViewer.Offsets(text).unit(p))", [text, points])
    assert there == [units(text[:point]) for point in points]
    back = page.evaluate("([text, at]) => at.map(u => new casebookViewer.Offsets(text).point(u))", [text, there])
    assert back == points


def test_an_offset_inside_a_letter_is_that_of_the_letter(page):
    points = "[0, 1, 2, 3, 4, 5].map(unit => new casebookViewer.Offsets('\U0001f9e0x\U0001f9e0').point(unit))"
    assert page.evaluate(points) == [0, 0, 1, 2, 2, 3]


def test_parts_are_cut_where_ranges_end(page):
    parts = page.evaluate("casebookViewer.parts(10, [[2, 6], [4, 8], [4, 4]], [5])")
    assert [(part["from"], part["to"], part["over"]) for part in parts] == [
        (0, 2, []), (2, 4, [0]), (4, 5, [0, 1]), (5, 6, [0, 1]), (6, 8, [1]), (8, 10, []),
    ]  # fmt: skip


@text
def test_all_words_are_there_and_nothing_else(page, text):
    show(page, text, [span(i, min(len(text), i + 7)) for i in range(0, len(text) - 1, 5)])
    assert page.locator("#at img, #at script, #at style, #at b, #at i").count() == 0
    shown = page.evaluate("document.getElementById('at').textContent")
    assert shown == page.evaluate("text => casebookViewer.written(text)", text)
    for letter in "\u202e\u202c\u2066\u2069\u2028":
        assert letter not in shown


@text
def test_words_selected_are_given_in_code_points(page, text):
    words = [(text.index(word), text.index(word) + len(word)) for word in ("brain", "word", "end") if word in text]
    spans = [span(0, 3, "a"), *(span(start, end, str(i)) for i, (start, end) in enumerate(words))]
    show(page, text, spans)
    for start, end in [*words, (0, len(text.rstrip()))]:
        selected = page.evaluate(
            """([start, end]) => { const nodes = shown.nodes([{start, end}]); const range = document.createRange();
            const words = []; for (const node of nodes) {
              const walk = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
              while (walk.nextNode()) words.push(walk.currentNode); }
            const units = [shown.offsets.unit(start), shown.offsets.unit(end)];
            const of = at => words.findLast(node => shown.places.get(node).at <= at);
            const [first, last] = [of(units[0]), of(units[1] - 1)];
            range.setStart(first, units[0] - shown.places.get(first).at);
            range.setEnd(last, shown.places.get(last).whole ? last.length : units[1] - shown.places.get(last).at);
            getSelection().removeAllRanges(); getSelection().addRange(range); return shown.selected(); }""",
            [start, end],
        )
        assert selected == {"start": start, "end": end, "quote": text[start:end]}


def test_blanks_around_a_selection_are_left_out_and_other_selections_are_none(page):
    show(page, "\U0001f9e0 a brain here", [span(4, 9)])
    selected = "getSelection().selectAllChildren(document.getElementById('at')); shown.selected()"
    assert page.evaluate(selected)["quote"] == "\U0001f9e0 a brain here"
    move = "getSelection().setBaseAndExtent(shown.parts[0].node.firstChild, 2, shown.parts[2].node.firstChild, 1)"
    assert page.evaluate(f"{move}; shown.selected()") == {"start": 2, "end": 9, "quote": "a brain"}
    assert page.evaluate("getSelection().removeAllRanges(); shown.selected()") is None


def test_where_tables_overlap_each_draws_its_line_and_the_shortest_span_comes_first(page):
    show(page, "one two three four", [span(0, 13, "long", "sites"), span(4, 7, "short", "cases")])
    inner = page.locator("#at .cb-cases")
    assert inner.inner_text() == "two" and page.locator("#at .cb-sites .cb-sites").count() == 0
    assert inner.evaluate("node => shown.at(node).map(span => span.row)") == ["short", "long"]


def test_a_row_takes_other_spans_without_the_rest_being_drawn_again(page):
    show(page, "one two three four", [span(0, 3, "a"), span(8, 13, "b")])
    page.evaluate("shown.parts.forEach(part => part.node.dataset.old = 1)")
    old, new = span(0, 3, "a"), [span(4, 7, "a", status="corrected"), span(9, 11, "a")]
    page.evaluate("([old, spans]) => shown.replace('a', old, spans)", [[old], new])
    marks = page.locator("#at .cb-mark").evaluate_all("all => all.map(mark => [mark.textContent, mark.className])")
    assert marks == [
        ["two", "cb-mark cb-sites cb-is-decided"], ["t", "cb-mark cb-sites cb-is-machine"],
        ["hr", "cb-mark cb-sites cb-is-machine"], ["ee", "cb-mark cb-sites cb-is-machine"],
    ]  # fmt: skip
    assert page.evaluate("document.getElementById('at').textContent") == "one two three four"
    assert page.locator("#at [data-old]").count() == 1


@pytest.mark.parametrize(
    "states, state",
    [(["machine", "confirmed"], "machine"), (["confirmed", "rejected"], "decided"), (["rejected"], "rejected")],
)
def test_a_mark_tells_whether_anything_is_left_to_decide(page, states, state):
    show(page, "one two", [span(0, 3, str(i), status=status) for i, status in enumerate(states)])
    assert page.locator(f"#at .cb-is-{state}").inner_text() == "one"
