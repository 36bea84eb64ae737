"""Expressions of time in one sentence: dates, intervals and what they count from."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from casebook.extract.quantity import NOT_A_RANGE, NUMBER, NUMBER_STARTS, in_months, number
from casebook.text.span import Span

ORIGIN_WORDS = {
    "metastasis": r"(?:metasta\w+|carcinomatosis)",
    "recurrence": r"(?:recurren\w+|relapses?)",
    "surgery": r"(?:surg\w*|(?:re-?)?operati\w+|resection\w*|excision\w*|\w+ectom(?:y|ies)|\w+otom(?:y|ies)"
               r"|\w+(?:plast|stom|pex|rrhaph)(?:y|ies)|transplant\w*|intervention|procedure|"
               r"implantation|removal|repair|fixation|replacement|reconstruction|decompression|debridement|drainage"
               r"|grafting|clipping|stent\w*|enucleation|post-?operati\w+|"
               r"arthrodesis|osteosynthesis|emboli[sz]ation|ablation|bypass|curettage|evacuation|discectomy|shunt\w*"
               r"|surgeries)",
    "treatment": r"(?:chemo\w*|radio\w*|radiation\w*|irradiation|treatment\w*|therap\w+|immunotherapy|completion"
                 r"|initiation|beginning|start\w*|administration|cessation|discontinu\w+|"
                 r"withdrawal|injections?|infusion|doses?|cycles?|courses?|vaccin\w+|steroids?|medication"
                 r"|rehabilitation|immunosuppress\w+|dialysis|antibiotics?)",
    "diagnosis": r"(?:diagnos\w+|biopsy|detection|identification|recogni[sz]ed|discovery)",
    "presentation": r"(?:admission|admitted|presentation|presented|onset|hospitali[sz]ation|visit|symptoms?"
                    r"|consultation|manifestation|injury|accident|trauma|illness|disease|"
                    r"ictus|infection|exposure|birth|delivery|parturition|discharge)",
    "": r"(?:imaging|scans?|mri|ct|examinations?|event)",
}
"""Origins of `outcomes` and the words by which an interval counts from them; an event under "" is none of them."""

_UNIT = r"(?:years?|yrs?|months?|mos?|weeks?|wks?|days?|hours?|hrs?)"
_INTERVAL = re.compile(
    rf"\b(?:(?<!\d[.,]){NUMBER_STARTS}(?:{NUMBER}{NOT_A_RANGE}\s?(?:-|–|to|or|and|,"
    rf"|,\s?and)\s?){{0,3}}(?P<n>{NUMBER})(?:\s\(\d{{1,3}}\))?(?P<half>[-\s]+and[-\s]+(?:a[-\s]+)?half|\s?½"
    rf"|\s1/2)?[-\s]{{0,3}}(?P<u>{_UNIT})\b(?P<tail>\s+and\s+a\s+half)?"
    r"(?:(?:(?:(?<=year)|(?<=years)),?\s(?:and\s)?(?P<n2>\d{1,2})[-\s](?:months?))|(?:(?:(?<=month)"
    r"|(?<=months)|(?<=week)|(?<=weeks)),?\s(?:and\s)?(?P<n3>\d{1,2})[-\s](?P<u3>weeks?|days?)))?\b"
    r"|(?P<one>(?:half\s+an?|an?|the\s+next|the\s+following|another|one\s+full"
    r"|the\s+first)\s+(?:further\s+)?)(?P<u1>year|month|week|day"
    r"|hour)\b(?:\s+and\s+(?P<one_half>a\s+half))?)")
_HOLDS_YEAR = re.compile(r"(?:19|20)\d\d")
_HOLDS_MONTH = re.compile(r"\s(?:jan|feb|mar|apr|may\b|jun|jul|aug|sep|oct|nov|dec)")
_BY_MONTH = re.compile(r"\b(?:in|on|since|until|by|of|from)(?:\s(?:early|late))?$")
_AGE = re.compile(r"['’]?[-\s]{0,2}(?:olds?\b|of\s+age\b|young\b"
                  r"|(?:of\s+(?:(?:her|the|an?)\s+)?(?:[\w()]+\s+){0,2}?)?(?:gestation\w*|pregnan\w+|amenorrh\w+)"
                  r"|newborn)")
_BORN_AT = re.compile(r"\b(?:pregnan\w+|c-section|ca?esarean|gestation\w*|gravid\w*|amenorrh\w+|deliver\w+|born"
                      r"|labou?r)\b[^.;,]{0,24}\b(?:at|in)\s+(?:the\s+|about\s+|approximately\s+)?$")
_FETAL = re.compile(r"[^.;]{0,50}?\b(?:f(?:o)?et(?:al|us)\b|pregnan|gestation|placent|amnio|c(?:a)?esarean|deliver)")
_PER = re.compile(r"\b(?:every|each|per|once\s+a|times\s+a|twice\s+a)\s+$|/\s?$")
_WHAT = r"(?:(?!(?:and|with|was|were|he|she|who|which|but|showed|revealed)\b)[\w'’().\[\],-]+\s+){0,5}?"
_PASSED = re.compile(r"\bit\s+has\s+(?:now\s+)?been\s+(?:\w+\s+){0,2}$")
_AFTER = re.compile(rf"[\s,]*(?P<passed>(?:have|has|had)\s+(?:\w+\s+)?(?:passed|elapsed)\s+)?(?:after"
                    rf"|following|post|past|from|since)[-\s]+(?P<what>{_WHAT}(?P<word>{'|'.join(ORIGIN_WORDS.values())}))"
                    r"(?!\w)")
_OF = re.compile(rf"\s+of\s+(?P<what>(?:[\w-]+\s+){{0,2}}?(?P<word>{ORIGIN_WORDS['surgery']}"
                 rf"|{ORIGIN_WORDS['treatment']}|{ORIGIN_WORDS['presentation']}))(?!\w)")
_WITHIN = re.compile(r"\b(?:within|in)\s+(?:the\s+)?(?:first\s+)?$")
_SPREAD = re.compile(r"\s+of\s+(?:[\w-]+\s+){0,3}?(?P<word>metasta\w+|carcinomatosis|recurren\w+"
                     r"|relapses?)(?:\s+(?:disease|lesions?|tumou?rs?))?\b")
_AFTER_ANY = re.compile(r"[\s,]*(?:(?:after|following|since)\s|post[-\s])\s*(?P<what>\w+)")
_BEFORE = re.compile(r"[\s,]*(?:before|prior\s+to|preceding)\s+(?:the\s+|his\s+|her\s+)?\w+")
_AGO = re.compile(r"[-\s,]*(?:ago|earlier|previously|before|prior|back|beforehand)\b")
_LATER = re.compile(r"[-\s,]*(?:later|afterwards?|thereafter|subsequently|(?:after|on)(?=\s*[,.;:)]|$))")
_POSTOP = re.compile(r"[-\s,]*(?:post[-\s]?op\w*|of\s+post[-\s]?op\w*)")
_POST_THERAPY = re.compile(r"[-\s,]*(?:(?:of|post)[-\s]*)(?:the\s+)?(?:[\w-]+\s+){0,2}?(?:treatment|therapy"
                           r"|chemotherapy|radiotherapy|medication|management)")
_LEAD_THERAPY = re.compile(r"\b(?:after|following|completing|completed)\s+(?:[\w-]+\s+){1,4}$")
_FOLLOW_UP = re.compile(r"[-\s,]*(?:of\s+|into\s+|the\s+|by\s+|by\s+tele\w+\s+|post[-\s]?op\w*\s+|clinical\s+"
                        r"|regular\s+"
                        r"|period\s+of\s+|in\s+|and\s+"
                        r"|radiological\s+|interrogation\s+|telephone\s+|endoscopic\s+|imaging\s+|outpatient\s+"
                        r"|post[-\s]?treatment\s+|long[-\s]term\s+){0,3}"
                        r"(?:follow(?:ed|ing)?[-\s]?ups?\b|observation\b|surveillance\b|control\b|re-?examination\b"
                        r"|check-?up|followup|review\b|visit\b"
                        r"|(?:disease|recurrence|relapse)[-\s]free\s+survival)")
_HISTORY = re.compile(r"['’]?s?[-\s]*(?:history|duration|prodrome|illness|delay|course\s+of|long\s+history|evolution"
                      r"|standing)\b")
_LEAD_AFTER = re.compile(r"\b(?:after|within|following|over|during|in)\s+(?:only\s+|about\s+|approximately\s+"
                         r"|almost\s+|nearly\s+|around\s+|more\s+than\s+|over\s+|a\s+further\s+|further\s+|just\s+"
                         r"|a\s+|the\s+|next\s+"
                         r"|the\s+next\s+|the\s+following\s+|a\s+period\s+of\s+|an\s+interval\s+of\s+|some\s+"
                         r"|another\s+|less\s+than\s+|at\s+least\s+|the\s+subsequent\s+){0,3}$")
_LEAD_FOLLOW = re.compile(
    r"(?:\bfollow(?:ed(?!\s+by)|ing(?=[-\s]up))?[-\s]?(?:up)?(?:\s+(?:examination|period|time|visits?|duration"
    r"|evaluation|imaging|study|mri"
    r"|ct|interval))?[\s,(]*(?:of|for|at|(?:was\s+)?(?:during|over)|was|is|after|up\s+for|period\s+of|over|lasting|through|till"
    r"|until|:)?|\b(?:is|was|been|being)\s+(?:observed|monitored|reviewed)\s+for"
    r"|\b(?:is|was|been|being)\s+followed(?:\s+up)?\s+(?:(?:as|in|at|on|without)\s[^.;]{1,60}?|\w+ly)\sfor"
    r"|\boff\s+(?:\w+\s+){0,2}?(?P<off>therapy|treatment|medications?|chemotherapy|drugs|steroids)\s+for"
    r"|(?:\bsurviv\w+|\b[pod]fs\b|(?<!per\s)\bos\b)(?:\s\((?:[podr]fs|os)\))?(?:\s+(?:time|period|rate|duration))?"
    r"\s*(?:of|for|was|is|:|(?:has\s+)?(?:reached|exceeded|lasted|been))?|\b(?:decline|setback|hindsight|recul"
    r"|regression|step\s+back|drop)\s+of|\bcontrols?\s+(?:at|after)|\bobservation\s+(?:of|period\s+of)"
    r"|\b(?:alive|well|asymptomatic|free|remission|recurrence|recurred|relapsed?|disease|tumou?r|stable|uneventful|outcome"
    r"|complaint-free)\b[\w\s,-]{0,30}?\b(?:for|at|after|by|since|till|until|over|during))"
    r"\s*(?:the\s+(?:last\s+|past\s+|previous\s+)?|last\s+|past\s+|a\s+total\s+of\s+|about\s+|approximately\s+|a\s+(?:period\s+of\s+)?|over\s+|more\s+than\s+"
    r"|at\s+least\s+|almost\s+|nearly\s+|now\s+|up\s+to\s+|another\s+|now\s+){0,3}$")
_FOR = re.compile(r"\bfor\b")
_EXAMINED = re.compile(r"\b(?:follow\w*[-\s]?(?:up)?|evaluat\w+|examin\w+|review\w*|seen|assess\w+|checked|controls?"
                       r"|re-?evaluat\w+|visit|monitor\w*)\b[^.;]{0,45}$")
_VISITED = re.compile(r"\b(?:follow[-\s]?up|visit|reviewed|re-?evaluated)\b[^.;]{0,45}$")
_TO_FOLLOW = re.compile(r"\bfollow[-\s]?up\s+(?:visit|examination|evaluation|appointment|consultation)")
_NEAR = 70  # characters
_LONGEST_LEAD = 12  # of "until early" before a month, and the character before it
_LONG = 120.0  # months: "at 24 years" is an age
_LEAD_AT = re.compile(r"\b(?:at|by)\s+(?:the\s+end\s+of\s+)?"
                      r"(?:the\s+|about\s+|approximately\s+|a\s+|his\s+|her\s+|its\s+"
                      r"|the\s+time\s+of\s+){0,2}$")
_LEAD_POSTOP = re.compile(r"\bpost[-\s]?op\w*(?:\s+(?:course|follow[-\s]?up|period|examination|at|after|month|for"
                          r"|of))*\s*(?:,\s*)?(?:at|after|for|of|in)?\s*(?:about\s+|the\s+)?$")
_LEAD_FOR = re.compile(r"\b(?:for|lasting|during|over)\s+(?:the\s+(?:last|past|previous)\s+|about\s+|approximately\s+"
                       r"|more\s+than\s+|over\s+|at\s+least\s+|nearly\s+|almost\s+|a\s+total\s+of\s+|up\s+to\s+"
                       r"|the\s+|an?\s+){0,2}$")

_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov"
                                                      " dec".split(), start=1)}
_DATE = re.compile(
    r"\b(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<month>January|Jan|February|Feb|March|Mar|April|Apr|May"
    r"|June|Jun|July|Jul|August|Aug|September|Sept|Sep|October|Oct|November|Nov|"
    r"December|Dec)\b\.?(?:\s+(?P<day2>\d{1,2})(?:st|nd|rd|th)?(?!\d))?(?:,?\s*(?:of\s+)?(?P<year>(?:19|20)\d\d)\b)?")
_YEAR = re.compile(r"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Dd]uring|[Bb]y|[Oo]f|[Ff]rom)\s+(?:early\s+|late\s+|mid-?\s?"
                   r"|the\s+year\s+)?(?P<year>(?:19|20)\d\d)\b(?![-/.]\d)")
_NUMERIC_DATE = re.compile(r"\b(?:(?P<d>\d{1,2})[/.])?(?P<m>\d{1,2})/(?P<y>(?:19|20)\d\d)\b")
_DAY = re.compile(r"\b(?=\d|po|ho|da|we|mo|fi|fo|se|si|th|te|ei)"
                  r"(?:(?P<post>post[-\s]?operative(?:ly)?\s+|post[-\s]?op\s+|hospital\s+|(?=pod))?(?P<u>days?|week"
                  r"|month|pod)[-\s#]{1,3}(?P<day>\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten)\b(?!\s?(?:mg|ml|g\b|%|[-–]\s?\d))"
                  r"|(?P<ord>\d{1,3}(?=st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|tenth)(?:st"
                  r"|nd|rd|th)?\s+(?P<post2>post[-\s]?operative\s+|hospital\s+)?(?P<unit>day|week|month"
                  r"|year)\b)")
_BEFORE_MONTH = re.compile(r"\b(?:in|on|since|until|by|from|of|during|early|late|mid|next)\s+$", re.IGNORECASE)
_ORDINALS = {word: float(number) for number, word in enumerate("first second third fourth fifth sixth seventh eighth"
    " ninth tenth".split(), start=1)}


@dataclass(frozen=True, slots=True)
class When:
    """One expression at `span`.

    kind: "date" (`months` counts calendar months; `known_year` false for a bare "In June"), "after" (that long after
    `origin`, or after something else where that is empty), "before", "later" (than what was told last), "ago",
    "lasting" (how long something took). `follow_up` where the words say that the patient was followed so long.
    """

    kind: str
    span: Span
    months: float
    origin: str = ""
    follow_up: bool = False
    known_year: bool = True


def times(text: str, start: int, end: int, dated: bool = True, lower: str | None = None) -> list[When]:
    """Every expression of time in text[start:end], which is one sentence, in reading order; ages are none.

    `dated` is false where the whole text is known to hold no calendar date; `lower` is the text in lower case.
    """
    lower = lower or text.lower()
    words = lower[start:end]
    found: list[When] = []
    if "day" in words or "week" in words or "month" in words or "year" in words or "pod" in words:
        found += _intervals(lower, start, end)
        found += _days(lower, start, end)
    elif "hour" in words or "yr" in words or "wk" in words or "hr" in words:
        found += _intervals(lower, start, end)
    if dated and may_hold_date(words):
        found += _dates(text, start, end)
    found.sort(key=lambda when: (when.span.start, -when.span.end))
    kept: list[When] = []
    for when in found:
        if not kept or when.span.start >= kept[-1].span.end:
            kept.append(when)
    return kept


def may_hold_date(lower: str) -> bool:
    """Whether a text in lower case can hold a calendar date; cheap."""
    if _HOLDS_YEAR.search(lower):
        return True
    return any(_BY_MONTH.search(lower, max(0, hit.start() - _LONGEST_LEAD), hit.start())
               for hit in _HOLDS_MONTH.finditer(lower))


def _intervals(text: str, start: int, end: int) -> Iterator[When]:
    for hit in _INTERVAL.finditer(text, start, end):
        before = text[max(start, hit.start() - 70):hit.start()]
        if _AGE.match(text, hit.end(), end) or _PER.search(before):
            continue
        if (hit["u"] or "")[:1].lower() == "w" and (
                _BORN_AT.search(before) or _LEAD_AT.search(before) and _FETAL.match(text, hit.end(), end)):
            continue
        if hit["one"]:
            value, unit = 0.5 if hit["one"].lower().startswith("half") else 1.0, hit["u1"]
            value += 0.5 if hit["one_half"] else 0
        else:
            value, unit = number(hit["n"]) or 0.0, hit["u"]
            value += 0.5 if hit["half"] or hit["tail"] else 0.0
        months = in_months(value, unit)
        if hit["n2"]:
            months += float(hit["n2"])
        if hit["n3"]:
            months += in_months(float(hit["n3"]), hit["u3"])
        article = (hit["one"] or "").lower().strip() in ("a", "an", "the first")
        if article and not _directed(text, hit.end(), end, before):
            continue
        yield _classified(text, Span(hit.start(), hit.end()), end, before, months)


def _directed(text: str, at: int, end: int, before: str) -> bool:
    """Whether "a month" is an interval here rather than part of "twice a month"."""
    after = (_AFTER_ANY, _LATER, _AGO, _FOLLOW_UP, _BEFORE, _POSTOP)
    return any(pattern.match(text, at, end) for pattern in after) or any(
        pattern.search(before) for pattern in (_LEAD_AFTER, _LEAD_FOLLOW, _LEAD_FOR))


def _classified(text: str, span: Span, end: int, before: str, months: float) -> When:
    """The direction and origin of the interval at `span` from the words on both sides."""
    at = span.end
    if (hit := _AFTER.match(text, at, end) or _WITHIN.search(before) and _OF.match(text, at, end)):
        hit = _SPREAD.match(text, hit.end(), end) or hit
        passed = "passed" in hit.groupdict() and hit["passed"] or _PASSED.search(before)
        seen = bool(passed or _EXAMINED.search(before)
                    or _TO_FOLLOW.search(text, hit.end(), min(end, hit.end() + _NEAR)))
        return When("after", Span(span.start, hit.end()), months, origin_of(hit["word"]), seen)
    if _FOLLOW_UP.match(text, at, end):
        hit = _FOLLOW_UP.match(text, at, end)
        assert hit
        postoperative = "op" in hit[0].lower().replace("-", "").replace("post ", "post") and "post" in hit[0].lower()
        return When("later", Span(span.start, hit.end()), months, "surgery" if postoperative else "", follow_up=True)
    if (hit := _POSTOP.match(text, at, end)):
        return When("after", Span(span.start, hit.end()), months, "surgery", bool(_EXAMINED.search(before)))
    if (hit := _LATER.match(text, at, end)):
        return When("later", Span(span.start, hit.end()), months, follow_up=bool(_EXAMINED.search(before)))
    if (hit := _BEFORE.match(text, at, end)):
        return When("before", Span(span.start, hit.end()), months)
    if (hit := _AGO.match(text, at, end)):
        return When("ago", Span(span.start, hit.end()), months)
    if (hit := _AFTER_ANY.match(text, at, end)):
        return When("after", Span(span.start, hit.end()), months, follow_up=bool(_VISITED.search(before)))
    if _HISTORY.match(text, at, end):
        return When("lasting", span, months)
    if (hit := _LEAD_POSTOP.search(before)):
        seen = "follow" in hit[0].lower()
        return When("after", Span(span.start - len(before) + hit.start(), at), months, "surgery", seen)
    if (hit := _LEAD_FOLLOW.search(before)):
        therapy = _POST_THERAPY.match(text, at, end)
        kind = "lasting" if _FOR.search(hit[0]) else "later"
        origin = "treatment" if therapy or hit["off"] else ""
        return When(kind, Span(span.start - len(before) + hit.start(), at), months, origin, follow_up=True)
    if (hit := _POST_THERAPY.match(text, at, end)) and (_LEAD_AFTER.search(before) or _LEAD_THERAPY.search(before)):
        return When("after", Span(span.start, hit.end()), months, "treatment")
    if (hit := _LEAD_AFTER.search(before)):
        return When("later", Span(span.start - len(before) + hit.start(), at), months)
    if months <= _LONG and (hit := _LEAD_AT.search(before)):
        return When("later", Span(span.start - len(before) + hit.start(), at), months, follow_up=True)
    return When("lasting", span, months)


def origin_of(word: str) -> str:
    """The origin that a word such as "hepatectomy" or "admission" stands for."""
    return next((origin for origin, pattern in _COMPILED if pattern.fullmatch(word)), "")


_COMPILED = [(origin, re.compile(pattern)) for origin, pattern in ORIGIN_WORDS.items()]


def _dates(text: str, start: int, end: int) -> Iterator[When]:
    for hit in _DATE.finditer(text, start, end):
        span, month = Span(hit.start(), hit.end()), _MONTHS[hit["month"][:3].lower()] - 1
        day = _fraction(hit["day"] or hit["day2"])
        if hit["year"]:
            yield When("date", span, int(hit["year"]) * 12 + month + day)
        elif hit["day"] or _BEFORE_MONTH.search(text, max(start, hit.start() - 12), hit.start()):
            yield When("date", span, month + day, known_year=False)
    for hit in _NUMERIC_DATE.finditer(text, start, end):
        if 1 <= int(hit["m"]) <= 12:
            months = int(hit["y"]) * 12 + int(hit["m"]) - 1 + _fraction(hit["d"])
            yield When("date", Span(hit.start(), hit.end()), months)
    for hit in _YEAR.finditer(text, start, end):
        yield When("date", Span(hit.start("year"), hit.end("year")), int(hit["year"]) * 12 + 5.5)


def _fraction(day: str | None) -> float:
    return (int(day) - 1) / 30.4375 if day else 0.0


def _days(text: str, start: int, end: int) -> Iterator[When]:
    """"on postoperative day 5", "on day 23", "in the 12th week of the disease"."""
    for hit in _DAY.finditer(text, start, end):
        if _AGE.match(text, hit.end(), end):
            continue
        if hit["day"]:
            months = in_months(number(hit["day"]) or 0.0, hit["u"].replace("pod", "day"))
        else:
            count = hit["ord"].lower()
            months = in_months(float(count) if count.isdigit() else _ORDINALS.get(count, 1.0), hit["unit"])
        post = (hit["post"] or hit["post2"] or "").lower()
        origin = "surgery" if post.startswith("p") or hit["u"] == "pod" else "presentation"
        yield When("after", Span(hit.start(), hit.end()), months, origin)
