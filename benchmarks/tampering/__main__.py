"""Rewrite a home in every way and write ``benchmarks/results/tampering.md``: `python -m benchmarks.tampering`."""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.results_page import keep_page
from benchmarks.tampering.home import faults_of, make_home, newest_checkpoint, open_home
from benchmarks.tampering.rewritings import REWRITINGS, roll_back, write_anew
from storage.errors import StorageError
from tracker.evidence import transparency_log
from tracker.operations.backup import backup
from tracker.operations.replay import replay
from tracker.pipeline.run import one_round
from tracker.subscriptions.erasure import forget_person


@dataclass(frozen=True, slots=True)
class ForgeryOutcome:
    """One rewriting, or one honest thing, with what `verify` said of it."""

    name: str
    faults: tuple[str, ...]
    is_honest: bool = False

    @property
    def is_right(self) -> bool:
        """Whether a rewriting was found, and an honest thing was not taken for one."""
        return bool(self.faults) != self.is_honest


def rewritten(home: Path, declarations: Path, folder: Path, only: str = "") -> Iterator[ForgeryOutcome]:
    """Yield what `verify` finds in a copy of the home for each rewriting of it."""
    for name, rewrite in REWRITINGS.items():
        if only in name:
            copy = shutil.copytree(home, folder / "copy")
            rewrite(copy)
            yield ForgeryOutcome(name, tuple(_faults(copy, declarations)))
            shutil.rmtree(copy)


def witness_outcomes(home: Path, earlier: Path, declarations: Path, folder: Path) -> Iterator[ForgeryOutcome]:
    """Yield what a kept checkpoint finds, and what nobody could without it."""
    note = newest_checkpoint(home, declarations)
    copy = shutil.copytree(home, folder / "copy")
    roll_back(copy, earlier)
    yield ForgeryOutcome("witness: a home that was rolled back", tuple(faults_of(copy, declarations, note)))
    shutil.rmtree(copy)
    copy = shutil.copytree(home, folder / "copy")
    write_anew(copy)
    with open_home(copy, declarations, 3) as service:
        transparency_log.record_log(service.db, transparency_log.places_of(service), service.clock())
    yield ForgeryOutcome("witness: a past that was written anew", tuple(faults_of(copy, declarations, note)))
    shutil.rmtree(copy)
    checkpoint = newest_checkpoint(earlier, declarations)
    yield ForgeryOutcome("witness: an old checkpoint", tuple(faults_of(home, declarations, checkpoint)), is_honest=True)


def honest_outcomes(home: Path, declarations: Path, folder: Path) -> Iterator[ForgeryOutcome]:
    """Yield what `verify` says of homes that nobody rewrote."""
    yield ForgeryOutcome("honest: as it is", tuple(faults_of(home, declarations)), is_honest=True)
    yield ForgeryOutcome("honest: a quick look", tuple(faults_of(home, declarations, quick=True)), is_honest=True)
    with open_home(home, declarations, 3) as service:
        backup_home = backup(service, folder / "restored", lambda _: None)
    yield ForgeryOutcome("honest: restored from a backup", tuple(faults_of(backup_home, declarations)), is_honest=True)
    for name, act in _HONEST.items():
        copy = shutil.copytree(home, folder / "copy")
        with open_home(copy, declarations, 3) as service:
            act(service)
        yield ForgeryOutcome(f"honest: {name}", tuple(faults_of(copy, declarations)), is_honest=True)
        shutil.rmtree(copy)


_HONEST = {
    "read again by replay": lambda service: replay(service, (), None, lambda *_: None),
    "a reader who was erased by right": lambda service: forget_person(
        service.db, "team@policy.example", service.settings.home / "emails", service.clock()
    ),
    "a round in which every host is down": lambda service: one_round(service, all_pages=True),
    "tiles that are made again": lambda service: shutil.rmtree(service.settings.home / "log"),
}


def _faults(home: Path, declarations: Path) -> list[str]:
    """Return the faults of a home; a home that cannot be opened says so in one line."""
    try:
        return faults_of(home, declarations)
    except StorageError as error:
        return [str(error)]


def main(arguments: Sequence[str]) -> int:
    """Run the drill; status 1 when a rewriting goes unnoticed or something honest is taken for one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="only rewritings whose name holds this")
    parser.add_argument("--show", action="store_true", help="print what was found for each")
    options = parser.parse_args(arguments)
    with TemporaryDirectory(prefix="clausewatch-") as name:
        folder = Path(name)
        home, earlier, declarations = make_home(folder)
        outcomes = list(rewritten(home, declarations, folder, options.only))
        if not options.only:
            outcomes += [
                *witness_outcomes(home, earlier, declarations, folder),
                *honest_outcomes(home, declarations, folder),
            ]
        start = time.perf_counter()
        faults_of(home, declarations, quick=True)
        quick = time.perf_counter() - start
    for outcome in outcomes:
        if options.show or not outcome.is_right:
            print(f"{'right' if outcome.is_right else 'WRONG'}  {outcome.name}: {'; '.join(outcome.faults[:2])[:200]}")
    text = table(outcomes, quick)
    print(text)
    if not options.only:
        keep_page("tampering", text)
    return 0 if all(outcome.is_right for outcome in outcomes) else 1


def table(outcomes: Sequence[ForgeryOutcome], quick: float) -> str:
    """Return the figures as Markdown."""
    kinds, right = Counter[str](), Counter[str]()
    for outcome in outcomes:
        kind = outcome.name.partition(":")[0]
        kinds[kind] += 1
        right[kind] += outcome.is_right
    forgeries = [outcome for outcome in outcomes if not outcome.is_honest]
    found_count = sum(outcome.is_right for outcome in forgeries)
    false = sum(not outcome.is_right for outcome in outcomes if outcome.is_honest)
    head = (
        f"{found_count} of {len(forgeries)} rewritings found, {false} found falsely; a quick look takes {quick:.2f} s."
    )
    rows = [f"| {kind} | {count} | {right[kind]} |" for kind, count in kinds.items()]
    return "\n".join(("# Tampering", "", head, "", "| what is rewritten | kinds | right |", "|---|---|---|", *rows, ""))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
