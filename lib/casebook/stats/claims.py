import pandas as pd

from casebook.stats.refs import all_refs
from casebook.stats.sources import by_source


def claims(quoted: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """`quoted` (the claims with their words) by source, with `amount`: the number with its unit."""
    own = by_source(quoted, sources)
    number = own["value"].map(lambda value: f"{value:.4g}", na_action="ignore").astype("string")
    return own.assign(
        **{"amount": number + (" " + own["unit"]).fillna(""), "amount@": all_refs(own, ("value", "unit"))}
    )
