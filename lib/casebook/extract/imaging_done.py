"""Whether a study that the text names was done on the patient, guided a needle, or is only thought of."""

import re

from casebook.extract.matcher import Mention
from casebook.extract.reading import Reading

_VERB = (
    r"(?:performed|perform|done|obtained|carried out|available|feasible|possible|undertaken|reali[sz]ed|conducted"
    r"|made|executed"
    r"|ordered|requested|repeated|afford(?:ed)?|accessible|considered|indicated|taken|practi[cs]ed)"
)
_DENIED_AFTER = re.compile(
    rf"^[^.;]{{0,60}}?\b(?:(?:not|never|n't) (?:be |been |being )?(?:yet |routinely |initially |immediately )?{_VERB}"
    r"|unavailable|contra-?indicated|\d MHz\b[^.;,]{0,40}\bmin(?:utes)?\b"
    r"|(?:was|were) (?:refused|declined|deferred|postponed|withheld|cancell?ed|omitted)"
    r"|(?:is|are|was|were) (?:planned|scheduled|recommended|advised|proposed|suggested|awaited)\b"
    r"|will be|should be|to be (?:performed|done|repeated)|remains? the)"
)
_DENIED_BEFORE = re.compile(
    r"\b(?:(?:refus|declin)(?:ed|ing|al)(?: of| to (?:undergo|have|perform))?"
    r"|without(?: prior| any| preoperative)?|no(?: prior| previous| preoperative| other)?"
    r"|(?:tried|attempted) to (?:make|perform|obtain|do|get)"
    r"|unable to (?:undergo|have|perform|obtain|afford|do)"
    r"|(?:not|never|n't) (?:undergo|undergone|performed?|have|had|done?|obtain(?:ed)?|get|got|received?"
    r"|carr(?:y|ied) out|afford|required?|needed?|request(?:ed)?|proceed with|consider)"
    r"|(?:absence|lack|unavailability|inaccessibility|non-availability) of(?: access to)?|no access to|instead of"
    r"|rather than"
    r"|(?:recommend|advis|propos|plann|schedul|await)(?:ed|ing)?(?: (?:to (?:undergo|have|perform)|for|with))?"
    r"|should (?:undergo|have|be)|will (?:undergo|have|be)|consider(?:ed|ing)?|before|prior to|until|incompatible with"
    r"|(?:importance|role|value|utility|usefulness|necessity) of|(?:need|request) for)"
    r"\s(?:(?:an?|the|any|further|additional|serial|regular|annual|yearly|routine|follow-up|repeat|periodic|new|his|her"
    r"|\w{4,12}(?:al|ic|ed))\s){0,3}$",
)
_NO_STUDY = re.compile(
    r"\bno (?:(?!(?:a|an|the|that|was|were|had|and|on|in|at|by|with|after|but|of|to|for|from|since)\b)[\w()/-]+ ){0,5}$"
)
_WAS_DONE = re.compile(
    r"^[^.;,]{0,60}?\b(?:was|were|had been) (?:performed|done|obtained|carried out|taken|undertaken|conducted)\b"
)
"""With `_NO_STUDY`: "no ultrasound or CT was performed"."""
_NEXT_CLAUSE = re.compile(r",(?! (?:which|that|showing|revealing|demonstrating|and (?:it|this|these))\b)")
_ONLY_WHEN = re.compile(r"\b(?:before|prior to|until)\s(?:\w+\s){0,3}$")
_RESULT = re.compile(
    r"^[^.;]{0,90}?\b(?:show(?:ed|ing)|reveal(?:ed|ing)|demonstrat(?:ed|ing)|confirm(?:ed|ing)|disclosed|detected"
    r"|identified|found"
    r"|(?:was|were) normal|unremarkable|(?:was|were) (?:then |also |therefore |subsequently |immediately )?"
    r"(?:performed|done|obtained|carried out|taken|undertaken|conducted|repeated|reali[sz]ed))\b"
)
_GUIDES = re.compile(
    r"^\s?-?\s?(?:FNAB?|FNAC|FNB|TBNA|FNI)\b|^(?:\s?scan)?[\s-]{0,2}(?:guid(?:ed|ance)|control\b|navigat(?:ed|ion)|assist(?:ed|ance)|locali[sz]ation)",
    re.IGNORECASE,
)
_GUIDED_BY = re.compile(
    r"\b(?:guid(?:ed|ance|e)|control|assistance)\s(?:by|of|with|from|under)\s(?:the\s|an?\s)?(?:\w+\s){0,2}$",
)
_ACCORDING = re.compile(r"\baccording to (?:[\w-]+ ){0,6}\(?$")
_AS_DESCRIBED = re.compile(r"\b(?:performed|done|carried out|obtained)\b[^.;,]{0,40}\bas (?:previously )?described\b")
_UNDER = re.compile(r"\bunder (?:\w+\s)?$")
_CONTROLLED = re.compile(r"\b(?:under|with|by|through|using|in)\s(?:\w+\s){0,2}$")
"""Before "fluoroscopic control"; "an ultrasound control at six months" is a study."""
_EVIDENCE = re.compile(
    r"\s(?:scan\s|imaging\s)?(?:evidence|signs?|features?|findings?|abnormalit\w+|correlates?)\b", re.IGNORECASE
)
"""After the study of "no CT evidence of a fracture", which was done."""
_SEEN_ON = re.compile(
    r"\b(?:noted|seen|found|detected|discovered|observed|identified|diagnosed|visuali[sz]ed)"
    r"\s(?:incidentally\s)?(?:on|in|by|at|during|through)\s(?:an?\s|the\s|his\s|her\s|routine\s)?(?:[\w-]+\s){0,3}$",
)
_MEANT_AND_SHOWN = re.compile(
    r"(?:planned|scheduled|recommended|advised|proposed|suggested)\b[^.;]{0,90}\b(?:and|which|that)\s(?:it\s)?"
    r"(?:showed|revealed|demonstrated|disclosed|confirmed|found|detected|identified)\b"
)
"""A study that was planned and then told of: "CT was planned because of this sign and demonstrated"."""
_FAR = 60  # characters over which "commonly" or "if" does not reach a study
_THOUGHT_OF = ("planned", "refused", "hypothetical", "general", "cited", "other_patient", "family")
_SOMEBODY_ELSE = ("cited", "other_patient", "family")


