"""Words that tell whether the patient lived: deaths, losses to follow-up, signs of life."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from casebook.extract.matcher import Mention
from casebook.extract.reading import Reading
from casebook.extract.when import When
from casebook.text.span import Span

_MOST = 12
"""Signs of one sentence that are weighed, the last ones: prose has no more."""

_BEFORE = 100
"""Characters before a word that can change what it says."""

_SOON = 0.3
"""Months: an examination sooner after an operation belongs to it."""

_DENIAL_REACH = 30
"""Characters over which a negation reaches a sign of life or death."""

_SURVIVAL_REACH = 40
"""Characters from "survived" to the interval that makes it a death."""

_OPENING = 25
"""Characters within which an interval opens a sentence and holds for all of it."""

_RELATIVE = re.compile(
    r"\b(?:mother|father|brothers?|sisters?|sons?|daughters?|husband|wife|parents?|uncle|aunt|cousin|grand\w+|siblings?"
    r"|relatives?|donor|f(?:o)?etus(?:es)?|co-?twin|patients\s+who|pregnanc(?:y|ies)|calf"
    r"|goat)\s+(?:(?!until\b)[\w'’-]+\s+){0,3}$")
_BESIDE = re.compile(r"\b(?:patient|case|mother|woman|she|he|infant|baby|newborn|neonate|child)\s+and\s+"
                     r"(?:(?:the|her|his|their)\s+)?(?:mother|f(?:o)?etus|baby|infant|newborn|neonate|child|son"
                     r"|daughter|sister|brother)s?\s+(?:(?!until\b)[\w'’-]+\s+){0,3}$")
"""Another person told of together with the patient: "both mother and baby were discharged"."""
_CHILD = re.compile(r"\b(?:bab(?:y|ies)|newborns?|neonates?|infants?|child(?:ren)?|twins?)\s+(?:[\w'’-]+\s+){0,3}$")
_PART = re.compile(r"(?<!the\s)(?<!our\s)(?<!these\s)(?<!all\s)\b(?:one|two|three|four|five|another|other|some"
                   r"|remaining)\s+(?:of\s+(?:the|our|these|them|whom)\s*)?(?:[\w-]+\s+){0,5}$")
_SINGLE = re.compile(r"\b(?:the|our|this)\s+(?:patient|infant|child|baby|man|woman|boy|girl)\s+(?:[\w-]+\s+){0,4}$")
_SOME = re.compile(r"\b(?:one|another|the\s+(?:other|first|second|third|fourth|last|remaining))\s+"
                   r"(?:patient|case|child|infant|of|was|had|in|at)\b")
_NO_DEATH = re.compile(r"\b(?:cell|f(?:o)?etal|neonatal|intrauterine|perinatal|sudden\s+cardiac)\s+$")
_FEARED = re.compile(
    r"\b(?:near(?:ly)?|potentially|possibly|often|usually|can|could|may|might|be|become|if|risk\s+of|fear\s+of"
    r"|threat\s+of"
    r"|rapidly|highly|almost|prevent(?:ed)?|avoid|from|non|not|aborted|wished|life-threatening)[\s-]+(?:\w+\s+)?$")
_DEAD_THING = re.compile(r"[\s-]+(?:donor|relative|patients|cells?|space|tissue|bone|f(?:o)?etus|body|bodies|end"
                         r"|parasites?|worms?|skin|teeth"
                         r"|tooth)\b")
_MAY_BE_FEARED = frozenset(("fatal", "fatally", "death", "dead", "to death", "fatality", "demise"))
_DENIED = re.compile(
    r"\b(?:no|not|without|never|failed\s+to|neither|nor|unable\s+to|n['’]t|poor|hardly|little|minimal|lack\s+of"
    r"|absence\s+of)\s+(?:\w+\s+){0,2}$")
_PAST = re.compile(
    r"\b(?:previously|until|prior\s+to|before\s+(?:this|the|admission)|history\s+of|otherwise|past|initially"
    r"|temporar\w+|transient\w*|at\s+first|briefly|years?\s+ago|months?\s+ago|months\s+earlier|years\s+earlier|pre-?operative\w*"
    r"|slightly)\b")
_PLANNED = re.compile(
    r"\b(?:will\s+be|recommend\w*|advis\w+|plan(?:s|ned|ning)?|schedul\w+|suggest\w*|should|need(?:s|ed)?|requir\w+"
    r"|consider\w*|propos\w+|awaiting|intended|to\s+be|underwent|lost)\b")
_CONCEDED = re.compile(r"\b(?:although|though|despite|even\s+though)\b[^,;]*$")
_LABORATORY = re.compile(r"\b(?:margins?|patholog\w+|histolog\w+|cultures?|smear|cytolog\w+"
                         r"|specimen)\b[^,;]{0,60}$")
_NEW_CLAUSE = re.compile(r"(?:\band|\bbut|;)\s+(?=(?:he|she|(?:the|our|this)\s+(?:patient|child|boy|girl|man|woman"
                         r"|infant|dog|cat))\s)")
_ONGOING = ("is ", "under ", "being ", "still ")
_BEING = re.compile(r"\b(?:is|remains|being|still)\s+(?:\w+\s+){0,3}$")
_AT_VISIT = ("at ", "on ", "upon ", "during ")
_NOW = frozenset(("is now", "currently", "at present", "to date", "up to now", "until now", "till date", "till today",
                  "till now", "to this date", "presently", "at the time of writing", "at the time of this report"))
_OF_LITERATURE = re.compile(r"[,\s]{1,3}(?:rarely|only|few|fewer|less|no\s+(?:\w+\s+){0,2}(?:cases?|reports?|studies)"
                            r"|about|approximately|\d+|there|(?:in\s+)?the\s+(?:\w+\s+)?literature|reported|published"
                            r"|has\s+been|have\s+been"
                            r"|unknown|the\s+(?:first|only))\b")
_OF_A_METHOD = re.compile(r"\s+(?:\w+\s+){0,2}?(?:protocols?|methods?|techniques?|procedures?|approach(?:es)?|devices?"
                          r"|understanding|version|design|knowledge)\b")
_LAST = re.compile(r"\b(?:last|final|latest)\b")
_FOLLOWED = re.compile(r"follow|\bafter\s(?:[\w-]+\s){0,2}(?:surg|operat|repair|resect|treat|therap|excis|remov"
                       r"|procedur)|since|to\s+date|remain|now|currently|at\s+present|presently|control|last\s+(?:visit"
                       r"|examination)|until")
_STILL = re.compile(r"\b(?:is|are|remains|still|now|currently|since)\b")
_GATES = frozenset((
    "recur", "reoccur", "relaps", "growth", "metasta", "progress", "residual", "recidiv", "dislocation",
    "aggravat", "worsen", "deteriorat", "evidence", "sign", "symptoms", "further", "new ", "subsequent",
    "additional", "more ",
))  # fmt: skip
_DENIALS = frozenset("no without not never neither absence free nor t".split())
"""With which `_NO_RECURRENCE` begins; "t" is that of "didn't"."""
_NO_RECURRENCE = re.compile(
    r"(?:\b(?:no|without|not|never|neither|absence\s+of|free\s+(?:of|from)|nor)"
    r"|n['’?]t)\s+(?:(?!other\b|improv|respon|caus|source)[\w/-]+\s+){0,8}?"
    r"(?:(?:re(?:oc)?curr(?:en\w+|ed)|relapse[sd]?|re-?growth|(?:further|new|distant|subsequent|or|of)\s+metasta\w+"
    r"|progress(?:ed|ion)|aggravat\w+|worsen(?:ed|ing)|deteriorat\w+"
    r"|residual|recidiv\w+|re-?dislocation"
    r"|evidence\s+of\s+(?:[\w-]+\s+){0,3}?(?:disease|tumou?r|lesions?|malignan\w+|cancer|complications?"
    r"|infection)|signs?\s+of\s+(?:[\w-]+\s+){0,3}?(?:disease|tumou?r|infection|malignan\w+)|symptoms"
    r"|(?:further|new|subsequent|additional|more)\s+(?:[\w-]+\s+){0,3}?(?:episodes?|attacks?|seizures?|events?|bleeding"
    r"|symptoms?|complications?|lesions?|problems?|complaints?|fractures?|infections?|manifestations?|increase)))\b"
    r"|\b(?:recurrence|relapse)\s+(?:of\s+(?:[\w-]+\s+){1,3})?(?:was|were|has\s+been|had\s+been|is)\s+not"
    r"\s+(?:detected|observed|seen|found|noted|noticed|identified)\b")
_EXAMINED = re.compile(r"\b(?:remain(?:s|ed)|achieved|reached|exhibited|maintained|obtained|displayed|showed|shows"
                       r"|revealed|demonstrated|disclosed|confirmed|documented"
                       r"|reported|was|were|had|has|is|are)\b")
_WORSE = re.compile(
    r"\b(?:develop(?:s|ed|ing)?|recur(?:red|s|rence)|relapse\w*|re-?admitted|admitted|underwent|(?:was|were)\s+performed"
    r"|appear\w*"
    r"|(?:was|were)\s+(?:carried\s+out|done|placed|inserted|created)|presented|referred|complain\w*|progress\w*|worsen\w*|noticed|deteriorat\w*|diagnos\w*|started|initiated|increas\w*"
    r"|planned"
    r"|scheduled|recommended|advised|will|expected|discovered|found|metasta\w*|injur\w*|fell|onset"
    r"|began)\b")


@dataclass(frozen=True, slots=True)
class Sign:
    """`value`: dead, alive or lost to follow-up, by the words at `span`; `weight` as in fates.csv."""

    value: str
    weight: str
    span: Span
    rule: str
    sentence: int


def signs(reading: Reading, index: int, young: bool) -> Iterator[Sign]:
    """Signs about the patient in sentence `index`; `young` if "the child" is the patient."""
    told, fates = reading.when(index), reading.of("fates", index)
    may_deny = reading.holds(index, _GATES) and not reading.tokens(index).isdisjoint(_DENIALS)
    if not (told or fates or may_deny):
        return
    sentence, words = reading.sentences[index], reading.said(index)
    earlier = any(when.kind in ("ago", "before") and when.span.start - sentence.start < _OPENING for when in told)
    for mention in fates[-_MOST:]:
        value, weight = mention.term.fields["value"], mention.term.fields["weight"]
        if weight == "timed":
            value = "dead" if _survived_so_long(reading, mention, told) and "has survived" not in words else "alive"
        before = reading.lower[max(sentence.start, mention.start - _BEFORE):mention.start]
        other = _names_another(before, young) or value == "dead" and _is_of_another(reading, mention, sentence.start)
        if index in reading.shared and (_PART.search(before) or value == "dead" and (
                _SINGLE.search(before) or _SOME.search(reading.lower, sentence.start, mention.start))):
            continue
        past = earlier and value == "alive" and not _STILL.search(words, 0, mention.end - sentence.start)
        if not (other or past) and _holds(reading, mention, value, before):
            yield Sign(value, weight, Span(mention.start, mention.end), mention.rule, index)
    hit = _NO_RECURRENCE.search(words) if may_deny else None
    if hit and not _PAST.search(words, 0, hit.start()) and (_FOLLOWED.search(words) or any(map(dates_a_visit, told))):
        span = Span(sentence.start + hit.start(), sentence.start + hit.end())
        yield Sign("alive", "strong", span, "outcome.no_recurrence", index)
    for when in told[-_MOST:]:
        day = reading.lower.startswith("day", when.span.start)
        seen = when.follow_up or when.kind == "later" or when.kind == "after" and when.origin and not day
        if not seen or when.kind == "lasting" or when.months < _SOON or tells_event(reading, index):
            continue
        if _LABORATORY.search(reading.lower, sentence.start, when.span.start):
            continue
        if _EXAMINED.search(words):
            yield Sign("alive", "weak", when.span, "outcome.examined", index)


def _names_another(before: str, young: bool) -> bool:
    """Whether the words before a sign make a relative its subject, or a child that is not the patient."""
    if _BESIDE.search(before):
        return False
    kin = _RELATIVE.search(before)
    return bool(kin and not _SAID.search(kin[0]) or not young and _CHILD.search(before))


def _is_of_another(reading: Reading, mention: Mention, start: int) -> bool:
    """Whether a death is a relative's: of "the first twin", or told after a sister whom the sentence speaks of."""
    if _OF_ANOTHER.match(reading.lower, mention.end):
        return True
    hits = list(_KIN.finditer(reading.lower, max(start, mention.start - _BEFORE), mention.start))
    return bool(hits) and not _SAID.search(reading.lower, hits[-1].end(), mention.start)


