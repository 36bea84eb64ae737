"""The review on one table: each patient while they are few, else the headline figures."""

from collections.abc import Mapping

import pandas as pd

from casebook.stats.refs import joined, refs

_PATIENT = {
    "patient": "patient",
    "spread": "metastasis to",
    "months": "months to the first",
    "studies": "studied by",
    "last": "at last report",
}


def at_a_glance(
    tables: Mapping[str, pd.DataFrame], patients: pd.DataFrame, few: int, figures: pd.DataFrame
) -> pd.DataFrame:
    """Up to `few` patients a row each: who, sites of metastases, months to the first of them, studies, vital status.

    Of more, a row for each of the headline `figures`: value, unit, interval, patients it rests on, of how many, why
    others are left out. The columns are named for readers.
    """
    return _patients(tables, patients) if len(patients) <= few else _figures(figures)


def _patients(tables: Mapping[str, pd.DataFrame], patients: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for patient in patients.to_dict("records"):
        sites, studies, outcomes = (
            tables[name][tables[name]["case_id"].eq(patient["case_id"])] for name in ("sites", "modalities", "outcomes")
        )
        met = sites[sites["role"].eq("metastasis") & sites["status"].eq("present")].drop_duplicates("site")
        first = met.sort_values("months_from_diagnosis", kind="stable").head(1)
        methods, vital = studies.drop_duplicates("modality"), outcomes[outcomes["endpoint"].eq("vital_status")]
        rows.append(
            {
                "patient": patient["who"],
                "patient@": joined(f"{patient['row_id']}.{c}" for c in ("age_years", "sex", "diagnosis")),
                "spread": ", ".join(met["site"].head(8)) or None,
                "spread@": joined(refs(met, "site").head(8)),
                "months": first["months_from_diagnosis"].iloc[0] if len(first) else None,
                "months@": joined(refs(first, "months_from_diagnosis")),
                "studies": ", ".join(methods["modality"]) or None,
                "studies@": joined(refs(methods, "modality")),
                "last": ", ".join(vital["value"]) or None,
                "last@": joined(refs(vital, "value")),
            }
        )
    frame = pd.DataFrame(rows, columns=[f"{name}{mark}" for name in _PATIENT for mark in ("", "@")])
    titles = {f"{name}{mark}": f"{title}{mark}" for name, title in _PATIENT.items() for mark in ("", "@")}
    return frame.astype({"months": "Float64"}).rename(columns=titles)


def _figures(figures: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "figure": figures["figure"],
            "value": [_short(row["estimate"], row["unit"]) for row in figures.to_dict("records")],
            "value@": figures["estimate@"].where(figures["estimate"].notna(), ""),
            "unit": figures["unit"],
            "interval": [_interval(row) for row in figures.to_dict("records")],
            "patients": figures["n"],
            "of": figures["of"],
            "left out": figures["left_out"],
        }
    )


def _interval(row: Mapping) -> str:
    if pd.isna(row["low"]) and pd.isna(row["high"]):
        return ""
    low, high = (_short(limit, row["unit"]) or "not reached" for limit in (row["low"], row["high"]))
    return f"{low} to {high}" + (" (quartiles)" if "quartiles" in row["method"] else "")


def _short(value: float, unit: str) -> str | None:
    """Per cent whole and times to three digits, for these numbers carry no more."""
    return None if pd.isna(value) else f"{value:.0f}" if unit == "%" else f"{value:.3g}"
