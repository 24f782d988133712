"""Part English legal prose into sentences, without stopping at "p.m.", "FR Doc." or "Sec."."""

from __future__ import annotations

import re

_ENDS = re.compile(r"(?<=[.;])(?<![ap]\.m\.)(?<!U\.S\.)(?<!Sec\.)(?<!No\.)(?<!Doc\.)(?<!U\.S\.C\.)\s+(?=[A-Z(\[“\"])")


def sentences(text: str) -> list[str]:
    """Return the sentences of *text*; a semicolon before a capital ends one too.

    >>> sentences("Due by 5:00 p.m. Eastern Time. See FR Doc. 2026-1.")
    ['Due by 5:00 p.m. Eastern Time.', 'See FR Doc. 2026-1.']
    """
    return [part for line in text.split("\n") for part in _ENDS.split(line) if part]