_OF_ANOTHER = re.compile(r"\s+of\s+(?:(?:one|the|a|an|her|his|their|first|second|other|both|older|elder|co)[\s-]+){1,3}"
                         r"(?:twins?|f(?:o)?etus(?:es)?|mother|father|brothers?|sisters?|siblings?|husband|wife)\b")
_KIN = re.compile(r"\b(?:(?:his|her|their|elder|older|younger)\s+(?:\w+\s+){0,2}?(?:mother|father|brothers?|sisters?"
                  r"|siblings?|uncle|aunt|cousins?|husband|wife|grand\w+)|one\s+twin)\b")
_SAID = re.compile(r"\b(?:report\w*|inform\w*|said|told|found|call\w*|notic\w*|brought|stat\w*|confirm\w*|patient"
                   r"|learn\w*|contact\w*|declin\w*|refus\w*|consent\w*|unfortunately|however)\b")


def tells_event(reading: Reading, index: int) -> bool:
    """Whether the sentence tells of something new, which its intervals date rather than a visit. An injury or an onset
    that they count from is not new.
    """
    known: dict[int, bool] = reading.kept.setdefault("tells event", {})
    if index not in known:
        known[index] = _tells_event(reading, index)
    return known[index]


def _tells_event(reading: Reading, index: int) -> bool:
    told = [when.span for when in reading.when(index)]
    sentence = reading.sentences[index]
    return any(not (_BEGAN.match(hit[0]) and any(span.start < hit.start() < span.end for span in told))
               and not (_CAME_BACK.match(hit[0]) and _denies(reading, index, hit.start()))
               for hit in _WORSE.finditer(reading.lower, sentence.start, sentence.end))


