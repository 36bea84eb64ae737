import pandas as pd

from casebook.charts.shown import Shown, nothing
from casebook.charts.table import table


def rolled(sites: pd.DataFrame, caption: str, first: int = 60) -> Shown:
    """`sites`: columns label (indented under its wider site), of, low, patients, proven. The caption says how to read
    the patients: named while they are few, else as a share with its exact interval.
    """
    if sites.empty:
        return nothing(caption)
    of = int(sites["of"].iloc[0])
    caption += f" Each level counts a patient once; n = {of:,} with a metastasis whose place is told"
    caption += ", too few for an interval." if sites["low"].isna().all() else " (n/N, % and exact 95 % interval)."
    titles = {"label": "site of metastasis", "patients": "patients", "proven": "proven by histology or autopsy"}
    return table(sites, caption, titles, first)
