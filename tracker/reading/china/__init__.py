"""Chinese law: 编章节条款项目, the order around it, and the official-document order 一、（一）1.（1）."""

from __future__ import annotations

from tracker.reading.china.cite import cite
from tracker.reading.china.extract import claims, extract
from tracker.reading.china.facts import facts

__all__ = ["cite", "claims", "extract", "facts"]
