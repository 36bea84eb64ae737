"""Which study a finding belongs to: one of its own sentence, or the one that the paragraph was speaking of."""

import re
from collections.abc import Sequence

from casebook.extract.imaging_groups import Group, Spoken
from casebook.extract.matcher import Mention
from casebook.extract.reading import Reading
from casebook.extract.telling import telling

_TREATED = (
    r"(?:underwent|received|treated|administered|operated|discharged|admitted|started|referred|complained|presented"
    r"|given|resected|excised|removed|drained|transferred|taken to)"
)
_NEW_SUBJECT = re.compile(
    r"(?:[,;]|\b(?:and|so|then|which|who|where|while|when|but|until))\s(?:then |was |were |later )?"
    r"(?:(?:the |our |this |both |his |her |it )?(?:patients?|he|she|we|parents|mother)\b"
    r"(?!\s(?:was|were) (?:found|diagnosed|shown|noted|seen)\b"
    r"|\s(?:had|has)\b(?! (?:developed|suffered|undergone|received|complained|been (?:treated|admitted)))"
    r"|\s(?:did not |could not )?(?:detect|found|find|observe|note|identif|saw|see\b))"
    rf"|(?:was|were)?\s?{_TREATED}\b)"
    r"|\b(?:(?:was|were|has been|had been) (?:subsequently |then |therefore |successfully |completely |surgically "
    r"|immediately |later |thus |also )?(?:resected|excised|removed|treated|operated|administered|discharged|admitted"
    r"|started|referred|transferred|drained|evacuated|implanted|decided)|underwent"
    r"|(?:patient|he|she) (?:was )?(?:received|complained|presented|died|developed|experienced|suffered)"
    r"|(?:leading|led|prompting|prompted) (?:to|us)|differential)\b"
)
_NEW_SUBJECTS = frozenset(
    "patient patients he she we parents mother underwent received treated administered operated discharged admitted"
    " started referred complained presented given resected excised removed drained transferred taken evacuated"
    " implanted decided leading led prompting prompted differential".split()
)
"""Words of which `_NEW_SUBJECT` holds one."""
_ASIDE = re.compile(r"\b(?:after|before|when|while|once|since|because|as)\s[^,;]{0,60}$")
"""Before words of the patient that only date the study: "CT performed after the abscess was drained showed"."""
_TO_STUDY = re.compile(
    r"\b(?:according to|on|in|by|with|at|via|during|using|through|under|upon|after|from)"
    r"\s(?:(?:an?|the|his|her|our|both|plain|all|follow-up|\d{1,2}|\w{2,17})[\s,-]{1,2}){0,4}$",
)
_LEADING = re.compile(
    r"(?:^|[,;]\s|\band\s)(?:on|in|at|by|using|upon|during|under|through|with|according to)\s(?:[\w-]+[\s-]){0,6}$"
    r"|\b(?:showed|revealed|demonstrated|disclosed|objectified)\s(?:on|in|at|by)\s(?:an?\s|the\s)?(?:\w+\s){0,2}$",
)
_TECHNIQUE = re.compile(
    r"^\s?(?:scan |images? |study |imaging |examination ){0,2}(?:with|without|and|using|before"
    r"|after)\s(?:[\w-]+\s){0,4}$",
    re.IGNORECASE,
)
_PICTURED = re.compile(
    r"\b(?:images?|findings|features|appearance|views?|aspects?|signs|evidence)\sof\b"
)
_PASSIVE = re.compile(
    r"\b(?:was|were|is|are|been|seen|noted|found|observed|detected|confirmed|diagnosed|identified|revealed|shown|evident"
    r"|visible"
    r"|demonstrated)\b",
)
_STRICT = re.compile(r"^[^,;:]{0,80}$")
_APART = re.compile(
    r";|\b(?:for which|which prompted|who|underwent|because|therefore|prompt\w+|leading|led|warrant\w*|necessit\w+"
    r"|requir\w+"
    r"|until|then|so|suspect\w*|performed|done|and (?:a|an|the)?\s?(?:\w+\s){0,3}(?:was|were)|but|while|whereas"
    r"|although|(?:days?|weeks?|months?|years?) (?:after|before|prior)"
    r"|patient was|following|referred|admitted|presented"
    r"|diagnosed(?! (?:\w+ )?(?:by|on|through|with|via|at|using|in)\b)"
    r"|(?:investigated|assessed|evaluated|explored|checked|searched|screened)\s(?:by|with|using|on|through|for|via))\b",
)
_GOES_ON = re.compile(
    r"^(?:It|This|These|They|There|No|Neither|Both"
    r"|The (?:mass|lesion|tumou?r|nodule|cyst|aneurysm|collection|latter|former|images?|scan|findings?|signal|rest"
    r"|remaining|remainder))\b"
)
_LESION = re.compile(
    r"\b(?:lesions?|mass(?:es)?|tumou?rs?|nodules?|cysts?|metasta\w+|collections?|effusions?|ha?ematomas?|thromb\w+"
    r"|aneurysms?|abscess(?:es)?|o?edema|infiltrates?|opacit\w+|nodes?|lymphadenopath\w+|enhancement|uptake|size"
    r"|residual"
    r"|recurrence|disease)\b|^It\b",
    re.IGNORECASE,
)
_CONFIRMED_BY = re.compile(
    r"^[^.;]{0,40}?[,\s]+(?:(?:which|that|and|this) )?(?:(?:was|were|is) )?"
    r"(?:also |later |then |subsequently |further )?"
    r"confirmed (?:by|on|with|at|in|through|using)\b[^.;,]{0,40}$",
    re.IGNORECASE,
)
_NORMAL_STUDY = re.compile(
    r"\s(?:(?!(?:on|by|in|at|was|were|is|are|of|with|showed|but|from|for|the|range|limits?|while|whereas"
    r"|although|though|which|then|his|her)\b)[\w-]+(?:,\s|\s)){0,6}"
)
"""Between "normal" and the study so called: "normal brain MRI", "normal EEG, lumbar puncture and brain MRI"."""
_ADDITION = re.compile(r"(?:In addition to|Besides|Apart from|As well as|Along with|Aside from) ")
_AND_SEEN = re.compile(
    r",?\s(?:scan,?\s|examination,?\s|imaging,?\s)?(?:(?:was|were)\s(?:taken|done|performed|made|obtained)\s"
    r"(?:after\s[^.;,]{0,50}\s)?)?and\s(?:an?|the|multiple|several|two)\s[^.;,]{0,60}$"
)
_SEEN_AFTER = re.compile(
    r"[^.;,]{0,60}\b(?:was|were)\s(?:\w+ly\s)?"
    r"(?:seen|noted|found|observed|detected|demonstrated|identified|visuali[sz]ed|shown|discovered)\b"
    r"(?!\s(?:during|at\s(?:surgery|operation|laparotomy|autopsy)|intra-?operatively))"
)
"""With `_AND_SEEN`: "he was examined with CT and a lesion was demonstrated"."""
_IN_BRACKETS = re.compile(r"\s\((?:on |by |in )?(?:[\w-]+\s){0,2}")
"""Between a finding and the study that brackets name as its source: "a mass was found (abdominal CT)"."""
_LED_TO = re.compile(r"^\W*(?:\w+ )?(?:led to|leading to|prompted|prompting|necessitated|required|warranted)\b")
_RECAP = re.compile(
    r"\W*(?:Based on|Given|In view of|In (?:the )?light of|Considering|Because of|Due to|Owing to|On the basis of"
    r"|Taking into account|In the face of|Despite) (?!the (?:CT|MRI|scan|imag|radiolog))"
)
"""Begins a sentence that sums up why something was done or thought."""
_COURSE = ("recurrence", "metastasis", "residual tumour", "progression")
_FOLLOWED = re.compile(
    r"\bno (?:\w+ ){0,5}(?:for|at|after|during|over|within|in)\s[^.;]{0,30}(?:follow|month|year|surveillance)"
)
"""With `_COURSE`: how the patient fared ("no recurrence after two years"), whatever was shown before."""
_ONLY_SEEN = ("signal", "enhancement", "echogenicity", "density", "uptake")
"""Kinds of findings that only an image shows, whatever else the sentence speaks of."""
_ATTRIBUTE = re.compile(
    r"\b(?:showed|revealed|demonstrated|identified|detected)\san?\s(?:\w+\s)?$"
    r"|\b(?:confirm(?:ed|ing)|strengthened|supported)\s(?:the|our|this|his|her)\s(?:\w+\s)?$"
)
"""Before a word of doubt that is only the adjective of what was shown ("showed a suspected cyst"), or has gone
("confirmed the suspicion of a fistula").
"""
_DESCRIBED_AS = re.compile(
    r"(?:described|reported|characteri[sz]ed|defined|confirmed|shown|found)\s(?:on|in|by)\s[^.;]{0,60}$"
)
_AS = re.compile(r"\s(?:scan\s|scanning\s)?(?:as|to be)\s(?:an?\s)?(?:[\w-]+\s){0,3}")
"""With `_DESCRIBED_AS`: "a mass which was described on MRI as a cystic lesion"."""
_CAUSE = re.compile(r"\b(?:due to|because of|owing to)$")
_ELLIPSIS = re.compile(r"\s(?:scan\s|images?\s)?(?:an?|multiple|several|two|bilateral|diffuse)\s(?:[\w-]+\s){0,4}")
"""After the second study of "radiography revealed an opacity and tomography a mass"."""
_VERB_OF_AIM = re.compile(r"\s\w+")
"""After "in order to": what a study was done for is not what it showed ("in order to define")."""
_FAR = 500  # characters of one sentence over which a study still speaks


