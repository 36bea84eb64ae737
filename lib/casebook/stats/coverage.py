"""What the reports state, deny, leave open, or do not say."""

from collections.abc import Mapping, Sequence

import pandas as pd

_TITLES = {
    "cases.age_years": "age",
    "cases.who_grade": "WHO grade",
    "symptoms.symptom": "symptoms",
    "sites.site": "sites of the disease",
    "sites.months_from_diagnosis": "when a site was found",
    "sites.confirmed_by": "how a site was confirmed",
    "modalities.modality": "imaging studies",
    "modalities.finding": "imaging findings",
    "modalities.months_from_diagnosis": "when a study was done",
    "treatments.kind": "treatments",
    "treatments.dose": "doses",
    "treatments.months_from_diagnosis": "when a treatment began",
    "outcomes.value": "outcomes",
    "outcomes.months": "when an outcome was seen",
}
_OPENING = {"symptom", "site", "modality", "kind", "endpoint", "value"}  # columns that say what a row is about
_IDENTITY = {"row_id", "case_id", "source_id", "path", "sha256", "characters", "study", "course", "rank", "reason"}


def coverage(tables: Mapping[str, pd.DataFrame], patients: pd.DataFrame, fields: Sequence[str]) -> pd.DataFrame:
    """One row per patient and field of the protocol ("cases.sex"): columns row (field), column (patient), answer, note.

    reported: a row has it and is not denied. denied, uncertain: all rows that have it are. not reported: no row has it.
    not applicable: a detail of rows of which the patient has none (no dose without a treatment). `note` says in how
    many rows.
    """
    names = patients.set_index("case_id")["patient"]
    return (
        pd.concat([_one(tables[field.split(".")[0]], names, field) for field in fields], ignore_index=True)
        if fields
        else (pd.DataFrame(columns=["row", "column", "answer", "note"]))
    )


def stated(states: pd.DataFrame) -> pd.DataFrame:
    """Per field of `coverage`, for how many patients something is said: columns label, n, of; `of` leaves out not
    applicable.
    """
    asked = states[states["answer"].ne("not applicable")]
    n = asked[asked["answer"].ne("not reported")].groupby("row").size()
    of = asked.groupby("row").size()
    fields = list(dict.fromkeys(states["row"]))
    return pd.DataFrame(
        {"label": fields, "n": [int(n.get(f, 0)) for f in fields], "of": [int(of.get(f, 0)) for f in fields]}
    )


def states_drawn(states: pd.DataFrame, few: int, most: int = 60) -> pd.DataFrame:
    """`coverage` as a chart draws it: of up to `few` patients as it is; of up to `most` a narrower map of fields and
    patients with columns group (empty) and told (of how many something is `stated`); of more, `stated`.
    """
    patients, counted = states["column"].nunique(), stated(states)
    if patients <= few or patients > most:
        return states if patients <= few else counted
    told = {row.label: f"{row.n}/{row.of}" for row in counted.itertuples()}
    return states.assign(group="", told=states["row"].map(told))[["group", "row", "column", "answer", "told"]]


def evidence_share(tables: Mapping[str, pd.DataFrame], evidence: pd.DataFrame) -> pd.DataFrame:
    """Per table: filled cells, those with a quote, those derived from other cells, those with neither.

    Identifiers, order and checksums are no statements and are not counted; of sources, only what is cited of them.
    """
    rows = []
    for name, frame in tables.items():
        if name == "evidence":
            continue
        columns = [
            c
            for c in frame.columns
            if c not in _IDENTITY and (name, c) not in (("sources", "status"), ("cases", "role"))
        ]
        filled = frame.set_index("row_id")[columns].notna().stack()
        keys = set(filled[filled].index)
        own = evidence[evidence["table"].eq(name)]
        quoted = keys.intersection(
            zip(own["row_id"][own["start"].notna()], own["column"][own["start"].notna()], strict=True)
        )
        derived = keys.intersection(zip(own["row_id"], own["column"], strict=True)) - quoted
        rows.append(
            {
                "table": name,
                "rows": len(frame),
                "filled cells": len(keys),
                "with a sentence": len(quoted),
                "derived": len(derived),
                "neither": len(keys) - len(quoted) - len(derived),
            }
        )
    return pd.DataFrame(rows)


def _one(frame: pd.DataFrame, names: pd.Series, field: str) -> pd.DataFrame:
    table, column = field.split(".")
    own = frame[frame["case_id"].isin(names.index)]
    filled = own[own[column].notna()]
    rows, having = own.groupby("case_id").size(), filled.groupby("case_id").size()
    answer = pd.Series(
        "not reported" if table == "cases" or column in _OPENING else "not applicable", index=names.index
    )
    answer[answer.index.isin(own["case_id"])] = "not reported"
    status = filled["status"] if "status" in filled else pd.Series("present", index=filled.index)
    said = status.map({"absent": "denied", "uncertain": "uncertain"}).fillna("reported")
    for kind in ("denied", "uncertain", "reported"):
        answer[answer.index.isin(filled["case_id"][said.eq(kind)])] = kind
    several = table != "cases" and column not in _OPENING
    of, told = rows.to_dict(), having.to_dict()
    note = [f"{told.get(case, 0)} of {of[case]}" if several and case in of else "" for case in names.index]
    return pd.DataFrame(
        {
            "row": _TITLES.get(field, f"{table}: {column}" if table != "cases" else column).replace("_", " "),
            "column": names.to_numpy(),
            "answer": answer.to_numpy(),
            "note": note,
        }
    )
