"""Links between the parts of a report: a notebook names another one, or the cell that made a figure or table."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_LINK = re.compile(r'<a href="(?:(?P<notebook>[\w-]+)\.ipynb)?(?:#(?P<cell>[\w-]+))?">(?P<words>[^<]*)</a>', re.ASCII)


@dataclass
class Places:
    """What can be linked to: sections by the notebook's name, figures and tables by notebook and id of the cell."""

    sections: dict[str, str] = field(default_factory=dict)  # name -> title
    numbered: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)  # -> ("Figure 2", its anchor)

    def add(self, notebook: str, cell: str, called: str, anchor: str) -> None:
        """The first figure or table of a cell stands for the cell."""
        self.numbered.setdefault((notebook, cell), (called, anchor))

    def linked(self, html: str, own: str) -> str:
        """`html` of notebook `own`: a link whose words are a notebook's name gets the title of its section, one to a
        cell the number of its figure or table behind the words. What the report does not have stays words.
        """
        return _LINK.sub(lambda found: self._one(found.groupdict(""), own), html)

    def _one(self, found: Mapping[str, str], own: str) -> str:
        notebook, cell, words = found["notebook"], found["cell"], found["words"]
        if called := self.numbered.get((notebook or own, cell)):
            return f'{words} (<a href="#{called[1]}">{called[0]}</a>)'
        section = notebook or cell
        if section not in self.sections:
            return words
        return f'<a href="#{section}">{self.sections[section] if words == section else words}</a>'