def studies_of(finding: Mention, reading: Reading, index: int, groups: Sequence[Group], spoken: Spoken) -> Group:
    """The studies that show `finding`; empty where it is told of something else."""
    text, sentence = reading.text, reading.sentences[index]
    if _RECAP.match(text[sentence.start : sentence.start + 60]) and "," not in text[sentence.start : finding.start]:
        return ()
    before = [group for group in groups if group[0].end <= finding.start or _holds(group, finding)]
    after = next((group for group in groups if group[0].start >= finding.end), None)
    previous = before[-1] if before else None
    shown = previous is not None and previous[0].imaging
    if after is not None and after[0].imaging and (gap := text[finding.end : after[0].start]):
        if shown and previous and _CONFIRMED_BY.match(gap) and _states(reading, index, previous, finding):
            return (*previous, *after)
        if not shown and _LED_TO.match(gap):
            return ()
    if after is not None and _points_to(
        gap := text[finding.end : after[0].start], shown, finding.term.fields["category"] == "normal"
    ):
        if not after[0].imaging:
            return ()
        if previous is not None and shown and "confirm" in gap and _states(reading, index, previous, finding):
            return (*previous, *after)
        return after
    if after is not None and after[0].imaging and not shown and _beside_more(reading, index, finding, after):
        return after
    if previous is not None:
        if shown and (_states(reading, index, previous, finding) or _elliptic(reading, before, finding)):
            return previous
        same = before[-2] if shown and len(before) > 1 and _one_method(before[-2], previous) else ()
        return same if same and _states(reading, index, same, finding) else ()
    if not spoken.studies or any(not group[0].imaging for group in groups):
        return ()
    end = after[0].start if after else sentence.end
    return spoken.studies if _goes_on(reading, index, finding, end, spoken) else ()


