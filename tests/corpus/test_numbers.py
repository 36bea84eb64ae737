"""The headline numbers of the invented corpus, counted again from the CSV files alone by other code.

Nothing here calls casebook.stats to reach a number: dates, denominators, quantiles, Wilson's and Greenwood's formulas
are written out, and what abstract, tables and figures say must agree.
"""

import csv
import math
from fractions import Fraction
from pathlib import Path

import pytest

from casebook import charts, load, stats
from casebook.cli import main

CORPUS = Path(__file__).parent
Z = 1.959963984540054


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("numbers") / "tables"
    assert main(["tables", str(CORPUS / "reports"), "--out", str(out)]) == 0
    return out


@pytest.fixture(scope="module")
def rows(folder):
    """Each CSV file as a list of dicts of strings."""
    return {path.stem: list(csv.DictReader(path.open(encoding="utf-8", newline=""))) for path in folder.glob("*.csv")}


@pytest.fixture(scope="module")
def review(folder):
    return load(CORPUS / "reports", CORPUS / "protocol.yml", folder)


@pytest.fixture(scope="module")
def figures(review):
    return stats.headline(review.tables, review.wider)


@pytest.fixture(scope="module")
def index(rows):
    return [row for row in rows["cases"] if row["role"] == "index"]


def wilson(n, of):
    centre, spread = (n + Z * Z / 2) / (of + Z * Z), Z / (of + Z * Z) * math.sqrt(n * (of - n) / of + Z * Z / 4)
    return centre - spread, centre + spread


