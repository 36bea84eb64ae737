"""Which study showed what, where."""

import pandas as pd

from casebook.stats.patients import of_patients
from casebook.stats.refs import all_refs


def findings(modalities: pd.DataFrame, patients: pd.DataFrame) -> pd.DataFrame:
    """Rows of `modalities` of `patients` with `who`, and in words `study` (and sequence), `place` (and role), `said`.

    A place without a finding is told as seen or not seen there; a study that only names its method says neither.
    """
    own = of_patients(modalities, patients)
    bare = (
        own["status"]
        .map({"present": "seen", "absent": "not seen", "uncertain": "uncertain"})
        .where(own["site"].notna())
    )
    words = said(own).where(own["finding"].notna(), bare.astype("string"))
    own = own.assign(said=words, place=place(own).where(own["site"].notna()), study=study(own))
    return own.assign(
        **{
            "said@": all_refs(own, ("finding", "qualifier", "status", "value")),
            "place@": all_refs(own, ("site", "role")),
            "study@": all_refs(own, ("modality", "sequence")),
        }
    )


def study(frame: pd.DataFrame) -> pd.Series:
    return frame["modality"] + (" " + frame["sequence"]).fillna("")


def place(frame: pd.DataFrame) -> pd.Series:
    return frame["site"].fillna("site not named") + (" (" + frame["role"] + ")").fillna("")


def said(frame: pd.DataFrame) -> pd.Series:
    """The finding with its qualifier and value; "no" before what is denied."""
    deny = frame["status"].map({"absent": "no ", "uncertain": "possibly ", "present": ""}).fillna("")
    value = frame["value"].map(lambda value: f", {value:.4g}", na_action="ignore").astype("string") + (
        " " + frame["unit"]
    ).fillna("")
    return (deny + frame["finding"].fillna("") + (", " + frame["qualifier"]).fillna("") + value.fillna("")).astype(
        "string"
    )
