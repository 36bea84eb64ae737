"""Treatments, outcomes, and the time between them."""

from collections.abc import Sequence

import pandas as pd

from casebook.stats.patients import of_patients
from casebook.stats.refs import all_refs, refs
from casebook.text.amounts import plural

_TO = {
    "recurrence": "diagnosis to recurrence",
    "extension": "diagnosis to extension",
    "metastasis": "diagnosis to metastasis",
}


def case_treatments(treatments: pd.DataFrame, patients: pd.DataFrame) -> pd.DataFrame:
    """Courses of `patients` with `what` (agent, else extent of resection) and `amount` (dose, fractions, cycles)."""
    own = of_patients(treatments, patients)
    figure = own["dose"].map(lambda value: f"{value:.4g}", na_action="ignore").astype("string")
    dose = figure + (" " + own["dose_unit"]).fillna("")
    parts = (dose, _some(own["fractions"], "fraction"), _some(own["cycles"], "cycle"))
    amount = [", ".join(text for text in texts if pd.notna(text)) or None for texts in zip(*parts, strict=True)]
    own = own.assign(what=own["agent"].fillna(own["extent"]), amount=pd.array(amount, dtype="string"))
    return own.assign(
        **{"what@": all_refs(own, ("agent", "extent")), "amount@": all_refs(own, ("dose", "fractions", "cycles"))}
    )


def case_outcomes(outcomes: pd.DataFrame, patients: pd.DataFrame, endpoints: Sequence[str]) -> pd.DataFrame:
    """Outcomes of `patients` for the protocol's `endpoints`, in that order, with `when` ("2 months from surgery")."""
    order = {endpoint: at for at, endpoint in enumerate(endpoints)}
    asked = outcomes[outcomes["endpoint"].isin(list(order))]
    own = of_patients(asked.iloc[asked["endpoint"].map(order).argsort(kind="stable")], patients)
    own = own.assign(when=_some(own["months"], "month") + (" from " + own["origin"]).fillna(""))
    own = own.assign(**{"when@": all_refs(own, ("months", "origin")), "endpoint@": refs(own, "endpoint")})
    return own.assign(endpoint=own["endpoint"].str.replace("_", " "))


def intervals(sites: pd.DataFrame, outcomes: pd.DataFrame, patients: pd.DataFrame) -> pd.DataFrame:
    """Dated intervals: columns interval, patient, months. From `sites` to the first recurrence, extension and
    metastasis; from `outcomes` to death or the last observation, by its origin. Patients without a date are left
    out: say how many.
    """
    names = patients.set_index("case_id")["patient"]
    found = sites[
        sites["status"].eq("present")
        & sites["role"].isin(list(_TO))
        & sites["months_from_diagnosis"].notna()
        & sites["case_id"].isin(names.index)
    ]
    found = found.sort_values("months_from_diagnosis", kind="stable").drop_duplicates(["case_id", "role"])
    ended = outcomes[
        outcomes["endpoint"].eq("vital_status") & outcomes["months"].notna() & outcomes["case_id"].isin(names.index)
    ]
    last = ended["value"].map({"dead": "death"}).fillna("last observation")
    both = pd.concat(
        [
            pd.DataFrame(
                {
                    "interval": found["role"].map(_TO),
                    "patient": found["case_id"].map(names),
                    "months": found["months_from_diagnosis"],
                }
            ),
            pd.DataFrame(
                {
                    "interval": ended["origin"].fillna("unstated origin") + " to " + last,
                    "patient": ended["case_id"].map(names),
                    "months": ended["months"],
                }
            ),
        ]
    )
    order = {kind: at for at, kind in enumerate([*_TO.values(), *sorted(set(both["interval"]) - set(_TO.values()))])}
    return both.iloc[both["interval"].map(order).argsort(kind="stable")].reset_index(drop=True)


def _some(values: pd.Series, noun: str) -> pd.Series:
    return values.map(lambda n: f"{n:.4g} {plural(n, noun)}", na_action="ignore").astype("string")
