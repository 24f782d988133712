"""Read every file of a folder and print, as a table, what was found in each.

    python -m benchmarks.corpus_table [FOLDER]

FOLDER is by default what CLAUSEWATCH_CORPUS names. Ends with 1 when a file could not be read to its end or lost words.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from storage.records import Reading
from tracker.reading import RefusedError, read

_UNITS = ("article", "rule", "regulation", "section")
_ATTACHMENTS = ("annex", "schedule", "appendix", "supplement")
_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".xml", ".json", ".pdf", ".docx", ".txt", ".md"})
_COLUMNS = "file,as,format,articles,annexes,dates,definitions,checks,problems,words,lost,ms".split(",")


@dataclass(frozen=True, slots=True)
class FileRow:
    """What was found in one file; ``problem`` says why it is no law, or why it was refused."""

    file: str
    reading: Reading | None
    milliseconds: float
    problem: str = ""

    def cells(self) -> list[str]:
        """Return the row as it is printed."""
        if self.reading is None:
            return [
                self.file,
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                f"refused: {self.problem}",
                "",
                "",
                f"{self.milliseconds:.0f}",
            ]
        reading = self.reading
        numbers = (
            _own_units(reading),
            _sum(reading.counts, _ATTACHMENTS),
            sum(milestone.on is not None for milestone in reading.dates),
            len(reading.definitions),
        )
        words = reading.words
        return [
            self.file,
            reading.jurisdiction,
            reading.format,
            *map(str, numbers),
            ", ".join(f"{c.check} {c.unit} {c.read}/{c.expected}{'' if c.ok else ' !'}" for c in reading.checks),
            ", ".join(dict.fromkeys(flaw.cause for flaw in reading.flaws)),
            f"{words['total']:,}",
            str(words["problems"]),
            f"{self.milliseconds:.0f}",
        ]


def rows(folder: Path) -> Iterator[FileRow]:
    """Yield what was found in each file of *folder*, in the order of their names."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix.lower() in _SUFFIXES:
            body, began = path.read_bytes(), time.perf_counter()
            reading, problem = None, ""
            try:
                reading = read(body)
            except RefusedError as error:
                problem = str(error)
            yield FileRow(str(path.relative_to(folder)), reading, (time.perf_counter() - began) * 1000, problem)


def _own_units(reading: Reading) -> int:
    """Count the units a lawyer cites first: articles, else rules, else sections; of unnumbered guidance, paragraphs."""
    counts = (reading.counts.get(kind, 0) for kind in _UNITS)
    return next(filter(None, counts), 0) or sum(root.kind.value == "paragraph" for root in reading.provisions)


def _sum(counts: Mapping[str, int], kinds: tuple[str, ...]) -> int:
    return sum(counts.get(kind, 0) for kind in kinds)


def main(arguments: list[str]) -> int:
    """Print the table; return the exit status."""
    folder = arguments[0] if arguments else os.environ.get("CLAUSEWATCH_CORPUS", "")
    if not folder or not Path(folder).is_dir():
        print("usage: python -m benchmarks.corpus_table FOLDER (or set CLAUSEWATCH_CORPUS)", file=sys.stderr)
        return 2
    print(f"| {' | '.join(_COLUMNS)} |\n|{'---|' * len(_COLUMNS)}")
    count, laws, words, words_lost = 0, 0, 0, 0
    for row in rows(Path(folder)):
        print(f"| {' | '.join(cell.replace('|', '/') for cell in row.cells())} |", flush=True)
        count += 1
        if row.reading is not None:
            laws += row.reading.is_law
            words += row.reading.words["total"]
            words_lost += row.reading.words["problems"] * row.reading.is_law
    print(f"\n{count} files, {laws} of them law; {words:,} words, {words_lost} of a law's words lost.")
    return int(words_lost > 0)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
