"""Addresses of provisions: in a text, and through the life of the law, whichever version numbers them so."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Histories:
    """Where the provisions of one version have their histories: ``before + quoted eid + after``."""

    before: str
    after: str = ""

    def of(self, eid: str) -> str:
        """Return the address of the history of one provision."""
        return f"{self.before}{quote(eid, safe='')}{self.after}"


def histories(instrument_id: str, version_id: str = "", newest: str = "") -> Histories:
    """Return where the provisions of a version have their histories; of the newest, without saying which it is."""
    before = f"/instruments/{quote(instrument_id, safe='')}/history/"
    return Histories(before, f"?version={quote(version_id, safe='')}" if version_id != newest else "")


def text_path(instrument_id: str, eid: str = "", version_id: str = "", newest: str = "") -> str:
    """Return the address of a text, at one of its provisions; of the newest, without saying which it is."""
    asked = f"?version={quote(version_id, safe='')}" if version_id != newest else ""
    place = f"#{quote(eid, safe='')}" if eid else ""
    return f"/instruments/{quote(instrument_id, safe='')}{asked}{place}"
