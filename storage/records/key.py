"""Keys with which programs write."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ApiKey:
    """What a program shows to be allowed to write; only its hash is stored."""

    id: int
    name: str
    sha256: str
    made_at: datetime
    ended_at: datetime | None = None
