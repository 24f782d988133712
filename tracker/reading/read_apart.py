"""Read a page in a child process, so that one hostile page costs its own reading and never stops the others."""

from __future__ import annotations

import atexit
import io
import os
import pickle
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from storage.records import Reading
from tracker.reading.errors import ReadingDefectError, RefusedError
from tracker.reading.limits import seconds_for
from tracker.reading.structure.draft import ReadingContext
from tracker.reading.worker import receive, send

_ROOT = Path(__file__).resolve().parents[2]
_START = "from tracker.reading.worker import main; main()"
_MOST_PAGES = 500  # of one child; then a fresh one gives back what its memory has gathered
_MODULES = frozenset({"storage.records", "datetime"})


def read_apart(body: bytes, context: ReadingContext) -> Reading:
    """Return what :func:`tracker.reading.read` does, read in the warm child process.

    Raises RefusedError also when the page takes more processor time or memory than any law, and ReadingDefectError,
    with the child's traceback, when reading fails as it never should.
    """
    with _LOCK:
        kind, answer = _WORKER.ask(body, context)
    if kind == "refused":
        raise RefusedError(str(answer))
    if kind == "defect":
        raise ReadingDefectError(str(answer))
    assert isinstance(answer, Reading)
    return answer


class _ReadingWorker:
    """The child process, started when it is first needed and again when a page has ended it."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self.pages = 0

    def ask(self, body: bytes, context: ReadingContext) -> tuple[str, object]:
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            send(process.stdin, pickle.dumps(context))
            send(process.stdin, body)
            answer = receive(process.stdout)
        except BrokenPipeError:
            answer = b""
        if not answer:
            self.end()
            return "refused", f"too costly: not read within {seconds_for(len(body))} seconds and the memory allowed"
        self.pages += 1
        kind, value = _ReadingUnpickler(io.BytesIO(answer)).load()
        return str(kind), value

    def _running(self) -> subprocess.Popen[bytes]:
        if self.process is None or self.process.poll() is not None or self.pages >= _MOST_PAGES:
            self.end()
            paths = [str(_ROOT), os.environ.get("PYTHONPATH", "")]
            self.process = subprocess.Popen(  # noqa: S603 - no shell, and nothing of the page is in the command
                [sys.executable, "-c", _START],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
            )
        return self.process

    def end(self) -> None:
        """End the child and forget it."""
        process, self.process, self.pages = self.process, None, 0
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except BrokenPipeError:
                    continue
        process.kill()
        process.wait()


class _ReadingUnpickler(pickle.Unpickler):
    """Takes nothing but records from a child that has read hostile bytes."""

    def find_class(self, module: str, name: str) -> Any:
        if module in _MODULES or module.startswith("storage.records."):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is no part of a reading")


_LOCK = threading.Lock()
_WORKER = _ReadingWorker()
atexit.register(_WORKER.end)
