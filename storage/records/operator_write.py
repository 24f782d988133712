"""The audit log of operators: what a person or a program with a key wrote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class OperatorWrite:
    """One write of an operator or of a program with a key: who, when, and about what; never a reader's address."""

    id: int
    at: datetime
    who: str
    act: str
    subject: str
