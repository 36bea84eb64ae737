"""All reports of a folder after they were read, and which of them count."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from casebook.batch import Listed, Read, listed, read, strictly
from casebook.cache import Cache
from casebook.kept import Body, body_of, plain
from casebook.readers.settle import settle


@dataclass(frozen=True)
class Gathered:
    """`sources` are the rows of that table in order, `included` the reports that have rows in the others, in order."""

    sources: list[dict]
    included: list[Read]
    keys: list[bytes]
    cache: Cache

    def body(self, one: Read) -> Body:
        return body_of(self.cache.column(one.place, "body"))

    def sentences(self, one: Read) -> list:
        return list(plain(self.cache.column(one.place, "sentences")))


def gather(
    folder: Path,
    vocabulary: Path,
    cache: Cache,
    strict: bool = False,
    jobs: int | None = None,
    progress: Callable[[int, int], None] = lambda done, of: None,
    found: Listed | None = None,
) -> Gathered:
    """Read every report of `folder` (`found` there already or not), and each paper once: the same from any number of
    `jobs`, cached or not.

    Raises InputError, TableError or EvidenceError.
    """
    done = read(folder, found or listed(folder, cache), vocabulary, strict, jobs, cache, progress)
    by_name = {one.source["source_id"]: one for one in done if one.source["status"] == "included"}
    sources = [one.source for one in done]
    settle(folder, sources, _Texts(cache, by_name), {name: one.groups for name, one in by_name.items()})
    for source in sources:
        strictly(source, strict)
    sources.sort(key=lambda row: (row["source_id"], row["path"]))
    included = [one for one in by_name.values() if one.source["status"] == "included"]
    return Gathered(sources, included, [one.key for one in done], cache)


class _Texts(Mapping[str, str]):
    """Those of the included reports, each read when it is asked for."""

    def __init__(self, cache: Cache, by_name: Mapping[str, Read]):
        self._cache, self._by_name = cache, by_name

    def __getitem__(self, source_id: str) -> str:
        return body_of(self._cache.column(self._by_name[source_id].place, "body")).text

    def __contains__(self, source_id: object) -> bool:
        return source_id in self._by_name

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_name)

    def __len__(self) -> int:
        return len(self._by_name)
