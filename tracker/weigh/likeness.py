"""How alike two clauses are: whether they speak of the same thing."""

from __future__ import annotations

import re
from collections import Counter

_WORD = re.compile(r"[\u3400-\u9fff]|[^\W\d_]+")
_ENOUGH = 0.5  # share of the longer clause's words that both hold


def alike(one: str, other: str, enough: float = _ENOUGH) -> bool:
    """Return whether two clauses share enough of their words to speak of the same thing."""
    return share(one, other) >= enough


def share(one: str, other: str) -> float:
    """Return which part of the longer clause's words both hold."""
    left, right = _words(one), _words(other)
    if not left or not right:
        return 1.0 if not left and not right else 0.0
    return (left & right).total() / max(left.total(), right.total())


def share_of_shorter(one: str, other: str) -> float:
    """Return which part of the shorter clause's words the longer one holds, too."""
    left, right = _words(one), _words(other)
    shorter = min(left.total(), right.total())
    return (left & right).total() / shorter if shorter else 0.0


def _words(text: str) -> Counter[str]:
    return Counter(word.lower() for word in _WORD.findall(text))
