"""Where the disease was and where it spread: by patient, rolled up to organs, in combinations, on a map of the body."""

from collections.abc import Collection, Mapping

import pandas as pd

from casebook.stats.counts import counts
from casebook.stats.proportions import exact, share
from casebook.stats.refs import joined, refs
from casebook.stats.survival import FEWEST

UNNAMED = "unspecified"  # the site of a metastasis whose place is not told
_ORDER = ("primary", "recurrence", "extension", "metastasis", "uncertain", "absent")
_PROOF = ("histology", "autopsy")
_NAMED = 4  # so many patients are told apart on the map of the body
_INDENT = "\u2003"


def spread(
    sites: pd.DataFrame, patients: pd.DataFrame, few: int, wider: Mapping[str, str] | None = None, first: int = 20
) -> pd.DataFrame:
    """Where the disease was. Up to `few` patients: columns row (site), column (patient), answer.

    `answer` is the role of what was found there, or absent or uncertain; each once per patient and site. More patients:
    columns label (the widest site), n, of, of the metastases that are present and have a place; the `first` sites.
    """
    own = sites[sites["case_id"].isin(patients["case_id"])]
    if len(patients) > few:
        met = own[own["role"].eq("metastasis") & own["status"].eq("present") & own["site"].ne(UNNAMED)]
        return counts(met.assign(site=[chain(site, wider or {})[-1] for site in met["site"]]), "site", first=first)
    answer = own["role"].where(own["status"].eq("present"), own["status"])
    names = own["case_id"].map(patients.set_index("case_id")["patient"])
    table = pd.DataFrame({"row": own["site"], "column": names, "answer": answer})
    table = table.assign(
        place=answer.map({role: at for at, role in enumerate(_ORDER)}),
        patient=names.map({name: at for at, name in enumerate(patients["patient"])}),
    )
    table = table.sort_values(["patient", "place"], kind="stable").drop_duplicates(["row", "column", "answer"])
    return table[["row", "column", "answer"]].reset_index(drop=True)


def chain(site: str, wider: Mapping[str, str]) -> tuple[str, ...]:
    """`site` and each wider organ or tissue that holds it: T11 vertebra, thoracic vertebra, vertebra, bone."""
    path = [site]
    while (above := wider.get(path[-1])) and above not in path:
        path.append(above)
    return tuple(path)


def rolled_up(sites: pd.DataFrame, patients: pd.DataFrame, wider: Mapping[str, str], few: int) -> pd.DataFrame:
    """Frequency of each site of metastasis and of each wider one, under its wider site, the most frequent first.

    Columns site, level (0 the widest), label (indented), n, of, low, high, patients, proven. Each level counts a
    patient once; `of` are the patients of whom a metastasis with its place is reported. `low` and `high` are the exact
    95 % limits in per cent (Clopper and Pearson 1934), empty where `of` is below survival.FEWEST. `patients` prints
    them, and up to `few` names the patients; `proven` those of them by histology or autopsy.
    """
    met = _metastases(sites, patients)
    met = met[met["site"].ne(UNNAMED)]
    of = met["case_id"].nunique()
    paths = [(tuple(reversed(chain(row["site"], wider))), row) for row in met.to_dict("records")]
    nodes: dict[tuple[str, ...], list[dict]] = {}
    for path, row in paths:
        for level in range(len(path)):
            nodes.setdefault(path[: level + 1], []).append(row)
    order = {node: (-len({row["case_id"] for row in own}), node[-1]) for node, own in nodes.items()}
    ordered = sorted(nodes, key=lambda node: [order[node[: level + 1]] for level in range(len(node))])
    rows = [_node(node, nodes[node], of, len(patients) <= few) for node in ordered]
    columns = ["site", "level", "label", "n", "of", "low", "high", "patients", "proven"]
    table = pd.DataFrame(rows, columns=[*columns, "patients@", "proven@"])
    return table.astype({"low": "Float64", "high": "Float64", "patients": "string", "proven": "string"})


