"""Speed and memory of the extraction beside a bare tokenizer and, where installed, medspaCy: same texts, one run.

    python benchmarks/extraction.py [FOLDER_OF_TEXTS] [--texts 500] [--medspacy PYTHON]

Without a folder it makes case texts of about 2,000 characters from its own sentences. Figures are medians of three
runs on one core; memory is the growth of the process from 200 texts to all of them.
"""

import argparse
import gc
import json
import re
import resource
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from itertools import cycle, islice
from pathlib import Path

from casebook.assemble import VOCABULARY
from casebook.batch import ready
from casebook.readers import read_bytes
from casebook.rows import rows_of_each
from casebook.vocabulary import load

FEW = 16
TOKEN = re.compile(r"\w+|[^\w\s]")
SENTENCES = (
    "A 54-year-old woman presented with a three-month history of headache and weakness of the left arm.",
    "She had no fever, and her family history was negative for cancer.",
    "Magnetic resonance imaging of the brain showed a heterogeneously enhancing mass in the right frontal lobe.",
    "The lesion was hypointense on T1-weighted and hyperintense on T2-weighted images, with surrounding oedema.",
    "She underwent a craniotomy and the tumour was completely resected.",
    "Histopathology was consistent with glioblastoma, WHO grade IV.",
    "She received radiotherapy of 60 Gy in 30 fractions with temozolomide.",
    "Eight months later, computed tomography of the chest showed metastases in the lung and the T8 vertebra.",
    "No evidence of recurrence was seen in the surgical bed.",
    "Chemotherapy was offered, but the patient declined further treatment.",
    "The patient died two months later, ten months after the initial diagnosis.",
)


def invented(count: int) -> list[str]:
    """`count` texts of about 2,000 characters, no two alike."""
    texts = []
    for number in range(count):
        order = islice(cycle(SENTENCES), number % len(SENTENCES), number % len(SENTENCES) + 22)
        texts.append(f"Report {number}. " + " ".join(order))
    return texts


def seconds(work: Callable[[Sequence[str]], object], texts: Sequence[str], runs: int = 3) -> float:
    """Median seconds for all texts, a few at a time as `casebook tables` reads them."""
    taken = []
    for _ in range(runs):
        gc.collect()
        start = time.perf_counter()
        for at in range(0, len(texts), FEW):
            work(texts[at : at + FEW])
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def medspacy_seconds(python: str, texts: list[str]) -> float:
    """Seconds that medspaCy takes in the interpreter `python`, over this project's diagnoses and sites as targets."""
    terms = load(VOCABULARY).terms.values()
    targets = [[term.label, term.kind.upper()] for term in terms if term.kind in ("diagnoses", "sites")]
    given = json.dumps({"texts": texts, "terms": targets})
    peer = Path(__file__).with_name("medspacy_peer.py")
    done = subprocess.run([python, str(peer)], input=given, capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])


def peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--texts", type=int, default=500)
    parser.add_argument("--medspacy", metavar="PYTHON", help="interpreter of an environment with medspaCy, to compare")
    args = parser.parse_args()
    if args.folder:
        texts = [path.read_text(encoding="utf-8") for path in sorted(args.folder.glob("*.txt"))[: args.texts]]
    else:
        texts = invented(args.texts)
    vocabulary = ready(VOCABULARY)

    def extraction(some: Sequence[str]) -> object:
        documents = [read_bytes(text.encode(), "text", "text.txt") for text in some]
        return rows_of_each(documents, vocabulary, [None] * len(some))

    for at in range(0, min(200, len(texts)), FEW):
        extraction(texts[at : at + FEW])
    before = peak_megabytes()
    ours = seconds(extraction, texts)
    growth = peak_megabytes() - before
    bare = seconds(lambda some: [TOKEN.findall(text) for text in some], texts)
    size = sum(map(len, texts)) / len(texts)
    print(f"{len(texts)} texts of {size:.0f} characters on average, one core, median of three runs")
    print(
        f"extraction       {len(texts) / ours:10.0f} texts a second, {1e3 * ours / len(texts):.2f} ms a text, "
        f"{growth:.1f} MB more at the end than after 200 texts"
    )
    print(
        f"bare tokenizer   {len(texts) / bare:10.0f} texts a second; extraction takes {ours / bare:.0f} times as long"
    )
    if not args.medspacy:
        print("medspaCy not compared: name the Python of an environment that has it with --medspacy")
        return
    few = texts[:60]
    theirs = medspacy_seconds(args.medspacy, few) / len(few) * len(texts)
    print(
        f"medspaCy         {len(texts) / theirs:10.0f} texts a second; extraction is {theirs / ours:.0f} times as fast"
    )


if __name__ == "__main__":
    main()
