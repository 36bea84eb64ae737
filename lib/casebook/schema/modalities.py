from casebook.schema.column import ROLES, ROW_ID, SOURCE_ID, STATUS, Column, Table

MODALITY_NAMES = (
    "MRI",
    "CT",
    "PET",
    "PET-CT",
    "SPECT",
    "bone scintigraphy",
    "scintigraphy (other)",
    "radiography",
    "ultrasonography",
    "mammography",
    "angiography",
    "myelography",
    "fluoroscopy",
    "echocardiography",
    "MR spectroscopy",
)

MODALITIES = Table(
    "modalities",
    "one finding of an imaging study done on the patient; a study that is only named has one row without a finding",
    (
        ROW_ID,
        Column("case_id", "string", "the patient; empty in a reference article"),
        SOURCE_ID,
        Column("study", "Int64", "order of the study within the case"),
        Column("modality", "string", "the method", nullable=False, allowed=MODALITY_NAMES),
        Column("sequence", "string", "MRI weighting, or tracer"),
        Column("site", "string", "where the finding is, see data/vocabulary/sites.csv"),
        Column("role", "string", "what of the disease is at that site", allowed=ROLES),
        Column("finding", "string", "see data/vocabulary/findings.csv"),
        Column("qualifier", "string", "how it is described"),
        Column("status", "string", "reported, denied, or uncertain", nullable=False, allowed=STATUS),
        Column("value", "Float64", "measured value"),
        Column("unit", "string", "unit of the value (SUV, cm, HU …)"),
        Column("months_from_diagnosis", "Float64", "when the study was done", unit="months"),
    ),
    ("source_id", "case_id"),
)
