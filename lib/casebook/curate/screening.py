"""Sources that people included or excluded, by a criterion of the protocol."""

from collections.abc import Mapping, MutableMapping

import pandas as pd

from casebook.curate.standing import answer, holding
from casebook.schema import TABLES

_DECIDED = {"included": "include", "excluded": "exclude"}
_SCREENS = ("include", "exclude", "settle")


def screened(screening: pd.DataFrame, decisions: pd.DataFrame) -> pd.DataFrame:
    """`screening`, what sources.csv says of each source, with what people decided in its place; `decided_at` says
    when.
    """
    told, _ = _standing(holding(decisions))
    rows = {row["source_id"]: row for row in told}
    found = screening.to_dict("records")
    for source in found:
        source["decided_at"] = None
        if row := rows.get(source["source_id"]):
            source |= {"decision": _DECIDED[row["new"]], "reason": row["note"] or None}
            source |= {"decided_by": row["who"], "decided_at": row["at"]}
    return pd.DataFrame(found, columns=[*screening.columns, "decided_at"]).astype("string")


def lay_screening(
    new: MutableMapping[str, pd.DataFrame], frames: Mapping[str, pd.DataFrame], held: pd.DataFrame
) -> tuple[frozenset[str], list[dict]]:
    """Put into `new` the tables without the sources that were excluded; (those sources, decisions that need a look)."""
    told, open_rows = _standing(held)
    if not told:
        return frozenset(), open_rows
    sources = frames["sources"]
    status = dict(zip(sources["source_id"], sources["status"], strict=True))
    reason = dict(zip(sources["source_id"], sources["reason"], strict=True))
    excluded = set()
    for row in told:
        was = status.get(row["source_id"])
        if was is None:
            open_rows.append({**row, "why": f"the source {row['source_id']} is no longer among the reports"})
        elif was == "quarantined":
            open_rows.append({**row, "why": f"the source {row['source_id']} cannot be read"})
        elif row["new"] == "included" and was == "excluded":
            open_rows.append({**row, "why": "sources.csv leaves this source out: change its line there"})
        elif row["new"] == "excluded":
            if was == "included":
                excluded.add(row["source_id"])
            status[row["source_id"]], reason[row["source_id"]] = "excluded", row["note"] or pd.NA
    table = TABLES["sources"]
    new["sources"] = table.check(
        sources.assign(
            status=pd.array([status[name] for name in sources["source_id"]], dtype="string"),
            reason=pd.array([reason[name] for name in sources["source_id"]], dtype="string"),
        )
    )
    for name in TABLES if excluded else ():
        if name != "sources":
            frame = frames[name]
            of = frame["source_id"] if "source_id" in frame else frame["case_id"].str.rsplit("/", n=1).str[0]
            new[name] = frame[~of.isin(excluded)].reset_index(drop=True)
    return frozenset(excluded), open_rows


def _standing(held: pd.DataFrame) -> tuple[list[dict], list[dict]]:
    """(the one decision on each source, those in dispute with `why`)."""
    own = held[held["table"].eq("sources") & held["action"].isin(_SCREENS)]
    own = own.drop_duplicates(["source_id", "who", "action"], keep="last") if len(own) else own
    by_source: dict[str, dict[str, dict]] = {}
    settled: dict[str, dict] = {}
    for row in own.to_dict("records"):
        if row["action"] == "settle":
            settled[row["source_id"]] = row
        else:
            by_source.setdefault(row["source_id"], {})[row["who"]] = row
    told, differing = [], []
    for source_id, rows in by_source.items():
        given = list(rows.values())
        if source_id in settled:
            told.append(settled[source_id])
        elif len({answer(row) for row in given}) == 1:
            told.append(given[-1])
        else:
            said = "; ".join(f"{row['who']}: {row['action']}" for row in given)
            differing += [{**row, "why": f"two persons differ ({said}): settle it"} for row in given]
    return told, differing
