"""Which imaging study showed which lesion, beside histology and autopsy as the reference."""

import math
from collections.abc import Iterator, Mapping

import pandas as pd

from casebook.stats.patients import of_patients
from casebook.stats.proportions import share, wilson
from casebook.stats.refs import joined
from casebook.stats.spread import UNNAMED, chain

FEWEST = 5  # patients in whom a modality looked; the share of lesions of fewer is listed, not drawn
ANSWERS = ("shown", "equivocal", "missed", "not looked")
GROUPS = ("every lesion", "proven by histology or autopsy")
_PROOF = ("histology", "autopsy")
_ROLES = ("primary", "recurrence", "extension", "metastasis")
_MONTHS = "months_from_diagnosis"
_MONTH = 1.0  # a study further than this from when the lesion was found may have looked before it was there
_DENIES = frozenset(  # what a study must deny for the lesion itself to be denied, and not a part of its look
    ("abnormality", "increased uptake", "lesion", "lymphadenopathy", "malignancy", "mass", "metastasis", "nodule")
    + ("tumour", "tumour mass", "uptake")
)
_GUIDES = ("biopsy guidance",)  # a study that only led the needle answers nothing
_SAYS = {"present": "shown", "uncertain": "equivocal"}
_COLUMNS = ["case_id", "patient", "site", "role", "reference", "modality", "answer", "told_of"]


def detection(
    sites: pd.DataFrame,
    modalities: pd.DataFrame,
    patients: pd.DataFrame,
    organs: Mapping[str, str],
    around: Mapping[str, str],
    few: int,
) -> pd.DataFrame:
    """A row per lesion (a patient's site at which the disease is present) and modality that any of the patients had.

    Columns case_id, patient, site, role, reference (histology, autopsy or empty), modality, answer, told_of,
    answer@. `answer`: shown; missed (the report denies it there, about when it was found); equivocal (the report
    leaves it open); not looked (no study of that place by that modality is told). Of several answers shown
    outweighs equivocal outweighs missed. `told_of` is the wider organ (`organs`) where a study showed the disease
    without naming the lesion's own site: vertebra for T11, but never bone for a rib. A denial at a wider place
    denies all of its parts, and so does one in a part of the body (`around`) that holds the organ. Of more than
    `few` patients only the metastases are asked after, if there is one.
    """
    lesions = _lesions(of_patients(sites, patients), around)
    if len(patients) > few:
        lesions = [row for row in lesions if row["role"] == "metastasis"] or lesions
    studies = of_patients(modalities, patients)
    used = studies["modality"].value_counts()
    order = sorted(used.index, key=lambda name: (-used[name], name))
    own: dict[tuple[str, str], list[dict]] = {}
    for study in studies[studies["site"].notna()].to_dict("records"):
        own.setdefault((study["case_id"], study["modality"]), []).append(study)
    rows = [
        row | {"modality": modality} | _answer(row, own.get((row["case_id"], modality), []), organs, around)
        for row in lesions
        for modality in order
    ]
    table = pd.DataFrame(rows, columns=[*_COLUMNS, "answer@"])
    return table.astype({"reference": "string", "told_of": "string"})


def detection_shares(lesions: pd.DataFrame) -> pd.DataFrame:
    """Of `detection`: the lesions that each modality showed, of those it looked at, with Wilson's interval.

    Columns modality, group (every lesion; those proven by histology or autopsy), n, of, low, high (per cent),
    share, missed, equivocal, wider (shown by way of a wider place), patients. Empty limits below FEWEST patients. A
    lesion that is known only because a study showed it cannot have been missed by that study, which is why the
    proven ones stand apart (incorporation bias; Ransohoff and Feinstein 1978). Lesions of one patient count as
    independent.
    """
    rows = []
    for modality in lesions["modality"].unique():
        looked = lesions[lesions["modality"].eq(modality) & lesions["answer"].ne("not looked")]
        for group, own in zip(GROUPS, (looked, looked[looked["reference"].isin(_PROOF)]), strict=True):
            if own.empty:
                continue
            shown = own[own["answer"].eq("shown")]
            n, of, enough = len(shown), len(own), own["case_id"].nunique() >= FEWEST
            low, high = (100 * limit for limit in wilson(n, of)) if enough else (None, None)
            rows.append(
                {"modality": modality, "group": group, "n": n, "of": of, "low": low, "high": high}
                | {"share": share(n, of) if enough else f"{n}/{of}"}
                | {answer: int(own["answer"].eq(answer).sum()) for answer in ("missed", "equivocal")}
                | {"wider": int(shown["told_of"].notna().sum()), "patients": own["case_id"].nunique()}
                | {"share@": joined(ref for refs in own["answer@"] for ref in refs.split("\n"))}
            )
    columns = ["modality", "group", "n", "of", "low", "high", "share", "missed", "equivocal", "wider", "patients"]
    table = pd.DataFrame(rows, columns=[*columns, "share@"]).astype({"low": "Float64", "high": "Float64"})
    table = table.assign(most=table["modality"].map(table.groupby("modality")["of"].max()))
    return table.sort_values(["most", "modality"], ascending=[False, True], kind="stable").drop(columns="most")