def quantile(values, at):
    """Linear interpolation between the ordered values (type 7 of Hyndman and Fan)."""
    ordered, place = sorted(values), at * (len(values) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


def kaplan_meier(times):
    """[(month, survival, low, high)] of (months, event), limits by log(-log S) and Greenwood's variance."""
    steps, survival, greenwood = [], Fraction(1), 0.0
    for month in sorted({month for month, event in times if event}):
        watched = sum(other >= month for other, _ in times)
        died = sum(other == month and event for other, event in times)
        survival *= Fraction(watched - died, watched)
        if survival in (0, 1):
            steps.append((month, survival, None, None))
            continue
        greenwood += died / (watched * (watched - died))
        half = Z * math.sqrt(greenwood) / abs(math.log(survival))
        low, high = (float(survival) ** math.exp(sign * half) for sign in (1, -1))
        steps.append((month, survival, low, high))
    return steps


def falls_to_half(steps, column):
    """When a curve falls to one half; midway to its next fall where it runs at exactly one half."""
    reached = [step for step in steps if step[column] is not None and step[column] <= Fraction(1, 2)]
    if not reached:
        return None
    below = [step for step in reached if step[column] < Fraction(1, 2)]
    if reached[0][column] == Fraction(1, 2) and below:
        return (reached[0][0] + below[0][0]) / 2
    return reached[0][0]


def metastases(rows, case):
    return [row for row in rows["sites"]
            if row["case_id"] == case and row["role"] == "metastasis" and row["status"] == "present"]  # fmt: skip


def spread_seen(rows, case):
    """Months to the first dated metastasis of a living patient; None without one."""
    alive = [row for row in metastases(rows, case) if row["confirmed_by"] != "autopsy"]
    months = [float(row["months_from_diagnosis"]) for row in alive if row["months_from_diagnosis"]]
    return min(months) if months else None


def only_at_autopsy(rows, case):
    found = metastases(rows, case)
    return bool(found) and all(row["confirmed_by"] == "autopsy" for row in found)


def last_seen(rows, case):
    """(months, origin, dead) of the last vital status; None where it has no months."""
    told = [row for row in rows["outcomes"] if row["case_id"] == case and row["endpoint"] == "vital_status"]
    if not told or not told[-1]["months"]:
        return None
    dead = told[-1]["value"] == "dead" and told[-1]["observed"] != "false"
    return float(told[-1]["months"]), told[-1]["origin"].replace("presentation", "diagnosis"), dead


def since_metastasis(rows, index):
    times = []
    for case in (row["case_id"] for row in index):
        seen, spread = last_seen(rows, case), spread_seen(rows, case)
        if not metastases(rows, case) or only_at_autopsy(rows, case) or seen is None:
            continue
        months, origin, dead = seen
        if origin == "metastasis":
            times.append((months, dead))
        elif origin == "diagnosis" and spread is not None and months >= spread:
            times.append((round(months - spread, 6), dead))
    return times


def since_diagnosis(rows, index):
    times = []
    for case in (row["case_id"] for row in index):
        if (seen := last_seen(rows, case)) is None:
            continue
        months, origin, dead = seen
        start = {"diagnosis": 0.0, "metastasis": spread_seen(rows, case)}.get(origin)
        if start is not None:
            times.append((round(start + months, 6), dead))
    return times


def figure(figures, name):
    [row] = figures[figures["figure"].eq(name)].to_dict("records")
    return row


def agree(row, estimate, low, high, n):
    told = (row["estimate"], row["low"], row["high"])
    assert told == pytest.approx((estimate, low, high), abs=1e-6)
    assert row["n"] == n


def test_patients_and_sources(review, rows, index):
    flow = stats.prisma(review.tables, review.screening, review.counted, review.protocol.endpoints).set_index("field")
    included = [row for row in rows["sources"] if row["status"] == "included"]
    assert flow.at["patients_described", "n"] == len(index) == 44
    assert flow.at["patients_cited", "n"] == len(rows["cases"]) - len(index)
    assert flow.at["new_reports", "n"] == len(included)
    for endpoint in review.protocol.endpoints:
        own = {row["case_id"] for row in rows["outcomes"] if row["endpoint"] == endpoint}
        assert flow.at[f"endpoint:{endpoint}", "n"] == len(own & {row["case_id"] for row in index})
    assert flow.at["analysis:metastasis to death", "n"] == len(since_metastasis(rows, index))
    assert flow.at["analysis:diagnosis to death", "n"] == len(since_diagnosis(rows, index))
    words = charts.prisma(flow.reset_index(), "Flow.").alt
    assert f"Metastasis to death: {len(since_metastasis(rows, index))} of {len(index)} patients enter" in words


def test_age_and_sex(figures, index):
    ages = [float(row["age_years"]) for row in index if row["age_years"]]
    agree(figure(figures, "median age"), *(quantile(ages, at) for at in (0.5, 0.25, 0.75)), len(ages))
    sexes = [row["sex"] for row in index if row["sex"]]
    men = sexes.count("male")
    low, high = wilson(men, len(sexes))
    agree(figure(figures, "share male"), 100 * men / len(sexes), 100 * low, 100 * high, len(sexes))


def test_sites_of_metastasis(review, rows, index, figures):
    def widest(site):
        names = [site]
        while names[-1] in review.wider:
            names.append(review.wider[names[-1]])
        return names

    places = {}
    for row in index:
        for site in metastases(rows, row["case_id"]):
            if site["site"] != "unspecified":
                places.setdefault(row["case_id"], set()).update(widest(site["site"]))
    patients = stats.named(review.patients)
    rolled = stats.rolled_up(review.sites, patients, review.wider, 12)
    table = stats.table_one(review.tables, 12, review.wider)
    for site in ("bone", "lung", "liver"):
        n, of = sum(site in own for own in places.values()), len(places)
        low, high = wilson(n, of)
        agree(figure(figures, f"share with {site} metastasis"), 100 * n / of, 100 * low, 100 * high, of)
        [node] = rolled[rolled["site"].eq(site) & rolled["level"].eq(0)].to_dict("records")
        assert (node["n"], node["of"]) == (n, of)
        assert tail(node["high"], n, of) == pytest.approx(0.025, abs=1e-9), "P of so few at the upper exact limit"
        assert 1 - tail(node["low"], n - 1, of) == pytest.approx(0.025, abs=1e-9), "P of so many at the lower one"
        [cell] = table[table["field"].eq("metastasis to") & table["value"].eq(site)]["index"]
        assert cell == f"{n}/{of} ({100 * n / of:.0f} %, {100 * low:.0f} to {100 * high:.0f})"


def tail(limit, n, of):
    """P of n or fewer, of `of`, where each has it with `limit` per cent."""
    p = limit / 100
    return sum(math.comb(of, k) * p**k * (1 - p) ** (of - k) for k in range(n + 1))


def test_times(review, rows, index, figures):
    dated = (spread_seen(rows, row["case_id"]) for row in index)
    spread = [(months, True) for months in dated if months is not None]
    for name, times in (
        ("median diagnosis to metastasis", spread),
        ("median metastasis to death", since_metastasis(rows, index)),
        ("median overall survival", since_diagnosis(rows, index)),
    ):
        steps = kaplan_meier(times)
        agree(figure(figures, name), *(falls_to_half(steps, column) for column in (1, 2, 3)), len(times))


def test_the_survival_curve_and_who_is_at_risk(review, rows, index):
    times = since_metastasis(rows, index)
    found = stats.times(review.tables, stats.MAIN)
    drawn = stats.survival_curves(found).set_index("months")
    for month, survival, low, high in kaplan_meier(times):
        own = drawn.loc[month]
        assert own["survival"] == pytest.approx(float(survival))
        assert own["at_risk"] == sum(other >= month for other, _ in times)
        if low is not None:
            assert (own["low"], own["high"]) == pytest.approx((low, high), abs=1e-9)
    dead = sum(event for _, event in times)
    said = f"{len(times)} of {len(index)} patients have a time, {dead} died, median"
    assert stats.survival_told(found).startswith(said)


def test_the_rules_of_the_panel(review, rows, index):
    panel = stats.panel(review.tables).set_index("rule")
    main, lost = since_metastasis(rows, index), {row["case_id"] for row in rows["outcomes"]
                                                 if row["value"] == "lost to follow-up"}  # fmt: skip
    kept = since_metastasis(rows, [row for row in index if row["case_id"] not in lost])
    autopsy = [(0.0, True) for row in index if only_at_autopsy(rows, row["case_id"])]
    for rule, times in (
        ("as the headline counts", main),
        ("lost to follow-up left out", kept),
        ("spread found at autopsy counts as 0 months", main + autopsy),
    ):
        steps = kaplan_meier(times)
        assert panel.at[rule, "n"] == len(times) and panel.at[rule, "events"] == sum(event for _, event in times)
        assert panel.at[rule, "estimate"] == pytest.approx(falls_to_half(steps, 1))
        assert panel.at[rule, "low"] == pytest.approx(falls_to_half(steps, 2))


def test_the_abstract_and_the_tables_say_the_same(review, figures):
    told = " ".join(stats.abstract(review.tables, review.protocol, review.rules, 12, figures, review.wider)["sentence"])
    glance = stats.at_a_glance(review.tables, stats.named(review.patients), 12, figures).set_index("figure")
    robust = stats.robust(review.tables, review.wider).set_index("figure")
    flow = stats.prisma(review.tables, review.screening, review.counted, review.protocol.endpoints).set_index("field")
    for row in figures.to_dict("records"):
        name = row["figure"]
        assert robust.at[name, "estimate"] == row["estimate"] and glance.at[name, "patients"] == row["n"]
        if row["unit"] == "%":
            share = f"{round(row['estimate'] * row['n'] / 100)} of {row['n']} ({row['estimate']:.0f}\u00a0%;"
            assert share in told
        else:
            assert f"{row['estimate']:.3g} {row['unit']}" in told
            assert glance.at[name, "value"] == f"{row['estimate']:.3g}"
        if name == "median metastasis to death":
            assert f"{row['n']} of {row['of']} patients enter" in told
            assert flow.at["analysis:metastasis to death", "n"] == row["n"]
    ours = stats.literature(review.tables, review.wider, review.anchors)
    for row in ours[ours["kind"].eq("ours") & ours["estimate"].notna()].to_dict("records"):
        if row["measure"] in set(figures["figure"]):
            assert row["estimate"] == figure(figures, row["measure"])["estimate"]
