"""A thousand noisy pages through the whole journey: nothing is told while nothing changes, and everything when it does.

    python -m benchmarks.noise [PAGES]

No page declares a selector. Looked at first, three times unchanged, and once when a fifth of them has truly changed, a
day between two rounds; the table goes to ``results/noise.md`` too. Ends with 1 when anything was told wrongly.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.machine import machine_lines
from benchmarks.noisy.pages import MadePage
from benchmarks.noisy.server import Noisy
from crawlers.declaration.load import load
from storage import changes, events, furniture, pages, problems, versions
from storage.records import Change, OpKind
from tracker.config import Settings
from tracker.context import AppContext, open_context
from tracker.pipeline.run import one_round

RESULTS = Path(__file__).parent / "results" / "noise.md"
_AT_ONCE = 50  # pages that one source declares
_JURISDICTIONS = {"zh": "cn", "en": "eu"}


@dataclass
class Figures:
    """What came of each round, and what was told wrongly."""

    rounds: list[tuple[str, int, int, int, int, int, float]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    event_counts: Counter[str] = field(default_factory=Counter)
    learned_kinds: Counter[str] = field(default_factory=Counter)


class Days:
    """A clock that stands on one day until it is told the next."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(microseconds=1)
        return self.now

    def tomorrow(self) -> None:
        """Go on to the next day."""
        self.now += timedelta(days=1)


def measure(home: Path, count: int, hosts: int = 8, unchanged_rounds: int = 3) -> Figures:
    """Take *count* pages through the journey in a new home, and return what came of it."""
    made_pages = [MadePage(number) for number in range(count)]
    figures = Figures()
    with Noisy(hosts) as noisy:
        folder = _write_declarations(home / "declarations", made_pages, noisy)
        clock = Days()
        service = open_context(Settings(home=home / "home"), load((folder,)), (folder,), clock)
        for name in ("first look", *(f"unchanged {n}" for n in range(1, unchanged_rounds + 1)), "a fifth changed"):
            noisy.has_changed = name == "a fifth changed"
            _round(name, service, noisy, figures)
            clock.tomorrow()
        _judge(service, made_pages, noisy, figures)
        service.db.close()
    return figures


def _write_declarations(folder: Path, made_pages: Sequence[MadePage], noisy: Noisy) -> Path:
    """Declare the pages, those of one host, kind and language together."""
    groups: dict[tuple[str, str, int, int], list[str]] = defaultdict(list)
    for made_page in made_pages:
        host = made_page.number % len(noisy.servers)
        groups[made_page.kind, made_page.language, host, made_page.number // 32 // _AT_ONCE].append(
            noisy.url(made_page)
        )
    for (kind, language, host, part), urls in groups.items():
        path = folder / _JURISDICTIONS[language] / f"{_JURISDICTIONS[language]}_noisy_{kind}_{host}_{part}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            f'title = "Noisy pages"\nauthority = "practice"\nlanguage = "{language}"\nspider = "page"\n'
            f'kind = "{kind}"\nurls = {urls}\nevery = "1 day"\n[politeness]\npause = "0 seconds"\n',
            encoding="utf-8",
        )
    return folder


def _round(name: str, service: AppContext, noisy: Noisy, figures: Figures) -> None:
    requests, start = noisy.requests, time.perf_counter()
    report = one_round(service, all_pages=True)
    event_count = len(events.recent(service.db, 100_000)) - figures.event_counts.total()
    figures.event_counts[name] = event_count
    seconds = time.perf_counter() - start
    figures.rounds.append(
        (
            name,
            report.checked,
            noisy.requests - requests,
            report.new_versions,
            event_count,
            len(report.problems),
            seconds,
        )
    )
    print(f"{figures.rounds[-1]}", file=sys.stderr, flush=True)
    if name.startswith("unchanged") and (event_count or report.changes):
        figures.wrong.append(f"{name}: {event_count} events, {report.changes} changes")


def _judge(service: AppContext, made_pages: Sequence[MadePage], noisy: Noisy, figures: Figures) -> None:
    """Hold what was told against what changed: every change once, in its unit, and nothing else."""
    db = service.db
    by_url = {page.url: page.id for page in pages.all_pages(db)}
    sets: dict[int, list[int]] = defaultdict(list)
    for event in events.recent(db, 100_000):
        assert event.version_id is not None
        assert event.change_set_id is not None
        sets[versions.get(db, event.version_id).page_id].append(event.change_set_id)
    for made_page in made_pages:
        set_ids = sets[by_url[noisy.url(made_page)]]
        faults = [_fault(changes.get_set(db, number).changes, made_page) for number in set_ids]
        if len(set_ids) != made_page.changes:
            faults.append(f"told {len(set_ids)}x")
        what = f"page {made_page.number} ({made_page.kind}, {made_page.language}, {made_page.place})"
        figures.wrong += [f"{what}: {fault}" for fault in faults if fault]
    figures.learned_kinds.update(piece.kind.value for piece in furniture.all_known(db))
    left = [p for p in problems.open_problems(db) if p.stage.value != "silence"]
    figures.wrong += [f"problem: {p.source_id}: {p.cause}: {p.text}" for p in left]
    figures.wrong += [f"never confirmed: {v.id}" for v in versions.unconfirmed_versions(db)]


def _fault(changes: Sequence[Change], made_page: MadePage) -> str:
    """Return what is wrong with the changes told of a page, or nothing."""
    if len(changes) != 1:
        return f"{len(changes)} changes told: {[(c.kind.value, c.new_eid, c.old_eid) for c in changes]}"
    [change] = changes
    unit = f"art_{made_page.unit}" if made_page.kind == "law" else change.new_unit
    if change.new_unit != unit or change.old_unit != unit or made_page.edit[1] not in (change.new_text or ""):
        return f"told of {change.new_eid}, not of unit {made_page.unit}"
    texts = [op.text for op in change.ops if op.kind is not OpKind.EQUAL]
    return (
        ""
        if all(any(text.strip(".。") in words for words in made_page.edit) for text in texts)
        else f"more was told: {texts}"
    )


def table(figures: Figures, count: int) -> str:
    """Return the figures as a page."""
    lines = [
        "# Noise",
        "",
        *machine_lines(),
        f"- command: `python -m benchmarks.noise {count}`; load of the machine at the end: {os.getloadavg()[1]:.1f}",
        "",
        f"{count} pages, no selector declared: half laws, half guidance without numbers; half English, half Chinese.",
        "On each request another time, counter, token (shown, in a `meta`, a hidden field) and list of links, before,",
        "inside or behind the text in its own column, and on half of them a counter inside a sentence of the law.",
        "",
        "| round | pages looked at | requests | versions | told | problems | seconds |",
        "|---|---:|---:|---:|---:|---:|---:|",
        *(f"| {n} | {c} | {r} | {v} | {t} | {p} | {s:.0f} |" for n, c, r, v, t, p, s in figures.rounds),
        "",
        f"Pages that truly changed: {sum(MadePage(n).changes for n in range(count))}. "
        f"Told wrongly, twice or not at all: {len(figures.wrong)}.",
        f"Learned: {', '.join(f'{times} {kind}' for kind, times in sorted(figures.learned_kinds.items()))}.",
        "",
    ]
    return "\n".join(lines)


def main() -> int:
    """Measure, write the table, and return the exit status."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(Path(folder), count)
    for line in figures.wrong[:40]:
        print(line, file=sys.stderr)
    text = table(figures, count)
    print(text)
    if count >= 1000:
        RESULTS.write_text(text, encoding="utf-8")
    return int(bool(figures.wrong))


if __name__ == "__main__":
    raise SystemExit(main())
