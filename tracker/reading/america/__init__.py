"""American law: Federal Register, Code of Federal Regulations, bills and statutes, state codes, guidance."""

from __future__ import annotations

from tracker.reading.america.cite import cite
from tracker.reading.america.extract import claims, extract
from tracker.reading.america.facts import facts

__all__ = ["cite", "claims", "extract", "facts"]
