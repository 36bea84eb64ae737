"""The package of one paper as PubMed Central ships it: of the XML and the PDF in it, the XML is read."""

import gzip
import tarfile
import zlib
from io import BytesIO, RawIOBase

from casebook.errors import InputError
from casebook.readers import jats, pdf
from casebook.readers.limits import Limits
from casebook.readers.outline import Outline

NAME = "archive"
_MOST_FILES = 2000


def outline(data: bytes, bounds: Limits) -> Outline:
    papers: dict[str, bytes] = {}
    try:
        with tarfile.open(fileobj=_Bounded(data, bounds.inflated), mode="r|") as packed:
            for number, member in enumerate(packed):
                if number == _MOST_FILES:
                    raise InputError(f"an archive of more than {_MOST_FILES} files")
                kind = member.name.rpartition(".")[2].lower()
                kind = "nxml" if kind == "xml" else kind
                if member.isreg() and kind in ("nxml", "pdf"):
                    if kind == "nxml" and kind in papers:
                        raise InputError("an archive of several papers: save each of them alone")
                    inside = packed.extractfile(member)
                    papers.setdefault(kind, inside.read() if inside else b"")
    except (tarfile.TarError, gzip.BadGzipFile, EOFError, zlib.error, ValueError) as error:
        raise InputError(f"not an archive that can be read: {error}") from None
    if "nxml" in papers:
        return jats.outline(papers["nxml"], bounds)
    if "pdf" in papers:
        return pdf.outline(papers["pdf"], bounds)
    raise InputError("an archive without a paper in it, expected an .nxml or a .pdf")


class _Bounded(RawIOBase):
    """What a gzip file unpacks to, up to a bound."""

    def __init__(self, data: bytes, most: int):
        self._stream = gzip.GzipFile(fileobj=BytesIO(data))
        self._left = self._most = most * 1_000_000

    def read(self, size: int = -1) -> bytes:
        part = self._stream.read(min(size, 1 << 20) if size >= 0 else 1 << 20)
        self._left -= len(part)
        if self._left < 0:
            raise InputError(f"an archive that unpacks to more than {self._most // 1_000_000} megabytes")
        return part
