"""Tables of earlier patients, in the shapes that texts converted from papers have."""

import pytest

from extract.cells import findings

ROWS = (
    ("Reference", "Age/sex", "Type", "Treatment", "Outcome", "Follow-up"),
    ("Barton et al. (1967)", "27/M", "Glioblastoma", "Surgery, RT", "Died", "9 months"),
    ("Kimura (1988)", "12/F", "Anaplastic astrocytoma", "RT + temozolomide", "Alive", "2 years"),
    ("Present case", "50/M", "Anaplastic astrocytoma", "Surgery", "Died", "8 months"),
)
PROSE = ("A 50-year-old man had an anaplastic astrocytoma of the conus medullaris. He died 8 months later.\n\n"
         "Discussion\n\nThe earlier cases are in Table 1.\n\n{}\n\nThey were seen in many wards.")


def report(caption: str, rows: tuple[tuple[str, ...], ...], shape: str) -> str:
    joined = {"tabs": "\t".join, "bars": " | ".join, "blanks": " ".join, "lines": "\n".join,
              "gaps": lambda cells: "".join(cell.ljust(26) for cell in cells).rstrip(),
              "boxes": lambda cells: f"| {' | '.join(cells)} |"}[shape]
    return PROSE.format("\n".join([f"Table 1. {caption}", "", *map(joined, rows)]))


def cited(text: str) -> dict[str, dict[str, object]]:
    return {f.case: {name: cell.value for name, cell in f.cells.items()}
            for f in findings(text) if f.table == "cases" and f.case.startswith("c")}


@pytest.mark.parametrize("shape", ["tabs", "bars", "boxes", "gaps", "blanks", "lines"])
def test_each_row_of_earlier_patients_becomes_a_cited_case(shape):
    text = report("Gliomas of the cord in the literature.", ROWS, shape)
    people = cited(text)
    assert [(row["age_years"], row["sex"], row["diagnosis"]) for row in people.values()] == [
        (27, "male", "glioblastoma"), (12, "female", "anaplastic astrocytoma")]
    ends = {(f.case, f.value("value"), f.value("months")) for f in findings(text)
            if f.value("endpoint") == "vital_status"}
    assert ends == {("1", "dead", 8.0), ("c1", "dead", 9.0), ("c2", "alive", 24.0)}
    given = {(f.case, f.value("kind"), f.value("agent")) for f in findings(text) if f.table == "treatments"}
    assert given == {("c1", "surgery", None), ("c1", "radiotherapy", None), ("c2", "radiotherapy", None),
                     ("c2", "chemotherapy", "temozolomide")}


@pytest.mark.parametrize("shape", ["tabs", "bars", "gaps", "blanks"])
def test_the_report_s_own_patients_are_not_cited(shape):
    own = (("Patient", *ROWS[0][1:]), *((str(n), *row[1:]) for n, row in enumerate(ROWS[1:], start=1)))
    assert cited(report("Characteristics of the patients.", own, shape)) == {}


def test_a_group_is_no_patient():
    rows = (("Study", "No. of patients", "Age (years)", "Sex", "Outcome"), ("Moreau 2001", "24", "45", "M/F", "Alive"),
            ("Novak 2004", "1", "51", "F", "Died"), ("Ostrom 2009", "1", "20-45", "M", "Died"))
    assert [row["age_years"] for row in cited(report("Published cases.", rows, "tabs")).values()] == [51]


def test_a_cell_broken_over_lines_goes_on_below_its_head():
    rows = ("Author              Age/Sex    Tumour             Location            Outcome        Follow-up (months)\n"
            "Ekstrand et al.     45/F       Atypical           Right parietal      Alive without  36\n"
            "                               meningioma         lobe                disease\n"
            "Fabre et al.        8 mo/M     Meningioma         Falx cerebri        Died           3")
    text = PROSE.format(f"Table 1. Reported cases.\n\n{rows}")
    assert [row["age_years"] for row in cited(text).values()] == [45, 0.67]
    assert cited(text)["c1"]["laterality"] == "right"
    ends = [f.value("months") for f in findings(text) if f.case.startswith("c") and f.table == "outcomes"]
    assert ends == [36.0, 3.0]


def test_spread_has_a_column_of_its_own():
    rows = (("Author", "Age", "Sex", "Metastases"), ("Fabre 1999", "45", "M", "Liver, lung"),
            ("Gil 2001", "50", "F", "-"))
    text = report("Earlier cases.", rows, "tabs")
    assert [(f.case, f.value("site")) for f in findings(text) if f.table == "sites" and f.value("role") == "metastasis"
            and f.case.startswith("c")] == [("c1", "liver"), ("c1", "lung")]
