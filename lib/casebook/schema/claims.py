from casebook.schema.column import ROW_ID, SOURCE_ID, Column, Table

CLAIM_KINDS = ("frequency", "incidence", "count", "mechanism", "primary", "differential", "signal")

CLAIMS = Table(
    "claims",
    "one statement of a source about the disease rather than about a patient",
    (
        ROW_ID,
        SOURCE_ID,
        Column("kind", "string", "what sort of statement", nullable=False, allowed=CLAIM_KINDS),
        Column("subject", "string", "what it is about"),
        Column("statement", "string", "what is said", nullable=False),
        Column("value", "Float64", "the number stated"),
        Column("unit", "string", "its unit"),
        Column("rank", "Int64", "place in a list"),
        Column("citation", "string", "the reference marks beside it"),
    ),
    ("source_id",),
)
