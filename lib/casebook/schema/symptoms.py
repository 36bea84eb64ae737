from casebook.schema.column import CASE_ID, ROW_ID, STATUS, Column, Table

SYMPTOMS = Table(
    "symptoms",
    "one symptom with which a patient came, or which the report denies; what came after treatment is left out",
    (
        ROW_ID,
        CASE_ID,
        Column("symptom", "string", "see data/vocabulary/symptoms.csv", nullable=False),
        Column("status", "string", "reported, denied, or uncertain", nullable=False, allowed=STATUS),
        Column("duration_months", "Float64", "how long it had lasted at presentation", unit="months"),
    ),
    ("case_id",),
)
