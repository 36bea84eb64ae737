"""Courses of treatment in invented sentences: what was done, what only sounds like it."""

import pytest

from extract.told import rows

STORY = "A 52-year-old woman had a meningioma of the left frontal lobe. "


def courses(text: str, *columns: str) -> list[tuple[object, ...]]:
    return [tuple(row.value(column) for column in columns) for row in rows(text, "treatments")]


def kinds(words: str) -> list[object]:
    return [kind for kind, status in courses(STORY + words, "kind", "status") if status == "given"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The tumour was resected.", ["surgery"]),
        ("She underwent craniotomy.", ["surgery"]),
        ("She had been operated in 2010.", ["surgery"]),
        ("The mass was extirpated through a small incision.", ["surgery"]),
        ("Post-operative radiotherapy was administered.", ["surgery", "radiotherapy"]),
        ("An excisional biopsy was performed.", ["surgery"]),
        ("A needle biopsy was performed.", []),
        ("A renal biopsy was performed. There were no postoperative complications.", []),
        ("She underwent TAVI.", ["surgery"]),
        ("She had tuberculosis chemotherapy for 11 weeks.", ["anti-infective"]),
        ("The drain was removed on the third day.", []),
        ("She received chemoradiotherapy.", ["chemotherapy", "radiotherapy"]),
        ("She was treated with antibiotics.", ["anti-infective"]),
        ("She was given steroids.", ["corticosteroid"]),
        ("She was treated with an EGFR-TKI.", ["targeted therapy"]),
        ("She underwent Gamma Knife radiosurgery.", ["radiosurgery"]),
        ("She underwent autologous stem cell transplantation.", ["transplant"]),
        ("The defect was closed by flap transplantation.", []),
        ("She had surgery and no adjuvant radiotherapy was given.", ["surgery"]),
        ("There was no recurrence after radiotherapy.", ["radiotherapy"]),
        ("She was considered unsuitable for surgery.", []),
        ("She was referred to the department of surgery.", []),
        ("Her mother had undergone mastectomy.", []),
        ("The mother had a thyroidectomy and was well.", []),
        ("His brother received chemotherapy.", []),
        ("Surgery is the treatment of choice.", []),
        ("The case illustrates the concepts of surgery.", []),
        ("The levels of steroids were high: steroids levels rose.", []),
        ("The strain was sensitive to antibiotics.", []),
        ("She did not receive radiotherapy and was managed with antibiotics.", ["anti-infective"]),
        ("Prednisone was given. One month after prednisone was stopped she was well.", ["corticosteroid"]),
        ("Liver function: albumin was 40 mg/dl.", []),
        ("She underwent liver transplantation. One month after the surgery she was well.", ["transplant"]),
        ("The wound was sutured and the torn tendon was repaired.", ["surgery"]),
        ("The lesion was mismatch repair deficient.", []),
        ("Balloon valvuloplasty was done.", ["other procedure"]),
        ("She received R-CHOP.", ["targeted therapy", *4 * ["chemotherapy"]]),
        ("Pain radiated to the back.", []),
        ("Administration of 8 mg of dexamethasone did not suppress cortisol.", []),
        ("The nephrotic syndrome was sensitive to prednisone.", ["corticosteroid"]),
        ("I-131 MIBG scintigraphy was normal.", []),
        ("The planned operation was performed in May.", ["surgery"]),
        ("The germ was susceptible to ampicillin, cefoxitin, imipenem, tetracycline, colistin, and linezolid.", []),
        ("She received gemcitabineand radiotherapy.", ["chemotherapy", "radiotherapy"]),
        ("Non-surgical management was chosen.", ["supportive/palliative"]),
        ("After failure of chemotherapy, radiotherapy was offered.", ["chemotherapy"]),
        ("She was offered surgery but opted for radiotherapy.", ["radiotherapy"]),
        ("She was given steroids and was offered surgery.", ["corticosteroid"]),
    ],
)
def test_kinds_of_treatment_given(words, expected):
    assert kinds(words) == expected


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("Radiotherapy was planned.", "planned"),
        ("She is awaiting surgery.", "planned"),
        ("Chemotherapy was recommended.", "planned"),
        ("She refused surgery.", "refused"),
        ("She did not allow an operation.", "refused"),
        ("Chemotherapy was declined.", "refused"),
    ],
)
def test_what_was_not_done_keeps_its_status_and_cue(words, status):
    (row,) = rows(STORY + words, "treatments")
    assert row.value("status") == status
    assert row.cells["status"].cue is not None


def test_a_plan_that_was_carried_out_is_one_course():
    assert courses(STORY + "Surgery was planned. She underwent surgery in May.", "kind", "status") == [
        ("surgery", "given")
    ]


def test_another_treatment_in_the_sentence_keeps_its_own_status():
    told = courses(STORY + "She was given fluconazole, and a second resection was planned.", "agent", "kind", "status")
    assert told == [("fluconazole", "anti-infective", "given"), (None, "surgery", "planned")]


