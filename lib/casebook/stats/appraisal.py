"""What reviewers answered to the items of the JBI checklist and of Murad's tool: whether a report can be trusted.

Neither is added up to a score: the items are of unequal weight, and Murad (2018) advises against a sum. Nothing here is
answered by machine, and nothing of it is reporting, which `stats.care` looks at.
"""

from collections.abc import Mapping

import pandas as pd

from casebook.stats.patients import named
from casebook.stats.proportions import share
from casebook.text.amounts import counted

# (domain, item in short words); the numbers count from 1
INSTRUMENTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "JBI": (  # JBI checklist for case reports (Moola 2020)
        ("", "demographic characteristics described"),
        ("", "history described, as a timeline"),
        ("", "condition on presentation described"),
        ("", "diagnostic tests and results described"),
        ("", "intervention or treatment described"),
        ("", "condition after intervention described"),
        ("", "harms or unanticipated events described"),
        ("", "takeaway lessons"),
    ),
    "Murad": (  # Murad 2018, tool for case reports and case series
        ("selection", "whole experience of the centre"),
        ("ascertainment", "exposure ascertained"),
        ("ascertainment", "outcome ascertained"),
        ("causality", "alternative causes ruled out"),
        ("causality", "challenge and rechallenge"),
        ("causality", "dose-response"),
        ("causality", "follow-up long enough"),
        ("reporting", "enough detail to replicate or decide"),
    ),
}
OPEN, DIFFER = "not yet appraised", "appraisers differ"
_COLUMNS = ["item", "group", "label", "case_id", "patient", "answer", "note"]


def appraised(cases: pd.DataFrame, answers: pd.DataFrame, instrument: str) -> pd.DataFrame:
    """A row per item of `instrument` and patient of the reports themselves; `answers` are those of `Review.appraisal`.

    An answer for a source holds for each of its patients. Two appraisers who differ are shown so, with both answers in
    `note`; nobody is taken for right.
    """
    patients = named(cases)
    patients = patients[patients["role"].eq("index")]
    own = answers[answers["instrument"].eq(instrument)]
    given: dict[tuple[str, int], list[dict]] = {}
    for row in own.to_dict("records"):
        given.setdefault((row["case_id"], row["item"]), []).append(row)
    rows = []
    each = list(zip(*(patients[name] for name in ("case_id", "source_id", "patient")), strict=True))
    for item, (domain, words) in enumerate(INSTRUMENTS[instrument], 1):
        for case, source, patient in each:
            said = given.get((case, item), []) + given.get((source, item), [])
            different = {row["answer"] for row in said}
            answer = DIFFER if len(different) > 1 else next(iter(different), OPEN)
            note = "; ".join(_told(row, len(different) > 1) for row in said)
            place = (item, domain, f"{item} {words}", case, patient)
            rows.append((*place, answer, note or None))
    return pd.DataFrame(rows, columns=_COLUMNS)


def unplaced(cases: pd.DataFrame, answers: pd.DataFrame) -> pd.DataFrame:
    """The answers that name no patient and no source of this review, so that a slip of the pen is seen."""
    index = cases[cases["role"].eq("index")]
    return answers[~answers["case_id"].isin({*index["case_id"], *index["source_id"]})]


def appraisal_told(cases: pd.DataFrame, answers: pd.DataFrame, instrument: str) -> str:
    """How much of an instrument is answered, by whom, and what could not be placed."""
    found = appraised(cases, answers, instrument)
    done = found[found["answer"].ne(OPEN)]
    who = list(dict.fromkeys(answers["who"][answers["instrument"].eq(instrument)].dropna()))
    lost = int(unplaced(cases, answers)["instrument"].eq(instrument).sum())
    patients = found["case_id"].nunique()
    text = (
        f"{len(done):,} of {counted(len(found), 'item')} of {counted(patients, 'patient')} answered"
    )
    text += f", by {', '.join(who)}" if who else "; a person fills them in appraisal.csv beside the protocol"
    named_nobody = f" {counted(lost, 'answer names', 'answers name')} no patient of this review."
    return f"{text}.{named_nobody if lost else ''}"


def appraisal_table(found: pd.DataFrame) -> pd.DataFrame:
    """Per item of `appraised`: how often each answer was given, with Wilson's interval of yes among those answered.

    No rows where nobody has answered yet.
    """
    rows: list[dict] = []
    for label, own in found.groupby("label", sort=False) if found["answer"].ne(OPEN).any() else ():
        counts = {str(answer): int(n) for answer, n in own["answer"].value_counts().items()}
        asked = len(own) - counts.get("not applicable", 0) - counts.get(OPEN, 0)
        domain = {"domain": own["group"].iloc[0]} if own["group"].iloc[0] else {}
        yes = share(counts.get("yes", 0), asked) if asked else None
        others = {name: counts.get(name, 0) for name in ("no", "unclear", DIFFER, "not applicable", OPEN)}
        rows.append({**domain, "item": label, "yes": yes, **others})
    return pd.DataFrame(rows, columns=None if rows else ["domain", "item", "yes"])


def remarks(cases: pd.DataFrame, answers: pd.DataFrame) -> pd.DataFrame:
    """What appraisers noted, and where they differ: columns instrument, patient, item, answer, note."""
    parts = []
    noted = answers[answers["note"].notna()]
    for instrument in INSTRUMENTS:
        found = appraised(cases, answers, instrument)
        with_note = appraised(cases, noted, instrument)["answer"].ne(OPEN)
        found = found[found["answer"].eq(DIFFER) | with_note]
        parts.append(found.assign(instrument=instrument, item=found["label"]))
    return pd.concat(parts, ignore_index=True)[["instrument", "patient", "item", "answer", "note"]]


def marks(found: pd.DataFrame, good: str, most: int = 60) -> pd.DataFrame:
    """`care` or `appraised` as a chart draws it: group, row, column, answer, told (how many are `good`, of how many).

    Of more than `most` patients only the counts: label, n, of. Who is not judged, not appraised, or to whom an item
    does not apply, is not counted among them.
    """
    asked = found[~found["answer"].isin((OPEN, "not judged", "not applicable"))]
    n = asked[asked["answer"].eq(good)].groupby("label").size()
    of = asked.groupby("label").size()
    if found["patient"].nunique() > most:
        labels = list(dict.fromkeys(found["label"]))
        return pd.DataFrame(
            {"label": labels, "n": [int(n.get(x, 0)) for x in labels], "of": [int(of.get(x, 0)) for x in labels]}
        )
    told = found["label"].map(lambda label: f"{n.get(label, 0)}/{of[label]}" if label in of.index else "–")
    rows = found["part"] if "part" in found else found["label"]
    several = found.groupby("label")["label"].transform("size").ne(found.groupby("item")["label"].transform("size"))
    group = (found["item"].astype(str) + " " + found["title"]).where(several, "") if "part" in found else found["group"]
    row = rows.where(several, found["label"]) if "part" in found else rows
    return pd.DataFrame(
        {"group": group, "row": row, "column": found["patient"], "answer": found["answer"], "told": told}
    )


def _told(row: Mapping, differ: bool) -> str:
    words = [row["who"]] if pd.isna(row["note"]) else [row["who"], row["note"]]
    return ": ".join([*words[:1], row["answer"], *words[1:]] if differ else words)
