"""The process in which `worker` has files parsed, one after the other from standard input to standard output."""

import json
import os
import resource
import sys
from dataclasses import asdict
from importlib import import_module
from typing import BinaryIO

from casebook.errors import InputError
from casebook.readers.limits import Limits, limits

_LENGTH = 8


def main() -> None:
    bounds = limits()
    _bound(bounds)
    come, go = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a parser prints goes nowhere
    while format := _exactly(come, _LENGTH).decode().strip():
        data = _exactly(come, int.from_bytes(_exactly(come, _LENGTH), "big"))
        answer = json.dumps(_answer(format, data, bounds)).encode()
        go.write(len(answer).to_bytes(_LENGTH, "big") + answer)
        go.flush()


def _answer(format: str, data: bytes, bounds: Limits) -> dict:
    try:
        reader = import_module(f"casebook.readers.{format}")
        outline = reader.outline(data, bounds)
        if (length := outline.length) > bounds.characters:
            return {"fault": f"{length} characters, more than the {bounds.characters} that a report can have"}
        return {"name": reader.NAME, **asdict(outline)}
    except InputError as error:
        return {"fault": str(error)}
    except MemoryError:
        return {"fault": f"its parser needs more than {bounds.memory} megabytes of memory"}
    except RecursionError:
        return {"fault": "nested too deep"}
    except Exception as error:  # a parser's own fault must not stop the other reports
        return {"fault": f"its parser failed: {type(error).__name__} {' '.join(str(error).split())[:200]}"}


def _bound(bounds: Limits) -> None:
    for what, most in (
        (resource.RLIMIT_AS, bounds.memory * 1_000_000), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)
    ):
        hard = resource.getrlimit(what)[1]
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _exactly(come: BinaryIO, length: int) -> bytes:
    data = come.read(length)
    if len(data) < length:
        sys.exit()  # the run has ended
    return data


if __name__ == "__main__":
    main()
