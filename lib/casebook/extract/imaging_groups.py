"""Studies that share one statement, and the studies that "the scan", a sequence or "it" mean."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from casebook.extract.imaging_anchors import Anchor
from casebook.extract.reading import Reading
from casebook.extract.telling import telling

Group = tuple[Anchor, ...]

_NEAR = re.compile(r"^(?:[^.;:]|\.(?=\d)){0,70}$")
_LINK = re.compile(
    r"\b(?:and|or|plus|then|with|followed by|as well as|combined|complemented by|coupled|nor)\b|[,/+&(]", re.IGNORECASE
)
_BY_ITSELF = re.compile(r"\b(?:and|while|whereas)\s(?:in|on|by|at)\s(?:an?\s|the\s)?$", re.IGNORECASE)
"""Between a sequence and a study that begins a statement of its own: "on MRI bright on T2 and in CT …"."""
_BRACKETS = re.compile(r"\([^()]{0,200}\)")
_BESIDE = 8  # characters between two sequences that share a statement ("T1- and T2-weighted")
_WITHOUT_X_RAYS = ("ultrasonography", "echocardiography")


@dataclass(slots=True)
class Spoken:
    """What the text was last speaking of, while it is read in order."""

    studies: Group = ()
    last_named: Group = ()
    wanted: Group = ()
    """Asked for or planned in the sentence before; "it showed" tells that they were done."""
    distance: int = 0
    paragraph: int = -1
    seen: dict[str, Anchor] = field(default_factory=dict)
    left: dict[tuple[int, int], bool] = field(default_factory=dict)
    """(sentence, end) -> whether its words up to `end` speak of something else."""

    def forget(self) -> None:
        self.studies, self.wanted, self.distance = (), (), 0

    def named(self, group: Group) -> None:
        self.last_named = group
        for anchor in group:
            for name in anchor.names:
                self.seen.pop(name, None)
                self.seen[name] = anchor


def grouped(reading: Reading, found: Sequence[Anchor], spoken: Spoken) -> list[Group]:
    """Anchors that share one statement ("CT and MRI showed") together; others as the study they mean."""
    groups: list[Group] = []
    for anchor in found:
        last = groups[-1] if groups else ()
        gap = reading.text[last[-1].end : anchor.start] if last else ""
        near = anchor.kind != "implied" or len(gap) <= _BESIDE
        apart = bool(last) and last[-1].sequence and bool(_BY_ITSELF.search(gap))
        if anchor.imaging and last and last[-1].imaging and near and not apart and _joined(reading, gap):
            groups[-1] = _merged(last, anchor)
        elif resolved := _resolved(anchor, groups, spoken):
            groups.append(resolved)
    return groups


def _joined(reading: Reading, gap: str) -> bool:
    gap = _BRACKETS.sub("", gap)
    if not _NEAR.match(gap):
        return False
    if not gap.strip(" ()-,/"):
        return True
    stated = telling(reading.vocabulary).shows.search(gap.replace("with", "").replace("image", ""))
    return bool(_LINK.search(gap)) and not stated


def _merged(group: Group, anchor: Anchor) -> Group:
    if anchor.kind == "again":
        return group
    known = [name for study in group for name in study.names]
    if anchor.names == ("ultrasonography",) and "echocardiography" in known:
        return group  # the Doppler of an echocardiography
    if anchor.kind == "implied" and any(compatible(name, anchor.names) for name in known):
        return group
    told = tuple(s for s in group if s.kind != "implied" or not any(compatible(n, s.names) for n in anchor.names))
    return (*told, anchor)


def _resolved(anchor: Anchor, groups: Sequence[Group], spoken: Spoken) -> Group:
    """`anchor` as a group; for a sequence or "the scan" the study of the sentence or paragraph that it belongs to."""
    if anchor.kind == "again":
        return tuple(_moved(study, anchor) for study in _meant(anchor, groups, spoken))
    if anchor.kind == "implied":
        near = [study for group in groups for study in group if study.imaging]
        for study in (*near, *spoken.studies, *spoken.last_named, *spoken.seen.values()):
            if any(compatible(name, anchor.names) for name in study.names):
                return (_moved(study, anchor),)
    return (anchor,)


def _meant(anchor: Anchor, groups: Sequence[Group], spoken: Spoken) -> Group:
    """The study that "the scan" takes up; "the radiological image" is none of ultrasound."""
    known = next((group for group in reversed(groups) if group[0].imaging), spoken.studies or spoken.last_named)
    if anchor.radiological and any(name in _WITHOUT_X_RAYS for study in known for name in study.names):
        others = (a for a in reversed(spoken.seen.values()) if not any(name in _WITHOUT_X_RAYS for name in a.names))
        return next(((study,) for study in others), ())
    return known


def _moved(study: Anchor, to: Anchor) -> Anchor:
    return Anchor(to.start, to.end, "study", study.mention, study.done, sequence=to.kind == "implied")


def compatible(name: str, implied: Iterable[str]) -> bool:
    """Whether a study called `name` can be the one whose method a sequence or tracer implies."""
    return any(name == other or other in ("PET", "SPECT") and name.startswith(other) for other in implied)
