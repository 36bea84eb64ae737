"""Papers that may be one: listed for a decision, and never merged by themselves."""

from collections.abc import Mapping
from functools import partial

import pandas as pd

from casebook.readers.bibliography import Bibliography, Record, near
from casebook.readers.twice import Paper, alike, groups

COLUMNS = ("what", "one", "other", "alike", "why")


def near_duplicates(sources: pd.DataFrame, texts: Mapping[str, str], bibliography: Bibliography) -> pd.DataFrame:
    """Two reports with much text in common, or two records with nearly one title: what (report, record), one, other,
    alike (percent) and why.

    To leave one of two reports out, exclude it; a record that is another's double is no matter of the tables, and is
    counted in flow.csv.
    """
    included = sources[sources["status"].eq("included")].to_dict("records")
    papers = [
        Paper(_stated(row), groups(texts[name]), partial(texts.__getitem__, name))
        for row in included
        if (name := row["source_id"]) in texts
    ]
    rows = [
        ("report", one.row["path"], two.row["path"], round(100 * share), "text in common")
        for one, two, share in alike(papers)
    ]
    for first, second, score in near(bibliography.papers):
        one, two = bibliography.papers[first][0], bibliography.papers[second][0]
        rows.append(("record", _called(one), _called(two), round(score), "titles alike"))
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(
        {"what": "string", "one": "string", "other": "string", "alike": "Int64", "why": "string"}
    )


def _stated(row: dict) -> dict:
    return {name: value for name, value in row.items() if pd.notna(value)}


def _called(record: Record) -> str:
    name = record.doi or (f"PMID {record.pmid}" if record.pmid else "")
    return ", ".join(filter(None, (record.title, record.year, name, record.database)))
