"""What American markup states outright, beside the text: an Extract that remembers it for the facts."""

from __future__ import annotations

from dataclasses import dataclass, field

from storage.records import Milestone
from tracker.reading.structure.draft import Extract


@dataclass(slots=True)
class AmericanExtract(Extract):
    """An Extract with what the markup says of its own kind.

    ``type`` is the kind of instrument, ``stage`` how far a bill has come, ``agencies`` the issuers as printed,
    ``cfr`` the parts of the Code of Federal Regulations it amends, ``stated`` dates given as metadata.
    """

    type: str = ""
    stage: str = ""
    agencies: list[str] = field(default_factory=list)
    cfr: list[str] = field(default_factory=list)
    milestones: list[Milestone] = field(default_factory=list)
