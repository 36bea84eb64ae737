"""Whether a disease of a tissue or a system can be in a place that the report tells of."""

from casebook.text.spelling import fold, variants
from casebook.vocabulary import Vocabulary

_AROUND_NERVES = frozenset(("central nervous system", "head", "cranial nerve", "bone"))
_SYSTEMS = {
    "gastrointestinal tract": frozenset(("abdomen", "chest", "pelvic cavity", "neck")),
    "urinary tract": frozenset("kidney|renal pelvis|ureter|urinary bladder|urethra|urachus|pelvic cavity".split("|")),
}
_OUTER = frozenset(
    "skin|subcutaneous tissue|soft tissue|muscle|tendon|bone|joint|peripheral nerve|nerve root".split("|")
)
_INNER = (
    "lung|bronchus|trachea|heart|liver|biliary tract|gallbladder|kidney|ureter|urethra|urinary bladder|spleen|pancreas|"
    "stomach|intestine|small intestine|colon|colorectum|oesophagus|peritoneum|brain|spinal cord|eye|blood vessel|"
    "bone marrow|parathyroid gland|thyroid gland|adrenal gland|viscera"
).split("|")


_SOFT = frozenset(("skin", "axilla", "neck", "abdomen", "pelvic cavity"))
_VESSELS = ("artery", "vein", "blood vessel")
_AROUND_VESSELS = frozenset(("blood vessel", "limb", "neck"))


def says(vocabulary: Vocabulary, site: str, name: str) -> bool:
    """Whether a whole word of the disease's `name` is one of the site's own ("⟨ovarian⟩ carcinoma")."""
    term = vocabulary.term("sites", site)
    words = [site, *term.fields["adjectives"].split("|"), *term.fields["surfaces"].split("|")] if term else [site]
    spoken = f" {fold(name)} "
    return any(f" {form} " in spoken for word in filter(None, words) for form in variants(fold(word).strip()))


def apart(vocabulary: Vocabulary, tissue: str, place: str, tumour: bool) -> bool:
    """Whether a disease that its name puts into `tissue` is not in `place`, but another one of the patient's is.

    A tumour may arise in any organ that holds the tissue (a sarcoma of bone in the breast); an inflammation, an injury
    of skin, bone or joint is in no inner organ, a disease of the brain in nothing but the brain and what is around it.
    """
    wider = vocabulary.ancestors(place)
    if vocabulary.within(tissue, "central nervous system") or tissue == "meninges":
        return wider[-1] not in _AROUND_NERVES
    if tissue in _VESSELS and not tumour:
        return wider[-1] not in _AROUND_VESSELS
    if tissue == "skin" and "eye" not in wider and any(organ in wider for organ in (*_INNER, "central nervous system")):
        return True
    if tissue == "bone" and not tumour and wider[-1] in _SOFT:
        return True
    if tissue in _SYSTEMS:
        return tissue not in wider and not _SYSTEMS[tissue].intersection(wider)
    return not tumour and tissue in _OUTER and any(organ in wider for organ in _INNER)
