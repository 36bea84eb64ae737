"""The same patient told twice: shown with its reasons, decided by a person, and counted once from then on."""

import re
from collections.abc import Iterator, Mapping
from itertools import combinations

import pandas as pd

from casebook.curate.anchor import plain
from casebook.readers.bibliography import surname, words

COLUMNS = ("case_id", "other", "why", "answer", "who", "why@")  # the last: the cells that agree, a line each
_YEARS = 1  # between the ages that two reports give
_OPENING = 4_000  # characters in which authors stand with their addresses
_CENTRE = re.compile(
    r"(?:\b[A-Z][\w'’-]{1,20} ){0,4}\b(?:University|Hospital|Institute|Clinic|College|Cent(?:er|re))\b"
    r"(?: (?:of|for) (?:[A-Z][\w'’-]{1,20} ?){1,3})?"
)
_GENERAL = frozenset("university hospital institute clinic college center centre medical the of for and school".split())
_DATE = re.compile(
    r"\b(?:(\d{1,2})(?:st|nd|rd|th)? )?(January|February|March|April|May|June|July|August|September|October|November|"
    r"December),? (?:(\d{1,2}),? )?((?:19|20)\d\d)\b"
)


def same_patients(frames: Mapping[str, pd.DataFrame], texts: Mapping[str, str], held: pd.DataFrame) -> pd.DataFrame:
    """Two patients of different sources who may be one: `case_id`, `other`, why; and of a pair that was decided on
    `answer` (same, different) and `who`.

    Of two patients of one diagnosis, sex and age (give or take a year), who differ in no site, those are shown whose
    reports share an author, a centre or a date. `frames` are those of the machine.
    """
    cases = frames["cases"]
    own = cases[cases["role"].eq("index") & cases["age_years"].notna() & cases["sex"].notna()]
    own = own[own["diagnosis"].notna() & own["case_id"].str.rpartition("/")[0].isin(list(texts))] if len(own) else own
    people = [_Person(row, frames, texts) for row in own.to_dict("records")]
    said = {pair: rows[-1] for pair, rows in answered(held).items()}
    rows = []
    for one, two in _pairs(people):
        why = _reasons(one, two)
        if why or frozenset((one.case_id, two.case_id)) in said:
            answer = said.get(frozenset((one.case_id, two.case_id)), {})
            rows.append((two.case_id, one.case_id, why, answer.get("action"), answer.get("who"), _cells(one, two)))
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype("string")


def answered(held: pd.DataFrame) -> dict[frozenset[str], list[dict]]:
    """What each person last said of two patients, by the pair, in time order."""
    found: dict[frozenset[str], dict[str, dict]] = {}
    for row in held[held["action"].isin(("same", "different"))].to_dict("records"):
        by = found.setdefault(frozenset((row["case_id"], row["new"])), {})
        by.pop(row["who"], None)
        by[row["who"]] = row
    return {pair: list(by.values()) for pair, by in found.items()}


def as_roles(held: pd.DataFrame, frames: Mapping[str, pd.DataFrame]) -> tuple[pd.DataFrame, list[dict]]:
    """`held` with each patient who is another told again made one that is cited; and the decisions that need a look.

    Where somebody else says that the two are different, that is an answer for the same cell, so that it is in dispute
    and can be settled like any other.
    """
    plain_rows = held[~held["action"].isin(("same", "different"))]
    known = set(frames["cases"]["case_id"])
    sources = frames["sources"]
    read = set(sources["source_id"][sources["status"].eq("included")])
    roles, lost = [], []
    for rows in answered(held).values():
        merged = [row for row in rows if row["action"] == "same"]
        for row in merged:
            if row["new"] not in known or row["new"].rpartition("/")[0] not in read:
                lost.append({**row, "why": f"the patient {row['new']} is no longer among the reports"})
            else:
                roles.append({**row, "action": "change", "new": "cited"})
        if merged and len(merged) < len(rows):
            apart = [row for row in rows if row["action"] == "different"]
            about = {name: merged[0][name] for name in ("row_id", "case_id", "source_id", "old")}
            roles += [{**row, **about, "action": "confirm", "new": "index"} for row in apart]
    if not roles:
        return plain_rows, lost
    return pd.concat([plain_rows, pd.DataFrame(roles, columns=held.columns, dtype="string")]), lost


