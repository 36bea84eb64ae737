"""What a sentence calls a metastasis without a preposition: the lesion or organ named before, the specimen taken."""

import re

from casebook.extract.lesion import lesions
from casebook.extract.matcher import Mention
from casebook.extract.reading import Reading
from casebook.extract.site_list import Place, after, listed, place
from casebook.text.span import Span


def bearer(reading: Reading, index: int, start: int) -> list[Place]:
    """The places of which the word at view `start` speaks ("the ⟨liver⟩ nodule was a metastasis")."""
    return (
        _lesion_before(reading, index, start)
        or _organ_before(reading, index, start)
        or _imaged(reading, index, start)
        or _operated(reading, index, start)
        or _biopsied(reading, index)
    )


_CALLED = re.compile(
    r"\b(?:is|was|were|are|be|been|as|reveal\w*|show\w*|demonstrat\w+|disclos\w+|confirm\w*|prov\w+|indicat\w+|suggest\w*|"
    r"consistent|compatible|suspicious|found|evok\w+|represent\w*|due|secondary|by|and|for|of)\b"
)
_NODES = re.compile(r"\bnodes\b")
_MERELY_THERE = re.compile(r"\b(?:background|history|setting|context|known|patient|man|woman)\b")


def _lesion_before(reading: Reading, index: int, start: int) -> list[Place]:
    """The nearest lesion before, which the sentence then calls a metastasis, or the nodes that hold it."""
    low = reading.sentences[index].start
    sites = [site for site in reading.of("sites", index) if site.end <= start]
    found = [lesion for lesion in lesions(reading, index, high=start) if lesion.place.mention.end <= start]
    nodes = [site for site in sites if reading.vocabulary.within(site.label, "lymph node")]
    term = reading.vocabulary.term("sites", "lymph node")
    if not sites and term:  # "hypermetabolic ⟨nodes⟩ proved to be metastatic"
        nodes = [Mention(*hit.span(), term) for hit in _NODES.finditer(reading.lower, low, start)]
    if not found and not nodes:
        return []
    last = found[-1].place.mention if found else nodes[-1]
    between = reading.lower[last.end : start]
    if _MERELY_THERE.search(between) or not _CALLED.search(between):
        return []
    places = listed(reading, index, found[-1].span, last) if found else []
    places = places or after(reading, index, last.start) or [place(reading, last, low)]
    return [told for told in places if told.mention.end <= start]


_INTERPRETED = re.compile(
    r"\b(?:suggest\w*|consistent with|compatible with|in keeping with|indicat\w+|represent\w+|confirmed|proved|"
    r"considered|diagnosed|due to|caused by|from|secondary to|because of|"
    r"suspicious for|evocative of) (?:(?:to|be|as|of|an?|the|multiple) ){0,3}"
    r"(?:(?:[\w-]+ ){0,2}(?:cancer|\w*carcinoma|melanoma|sarcoma) )?$"
)
_STUDY_SHOWS = re.compile(
    r"(?: (?:(?:and|with|the|an?|contrast|enhanced|magnetic|resonance|imaging|computed|tomography|mri|ct|pet|scans?|"
    r"scintigraphy|ultrasound|ultrasonography|x-?ray|radiographs?|also|then|repeat|follow-up|subsequently) ?){0,7})?"
    r"\b(?:showed|shows|showing|revealed|reveals|revealing|demonstrated|disclosed|detected|confirmed|identified)"
    r" (?:[\w-]+ ){0,5}"
)
_HOLDS = re.compile(
    r" (?:[\w-]+ ){0,2}(?:contained|harbou?red|(?:full|made up|composed) of|"
    r"(?:riddled|studded|infiltrated|filled|replaced|covered|occupied) (?:with|by)) (?:[\w-]+ ){0,3}"
)
_SEAT = re.compile(
    r" (?:was|is|being|as) (?:the|an?) (?:\w+ ){0,3}(?:site|location|seat|target) (?:of|for) (?:an?|the|\w+ )?"
)
_CHANGED = re.compile(
    r"\b(?:enlarge\w*|swollen|swelling|thicken\w*|uptake|hypermetabolic|lytic|osteolytic|sclerotic|nodular|hypodense|"
    r"enhanc\w+|destruct\w+|fracture\w*)\b"
)
_BONE_SCAN = re.compile(
    r"\b(bone|skeletal) (?:scans?|scintigra\w+|survey)\b[\w\s,()-]{0,40}\b(?:showed|revealed|demonstrated|disclosed|"
    r"detected|confirmed|identified|showing|revealing)\b[\w\s-]{0,70}$"
)
_LYTIC = re.compile(r"\b(?:osteo)?(?:lytic|blastic)\b(?= (?:bone |bony )?(?:lesions?|foci|deposits|areas?))")
_STUDY = ("mri", "ct", "scan", "imaging", "scintigra", "tomograph", "ultraso", "x-ray", "radiograph")
_STUDIED = ("brain", "vertebra", "bone", "liver", "spinal cord", "lung")


