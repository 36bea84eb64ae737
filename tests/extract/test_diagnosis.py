import pytest

from extract.cells import case, findings

FINAL_OPINION = [
    ("A 60-year-old man had a mass of the neck. It was initially thought to be a lipoma. Histopathology revealed a "
     "schwannoma.", "schwannoma"),
    ("The preoperative diagnosis was meningioma. The 50-year-old woman underwent surgery and the final diagnosis was "
     "solitary fibrous tumour.", "solitary fibrous tumour"),
    ("A 44-year-old man with hypertension presented with fever. A lung abscess was suspected; tuberculosis was ruled "
     "out. Cultures confirmed actinomycosis.", "actinomycosis"),
    ("A 39-year-old woman with a history of breast cancer presented with weakness. She was diagnosed with "
     "Guillain-Barré syndrome.", "guillain-barré syndrome"),
    ("A 70-year-old man with glioma had seizures. The biopsy showed an anaplastic oligodendroglioma.",
     "anaplastic oligodendroglioma"),
    ("A 40-year-old man had facial oedema. The diagnosis of lupus erythematosus was initially retained. The diagnosis "
     "of sarcoidosis was ultimately retained.", "sarcoidosis"),
    ("A 40-year-old woman had a pelvic abscess. Her abscess developed secondary to cystitis.", "pelvic abscess"),
    ("A 40-year-old woman was diagnosed with differentiated thyroid cancer.", "differentiated thyroid cancer"),
    ("A 30-year-old man had an intrahepatic cyst. No evidence of echinococcosis was found.", "intrahepatic cyst"),
    ("A 25-year-old woman had fever. Dengue was suspected. The diagnosis was confirmed by serology. CT showed "
     "pyelonephritis.", "dengue"),
    ("A 50-year-old man had a cough. Sarcoidosis was suspected. Once this was confirmed, ultrasound showed a renal "
     "cyst. A lymph node biopsy led to the diagnosis of sarcoidosis.", "sarcoidosis"),
    ("A 30-year-old pregnant woman had placenta praevia. We conclude that our patient experienced amniotic fluid "
     "embolism.", "amniotic fluid embolism"),
    ("A 60-year-old man had chest pain. The diagnosis of aortic dissection complicated by myocardial infarction was "
     "confirmed.", "aortic dissection"),
    ("We report a 68-year-old man with bladder carcinoma who had fever. He was diagnosed with endocarditis.",
     "endocarditis"),
    ("A 60-year-old woman had been treated for breast cancer 2 years ago. CT showed multiple metastases in the lungs "
     "and a renal cyst.", "breast cancer"),
    ("Two years ago, a 50-year-old man was diagnosed with leprosy. He presented with seizures. Biopsy revealed "
     "cerebral aspergillosis.", "cerebral aspergillosis"),
    ("A 17-year-old girl had type 1 diabetes. Anti-insulinoma antibodies were detected.", "type 1 diabetes"),
    ("A 50-year-old man had a chest wall mass. Renal biopsy showed fibrosis. MRI showed a schwannoma of the arm.",
     "schwannoma"),
    ("A 50-year-old man with asthma who was found in a coma had swallowed pills. A gastric bezoar was extracted.",
     "gastric bezoar"),
    ("A 40-year-old man had a 10-year history of amyotrophic lateral sclerosis. He received feeds through a tube.",
     "amyotrophic lateral sclerosis"),
    ("A 60-year-old woman had granulomas in the lung. This suggested that the underlying process was sarcoidosis.",
     "sarcoidosis"),
    ("A 60-year-old woman had acute kidney injury. Renal biopsy was performed in week three as her anuria persisted. "
     "The diagnosis of lithium related nephropathy was made.", "lithium related nephropathy"),
    ("A 40-year-old man had a rash. Vasculitis was suspected. A biopsy revealed leprosy. He left before the diagnosis "
     "was confirmed by culture.", "leprosy"),
    ("A 70-year-old man was diagnosed with colitis. After five days he was drowsy. MRI was consistent with "
     "metronidazole toxicity.", "metronidazole toxicity"),
    ("A 30-year-old man took a tablet to prevent malaria. He had retinal haemorrhage.", "retinal haemorrhage"),
    ("A 50-year-old woman had a mass of the stomach. A pathological diagnosis of XYMT was rendered.", "xymt"),
    ("A 30-year-old woman had mitral stenosis. Venous thrombosis prevention was established.", "mitral stenosis"),
    ("A 50-year-old man with bone tuberculosis history had dyspnoea. There was a mitral valve endocarditis.",
     "mitral valve endocarditis"),
    ("A 24-year-old woman had headaches and incontinence. MRI showed a large and previously not known meningocele.",
     "meningocele"),
    ("We report a previously healthy 28-year-old man with osteomyelitis, who had chest pain.", "osteomyelitis"),
    ("A 40-year-old woman had fever. She had previously been diagnosed as having typhoid fever. Blood cultures yielded "
     "brucellosis.", "brucellosis"),
    ("A 50-year-old man had dyspnoea. The final diagnosis, however, was silicosis.", "silicosis"),
    ("A 50-year-old man had brain abscesses. He received fluconazole therapy for 40 weeks until the brain abscesses "
     "had gone.", "brain abscess"),
    ("A 70-year-old man with a history of gout was admitted because of a septic arthritis.", "septic arthritis"),
    ("A 60-year-old man with end-stage renal disease treated by haemodialysis who came with fever had a perforated "
     "gallbladder.", "perforated gallbladder"),
    ("A 30-year-old woman had knee pain. MRI showed a meniscal tear. The Knee Injury and Osteoarthritis Outcome Score "
     "was 60. The Knee Injury and Osteoarthritis Outcome Score rose to 80.", "meniscal tear"),
    ("A 60-year-old man had chest pain. Angiography showed a dislocation of the pigtail catheter and an intramural "
     "haematoma.", "intramural haematoma"),
    ("A 35-year-old woman with morbid obesity was to be operated. Her hypertension was severe and she was considered a "
     "candidate for epidural analgesia.", "morbid obesity"),
    ("A 68-year-old woman was confused. As citrullinaemia often shows itself late in life, this diagnosis was likely "
     "and was confirmed.", "citrullinaemia"),
    ("A 3-year-old boy had large ears. He had a tetralogy of Fallot. His eyes were small. An operation was planned. He "
     "was suspected to have Alagille syndrome.", "alagille syndrome"),
    ("A 30-year-old man was diagnosed with amoebic colitis. Colonoscopy confirmed the improvement of the colonic "
     "ulcers and stricture.", "amoebic colitis"),
    ("A 3-year-old boy had a cyst of the omentum. Histology showed dilated vessels without evidence of carcinoma, "
     "compatible with a cystic lymphangioma.", "cystic lymphangioma"),
    ("A 24-year-old man was seen for seizures. We describe this patient with QVX, in whom seizures came first. QVX was "
     "mild. He developed epilepsy. New relapses of QVX came in spring. His QVX is now stable.", "qvx"),
    ("A 25-year-old woman presented with recurrent episodes of QVX at 32 weeks.", "qvx"),
    ("A 60-year-old man had ascites. Tuberculosis, lymphoma and lupus erythematosus were suspected. Biopsy showed "
     "intestinal lymphangiectasia.", "intestinal lymphangiectasia"),
    ("A 60-year-old man had encephalitis. Sequencing revealed a neuroinvasive astrovirus (AstV) infection.",
     "neuroinvasive astrovirus infection"),
    ("A 40-year-old man had cough. A necrotic mass was seen. Nocardia farcinica was isolated.", "nocardiosis"),
    ("We saw a family with Netherton syndrome. A 9-year-old boy had ichthyosis. His skin showed eczema.",
     "netherton syndrome"),
    ("A 50-year-old man had dysphagia. We present a rare case of intramural pseudodiverticulosis with a stricture.",
     "intramural pseudodiverticulosis"),
    ("An 80-year-old woman underwent hip replacement 2 years before a periprosthetic fracture.",
     "periprosthetic fracture"),
    ("An 80-year-old woman with nephrotic syndrome had received a vaccination for tetanus.", "nephrotic syndrome"),
    ("A 40-year-old man was confused. Other causes of his hyperammonaemia were excluded.", "hyperammonaemia"),
    ("A 65-year-old woman had leptospirosis. Her medical history included asthma. At age 57, she was diagnosed with "
     "hairy cell leukaemia.", "leptospirosis"),
    ("A 40-year-old woman had a polyp. There were no nevi, we made a diagnosis of melanoma.", "melanoma"),
    ("A 40-year-old man was diagnosed with Graves' disease.", "graves' disease"),
]


