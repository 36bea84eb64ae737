from casebook.schema.column import CASE_ID, ROW_ID, Column, Table

TREATMENT_KINDS = (
    "surgery",
    "radiotherapy",
    "radiosurgery",
    "chemotherapy",
    "targeted therapy",
    "immunotherapy",
    "hormone therapy",
    "corticosteroid",
    "anti-infective",
    "transplant",
    "supportive/palliative",
    "other procedure",
    "other drug",
)

TREATMENTS = Table(
    "treatments",
    "one course of one treatment or agent",
    (
        ROW_ID,
        CASE_ID,
        Column("course", "Int64", "order within the case"),
        Column("kind", "string", "what sort of treatment; a biopsy is none", nullable=False, allowed=TREATMENT_KINDS),
        Column("agent", "string", "drug by its international non-proprietary name, see data/vocabulary/agents.csv"),
        Column("extent", "string", "of a resection", allowed=("biopsy", "partial", "subtotal", "gross total")),
        Column("dose", "Float64", "amount, in dose_unit"),
        Column("dose_unit", "string", "radiation in Gy (5400 cGy is 54)"),
        Column("fractions", "Int64", "of radiation"),
        Column("cycles", "Int64", "of a drug"),
        Column("site", "string", "where it was aimed at"),
        Column("months_from_diagnosis", "Float64", "when it began", unit="months"),
        Column(
            "status",
            "string",
            "given, or only planned, or refused",
            nullable=False,
            allowed=("given", "planned", "refused"),
        ),
    ),
    ("case_id", "course"),
)
