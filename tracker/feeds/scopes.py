"""What a feed is about: everything, or one jurisdiction, authority, topic or instrument."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from storage.records import Instrument
from tracker.render.display_names import authority_short, jurisdiction_name, topic_name
from tracker.wording.text_fit import one_line

KINDS = ("jurisdictions", "authorities", "topics", "instruments")
_PLAIN = re.compile(r"[\w-][\w.-]{0,99}")


@dataclass(frozen=True, slots=True)
class Scope:
    """What a feed is about; ``kind`` is empty for everything."""

    kind: str = ""
    id: str = ""

    def path(self, ending: str) -> str:
        """Return the path of this feed, below the folder or address of all feeds."""
        if not self.kind:
            return f"all.{ending}"
        name = self.id if _PLAIN.fullmatch(self.id) else hashlib.sha256(self.id.encode()).hexdigest()[:16]
        return f"{self.kind}/{name}.{ending}"

    def title(self, instruments: Mapping[str, Instrument]) -> str:
        """Return the title of this feed."""
        return f"Clausewatch: {one_line(self._name(instruments), 200)}"

    def _name(self, instruments: Mapping[str, Instrument]) -> str:
        if self.kind == "jurisdictions":
            return jurisdiction_name(self.id)
        if self.kind == "authorities":
            return authority_short(self.id)
        if self.kind == "topics":
            return topic_name(self.id)
        if self.kind == "instruments" and self.id in instruments:
            return instruments[self.id].title or self.id
        return self.id or "everything"


ALL_SCOPE = Scope()


def scopes(subjects: Mapping[str, Iterable[str]], instruments: Iterable[Instrument]) -> list[Scope]:
    """Return every scope that holds something, everything first; *subjects* are the authorities and topics named."""
    pairs = {(kind, name) for kind, names in subjects.items() for name in names}
    for instrument in instruments:
        pairs |= {("instruments", instrument.id), ("jurisdictions", instrument.jurisdiction)}
    return [ALL_SCOPE, *(Scope(kind, name) for kind, name in sorted(pairs) if name)]