_BEGAN = re.compile(r"injur|onset")
_CAME_BACK = re.compile(r"recur|relaps|progress|worsen|deteriorat|metasta")


def dates_a_visit(when: When) -> bool:
    """Whether the interval can say when the patient was seen."""
    return when.follow_up or when.kind in ("after", "later")


def last_decline(reading: Reading, indices: list[int]) -> int:
    """Where these sentences last take back an improvement told before; -1 if nowhere."""
    told = [index for index in indices if reading.holds(index, _DECLINE_STEMS)]
    hits = (hit.start() for index in told for hit in _DECLINE.finditer(
        reading.lower, reading.sentences[index].start, reading.sentences[index].end)
        if not _denies(reading, index, hit.start()))
    return max(hits, default=-1)


def _denies(reading: Reading, index: int, at: int) -> bool:
    """Whether the decline told at `at` is one that did not come: "no sign of recurrence"."""
    start = reading.sentences[index].start
    return any(start + hit.start() < at < start + hit.end() for hit in _NO_RECURRENCE.finditer(reading.said(index)))


_DECLINE_STEMS = frozenset("again deteriorat worsen relapsed recurre progressed aggravat admitted".split())
_DECLINE = re.compile(r"\b(?:increased\s+again|deteriorat\w+|worsen\w*|relapsed|recurred|recurrence|progressed"
                      r"|aggravat\w+|re-?admitted)\b")


