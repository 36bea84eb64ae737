import pandas as pd


def counts(frame: pd.DataFrame, column: str, per: str = "case_id", first: int = 15) -> pd.DataFrame:
    """How many `per` (patients) have each value of `column`: columns label, n, of; the most frequent `first`, ties by
    name.

    `of` counts the patients of whom the column is stated at all. A value counts once per patient.
    """
    stated = frame[frame[column].notna()][[per, column]].drop_duplicates()
    of = stated[per].nunique()
    n = stated.groupby(column, observed=True).size().rename("n").reset_index().rename(columns={column: "label"})
    return n.sort_values(["n", "label"], ascending=[False, True], ignore_index=True).head(first).assign(of=of)
