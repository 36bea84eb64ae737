"""A regular expression of many words that is quick to refuse what is none of them."""

import re
from collections.abc import Iterable


def any_word(words: Iterable[str]) -> str:
    """A pattern of any of `words` in either case, the longest first; a blank in a word may be a hyphen in the text.

    Words that begin alike share their beginning, and each letter is written as a class of its two cases: `re` skips
    an alternative by its first class at once, but not by a letter under IGNORECASE.
    """
    tree: dict[str, dict] = {}
    for word in words:
        node = tree
        for char in " ".join(word.lower().split()):
            node = node.setdefault(char, {})
        node[_END] = {}
    return _pattern(tree)


_END = ""


def _pattern(node: dict[str, dict]) -> str:
    """The longer words first: where one may end, what follows is optional."""
    ways = [_char(char) + _pattern(after) for char, after in node.items() if char != _END]
    if not ways:
        return ""
    if _END in node:
        return f"(?:{'|'.join(ways)})?"
    return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"


def _char(char: str) -> str:
    if char == " ":
        return r"[\s-]"
    return f"[{char}{char.upper()}]" if char.isalpha() else re.escape(char)