def combinations(
    sites: pd.DataFrame, patients: pd.DataFrame, wider: Mapping[str, str], fewest: int = FEWEST
) -> pd.DataFrame:
    """Which organs and tissues (the widest sites) the metastases of one patient are in, together.

    From `fewest` patients on: a row per combination and site, columns combination (1 the most frequent), site, n
    (patients with just this combination), total (patients with the site), of (as in `rolled_up`). Fewer patients are
    listed: columns patient, sites.
    """
    met = _metastases(sites, patients)
    met = met[met["site"].ne(UNNAMED)]
    met = met.assign(wide=[chain(site, wider)[-1] for site in met["site"]])
    if met["case_id"].nunique() < fewest:
        own = met.groupby("patient", sort=False)
        listed = own["wide"].agg(lambda names: ", ".join(dict.fromkeys(names))).rename("sites").reset_index()
        cells = met.assign(refs=refs(met, "site")).groupby("patient", sort=False)["refs"].agg(joined)
        return listed.assign(**{"sites@": list(cells)})
    total = met.groupby("wide")["case_id"].nunique()
    together = met.groupby("case_id")["wide"].agg(
        lambda names: tuple(sorted(set(names), key=lambda name: (-total[name], name)))
    )
    n = together.value_counts()
    ordered = sorted(n.index, key=lambda names: (-n[names], len(names), names))
    rows = [
        (number, site, int(n[names]), int(total[site]), len(together))
        for number, names in enumerate(ordered, 1)
        for site in names
    ]
    return pd.DataFrame(rows, columns=["combination", "site", "n", "total", "of"])


def mapped(
    sites: pd.DataFrame,
    patients: pd.DataFrame,
    wider: Mapping[str, str],
    places: Collection[str],
    named: int = _NAMED,
) -> pd.DataFrame:
    """Metastases by the place where a map of the body that knows `places` can draw them, the most frequent first.

    Columns place, drawn (False: no place on the map, then the widest site stands), n, of (patients with a metastasis).
    A site without a place of its own counts where its next wider one with a place is. Up to `named` patients: a row
    for each patient, side and place, with columns patient and laterality.
    """
    met = _metastases(sites, patients)
    of = met["case_id"].nunique()
    paths = [chain(site, wider) for site in met["site"]]
    found = [next((site for site in path if site in places), None) for path in paths]
    widest = ["place not named" if path[-1] == UNNAMED else path[-1] for path in paths]
    labels = [place or wide for place, wide in zip(found, widest, strict=True)]
    met = met.assign(place=labels, drawn=[place is not None for place in found])
    n = met.groupby("place")["case_id"].nunique()
    if few := len(patients) <= named:
        met = met.drop_duplicates(["place", "patient", "laterality"])
    else:
        met = met.drop_duplicates("place")
    met = met.assign(n=met["place"].map(n), of=of).sort_values(["n", "place"], ascending=[False, True], kind="stable")
    columns = ["place", "drawn", "n", "of", *(["patient", "laterality"] if few else [])]
    return met[columns].astype({"n": "int64"}).reset_index(drop=True)


def _metastases(sites: pd.DataFrame, patients: pd.DataFrame) -> pd.DataFrame:
    names = patients.set_index("case_id")["patient"]
    own = sites[
        sites["role"].eq("metastasis") & sites["status"].eq("present") & sites["case_id"].isin(patients["case_id"])
    ]
    order = own["case_id"].map({case: at for at, case in enumerate(names.index)})
    return own.assign(patient=own["case_id"].map(names)).iloc[order.argsort(kind="stable")]


def _node(node: tuple[str, ...], rows: list[dict], of: int, name: bool) -> dict:
    proof = [row for row in rows if row["confirmed_by"] in _PROOF]
    n = len({row["case_id"] for row in rows})
    low, high = (100 * limit for limit in exact(n, of)) if of >= FEWEST else (None, None)
    said = share(n, of, exact) if of >= FEWEST else f"{n}/{of}"
    return {
        "site": node[-1],
        "level": len(node) - 1,
        "label": _INDENT * (len(node) - 1) + node[-1],
        "n": n,
        "of": of,
        "low": low,
        "high": high,
        "patients": ": ".join(([said] if of >= FEWEST or not name else []) + ([_names(rows)] if name else [])),
        "proven": (_names(proof) if name else f"{len({row['case_id'] for row in proof})}") if proof else None,
        "patients@": joined(f"{row['row_id']}.site" for row in rows),
        "proven@": joined(f"{row['row_id']}.confirmed_by" for row in proof),
    }


def _names(rows: list[dict]) -> str:
    return ", ".join(dict.fromkeys(row["patient"] for row in rows))
