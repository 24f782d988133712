"""Where figures were made: the commit, the machine, the day's Python."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from pathlib import Path


def machine_lines() -> list[str]:
    """Return the lines that head a table of figures."""
    return [
        f"- commit: {_commit()}",
        f"- machine: {_processor()}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}",
    ]


def _commit() -> str:
    git = shutil.which("git")
    if git is None:
        return "unknown"
    root = Path(__file__).parent
    description = subprocess.run(
        [git, "describe", "--always", "--dirty"], cwd=root, capture_output=True, text=True, check=False
    )
    return description.stdout.strip() or "unknown"


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.is_file():
        names = [
            line.partition(":")[2].strip() for line in info.read_text().splitlines() if line.startswith("model name")
        ]
        if names:
            return names[0]
    return platform.processor() or platform.machine()
