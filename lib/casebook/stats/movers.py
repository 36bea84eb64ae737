"""Which change of the tables moved which headline figure, from what to what."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from casebook.stats.changes import Change, Tables, changes, compared
from casebook.stats.headline import headline
from casebook.stats.robust import entering, estimate, sites_of
from casebook.stats.words import listed, number, sentences, some
from casebook.text.amounts import plural

MOST_CAUSES = 24  # of more, those of one kind are swapped together

_READ = ("cases", "sites", "treatments", "outcomes")  # the tables that headline figures are made of
_FIGURES = ["figure", "unit", "before", "now", "n_before", "n_now", "now@"]
_MOVERS = ["figure", "unit", "before", "now", "cause", "alone", "undone", "how"]
_SAME = 1e-9
_ALONE, _TOGETHER, _NOT = "by itself", "together with others", "only together with others"
Groups = dict[str, list[Change]]


def changed_figures(before: Tables, now: Tables, wider: Mapping[str, str] | None = None) -> pd.DataFrame:
    """The headline figures of either side: columns figure, unit, before, now, n_before, n_now.

    Sites that are among the most frequent on one side are given for both. Figures that neither side has are left out;
    empty where `compared` objects.
    """
    kinds = dict.fromkeys(("before", "now"), "Float64") | dict.fromkeys(("n_before", "n_now"), "Int64")
    if compared(before, now):
        return pd.DataFrame(columns=_FIGURES).astype(kinds)
    sites = _sites(before, now, wider)
    was, is_ = (headline(tables, wider, sites) for tables in (before, now))
    both = was.merge(is_, on="figure", how="outer", sort=False, suffixes=("_before", "_now"))
    both = both.set_index("figure").loc[list(is_["figure"])].reset_index()
    found = both.assign(unit=both["unit_now"], before=both["estimate_before"], now=both["estimate_now"])
    found["now@"] = both["estimate@_now"]
    had = found["before"].notna() | found["now"].notna()
    return found[had][_FIGURES].astype(kinds).reset_index(drop=True)


def movers(before: Tables, now: Tables, wider: Mapping[str, str] | None = None) -> pd.DataFrame:
    """For each headline figure that moved, the causes of `changes`, swapped one at a time (one factor at a time).

    `alone`: the earlier figure with this cause's rows as they are now. `undone`: the figure now with this cause's rows
    as they were. `how`: a cause that moves the figure as far in either direction acts by itself, one that does not
    acts together with others. Causes that move nothing are left out.
    """
    kinds = dict.fromkeys(("before", "now", "alone", "undone"), "Float64")
    groups = grouped(changes(before, now))
    if not groups:
        return pd.DataFrame(columns=_MOVERS).astype(kinds)
    sites = _sites(before, now, wider)
    units = headline(now, wider, sites).set_index("figure")["unit"]

    def figures(done: Sequence[str]) -> dict[str, float | None]:
        rows = [change for cause in done for change in groups[cause]]
        parts = entering(swapped(before, now, rows), wider or {}, sites)
        return {name: estimate(parts[name], unit) for name, unit in units.items()}

    was, is_ = figures([]), figures(list(groups))
    alone = {cause: figures([cause]) for cause in groups}
    undone = {cause: figures([other for other in groups if other != cause]) for cause in groups}
    rows = []
    for name, unit in units.items():
        if _same(was[name], is_[name]) and all(_same(was[name], one[name]) for one in alone.values()):
            continue
        acted = [
            (cause, alone[cause][name], undone[cause][name])
            for cause in groups
            if not (_same(alone[cause][name], was[name]) and _same(undone[cause][name], is_[name]))
        ]
        for cause, by, without in acted or [("all changes together, none alone", None, None)]:
            how = _how(was[name], is_[name], by, without)
            rows.append((name, unit, was[name], is_[name], cause, by, without, how))
    return pd.DataFrame(rows, columns=_MOVERS).astype(kinds)


def grouped(found: Sequence[Change]) -> Groups:
    """The changes by cause, of those tables that figures are made of; of many causes, those of one kind are one."""
    groups: Groups = defaultdict(list)
    for change in found:
        if change.table in _READ:
            groups[change.cause].append(change)
    if len(groups) <= MOST_CAUSES:
        return dict(groups)
    kinds: dict[str, list[str]] = defaultdict(list)
    for cause in groups:
        kinds[_kind(cause)].append(cause)
    return {
        (f"{len(causes):,} {kind}" if len(causes) > 1 else causes[0]): [c for cause in causes for c in groups[cause]]
        for kind, causes in kinds.items()
    }


def swapped(before: Tables, now: Tables, done: Sequence[Change]) -> dict[str, pd.DataFrame]:
    """The tables of figures `before`, in which the changes in `done` have happened."""
    found = {}
    for name in _READ:
        own = [change for change in done if change.table == name]
        gone = [change.old for change in own if change.old is not None]
        come = [change.new for change in own if change.new is not None]
        parts = [before[name].drop(index=before[name].index[gone]), now[name].iloc[come]]
        found[name] = pd.concat([part for part in parts if len(part)] or [before[name].head(0)], ignore_index=True)
    return found


def what_changed(before: Tables, now: Tables, wider: Mapping[str, str] | None = None) -> pd.DataFrame:
    """In sentences: what is compared, what differs, and which figures moved. Columns sentence, sentence@."""
    if objection := compared(before, now):
        return sentences([(objection, "")])
    found = changes(before, now)
    was, is_ = (tables["cases"]["role"].eq("index").sum() for tables in (before, now))
    told = [
        f"the earlier tables hold {some(len(before['sources']), 'source')} and {some(int(was), 'patient')}, those of "
        f"this report {some(len(now['sources']), 'source')} and {some(int(is_), 'patient')}."
    ]
    if not found:
        return sentences([(told[0], ""), ("no row differs in what it says, so no figure moved.", "")])
    causes = len({change.cause for change in found})
    told.append(f"{some(len(found), 'row')} {plural(len(found), 'differs', 'differ')}, for {some(causes, 'cause')}.")
    figures = changed_figures(before, now, wider)
    moved = [
        f"{row.figure} (from {_told(row.before)} to {_told(row.now)} {row.unit})"
        for row in figures.itertuples()
        if not _same(row.before, row.now)
    ]
    if figures.empty:
        told.append("no headline figure rests on enough patients, then or now, to have moved.")
    else:
        amount = number(len(moved)) if moved else "none"
        told.append(f"{amount} of {some(len(figures), 'headline figure')} moved{': ' * bool(moved)}{listed(moved)}.")
    return sentences((sentence, "") for sentence in told)


def _sites(before: Tables, now: Tables, wider: Mapping[str, str] | None) -> tuple[str, ...]:
    several: Iterator[str] = (site for tables in (now, before) for site in sites_of(headline(tables, wider)))
    return tuple(dict.fromkeys(several))


def _kind(cause: str) -> str:
    """The cause "source 012 added" is of "sources added", "corrected by a reviewer" is a kind of its own."""
    first, last = cause.split(" ")[0], cause.rsplit(" ", 1)[-1]
    return {"source": f"sources {last}", "rule": "rules"}.get(first, cause)


def _how(was: float | None, is_: float | None, by: float | None, without: float | None) -> str:
    if _same(by, was):
        return _NOT
    if _same(without, was) and _same(by, is_):
        return _ALONE
    known = all(value is not None for value in (was, is_, by, without))
    return _ALONE if known and abs((by - was) - (is_ - without)) <= _SAME else _TOGETHER  # type: ignore[operator]


def _same(one: float | None, other: float | None) -> bool:
    missing = [value is None or value is pd.NA for value in (one, other)]
    return all(missing) if any(missing) else abs(float(one) - float(other)) <= _SAME  # type: ignore[arg-type]


def _told(value: float | None) -> str:
    return "none" if value is None or value is pd.NA else f"{value:.3g}"
