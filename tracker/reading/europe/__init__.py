"""The European Union's drafting tradition: Official Journal, consolidated texts, Formex, Commission proposals."""

from tracker.reading.europe.cite import cite
from tracker.reading.europe.extract import claims, extract
from tracker.reading.europe.facts import facts

__all__ = ["cite", "claims", "extract", "facts"]
