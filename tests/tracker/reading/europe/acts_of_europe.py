"""Readers' helpers: open a fixture, and write a tree as lines a person can check."""

from __future__ import annotations

from pathlib import Path

from tracker.reading.europe import cite, extract, facts
from tracker.reading.formats.recognise import OpenedPage, open_source
from tracker.reading.structure.draft import Draft, Extract, ReadingContext
from tracker.reading.structure.eids import finish
from tracker.reading.tradition import Facts

FIXTURES = Path(__file__).parent / "fixtures"


def a_source(name: str) -> OpenedPage:
    """Return the fixture *name*, opened."""
    return open_source((FIXTURES / name).read_bytes())


def an_act(name: str) -> Extract:
    """Return the fixture *name*, taken apart."""
    return extract(a_source(name), ReadingContext())


def the_facts(name: str) -> Facts:
    """Return the facts of the fixture *name*."""
    act = an_act(name)
    return facts(act, finish(act.drafts, cite), ReadingContext())


def outline(drafts: list[Draft], indent: int = 0) -> list[str]:
    """Return a tree as indented lines: kind, number, heading, text."""
    lines = []
    for draft in drafts:
        parts = [draft.kind.value, draft.number, f"[{draft.heading}]" if draft.heading else "", draft.text]
        lines.append("  " * indent + " ".join(part for part in parts if part))
        lines.extend(outline(draft.children, indent + 1))
    return lines


def without_recitals(act: Extract) -> list[Draft]:
    """Return the enacting terms and annexes."""
    return [draft for draft in act.drafts if draft.kind.value != "recital"]


def front(act: Extract, name: str) -> str:
    """Return the words before or after the enacting terms that stand under *name*."""
    return "\n".join(note.text for note in act.front if note.name == name)
