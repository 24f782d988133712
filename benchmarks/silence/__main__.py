"""Read invented laws as they are and with one defect each, and print how often a reading was silently wrong.

    python -m benchmarks.silence [LAWS] [--show]

LAWS is how many laws are made (default 1,160), in turn through every language and markup. Ends with 1 when a whole law
lost a unit or raised a problem, or when fewer than 99 of 100 defects raised one.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from benchmarks.results_page import write_results
from benchmarks.silence.defects import DEFECTS, unit_places
from benchmarks.silence.laws import LANGUAGES, Line, MadeLaw, make
from benchmarks.silence.markups import MARKUPS, lines_of
from storage.records import Reading
from tracker.reading import read
from tracker.reading.structure.draft import ReadingContext

LAWS = 1160
_LEAST = 0.99
_UNITS = ("article", "section", "rule", "regulation")


@dataclass(slots=True)
class Tally:
    """What came of the laws read: how many, and what went wrong in which."""

    laws: int = 0
    losses: list[str] = field(default_factory=list)
    false_alarms: list[str] = field(default_factory=list)
    defects: int = 0
    silent: list[str] = field(default_factory=list)
    by_kind: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    @property
    def share_told(self) -> float:
        """The share of defects that were told of or read right all the same."""
        return 1 - len(self.silent) / self.defects if self.defects else 1.0


def cases(laws: int) -> Iterator[tuple[MadeLaw, str]]:
    """Yield *laws* invented laws, each with the markup it is printed in: every language in every markup, in turn."""
    pairs = [(jurisdiction, language, name) for jurisdiction, language in LANGUAGES for name in MARKUPS[jurisdiction]]
    for seed in range(laws):
        jurisdiction, language, name = pairs[seed % len(pairs)]
        yield make(jurisdiction, language, seed), name


def measure(laws: int = LAWS) -> Tally:
    """Read *laws* laws, whole and with a defect."""
    tally = Tally()
    for law, name in cases(laws):
        lines = lines_of(law)
        tally.laws += 1
        whole = _read(law, name, lines)
        at = f"{law.language} {name} {law.seed}"
        if _numbers(whole) != [str(unit.number) for unit in law.units] or whole.words["problems"]:
            tally.losses.append(f"{at}: {_numbers(whole)}")
        if whole.flaws:
            tally.false_alarms.append(f"{at}: {whole.flaws[0].cause}: {whole.flaws[0].text[:160]}")
        _break(law, name, lines, tally)
    return tally


def _break(law: MadeLaw, name: str, lines: list[Line], tally: Tally) -> None:
    chance = Random(law.seed)
    defect = DEFECTS[law.seed % len(DEFECTS)]
    place = chance.choice(unit_places(lines))
    reading = _read(law, name, defect(lines, place, law, chance))
    right = _numbers(reading) == [str(unit.number) for unit in law.units]
    outcome = "read all the same" if right else "told" if reading.flaws else "silent"
    tally.defects += 1
    tally.by_kind[defect.__name__][outcome] += 1
    if outcome == "silent":
        number = unit_places(lines).index(place) + 1
        tally.silent.append(f"{law.language} {name} {law.seed}: {defect.__name__} at {number} of {len(law.units)}")


def _read(law: MadeLaw, name: str, lines: list[Line]) -> Reading:
    body = MARKUPS[law.jurisdiction][name](lines, law.language)
    return read(body, ReadingContext(jurisdiction=law.jurisdiction))


def _numbers(reading: Reading) -> list[str]:
    return [p.number for p in reading.walk() if p.kind.value in _UNITS]


def report(tally: Tally) -> str:
    """Return the figures as a table."""
    rows = [
        f"| {kind} | {sum(counts.values())} | {counts['told']} | {counts['read all the same']} | {counts['silent']} |"
        for kind, counts in sorted(tally.by_kind.items())
    ]
    return "\n".join(
        [
            f"{tally.laws} laws: {len(tally.losses)} lost a unit or a word, "
            f"{len(tally.false_alarms)} raised a false problem.",
            f"{tally.defects} defects: {tally.share_told:.2%} told of, or read right all the same.",
            "",
            "| defect | laws | told | read all the same | silent |",
            "|---|---|---|---|---|",
            *rows,
        ]
    )


def main() -> int:
    """Print the figures; return 1 when they are not good enough."""
    sizes = [int(word) for word in sys.argv[1:] if word.isdecimal()]
    tally = measure(*sizes)
    print(report(tally))
    if not sizes:
        about = "Invented laws in four traditions and twelve languages, printed in every markup that is read, whole and"
        lines = [about, "with one defect in one heading.", "", report(tally)]
        write_results("silence", "Silence", "python -m benchmarks.silence", lines)
    if "--show" in sys.argv:
        print("\n".join(["", *tally.losses, *tally.false_alarms, *tally.silent]))
    return int(bool(tally.losses or tally.false_alarms) or tally.share_told < _LEAST)


if __name__ == "__main__":
    sys.exit(main())
