"""Readers' helpers: open a fixture, read it, and write its tree as lines a person can check."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from storage.records import Provision
from tracker.reading import america
from tracker.reading.formats.recognise import open_source
from tracker.reading.structure.draft import Draft, Extract, ReadingContext
from tracker.reading.structure.eids import finish
from tracker.reading.tradition import Facts

FIXTURES = Path(__file__).parent / "fixtures"


def a_text(name: str, hints: ReadingContext = ReadingContext()) -> Extract:  # noqa: B008 - frozen and empty
    return america.extract(open_source((FIXTURES / name).read_bytes()), hints)


def the_provisions(name: str) -> tuple[Provision, ...]:
    return finish(a_text(name).drafts, america.cite)


def the_facts(name: str, published_on: date | None = None) -> Facts:
    hints = ReadingContext(published_on=published_on)
    text = a_text(name, hints)
    return america.facts(text, finish(text.drafts, america.cite), hints)


def outline(drafts: list[Draft], indent: int = 0) -> list[str]:
    """Return a tree as indented lines: kind, number, heading, text."""
    lines = []
    for draft in drafts:
        parts = [draft.kind.value, draft.number, f"[{draft.heading}]" if draft.heading else "", draft.text]
        lines.append("  " * indent + " ".join(part for part in parts if part))
        lines.extend(outline(draft.children, indent + 1))
    return lines


def walk(draft: Draft) -> list[Draft]:
    return [draft, *(inner for child in draft.children for inner in walk(child))]


def every_word(text: Extract) -> str:
    drafts = [f"{d.label} {d.heading} {d.text}" for root in text.drafts for d in walk(root)]
    return "\n".join([*drafts, *(note.text for note in (*text.front, *text.notes, *text.furniture))])


def notes(text: Extract, name: str) -> list[str]:
    return [note.text for note in (*text.front, *text.notes, *text.furniture) if note.name == name]


def dates(facts: Facts) -> list[tuple[str, str, str | None]]:
    return [(m.kind.value, m.on.isoformat() if m.on else "", m.formula) for m in facts.dates]


def relations(facts: Facts) -> list[tuple[str, str]]:
    return [(r.kind.value, r.target) for r in facts.relations]