def _elliptic(reading: Reading, before: Sequence[Group], finding: Mention) -> bool:
    """Whether the study shares its verb with the one before: "radiography revealed an opacity, tomography a mass"."""
    if len(before) < 2 or not before[-2][0].imaging:
        return False
    if not _ELLIPSIS.fullmatch(reading.text, before[-1][-1].end, finding.start):
        return False
    finds = telling(reading.vocabulary).finds
    return bool(finds.search(reading.text, before[-2][-1].end, before[-1][0].start))


def _one_method(group: Group, other: Group) -> bool:
    """Whether `other` only goes on with the study of `group`: "ultrasound showed, on Doppler, a hypervascular mass"."""
    return group[0].imaging and {n for a in other for n in a.names} <= {n for a in group for n in a.names}


def _beside_more(reading: Reading, index: int, finding: Mention, after: Group) -> bool:
    """ "In addition to the aneurysm, MRI also revealed": what a sentence opens with is shown by its study too."""
    start = reading.sentences[index].start
    if not _ADDITION.match(reading.text, start) or "," in reading.text[start : finding.start]:
        return False
    gap = reading.text[finding.end : after[0].start]
    return gap.count(",") == 1 and bool(
        telling(reading.vocabulary).finds.search(reading.text, after[-1].end, after[-1].end + 40)
    )


def _holds(group: Group, finding: Mention) -> bool:
    return group[0].imaging and group[0].start < finding.end <= group[0].end


