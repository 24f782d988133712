"""How many bytes a version costs: `python -m benchmarks.stored [PAGES] [EDITIONS]`.

Pages of 60 articles and about 30 kB go through the journey as if fetched, edition after edition, each changing one
article of every page. After each edition the database is put in order and weighed, table by table.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from benchmarks.machine import machine_lines
from benchmarks.watching.pages import page
from crawlers.declaration.load import load
from storage import checks, pages, snapshots, sources
from storage.database.connection import query, transaction
from storage.records import Outcome
from tracker.config import Settings
from tracker.context import AppContext, open_context
from tracker.pipeline.run import finish

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
FIRST, LATER = 40_000, 10_000  # bytes of a version, at most; the second one packs the first, in rows until then
RESULTS = Path(__file__).parent / "results" / "stored.md"
_INDEX, _LOOKS = "search_", ("snapshots", "checks")
_HEADERS = (("Content-Type", "text/html; charset=utf-8"), ("ETag", '"5f2a-9"'), ("Server", "nginx"),
            ("Date", "Mon, 05 Jan 2026 09:00:00 GMT"), ("Last-Modified", "Mon, 05 Jan 2026 08:00:00 GMT"))  # fmt: skip
_REQUEST_HEADERS = (("User-Agent", "Clausewatch/0.1"), ("Accept", "text/html"))


@dataclass(frozen=True)
class StoredBytes:
    """What one version of one page cost on average, in bytes.

    ``text`` is what is known of the law, ``looks`` the rows of its evidence, ``archive`` the evidence itself.
    """

    text: float
    looks: float
    index: float
    archive: float


def main() -> None:
    """Measure, print and write the table."""
    many, editions = (int(number) for number in (*sys.argv[1:], *("200", "5")[len(sys.argv) - 1 :]))
    with tempfile.TemporaryDirectory() as folder:
        costs = measure(Path(folder), many, editions)
    table = _table(many, costs)
    print(table)
    RESULTS.write_text(table, encoding="utf-8")


def measure(home: Path, many: int, editions: int) -> list[StoredBytes]:
    """Return what each edition cost per page."""
    clock = [START]
    folders = (_write_declarations(home / "declarations", many),)
    service = open_context(Settings(home=home), load(folders), folders, lambda: clock[0])
    costs, before = [], _weigh(service)
    with closing(service.db):
        for edition in range(1, editions + 1):
            clock[0] += timedelta(days=30)
            _publish(service, edition)
            finish(service)
            after = _weigh(service)
            costs.append(StoredBytes(*((b - a) / many for a, b in zip(before, after, strict=True))))
            before = after
    return costs


def tables(db: Database) -> dict[str, int]:
    """Return the bytes of the pages of each table with its indexes."""
    sql = "SELECT tbl_name AS name, sum(pgsize) AS bytes FROM dbstat JOIN sqlite_master USING (name) GROUP BY 1"
    return {row["name"]: row["bytes"] for row in query(db, sql)}


def _weigh(service: AppContext) -> tuple[int, int, int, int]:
    service.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    sizes = tables(service.db)
    looks = sum(size for name, size in sizes.items() if name in _LOOKS)
    index = sum(size for name, size in sizes.items() if name.startswith(_INDEX))
    archive = sum(f.stat().st_size for f in service.archive.root.rglob("*") if f.is_file())
    return sum(sizes.values()) - looks - index, looks, index, archive


def _write_declarations(folder: Path, many: int) -> Path:
    for place, language, first in (("cn", "zh", 1), ("eu", "en", 2)):
        urls = ", ".join(f'"{_address(number)}"' for number in range(first, many + 1, 2))
        path = folder / place / f"{place}_practice_measured.toml"
        path.parent.mkdir(parents=True)
        path.write_text(
            f'title = "Measured"\nauthority = "{place}_practice"\nlanguage = "{language}"\nspider = "page"\n'
            f'urls = [{urls}]\nevery = "1 day"\nselect = "#content"\n[politeness]\npause = "0 seconds"\n',
            encoding="utf-8",
        )
    return folder


def _address(number: int) -> str:
    return f"http://127.0.0.1:9/p/{number}"


def _publish(service: AppContext, edition: int) -> None:
    """Keep every page as a crawl does, and look once more as its confirmation does."""
    db, at = service.db, service.clock()
    if edition == 1:
        sources.sync(db, service.sources.values(), at)
    with transaction(db):
        for page_row in pages.all_pages(db):
            body = page(int(page_row.url.rpartition("/")[2]), edition)
            digest, name = service.archive.keep(page_row.url, _REQUEST_HEADERS, 200, "OK", _HEADERS, body, at)
            shot = snapshots.add(
                db, page_row.id, page_row.url, at, 200, "text/html", digest, len(body), dict(_HEADERS), name
            )
            checks.add(db, page_row.id, at, Outcome.NEW, 200, shot)
            again = at + timedelta(seconds=1)
            service.archive.revisit(page_row.url, _REQUEST_HEADERS, 200, "OK", _HEADERS, name, again)
            checks.add(db, page_row.id, again, Outcome.SAME, 200, shot)


def _table(many: int, costs: list[StoredBytes]) -> str:
    size = sum(len(page(number)) for number in range(1, many + 1)) / many
    lines = [
        "# Stored bytes",
        "",
        f"`python -m benchmarks.stored {many} {len(costs)}`: {many} pages of 60 articles, {size / 1000:.1f} kB each;",
        "every edition changes a quarter of the words of one article of each. *Text* is the database without the",
        "rest: provisions, facts, changes, dates, events. *Looks* are its rows of snapshots and checks (two looks a",
        "version), *index* is the search index, *archive* the WARC files (the page, and the look that confirmed it).",
        f"At most {FIRST} bytes of text for the first version and {LATER} for a later one are allowed.",
        "",
        *machine_lines(),
        "",
        "| version | text | looks | text and looks | index | archive | all |",
        "|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for number, cost in enumerate(costs, 1):
        total = cost.text + cost.looks + cost.index + cost.archive
        cells = (cost.text, cost.looks, cost.text + cost.looks, cost.index, cost.archive, total)
        lines.append(f"| {number} | {' | '.join(f'{cell:.0f}' for cell in cells)} |")
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    main()
