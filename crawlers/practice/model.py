"""What passes between the practice server and the sites it plays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

COSMETIC_DAY = 3
"""From this day on every site wears its new template; no text differs."""


@dataclass(frozen=True, slots=True)
class PracticeDay:
    """One day of the practice: its number, its calendar date and what is published on it."""

    number: int
    on: date
    story: str


@dataclass(frozen=True, slots=True)
class Request:
    """One request as the log keeps it."""

    day: int
    role: str
    method: str
    path: str
    headers: Mapping[str, str]
    status: int


@dataclass(frozen=True, slots=True)
class PracticeRequest:
    """One request as a site sees it; ``token`` differs on every request."""

    day: int
    on: date
    origin: str
    method: str
    path: str
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    token: int

    @property
    def new_template(self) -> bool:
        """Whether the new template of the cosmetic day is already worn."""
        return self.day >= COSMETIC_DAY


@dataclass(frozen=True, slots=True)
class PracticeAnswer:
    """What a site answers."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


def html(text: str, *, status: int = 200, charset: str = "utf-8") -> PracticeAnswer:
    """Answer a page of HTML."""
    return PracticeAnswer(text.encode(charset), status, {"Content-Type": f"text/html; charset={charset}"})


def not_found() -> PracticeAnswer:
    """Answer that nothing is here."""
    return html(
        "<!DOCTYPE html><html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>",
        status=404,
    )
