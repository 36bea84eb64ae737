"""What must hold for whatever comes: tables with exact quotes, or a reason in one line."""

from casebook.errors import InputError
from casebook.readers import read_bytes
from casebook.rows import rows_of
from casebook.vocabulary import Vocabulary


def outcome(name: str, data: bytes, vocabulary: Vocabulary) -> str:
    """Why the file was refused; empty where it gave tables. Raises AssertionError."""
    try:
        document = read_bytes(data, "x", name)
    except InputError as error:
        reason = str(error)
        assert reason and "\n" not in reason, f"a reason of one line, not {reason!r}"
        assert "its parser failed" not in reason, reason
        return reason
    text, view = document.text, document.view
    for piece in view.pieces:
        assert view.text[piece.view:piece.view + piece.length] == text[piece.raw:piece.raw + piece.length]
    assert "".join(view.text[zone.start:zone.end] for zone in document.zones) == view.text
    text.encode("utf-8")
    for row in rows_of(document, vocabulary).tables["evidence"]:
        if "start" in row:
            assert text[row["start"]:row["end"]] == row["quote"], row
    return ""
