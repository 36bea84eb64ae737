"""What kind of disease the principal one is, as far as it decides whether it has a place."""

import re

from casebook.extract.diagnosis_rank import Candidate
from casebook.extract.matcher import Mention

NOWHERE = ("genetic", "psychiatric", "haematological")  # what is seen in one organ is a complication
OF_ALL_ORGANS = ("inflammatory", "haematological", "metabolic", "genetic")  # "cardiac sarcoidosis was suspected"
_KINDS = {"infection": "infection", "injury": "trauma", "fracture": "trauma"}
OF_VESSELS = re.compile(r"arterio-?venous|\b(?:av|a-v)\b|aneurysm|thrombo(?:sis|embol)|dissection", re.IGNORECASE)
OF_FORMS = re.compile(  # of one place, whatever its cause
    r"\b(?:abscess|hernia|fistula|granuloma|ha?ematoma|pseudo-?aneurysm|foreign body|perforation|calcification|"
    r"gangrene|ulcer|stenosis|obstruction|dislocation|cyst|malformation|hamartoma|pregnancy|effusion|"
    r"collection|mass|lesion)$",
    re.IGNORECASE,
)
OF_THE_BODY = re.compile(  # the lesions of these are complications; "HIV ⟨encephalopathy⟩" is in the organ
    r"^(?!.*(?:itis|pathy|pneumonia|abscess)\b).*\b(?:HIV|human immunodeficiency|acquired immun\w+|dengue|malaria|"
    r"covid|coronavirus|influenza|epstein|leptospir|measles|typhoid|"
    r"anaplasm|babesi|chikungunya|ebola|ehrlichi|hantavirus|lassa|q fever|rabies|relapsing fever|rickett|rubella|"
    r"tetanus|typhus|varicella|yellow fever|zika|"
    r"sepsis|septic shock|systemic lupus|"
    r"(?:septic|bacter|fung|candid|vir)a?emia|obesity|malnutrition|diabetes|"
    r"hypertension|hyp(?:er|o)(?:calc|kal|natr|phosphat|magnes|uric|lipid)a?emia|"
    r"(?:\w+ase|vitamin \w+|factor \w+) deficiency|\w*(?:deletion|duplication|mutation)s?\b)",
    re.IGNORECASE,
)
EVERYWHERE = re.compile(r"miliary|disseminat|systemic|sep(?:sis|tic)|\w{4}a?emia\b", re.IGNORECASE)


def group_of(head: Mention) -> str:
    """The group of a disease word; of a word that alone names no disease ("a B-cell ⟨lymphoma⟩") what it is one of."""
    fields = head.term.fields
    return fields.get("group") or ("neoplasm" if fields.get("category") == "tumour" else _KINDS.get(head.label, ""))


def is_tumour(chosen: Candidate | None) -> bool:
    """Whether the disease is known to be a tumour."""
    return chosen is not None and group_of(chosen.phrase.head) == "neoplasm"


def akin(candidate: Candidate, group: str) -> bool:
    """Whether another name may be that of the same disease: a first opinion of a tumour, the organ that is inflamed."""
    kind = candidate.phrase.head.term.fields.get("group")
    if group == "neoplasm":
        return kind == "neoplasm" and not candidate.phrase.metastatic
    if group == "trauma":
        return kind in ("trauma", None)
    return kind in ("infection", "inflammatory", "trauma", None)


_SYSTEMIC = frozenset("genetic metabolic haematological toxic psychiatric inflammatory infection other".split())
_SYSTEMIC_NAMES = ("lymphoma", "leuk", "myeloma", "melanoma", "syndrome", "reaction", "disease", "hypertension")


def local(chosen: Candidate) -> bool:
    """Whether the disease is of a kind that has one place."""
    return chosen.phrase.head.term.fields.get("group") not in _SYSTEMIC


def seen_in_one(chosen: Candidate) -> bool:
    """Whether the organ of which the report speaks most may be the place, of an infection too."""
    infection = chosen.phrase.head.term.fields.get("group") == "infection"
    return local(chosen) or (infection and not EVERYWHERE.search(chosen.name.label))


def anywhere(chosen: Candidate) -> bool:
    """Whether a disease of this name is found all over the body: the organ spoken of proves nothing."""
    return any(word in chosen.name.label.lower() for word in _SYSTEMIC_NAMES)
