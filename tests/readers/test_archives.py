"""Invented Word files and packages of papers."""

import gzip
import io
import tarfile
import zipfile

import pytest

from casebook.errors import InputError
from casebook.readers import read_bytes
from readers.papers import paper, pdf
from readers.reports import sentences
from readers.test_jats import article

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STYLES = f"""<w:styles {W}><w:style w:styleId="T1"><w:name w:val="Title"/></w:style>
<w:style w:styleId="H1"><w:name w:val="heading 1"/></w:style></w:styles>"""
BODY = """<w:p><w:pPr><w:pStyle w:val="T1"/></w:pPr><w:r><w:t>A mass of the forearm</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="H1"/></w:pPr><w:r><w:t>Case report</w:t></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve">A 47-year-old woman had a </w:t></w:r><w:ins><w:r><w:t>firm</w:t></w:r></w:ins>
<w:del><w:r><w:delText>soft</w:delText><w:t>soft</w:t></w:r></w:del><w:r><w:t xml:space="preserve"> mass.</w:t></w:r>
<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1,2</w:t></w:r>
<w:r><w:t xml:space="preserve"> It measured 12 cm</w:t></w:r>
<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r>
<w:r><w:t>.</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Author</w:t></w:r></w:p></w:tc><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>
<w:p><w:r><w:t>Person</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>Moravec</w:t></w:r></w:p></w:tc>
<w:tc><w:p><w:r><w:t>52</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>F</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"""


def word(body: str = BODY, head: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/styles.xml", STYLES)
        packed.writestr("word/document.xml", f"{head}<w:document {W}><w:body>{body}</w:body></w:document>")
        packed.writestr("word/vbaProject.bin", b"macros are never looked at")
    return out.getvalue()


def package(**files: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as packed:
        for name, data in files.items():
            member = tarfile.TarInfo(f"PMC1/{name.replace('_', '.')}")
            member.size = len(data)
            packed.addfile(member, io.BytesIO(data))
    return out.getvalue()


def test_a_word_file_is_read():
    document = read_bytes(word(), "a", "a.docx")
    assert document.fields["title"][0] == "A mass of the forearm"
    assert sentences(document, "case")[:2] == ["A 47-year-old woman had a firm mass.[1,2]", "It measured 12 cm2."]
    assert "| Author | Person | Person |\n| Moravec | 52 | F |" in document.text


def test_of_a_package_the_xml_is_read_or_else_the_pdf():
    alone = read_bytes(article(), "a", "a.xml").text
    assert read_bytes(package(paper_pdf=pdf(paper()), paper_nxml=article(), f1_jpg=b"x"), "a", "a.tar.gz").text == alone
    assert read_bytes(package(paper_nxml=article()), "a", "a").text == alone
    assert "A 47-year-old woman" in read_bytes(package(paper_pdf=pdf(paper())), "a", "a.tgz").text


def misplaced(data: bytes) -> bytes:
    """A ZIP file whose last record puts its files before the file's beginning."""
    offset = data.rindex(b"PK\5\6") + 16
    return data[:offset] + (len(data) * 2).to_bytes(4, "little") + data[offset + 4:]


@pytest.mark.parametrize(("data", "told"), [
    (lambda: word()[:-30], "not a Word file"),
    (lambda: misplaced(word()), "not a Word file"),
    (lambda: word("<w:p/>"), "without text"),
    (lambda: word(head='<!DOCTYPE x [<!ENTITY a "b">]>'), "declares entities"),
    (lambda: word("<w:sdt>" * 1000 + "</w:sdt>" * 1000), "nested deeper|well-formed"),
    (lambda: word(f"<w:p><w:r><w:t>{'0' * 5_000_000}</w:t></w:r></w:p>"), "unpacks to more than 4 megabytes"),
    (lambda: package(big_nxml=bytes(5_000_000)), "unpacks to more than 4 megabytes"),
    (lambda: package(x_txt=b"x"), "without a paper"),
    (lambda: package(a_nxml=article(), b_nxml=article()), "several papers"),
    (lambda: gzip.compress(b"no archive"), "not an archive"),
    (lambda: package(paper_nxml=article())[:200], "not an archive"),
], ids=range(11))
def test_a_broken_or_swollen_archive_is_refused(monkeypatch, data, told):
    monkeypatch.setenv("CASEBOOK_INFLATED", "4")
    with pytest.raises(InputError, match=told):
        read_bytes(data(), "a", "a")


def test_a_link_in_a_package_is_not_followed():
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as packed:
        member = tarfile.TarInfo("../../paper.nxml")
        member.type, member.linkname = tarfile.SYMTYPE, "/etc/hostname"
        packed.addfile(member)
    with pytest.raises(InputError, match="without a paper"):
        read_bytes(out.getvalue(), "a", "a.tar.gz")
