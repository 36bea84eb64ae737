"""Diseases that no vocabulary lists, named right behind a cue: "a diagnosis of visual palinopsia was made"."""

import re
from collections.abc import Iterator, Sequence

from casebook.extract.matcher import Mention
from casebook.extract.phrase import Phrase, modifiers_of
from casebook.extract.reading import Reading
from casebook.vocabulary import Term

RULE = "diagnosis.unlisted"
ABERRATION = "diagnosis.chromosome"
_CUES = ("final", "diagnosed")
_WEAKER = ("reported", "consistent")  # behind these no short form counts here
_OPENS = (" of", " with", " as", " having", " be", " have", " is", " was", " the", " a", " this", " for")
_ARTICLE = re.compile(
    r"[\s:]{0,2}(?:(?:a|an|the|his|her|their|having|to have|rare|typical|severe|probable|definite|bilateral|"
    r"primary|unilateral|left|right|so-called)\s){0,3}"
)
_WORD = re.compile(r"\s?([^\W\d_][\w'’/-]*)")
_MOST_WORDS = 6
_INFLECTED = re.compile(r"\w+(?:ed|ing|ly|ary|ive)|\w*metasta\w+|specimens?|follows|variety|variant|form|type")
_DISEASE = re.compile(
    r"[A-Z0-9-]{3,}|[A-Z]{2}|\w{3,}(?:ia|is|oma|pathy|opsia|plasia|trophy|penia|mia|cele)|trait|contracture|abruption"
)
_SPECIES = re.compile(r"[A-Z][a-z]{4,} (?:spp?$|[a-z]{3,}(?:us|um|ae|ii|i|ans|ens|ensis|ana|ella|osa|ei)$)")
_STAGE = re.compile(r"[a-z]{0,2}T[0-4]|[A-Z]?[0-9-]+$|G\dP\d")
NO_ACRONYMS = frozenset(
    "bmi gfr iop ef lvef fev dlco bal fna eus ercp ii iii iv vi vii viii ix pcr dna rna mri ct "
    "icu peg usa uk who figo tnm asa ivf hiv hbv hcv hpv ebv hsv hhv cmv rsv htlv mrsa esbl kpc xdr mdr nyha "
    "ecog ajcc acr eular icd dsm msts isols egfr alk kras braf sry her er pr pgr ana anca ama asma psa cea "
    "afp ck cpk ldh alt ast ggt bnp inr ptt mcv hba hb hct ige igg igm crp esr tsh acth pth igf bun wbc rbc "
    "csf ecg eeg emg st qt qrs lad lcx rca nicu ed or us eu nhs fda sd auc cart haart art rpe adl dnr ddd cnv "
    "snp wt pas ihc fish".split()
)
"""Capitals that name no disease, in lower case."""
AFTER_NAME = (
    r"(?=\s*(?:[^\w\s/'’-]|$)|\s(?:in|of|who|with|and|was|is|were|has|had|on|at|by|to|from|for|as|after|before|during|"
    r"without|within|due|because|associated|complicated|caused|based|secondary|involving|invading|developed|occurred|"
    r"that|which|but|while|when|or|overlying|arising|presenting|requiring|exacerbation|instead|rather|ten|two|three|"
    r"four|five|six|\d+)\b)"
)
"""What may stand behind an acronym that is a name, not part of one ("ST elevation")."""
_STANDS_ALONE = re.compile(AFTER_NAME)
_NO_DISEASE = NO_ACRONYMS | frozenset(
    "hypothesis synthesis analysis diagnosis prognosis basis apoptosis metastasis response criteria bacteria".split()
)


def unlisted(reading: Reading, index: int, taken: Sequence[Phrase]) -> Iterator[Phrase]:
    """Names of sentence `index` that overlap none of `taken`."""
    yield from _by_acronym(reading, index, taken)
    cues = [cue for cue in reading.of("opinions", index) if cue.term.fields["direction"] == "forward"]
    for cue in cues:
        category = cue.term.fields["category"]
        if category in (*_CUES, *_WEAKER) and (opened := _opened(reading, cue)):
            start, end = _name_at(reading, index, opened)
            if category in _WEAKER and reading.text[start:end].isupper():
                continue
            if start < end and _free(reading, index, start, end, taken):
                yield _phrase(reading, index, start, end, {"category": "disease"})
    if reading.holds(index, _TUMOUR_STEMS) and any(cue.term.fields["category"] in _TUMOUR_CUES for cue in cues):
        sentence = reading.sentences[index]
        for word in _TUMOUR.finditer(reading.lower, sentence.start, sentence.end):
            if word[0] not in _NO_TUMOUR and not any(p.start < word.end() and word.start() < p.end for p in taken):
                yield _phrase(reading, index, *word.span(), {"category": "tumour", "group": "neoplasm"})


def _by_acronym(reading: Reading, index: int, taken: Sequence[Phrase]) -> Iterator[Phrase]:
    """Acronyms right before a cue that confirms them: "⟨PHCT⟩ was confirmed"."""
    for cue in reading.of("opinions", index):
        if cue.term.fields["direction"] != "backward" or not reading.lower.endswith(_CONFIRMS, cue.start, cue.end):
            continue
        word = _ACRONYM_BEFORE.search(reading.text, max(0, cue.start - _LONGEST), cue.start)
        if word and word[1].lower() not in _NO_DISEASE and _free(reading, index, *word.span(1), taken):
            yield _phrase(reading, index, *word.span(1), {"category": "disease"})


