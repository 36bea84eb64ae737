"""The signals of patients beside those that reference articles call typical."""

import pandas as pd

from casebook.stats.imaging import place, said, study
from casebook.stats.patients import of_patients
from casebook.stats.refs import BREAK, all_refs, joined
from casebook.text.amounts import counted

_CELLS = ("finding", "qualifier", "status", "value", "sequence", "site")


def signals(modalities: pd.DataFrame, patients: pd.DataFrame, few: int, most: int = 6) -> pd.DataFrame:
    """Signals by sequence: columns study (modality and sequence), n, of, patients ("n/of"), own (what was observed in
    them), typical (what reference articles state).

    Only rows that name a sequence or tracer, and spectroscopy. `n` are the patients of whom such a signal is told, `of`
    those studied by the modality. Up to `few` patients are told one by one with the place of the signal. Of more
    patients, the `most` frequent findings of each study are counted apart for each role of the place, the commonest
    study first.
    """
    named = modalities[
        modalities["finding"].notna() & (modalities["sequence"].notna() | modalities["modality"].eq("MR spectroscopy"))
    ]
    own, typical = of_patients(named, patients), named[named["case_id"].isna()]
    one_by_one = len(patients) <= few
    table = pd.DataFrame({"study": _studies(own, typical, one_by_one)})
    for name, rows in (("own", own), ("typical", typical)):
        told, cells = {}, {}
        for which, part in rows.groupby(study(rows)):
            told[which] = _by_place(part) if one_by_one or name == "typical" else _counted(part, most)
            cells[which] = joined(ref for refs in all_refs(part, _CELLS) for ref in refs.split(BREAK))
        table[name] = table["study"].map(told).astype("string")
        table[f"{name}@"] = [cells.get(which, "") for which in table["study"]]
    n = own.groupby(study(own))["case_id"].nunique()
    asked = of_patients(modalities, patients).groupby("modality")["case_id"].nunique()
    method = pd.concat([own, typical]).assign(study=lambda rows: study(rows)).drop_duplicates("study")
    of = table["study"].map(method.set_index("study")["modality"].map(asked))
    table = table.assign(n=table["study"].map(n).fillna(0).astype("int64"), of=of.fillna(0).astype("int64"))
    both = table["n"].astype("string") + "/" + table["of"].astype("string")
    return table.assign(patients=both.where(table["of"].gt(0)))


def _studies(own: pd.DataFrame, typical: pd.DataFrame, one_by_one: bool) -> list[str]:
    names = sorted({*study(own), *study(typical)})
    if one_by_one:
        return names
    patients = own.groupby(study(own))["case_id"].nunique()
    return sorted(names, key=lambda name: -patients.get(name, 0))


def _by_place(rows: pd.DataFrame) -> str:
    """A line per patient and place with what was said of it, each once; "typical" goes without saying."""
    words = said(rows.assign(qualifier=rows["qualifier"].where(rows["qualifier"].ne("typical"))))
    where = (rows["patient"] + ", " if "patient" in rows else "") + place(rows)
    return BREAK.join(f"{name}: {'; '.join(dict.fromkeys(part))}" for name, part in words.groupby(where, sort=False))


def _counted(rows: pd.DataFrame, most: int) -> str:
    """A line per role of the place with its `most` frequent findings, and the number of patients of each."""
    words = said(rows.assign(qualifier=pd.NA, value=pd.NA))
    lines = []
    for role, own in rows.groupby(rows["role"].fillna("place not named"), sort=True):
        by = own.groupby(words[own.index])["case_id"].nunique()
        order = sorted(by.index, key=lambda finding: (-by[finding], finding))
        others = f"; {counted(len(order) - most, 'other finding')}" if len(order) > most else ""
        of = own["case_id"].nunique()
        lines.append(f"{role}: " + "; ".join(f"{finding} {by[finding]:,}/{of:,}" for finding in order[:most]) + others)
    return BREAK.join(lines)
