"""The PRISMA 2020 flow (Page 2021), by the field names of the PRISMA2020 tool (Haddaway 2022), and on to what that
diagram lacks: patients, those with each endpoint, and those who enter each analysis.
"""

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from casebook.stats.estimands import MAIN, Rule, entered, reasons, times
from casebook.stats.refs import joined, refs
from casebook.text.amounts import counted

ANALYSES = (Rule("diagnosis", "recurrence"), Rule("diagnosis", "metastasis"), MAIN, Rule("diagnosis", "death"))
_COLUMNS = ["field", "n", "of", "what", "why", "stated_in", "n@"]
_BEFORE = {  # counts that only a reviewer can state
    "previous_studies": "studies of the previous version",
    "previous_reports": "reports of the previous version",
    "database_results": "records from databases",
    "register_results": "records from registers",
    "website_results": "records from websites",
    "organisation_results": "records from organisations",
    "citations_results": "records from citation searching",
    "duplicates": "duplicate records removed",
    "excluded_automatic": "records that an automatic tool removed",
    "excluded_other": "records removed for other reasons",
    "records_screened": "records screened",
    "records_excluded": "records excluded",
    "dbr_sought_reports": "reports sought",
    "dbr_notretrieved_reports": "reports not retrieved",
    "other_sought_reports": "reports sought by other methods",
    "other_notretrieved_reports": "reports by other methods not retrieved",
    "dbr_assessed": "reports assessed",
    "dbr_excluded": "reports excluded",
    "other_assessed": "reports by other methods assessed",
    "other_excluded": "reports by other methods excluded",
}
_OTHER_ROUTE = ("website_results", "organisation_results", "citations_results", "other_sought_reports")
_ENDS = {"vital_status": "vital status", "adverse_event": "adverse event"}
FILE, RECORDS, FOLDER, REPORTS = "flow.csv", "records", "folder", "reports"  # who states a count


