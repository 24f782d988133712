"""How sure each fact of a declaration is, and why a source is not asked at all: grades, and what makes it dormant."""

from __future__ import annotations

import os
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from storage.records import KeyNeed, SourceEvidence

GRADES = ("recorded", "rebuilt", "reported", "unknown")
"""From the surest: bytes that were saved; a page made anew from what clients read; a report in writing; nothing."""
_OLD_GRADES = {"seen": "recorded", "reported": "reported", "claimed": "unknown"}
_KEY_SETTING = "CLAUSEWATCH_KEY_{}"


class _EvidenceBase(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class EvidenceTable(_EvidenceBase):
    """One fact's evidence as it is written: a grade, with the day it was seen and by whom."""

    grade: Literal["recorded", "rebuilt", "reported", "unknown"]
    on: Annotated[str, Field(pattern=r"^(\d{4}(-\d\d){0,2})?$")] = ""
    origin: str = ""

    def evidence(self) -> SourceEvidence:
        """Return it as the noun."""
        return SourceEvidence(self.grade, self.on, self.origin)


def _from_word(value: Any) -> Any:
    return {"grade": value} if isinstance(value, str) else value


EvidenceEntry = Annotated[EvidenceTable, BeforeValidator(_from_word)]


class KeyTable(_EvidenceBase):
    """The key that an interface wants: its name among our settings, and where it is sent."""

    name: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]*$")]
    header: str = ""
    query: str = ""

    def key(self) -> KeyNeed:
        """Return it as the noun."""
        return KeyNeed(self.name, self.header, self.query)


def key_setting(key: KeyNeed) -> str:
    """Return the name of the environment variable that holds a key.

    >>> key_setting(KeyNeed("OPENSTATES"))
    'CLAUSEWATCH_KEY_OPENSTATES'
    """
    return _KEY_SETTING.format(key.name)


def key_value(key: KeyNeed) -> str:
    """Return a key as the environment holds it; empty when it does not."""
    return os.environ.get(key_setting(key), "").strip()


def dormant_reason(reason: str, key: KeyNeed | None) -> str:
    """Return why a source is not asked: what its declaration says, or the key that is missing; empty when it is."""
    if reason or key is None or key_value(key):
        return reason
    return f"its interface wants a key: set {key_setting(key)}"


def evidence_of(certainty: dict[str, str], evidence: dict[str, EvidenceTable]) -> dict[str, SourceEvidence]:
    """Return the evidence of a declaration; the words of older ones are understood, too."""
    old = {fact: SourceEvidence(_OLD_GRADES[word]) for fact, word in certainty.items()}
    return old | {fact: table.evidence() for fact, table in evidence.items()}
