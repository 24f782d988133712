"""On real Indian pages: the counts are right, only what was corrected differs, and no word is lost."""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path

import pytest

from tracker.reading import india
from tracker.reading.formats.blocks import blocks_of, lines_of
from tracker.reading.formats.recognise import Format, OpenedPage, open_source
from tracker.reading.structure.draft import Draft, Extract, ReadingContext

CORPUS = Path(os.environ.get("CLAUSEWATCH_CORPUS", "/nonexistent")) / "in"
pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="CLAUSEWATCH_CORPUS is not set: no real pages to read")
FOLDERS = ("dpdp", "it_rules", "pib", "rbi")
PAGES = sorted(
    path for folder in FOLDERS for path in CORPUS.glob(f"{folder}/*") if path.suffix in {".txt", ".md", ".html"}
)


def read(path: Path) -> tuple[OpenedPage, Extract]:
    source = open_source(path.read_bytes())
    return source, india.extract(source, ReadingContext(jurisdiction="in"))


def units(path: Path) -> dict[str, str]:
    _, extract = read(path)
    return {
        f"{d.kind.value} {d.number}": " ".join(x.label + x.heading + x.text for x in walk(d)) for d in extract.drafts
    }


def walk(draft: Draft) -> list[Draft]:
    return [draft, *(inner for child in draft.children for inner in walk(child))]


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]+", text))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_visible_word_is_in_exactly_one_field(path):
    source, extract = read(path)
    if source.format is Format.HTML:
        blocks = blocks_of(source.soup)
        page = "\n".join([*(b.text for b in blocks.main), *(n.text for n in blocks.furniture)])
    else:
        page = "\n".join(block.text for block in lines_of(source.text))
    parts = [f"{d.label} {d.heading} {d.text}" for root in extract.drafts for d in walk(root)]
    parts += [note.text for note in (*extract.front, *extract.notes, *extract.furniture)]

    assert words("\n".join(parts)) == words(page)


def test_the_data_protection_rules_have_23_rules_and_7_schedules():
    counts = Counter(unit.split()[0] for unit in units(CORPUS / "dpdp/rules_v2_as_notified_2025-11-13.txt"))

    assert counts == {"rule": 23, "schedule": 7}


@pytest.mark.parametrize(
    ("old", "new", "units_changed"),
    [
        (
            "dpdp/rules_v2_as_notified_2025-11-13.txt",
            "dpdp/rules_v3_as_corrected_2025-12-10.txt",
            ["rule 1", "rule 13", "rule 23", "schedule FIRST", "schedule FOURTH"],
        ),
        ("it_rules/gsr120E_amendment_rules_2026_english.md", "it_rules/gsr120E_as_corrected_by_gsr148E.md", ["rule 3"]),
    ],
    ids=["data protection rules", "intermediary rules"],
)
def test_only_the_corrected_units_differ(old, new, units_changed):
    before, after = units(CORPUS / old), units(CORPUS / new)

    assert before.keys() == after.keys()
    assert [unit for unit in before if before[unit] != after[unit]] == units_changed
