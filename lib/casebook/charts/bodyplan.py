"""The outline of a body seen from the front, and where its organs and bones lie in it. The feet stand at 0, the head
ends at 100; x grows to the reader's right, which is the left of the patient.
"""

from matplotlib.path import Path

_HALF = (  # from the crown down the outer side of the arm, up its inner side, down the trunk and round the leg
    *((0, 100), (3.2, 99.2), (5.2, 96.6), (5.6, 93.4), (5.0, 90.2), (3.7, 87.8), (3.0, 86.0), (3.1, 84.0),
    (4.6, 82.7)),
    *((8.4, 81.7), (11.4, 80.3), (13.2, 77.6), (13.8, 74), (14.5, 69), (15.5, 64), (16.4, 61), (17.6, 56.5)),
    *((19.0, 51.6), (19.6, 49.4), (21.0, 46.8), (21.4, 43.6), (20.6, 41.2), (19.2, 41.0), (18.4, 43.8), (17.6, 46.8)),
    *((17.0, 49.6), (15.3, 54.4), (13.4, 60), (12.4, 64), (11.2, 69), (10.2, 73.2), (9.7, 73.4), (9.5, 71),
    (9.1, 66.5)),
    *((8.6, 62.5), (8.8, 59), (9.8, 54.5), (10.6, 51), (10.8, 47), (10.3, 40), (9.4, 33), (8.3, 28.2), (7.9, 25.5)),
    *((8.3, 21), (7.8, 15), (6.3, 7.5), (6.1, 4.2), (7.3, 1.8), (8.7, 0.5), (8.0, -0.4), (5.6, -0.6), (4.1, 0.2)),
    *((3.8, 3.2), (3.6, 7.2), (3.1, 14), (2.9, 20), (3.2, 25), (2.7, 30), (2.0, 37), (1.1, 43.6), (0, 46)),
)

PLACES = {
    "brain": (-2, 96), "dura": (0, 99), "leptomeninges": (2.2, 97), "skull": (-4.6, 96.5), "scalp": (3.6, 98.2),
    "cerebellum": (1.6, 92.5), "orbit": (-2.2, 93.6), "eye": (2.2, 93.6), "nose": (0, 92.2), "ear": (5.2, 92.8),
    "paranasal sinus": (-1.4, 92), "facial bone": (-3.2, 90.6), "salivary gland": (4.6, 90.6), "mouth": (0, 89.8),
    "jaw": (-2.2, 88.6), "mandible": (2.2, 88.6), "pharynx": (0, 87.2), "larynx": (0, 85.2),
    "cervical lymph node": (3.0, 84.8), "cervical vertebra": (-1.2, 85.8), "thyroid gland": (0, 83.4),
    "cervical spinal cord": (-1.4, 84.2), "supraclavicular lymph node": (5.6, 82.2), "clavicle": (-5.6, 80.8),
    "scapula": (-9.6, 77), "axillary lymph node": (9.4, 75), "humerus": (-13.2, 70), "radius": (-16.8, 55),
    "ulna": (-15.8, 56.5), "phalanx of the hand": (-20, 43), "carpal bone": (-18.4, 48.6), "sternum": (0, 75.4),
    "thymus": (0.6, 79), "mediastinal lymph node": (1.4, 77.2), "trachea": (0, 81), "lung": (-4.8, 75),
    "rib": (7.6, 68.5),
    "pleura": (-8.0, 70.6), "breast": (5.4, 73), "heart": (2.6, 71.6), "thoracic vertebra": (0, 70.5),
    "thoracic spinal cord": (-1, 73), "oesophagus": (1, 74), "bronchus": (-1.8, 77.6), "diaphragm": (4.8, 66.4),
    "liver": (-4.4, 64.6), "biliary tract": (-2.4, 62.4), "stomach": (4.0, 64.4), "spleen": (6.8, 63.6),
    "pancreas": (1.8, 61.8), "adrenal gland": (-3.2, 61.4), "kidney": (-5.2, 59.4), "peritoneum": (4.2, 57.4),
    "abdominal lymph node": (1.6, 58.6), "retroperitoneal lymph node": (-1.6, 59), "intestine": (2.4, 55.2),
    "lumbar vertebra": (0, 57), "lumbar spinal cord": (-1, 58.6), "conus medullaris": (0.4, 60),
    "cauda equina": (0, 55),
    "pelvis": (-6.4, 51.6), "sacrum": (0, 51.6), "colorectum": (5.6, 55), "rectum": (0.8, 48.8),
    "coccyx": (-0.6, 48.6),
    "pelvic lymph node": (5, 50.6), "urinary bladder": (0, 47.6), "uterus": (1.4, 49.8), "ovary": (-3.4, 50),
    "prostate": (0, 46.4), "testis": (-1.2, 44.6), "vulva": (0, 45.4), "vagina": (0, 46.8),
    "inguinal lymph node": (6.2, 47), "femur": (-6.6, 37), "patella": (-5.6, 26.4), "tibia": (-5.2, 16),
    "fibula": (-6.8, 15), "tarsal bone": (-5.2, 3), "calcaneus": (-5, 1.6), "metatarsal bone": (-6, 0.8),
}  # fmt: skip
"""Sites of the vocabulary that the map can draw."""

MIDDLE = 1.9  # what lies nearer to the midline is not on a side


def outline() -> Path:
    """A closed smooth line through the points (Catmull and Rom 1974), the same on both sides."""
    points = [*_HALF, *((-x, y) for x, y in reversed(_HALF[1:-1]))]
    n = len(points)
    vertices, codes = [points[0]], [Path.MOVETO]
    for at in range(n):
        before, here, there, after = (points[(at + step) % n] for step in (-1, 0, 1, 2))
        first = tuple(h + (t - b) / 6 for b, h, t in zip(before, here, there, strict=True))
        second = tuple(t - (a - h) / 6 for h, t, a in zip(here, there, after, strict=True))
        vertices += [first, second, there]
        codes += [Path.CURVE4] * 3
    return Path([*vertices, points[0]], [*codes, Path.CLOSEPOLY])
