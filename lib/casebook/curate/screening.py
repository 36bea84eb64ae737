"""Sources that people included or excluded, by a criterion of the protocol."""

from collections.abc import Mapping, MutableMapping

import pandas as pd

from casebook.curate.anchor import Machine, plain
from casebook.curate.standing import answer, holding
from casebook.schema import TABLES

_DECIDED = {"included": "include", "excluded": "exclude"}
UNREAD = "the report was left out when the tables were written, and is not beside them to be read"
_SCREENS = ("include", "exclude", "settle")


def screened(screening: pd.DataFrame, decisions: pd.DataFrame) -> pd.DataFrame:
    """`screening`, what sources.csv says of each source, with what people decided in its place; `decided_at` says when,
    and `overruled` what sources.csv says where it says the contrary.
    """
    told, _ = _standing(holding(decisions))
    rows = {row["source_id"]: row for row in told}
    found = screening.to_dict("records")
    for source in found:
        source["decided_at"] = source["overruled"] = None
        if row := rows.get(source["source_id"]):
            was = {name: "" if pd.isna(source[name]) else source[name] for name in ("decision", "reason", "decided_by")}
            source |= {"decision": _DECIDED[row["new"]], "reason": row["note"] or None}
            source |= {"decided_by": row["who"], "decided_at": row["at"]}
            if was["decision"] not in ("", source["decision"]):
                by = f" ({was['decided_by']})" if was["decided_by"] else ""
                source["overruled"] = f"{was['decision']}: {was['reason']}{by}"
    return pd.DataFrame(found, columns=[*screening.columns, "decided_at", "overruled"]).astype("string")


def wanted(machine: Machine, decisions: pd.DataFrame) -> set[str]:
    """Sources that people include and sources.csv leaves out, and that were not read yet."""
    told, _ = _standing(holding(decisions)) if decisions["action"].isin(("include", "settle")).any() else ([], [])
    named = {row["source_id"] for row in told if row["new"] == "included"}
    return {name for name in named if machine.screened.get(name) == "excluded" and name not in machine.overruled}


def lay_screening(
    new: MutableMapping[str, pd.DataFrame], frames: Mapping[str, pd.DataFrame], held: pd.DataFrame, machine: Machine
) -> tuple[frozenset[str], list[dict]]:
    """Put into `new` the tables without the sources that are excluded; (those of them that were read, decisions that
    need a look).
    """
    told, open_rows = _standing(held)
    excluded = set(machine.overruled)
    if not told and not excluded:
        return frozenset(), open_rows
    sources = frames["sources"]
    status = dict(zip(sources["source_id"], sources["status"], strict=True))
    reason = dict(zip(sources["source_id"], sources["reason"], strict=True))
    for row in told:
        name, was = row["source_id"], status.get(row["source_id"])
        if was is None:
            open_rows.append({**row, "why": f"the source {name} is no longer among the reports"})
        elif was == "quarantined":
            open_rows.append({**row, "why": f"the source {name} cannot be read"})
        elif row["new"] == "excluded":
            if was == "included":
                excluded.add(name)
            status[name], reason[name] = "excluded", row["note"] or pd.NA
        elif was == "excluded" and name not in machine.overruled:
            open_rows.append({**row, "why": f"{UNREAD}: {plain(reason[name])}"})
        elif was == "excluded":
            excluded.discard(name)
            by = f" ({row['note']})" if row["note"] else ""
            status[name], reason[name] = "included", f"{row['who']} includes it{by} in spite of: {plain(reason[name])}"
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
