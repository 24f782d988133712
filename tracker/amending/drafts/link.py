"""What links a draft and a final text: a number both bear, RIN, docket, title without its draft marks, or the text."""

from __future__ import annotations

import re
from enum import StrEnum

from storage.records import Reading
from tracker.identity.schemes import numbers_of
from tracker.identity.titles import title_identifier

_RIN = re.compile(r"\bRIN:?\s?(\d{4}-[A-Z]{2}\d{2})\b", re.I)
_DOCKET = re.compile(r"\bDocket (?:No\.|Number|ID):?\s?([A-Z0-9][A-Z0-9-]{4,})", re.I)
_PROCEDURE = re.compile(r"\b(20\d\d/0\d{3}) ?\((?:COD|NLE|APP|CNS)\)|\bCOM\((20\d\d)\) ?(\d{1,4})\b")


class DraftLink(StrEnum):
    """How a final text was found to be that of a draft, surest first."""

    NUMBER = "number"
    RIN = "rin"
    DOCKET = "docket"
    TITLE = "title"
    TEXT = "text"


def link_of(draft: Reading, final: Reading) -> DraftLink:
    """Return the surest thing that both texts share; "text" when nothing but their words does."""
    checks = (
        (DraftLink.NUMBER, _numbers(draft) & _numbers(final)),
        (DraftLink.RIN, _hits(_RIN, draft) & _hits(_RIN, final)),
        (DraftLink.DOCKET, _hits(_DOCKET, draft) & _hits(_DOCKET, final)),
        (DraftLink.TITLE, _title(draft) & _title(final)),
    )
    return next((link for link, common in checks if common), DraftLink.TEXT)


def _numbers(reading: Reading) -> set[str]:
    own = {f"{number.scheme}:{number.value}" for number in numbers_of(reading)}
    return own | {"procedure:" + "/".join(filter(None, hit)) for hit in _PROCEDURE.findall(_front(reading))}


def _hits(pattern: re.Pattern[str], reading: Reading) -> set[str]:
    return {hit.upper() for hit in pattern.findall(_front(reading))}


def _front(reading: Reading) -> str:
    return "\n".join([reading.title, reading.number, *(note.text for note in (*reading.front, *reading.notes))])


def _title(reading: Reading) -> set[str]:
    titles = (title_identifier(title) for title in (reading.title, reading.title_native) if title)
    return {title.value for title in titles if title is not None}
