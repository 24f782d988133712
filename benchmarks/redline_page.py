"""How soon and how large the redlines of a large law come: `python -m benchmarks.redline_page FILE [NEWER]`.

FILE is a page of a law as received, such as the AI Act. Without NEWER a third of its provisions is edited by a seeded
generator, which no legislator ever did at once: the worst that a page must show. Each page is the first that a fresh
server makes. Limit: 1 s and 1 MB. The table goes to ``results/redline_page.md`` too.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx

from benchmarks.drawn_home import START
from benchmarks.machine import machine_lines
from benchmarks.served import peak, serve_home
from storage import changes, instruments, pages, snapshots, sources, versions
from storage.database.connection import transaction
from storage.records import Instrument, Provision, Reading, ReviewState, Source, Version
from storage.schema.open import open_database
from storage.search import index
from tracker.reading import read
from tracker.view_models.comparison_cache import contrast

RESULTS = Path(__file__).parent / "results" / "redline_page.md"
_ONE_IN = 3
_PAGES = {
    "Inline": "/changes/1",
    "Side by side": "/changes/1?view=side",
    "Whole text": "/changes/1?show=whole",
    "The instrument": "/instruments/eu_large",
    "Compared backwards, which nobody stored": "/compare?old=eu_large@2024-01-02&new=eu_large@2024-01-01",
}


def edit_reading(reading: Reading, chance: random.Random) -> Reading:
    """Return the reading with other words at the end of every third provision."""
    return replace(reading, provisions=tuple(_edit_provision(provision, chance) for provision in reading.provisions))


def _edit_provision(provision: Provision, chance: random.Random) -> Provision:
    children = tuple(_edit_provision(child, chance) for child in provision.children)
    words = provision.text.split(" ")
    if len(words) > 4 and not chance.randrange(_ONE_IN):
        at = chance.randrange(len(words) - 2)
        words[at : at + 2] = [f"edited{chance.randrange(1000)}", words[at]]
    return replace(provision, text=" ".join(words), children=children)


def fill(home: Path, old: Reading, new: Reading) -> int:
    """Store both as versions of one law; return how many changes there are between them."""
    with closing(open_database(home / "clausewatch.db")) as db:
        source = Source(
            "eu_source", "eu", "Source", ("eu_x",), "en", "page", ("http://127.0.0.1/law",), timedelta(days=1)
        )
        sources.sync(db, [source], START)
        [page] = pages.of_source(db, "eu_source")
        comparison = contrast(old, new)
        with transaction(db):
            instruments.add_if_new(db, Instrument("eu_large", "eu", "A large law", "", "eu_source", page.url))
            for step, reading in enumerate((old, new)):
                at = START + timedelta(days=step)
                shot = snapshots.add(db, page.id, page.url, at, 200, "text/html", "aa", 1, {}, "aa/x")
                name = versions.next_id(db, "eu_large", at.date())
                version = Version(
                    name, "eu_large", "eu_source", page.id, shot, reading.language, at, ReviewState.CONFIRMED,
                    step == 0, str(step), reading,
                )  # fmt: skip
                versions.add(db, version)
            before, after = (row.id for row in versions.of_instrument(db, "eu_large"))
            changes.add_set(db, old_version_id=before, new_version_id=after, comparison=comparison, at=START)
        index.index_new_provisions(db)
    return len(comparison.changes)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("newer", type=Path, nargs="?")
    options = parser.parse_args()
    old = read(options.file.read_bytes())
    new = read(options.newer.read_bytes()) if options.newer else edit_reading(old, random.Random(1))
    with tempfile.TemporaryDirectory() as folder:
        many = fill(Path(folder), old, new)
        lines = [
            "# Redlines of a large law",
            "",
            "`python -m benchmarks.redline_page FILE [NEWER]`, each the first page of a server. Limit: 1 s, 1 MB.",
            "",
            *machine_lines(),
            f"- law: {sum(1 for _ in old.walk()):,} provisions, {many:,} changes",
            "",
            "| page | seconds | MB | parts | server MB |",
            "|---|---|---|---|---|",
        ]
        for name, path in _PAGES.items():
            with serve_home(Path(folder), 1) as (base, pid), httpx.Client(base_url=base, timeout=120) as client:
                begin = time.perf_counter()
                answer = client.get(path).raise_for_status()
                took = time.perf_counter() - begin
                parts = answer.text.partition("Part 1 of ")[2].partition("<")[0] or "1"
                lines.append(f"| {name} | {took:.2f} | {len(answer.content) / 1e6:.2f} | {parts} | {peak(pid)} |")
    print("\n".join(lines))
    RESULTS.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
