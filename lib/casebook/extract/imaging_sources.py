"""Which study a finding belongs to: one of its own sentence, or the one that the paragraph was speaking of."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from casebook.extract.imaging_anchors import SHOWN, Anchor
from casebook.extract.matcher import Mention
from casebook.extract.reading import Reading

_REASON = re.compile(
    r"\b(?:because of|due to|to (?:rule out|exclude|assess|evaluate|investigate|look|search|further|determine|characteri[sz]e|clarify|define|stage"
    r"|monitor|follow|locate|better|check|screen|establish|explore|see|diagnose|differentiate)|in order to|in search of|search(?:ing)? for|owing to|suspicion|suspecting|suspected|in view of"
    r"|prompted by|indicated|given|requested|looking for|(?:performed|done|obtained|ordered|made|undertaken|taken|carried out) (?:for|with|as|because)|(?:evaluation|assessment|work-?up|investigation|screening|follow-?up"
    r"|surveillance|staging|monitoring) (?:of|for)|in (?:the )?context of|underwent|treated|treatment|after|before|prior to)\b",
    re.IGNORECASE)
_NEW_SUBJECT = re.compile(
    r"(?:\band|,|;|\bso|\bthen|\bwhich|\bwho|\bwhere|\bwhile|\bwhen|\bbut|\buntil)\s(?:then |was |were |later )?(?:(?:the |our |this |both |his |her |it )?(?:patients?|he|she|we|parents|mother)\b"
    r"|(?:was|were)?\s?(?:underwent|received|treated|administered|operated|discharged|admitted|started|referred|complained|presented|given|resected|excised|removed|drained|transferred|taken to)\b)"
    r"|\b(?:was|were|has been|had been) (?:subsequently |then |therefore |successfully |completely |surgically |immediately |later |thus |also )?(?:resected|excised|removed|treated|operated|administered|discharged|admitted"
    r"|started|referred|transferred|drained|evacuated|implanted|decided)\b|\bunderwent\b|\b(?:patient|he|she) (?:was )?(?:received|complained|presented|died|developed|experienced|suffered)\b|\b(?:leading|led|prompting|prompted) (?:to|us)\b",
    re.IGNORECASE)
_TO_STUDY = re.compile(r"\b(?:according to|on|in|by|with|at|via|during|using|through|under|upon|after|from)\s(?:(?:an?|the|his|her|our|both|plain|all|follow-up|\w{2,17})[\s,-]{1,2}){0,4}$", re.IGNORECASE)
_LEADING = re.compile(r"(?:^|[,;]\s|\band\s)(?:on|in|at|by|using|upon|during|under|through|with)\s(?:[\w-]+[\s-]){0,6}$", re.IGNORECASE)
_TECHNIQUE = re.compile(r"^\s?(?:scan |images? |study |imaging |examination ){0,2}(?:with|without|and|using|before|after)\s(?:[\w-]+\s){0,4}$", re.IGNORECASE)
_PICTURED = re.compile(r"\b(?:images?|findings|features|appearance|views?|aspects?|signs)\sof\b", re.IGNORECASE)
_STRICT = re.compile(r"^[^,;:]{0,80}$")
_APART = re.compile(r";|\b(?:for which|which prompted|who|underwent|because|therefore|prompt\w+|leading|led|warrant\w*|necessit\w+|requir\w+|until|then|so|suspect\w*|performed|done|and (?:a|an|the)?"
                    r"\s?(?:\w+\s){0,3}(?:was|were)|but|while|whereas|although|patient was|referred|admitted|presented|diagnosed)\b", re.IGNORECASE)
_PATIENT = re.compile(
    r"\b(?:patients?|he|she|we|our|underwent|discharged|admitted|complain\w*|presented|died|treat\w*|therapy|started|received|recover\w*|symptom\w*|asymptomatic|follow-?up"
    r"|diagnos(?:is|ed|es)|family|pain\w*|fever|decided|administ\w+|prescri\w+|injected|anaesthesia|anesthesia|surgeons?|reported|literature|authors?|operat\w+|surg\w+|resect\w+|remov\w+|excis\w+|drain\w+|inserted"
    r"|placed|performed|suffer\w*|consent|transferred|referred|developed|consulted|mother|father|born|delivered|hospitali[sz]\w*|years? (?:ago|earlier|before)|clinical\w*|palp\w+|cultur\w+|biops\w+|dose|mg|prognosis|stain\w*|cells?|deficits?|steroids?|corticosteroids?|neurological\w*|pregnan\w+|deliver\w+)\b",
    re.IGNORECASE)
_SCAN_SUBJECT = re.compile(r"^(?:It|This|These|They|There|The (?:mass|lesion|tumou?r|nodule|cyst|aneurysm|collection|latter|former|images?|scan|findings?|signal|rest|remaining|remainder)|No|Neither|Both|Additionally,?|In addition,?"
                           r"|Furthermore,?|Moreover,?|However,?|Also,?)\b")
_LESION = re.compile(r"\b(?:lesions?|mass(?:es)?|tumou?rs?|nodules?|cysts?|metasta\w+|collections?|effusions?|h[a]?ematomas?|thromb\w+|aneurysms?|abscess(?:es)?|o?edema|infiltrates?|opacit\w+|nodes?|lymphadenopath\w+|enhancement|uptake"
                     r"|size|residual|recurrence|disease)\b|^It\b", re.IGNORECASE)
_FAR = 4  # sentences without a study after which "it" no longer means one


@dataclass(slots=True)
class Spoken:
    """What the text was last speaking of, while it is read in order."""

    studies: tuple[Anchor, ...] = ()
    last_named: tuple[Anchor, ...] = ()
    distance: int = 0
    paragraph: int = -1
    seen: dict[str, Anchor] = field(default_factory=dict)

    def forget(self) -> None:
        self.studies, self.distance = (), 0


def studies_of(finding: Mention, reading: Reading, index: int, groups: Sequence[tuple[Anchor, ...]], spoken: Spoken) -> tuple[Anchor, ...]:
    """The studies that show `finding`; empty where it is told of something else."""
    text, sentence = reading.text, reading.sentences[index]
    before = [group for group in groups if group[0].end <= finding.start or group[0].imaging and group[0].start < finding.end <= group[0].end]
    after = next((group for group in groups if group[0].start >= finding.end), None)
    previous = before[-1] if before else None
    if after is not None and _points_to(gap := text[finding.end:after[0].start], strict=previous is not None and previous[0].imaging):
        if not after[0].imaging:
            return ()
        lead = text[sentence.start:previous[0].start] if previous else ""
        both = previous is not None and previous[0].imaging and "confirm" in gap and _states(text, previous, finding, lead)
        return (*previous, *after) if previous is not None and both else after
    if previous is not None:
        if not previous[0].imaging:
            return ()
        if finding.term.fields["category"] == "enhancement" and _TECHNIQUE.match(text[previous[-1].end:finding.start]):
            return ()
        return previous if _states(text, previous, finding, text[sentence.start:previous[0].start]) else ()
    if not spoken.studies or any(not group[0].imaging for group in groups):
        return ()
    end = after[0].start if after else sentence.end
    if _left(text[sentence.start:end], text[sentence.start:sentence.start + 40]):
        return ()
    if finding.term.fields["category"] == "change" and not _LESION.search(text, sentence.start, end):
        return ()
    if finding.term.fields["category"] == "normal" and not reading.of("sites", index):
        return ()
    return spoken.studies


def _points_to(gap: str, strict: bool) -> bool:
    """Whether `gap`, between a finding and a study, says that the study shows it ("was seen on")."""
    if len(gap) > 160 or not _TO_STUDY.search(gap[-60:]) or _APART.search(gap):
        return False
    return not strict or bool(_STRICT.match(gap)) and " and " not in gap and " with " not in gap[:-20]


def _states(text: str, group: tuple[Anchor, ...], finding: Mention, lead: str) -> bool:
    """Whether the words from the study to the finding state it, rather than why or when the study was done."""
    gap = text[group[-1].end:finding.start]
    if len(gap) > 500 or _NEW_SUBJECT.search(gap):
        return False
    reasons = [hit.end() for hit in _REASON.finditer(gap)]
    if not gap.strip(" ,-()") or _PICTURED.search(text[group[-1].end - 8:group[-1].end + 12]) or not reasons and (group[0].kind == "implied" or _LEADING.search(lead[-60:])):
        return True
    return bool(SHOWN.search(gap, reasons[-1] if reasons else 0))


def _left(words: str, opening: str) -> bool:
    """Whether a sentence without a study speaks of the patient, of treatment or of another examination."""
    return bool(_PATIENT.search(words)) and not _SCAN_SUBJECT.search(opening) or "underwent" in words or "was performed" in words


def grouped(reading: Reading, found: Sequence[Anchor], spoken: Spoken) -> list[tuple[Anchor, ...]]:
    """Anchors that share one statement ("CT and MRI showed") together; "the scan" and sequences as the study they mean."""
    text = reading.text
    groups: list[tuple[Anchor, ...]] = []
    for anchor in found:
        if anchor.imaging and groups and groups[-1][-1].imaging and _joined(text[groups[-1][-1].end:anchor.start]):
            groups[-1] = _merged(groups[-1], anchor, spoken)
        else:
            resolved = _resolved(anchor, groups, spoken)
            if resolved:
                groups.append(resolved)
    return groups


_JOIN = re.compile(r"^(?:[^.;:]|\.(?=\d)){0,70}$")
_BRACKETS = re.compile(r"\([^()]{0,200}\)")
_LINK = re.compile(r"\b(?:and|or|plus|then|with|followed by|as well as|combined|complemented by|coupled|nor)\b|[,/+&(]", re.IGNORECASE)


def _joined(gap: str) -> bool:
    gap = _BRACKETS.sub("", gap)
    if not _JOIN.match(gap):
        return False
    if not gap.strip(" ()-,/"):
        return True
    return bool(_LINK.search(gap)) and not SHOWN.search(gap.replace("with", "").replace("image", ""))


def _merged(group: tuple[Anchor, ...], anchor: Anchor, spoken: Spoken) -> tuple[Anchor, ...]:
    if anchor.kind == "again":
        return group
    if anchor.kind == "implied" and any(compatible(name, anchor.names) for known in group for name in known.names):
        return group
    return (*group, anchor)


def _resolved(anchor: Anchor, groups: Iterable[tuple[Anchor, ...]], spoken: Spoken) -> tuple[Anchor, ...]:
    """`anchor` as a group; for a sequence or "the scan" the study of the sentence or paragraph that it belongs to."""
    if anchor.kind == "again":
        known = next((group for group in reversed(list(groups)) if group[0].imaging), spoken.studies or spoken.last_named)
        return tuple(Anchor(anchor.start, anchor.end, a.kind, a.mention, a.done) for a in known)
    if anchor.kind == "implied":
        named = [a for group in groups for a in group if a.imaging] + list(spoken.studies) + list(spoken.last_named) + list(spoken.seen.values())
        for a in named:
            if any(compatible(name, anchor.names) for name in a.names):
                return (Anchor(anchor.start, anchor.end, "study", a.mention, a.done),)
    return (anchor,)


def compatible(name: str, implied: Iterable[str]) -> bool:
    """Whether a study called `name` can be the one whose method a sequence or tracer implies."""
    return any(name == other or other in ("PET", "SPECT") and name.startswith(other) for other in implied)
