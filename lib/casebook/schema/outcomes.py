from casebook.schema.column import CASE_ID, ROW_ID, Column, Table

ENDPOINTS = ("vital_status", "recurrence", "progression", "metastasis", "response", "adverse_event")
ORIGINS = ("diagnosis", "surgery", "metastasis", "treatment", "presentation", "recurrence")

OUTCOMES = Table(
    "outcomes",
    "one endpoint that the report speaks about",
    (
        ROW_ID,
        CASE_ID,
        Column("endpoint", "string", "what was observed", nullable=False, allowed=ENDPOINTS),
        Column(
            "value",
            "string",
            "vital_status: dead, alive, lost to follow-up; else what happened, in the report's terms",
            nullable=False,
        ),
        Column("grade", "Int64", "WHO or toxicity grade"),
        Column("months", "Float64", "time from the origin", unit="months"),
        Column("origin", "string", "the event from which the months count", allowed=ORIGINS),
        Column("observed", "boolean", "true for an event, false for a censored one"),
    ),
    ("case_id",),
)
