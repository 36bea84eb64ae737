import pandas as pd

from casebook.stats.counts import counts

_ORDER = ("primary", "recurrence", "extension", "metastasis", "uncertain", "absent")


def spread(sites: pd.DataFrame, patients: pd.DataFrame, few: int, first: int = 20) -> pd.DataFrame:
    """Where the disease was. Up to `few` patients: columns row (site), column (patient), answer.

    `answer` is the role of what was found there, or absent or uncertain; each once per patient and site. More patients:
    columns label (site), n, of, of the metastases that are present; the `first` sites.
    """
    own = sites[sites["case_id"].isin(patients["case_id"])]
    if len(patients) > few:
        return counts(own[own["role"].eq("metastasis") & own["status"].eq("present")], "site", first=first)
    answer = own["role"].where(own["status"].eq("present"), own["status"])
    names = own["case_id"].map(patients.set_index("case_id")["patient"])
    table = pd.DataFrame({"row": own["site"], "column": names, "answer": answer})
    table = table.assign(
        place=answer.map({role: at for at, role in enumerate(_ORDER)}),
        patient=names.map({name: at for at, name in enumerate(patients["patient"])}),
    )
    table = table.sort_values(["patient", "place"], kind="stable").drop_duplicates(["row", "column", "answer"])
    return table[["row", "column", "answer"]].reset_index(drop=True)
