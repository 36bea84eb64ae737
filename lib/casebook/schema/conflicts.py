from casebook.schema.column import ROW_ID, SOURCE_ID, Column, Table

CONFLICTS = Table(
    "conflicts",
    "one statement that the same source contradicts",
    (
        ROW_ID,
        SOURCE_ID,
        Column("case_id", "string", "the patient concerned, if one"),
        Column("statement", "string", "what is said", nullable=False),
        Column("why", "string", "what contradicts it", nullable=False),
    ),
    ("source_id",),
)