@pytest.mark.parametrize(("text", "diagnosis"), FINAL_OPINION)
def test_the_final_opinion_is_the_diagnosis(text, diagnosis):
    assert case(text)["diagnosis"].lower() == diagnosis


COMPOSED = [
    ("We report a 20-year-old man with an inverted Meckel diverticulum.", "inverted meckel diverticulum"),
    ("A 33-year-old man was diagnosed with traumatic splenic rupture.", "traumatic splenic rupture"),
    ("A 33-year-old man was diagnosed with complete Heerfordt’s syndrome.", "complete heerfordt's syndrome"),
    ("Biopsy of a 60-year-old woman revealed adenocarcinoma of the ampulla of Vater.",
     "adenocarcinoma of the ampulla of vater"),
    ("A 60-year-old man with gastric cancer was operated on. Pathology revealed an adenocarcinoma.",
     "gastric adenocarcinoma"),
    ("A 30-year-old man was diagnosed with metastatic melanoma.", "melanoma"),
    ("A 30-year-old man was diagnosed with neurofibromatosis type 1.", "neurofibromatosis type 1"),
]


@pytest.mark.parametrize(("text", "diagnosis"), COMPOSED)
def test_a_name_is_kept_as_the_report_writes_it(text, diagnosis):
    assert case(text)["diagnosis"].lower() == diagnosis


