"""The line: what every module of this tradition passes on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IndianLine:
    """One line of the law; ``fresh`` says that a paragraph begins here (in wrapped text nobody knows)."""

    text: str
    fresh: bool = False
    bold: bool = False
    centred: bool = False


def join_lines(lines: Sequence[IndianLine]) -> str:
    """Return *lines* as one text: a newline where a line ends, an empty line where a paragraph surely begins."""
    return "".join(
        line.text if not place else f"\n\n{line.text}" if line.fresh else f"\n{line.text}"
        for place, line in enumerate(lines)
    )
