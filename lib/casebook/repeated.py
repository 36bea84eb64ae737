"""What stands twice in a review: records, papers and patients."""

from functools import cached_property
from pathlib import Path

import pandas as pd

from casebook import screening
from casebook.curate import Decision
from casebook.curate.duplicates import near_duplicates
from casebook.curate.same_patient import same_patients
from casebook.curate.standing import holding
from casebook.deciding import Deciding
from casebook.errors import InputError
from casebook.readers.bibliography import Bibliography, read_bibliography


class Repeated(Deciding):
    """The part of a review that counts nothing twice."""

    counted: pd.DataFrame
    _reports: Path | None

    @cached_property
    def bibliography(self) -> Bibliography:
        """Records in the exports of databases that lie beside the reports; none where there are no exports."""
        return read_bibliography(self._reports) if self._reports else Bibliography()

    @cached_property
    def identified(self) -> pd.DataFrame:
        """Records of each database and their duplicates, where flow.csv does not state them: field, n, reason."""
        return screening.identified(self._reports, self.counted)

    @property
    def near_duplicates(self) -> pd.DataFrame:
        """Reports and records that may be one paper, for a person to decide: what, one, other, alike, why."""
        return near_duplicates(self._frames["sources"], self.texts, self.bibliography)

    @property
    def same_patients(self) -> pd.DataFrame:
        """Patients who may be told twice: case_id, other, why, answer, who. Decide with `same` or `different`."""
        return same_patients(self.machine, self.texts, holding(self._lines))

    def same(self, case_id: str, other: str, note: str = "") -> Decision:
        """`case_id` is the patient `other` told again, and is cited from now on: out of every count of patients."""
        return self._pair("same", case_id, other, note)

    def different(self, case_id: str, other: str, note: str = "") -> Decision:
        """The two are not one patient."""
        return self._pair("different", case_id, other, note)

    def _pair(self, action: str, case_id: str, other: str, note: str) -> Decision:
        cases = self.machine["cases"]
        own = cases[cases["role"].eq("index")]
        for name in (case_id, other):
            if not own["case_id"].eq(name).any():
                raise InputError(f"case_id: {name!r} is no patient of a report; review.patients lists them")
        if case_id.rpartition("/")[0] == other.rpartition("/")[0]:
            raise InputError(f"case_id: {case_id!r} and {other!r} are patients of one report")
        draft = self._draft(own["row_id"][own["case_id"].eq(case_id)].iloc[0], "role")
        return self._write(draft.line(action, new=other, note=note))
