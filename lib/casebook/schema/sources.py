from casebook.schema.column import Column, Table

KINDS = ("case report", "case series", "review", "reference article", "other")

SOURCES = Table(
    "sources",
    "one report file of the folder, read or not",
    (
        Column("row_id", "string", "name of this row", nullable=False),
        Column("source_id", "string", "the file's stem", nullable=False),
        Column("path", "string", "the file's name inside the folder of reports", nullable=False),
        Column("sha256", "string", "checksum of the file's bytes"),
        Column("kind", "string", "what the source is", allowed=KINDS),
        Column("title", "string", "as the file or sources.csv states it"),
        Column("authors", "string", "separated by semicolons"),
        Column("year", "Int64", "of publication"),
        Column("journal", "string", "as stated"),
        Column("doi", "string", "without a resolver's address"),
        Column("pmid", "string", "PubMed identifier"),
        Column("licence", "string", "as stated"),
        Column("characters", "Int64", "length of the text as received, in code points"),
        Column(
            "status", "string", "what became of it", nullable=False, allowed=("included", "excluded", "quarantined")
        ),
        Column("reason", "string", "why it is excluded or quarantined, or who includes it in spite of an exclusion"),
    ),
    ("source_id", "path"),
)
