"""Screening as a widget: each source with its first words, included or excluded by a criterion of the protocol."""

from collections.abc import Callable, Mapping

import pandas as pd

from casebook.curate.anchor import plain
from casebook.curate.standing import holding
from casebook.deciding import Deciding
from casebook.errors import InputError
from casebook.viewer import asset
from casebook.viewer.widget import MORE, SHARED, STYLE, UNKNOWN, Listed, called, first_words, typed

_STATES = ("undecided", "included", "excluded", "quarantined")
_OPENING = 2_000  # letters of a report that are shown before somebody decides
_FACTS = ("kind", "authors", "year", "journal", "doi", "path")


class Screen(Listed):
    """Every source with what was decided on it, by whom and why; see the keys with `?`.

    A decision is a line of decisions.csv, and tables and flow diagram follow it. Who includes what sources.csv leaves
    out overrules it: the report is read then.
    """

    _esm = SHARED + asset("screening.js") + "export default shown(Screen);"
    _css = STYLE + asset("tasks.css")
    _printed = ("state", "source", "reason", "by")

    def __init__(self, review: Deciding, editable: bool = True):
        self._state = ""
        protocol = review.protocol
        criteria = {"include": list(protocol.include), "exclude": list(protocol.exclude)}
        super().__init__(review, {"criteria": criteria}, editable)

    def _list(self) -> dict:
        """What was decided on each source of the state that is looked at, and how many there are of each."""
        table = self._decided()
        counts = table["state"].value_counts()
        own = table[table["state"].eq(self._state)] if self._state else table
        items = [
            {"id": row["source_id"], "source": called(self._review, row["source_id"])}
            | {name: plain(row[name]) for name in ("state", "reason", "by", "overruled")}
            for row in own.head(self._most).to_dict("records")
        ]
        flow = [f"{len(table):,} in the folder"]
        flow += [f"{int(counts[name]):,} {_TOLD[name]}" for name in reversed(_STATES) if name in counts]
        return {
            "items": items,
            "waiting": len(own),
            "states": [[name, int(counts.get(name, 0))] for name in _STATES if name in counts],
            "state": self._state,
            "flow": ", ".join(flow),
        }

    def _decided(self) -> pd.DataFrame:
        """The sources with `state`, reason, `by` (who and when) and what was overruled."""
        said = self._review.screening.set_index("source_id").to_dict("index")  # type: ignore[attr-defined]
        sources, waiting = self._review._frames["sources"], self._review.open
        waiting = waiting[waiting["action"].isin(("include", "exclude"))]
        why = dict(zip(waiting["source_id"], waiting["why"], strict=True))
        rows = []
        for source in sources.to_dict("records"):
            own = said[source["source_id"]]
            undecided = source["status"] == "included" and pd.isna(own["decision"])
            by = ", ".join(filter(None, (plain(own["decided_by"]), plain(own["decided_at"])[:10])))
            because = plain(source["reason"]) if source["status"] != "included" else plain(own["reason"])
            because = why.get(source["source_id"], because)
            state = "undecided" if undecided else source["status"]
            rows.append({**source, "state": state, "reason": because, "by": by, "overruled": plain(own["overruled"])})
        return pd.DataFrame(rows, columns=[*sources.columns, "state", "by", "overruled"])

    def _answer(self, asked: Mapping) -> dict:
        answers: dict[str, Callable[[Mapping], dict]] = {
            "look": self._look, "only": self._only, "more": self._longer, "include": self._screened,
            "exclude": self._screened, "undo": self._undo,
        }  # fmt: skip
        answer = answers[str(asked.get("kind"))](asked)
        return {**answer, "list": self._renewed()} if "said" in answer else answer

    def _look(self, asked: Mapping) -> dict:
        source_id = str(asked["source"])
        row = self._review._frames["sources"].set_index("source_id").loc[source_id]
        facts = [[name, plain(row[name])] for name in _FACTS if plain(row[name])]
        return {"facts": facts, "opening": first_words(self._review, source_id, _OPENING)}

    def _screened(self, asked: Mapping) -> dict:
        source_id, criterion, kind = str(asked["source"]), typed(asked["criterion"]), asked["kind"]
        line = getattr(self._review, kind)(source_id, criterion)
        return {"said": f"{line.new}{f': {line.note}' if line.note else ''}", "source": source_id}

    def _undo(self, asked: Mapping) -> dict:
        held = holding(self._review.decisions)
        own = held[held["who"].eq(self._review.who) & held["action"].isin(("include", "exclude"))]
        if own.empty:
            raise InputError("there is nothing of yours to undo here")
        last = own.iloc[-1]
        self._review.undo(last["decision"])
        return {"said": f"undone: {last['action']}", "source": last["source_id"]}

    def _only(self, asked: Mapping) -> dict:
        state = str(asked["state"])
        if state not in ("", *_STATES):
            raise InputError(UNKNOWN)
        self._state, self._most = state, MORE
        return {"list": self._renewed()}

    def _head(self) -> str:
        return self.content["list"]["flow"]


_TOLD = {"undecided": "included, for nobody decided", "included": "included", "excluded": "excluded",
         "quarantined": "not readable"}  # fmt: skip
