"""Whether the hyphen at a line's end belongs to the word or only to the line."""

import re
from collections import Counter


class Hyphens:
    """Decides by how the same text writes the word elsewhere, then by the two parts."""

    def __init__(self, text: str):
        self._words = Counter(hit[0].lower() for hit in _WORD.finditer(text))

    def stays(self, left: str, right: str) -> bool:
        """Whether the hyphen stays between a line that ends in `left` (without it) and one that begins with `right`."""
        head, tail = _HEAD.search(left[-40:]), _TAIL.match(right)
        if not head or not tail or not tail[0][0].islower():
            return True
        last, first = head[0].lower(), tail[0].lower()
        if head[0][-1].isdigit() or head[0][-1].isupper() or any(c.isdigit() for c in last) or len(last) == 1:
            return True
        if _LINKED.search(left[-40:]) or (first in _LINKS and right[len(first):len(first) + 1] == "-"):
            return True
        joined, kept = self._words[last + first], self._words[f"{last}-{first}"]
        if joined != kept:
            return kept > joined
        if last in _ALWAYS or (first == "old" and last in _AGES):
            return True
        if first in _RIGHT and len(last) > 2 and last not in _JOINING:
            return True
        return last in _LEFT and (first in _AFTER_LEFT or self._words[first] > 1)  # once is this line itself


_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)?")
_HEAD = re.compile(r"[^\W_]+$")
_TAIL = re.compile(r"[^\W_]+")
_LINKS = ("to", "of", "the", "and", "by", "in", "on", "up")
_LINKED = re.compile(rf"[^\W_]-(?:{'|'.join(_LINKS)})$")
_AGES = frozenset(("year", "years", "month", "months", "week", "weeks", "day", "days", "hour", "hours"))
_ALWAYS = frozenset(("non", "self", "alpha", "beta", "gamma", "delta"))
_JOINING = frozenset("dis sub cor mis pre post anti over under inter intra trans super hyper hypo out semi".split())
_LEFT = frozenset(
    "well follow fat high low long short full half cross large small soft early late left right upper lower double"
    " single one two three four five six seven eight nine ten twelve first second third old new contrast water air"
    " blood dose age gadolinium iron diffusion proton time sex life case ill all end near open year month week"
    " day".split())
_RIGHT = frozenset(
    "weighted enhanced enhancing suppressed saturated guided based like free related induced positive negative sided up"
    " associated shaped threatening appearing defined treated resistant dependent attenuated occupying assisted filled"
    " fixed embedded blinded matched limiting saving documented mediated directed corrected adjusted controlled naive"
    " specific refractory".split())
_AFTER_LEFT = frozenset(
    "term grade dose line stage year month week day hour time fold signal density intensity resolution risk generation"
    " spectrum thirds quarters point dimensional layer vessel blind tissue".split())
