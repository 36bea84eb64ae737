import pytest

from casebook.assemble import VOCABULARY
from casebook.extract.site_apart import says
from casebook.vocabulary import load
from extract.cells import findings

PRIMARY = [
    ("A 50-year-old man with carcinosarcoma had the primary lung lesion removed.", "lung", None),
    ("A 50-year-old woman had a carcinosarcoma. She underwent a left nephrectomy.", "kidney", "left"),
    ("A 50-year-old man had a mass obliterating the external auditory canal. Histology showed a schwannoma.",
     "external auditory canal", None),
    ("A 50-year-old woman with invasive lobular breast cancer had a left mastectomy.", "breast", "left"),
    ("A 50-year-old man with anaphylaxis had undergone a left nephrectomy.", None, None),
    ("A 50-year-old man had a visual field defect. The left retina was thin. The retina and the macula were treated.",
     "retina", "left"),
    ("A 30-year-old woman had a ruptured ovarian ectopic pregnancy.", "ovary", None),
    ("A 30-year-old woman had a subarachnoid haemorrhage.", "brain", None),
    ("A 30-year-old man had a subcutaneous nodule in the left groin. Histology showed a sarcoma.", "groin", "left"),
    ("A 30-year-old man who has HIV infection had a firm swelling of the left thigh.", None, None),
    ("A 30-year-old man with hypertension had a cavitary lung lesion.", None, None),
    ("A 30-year-old woman had a uterine sarcoma. Bilateral uterine vessels were tied.", "uterus", None),
    ("A 30-year-old man had an extraperitoneal inguinal hernia on the left side.", "groin", "left"),
    ("A 30-year-old woman with systemic lupus erythematosus had a mass of the right iliac fossa.", None, None),
    ("A 30-year-old man had a white matter nodule of the left insula. Histology showed a tumour.",
     "cerebral white matter", "left"),
    ("A 30-year-old man had a gastric mass in the left hypochondrium. Histology showed a sarcoma.", "stomach", None),
    ("A 30-year-old man had conjunctivitis of the right eye. An eyelash had been left under the conjunctiva.",
     "conjunctiva", "right"),
    ("A 30-year-old man had a branch retinal artery occlusion of the right eye. Visual acuity was 20/20 in both eyes.",
     "retinal artery", "right"),
    ("A 30-year-old woman had an ovarian carcinoma of the vaginal vault.", "ovary", None),
    ("A 30-year-old man had a temporal branch retinal vein occlusion of the left eye.", "retinal vein", "left"),
    ("A 30-year-old man developed transverse myelitis from C2 to C5.", "spinal cord", None),
    ("A 30-year-old man had a deep vein thrombosis and lumps on the abdominal wall.", "vein", None),
    ("A 30-year-old man had a pathological fracture with a mass in the supraclavicular fossa.", "bone", None),
    ("A 30-year-old man had a brain abscess. A mass was seen in the lower lobe of the lung.", "brain", None),
    ("A 30-year-old man had a fracture. He had undergone splenectomy.", "bone", None),
    ("A 30-year-old woman had an osteosarcoma. There was a mass in the left breast.", "breast", "left"),
    ("A 30-year-old man had an urothelial carcinoma. He had undergone gastrectomy and nephrectomy.", "kidney", None),
    ("A 30-year-old man had a fracture. The ankle was swollen. The ankle was put into plaster.", "ankle", None),
    ("A 30-year-old man was diagnosed with growth hormone deficiency.", "pituitary gland", None),
    ("A 30-year-old woman had an abscess. The left nipple was red.", "nipple", "left"),
    ("A 30-year-old man could not lift his left arm. He had a palsy of the median nerve.", "median nerve", "left"),
    ("A 30-year-old man had loss of vision of the right eye and a mass of the orbit. Histology showed a schwannoma.",
     "orbit", "right"),
    ("A 30-year-old man had an osteosarcoma of the distal radius. His right wrist was swollen. He moved both the wrist "
     "and fingers.", "radius", "right"),
    ("A 30-year-old man had a seminoma. A large retroperitoneal tumour was seen.", "testis", None),
    ("A 30-year-old man had a nodule of the tongue. Histology showed a polymorphous low-grade adenocarcinoma.",
     "tongue", None),
    ("A 30-year-old woman had an extra-adrenal non-functional adrenocortical carcinoma.", None, None),
    ("A 30-year-old man had a melanoma of the skin. A caecal tumour was proven to be a melanoma.", "skin", None),
    ("A 30-year-old man had osteomyelitis. A biopsy of the acromion was taken.", "acromion", None),
    ("A 30-year-old man had a left parietal heterogeneously enhancing mass. Histology showed a glioblastoma.",
     "parietal lobe", "left"),
    ("A 30-year-old man with a lesion of the sciatic nerve had a bilateral perineurioma.", "sciatic nerve",
     "bilateral"),
    ("A 30-year-old man had a retinal dystrophy. It worsened in both eyes, and visual acuity fell.", "retina",
     "bilateral"),
    ("A 30-year-old man had gliomatosis cerebri.", "brain", None),
    ("A 30-year-old man had a Blastomyces infection. The lung was biopsied. The lung cleared.", "lung", None),
    ("A 30-year-old man died of rabies. The brain was examined. The brain was swollen.", None, None),
    ("A 30-year-old man had a shoulder mass with tumour thrombus in the axillary artery. Histology showed a sarcoma.",
     "shoulder", None),
    ("A 30-year-old man had a lesion of the left mandible. Histology showed a dentigerous cyst.", "mandible", "left"),
    ("A 30-year-old man had a haematoma (7 x 4 cm) of the left psoas muscle.", "psoas muscle", "left"),
    ("A 30-year-old woman had osteoporosis. The femur broke. The femur was nailed.", "bone", None),
    ("A 30-year-old man had an arteriovenous fistula and pulmonary artery hypertension. The brachial artery was tied.",
     "brachial artery", None),
    ("A 30-year-old man had dizziness. CT showed an aneurysm. The basilar artery was stented.", "basilar artery", None),
]


@pytest.mark.parametrize(("text", "site", "side"), PRIMARY)
def test_the_primary_site_is_told_beside_the_disease(text, site, side):
    known = next(finding for finding in findings(text) if finding.table == "cases")
    assert (known.value("primary_site"), known.value("laterality")) == (site, side)


@pytest.mark.parametrize(("site", "name", "said"), [("lip", "carcinoma of the lip", True), ("lip", "lipoma", False),
                                                   ("ear", "linear morphoea", False),
                                                   ("oesophagus", "carcinoma of the esophagus", True)])
def test_a_site_is_said_by_whole_words(site, name, said):
    assert says(load(VOCABULARY), site, name) is said
