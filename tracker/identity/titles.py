"""Titles in normal form: equal when two titles name the same law, and different when they only resemble."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from storage.records import Identifier
from tracker.identity.schemes import fold_name, table

_QUOTATION = re.compile(r"《([^《》]{2,80})》")


def title_identifier(title: str, *, draft: bool = False) -> Identifier | None:
    """Return the identifier a title is: of a law, or of a draft of one; None when nothing is left of it.

    >>> title_identifier("The Lamp Act, 2026 (12 of 2026)")
    Identifier(scheme='title', value='lampact2026')
    """
    bare, is_draft = _without_stage(_without_suffixes(title))
    for prefix in table()["titles"]["prefixes"]:
        if bare.casefold().startswith(prefix):
            bare = bare[len(prefix) :]
    value = fold_name(bare)
    return Identifier("draft_title" if draft or is_draft else "title", value) if value else None


def bare_title(title: str) -> str:
    """Return *title* without its stage ("（征求意见稿）", "(Updated as on …)"), out of a notice that publishes it."""
    quotation = _QUOTATION.search(title)
    own = quotation[1] if quotation and not _is_about_another(title, quotation[0]) else title
    return _without_stage(_without_suffixes(own))[0]


def _is_about_another(title: str, quotation: str) -> bool:
    """Return whether a title quotes a law that it amends, repeals or explains, and so is not of that law."""
    rest = title.replace(quotation, "")
    return any(word in rest for word in table()["titles"]["about_another"])


def _without_suffixes(title: str) -> str:
    text = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", title)).strip()
    for pattern in _suffixes():
        text = pattern.sub("", text).strip()
    return text


def _without_stage(title: str) -> tuple[str, bool]:
    bare, count = _drafts().subn("", title)
    return bare.strip(), bool(count)


@cache
def _suffixes() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"\s*{suffix}\s*$", re.IGNORECASE) for suffix in table()["titles"]["suffixes"])


@cache
def _drafts() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(table()["titles"]["drafts"], key=len, reverse=True))
    return re.compile(rf"[（(]\s*(?:{words})\s*[）)]", re.IGNORECASE)
