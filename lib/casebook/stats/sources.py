import pandas as pd

from casebook.stats.refs import refs
from casebook.stats.words import listed, some


def numbered(sources: pd.DataFrame) -> pd.DataFrame:
    """`sources` plus `source` (Source 1, 2 … in the order of the table), `called` (that with its title, or else its
    name) and `first_author` ("Lind A et al.").
    """
    source = "Source " + pd.Series(range(1, len(sources) + 1), index=sources.index).astype(str)
    called = source + ": " + sources["title"].fillna(sources["source_id"])
    names = sources["authors"].astype("string").str.split(";")
    first = names.str[0].str.strip() + names.map(lambda each: " et al." if len(each) > 1 else "", na_action="ignore")
    return sources.assign(
        source=source.astype("string"),
        called=called.astype("string"),
        first_author=first.astype("string"),
        **{"first_author@": refs(sources, "authors")},
    )


def by_source(frame: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """`frame` with the `source` and `called` of each row's source, in the order of `sources`."""
    own = numbered(sources).set_index("source_id")
    order = pd.Series(range(len(own)), index=own.index)
    sorted_frame = frame.iloc[frame["source_id"].map(order).argsort(kind="stable")]
    ids = sorted_frame["source_id"]
    return sorted_frame.assign(source=ids.map(own["source"]), called=ids.map(own["called"])).reset_index(drop=True)


def kinds(sources: pd.DataFrame) -> str:
    """ "two case reports and one reference article", of the included sources; empty for none."""
    kind = sources["kind"][sources["status"].eq("included")]
    stated = kind.dropna().value_counts(sort=False)
    order = sorted(stated.items(), key=lambda item: (-item[1], str(item[0])))
    told = [some(n, str(name), str(name) if str(name).endswith("series") else "") for name, n in order]
    unstated = int(kind.isna().sum())
    return listed([*told, *([some(unstated, "source") + " of no stated kind"] if unstated else [])])