def _organ_before(reading: Reading, index: int, start: int) -> list[Place]:
    """The organ that shows them ("MRI of the ⟨brain⟩ revealed metastases"), holds them, or looks changed by them."""
    low = reading.sentences[index].start
    sites = [site for site in reading.of("sites", index) if site.end <= start]
    if sites and any(pattern.fullmatch(reading.lower, sites[-1].end, start) for pattern in (_HOLDS, _SEAT)):
        return [place(reading, sites[-1], low)]
    if sites and (meant := _INTERPRETED.search(reading.lower, low, start)):
        bears = next((site for site in reversed(sites) if site.end <= meant.start()), sites[-1])
        changed = _CHANGED.search(reading.lower, max(low, bears.start - 40), bears.end + 30)
        if changed:
            found = listed(reading, index, Span(*changed.span()), bears) if changed.end() < bears.start else []
            return found or [place(reading, bears, low)]
    bone = reading.vocabulary.term("sites", "bone")
    if bone and not sites and (lytic := _LYTIC.search(reading.lower, low, start)):
        return [place(reading, Mention(*lytic.span(), bone), low)]
    if bone and (scan := _BONE_SCAN.search(reading.lower, low, start)):
        return [place(reading, Mention(scan.start(1), scan.end(1), bone), low)]
    if not sites or not any(word in reading.lower[max(low, sites[-1].start - 40) : start] for word in _STUDY):
        return []
    organ = any(reading.vocabulary.within(sites[-1].label, organ) for organ in _STUDIED)
    shows = organ and _STUDY_SHOWS.fullmatch(reading.lower, sites[-1].end, start)
    return [place(reading, sites[-1], low)] if shows else []


_IMAGING = r"(?:magnetic resonance(?: imaging)?|mri?|computed tomograph\w{1,3}|ct|scans?|imaging)(?: \((?:mri|ct)\))?"
_X_RAY = r"(?:x-?rays?(?: films?)?|radiograph\w{0,2}|roentgenogra\w{1,3})"
_STUDY_OF = re.compile(  # the organ is part of the study's name
    rf"\b(?:(?P<brain>(?:brain|cerebral|cranial|cranio-?cerebral|head) {_IMAGING}|"
    rf"{_IMAGING} (?:scans? )?of (?:the |his |her )?head)|"
    rf"(?P<lung>(?:chest|thoracic) {_X_RAY}|{_X_RAY} of (?:the |his |her )?(?:chest|thorax|lungs)|"
    rf"(?:chest|thoracic) {_IMAGING}(?=[^.;]{{0,60}} (?:nodul|opacit|shadow)))|"
    rf"(?P<liver>(?:liver|hepatic) (?:{_IMAGING}|ultraso\w+))|(?P<vertebra>(?:spine|spinal) {_IMAGING})|"
    rf"{_IMAGING}|{_X_RAY}|ultraso\w+|pet|tomograph\w+|scintigra\w+|endoscop\w+)\b"
)
_SHOWS = re.compile(
    r"[^;]{0,60}\b(?:show\w*|reveal\w*|demonstrat\w+|disclos\w+|detect\w+|confirm\w*|identif\w+|discover\w*|found|"
    r"suggest\w*|indicat\w+|with|display\w*|visuali[sz]\w+)\b"
    r"(?:(?!\b(?:later|then|subsequently|but|whereas)\b)[^;]){0,70}$"
)


