"""The same paper in two files is one source; two papers never are."""

import pytest

from casebook.readers import read_folder

WORDS = (
    "anaesthetic examination laboratory parameters showed increased concentration whereas abdominal ultrasonography "
    "remained unremarkable throughout hospital admission subsequently histological assessment confirmed granulomatous "
    "inflammation surrounding calcified material consistent previously documented presentation elsewhere described"
).split()
TITLE = "A granulomatous cyst of the left knee in a gardener"


def text(title=TITLE, words=WORDS, doi=""):
    front = f"{title}\n\n{f'doi: {doi}' if doi else ''}\n\nCase report\n\n"
    return f"{front}A man of 40 came with a cyst of the left knee. " + " and the ".join(words) + ".\n"


def page(content):
    title, _, rest = content.partition("\n")
    body = "".join(f"<p>{part}</p>" for part in rest.split("\n\n") if part.strip())
    return f"<?xml version='1.0'?><article><front><article-meta><title-group><article-title>{title}</article-title>" \
           f"</title-group></article-meta></front><body><sec><title>Case report</title>{body}</sec></body></article>"


def status(folder, **files):
    for name, content in files.items():
        folder.joinpath(name.replace("_", ".")).write_text(content, encoding="utf-8")
    return {row["path"]: (row["status"], row.get("reason")) for row in read_folder(folder).sources}


@pytest.mark.parametrize(("xml", "txt"), [("paper_xml", "paper_txt"), ("b_xml", "a_txt")])
def test_the_better_format_is_read_and_the_other_names_it(tmp_path, xml, txt):
    found = status(tmp_path, **{xml: page(text()), txt: text()})
    assert found[xml.replace("_", ".")] == ("included", None)
    assert found[txt.replace("_", ".")] == ("excluded", f"the same paper as {xml.replace('_', '.')}")


def test_another_paper_of_the_same_stem_is_set_aside(tmp_path):
    found = status(tmp_path, a_xml=page(text()), a_txt=text("On elms", WORDS[::-1]))
    assert found["a.xml"][0] == "included" and found["a.txt"][0] == "quarantined" and "rename" in found["a.txt"][1]


def test_texts_alike_without_a_common_title_or_doi_are_both_read(tmp_path):
    found = status(tmp_path, a_txt=text(), b_txt=text("A wholly other account of an oak that fell"))
    assert {state for state, _ in found.values()} == {"included"}


def test_two_dois_are_two_papers(tmp_path):
    found = status(tmp_path, a_txt=text(doi="10.1000/one"), b_txt=text(doi="10.1000/two"))
    assert {state for state, _ in found.values()} == {"included"}