@pytest.mark.parametrize(
    ("words", "agents"),
    [
        ("She received chemotherapy with carboplatin and etoposide.", ["carboplatin", "etoposide"]),
        ("She was treated with Temodal.", ["temozolomide"]),
        ("She was treated with temozolamide.", ["temozolomide"]),
        ("She received vincristine (VCR). After two weeks VCR was stopped.", ["vincristine"]),
        ("She was allergic to penicillin.", []),
        ("The isolate was resistant to vancomycin.", []),
        ("It grew on Sabouraud dextrose agar with cycloheximide and chloramphenicol.", []),
        ("The smear was mounted in potassium hydroxide.", []),
        ("The interferon response of the cells was low.", []),
        ("Serum calcium and cortisol levels were normal.", []),
        ("Insulin was started at 4 IU daily.", ["insulin"]),
        ("Tumour cells were positive for estrogen receptor.", []),
        ("According to the protocol, cisplatin was started.", ["cisplatin"]),
        ("As resection would be difficult, cisplatin was started.", ["cisplatin"]),
        ("As resection would be difficult, cisplatin may be tried.", []),
        ("To avoid a relapse of gout, prednisone was replaced with methylprednisolone.",
         ["prednisone", "methylprednisolone"]),
        ("After excluding an allergy, she was given amoxicillin.", ["amoxicillin"]),
        ("She needed inotropic support (norepinephrine).", ["norepinephrine"]),
        ("She was treated with aspirin, erythropoietin and amlodipine.",
         ["acetylsalicylic acid", "erythropoietin", "amlodipine"]),
        ("Serum erythropoietin and insulin were measured.", []),
        ("After chemotherapy, cisplatin was not required.", []),
        ("The coma was due to ingestion of large doses of lithium. Lithium was stopped.", []),
        ("Paracetamol poisoning was treated with acetylcysteine.", ["acetylcysteine"]),
        ("She received a dose of immune serum, promethazine and furosemide.", ["promethazine", "furosemide"]),
        ("Her medications included amlodipine, metformin, omeprazole and prednisone.", ["prednisone"]),
        ("Her medication consisted of levodopa.", ["levodopa"]),
        ("Anaesthesia was induced with propofol and rocuronium; amoxicillin was given.", ["amoxicillin"]),
        ("The seizures were stopped with propofol.", ["propofol"]),
        ("Heparin was not used.", []),
        ("The MMC measured 3 cm. The GTN was invasive.", []),
        ("She was treated with MMC.", ["mitomycin"]),
        ("She received two cycles of CMF.", ["cyclophosphamide", "methotrexate", "fluorouracil"]),
        ("She received BEP and, later, two cycles of TIP.",
         ["bleomycin", "etoposide", "cisplatin", "paclitaxel", "ifosfamide"]),
        ("She received FOLFIRI (irinotecan and fluorouracil).", ["irinotecan", "fluorouracil"]),
        ("The AC diameter was normal and the ICE score was 10.", []),
    ],
)
def test_agents(words, agents):
    assert [agent for (agent,) in courses(STORY + words, "agent") if agent] == agents


def test_the_drugs_of_a_regimen_have_the_kinds_it_is_told_as():
    assert courses(STORY + "She received R-CVP.", "kind", "agent") == [
        ("targeted therapy", "rituximab"),
        ("chemotherapy", "cyclophosphamide"),
        ("chemotherapy", "vincristine"),
        ("chemotherapy", "prednisone"),
    ]


def test_many_regimens_are_read_in_linear_time():
    assert len(kinds("She received R-CVP. " * 5_000)) == 4


def test_class_words_give_way_to_the_drugs_they_stand_for():
    assert kinds("She received chemotherapy with carboplatin. Chemotherapy was well tolerated.") == ["chemotherapy"]


def test_one_operation_told_twice_is_one_course():
    told = courses(STORY + "She underwent surgery. The tumour was completely removed.", "kind", "extent", "site")
    assert told == [("surgery", "gross total", "frontal lobe")]


def test_a_second_operation_is_a_second_course():
    text = STORY + "The tumour was partially resected. It recurred, and she underwent a second operation."
    assert courses(text, "course", "kind", "extent") == [(1, "surgery", "partial"), (2, "surgery", None)]


def test_an_abstract_does_not_double_the_case_section():
    text = (
        "Abstract\n\nA 52-year-old woman was treated by surgery and radiotherapy.\n\n"
        "Case report\n\nA 52-year-old woman had a glioma. It was resected. She received radiotherapy (60 Gy)."
    )
    assert courses(text, "kind", "dose") == [("surgery", None), ("radiotherapy", 60)]


