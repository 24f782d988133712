"""A page of results: its heading, the commit and machine it was made on, and its figures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks.machine import machine_lines

RESULTS = Path(__file__).parent / "results"


def write_results(name: str, title: str, command: str, lines: Sequence[str]) -> None:
    """Write the page ``results/NAME.md``: a benchmark calls it when it ran whole."""
    page = [f"# {title}", "", *machine_lines(), f"- command: `{command}`", "", *lines, ""]
    (RESULTS / f"{name}.md").write_text("\n".join(page), encoding="utf-8")