_CONFIRMS = ("was confirmed", "was diagnosed", "were diagnosed", "was proven", "was finally made")
_LONGEST = 12
_ACRONYM_BEFORE = re.compile(  # "a diagnosis of ⟨PHCT⟩", not "loss of ATRX"
    r"(?<![\w-])(?:(?<=\bdiagnosis of )|(?<!\bof )(?<!\bin )(?<!\bby )(?<!\bfor )(?<!\bwith )(?<!\bon ))([A-Z]{2,8}) $"
)


def aberrations(reading: Reading, index: int, taken: Sequence[Phrase]) -> Iterator[Phrase]:
    """What sentence `index` says that a chromosome has lost or gained: "a terminal ⟨13q33.2 deletion⟩"."""
    if not reading.holds(index, _ABERRATION_STEMS) or _of_tumour(reading):
        return
    sentence = reading.sentences[index]
    for found in _ABERRATION.finditer(reading.text, sentence.start, sentence.end):
        start, end = found.span()
        if not any(p.start < end and start < p.end for p in taken):
            term = Term(ABERRATION, "unlisted", found[0], {"category": "chromosome", "group": "genetic"})
            head = Mention(start, end, term)
            yield Phrase(start, end, head, index, (), False)


def _of_tumour(reading: Reading) -> bool:
    """Whether the report is on a tumour, whose cells may have lost what the patient's have not."""
    return any(mention.term.fields["group"] == "neoplasm" for mention in reading.of("diagnoses"))


_ABERRATION_STEMS = frozenset(("deletion", "duplication", "triplication", "ring chromosome"))
_SUBBAND = r"\d\d?(?:\.\d{1,3})?"
_BAND = rf"(?:[1-9]|1\d|2[0-2]|X|Y)[pq](?:{_SUBBAND})?(?:\s?(?:-|–|→|to)\s?(?:[pq]{_SUBBAND}|[pq]?ter))?"
_ABERRATION = re.compile(
    rf"\b{_BAND}\s(?:interstitial\s|terminal\s)?(?:micro)?(?:deletion|duplication|triplication)(?: syndrome)?\b|"
    rf"\b(?:micro)?(?:deletion|duplication|triplication)\s(?:of|at|in)\s(?:the\s)?(?:chromosome\s)?{_BAND}(?!\w)|"
    r"\bring chromosome (?:[1-9]|1\d|2[0-2]|X|Y)\b"
)
_TUMOUR_CUES = ("final", "diagnosed", "consistent", "pathology", "reported")
_TUMOUR_STEMS = frozenset(("oma",))
_TUMOUR = re.compile(r"\b[a-z][a-z-]{3,30}oma(?:s|ta)?\b")
_NO_TUMOUR = frozenset("coma stroma trauma stoma glaucoma diploma aroma soma haematoma hematoma hematomas".split())


def _opened(reading: Reading, cue: Mention) -> int:
    """Where the name begins that the cue leads to, also by a word behind it ("a pathological diagnosis ⟨of⟩ …")."""
    if reading.lower.endswith(_OPENS, cue.start, cue.end):
        return cue.end
    return next((cue.end + len(word) for word in _OPENS if reading.lower.startswith(f"{word} ", cue.end)), 0)


def _name_at(reading: Reading, index: int, offset: int) -> tuple[int, int]:
    """The words of a name from view `offset` on; empty if none stands there."""
    out = modifiers_of(reading.vocabulary, "left out")
    article = _ARTICLE.match(reading.text, offset)
    start = at = article.end() if article else offset
    words = 0
    while words < _MOST_WORDS and (word := _WORD.match(reading.text, at, reading.sentences[index].end)):
        if word[1].lower() in out or (_INFLECTED.fullmatch(word[1]) and "-" not in word[1]):
            break
        at, words = word.end(), words + 1
    if words == 1 and reading.text[start:at].isupper() and not _STANDS_ALONE.match(reading.text, at):
        return start, start
    return (start, at) if _is_disease(reading.text[start:at], words) else (start, start)


def _is_disease(name: str, words: int) -> bool:
    """Whether a word is shaped as diseases are, or the name is somebody's ("Volkmann's contracture")."""
    last = name.rsplit(" ", 1)[-1]
    if last.lower() in _NO_DISEASE or words > 1 and _SPECIES.match(name):
        return False
    return not _STAGE.match(last) and bool(_DISEASE.fullmatch(last)) or words > 1 and "'s " in name


def _free(reading: Reading, index: int, start: int, end: int, taken: Sequence[Phrase]) -> bool:
    """Whether the words are no part of a listed disease (or right before one), study, symptom or drug."""
    if any(p.start <= end + 1 and start < p.end for p in taken):
        return False
    others = (m for kind in ("modalities", "symptoms", "agents") for m in reading.of(kind, index))
    return not any(m.start < end and start < m.end for m in others)


def _phrase(reading: Reading, index: int, start: int, end: int, fields: dict[str, str]) -> Phrase:
    head = Mention(start, end, Term(RULE, "unlisted", reading.text[start:end], fields))
    return Phrase(start, end, head, index, (), False)
