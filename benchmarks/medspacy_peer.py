"""The peer of extraction.py, for an environment of its own: seconds that medspaCy takes for texts from standard input.

Input is JSON: {"texts": [...], "terms": [[label, KIND], ...]}; output is one number. The pipeline is medspaCy's own
sentence splitter, a target matcher over the terms, and ConText.
"""

import json
import sys
import time

import medspacy
from medspacy.target_matcher import TargetRule


def main() -> None:
    given = json.load(sys.stdin)
    nlp = medspacy.load(medspacy_enable=["medspacy_pyrush", "medspacy_target_matcher", "medspacy_context"])
    nlp.get_pipe("medspacy_target_matcher").add([TargetRule(label, kind) for label, kind in given["terms"]])
    nlp(given["texts"][0])
    start = time.perf_counter()
    for text in given["texts"]:
        nlp(text)
    print(time.perf_counter() - start)


if __name__ == "__main__":
    main()