PRIMARY = [
    ("A 50-year-old woman had a schwannoma of the left tongue.", "tongue", "left"),
    ("A 50-year-old woman had a retroperitoneal paraganglioma.", "retroperitoneum", None),
    ("MRI of a 50-year-old woman showed a mass in the right temporal lobe. Histology revealed glioblastoma.",
     "temporal lobe", "right"),
    ("A 50-year-old woman had a hepatocellular carcinoma with a metastasis in the left femur.", "liver", None),
    ("A 50-year-old woman with weakness of the left leg was diagnosed with a medulloblastoma.", None, None),
    ("A 50-year-old woman had a ruptured abdominal aortic aneurysm.", "abdominal aorta", None),
    ("A 50-year-old woman had a superficial femoral artery aneurysm on the left side.", "femoral artery", "left"),
    ("A 50-year-old woman was diagnosed with keratitis. The left eye was red and painful.", "cornea", "left"),
    ("A 50-year-old woman was diagnosed with hypothyroidism. The right eye was red.", "thyroid gland", None),
    ("A 50-year-old woman was diagnosed with encephalitis. MRI showed a lesion in the left frontal lobe.",
     "brain", None),
    ("A 50-year-old woman was diagnosed with mixed connective tissue disease.", None, None),
    ("A 50-year-old woman developed a periprosthetic joint infection after right total knee arthroplasty.",
     "knee joint", "right"),
    ("A 50-year-old woman had swelling of the left leg. CT showed a mass in the pelvis. Biopsy revealed a desmoid "
     "tumour.", "pelvis", None),
    ("A 50-year-old woman was diagnosed with miliary tuberculosis. She had a history of colitis.", None, None),
    ("A 50-year-old woman was diagnosed with sarcoidosis. Cardiac sarcoidosis was suspected.", None, None),
    ("A 50-year-old woman had hepatocellular carcinoma; both the thyroid and the liver were normal.", "liver", None),
    ("A 50-year-old woman had an ectopic thyroid adenoma. CT showed a right carotid space tumour.",
     "carotid space", "right"),
    ("A 40-year-old man had left flank pain. CT showed a renal mass. Histology showed an angiomyolipoma.",
     "kidney", "left"),
    ("A 51-year-old woman was diagnosed with myopericarditis. The left ventricular function was normal.", "heart",
     None),
    ("A 68-year-old woman was operated on with a provisional diagnosis of acute appendicitis.", "appendix", None),
    ("A 19-year-old man was diagnosed with brucellosis. MRI showed inflammation of the right piriformis muscle.",
     "piriformis", "right"),
    ("A 73-year-old man had a right renal pelvis filling defect. Pathology confirmed urothelial carcinoma.",
     "renal pelvis", "right"),
    ("A 60-year-old man was diagnosed with biliary peritonitis.", "peritoneum", None),
    ("A 30-year-old man was diagnosed with peritoneal hydatidosis. A hepatic cyst had been removed.", "peritoneum",
     None),
    ("A 30-year-old man had a synovial sarcoma of the neck.", "neck", None),
    ("A 30-year-old man had thrombocytopenia. He had bruises, and a skin lesion was seen.", None, None),
]