def has_result(words: str) -> bool:
    """Whether `words` after a study tell that it was done or showed something."""
    return bool(_RESULT.search(words))


def guides(before: str, after: str) -> bool:
    """Whether the study between these words guides a needle or a knife."""
    by = _GUIDES.search(after)
    if by and by[0].strip(" -").lower() == "control" and not _CONTROLLED.search(before):
        by = None
    if by or _GUIDED_BY.search(before):
        return True
    return bool(_UNDER.search(before)) and ("guid" in after[:20] or "control" in after[:20])


def done(reading: Reading, mention: Mention, before: str, after: str) -> bool:
    """Whether the patient had this study; `before`, in lower case, and `after` are the words around it in its sentence.
    """
    denied, shown = _DENIED_AFTER.search(after), _RESULT.search(after)
    meant = denied and _MEANT_AND_SHOWN.search(after)
    if denied and not meant and (shown is None or shown.end() > denied.end()):
        return False
    if meant or not denied and _SEEN_ON.search(before):
        return not any(category in reading.modifiers(mention) for category in _SOMEBODY_ELSE)
    if "no " in before and _WAS_DONE.search(after) and _NO_STUDY.search(before):
        return False
    told = _RESULT.search(_NEXT_CLAUSE.split(after, 1)[0])
    if (
        _DENIED_BEFORE.search(before)
        and not told
        and not _EVIDENCE.match(after)
        and not (_ONLY_WHEN.search(before) and "patient" not in before)
    ):
        return False
    around = reading.modifiers(mention)
    for loose in ("general", "hypothetical"):
        if loose in around and abs(around[loose].cue.start - mention.start) > _FAR:
            del around[loose]
    if _ACCORDING.search(before) or _AS_DESCRIBED.search(after):
        around.pop("cited", None)
    return not any(category in around for category in (_SOMEBODY_ELSE if shown else _THOUGHT_OF))