def prisma(
    tables: Mapping[str, pd.DataFrame],
    screening: pd.DataFrame,
    counted: pd.DataFrame,
    endpoints: Sequence[str],
    identified: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """A row per count: columns field, n, of (what it is a part of), what, why (a line per reason of those who leave),
    and stated_in.

    `screening` and `counted` are those of the review. Every PRISMA field in its order: what nobody states is missing,
    not 0. Before what is included files_* of the folder, and at the end patients_*, endpoint: and analysis: of this
    review. A report of the folder is counted as one from databases only where flow.csv names databases and no other
    way. What was counted of exported records, `identified`, stands where flow.csv states nothing.
    """
    sources = tables["sources"]
    included = sources[sources["status"].eq("included")]
    both = [counted.assign(by=FILE), *([identified.assign(by=RECORDS)] if identified is not None else [])]
    stated = {str(field): rows for own in reversed(both) for field, rows in own.groupby("field", sort=False)}
    rows = [
        *(_stated(field, what, stated) for field, what in _BEFORE.items()),
        *_files(sources, screening),
        *_ends(included, stated, sources),
        *_people(tables["cases"], included, endpoints, tables["outcomes"]),
        *(_analysis(tables, rule) for rule in ANALYSES),
    ]
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    _from_databases(frame, stated)
    return frame.astype(dict.fromkeys(("n", "of"), "Int64") | dict.fromkeys(("why", "stated_in", "n@"), "string"))


def _row(field: str, n: int | None, what: str, **rest: object) -> dict:
    return {"field": field, "n": n, "of": None, "what": what, "why": "", "stated_in": None, "n@": ""} | rest


def _stated(field: str, what: str, stated: Mapping[str, pd.DataFrame]) -> dict:
    if field not in stated:
        return _row(field, None, what)
    own = stated[field]
    return _row(field, int(own["n"].sum()), what, why=_because(own["reason"], own["n"]), stated_in=own["by"].iat[0])


def _ends(included: pd.DataFrame, stated: Mapping[str, pd.DataFrame], sources: pd.DataFrame) -> Iterator[dict]:
    """What is in the review. Which reports are of one study, and what an earlier version held, no folder says."""
    reports, n = _stated("previous_reports", "", stated)["n"], len(included)
    yield _stated("new_studies", "studies included", stated)
    left = _left(stated)
    leaves = f"{FILE} leaves {counted(left or 0, 'report')}, the folder includes {n:,}"
    differs = leaves if left not in (None, n) else ""
    against = int(included["reason"].notna().sum())  # who includes what was excluded gives a reason
    overruled = f"in spite of an exclusion ({against:,})" if against else ""
    why = "\n".join(filter(None, (overruled, differs)))
    yield _row("new_reports", n, "reports included", of=len(sources), why=why, stated_in=FOLDER)
    yield _stated("total_studies", "studies with those of the previous version", stated)
    total = None if reports is None else reports + n
    yield _row("total_reports", total, "reports with those of the previous version", stated_in=total and FOLDER)


def _left(stated: Mapping[str, pd.DataFrame]) -> int | None:
    """Reports that flow.csv leaves after all exclusions; None where it does not state them."""
    routes = [route for route in ("dbr", "other") if f"{route}_assessed" in stated and f"{route}_excluded" in stated]
    if not routes or ("other" not in routes and any(field in stated for field in _OTHER_ROUTE)):
        return None
    return sum(int(stated[f"{r}_assessed"]["n"].sum()) - int(stated[f"{r}_excluded"]["n"].sum()) for r in routes)


def _files(sources: pd.DataFrame, screening: pd.DataFrame) -> Iterator[dict]:
    unread, out = sources[sources["status"].eq("quarantined")], sources[sources["status"].eq("excluded")]
    undecided = int(screening["decision"].isna().sum())
    nobody = f"without a stated decision ({undecided:,})" if undecided else ""
    found, read = len(sources), len(sources) - len(unread)
    yield _row("files_found", found, "files in the folder", stated_in=FOLDER)
    yield _row("files_unreadable", len(unread), "files not readable", of=found, why=_because(unread["reason"]),
               stated_in=FOLDER, **_cells(unread, "reason"))  # fmt: skip
    yield _row("files_assessed", read, "reports in the folder", of=found, why=nobody, stated_in=FOLDER)
    yield _row("files_excluded", len(out), "reports excluded", of=read, why=_because(out["reason"]), stated_in=FOLDER,
               **_cells(out, "reason"))  # fmt: skip


def _people(
    cases: pd.DataFrame, included: pd.DataFrame, endpoints: Sequence[str], outcomes: pd.DataFrame
) -> Iterator[dict]:
    own, cited = cases[cases["role"].eq("index")], cases[cases["role"].eq("cited")]
    without = int((~included["source_id"].isin(own["source_id"])).sum())
    yield _row("reports_without_patient", without, "reports without a patient of their own", of=len(included),
               stated_in=REPORTS)  # fmt: skip
    yield _row("patients_described", len(own), "patients described", stated_in=REPORTS, **_cells(own, "diagnosis"))
    yield _row("patients_cited", len(cited), "patients cited from elsewhere", stated_in=REPORTS,
               **_cells(cited, "diagnosis"))  # fmt: skip
    for endpoint in endpoints:
        told = outcomes[outcomes["endpoint"].eq(endpoint) & outcomes["case_id"].isin(own["case_id"])]
        n = told["case_id"].nunique()
        why = f"not reported ({len(own) - n:,})" if n < len(own) else ""
        name = _ENDS.get(endpoint, endpoint.replace("_", " "))
        yield _row(f"endpoint:{endpoint}", n, name, of=len(own), why=why, stated_in=REPORTS, **_cells(told, "value"))


def _analysis(tables: Mapping[str, pd.DataFrame], rule: Rule) -> dict:
    found = times(tables, rule)
    own = entered(found)
    why, cells = reasons(found).replace("; ", "\n"), joined(own["months@"])
    return _row(
        f"analysis:{rule}", len(own), str(rule), **{"of": len(found), "why": why, "n@": cells}, stated_in=REPORTS
    )


def _from_databases(frame: pd.DataFrame, stated: Mapping[str, pd.DataFrame]) -> None:
    """Where flow.csv tells of databases or registers alone, what the folder says was assessed came from them."""
    other = any(field.startswith("other_") or field in _OTHER_ROUTE for field in stated)
    named = {"database_results", "register_results", "records_screened", "dbr_sought_reports"} & stated.keys()
    if named and not other and not {"dbr_assessed", "dbr_excluded"} & stated.keys():
        of = frame.set_index("field")
        for field, same in (("dbr_assessed", "files_assessed"), ("dbr_excluded", "files_excluded")):
            where = frame["field"].eq(field)
            for column in ("n", "of", "why", "stated_in", "n@"):
                frame.loc[where, column] = of.at[same, column]


_TWIN = "the same paper as "  # before the name of the file that is read


def _because(why: pd.Series, n: pd.Series | None = None) -> str:
    """Reasons with how many each, the most frequent first, a line each."""
    many = pd.Series(1, index=why.index) if n is None else n
    told = why.map(lambda text: f"{_TWIN}another file" if text.startswith(_TWIN) else " ".join(text.split()),
                   na_action="ignore")  # fmt: skip
    counted = many.groupby(told, sort=False).sum()
    ordered = sorted(((int(count), str(reason)) for reason, count in counted.items()), key=lambda c: (-c[0], c[1]))
    return "\n".join(f"{reason} ({count:,})" for count, reason in ordered)


def _cells(frame: pd.DataFrame, column: str) -> dict:
    return {"n@": joined(refs(frame, column))}
