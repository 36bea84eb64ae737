from casebook.schema.column import CASE_ID, ROLES, ROW_ID, SIDES, STATUS, Column, Table

SITES = Table(
    "sites",
    "one place where a patient's disease is, or is denied to be",
    (
        ROW_ID,
        CASE_ID,
        Column(
            "role",
            "string",
            "leptomeningeal and CSF spread are metastasis, direct invasion is extension, regrowth in place recurrence",
            nullable=False,
            allowed=ROLES,
        ),
        Column("site", "string", "see data/vocabulary/sites.csv", nullable=False),
        Column("laterality", "string", "side", allowed=SIDES),
        Column("status", "string", "reported, denied, or uncertain", nullable=False, allowed=STATUS),
        Column("months_from_diagnosis", "Float64", "when it was found", unit="months"),
        Column(
            "confirmed_by",
            "string",
            "the strongest means that the report names",
            allowed=("imaging", "histology", "autopsy"),
        ),
    ),
    ("case_id",),
)