def _goes_on(reading: Reading, index: int, finding: Mention, end: int, spoken: Spoken) -> bool:
    """Whether a sentence without a study of its own, or its words up to `end`, tell `finding` of the study before."""
    category = finding.term.fields["category"]
    if category in _ONLY_SEEN:
        return True
    left = spoken.left.get((index, end))
    if left is None:
        left = spoken.left[index, end] = _leaves(reading, index, end)
    if left:
        return False
    if finding.label in _COURSE and _FOLLOWED.search(reading.lower, reading.sentences[index].start, end):
        return False
    if category == "change" and not _LESION.search(reading.text[reading.sentences[index].start : end]):
        return False
    if category != "normal" or reading.of("sites", index):
        return True
    opens = finding.start - reading.sentences[index].start <= len("No ")
    return opens and not spoken.distance and reading.text.startswith("No ", reading.sentences[index].start)


def _leaves(reading: Reading, index: int, end: int) -> bool:
    """Whether the words up to `end` are of the patient, of treatment or of another examination."""
    text, start = reading.text, reading.sentences[index].start
    if any(words in text[start:end] for words in ("underwent", "was performed", "differential")):
        return True
    words = telling(reading.vocabulary)
    if not words.may("leaves", reading.tokens(index)) or _GOES_ON.search(text[start : start + 40]):
        return False
    return bool(words.leaves.search(text, start, end))


def _points_to(gap: str, strict: bool, normal: bool) -> bool:
    """Whether `gap`, between a finding and a study, says that the study shows it; a sequence holds its own "on"."""
    if not gap.strip() or normal and _NORMAL_STUDY.fullmatch(gap) or _IN_BRACKETS.fullmatch(gap):
        return True
    gap = gap.replace(", respectively,", "").replace(", respectively", "")
    if (
        len(gap) > 160
        or not _TO_STUDY.search(gap[-60:].lower())
        or _APART.search(gap.lower())
        or "," in gap
        and not _PASSIVE.search(gap.lower())
    ):
        return False
    return not strict or bool(_STRICT.match(gap)) and " and " not in gap and " with " not in gap[:-20]


def _states(reading: Reading, index: int, group: Group, finding: Mention) -> bool:
    """Whether the words from the study to the finding state it, rather than why, when or how the study was done."""
    text, words = reading.text, telling(reading.vocabulary)
    gap = text[group[-1].end : finding.start]
    by_sequence = group[-1].kind == "implied" or group[-1].sequence
    if finding.term.fields["category"] == "enhancement" and not by_sequence and _TECHNIQUE.match(gap):
        return False
    tokens = reading.tokens(index)
    if len(gap) > _FAR or not tokens.isdisjoint(_NEW_SUBJECTS) and _turns_away(gap.lower(), words.finds):
        return False
    if words.shows.match(text, finding.start):
        return True  # "was normal", "showed no abnormality" hold their verb
    if finding.term.fields["category"] == "normal" and gap.strip() == "of":
        return True
    if not gap.strip(" ,-()") or _PICTURED.search(reading.lower[group[-1].end - 8 : group[-1].end + 12]):
        return True
    if _AS.fullmatch(gap) and _DESCRIBED_AS.search(text, max(0, group[0].start - 60), group[-1].start):
        return True
    legend = reading.sentences[index].zone == "legend"
    reasons = [
        hit.end()
        for hit in (words.reason.finditer(gap) if words.may("reason", tokens) else ())
        if not _ATTRIBUTE.search(gap, 0, hit.start())
        and not (not legend and _CAUSE.search(gap, 0, hit.end()) and words.finds.search(gap, 0, hit.start()))
    ]
    lead = reading.lower[reading.sentences[index].start : group[0].start]
    if (not reasons or "," in gap[reasons[-1] :] and _SEEN_AFTER.match(text, finding.end)) and (
        group[0].kind == "implied" or group[0].sequence or _LEADING.search(lead[-60:])
    ):
        return True
    start = reasons[-1] if reasons else 0
    if gap.endswith(" to", 0, start) and (verb := _VERB_OF_AIM.match(gap, start)):
        start = verb.end()
    if words.shows.search(gap, start):
        return True
    return bool(_AND_SEEN.fullmatch(gap) and _SEEN_AFTER.match(text, finding.end))


def _turns_away(gap: str, finds: re.Pattern[str]) -> bool:
    """Whether the words from a study to a finding begin to speak of the patient or of a treatment."""
    for hit in _NEW_SUBJECT.finditer(gap):
        if not (_ASIDE.search(gap, 0, hit.end()) and "," not in gap[hit.end() :] and finds.search(gap, hit.end())):
            return True
    return False
