"""Run a program of the system on a page, limited by processor time: a busy machine reads what an idle one does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_LIMIT = (
    "import resource, os, sys; resource.setrlimit(resource.RLIMIT_CPU, (int(sys.argv[1]),) * 2); "
    "os.execvp(sys.argv[2], sys.argv[2:])"
)


def run_limited(
    command: list[str], job: bytes, seconds: int, folder: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Return what *command* answers to *job*; the system ends it after so many *seconds* of processor time.

    A negative ``returncode`` says that the system did. Raises OSError when it cannot be started.
    """
    limited = [sys.executable, "-I", "-c", _LIMIT, str(seconds), *command]
    return subprocess.run(limited, input=job, capture_output=True, cwd=folder, check=False)  # noqa: S603 - no shell; our own words