class _Person:
    def __init__(self, row: Mapping, frames: Mapping[str, pd.DataFrame], texts: Mapping[str, str]):
        self.row, self.row_id, self.case_id = row, row["row_id"], row["case_id"]
        self.source_id = self.case_id.rpartition("/")[0]
        self.age, self.sex = float(row["age_years"]), str(row["sex"])
        self.diagnosis = frozenset(words(str(row["diagnosis"])).split())
        self._frames, self._text = frames, texts.get(self.source_id, "")

    @property
    def authors(self) -> frozenset[str]:
        sources = self._frames["sources"]
        told = plain(sources["authors"][sources["source_id"].eq(self.source_id)].iloc[0])
        names = [name.strip() for name in told.split(";") if name.strip()]
        return frozenset(f"{surname(name)} {_initial(name)}".strip() for name in names)

    @property
    def centres(self) -> frozenset[str]:
        found = (words(hit[0]) for hit in _CENTRE.finditer(self._text, 0, _OPENING))
        return frozenset(name for name in found if set(name.split()) - _GENERAL)

    @property
    def dates(self) -> frozenset[str]:
        return frozenset(" ".join(filter(None, (h[1] or h[3], h[2], h[4]))) for h in _DATE.finditer(self._text))

    @property
    def sites(self) -> frozenset[str]:
        sites = self._frames["sites"]
        own = sites[sites["case_id"].eq(self.case_id) & sites["status"].eq("present")]
        return frozenset(own["site"].dropna()) | frozenset(filter(None, [plain(self.row["primary_site"])]))


def _initial(name: str) -> str:
    given = words(name.partition(",")[2] or name.rpartition(" ")[2])
    return given[:1] if "," in name or name.rpartition(" ")[2].isupper() else words(name)[:1]


def _pairs(people: list[_Person]) -> Iterator[tuple[_Person, _Person]]:
    """Those of one sex, age and diagnosis in two sources."""
    by: dict[tuple[str, int], list[_Person]] = {}
    order = {person.case_id: at for at, person in enumerate(people)}
    for person in people:
        for age in {int(person.age), int(person.age) + 1}:
            by.setdefault((person.sex, age), []).append(person)
    found = {
        (order[one.case_id], order[two.case_id]): (one, two)
        for several in by.values()
        for one, two in combinations(several, 2)
        if one.source_id != two.source_id
        and abs(one.age - two.age) <= _YEARS
        and (one.diagnosis <= two.diagnosis or two.diagnosis <= one.diagnosis)
    }
    for pair in sorted(found):
        yield found[pair]


def _cells(*people: _Person) -> str:
    return "\n".join(f"{person.row_id}.{column}" for person in people for column in ("age_years", "sex", "diagnosis"))


def _reasons(one: _Person, two: _Person) -> str:
    """What the two have in common; empty where that is no more than other patients have."""
    primary = {plain(person.row["primary_site"]) for person in (one, two)} - {""}
    sites = one.sites & two.sites
    if (len(primary) == 2 and not sites) or (one.sites and two.sites and not sites):
        return ""
    shared = {"author": one.authors & two.authors, "centre": one.centres & two.centres, "date": one.dates & two.dates}
    told = [f"{name} {', '.join(sorted(common))}" for name, common in shared.items() if common]
    if not told:
        return ""
    ages = " and ".join(dict.fromkeys(plain(person.row["age_years"]) for person in (one, two)))
    of_sites = [f"site {', '.join(sorted(sites))}"] if sites else []
    return "; ".join([f"age {ages}", one.sex, plain(two.row["diagnosis"]), *of_sites, *told])
