"""A process of its own for the parsers: what crashes, hangs or grows there ends there."""

import atexit
import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from casebook.errors import InputError
from casebook.readers.limits import Limits, limits
from casebook.readers.outline import Outline

_PACKAGE = Path(__file__).parents[2]
_LENGTH = 8  # bytes that tell the length of what follows


class Worker:
    """Sends files to a process and waits for their outlines; the process is started anew after it has died."""

    def __init__(self, command: Sequence[str] = (sys.executable, "-B", "-m", "casebook.readers.parser")):
        self._command = list(command)
        self._process: subprocess.Popen[bytes] | None = None
        self._bounds = Limits()
        self._lock = threading.Lock()

    def outline(self, format: str, data: bytes, bounds: Limits) -> tuple[str, Outline]:
        """The format's name and what its reader makes of `data`. Raises InputError saying why there is nothing."""
        with self._lock:
            try:
                answer = json.loads(self._asked(format, data, bounds))
                made = None if "fault" in answer else (answer["name"], Outline.of(answer))
            except (OSError, ValueError, KeyError, TypeError) as error:
                reason = self._reason(error, bounds)
                self.stop()
                raise InputError(reason) from None
        if made is None:
            raise InputError(answer["fault"])
        return made

    def stop(self) -> None:
        """End the process; the next file starts another."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _asked(self, format: str, data: bytes, bounds: Limits) -> bytes:
        if bounds != self._bounds:
            self.stop()
        process = self._process = self._process or self._started(bounds)
        assert process.stdin and process.stdout, "both are pipes"
        end = time.monotonic() + bounds.seconds
        for part in (format.encode().ljust(_LENGTH), len(data).to_bytes(_LENGTH, "big"), data):
            _write(process.stdin.fileno(), part, end)
        length = int.from_bytes(_read(process.stdout.fileno(), _LENGTH, end), "big")
        if length > bounds.memory * 1_000_000:
            raise ValueError(f"an answer of {length} bytes")
        return _read(process.stdout.fileno(), length, end)

    def _started(self, bounds: Limits) -> subprocess.Popen[bytes]:
        self._bounds = bounds
        settings = {f"CASEBOOK_{name.upper()}": str(value) for name, value in vars(bounds).items()}
        path = os.pathsep.join([str(_PACKAGE), *filter(None, [os.environ.get("PYTHONPATH")])])
        process = subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env={**os.environ, **settings, "PYTHONPATH": path}, start_new_session=True, bufsize=0)
        assert process.stdin, "a pipe"
        os.set_blocking(process.stdin.fileno(), False)
        return process

    def _reason(self, error: Exception, bounds: Limits) -> str:
        if isinstance(error, TimeoutError):
            return f"its parser took longer than {bounds.seconds} seconds"
        assert self._process is not None, "it was started before it was asked"
        try:
            code = self._process.wait(1)
        except subprocess.TimeoutExpired:
            return "its parser answered with what is no outline"
        return f"its parser died of {signal.Signals(-code).name}" if code < 0 else f"its parser ended with code {code}"


def _write(pipe: int, data: bytes, end: float) -> None:
    view = memoryview(data)
    while view:
        if not select.select([], [pipe], [], max(0.0, end - time.monotonic()))[1]:
            raise TimeoutError
        view = view[os.write(pipe, view):]


def _read(pipe: int, length: int, end: float) -> bytes:
    parts: list[bytes] = []
    while length:
        if not select.select([pipe], [], [], max(0.0, end - time.monotonic()))[0]:
            raise TimeoutError
        part = os.read(pipe, min(length, 1 << 20))
        if not part:
            raise BrokenPipeError
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


_own = Worker()
atexit.register(_own.stop)


def outline(format: str, data: bytes) -> tuple[str, Outline]:
    """What the reader `format` makes of `data`, in the one process that this run has for it. Raises InputError."""
    return _own.outline(format, data, limits())