@pytest.mark.parametrize(("text", "site", "side"), PRIMARY)
def test_the_primary_site_is_where_the_disease_arose(text, site, side):
    row = case(text)
    assert (row.get("primary_site"), row.get("laterality")) == (site, side)


def test_a_first_guess_that_nothing_overturns_stands():
    assert case("A 9-year-old boy had a cardiac mass mimicking a myxoma. It was resected.")["diagnosis"] == "myxoma"


def test_the_first_histology_is_the_diagnosis_and_the_last_the_latest():
    row = case("A 35-year-old man had a glioma of the left frontal lobe. Pathology revealed an astrocytoma, WHO "
               "grade II. Two years later he was operated on for recurrence. Pathology revealed glioblastoma, WHO "
               "grade IV.")
    assert (row["diagnosis"], row["who_grade"]) == ("astrocytoma", 2)
    assert (row["latest_diagnosis"], row["latest_who_grade"]) == ("glioblastoma", 4)


def test_every_cell_has_its_words():
    text = "A 50-year-old woman had a hepatocellular carcinoma, diagnosed by biopsy."
    row = next(f for f in findings(text) if f.table == "cases")
    assert [text[s.start:s.end] for s in row.cells["diagnosis"].spans] == ["hepatocellular carcinoma"]
    assert row.cells["primary_site"].derived_from


def test_no_disease_gives_no_diagnosis():
    assert "diagnosis" not in case("A 50-year-old woman was admitted. Her parents were healthy.")


WORDED = [
    ("A 40-year-old man was diagnosed with Addison disease.", "Addison disease"),
    ("A 40-year-old man was diagnosed with type 2 diabetes.", "type 2 diabetes"),
    ("A 40-year-old man had several intussusceptions.", "intussusception"),
    ("A 40-year-old man was diagnosed with scabies.", "scabies"),
    ("A 40-year-old man had a C. albicans infection of the spleen.", "C. albicans infection of the spleen"),
    ("Worms in the bile duct of a 40-year-old man proved to be Fasciola hepatica.", "fascioliasis"),
    ("A 20-year-old man was diagnosed with 21-hydroxylase deficiency.", "21-hydroxylase deficiency"),
    ("A 20-year-old man was diagnosed with a 5p15 deletion syndrome.", "5p15 deletion syndrome"),
    ("A 60-year-old woman had a recto-sigmoid cancer.", "recto-sigmoid cancer"),
    ("A 60-year-old woman had a widespread giant pulmonary cyst.", "pulmonary cyst"),
    ("A 60-year-old woman was diagnosed with CRAO of the left eye.", "central retinal artery occlusion"),
    ("A 60-year-old woman had an obstruction of intestinal loops.", "obstruction of intestinal loop"),
]


@pytest.mark.parametrize(("text", "diagnosis"), WORDED)
def test_a_name_is_worded_as_clinicians_write_it(text, diagnosis):
    assert case(text)["diagnosis"] == diagnosis


NAMELESS = [
    "A 50-year-old man received anti-tuberculosis drugs.",
    "A 50-year-old man was seen two years post-injury.",
    "A 50-year-old man had a complete obstruction.",
    "A 50-year-old man was diagnosed with T2N0M0.",
    "A 50-year-old man had a co-infection.",
    "Culture of the sputum of a 50-year-old man grew Klebsiella pneumoniae.",
]


@pytest.mark.parametrize("text", NAMELESS)
def test_what_names_no_disease_is_no_diagnosis(text):
    assert "diagnosis" not in case(text)


@pytest.mark.parametrize(("title", "told", "later", "diagnosis"), [
    ("Ependymoma metastatic to the lung", "a myxopapillary ependymoma", "metastatic ependymoma",
     "myxopapillary ependymoma"),
    ("Bone metastasis of a meningioma", "a rhabdoid meningioma", "metastatic meningioma", "rhabdoid meningioma"),
    ("Bone metastasis of a meningioma", "a large meningioma", "metastatic meningioma", "meningioma"),
])
def test_a_title_may_name_the_disease_more_widely(title, told, later, diagnosis):
    text = f"{title}\n\nA 40-year-old man had {told} removed. A year later biopsy of the sternum confirmed {later}."
    assert case(text)["diagnosis"] == diagnosis
