"""Who answers for the cells of each table: the machine, or a person."""

from collections.abc import Mapping

import pandas as pd

STATUSES = ("machine", "confirmed", "corrected", "added", "rejected")
_TITLES = {"machine": "machine only"}


def curated(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """A row per table, and one for all: the cells that evidence speaks of, by who answers for them.

    A cell that rests on several words counts once. Rejected ones are no longer in the tables.
    """
    cells = tables["evidence"].drop_duplicates(["table", "row_id", "column"], keep="last")
    counted = cells.groupby(["table", "status"]).size().unstack(fill_value=0)
    counted = counted.reindex(
        index=[name for name in tables if name != "evidence"], columns=list(STATUSES), fill_value=0
    )
    counted.loc["all tables"] = counted.sum()
    return counted.rename(columns=_TITLES).rename_axis(index="table", columns=None).reset_index()


def waiting(decisions: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """`decisions` that need another look, each once, with the source's name and what was decided."""
    titles = dict(zip(sources["source_id"], sources["title"].fillna(sources["source_id"]), strict=True))
    own = decisions.drop_duplicates("decision")
    return pd.DataFrame(
        {
            "source": [titles.get(name, name) for name in own["source_id"]],
            "cell": (own["table"] + ": " + own["column"].replace("", "whole row")).to_list(),
            "who": own["who"].to_list(),
            "decision": [" ".join((row["action"], row["new"])).strip() for row in own.to_dict("records")],
            "why": own["why"].to_list(),
        }
    )


def persons(decisions: pd.DataFrame) -> tuple[str, str]:
    """The two who answered for most cells; ("", "") where there are not two. Who only settles is neither."""
    own = decisions[~decisions["action"].isin(("undo", "settle", "include", "exclude"))]
    counted = own.groupby("who").size()
    most = sorted(counted.index, key=lambda who: (-counted[who], who))[:2]
    return (most[0], most[1]) if len(most) == 2 else ("", "")
