"""Invented papers, set as PDF in several layouts."""

from functools import cache

import typst

from casebook.readers import read_bytes
from casebook.text.document import Document

TITLE = "A granular cell tumour of the left forearm with an unusual course"
ABSTRACT = (
    "Granular cell tumours are uncommon lesions of neural origin. We describe a woman with a slowly growing mass of the"
    " forearm, its appearance on magnetic resonance imaging, and the operation that followed."
)
INTRODUCTION = (
    "Granular cell tumours were first described in the tongue. Most of them are benign, and fewer than two in a hundred"
    " behave aggressively. Their appearance on imaging is not specific, so that the diagnosis rests on histology."
    " Reports from the extremities remain scarce.",
    "The differential diagnosis includes schwannoma, fibromatosis and soft-tissue sarcoma. We report a case in"
    " which the"
    " clinical picture suggested a sarcoma.",
)
CASE = (
    "A 47-year-old woman presented with a painless mass of the left forearm that had grown over fourteen"
    " months. She had"
    " no history of trauma, fever or weight loss. On examination the mass was firm, fixed and measured about four"
    " centimetres.",
    "Magnetic resonance imaging showed a well-defined lesion of the flexor compartment. It was isointense to muscle on"
    " T1-weighted images and heterogeneous on T2-weighted images. After contrast the lesion enhanced diffusely.",
    "The mass was excised with a wide margin under general anaesthesia. Histological examination showed polygonal cells"
    " with granular cytoplasm, and the margins were free of tumour. At thirty months she had no recurrence.",
)
DISCUSSION = (
    "Granular cell tumours arise from Schwann cells. They affect women more often than men, and the peak is in"
    " the fifth"
    " decade. Local recurrence follows incomplete excision.",
    "In our patient the size and the fixation suggested malignancy, but the nuclei were bland. Surgeons should consider"
    " this entity whenever a firm mass of the forearm grows slowly.",
)
LEGEND = (
    "Figure 1: Coronal magnetic resonance image of the forearm. The arrow marks the lesion in the flexor"
    " compartment."
)
CAPTION = "Table 1: Cases of granular cell tumour of the forearm reported in the literature."
EARLIER = (
    ("Author", "Age/sex", "Site", "Treatment", "Outcome", "Follow-up"),
    ("Moravec, 1998", "52/F", "Right forearm", "Excision", "Alive", "24 months"),
    ("Oduya et al., 2004", "39/M", "Left forearm", "Wide excision", "Alive", "36 months"),
    ("Lindqvist, 2011", "61/F", "Forearm", "Excision and radiotherapy", "Dead", "9 months"),
)
REFERENCES = (
    "K. Moravec and J. Dvorak, “Tumours of granular cells,” Journal of Invented Pathology, vol. 12, pp. 33–39, 1998.",
    "B. Oduya, “Masses of the forearm,” Annals of Imagined Surgery, vol. 4, no. 2, pp. 101–108, 2004.",
    "S. Lindqvist, “An aggressive variant,” Case Notes in Fiction, vol. 7, article 12, 2011.",
)
PROSE = (ABSTRACT, *INTRODUCTION, *CASE, *DISCUSSION)


def table(rows=EARLIER, size: str = "8pt") -> str:
    cells = ", ".join(f"[{cell.replace('@', chr(92) + '@')}]" for row in rows for cell in row)
    columns = ", ".join(["auto"] * len(rows[0]))
    return f"#text(size: {size})[#table(columns: ({columns}), stroke: none, inset: 3pt, {cells})]"


def paper(
    *,
    columns: int = 2,
    page: str = "",
    before: str = "",
    cite: str = "",
    numbered: bool = False,
    sections=(("Introduction", INTRODUCTION), ("Case Report", CASE), ("Discussion", DISCUSSION)),
    inside: dict[str, str] | None = None,
    wide: str = "",
) -> str:
    """The paper in typst's words; `inside` holds what is set after the first paragraph of a section, `wide` what spans
    the columns at a page's top, `cite` a mark set after each paragraph's first sentence.
    """
    parts = [
        f'#set page(paper: "a4", margin: (x: 1.7cm, y: 2.2cm){page})',
        '#set par(justify: true, first-line-indent: 1em, spacing: 0.65em)',
        '#set text(size: 10pt, hyphenate: true, lang: "en", font: "Libertinus Serif")',
        "#show heading: it => text(size: 11pt, weight: 700, block(above: 1.2em, below: 0.8em, it.body))",
        before,
        f"#text(size: 18pt, weight: 700)[{TITLE}]\n",
        "Ada Quill, Bertram Osei and Carla Novak\n",
        "#text(size: 8pt)[Department of Surgery, Invented Hospital, Northtown]\n",
    ]
    body = [f"= Abstract\n\n{ABSTRACT}"]
    for number, (name, paragraphs) in enumerate(sections, 1):
        body.append(f"= {f'{number}. ' if numbered else ''}{name}")
        for at, words in enumerate(paragraphs):
            body.append(words.replace(". ", f".{cite} ", 1) if cite else words)
            if not at:
                body.append((inside or {}).get(name, ""))
    body.append("= References\n\n" + "\n\n".join(f"[{n}] {words}" for n, words in enumerate(REFERENCES, 1)))
    if wide:
        body.insert(4, f"#place(top, float: true, scope: \"parent\")[{wide}]" if columns > 1 else wide)
    text = "\n\n".join(body)
    if columns > 1:
        parts.insert(1, f"#set page(columns: {columns})")
        parts[6:9] = [f'#place(top, float: true, scope: "parent")[{chr(10).join(parts[6:9])}]']
    return "\n".join(parts) + "\n\n" + text


@cache
def pdf(source: str) -> bytes:
    return typst.compile(source.encode())


def read_pdf(source: str) -> Document:
    return read_bytes(pdf(source), "paper", "paper.pdf")