def _imaged(reading: Reading, index: int, start: int) -> list[Place]:
    """The organ of the study that shows them ("⟨brain⟩ MRI revealed metastases"), where no other is named since."""
    low = reading.sentences[index].start
    if not any(word in reading.lower[low:start] for word in _STUDY):
        return []
    studies = list(_STUDY_OF.finditer(reading.lower, low, start))
    study = studies[-1] if studies else None
    term = reading.vocabulary.term("sites", study.lastgroup) if study and study.lastgroup else None
    if not study or not term or not _SHOWS.match(reading.lower, study.end(), start):
        return []
    named_since = any(study.end() <= site.start < start for site in reading.of("sites", index))
    return [] if named_since else [place(reading, Mention(study.start(), study.end(), term), low)]


_FOR = re.compile(
    r"[\w\s,()-]{0,60}\b(?:for|to (?:remove|resect|treat)|because of|due to)\s"
    r"(?:(?!with\b|and\b|without\b)[\w-]+\s){0,4}"
)


def _operated(reading: Reading, index: int, start: int) -> list[Place]:
    """The organ of the operation that was done for them ("⟨hepatectomy⟩ was performed for metastases")."""
    for operation in reversed(reading.of("operations", index)):
        if operation.end <= start and _FOR.fullmatch(reading.lower, operation.end, start):
            term = reading.vocabulary.term("sites", operation.label)
            assert term is not None, "operations.csv names sites"
            return [place(reading, Mention(operation.start, operation.end, term), reading.sentences[index].start)]
    return []


_SPECIMEN = re.compile(
    r"\b(?:specimens?|histolog\w{0,6}|histopatholog\w{0,6}|patholog(?:y|ic|ical)|immunohistochem\w{0,6})\b"
)
_TAKEN = re.compile(r"\bbiops(?:y|ies|ied)\b")


def _biopsied(reading: Reading, index: int) -> list[Place]:
    """Where the specimen came from that this sentence calls metastatic: the site of a biopsy told just before."""
    here = reading.sentences[index]
    if not _SPECIMEN.search(reading.lower, here.start, here.end):
        return []
    for earlier in (index - 1, index - 2):
        if earlier < 0 or reading.sentences[earlier].paragraph != here.paragraph:
            return []
        told = reading.sentences[earlier]
        sites = reading.of("sites", earlier)
        if sites and _TAKEN.search(reading.lower, told.start, told.end):
            depth = [len(list(reading.vocabulary.ancestors(site.label))) for site in sites]
            return [place(reading, sites[depth.index(max(depth))], told.start)]
    return []


_WITHOUT = re.compile(
    r"\bnodes?(?: [\w,-]+){0,12}? (?:showed|contained|had|revealed|demonstrated|harbou?red|were|was)"
    r" (?:no|not|negative for|free of|without)(?: (?:evidence|signs?) of)?(?: \w+){0,2} $"
)


def nodes_without(reading: Reading, index: int, start: int) -> list[Place]:
    """The nodes of which the sentence denies what stands at `start` ("the ⟨axillary nodes⟩ showed no metastasis")."""
    low = reading.sentences[index].start
    told = _WITHOUT.search(reading.lower, low, start)
    return (
        [
            place(reading, site, low)
            for site in reading.of("sites", index)
            if site.end <= told.end() and reading.vocabulary.within(site.label, "lymph node")
        ]
        if told
        else []
    )
