"""Read the labelled instructions: an instruction, what it does to which provision, and the words that then stand there.

A label begins with ``== base``, and where it needs another frame, ``/ frame``; the lines of the instruction follow;
``-> action target`` is what it does, once for each operation; ``:: target | words`` is what then stands in a provision;
``!! words`` says that it must be abstained from, with a reason that holds the words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class LabelledInstruction:
    """One instruction with what a reader says it does."""

    base: str
    number: int
    text: str
    operations: tuple[tuple[str, str], ...]
    texts: tuple[tuple[str, str], ...]
    reason: str | None = None
    frame: str = ""


def labelled_instructions(only: str = "") -> Iterator[LabelledInstruction]:
    """Yield every labelled instruction, or those whose base begins with *only*."""
    for path in sorted((HERE / "labels").glob("*.txt")):
        for number, block in enumerate(path.read_text(encoding="utf-8").split("== ")[1:], 1):
            label = _label(block, number)
            if label.base.startswith(only):
                yield label


def _label(block: str, number: int) -> LabelledInstruction:
    head, *lines = block.strip().split("\n")
    base, _, frame = (part.strip() for part in head.partition("/"))
    marks = {mark: [line[3:] for line in lines if line.startswith(mark)] for mark in ("->", "::", "!!")}
    return LabelledInstruction(
        base,
        number,
        "\n".join(line for line in lines if line[:2] not in marks),
        tuple(_pair(line, " ") for line in marks["->"]),
        tuple(_pair(line, "|") for line in marks["::"]),
        marks["!!"][0].strip() if marks["!!"] else None,
        frame,
    )


def _pair(line: str, between: str) -> tuple[str, str]:
    first, _, second = line.partition(between)
    return first.strip(), second.strip()


def base_lines(name: str) -> list[str]:
    """Return the lines of a base text."""
    return (HERE / "bases" / f"{name}.txt").read_text(encoding="utf-8").strip().split("\n")
