"""What of the disease is at a place: what the words say, else what the table of sites says."""

from casebook.extract.finding import Draft
from casebook.extract.imaging_lesions import known_roles, stated_role
from casebook.extract.matcher import Mention
from casebook.extract.reading import Reading
from casebook.text.span import Span

_AROUND = 40
_BEYOND = 25
_TISSUES = {"bone marrow": "bone"}
"""Tissues that say nothing of where in the body they are, and what holds them."""


class Roles:
    """The places of one patient's disease as earlier topics found them."""

    def __init__(self, reading: Reading, draft: Draft, case: str):
        self._reading = reading
        sites = [(f, str(f.value("site") or ""), str(f.value("role") or "")) for f in draft.of("sites", case)]
        self.known = known_roles((site, role) for _, site, role in sites)
        row = draft.case(case)
        primary = str(row.value("primary_site") or "") if row else ""
        if primary and "primary" not in self.known.setdefault(primary, []):
            self.known[primary].append("primary")
        self._listed = {
            span: (site, role) for f, site, role in sites for span in f.cells["site"].spans if "site" in f.cells
        }

    def listed(self, span: Span) -> tuple[str, str]:
        """Site and role that the table of sites read at `span`; empty if it did not."""
        return self._listed.get(span, ("", ""))

    def stated(self, start: int, end: int, mention: Mention) -> str:
        """The role in the words around [start, end) of the sentence that holds `mention`."""
        sentence = self._reading.sentences[self._reading.sentence_of(mention)]
        low, high = max(sentence.start, start - _AROUND), min(sentence.end, end + _BEYOND)
        return stated_role(self._reading.lower[low:high])

    def at(self, site: str, stated: str, spoken: str) -> str:
        """The role at `site`, of which the words say `stated` and the text said last `spoken`."""
        exact = self.known.get(site, [])
        if exact:
            return stated if stated in exact else spoken or exact[0]
        near = [role for label, roles in self.known.items() for role in roles if self._near(site, label)]
        if stated and (stated in near or not near):
            return stated
        return spoken or (near[0] if near else "")

    def closer(self, site: str, named: str) -> bool:
        """Whether `site` says more closely where `named` is ("bone marrow" of the vertebrae)."""
        within, tissue = self._reading.vocabulary.within, _TISSUES.get(named)
        return within(site, named) or tissue is not None and site != tissue and within(site, tissue)

    def _near(self, one: str, other: str) -> bool:
        """Whether one place holds the other or both are parts of the same."""
        within, term = self._reading.vocabulary.within, self._reading.vocabulary.term
        if within(one, other) or within(other, one):
            return True
        first, second = term("sites", one), term("sites", other)
        return bool(first and second and first.fields["parent"] and first.fields["parent"] == second.fields["parent"])
