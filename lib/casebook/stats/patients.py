"""Short names for patients, and what the reports say of each of them, side by side."""

import pandas as pd

from casebook.stats.refs import joined, refs
from casebook.stats.words import months

_PERSON = {"male": "man", "female": "woman"}
_FIELDS = {
    "age_years": "age, years",
    "sex": "sex",
    "diagnosis": "first diagnosis",
    "who_grade": "its WHO grade",
    "latest_diagnosis": "latest diagnosis",
    "latest_who_grade": "its WHO grade ",
    "primary_site": "primary site",
    "laterality": "side",
}
_DENIED = {"absent": "no ", "uncertain": "possibly "}


def named(cases: pd.DataFrame) -> pd.DataFrame:
    """`cases` plus `patient` (Patient 1, 2 … in the order of the table; Cited 1, 2 …) and `who`: that with sex, age,
    diagnosis.
    """
    index = cases["role"].eq("index")
    order = (index.groupby(index).cumcount() + 1).astype(str)
    patient = index.map({True: "Patient ", False: "Cited "}).astype(object) + order
    told = zip(patient, *(cases[name] for name in ("sex", "age_years", "diagnosis")), strict=True)
    who = [", ".join([name, *_said(*said)]) for name, *said in told]
    return cases.assign(patient=patient.astype("string"), who=pd.array(who, dtype="string"))


def of_patients(frame: pd.DataFrame, patients: pd.DataFrame) -> pd.DataFrame:
    """Rows of `frame` that belong to `patients`, in their order, with their `patient` and `who`."""
    order = pd.Series(range(len(patients)), index=patients["case_id"])
    own = frame[frame["case_id"].isin(patients["case_id"])]
    own = own.iloc[own["case_id"].map(order).argsort(kind="stable")]
    names = patients.set_index("case_id")
    return own.assign(patient=own["case_id"].map(names["patient"]), who=own["case_id"].map(names["who"])).reset_index(
        drop=True
    )


def side_by_side(patients: pd.DataFrame, symptoms: pd.DataFrame, few: int) -> pd.DataFrame:
    """One column per patient for up to `few` patients, a row per field. More patients: a row per patient, a column per
    field.
    """
    said = {column: title for column, title in _FIELDS.items() if patients[column].notna().any()}
    if len(patients) > few:
        return _listed(patients, symptoms, said)
    table = pd.DataFrame({"field": [*said.values(), "symptoms"]})
    for row in patients.to_dict("records"):
        own = symptoms[symptoms["case_id"].eq(row["case_id"])]
        words = [_symptom(symptom) for symptom in own.to_dict("records")]
        table[row["patient"]] = pd.array([*(_value(row[c]) for c in said), "; ".join(words) or None], dtype="string")
        cells = [f"{row['row_id']}.{c}" if pd.notna(row[c]) else "" for c in said]
        table[row["patient"] + "@"] = [*cells, joined(refs(own, "symptom"))]
    return table[table.drop(columns="field").notna().any(axis=1)].reset_index(drop=True)


def cited(cases: pd.DataFrame, sites: pd.DataFrame) -> pd.DataFrame:
    """Patients whom the reports cite, with `patient` and `spread` (the sites of their metastases)."""
    own = named(cases)
    own = own[own["role"].eq("cited")]
    met = sites[sites["role"].eq("metastasis") & sites["status"].eq("present")]
    places = met.groupby("case_id")["site"].agg(lambda names: ", ".join(dict.fromkeys(names)))
    cells = met.assign(refs=refs(met, "site")).groupby("case_id")["refs"].agg(joined)
    return (
        own.assign(
            **{
                "spread": own["case_id"].map(places).astype("string"),
                "spread@": own["case_id"].map(cells).fillna(""),
                "diagnosis@": refs(own, "diagnosis"),
                "primary_site@": refs(own, "primary_site"),
            }
        )
        .drop(columns="row_id")
        .reset_index(drop=True)
    )


def _listed(patients: pd.DataFrame, symptoms: pd.DataFrame, said: dict[str, str]) -> pd.DataFrame:
    table = pd.DataFrame({"patient": patients["patient"]})
    for column, title in said.items():
        table[title] = patients[column].map(_value, na_action="ignore").astype("string")
        table[title + "@"] = refs(patients, column)
    words = pd.Series([_symptom(symptom) for symptom in symptoms.to_dict("records")], symptoms.index, dtype="object")
    table["symptoms"] = patients["case_id"].map(words.groupby(symptoms["case_id"]).agg("; ".join)).astype("string")
    table["symptoms@"] = patients["case_id"].map(refs(symptoms, "symptom").groupby(symptoms["case_id"]).agg(joined))
    return table.fillna({"symptoms@": ""}).reset_index(drop=True)


def _said(sex, years, diagnosis) -> list[str]:
    person = _PERSON.get(sex if pd.notna(sex) else "", "")
    age = f"{years:.3g}" if pd.notna(years) else ""
    who = f"{person} of {age}" if person and age else person or (f"aged {age}" if age else "")
    return [text for text in (who, diagnosis if pd.notna(diagnosis) else "") if text]


def _symptom(row: dict) -> str:
    lasted = f" ({months(row['duration_months'])})" if pd.notna(row["duration_months"]) else ""
    return _DENIED.get(row["status"], "") + row["symptom"] + lasted


def _value(value: object) -> str | None:
    if pd.isna(value):
        return None
    return f"{value:.3g}" if isinstance(value, int | float) else str(value)
