import pytest

from casebook.errors import InputError
from casebook.vocabulary import load, wider

SITES = "rule,label,surfaces,adjectives,parent,uberon,icdo\nst-1,bone,bones,osseous,,,\nst-2,rib,costa,costal,bone,,\n"


def folder(tmp_path, **files):
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def problem(tmp_path, **files):
    with pytest.raises(InputError) as caught:
        load(folder(tmp_path, **files))
    return str(caught.value)


def test_a_checked_folder_gives_terms_and_wider_sites(tmp_path):
    vocabulary = load(folder(tmp_path, sites=SITES))
    assert list(vocabulary.ancestors("rib")) == ["rib", "bone"]
    assert vocabulary.within("rib", "bone") and not vocabulary.within("bone", "rib")
    assert vocabulary.term("sites", "rib").rule == "st-2"


def test_label_surfaces_adjectives_and_plurals_are_matched(tmp_path):
    surfaces = load(folder(tmp_path, sites=SITES)).surfaces
    for surface in ("rib", "ribs", "costal", "costa", "costae", "osseous"):
        assert surface in surfaces, surface


def test_a_surface_as_written_keeps_its_case(tmp_path):
    rows = "rule,label,surfaces,loinc\nmo-1,CT,=CT|computed tomography,\n"
    surfaces = load(folder(tmp_path, modalities=rows)).surfaces
    assert surfaces["ct"][0][1] == "CT" and surfaces["computed tomography"][0][1] == ""


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (
            SITES + "st-2,skull,skull,,bone,,\n",
            "sites.csv row 4, column rule: 'st-2' stands already in sites.csv row 3",
        ),
        (SITES + "st-3,skull,skull,,head,,\n", "sites.csv row 4, column parent: 'head' is no label of sites.csv"),
        (SITES + "st-3,,skull,,bone,,\n", "sites.csv row 4, column label: is empty"),
        (SITES + "st-3,skull,...,,bone,,\n", "sites.csv row 4, column surfaces: '...' has no letter or digit"),
        (SITES + "st-3,skull\n", "sites.csv row 4: has another number of cells than the header"),
        (SITES.replace("bones,osseous,,", "bones,osseous,rib,"), "is its own wider site"),
        (
            "rule,label,surfaces\nst-1,bone,bones\n",
            "sites.csv row 1: column adjectives, parent, uberon, icdo is missing",
        ),
    ],
)
def test_every_problem_names_its_place(tmp_path, rows, told):
    assert told in problem(tmp_path, sites=rows)


def test_values_outside_the_contract_are_refused(tmp_path):
    rows = "rule,label,surfaces,kind,atc,drugbank\nag-1,nostrum,nostrum,magic,,\n"
    assert "agents.csv row 2, column kind: is 'magic', expected one of surgery" in problem(tmp_path, agents=rows)


def test_the_same_rule_in_two_files_is_refused(tmp_path):
    symptoms = "rule,label,surfaces,symp\nst-1,headache,headache,\n"
    assert "column rule: 'st-1' stands already in sites.csv row 2" in problem(tmp_path, sites=SITES, symptoms=symptoms)


def test_an_unknown_file_and_an_empty_folder_are_refused(tmp_path):
    assert "holds no vocabulary file" in problem(tmp_path)
    load.cache_clear()
    assert "weather.csv: no such vocabulary, expected one of" in problem(tmp_path, weather="rule\nw-1\n")


def test_the_next_wider_site_names_an_organ_or_tissue(tmp_path):
    sites = SITES + "st-3,chest,thorax,,,,\nst-4,lung,lungs,,chest,,\nst-5,lingula,lingula,,lung,,\n"
    regions = "rule,label,kind,reason\nrg-1,chest,apart,a part of the body\nrg-2,bone,scattered,all over the body\n"
    place = folder(tmp_path, sites=sites, regions=regions)
    assert wider(place) == {"rib": "bone", "lingula": "lung"}
    assert wider(place, ("apart", "scattered")) == {"lingula": "lung"}
    assert wider(place, ()) == {"rib": "bone", "lung": "chest", "lingula": "lung"}
    assert [term.kind for term, _ in load(place).surfaces["chest"]] == ["sites"]


def test_a_region_that_is_no_site_is_refused(tmp_path):
    regions = "rule,label,kind,reason\nrg-1,torso,apart,a part of the body\nrg-2,bone,often,\n"
    told = problem(tmp_path, sites=SITES, regions=regions)
    assert "regions.csv row 2, column label: 'torso' is no label of sites.csv" in told
    assert "regions.csv row 3, column kind: is 'often', expected one of apart, scattered" in told
    with pytest.raises(InputError, match="is missing, expected rule, label, kind, reason"):
        wider(folder(tmp_path, regions="rule,label\nrg-1,bone\n"))


def test_a_missing_folder_is_one_clear_line(tmp_path):
    with pytest.raises(InputError, match="no such vocabulary folder"):
        load(tmp_path / "nowhere")


def test_a_file_in_another_encoding_is_refused(tmp_path):
    (tmp_path / "sites.csv").write_bytes(SITES.encode() + "st-3,crâne,x,,bone,,\n".encode("latin-1"))
    with pytest.raises(InputError, match="sites.csv: not UTF-8 at byte"):
        load(tmp_path)
