"""How much of a treatment: radiation dose and fractions, a drug's dose, cycles."""

import re

from casebook.extract.finding import Cell
from casebook.extract.quantity import NUMBER, NUMBER_STARTS, number
from casebook.text.span import Span

_RADIATION = re.compile(
    r"(?<![\d.,])(?P<n>\d{1,2},\d{3}|\d{1,5}(?:[.,]\d{1,3})?)[\s-]?(?P<unit>c?Gy|cgy|centi-?[Gg]rays?|[Gg]rays?|GY"
    r"|rads?)(?![a-z])"
    r"(?P<times>\s?[×xX*]\s?\d{1,2})?(?P<each>[\s-]?(?:per|a|each|/|daily|once|single)[\s-]?(?:fraction|fx|day"
    r"|session|dose|daily|fractions)|\s+fractions)?"
)
_FRACTIONS = re.compile(
    rf"{NUMBER_STARTS}(?<![\d.])(?P<n>{NUMBER})[\s-]?(?:daily\s|single\s|equal\s|consecutive\s)?"
    r"(?:fractions?\b|fx\b|frs?\b|f\b(?!r)|times\b|sittings?\b|sessions?\b)",
)
_OFTEN = r"(?:once|twice|three\stimes|four\stimes|every\s(?:\d{1,2}\s)?(?:day|week|hour)s?)"
_DRUG = re.compile(
    r"(?<![\d.,/])(?P<n>\d{1,3}(?:,\d{3})+|\d{1,6}(?:[.,]\d{1,3})?)\s?(?P<unit>mg|mcg|µg|μg|microg|g|gr|grams?"
    r"|milligrams?|IU|units?|MU|mL|ml)"
    r"(?P<per>(?:(?:\s?/\s?|\sper\s)(?:m2|m²|m\^2|kg|kilogram|body\sweight|day|d|week|month|hour|h"
    r"|dose)(?!\w)){0,3})(?!\s?/\s?[mdu]?[lL]\b)(?!\w)"
    rf"(?P<often>,?\s(?:{_OFTEN}\s)?(?:daily|weekly|monthly|a\sday|a\sweek|per\sday)(?!\w)|\s{_OFTEN}(?!\w))?"
)
_PER = re.compile(r"/| per ")
_OF = re.compile(r"\s(?:of\s)?(?:(?:oral|intravenous|intramuscular|daily|IV)\s)?")
_PARTS = re.compile(r";|\.\s|\b(?:and|of|plus|then)\b")
_REACH = 60  # characters between a drug's name and its dose
_CYCLES = re.compile(
    rf"\b(?P<n>(?:{NUMBER})(?![-\d])|first|one\sof\sthe)(?:st|nd|rd|th)?\s(?:more\s|further\s|additional\s|full\s"
    rf"|complete\s|successive\s|"
    r"consecutive\s|monthly\s|(?:two|three|four)?-?weekly\s)?(?P<what>cycles?|courses?|infusions?)\b(?!\s+(?:later"
    r"|after))",
)
_UNITS = {
    "mcg": "µg",
    "μg": "µg",
    "microg": "µg",
    "gr": "g",
    "gram": "g",
    "grams": "g",
    "milligram": "mg",
    "milligrams": "mg",
    "unit": "IU",
    "units": "IU",
    "ml": "mL",
}
_PERS = {"m²": "m2", "m^2": "m2", "kilogram": "kg", "body weight": "kg", "d": "day", "h": "hour", "dose": ""}
_EACH = {
    "daily": "/day",
    "a day": "/day",
    "per day": "/day",
    "once daily": "/day",
    "once a day": "/day",
    "weekly": "/week",
    "once weekly": "/week",
    "monthly": "/month",
    "a week": "/week",
}
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")
_SUSPECT = 100  # a total dose above this many Gy was written in another unit


def radiation(text: str, lower: str, start: int, end: int) -> dict[str, Cell]:
    """dose (Gy), dose_unit and fractions that text[start:end] states, `lower` in lower case; a dose per fraction is no
    dose.
    """
    cells: dict[str, Cell] = {}
    for hit in _RADIATION.finditer(text, start, end):
        gray = _figure(hit["n"]) / (100 if hit["unit"].lower().startswith(("c", "rad")) else 1)
        end_of = hit.end("unit")
        if hit["times"]:
            gray, end_of = gray * float(hit["times"].strip(" ×xX*")), hit.end("times")
        if (
            (hit["each"] and not hit["times"])
            or gray > _SUSPECT
            or ("dose" in cells and gray <= float(cells["dose"].value))
        ):
            continue
        spans = (Span(hit.start("n"), end_of),)
        cells["dose"] = Cell(round(gray, 3), spans, "treatment.radiation_dose")
        cells["dose_unit"] = Cell("Gy", spans, "treatment.radiation_dose")
    for hit in _FRACTIONS.finditer(lower, start, end):
        value = number(hit["n"])
        if value and value == int(value) and value < 60:
            cells["fractions"] = Cell(int(value), (Span(hit.start("n"), hit.end()),), "treatment.fractions")
            break
    return cells


def drug(text: str, start: int, at: int, end: int, stop: int) -> dict[str, Cell]:
    """The dose of the drug named at [at, end): "40 mg of …" right before it, else the first up to `stop` after it."""
    before = list(_DRUG.finditer(text, max(start, at - _REACH), at))
    if before and _OF.fullmatch(text, before[-1].end(), at):
        return _dose(before[-1])
    hit = _DRUG.search(text, end, min(stop, end + _REACH))
    return _dose(hit) if hit and not _PARTS.search(text, end, hit.start()) else {}


def _dose(hit: re.Match[str]) -> dict[str, Cell]:
    unit = _UNITS.get(hit["unit"].lower(), hit["unit"])
    per = (" ".join(part.lower().split()) for part in _PER.split(hit["per"]))
    often = " ".join((hit["often"] or "").lower().replace(",", " ").split())
    unit = "/".join([unit, *filter(None, (_PERS.get(part, part) for part in per))])
    unit += _EACH.get(often) or (often and f" {often}")
    spans = (Span(hit.start(), hit.end()),)
    return {
        "dose": Cell(_figure(hit["n"]), spans, "treatment.drug_dose"),
        "dose_unit": Cell(unit, spans, "treatment.drug_dose"),
    }


def _figure(words: str) -> float:
    """ "1,000" is a thousand, "1,5" one and a half."""
    return float(words.replace(",", "") if _THOUSANDS.fullmatch(words) else words.replace(",", "."))


def cycles(lower: str, start: int, end: int) -> list[tuple[int, Cell]]:
    """(offset, number of cycles) in lower[start:end]; "the first cycle" and "one of the cycles" are one so far."""
    out = []
    for hit in _CYCLES.finditer(lower, start, end):
        words = hit["n"]
        if words == "first" or words.startswith("one of"):
            value: float | None = 1 if hit["what"].startswith("cycle") else None
        elif re.fullmatch(r"[\d.,]+", words) and lower[hit.end("n") : hit.end("n") + 2] in ("st", "nd", "rd", "th"):
            value = None
        else:
            value = number(words)
        if value and value == int(value):
            out.append((hit.start(), Cell(int(value), (Span(hit.start(), hit.end()),), "treatment.cycles")))
    return out
