"""Records of one paper: the same by DOI, PMID, or title, year and first author; alike, and left to a person."""

from collections.abc import Iterator, Sequence

from casebook.readers.bibliography.record import Record, words

_ALIKE = 90  # of 100; below it titles of case reports on one disease are alike
_MOST = 2_000  # titles compared with one another at once


def papers(records: Sequence[Record]) -> list[list[Record]]:
    """The records by the paper that they are of, in the order of the first of each.

    A record whose DOI or PMID is another than that of the paper is of another paper, however alike the rest.
    """
    found: list[list[Record]] = []
    by: dict[tuple, list[Record]] = {}
    for one in records:
        names = [("doi", one.doi), ("pmid", one.pmid)]
        keys: list[tuple] = [name for name in names if name[1]] + ([one.key] if one.key else [])
        own = next((by[key] for key in keys if key in by and not _differ(one, by[key])), None)
        if own is None:
            own = []
            found.append(own)
        own.append(one)
        for key in keys:
            by.setdefault(key, own)
    return found


def _differ(one: Record, others: list[Record]) -> bool:
    def another(name: str) -> bool:
        said = {getattr(other, name) for other in others} - {""}
        return bool(getattr(one, name) and said and getattr(one, name) not in said)

    return another("doi") if one.doi and any(other.doi for other in others) else another("pmid")


def near(found: Sequence[Sequence[Record]]) -> Iterator[tuple[int, int, float]]:
    """Positions of two papers whose titles are alike in years next to each other, and how alike (90 to 100)."""
    from rapidfuzz import fuzz, process  # only where somebody asks

    by_year: dict[str, list[int]] = {}
    for at, several in enumerate(found):
        if several[0].title:
            by_year.setdefault(several[0].year, []).append(at)
    for year, own in sorted(by_year.items()):
        after = by_year.get(str(int(year) + 1), []) if year else [at for y, ats in by_year.items() if y for at in ats]
        titles = [words(found[at][0].title) for at in own]
        others = own + after
        other_titles = titles + [words(found[at][0].title) for at in after]
        for low in range(0, len(own), _MOST):
            scores = process.cdist(
                titles[low : low + _MOST], other_titles, scorer=fuzz.token_sort_ratio, score_cutoff=_ALIKE
            )
            for row, column in zip(*scores.nonzero(), strict=True):
                one, two = own[low + int(row)], others[int(column)]
                if one < two or (one != two and int(column) >= len(own)):
                    yield min(one, two), max(one, two), float(scores[row, column])
