"""Spread of a solid malignant tumour that is not called metastasis: nodal stage, infiltrated marrow, many nodules."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from casebook.extract.finding import Cell
from casebook.extract.matcher import Mention
from casebook.extract.reading import Reading
from casebook.extract.site_list import Place, after, before, nodes_of, place
from casebook.extract.spread import Spread, metastases, status_of
from casebook.extract.spread_told import told
from casebook.text.span import Span

_RULE, _BY_STAGE = "sites.unnamed", "sites.stage"
_STAGED = ("carcinom", "cancer", "melanoma", "sarcoma")
_MALIGNANT = (*_STAGED, "malignan", "metasta")
_STAYS = re.compile(
    r"lymphoma|leuk|myeloma|lymphoproliferat|myelodysplas|(?<!gan)glioma|glioblastoma|astrocytoma|histiocyt|mastocyt"
)  # tumours of blood and lymph, which are everywhere, and of glia, which hardly leave the brain
_INVOLVED = re.compile(
    r"\b(?:infiltration|involvement|invasion|infiltrated|involved|invaded)\b"
    r"(?! (?:field|by a benign|by lymphoma|by leuk))"
)
_BY_ANOTHER = re.compile(
    r"(?: of [^.;,]{1,40}?)? (?:by|with|due to|from) (?:\w+ ){0,2}"
    r"(?:sarcoid|amyloid|tubercul|lymphom|leuk|myelom|infect|"
    r"fung|granulom|inflamm|histiocyt|mastocyt|bacter|crohn|lupus|vasculit|fibros|parasit|eosinoph|neutroph|lymphocyt|"
    r"plasma|macrophag)"
)
_PASSIVE = re.compile(r" (?:was|were|is|are) (?:found to be )?(?:\w+ly |also ){0,2}$")  # "the marrow ⟨was⟩ infiltrated"
_COUNTED = re.compile(
    r" of \w{1,9} (?:out )?of (?:the )?(?:\w{1,9} )?(?:(?:excised|resected|removed|examined|dissected) )?"
)
_INVOLVED_GATES = ("involve", "infiltrat", "implant", "inva")
_RECURRENCE_GATES = ("recur", "relaps", "progressi")
_AUTOPSY = ("autops", "necrops", "mortem")
_GATES = ("nodules", "lesions", "masses", "foci", "deposits", "implants", "areas")
_FAR_TISSUES = frozenset(("bone marrow", "leptomeninges", "meninges", "lymph node", "cerebrospinal fluid"))
_FAR_ORGANS = frozenset(("liver", "lung", "ovary"))  # which a tumour of another region reaches by metastasis only
_SECONDARY = re.compile(r"\bsecondary\s(?:[\w-]+\s){0,2}?(?P<noun>involvement|implants?)\b")
_NODES = re.compile(
    r"\b(?:malignant|metastatic|neoplastic) (?:\w+ )?(?:lymph)?adenopath(?:y|ies)\b|"
    r"\bnode[- ]positive\b|\bpositive (?:\w+ ){0,2}(?:lymph )?nodes?\b|"
    r"\b(?:lymph )?nodes? (?:was |were |are |is )?positive for "
    r"(?:malignan\w+|metasta\w+|carcinoma|tumou?r|cancer|neoplas\w+)\b|"
    r"\bnodes? (?:was |were |are |is |proved |turned out |came back )(?!not |never |un)"
    r"(?:(?:found|shown|proved|proven|reported|confirmed) )?"
    r"(?:to be )?(?:\w+ )?"
    r"(?:positive\b(?! for)|infiltrated|involved|invaded|affected)\b|"
    r"\b(?:involved|infiltrated|invaded|affected) (?:\w+ ){0,2}(?:lymph )?nodes?\b|"
    r"\b(?:[\d/]{1,6}|one|two|three|four|five|six) (?:of \w+ )?(?:\w+ )?(?:lymph )?nodes (?:involved|invaded)\b|"
    r"\bnodes? (?:showed|contained|harbou?red|had|with) (?!no\b)(?:\w+ )?"
    r"(?:tumou?r|(?:adeno)?carcinoma|cancer|melanoma|"
    r"malignan\w+|neoplastic|metastatic)(?: (?:cells?|deposits?|infiltrat\w+))?\b"
)
_ADENOPATHY = re.compile(r"\s(?:lymph ?)?adenopath")
_NONE_OF = re.compile(r"(?<!\d)0\s?(?:/|(?:out )?of)\s?(?:the )?\w{1,8} (?:\w+ ){0,3}$")
_STAGE = re.compile(
    r"(?<![A-Za-z])(?:[acpruy]{0,3}T[0-4xX]\w{0,2}[ ,]{0,2}[acpruy]{0,3}N[1-3]|y?pN[1-3]|"
    r"[acpruy]{0,3}N[1-3][a-c]?(?: ?\(\d{1,2}/\d{1,3}\))?[ ,]{0,2}[acpruy]{0,3}M[01xX]|"
    r"N[1-3][a-c]? (?:disease|nodes)\b)"
)
_MANY = re.compile(
    r"\b(?P<many>(?:multiple|numerous|several|innumerable|disseminated|many|countless|multifocal|bilateral|diffuse|two|"
    r"three)\s(?:[\w-]+\s){0,5}?)?(?P<lesions>lesions|nodules|masses|foci|deposits|implants|areas)\b"
)
_LYTIC = re.compile(r"\b(?:osteo)?(?:lytic|blastic)\b|\bosteosclerotic\b")  # bone, which they alone name
_RECURRED = re.compile(
    r"\b(?:recurrences?|recurred|relapsed?|relapses|(?:disease |tumou?r )?progression|progressive disease|"
    r"recurrent (?:disease|tumou?rs?|lesions?|cancer|nodules?))\b"
)
_TUMOUR_IN = re.compile(
    r"\b(?P<tumour>(?:tumou?rs?|neoplastic|malignant|\w*carcinoma|\w*sarcoma|melanoma|cancer)"
    r"(?: (?:cells?|nodules?|masses|foci|deposits|infiltrat\w{1,4}|tissue|growths?|involvement|spread)){0,2})"
    r"(?: (?:was|were|found|present|seen)){0,3} (?:in|involving|within|throughout|of) "
)
_THERE = re.compile(
    r"\s(?:(?:were|was|are|had|have|been|found|seen|detected|noted|present|observed|identified|located|also|that|which|"
    r"consistent|of|occurred|developed|appeared|arose)\s){0,4}(?:in|on|throughout|within|involving|affecting)\s"
)
_HARMLESS = re.compile(
    r"\b(?:cyst|cysts|calcified|benign|granuloma\w*|infect\w+|h(?:a)?emangioma\w*|tubercul\w+|pneumonia|abscess\w*|"
    r"emboli\w*|ground[- ]glass|regenerat\w+|cirrho\w+|hyperplas\w+|thyroid|skin|cutaneous|sarcoid\w*|fung\w+|"
    r"white matter|demyelinat\w+|infarct\w*|gliosis|pneumonitis|septic)\b"
)
_ORGANS = ("liver", "lung", "bone", "brain", "peritoneum", "pleura", "adrenal gland")


_INNER = tuple(
    "kidney|spleen|pancreas|heart|thyroid gland|ovary|stomach|small intestine|colon|gallbladder|eye|omentum".split("|")
)
"""Where a tumour of another region comes back by metastasis only."""
_SOFT_ORGANS = tuple(organ for organ in _ORGANS if organ != "bone")  # a few lesions of bone are of many kinds


def solid(reading: Reading, diagnosis: Cell | None) -> bool:
    """Whether the disease is a tumour that may metastasise: no benign one, none of blood or lymph."""
    if diagnosis is None:
        return any(word in reading.lower for word in _MALIGNANT) and not _STAYS.search(reading.lower)
    term = reading.vocabulary.by_rule(diagnosis.rule)
    if term is None or _STAYS.search(str(diagnosis.value).lower()):
        return False
    if term.kind == "heads":
        return term.fields["category"] == "tumour" and term.label not in ("adenoma", "hamartoma")
    return term.fields.get("group") == "neoplasm" and term.fields["behaviour"] != "benign"


def unnamed(reading: Reading, sentences: Sequence[int], primary: str) -> Iterator[Spread]:
    """Statements of spread of a solid tumour in other words, with their places."""
    denied = any(
        spread.status == "absent" and not spread.places
        for index in sentences
        for spread in metastases(reading, index)
    )
    for index in sentences:
        sentence = reading.sentences[index]
        lower, words = reading.lower[sentence.start : sentence.end], reading.words(index)
        found: list[tuple[Span, Sequence[Place]]] = []
        if any(word in lower for word in _INVOLVED_GATES):
            found += _involved(reading, index, primary)
        if "node" in lower or "adenopath" in lower:
            found += _nodes(reading, index)
        if "N" in words:
            yield from _by_stage(reading, index)
        if primary and not denied and any(word in lower for word in _GATES):
            found += _many(reading, index, primary)
        if primary and any(word in lower for word in _RECURRENCE_GATES):
            found += _recurred(reading, index, primary)
        if primary and any(word in lower for word in _AUTOPSY):
            found += _at_autopsy(reading, index, primary)
        yield from told(reading, index, primary)
        for trigger, places in found:
            status, cue = status_of(reading, index, trigger)
            if status and places:
                yield Spread(index, "metastasis", trigger, tuple(places), status, cue, rule=_RULE)


def staged(reading: Reading, sentences: Sequence[int]) -> Iterator[Spread]:
    """Positive nodes of a cancer that is not the principal disease: only its stage is sure to speak of it."""
    if not any(word in reading.lower for word in _STAGED):
        return
    for index in sentences:
        if "N" in reading.words(index):
            yield from _by_stage(reading, index)


def _by_stage(reading: Reading, index: int) -> Iterator[Spread]:
    """The nodes that the stage counts as positive: "⟨T3N1⟩M0"; a denial behind it is of something else."""
    sentence = reading.sentences[index]
    for hit in _STAGE.finditer(reading.text, sentence.start, sentence.end):
        trigger = Span(*hit.span())
        status, cue = status_of(reading, index, trigger)
        if cue and cue.start >= trigger.end:
            status, cue = "present", None
        if status:
            nodes = (_lymph_node(reading, *hit.span()),)
            yield Spread(index, "metastasis", trigger, nodes, status, cue, rule=_RULE)


def _involved(reading: Reading, index: int, primary: str) -> Iterator[tuple[Span, list[Place]]]:
    """ "bone marrow ⟨infiltration⟩", "⟨involvement⟩ of the leptomeninges", "secondary subcutaneous ⟨involvement⟩"."""
    sentence = reading.sentences[index]
    for hit in _INVOLVED.finditer(reading.lower, sentence.start, sentence.end):
        if _BY_ANOTHER.match(reading.lower, hit.end()):
            continue
        of = reading.lower.startswith(" of ", hit.end())
        counted = _COUNTED.match(reading.lower, hit.end())
        start = counted.end() if counted else hit.end() + 4
        passive = _PASSIVE.search(reading.lower, max(sentence.start, hit.start() - 25), hit.start())
        at = passive.start() if passive else hit.start()
        places = before(reading, index, at) or (after(reading, index, start) if of else [])
        if not places and hit[0] in ("involved", "invaded", "infiltrated"):  # "had involved the ⟨inguinal nodes⟩"
            listed = after(reading, index, hit.end())
            places = [p for p in listed if reading.vocabulary.within(p.mention.label, "lymph node")]
        far = [
            p
            for p in places
            if any(reading.vocabulary.within(p.mention.label, wide) for wide in _FAR_TISSUES)
            and not reading.lower.startswith("lymphatic", p.mention.start)
            or (primary and p.mention.label in _FAR_ORGANS and not _in_one_region(reading, primary, p.mention.label))
        ]
        limb = primary and any(_in_a_limb(reading, p.mention.label) for p in places)
        yield Span(*hit.span()), places if limb and not _near_limbs(reading, primary) else far
    for hit in _SECONDARY.finditer(reading.lower, sentence.start, sentence.end):
        yield Span(*hit.span()), before(reading, index, hit.start("noun"))


def _in_a_limb(reading: Reading, site: str) -> bool:
    return any(reading.vocabulary.within(site, bone) for bone in ("femur", "humerus", "tibia"))


def _near_limbs(reading: Reading, site: str) -> bool:
    return any(reading.vocabulary.within(site, wide) for wide in ("bone", "soft tissue", "muscle", "skin", "limb"))


def _in_one_region(reading: Reading, site: str, other: str) -> bool:
    return not set(reading.vocabulary.ancestors(site)).isdisjoint(reading.vocabulary.ancestors(other))


def _nodes(reading: Reading, index: int) -> Iterator[tuple[Span, list[Place]]]:
    """Nodes told positive."""
    sentence = reading.sentences[index]
    for hit in _NODES.finditer(reading.lower, sentence.start, sentence.end):
        if _NONE_OF.search(reading.lower, max(sentence.start, hit.start() - 40), hit.start()):
            continue
        near = [
            place(reading, nodes, sentence.start)
            for site in reading.of("sites", index)
            if hit.start() - 30 <= site.start < hit.end() and (nodes := _nodes_at(reading, site))
        ]
        yield Span(*hit.span()), near[-1:] or [_lymph_node(reading, hit.start(), hit.end())]


def _nodes_at(reading: Reading, site: Mention) -> Mention | None:
    """`site` if it is nodes, or those of the region before the word ("metastatic ⟨mediastinal⟩ lymphadenopathy")."""
    if reading.vocabulary.within(site.label, "lymph node"):
        return site
    term = reading.vocabulary.term("sites", nodes_of(site.label))
    return Mention(site.start, site.end, term) if term and _ADENOPATHY.match(reading.lower, site.end) else None


def _lymph_node(reading: Reading, start: int, end: int) -> Place:
    term = reading.vocabulary.term("sites", "lymph node")
    assert term is not None, "sites.csv lists the lymph node"
    return Place(Mention(start, end, replace(term, rule=_BY_STAGE)), "", None)


def _many(reading: Reading, index: int, primary: str) -> Iterator[tuple[Span, list[Place]]]:
    """Nodules in an organ that is not that of the tumour: "multiple ⟨nodules⟩ in both lungs"."""
    sentence = reading.sentences[index]
    if _HARMLESS.search(reading.lower, sentence.start, sentence.end):
        return
    for hit in _MANY.finditer(reading.lower, sentence.start, sentence.end):
        if hit["lesions"] in ("areas", "foci") and not hit["many"]:
            continue
        there = _THERE.match(reading.lower, hit.end())
        places = before(reading, index, hit.start("lesions")) + (after(reading, index, there.end()) if there else [])
        if not places and hit["many"] and (lytic := _LYTIC.search(reading.lower, *hit.span())):
            bone = reading.vocabulary.term("sites", "bone")
            places = [Place(Mention(*lytic.span(), bone), "", None)] if bone else []
        yield Span(*hit.span()), _elsewhere(reading, places, primary, _ORGANS if hit["many"] else _SOFT_ORGANS)


def _recurred(reading: Reading, index: int, primary: str) -> Iterator[tuple[Span, list[Place]]]:
    """Return in an organ that is not that of the tumour: "hepatic ⟨recurrence⟩", "⟨recurred⟩ in the lungs"."""
    sentence = reading.sentences[index]
    for hit in _RECURRED.finditer(reading.lower, sentence.start, sentence.end):
        there = _THERE.match(reading.lower, hit.end())
        places = before(reading, index, hit.start()) + (after(reading, index, there.end()) if there else [])
        places = [p for p in places if p.mention.label != "pelvis"]  # the region rather than the bones
        apart = [p for p in places if not _in_one_region(reading, primary, p.mention.label)]
        far = _elsewhere(reading, places, primary, (*_ORGANS, *_FAR_TISSUES))
        yield Span(*hit.span()), far + [p for p in _elsewhere(reading, apart, primary, _INNER) if p not in far]


def _at_autopsy(reading: Reading, index: int, primary: str) -> Iterator[tuple[Span, list[Place]]]:
    """Tumour found in other organs at autopsy: "autopsy revealed ⟨tumour⟩ in the liver and spleen"."""
    sentence = reading.sentences[index]
    for hit in _INVOLVED.finditer(reading.lower, sentence.start, sentence.end):
        yield Span(*hit.span()), _elsewhere(reading, before(reading, index, hit.start()), primary, None)
    for hit in _TUMOUR_IN.finditer(reading.lower, sentence.start, sentence.end):
        yield Span(*hit.span("tumour")), _elsewhere(reading, after(reading, index, hit.end()), primary, None)


def _elsewhere(reading: Reading, places: list[Place], primary: str, organs: Iterable[str] | None) -> list[Place]:
    """Those of `places` that lie in one of `organs` (None: in any) but not in that of the tumour."""
    within = reading.vocabulary.within
    own = {organ for organ in _ORGANS if within(primary, organ)} | {primary}
    return [
        p
        for p in places
        if (organs is None or any(within(p.mention.label, organ) for organ in organs))
        and not within(primary, p.mention.label)
        and not any(within(p.mention.label, organ) for organ in own)
    ]
