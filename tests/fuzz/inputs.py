"""Files of every format, and what can go wrong with their bytes."""

import random
from collections.abc import Iterator

from house.tree import ROOT
from readers.papers import CAPTION, paper, pdf, table
from readers.test_archives import BODY, package, word
from readers.test_html import HEAD, PAGES
from readers.test_jats import article

PAPERS = ROOT.parent / "shared" / "corpora" / "hindawi_dev"
TOKENS = (
    b"\0", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", "\u202e\u2066".encode(), b"\r", b"\r\n\r\n", b"\f",
    b"\x1a", b"<![CDATA[", b"]]>", b"&x;", b"&#0;", b"&#1;", b"&#55296;", b"<!ENTITY x 'y'>", b"<script>",
    b"</p></sec>",
    b"%PDF-1.7",
    b"PK\x03\x04", b"stream\n", b"endobj",
    b" 99999999999 ", b"-1 0 R", b"| | | |\n", b"Table 1. Cases\n",
    b"## ", b"Figure 1: ", b"(" * 500,
    b"9" * 2000, b"a" * 5000, b"\n" * 500, b"- " * 300, "é".encode("cp1252"), "\U0001d465".encode(), b"[1,2]" * 100,
)


def originals(real: bool) -> dict[str, bytes]:
    """name -> bytes of a sound file; `real` ones too where they lie beside this clone."""
    text = (ROOT / "seeds").glob("*.txt")
    found = {
        "two columns.pdf": pdf(paper(cite="#super[1, 2]", wide=f"#text(size: 8pt)[{CAPTION}]\n\n{table()}")),
        "one column.pdf": pdf(paper(columns=1)),
        "paper.xml": article(),
        "page.html": f"<html>{HEAD}<body>{PAGES['main']}</body></html>".encode(),
        "paper.docx": word(),
        "paper.tar.gz": package(paper_nxml=article()),
        "wide.txt": article().decode().encode("utf-16"),
        **{path.name: path.read_bytes()[:20_000] for path in sorted(text)[:4]},
    }
    if real and PAPERS.is_dir():
        for folder in sorted(PAPERS.iterdir())[:6]:
            for name in ("fulltext.xml", "fulltext.pdf"):
                found[f"{folder.name}{name[8:]}"] = (folder / name).read_bytes()
    return found


def mutants(count: int, real: bool = False) -> Iterator[tuple[str, bytes]]:
    """`count` damaged files, the same ones each time."""
    sound = originals(real)
    names = sorted(sound)
    for number in range(count):
        chance = random.Random(number)
        name = names[number % len(names)]
        data = bytearray(sound[name])
        inside = chance.random() < 0.5
        if name == "paper.docx" and inside:  # what is packed, and not the packing
            yield name, word(_damaged(bytearray(BODY.encode()), sound[chance.choice(names)], chance).decode("latin-1"))
        elif name == "paper.tar.gz" and inside:
            yield name, package(paper_nxml=bytes(_damaged(bytearray(article()), sound[chance.choice(names)], chance)))
        else:
            yield name, bytes(_damaged(data, sound[chance.choice(names)], chance))


def _damaged(data: bytearray, other: bytes, chance: random.Random) -> bytearray:
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(data) + 1)
        end = min(len(data), at + int(chance.expovariate(1 / 60)) + 1)
        kind = chance.randrange(7)
        if kind == 0 and at < len(data):
            data[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            data[at:end] = b""
        elif kind == 2:
            data[at:at] = data[at:end] * chance.choice((1, 2, 50))
        elif kind == 3:
            start = chance.randrange(len(other))
            data[at:at] = other[start:start + int(chance.expovariate(1 / 400))]
        elif kind == 4:
            data[at:at] = chance.choice(TOKENS)
        elif kind == 5:
            data[at:end] = bytes(chance.randrange(256) for _ in range(end - at))
        elif chance.random() < 0.3:
            del data[at:]
    return data
