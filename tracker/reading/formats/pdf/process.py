"""Ask the child process about a PDF, and say in one line why when it gives no answer."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).resolve().parent
_LEAST_SECONDS = 8
_BYTES_A_SECOND = 1_000_000
# the packages above are made known without being run: opening one PDF needs none of the traditions
_START = """
import sys, types
for depth, name in enumerate(("tracker.reading.formats.pdf", "tracker.reading.formats", "tracker.reading", "tracker")):
    package = types.ModuleType(name)
    package.__path__ = [sys.argv[1 + depth]]
    sys.modules[name] = package
from tracker.reading.formats.pdf.child import main
main(sys.argv[5:])
"""


class NoAnswerError(Exception):
    """The child could not do its task within its limits, or refused the PDF; ``cause`` is a flaw's."""

    def __init__(self, cause: str, text: str) -> None:
        super().__init__(text)
        self.cause = cause


@lru_cache(maxsize=1)
def text_of(body: bytes) -> dict[str, Any]:
    """Return the rows of *body* as the child gives them; the latest answer is kept. Raises NoAnswerError."""
    answer: dict[str, Any] = json.loads(_ask(body, "text"))
    if "refused" in answer:
        raise NoAnswerError(*answer["refused"])
    return answer


def picture_of(body: bytes, page: int) -> bytes:
    """Return page number *page*, counted from 0, as a grey picture. Raises NoAnswerError."""
    picture = _ask(body, "picture", str(page))
    if not picture.startswith(b"P5 "):
        raise NoAnswerError("broken pdf", f"page {page + 1} cannot be drawn")
    return picture


def _ask(body: bytes, *task: str) -> bytes:
    seconds = _LEAST_SECONDS + len(body) // _BYTES_A_SECOND
    packages = [str(folder) for folder in (_HERE, *_HERE.parents[:3])]
    command = [sys.executable, "-I", "-c", _START, *packages, str(seconds), *task]
    process = subprocess.run(command, input=body, capture_output=True, check=False)  # noqa: S603 - the child limits itself
    if process.returncode != 0 or not process.stdout:
        raise NoAnswerError(
            "pdf too costly", f"not read within the {seconds} seconds and the memory allowed: it expands without end"
        )
    return process.stdout
