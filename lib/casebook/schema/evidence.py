from casebook.schema.column import SOURCE_ID, Column, Table

EVIDENCE = Table(
    "evidence",
    "one range of a source's text that supports one cell, or the note from which cells it is derived",
    (
        Column("table", "string", "table of the supported cell", nullable=False),
        Column("row_id", "string", "row of the supported cell", nullable=False),
        Column("column", "string", "column of the supported cell", nullable=False),
        SOURCE_ID,
        Column("start", "Int64", "first code point of the quote in texts/SOURCE_ID.txt; empty for a derived cell"),
        Column("end", "Int64", "one past its last code point"),
        Column("quote", "string", "text[start:end]"),
        Column("rule", "string", "the vocabulary row or rule that filled the cell", nullable=False),
        Column("cue_start", "Int64", "first code point of the words that set the status"),
        Column("cue_end", "Int64", "one past their last code point"),
        Column(
            "status",
            "string",
            "who answers for the cell",
            nullable=False,
            allowed=("machine", "confirmed", "corrected", "added", "rejected"),
        ),
        Column("derived_from", "string", "for a derived cell: from which cells or words, and how"),
    ),
)
