"""A page of results: its heading, the commit and machine it was made on, and its figures."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from benchmarks.machine import machine_lines

RESULTS = Path(__file__).parent / "results"


def write_results(name: str, title: str, command: str, lines: Sequence[str]) -> None:
    """Write the page ``results/NAME.md``: a benchmark calls it when it ran whole."""
    keep_page(name, "\n".join([f"# {title}", "", f"- command: `{command}`", "", *lines, ""]))


def keep_page(name: str, page: str, folder: Path = RESULTS) -> None:
    """Write a page that has its title already, with the commit and the machine below it."""
    title, _, rest = page.partition("\n\n")
    where_made = "\n".join([*machine_lines(), f"- load of the machine at the end: {os.getloadavg()[0]:.1f}"])
    gap = "\n" if rest.startswith("- ") else "\n\n"
    (folder / f"{name}.md").write_text(f"{title}\n\n{where_made}{gap}{rest}", encoding="utf-8")