@pytest.mark.parametrize(
    ("words", "dose", "unit", "fractions"),
    [
        ("(5040 cGy in 28 fractions)", 50.4, "Gy", 28),
        ("(DT30Gy/10F)", 30, "Gy", 10),
        ("(25 times)", None, None, 25),
        ("of 50 Gy delivered in 2 Gy daily fractions", 50, "Gy", None),
        ("(1.8 Gy × 25 fractions)", 45, "Gy", 25),
        ("(3,000 cGy)", 30, "Gy", None),
    ],
)
def test_radiation(words, dose, unit, fractions):
    assert courses(STORY + f"She received radiotherapy {words}.", "dose", "dose_unit", "fractions") == [
        (dose, unit, fractions)
    ]


@pytest.mark.parametrize(
    ("words", "dose", "unit"),
    [
        ("(0.2 g/day)", 0.2, "g/day"),
        ("40 mg per day", 40, "mg/day"),
        ("(400 mg, daily)", 400, "mg/day"),
        ("2 mg/kg", 2, "mg/kg"),
        ("500 mg twice daily", 500, "mg twice daily"),
    ],
)
def test_drug_doses(words, dose, unit):
    assert courses(STORY + f"She was treated with prednisolone {words}.", "dose", "dose_unit") == [(dose, unit)]


def test_a_dose_before_the_drug_is_its_own():
    told = courses(STORY + "She took 4 mg/day of risperidone and 12 mg/day of diazepam.", "agent", "dose")
    assert told == [("risperidone", 4), ("diazepam", 12)]


def test_cycles_go_to_every_drug_they_count():
    told = courses(STORY + "She received 4 cycles of carboplatin and etoposide.", "agent", "cycles")
    assert told == [("carboplatin", 4), ("etoposide", 4)]


def test_operations_on_places_apart_are_two():
    words = "She underwent resection of a left adrenal gland tumour. She underwent resection of a lung mass."
    assert courses(STORY + words, "site") == [("adrenal gland",), ("lung",)]


def test_what_lies_beside_a_place_is_not_the_place_of_the_operation():
    assert courses(STORY + "An extra-dural craniotomy was performed.", "site") == [(None,)]


def quoted(text: str, column: str) -> list[list[str]]:
    text = STORY + text
    return [[text[span.start : span.end] for span in row.cells[column].spans] for row in rows(text, "treatments")]


def test_a_course_quotes_each_telling_but_no_look_back():
    told = (
        "She underwent hysterectomy with omentectomy. After surgery she recovered. The postoperative course was calm."
    )
    assert quoted(told, "kind") == [["hysterectomy", "omentectomy"]]


def test_a_drug_quotes_each_mention_and_its_kind_the_class_it_was_told_by():
    told = "She received adjuvant chemotherapy with temozolomide (TMZ). Temozolomide was stopped after six cycles."
    assert quoted(told, "agent") == [["temozolomide", "TMZ", "Temozolomide"]]
    assert quoted(told, "kind") == [["temozolomide", "chemotherapy"]]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("It was difficult to perform a colectomy or administer radiotherapy.", []),
        ("The infarction was due to coronary embolization.", []),
        ("The feeding artery was treated by embolization.", ["other procedure"]),
        ("Long-term steroid use was also ruled out.", []),
        ("The abscess was drained.", ["other procedure"]),
        ("She required ventilatory support.", ["other procedure"]),
        ("The thoracic duct was ligated.", ["surgery"]),
        ("She was treated medically.", ["other drug"]),
        ("She had been treated for Whipple's disease.", []),
        ("No more therapy in the shape of chemotherapy or radiotherapy was given.", []),
        ("In this patient the authors removed the mass.", ["surgery"]),
        ("The aneurysm was treated by coil embolization. Postoperatively she was well.", ["other procedure"]),
        ("A VATS lung biopsy was done.", []),
        ("She is waitlisted for liver transplantation.", []),
        ("She received a luteinising hormone-releasing hormone analogue.", ["hormone therapy"]),
        ("She was given targeted molecular therapy.", ["targeted therapy"]),
        ("The cyst was treated by laparoscopy.", ["surgery"]),
    ],
)
def test_more_words_of_treatment(words, expected):
    assert kinds(words) == expected


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("She was scheduled for laparotomy. At laparotomy, a cyst was found.", "given"),
        ("A colectomy was planned. When the abdomen was opened, pus was seen.", "given"),
        ("She was scheduled for laparotomy. However, at laparoscopy no tumour was found.", "planned"),
        ("She was scheduled for laparotomy. She died.", "planned"),
    ],
)
def test_a_plan_of_an_operation_that_the_report_goes_on_to_tell_of(words, status):
    assert courses(STORY + words, "kind", "status")[0] == ("surgery", status)


def test_an_infant_born_by_caesarean_section_was_not_operated_on():
    told = "A 2-day-old boy, born by caesarean section, had a teratoma. He was treated with antibiotics."
    assert courses(told, "kind") == [("anti-infective",)]
    told = "A newborn of healthy parents was delivered at term by caesarean section. He was given antibiotics."
    assert courses(told, "kind") == [("anti-infective",)]
    assert courses("A 30-year-old woman had a myoma and delivered by caesarean section.", "kind") == [("surgery",)]
