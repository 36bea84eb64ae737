"""What each stretch of a sentence reports on: an imaging study, an imaging guide, or another examination."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casebook.extract.imaging_signal import sequence_mentions
from casebook.extract.matcher import Mention
from casebook.extract.reading import Reading

SHOWN = re.compile(
    r"\b(?:show(?:s|ed|n|ing)?|reveal(?:s|ed|ing)?|demonstrat(?:e|es|ed|ing)|disclos(?:e|es|ed|ing)|depict(?:s|ed|ing)?|display(?:s|ed|ing)?"
    r"|exhibit(?:s|ed|ing)?|identif(?:y|ies|ied|ying)|detect(?:s|ed|ing)?|confirm(?:s|ed|ing)?|visuali[sz](?:es|ed|ing)|found|finding"
    r"|findings|noted|noticed|noting|seen|observed|evidence[ds]?|evident|suggest(?:s|ed|ing|ive)|consistent|compatible|indicat(?:es|ed|ing)|delineat(?:es|ed)"
    r"|highlight(?:s|ed|ing)?|objectif(?:ies|ied|ying)|objectived|objectivi[sz]ed|report(?:s|ed)|was|were|is|are|appear(?:s|ed|ing|ance)?|discover(?:ed|s)|document(?:s|ed|ing)"
    r"|rul(?:ed|es|ing) out|exclud(?:ed|es|ing)|describ(?:es|ed|ing)|diagnos(?:ed|is)|presence|unveil(?:s|ed)|uncover(?:s|ed)|illustrat(?:es|ed|ing)|imag(?:es?|ing) of"
    r"|with|had|has|having|did|does|could|failed|manifest(?:s|ed)|remain(?:s|ed)|persist(?:s|ed)|became|become|measur(?:es|ed|ing)|became|mark(?:s|ed)"
    r"|positive|negative|typical|characteristic|proved|proven|provided|yielded|image|images|picture|aspect|signs?|view|features?|results?|established|enabled"
    r"|characteri[sz]ed|located|present|no|without|raised|concluded|posed|made|evoked|pointed|noting|noted|includ(?:ed|ing)|outlin(?:es|ed)|defined|verified|allowed|read)\b|[:;]",
    re.IGNORECASE)
"""Words after which a study states what it found."""

_GENERIC = re.compile(r"\b(?:scans?|scanner|images?|imaging(?: (?:studies|study|findings|features|examination))?|radiologist|radiologically"
                      r"|radiological(?:ly)? (?:examination|evaluation|findings|imaging|investigations?|study|studies)"
                      r"|contrast-enhanced (?:study|series|phases?))\b", re.IGNORECASE)
_GENERIC_WORDS = ("scan", "imag", "radiolog", "contrast-enhanced ")
_OTHER_IMAGING = re.compile(r"\b(?:neuro\w*|\w*vascular|cardiac|fundus|multimodal|cross-sectional|further|additional|advanced|staging|surveillance|functional)[\s-]$", re.IGNORECASE)
_NOT_AGAIN = re.compile(r"(?:\b(?:mirror|body|self|bone|gallium|bladder|Doppler|molecular)|-)\s?$", re.IGNORECASE)
_GUIDED = re.compile(r"^(?:\s?scan)?[\s-]{0,2}(?:guid(?:ed|ance)|control\b|navigat(?:ed|ion)|assist(?:ed|ance)|localization|localisation)", re.IGNORECASE)
_GUIDED_BY = re.compile(r"\b(?:guid(?:ed|ance|e)|control|assistance)\s(?:by|of|with|from|under)\s(?:the\s|an?\s)?(?:\w+\s){0,2}$|\bunder (?:\w+\s){0,1}$",
                        re.IGNORECASE)
_UNDER = re.compile(r"\bunder (?:\w+\s){0,1}$", re.IGNORECASE)

_NOT_DONE_AFTER = re.compile(
    r"^[^.;]{0,60}?\b(?:(?:not|never|n't) (?:be |been |being )?(?:yet |routinely |initially |immediately )?(?:performed|done|obtained|carried out|available|feasible|possible|undertaken"
    r"|realized|realised|conducted|made|executed|ordered|requested|repeated|perform|afford(?:ed)?|accessible|considered|indicated|taken|practiced)"
    r"|unavailable|contraindicated|contra-indicated|(?:was|were) (?:refused|declined|deferred|postponed|withheld|cancelled|canceled|omitted)"
    r"|(?:is|are|was|were) (?:planned|scheduled|recommended|advised|proposed|suggested|awaited)\b|will be|should be|to be (?:performed|done|repeated)|remains? the)")
_NOT_DONE_BEFORE = re.compile(
    r"\b(?:(?:refus|declin)(?:ed|ing|al)(?: of| to (?:undergo|have|perform))?|without(?: prior| any| preoperative)?|no(?: prior| previous| preoperative| other)?|unable to (?:undergo|have|perform|obtain|afford|do)"
    r"|(?:not|never|n't) (?:undergo|undergone|performed?|have|had|done?|obtain(?:ed)?|get|got|receive[d]?|carr(?:y|ied) out|afford|required?|needed?|request(?:ed)?|proceed with|consider)"
    r"|(?:absence|lack|unavailability|inaccessibility|non-availability) of|instead of|rather than|(?:recommend|advis|propos|plann|schedul|await)(?:ed|ing)?(?: (?:to (?:undergo|have|perform)|for|with))?"
    r"|should (?:undergo|have|be)|will (?:undergo|have|be)|consider(?:ed|ing)?|before|prior to|until|incompatible with|importance of|role of|value of|utility of|usefulness of|need for|necessity of|request for)"
    r"\s(?:(?:an?|the|any|further|additional|serial|regular|annual|yearly|routine|follow-up|repeat|periodic|new|his|her|\w{4,12}(?:al|ic|ed))\s){0,3}$",
    re.IGNORECASE)
_TIME_ONLY = re.compile(r"\b(?:before|prior to|until)\s(?:\w+\s){0,3}$", re.IGNORECASE)
_RESULT = re.compile(r"^[^.;]{0,90}?\b(?:show(?:ed|ing)|reveal(?:ed|ing)|demonstrat(?:ed|ing)|confirm(?:ed|ing)|disclosed|detected|identified|found|was normal|were normal"
                     r"|unremarkable|(?:was|were) (?:then |also |therefore |subsequently |immediately )?(?:performed|done|obtained|carried out|taken|undertaken|conducted|repeated|realized|realised))\b")
_SKIPPED = ("planned", "refused", "hypothetical", "general", "cited", "other_patient", "family")

_ADVERBIAL = re.compile(
    r"\b(?:after|before|following|prior to|since|until|for|due to|because of|despite|given|post|from|to|with|without|of|in addition to|besides|and|or|,|than|by|prompted|based on|correlat\w+)"
    r"\s(?:(?:the|an?|his|her|this|first|second|initial|previous|any|further|planned|\w{3,14}(?:al|ic|ed|ive|ous))\s){0,3}$", re.IGNORECASE)


_HEART = re.compile(r"\b(?:cardi\w+|heart|ventric\w+|atri\w+|valv\w+|mitral|aort\w+|ejection|LVEF|EF|pericard\w+|septal|tricuspid)\b", re.IGNORECASE)
_ASIDE = re.compile(r"\b(?:after|before|following|prior to|despite|compared (?:with|to)|than|similar to)\s(?:the\s|an?\s)?(?:[\w-]+\s){0,2}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Anchor:
    """From `start` on the words report on this, until the next anchor.

    `kind` is study, implied (a sequence or tracer names it), again ("the scan"), guidance, or other (no imaging).
    """

    start: int
    end: int
    kind: str
    mention: Mention | None
    done: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        if self.mention is None or self.kind == "other":
            return ()
        return tuple((self.mention.term.fields.get("modality") if self.kind == "implied" else self.mention.label or "").split("|"))

    @property
    def imaging(self) -> bool:
        return self.kind in ("study", "implied", "again")


def anchors(reading: Reading, index: int) -> list[Anchor]:
    """The anchors of sentence `index` in order."""
    studies = reading.of("modalities", index)
    out = [_study(reading, index, mention) for mention in _studies(reading, index, studies)]
    for mention in sequence_mentions(reading, index):
        if mention.term.fields["modality"] and not _overlaps(mention, out):
            out.append(Anchor(mention.start, mention.end, "implied", mention))
    sentence = reading.sentences[index]
    lower = reading.lower[sentence.start:sentence.end]
    if any(word in lower for word in _GENERIC_WORDS):
        for hit in _GENERIC.finditer(reading.text, sentence.start, sentence.end):
            if not any(a.start <= hit.start() < a.end for a in out) and not _NOT_AGAIN.search(reading.text[max(sentence.start, hit.start() - 12):hit.start()]):
                unknown = _OTHER_IMAGING.search(reading.text[max(sentence.start, hit.start() - 22):hit.start()])
                out.append(Anchor(hit.start(), hit.end(), "other" if unknown else "again", None))
    imaging = sorted(out, key=lambda anchor: anchor.start)
    for mention in reading.of("examinations", index):
        if not _overlaps(mention, imaging) and not (imaging and (_adverbial(reading, index, mention) or _coordinated(reading.text, imaging, mention))):
            out.append(Anchor(mention.start, mention.end, "other", mention))
    return sorted((anchor for anchor in out if not _aside(reading.text, imaging, anchor)), key=lambda anchor: (anchor.start, anchor.end))


def _coordinated(text: str, imaging: Sequence[Anchor], mention: Mention) -> bool:
    """ "radiography and blood tests showed": the study tells what follows as much as the test does."""
    last = next((anchor for anchor in reversed(imaging) if anchor.end <= mention.start), None)
    return last is not None and last.kind == "study" and not SHOWN.search(text[last.end:mention.start].replace("with", ""))


def _aside(text: str, imaging: Sequence[Anchor], anchor: Anchor) -> bool:
    """ "CT, after echocardiographic suspicion, showed": a study named only for when or why another was done."""
    return (anchor.kind == "study" and any(other.end <= anchor.start and other.kind == "study" for other in imaging)
            and bool(_ASIDE.search(text[max(0, anchor.start - 40):anchor.start])) and not _RESULT.search(text[anchor.end:anchor.end + 60]))


def _studies(reading: Reading, index: int, studies: Sequence[Mention]) -> Iterator[Mention]:
    """The methods named, PET with CT as one; bare "echo" only where the heart is spoken of."""
    text, before = reading.text, None
    examinations = reading.of("examinations", index)
    for mention in studies:
        if ">" in text[max(0, mention.start - 2):mention.start] or _within(mention, studies) or _within(mention, examinations) or text[mention.start:mention.end].lower() == "echo" and not _HEART.search(reading.words(index)):
            continue
        if before is not None and (before.label, mention.label) in (("PET", "CT"), ("CT", "PET")) and text[before.end:mention.start].strip(" )(") in ("/", "-", "–", "—", "-/"):
            fused = reading.vocabulary.term("modalities", "PET-CT")
            before = Mention(before.start, mention.end, fused or mention.term)
            continue
        if before is not None:
            yield before
        before = mention
    if before is not None:
        yield before


def _within(mention: Mention, others: Sequence[Mention]) -> bool:
    """Whether a longer mention holds `mention` (the CT of "PET-CT")."""
    return any(other.start <= mention.start and mention.end <= other.end and other.end - other.start > mention.end - mention.start for other in others)


def _overlaps(mention: Mention, known: list[Anchor]) -> bool:
    return any(anchor.start < mention.end and mention.start < anchor.end for anchor in known)


def _adverbial(reading: Reading, index: int, mention: Mention) -> bool:
    """"after surgery", "because of symptoms": when or why a study was done, not what is told next."""
    return bool(_ADVERBIAL.search(reading.text[max(reading.sentences[index].start, mention.start - 40):mention.start]))


def _study(reading: Reading, index: int, mention: Mention) -> Anchor:
    sentence = reading.sentences[index]
    before = reading.text[max(sentence.start, mention.start - 60):mention.start]
    after = reading.text[mention.end:min(sentence.end, mention.end + 120)]
    if _GUIDED.search(after) or _GUIDED_BY.search(before) and (not _UNDER.search(before) or "guid" in after[:20] or "control" in after[:20]):
        return Anchor(mention.start, mention.end, "guidance", mention, _done(reading, mention, before, after))
    return Anchor(mention.start, mention.end, "study", mention, _done(reading, mention, before, after))


def _done(reading: Reading, mention: Mention, before: str, after: str) -> bool:
    """Whether the patient had this study."""
    denied, shown = _NOT_DONE_AFTER.search(after), _RESULT.search(after)
    if denied and (shown is None or shown.end() > denied.end()):
        return False
    result = shown is not None
    if _NOT_DONE_BEFORE.search(before) and not result and not (_TIME_ONLY.search(before) and "patient" not in before):
        return False
    around = reading.modifiers(mention)
    if before.endswith("according to "):
        around.pop("cited", None)
    return not any(category in around for category in (_SKIPPED if not result else ("cited", "other_patient", "family")))
