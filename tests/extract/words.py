"""A small vocabulary for tests of the machinery, apart from the words that ship."""

from casebook.vocabulary import Vocabulary, load

FILES = {
    "sites": "rule,label,surfaces,adjectives,parent,uberon,icdo\n"
    "st-1,lung,lung,pulmonary,,,\nst-2,liver,liver,hepatic,,,\n",
    "diagnoses": "rule,label,surfaces,group,behaviour,site,icdo,doid\n"
    "dx-1,lung cancer,lung cancer|=LC,neoplasm,malignant,lung,,\ndx-2,fever,fever,infection,,,,\n",
    "modalities": "rule,label,surfaces,loinc\nmo-1,CT,=CT,\nmo-2,PET-CT,PET/CT,\n",
    "cues": "rule,surfaces,category,direction,scope\n"
    "cu-1,no|without,negation,forward,\ncu-2,was ruled out,negation,backward,\n"
    "cu-3,possible,uncertainty,forward,3\ncu-4,but,termination,,\ncu-5,no change,pseudo,,\n",
    "false_friends": "rule,kind,surface,reason\nff-1,sites,liver function,a laboratory test\n",
}


def small(folder) -> Vocabulary:
    for name, text in FILES.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return load(folder)
