"""Which study showed what, where; and the signals of patients beside those that reference articles call typical."""

import pandas as pd

from casebook.stats.counts import counts
from casebook.stats.patients import of_patients
from casebook.stats.refs import all_refs, joined

_STRENGTH = {"present": 0, "uncertain": 1, "absent": 2}
_SAYS = ("finding", "qualifier", "status", "value", "sequence", "site")


def detection(modalities: pd.DataFrame, patients: pd.DataFrame, few: int, first: int = 20) -> pd.DataFrame:
    """Up to `few` patients: columns row (site), column (modality), answer, panel (patient); a blank meeting was not
    reported.

    Where one modality gave several answers for a site, present outweighs uncertain outweighs absent. More patients:
    columns label ("MRI: temporal lobe"), n, of; `of` counts the patients studied by that modality.
    """
    own = modalities[modalities["case_id"].isin(patients["case_id"]) & modalities["site"].notna()]
    if len(patients) > few:
        shown = own[own["status"].eq("present")]
        table = counts(shown.assign(label=shown["modality"] + ": " + shown["site"]), "label", first=first)
        return table.assign(of=table["label"].str.split(":").str[0].map(own.groupby("modality")["case_id"].nunique()))
    names = patients.set_index("case_id")["patient"]
    table = pd.DataFrame(
        {"row": own["site"], "column": own["modality"], "answer": own["status"], "panel": own["case_id"].map(names)}
    )
    strongest = table.iloc[table["answer"].map(_STRENGTH).argsort(kind="stable")]
    return strongest.drop_duplicates(["row", "column", "panel"]).sort_index().reset_index(drop=True)


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
    said = _said(own).where(own["finding"].notna(), bare.astype("string"))
    own = own.assign(said=said, place=_place(own).where(own["site"].notna()), study=_study(own))
    return own.assign(
        **{
            "said@": all_refs(own, ("finding", "qualifier", "status", "value")),
            "place@": all_refs(own, ("site", "role")),
            "study@": all_refs(own, ("modality", "sequence")),
        }
    )


def signals(modalities: pd.DataFrame, patients: pd.DataFrame, few: int) -> pd.DataFrame:
    """Signals by sequence: columns study (modality and sequence), own (the patients), typical (reference articles).

    Only rows that name a sequence or tracer, and spectroscopy. Up to `few` patients are told one by one with the place
    of the signal; of more patients, the findings are counted.
    """
    named = modalities[
        modalities["finding"].notna() & (modalities["sequence"].notna() | modalities["modality"].eq("MR spectroscopy"))
    ]
    own, typical = of_patients(named, patients), named[named["case_id"].isna()]
    if len(patients) <= few:
        own = own.assign(place=own["patient"] + ", " + _place(own), words=_said(own))
    else:
        own = own.assign(place="of the patients", words=_counted(own))
    typical = typical.assign(
        place=_place(typical),
        words=_said(typical.assign(qualifier=typical["qualifier"].where(typical["qualifier"].ne("typical")))),
    )
    table = pd.DataFrame({"study": sorted({*_study(own), *_study(typical)})})
    for name, part in (("own", own), ("typical", typical)):
        by_study = part.assign(cells=all_refs(part, _SAYS)).groupby(_study(part))
        table[name] = table["study"].map({study: _lines(rows) for study, rows in by_study}).astype("string")
        table[f"{name}@"] = (
            table["study"]
            .map({study: joined("\n".join(rows["cells"]).split("\n")) for study, rows in by_study})
            .fillna("")
        )
    return table


def _lines(rows: pd.DataFrame, most: int = 12) -> str:
    """A line per place with what was said of it, each once."""
    lines = [
        f"{place}: {'; '.join(dict.fromkeys(words))}" for place, words in rows.groupby("place", sort=False)["words"]
    ]
    return "\n".join(lines[:most] + [f"and {len(lines) - most} more"] * (len(lines) > most))


def _counted(own: pd.DataFrame) -> pd.Series:
    """ "hyperintense in 12" for each row, the patients of that study with that finding."""
    words = _said(own.assign(qualifier=pd.NA, value=pd.NA))
    return words + " in " + own.groupby([_study(own), words])["case_id"].transform("nunique").astype(str)


def _study(frame: pd.DataFrame) -> pd.Series:
    return frame["modality"] + (" " + frame["sequence"]).fillna("")


def _place(frame: pd.DataFrame) -> pd.Series:
    return frame["site"].fillna("site not named") + (" (" + frame["role"] + ")").fillna("")


def _said(frame: pd.DataFrame) -> pd.Series:
    """The finding with its qualifier and value; "no" before what is denied."""
    deny = frame["status"].map({"absent": "no ", "uncertain": "possibly ", "present": ""}).fillna("")
    value = frame["value"].map(lambda value: f", {value:.4g}", na_action="ignore").astype("string") + (
        " " + frame["unit"]
    ).fillna("")
    return (deny + frame["finding"].fillna("") + (", " + frame["qualifier"]).fillna("") + value.fillna("")).astype(
        "string"
    )