def by_site(lesions: pd.DataFrame, wider: Mapping[str, str]) -> pd.DataFrame:
    """Of `detection`: what each modality showed of the lesions of each organ or tissue (the widest site), most lesions
    first: columns site, lesions, proven (by histology or autopsy), studies ("MRI 3/3, CT 1/2": shown / looked at).
    """
    wide = lesions.assign(wide=[chain(site, wider)[-1] for site in lesions["site"]])
    rows = []
    for site, own in wide.groupby("wide", sort=False):
        each = own.drop_duplicates(["case_id", "site"])
        looked = own[own["answer"].ne("not looked")]
        seen = [
            f"{modality} {part['answer'].eq('shown').sum()}/{len(part)}"
            for modality, part in looked.groupby("modality", sort=False)
        ]
        cells = joined(ref for refs in looked["answer@"] for ref in refs.split("\n"))
        proven = int(each["reference"].notna().sum())
        rows.append((site, len(each), proven, ", ".join(seen) or None, cells))
    table = pd.DataFrame(rows, columns=["site", "lesions", "proven", "studies", "studies@"])
    return table.sort_values(["lesions", "site"], ascending=[False, True], ignore_index=True)


def _lesions(sites: pd.DataFrame, around: Mapping[str, str]) -> list[dict]:
    """Each place of each patient once, in the order of patients and of the course: the site, its first role, and the
    strongest proof of any of its rows. A wider place is no lesion beside one of its parts with the same role.
    """
    present = sites[sites["status"].eq("present") & sites["site"].ne(UNNAMED)]
    asked = ["case_id", "patient", "site", "role", "confirmed_by", _MONTHS, "row_id"]
    told: dict[tuple[str, str], list[dict]] = {}
    for row in present[asked].dropna(subset=["case_id", "site"]).to_dict("records"):
        told.setdefault((row["case_id"], row["site"]), []).append(row)
    found = []
    for (case, site), own in told.items():
        roles, proofs = {row["role"] for row in own}, {row["confirmed_by"] for row in own}
        months = [row[_MONTHS] for row in own if pd.notna(row[_MONTHS])]
        first = min(own, key=lambda row: math.inf if pd.isna(row[_MONTHS]) else row[_MONTHS])
        found.append(
            {
                "case_id": case,
                "patient": first["patient"],
                "site": site,
                "role": next(role for role in _ROLES if role in roles),
                "reference": next((proof for proof in reversed(_PROOF) if proof in proofs), None),
                "months": months,
                "row_id": first["row_id"],
            }
        )
    patients = {case: at for at, case in enumerate(dict.fromkeys(sites["case_id"]))}
    parts = {
        (row["case_id"], row["role"], whole) for row in found for whole in chain(row["site"], around)[1:]
    }
    found = [row for row in found if (row["case_id"], row["role"], row["site"]) not in parts]
    return sorted(found, key=lambda row: (patients[row["case_id"]], _ROLES.index(row["role"])))


def _answer(lesion: dict, studies: list[dict], organs: Mapping[str, str], around: Mapping[str, str]) -> dict:
    """The strongest answer that rows of one modality give for `lesion`, where it was told, and the cells."""
    best: tuple[int, str, str | None] = (len(ANSWERS) - 1, ANSWERS[-1], None)
    cells: list[str] = []
    for answer, told_of, row in _answers(lesion, studies, organs, around):
        at = (ANSWERS.index(answer), answer, told_of)
        cells += [f"{row['row_id']}.{column}" for column in ("site", "finding", "status") if pd.notna(row[column])]
        if at[0] < best[0] or (at[0] == best[0] and told_of is None):
            best = at
    return {"answer": best[1], "told_of": best[2], "answer@": joined([f"{lesion['row_id']}.site", *cells])}


def _answers(
    lesion: dict, studies: list[dict], organs: Mapping[str, str], around: Mapping[str, str]
) -> Iterator[tuple[str, str | None, dict]]:
    site = lesion["site"]
    for row in studies:
        if pd.isna(row["finding"]) and row["qualifier"] in _GUIDES:
            continue
        place, alike = _place(row, around), pd.isna(row["role"]) or row["role"] == lesion["role"]
        if row["status"] == "absent":
            if alike and place in chain(site, around) and _denies(row) and _about_then(row, lesion):
                yield "missed", None, row
        elif place == site or (alike and site in chain(place, around)):  # there, or in a part of it
            yield _SAYS[row["status"]], None, row
        elif row["role"] == lesion["role"] and place in chain(site, organs):
            yield _SAYS[row["status"]], place, row


def _place(row: dict, around: Mapping[str, str]) -> str:
    """Where the row is; a level told as a qualifier ("T10") names its vertebra."""
    levels = str(row["qualifier"]).replace(",", " ").split() if pd.notna(row["qualifier"]) else []
    return next((f"{level} vertebra" for level in levels if f"{level} vertebra" in around), row["site"])


def _denies(row: dict) -> bool:
    return pd.isna(row["finding"]) or row["finding"] in _DENIES


def _about_then(row: dict, lesion: dict) -> bool:
    month = row["months_from_diagnosis"]
    return pd.isna(month) or not lesion["months"] or any(abs(month - when) <= _MONTH for when in lesion["months"])