_AND_THEN = re.compile(r"\band\s(?:then\s)?(?:was|is|has|had|left|remain|recover|return|went)")


def _survived_so_long(reading: Reading, mention: Mention, told: list[When]) -> bool:
    """"survived 8 months from the diagnosis" tells a death, "survived" alone a life."""
    return any(when.kind in ("after", "lasting") and when.span.end > mention.end
               and when.span.start - mention.end < _SURVIVAL_REACH
               and not _AND_THEN.search(reading.lower, mention.end, when.span.start) for when in told)


def _holds(reading: Reading, mention: Mention, value: str, before: str) -> bool:
    """Whether the words are about the patient and meant: neither denied nor feared, neither past nor planned."""
    modifiers = reading.modifiers(mention)
    around = modifiers.keys()
    near = "negation" in around and mention.start - modifiers["negation"].cue.end < _DENIAL_REACH
    owner = reading.owner[reading.sentence_of(mention)]
    cited = owner is not None and owner.startswith("c")
    told = "family" in around and (_BESIDE.search(before) or _SAID.search(
        reading.lower, modifiers["family"].cue.end, mention.start))
    doubts = [modifiers[name].cue for name in ("hypothetical", "general") if name in around]
    if any(not _NEW_CLAUSE.search(reading.lower, cue.end, mention.start) for cue in doubts):
        return False
    if "family" in around and not told:
        return False
    if "other_patient" in around and not cited:
        return False
    surface = reading.lower[mention.start:mention.end]
    if value == "dead":
        if surface in ("dead", "deceased") and _DEAD_THING.match(reading.lower, mention.end):
            return False
        denied = near and "not" not in surface
        feared = surface in _MAY_BE_FEARED and _FEARED.search(before[-30:])
        return not (denied or feared or _NO_DEATH.search(before))
    if value == "lost to follow-up":
        return True
    if "history" in around and modifiers["history"].cue.start < mention.start:
        return False
    if surface in _FREE_OF_SYMPTOMS and _OF_A_LESION.match(reading.lower, mention.end):
        return False
    if mention.term.fields["weight"] == "follow":
        meant = "planned" not in around and not _PLANNED.search(before[-45:]) and not _PAST.search(before[-45:])
        return meant and _tells_now(reading, mention, surface, before)
    if mention.term.fields["weight"] == "weak" and (_CONCEDED.search(before) or _OF_A_METHOD.match(
            reading.lower, mention.end)):
        return False
    denied = near and not surface.startswith(("no ", "without", "negative")) or bool(_DENIED.search(before))
    clause = _NEW_CLAUSE.split(before[-45:])[-1]
    return not (denied or "planned" in around or _PAST.search(clause) or _LABORATORY.search(before))


_FREE_OF_SYMPTOMS = frozenset(("asymptomatic", "symptomless"))
_OF_A_LESION = re.compile(r"\s+(?!(?:and|or|with|without|while|when|during|on|for|at|after|before|but|though|throughout"
                          r"|upon|until|till|over|in|from|following|to|since|now|one|two|three|four|five|six|seven|eight"
                          r"|nine|ten|up|as|by|a|an|the|he|she|again|course|despite|except|under|thereafter|afterwards"
                          r"|postoperatively|clinically|\d+\s)\b)(?:[a-z]|\d+-)")
"""After "asymptomatic": the lesion or the other person that it speaks of."""


def _tells_now(reading: Reading, mention: Mention, surface: str, before: str) -> bool:
    """Whether words for follow-up say that the patient was there: now, at the last visit, or so long after."""
    if surface in _NOW and _OF_LITERATURE.match(reading.lower, mention.end):
        return False
    if surface in _NOW or surface.startswith(_ONGOING) or _LAST.search(surface) or _BEING.search(before):
        return True
    index = reading.sentence_of(mention)
    if surface.startswith(_AT_VISIT) and not tells_event(reading, index):
        return True
    return any(map(dates_a_visit, reading.when(index)))
