"""Figures that are measured at once, because that costs nothing."""

from __future__ import annotations

from pathlib import Path

from benchmarks.summary.figures import Figure

_ROOT = Path(__file__).parents[2]


def tests_to_code() -> Figure:
    """Return how many lines of tests there are to a line of the three packages."""
    tests = _lines("tests")
    code = sum(_lines(package) for package in ("crawlers", "storage", "tracker"))
    return Figure(f"{tests / code:.2f} ({tests:,} to {code:,} lines)", tests / code)


def _lines(folder: str) -> int:
    return sum(len(path.read_bytes().splitlines()) for path in (_ROOT / folder).rglob("*.py"))
