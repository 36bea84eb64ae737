"""Where this report answers the items of a checklist, and which need a person."""

from collections.abc import Mapping

import pandas as pd

from casebook.stats.refs import BREAK
from casebook.stats.words import number
from casebook.text.amounts import counted, plural

REFERENCES = "references"  # the section that a report has without a notebook
NOBODY = "not answered by this report: needs a person"


def checklist(items: pd.DataFrame, filled: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Columns section, item, words, where, where# (the notebooks that answer it), how.

    An item that `needs` one of `filled`, what a reviewer writes beside the protocol, is answered where that has rows.
    """
    rows = []
    for row in items.fillna("").to_dict("records"):
        given = row["needs"] == "" or len(filled[row["needs"]]) > 0
        places = [place for place in row["answered_in"].split("|") if place] if given else []
        rows.append(
            {
                "section": row["section"],
                "item": row["item"],
                "words": row["words"],
                "where": ", ".join(places) or NOBODY,
                "where#": BREAK.join(f"#{place}" if place == REFERENCES else f"{place}.ipynb" for place in places),
                "how": row["how"],
            }
        )
    return pd.DataFrame(rows, columns=["section", "item", "words", "where", "where#", "how"])


def checklist_told(items: pd.DataFrame) -> str:
    """How many of the items `checklist` finds answered: "27 of 42 items are answered in this report; 15 need a person."
    """
    answered, of = int(items["where#"].ne("").sum()), len(items)
    if answered == of:
        return f"All {of:,} items are answered in this report."
    left = of - answered
    return (
        f"{answered:,} of {counted(of, 'item')} {plural(answered, 'is', 'are')} answered in this report; "
        f"{number(left)} {plural(left, 'needs', 'need')} a person."
    )
