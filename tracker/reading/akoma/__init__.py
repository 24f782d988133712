"""Akoma Ntoso 3.0, the XML of law of any country: its own element names say what everything is."""

from __future__ import annotations

from tracker.reading.akoma.meta import country_of, is_akoma, is_ours
from tracker.reading.akoma.reader import extract

__all__ = ["country_of", "extract", "is_akoma", "is_ours"]
