"""A bill or local law of a city council, from its Legistar record."""

from __future__ import annotations

from storage.records import Flaw, Milestone, MilestoneKind, Note
from tracker.reading.america.plain import statute
from tracker.reading.america.record import AmericanExtract
from tracker.reading.formats.legistar import Matter


def council(matter: Matter) -> AmericanExtract:
    """Return the matter's text as sections, and what its record states."""
    extract = AmericanExtract(language="en", title=matter.title, number=matter.number, stage=matter.status)
    extract.agencies = [matter.body] if matter.body else []
    extract.notes = [Note("struck text", text) for text in matter.struck_texts]
    extract.furniture = [Note("record", line) for line in matter.rest]
    statute(matter.lines, extract)
    extract.type = "local law" if matter.enacted_on else "bill"
    if matter.enacted_on:
        basis = f"EnactmentDate: {matter.enacted_on.isoformat()}"
        extract.milestones.append(Milestone(MilestoneKind.ADOPTED, matter.enacted_on, basis))
    if not extract.drafts:
        extract.notes += [Note("page text", line) for line in matter.lines]
    if matter.lost_letters:
        extract.flaws.append(Flaw("lost letters", "the record's plain text has lost letters (U+FFFD) and has no RTF"))
    return extract
