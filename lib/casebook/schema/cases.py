from casebook.schema.column import CASE_ID, ROW_ID, SIDES, SOURCE_ID, Column, Table

CASES = Table(
    "cases",
    "one patient whom a source describes (index) or cites from elsewhere (cited)",
    (
        ROW_ID,
        Column(
            CASE_ID.name,
            "string",
            "SOURCE_ID/1, /2 … for the report's own patients in reading order, SOURCE_ID/c1 … for cited ones",
            nullable=False,
        ),
        SOURCE_ID,
        Column(
            "role",
            "string",
            "the report's own patient, or one that it cites",
            nullable=False,
            allowed=("index", "cited"),
        ),
        Column("age_years", "Float64", "age at first diagnosis, else at presentation", unit="years"),
        Column("sex", "string", "as stated or as the report's pronouns say", allowed=("male", "female")),
        Column(
            "diagnosis",
            "string",
            "the principal disease; where the report turns on a tumour and its spread, the primary tumour",
        ),
        Column("who_grade", "Int64", "grade of that tumour at first diagnosis", unit="WHO grade"),
        Column("latest_diagnosis", "string", "the last diagnosis that the report gives the same disease"),
        Column("latest_who_grade", "Int64", "grade at that diagnosis", unit="WHO grade"),
        Column("primary_site", "string", "where the disease arose, see data/vocabulary/sites.csv"),
        Column("laterality", "string", "side of the primary site", allowed=SIDES),
    ),
    ("source_id", "case_id"),
)
