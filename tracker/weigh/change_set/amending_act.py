"""The act that made a change set, as the new version's history note, front matter or title names it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from storage.records import AmendingAct, Reading
from tracker.weigh.quantities.values import Sort, values
from tracker.weigh.words import vocabulary

_ZH = re.compile(
    r"(?:根据)?\d{4}年\d{1,2}月\d{1,2}日[^《》，。；]{0,60}?(?P<number>(?:令)?第\d+号)?(?:公布(?:的)?|通过(?:的)?)?"
    r"《(?P<title>[^》]{2,80}?(?:修改|修正|决定|修正案)[^》]{0,60})》"
)
_EU = re.compile(
    r"(?:►|▶|▼)?\s?M\d+\s+(?P<title>(?:REGULATION|DIRECTIVE|DECISION|Regulation|Directive|Decision|VERORDENING|"
    r"RÈGLEMENT|RICHTLIJN|VERORDNUNG|COMMISSION [A-Z ]+|COUNCIL [A-Z ]+)[^\n]{0,80}?"
    r"(?P<number>\d{2,4}/\d{1,4}(?:/[A-Z]{2,3})?)"
    r"[^\n]{0,200})"
)
_US = re.compile(
    r"(?P<title>(?:Pub\.\s?L\.|Public Law|P\.L\.)\s(?P<number>\d+[-–]\d+)[^\n.;]{0,80})"
    r"|(?P<fr>\d+\sFR\s\d+,\s[A-Z][a-z]+\.?\s\d{1,2},\s\d{4})"
    r"|amended by (?P<act>(?:S\.?B\.?|H\.?B\.?|HB|SB|A\.?B\.?|chapter|Chapter|Act|L\.)\s?[\w.-]+[^\n.;]{0,80})"
)
_IN = re.compile(
    r"(?P<number>G\.?\s?S\.?\s?R\.?\s?\d+\s?\(E\))[^\n]{0,80}"
    r"|(?:[Ss]ubs\.|[Ii]ns\.|[Aa]mended) by (?P<act>Act \d+ of \d{4})"
    r"|\b(?P<title>[A-Z][^\n.;]{4,120}\(?(?:Amendment|AMENDMENT)\)?[^\n.;]{0,40}"
    r"(?:Act|Rules|Regulations|ACT|RULES),? \d{4})"
)
_PATTERNS = {"cn": (_ZH,), "eu": (_EU,), "us": (_US,), "in": (_IN,)}


def amending_act(old: Reading, new: Reading) -> AmendingAct | None:
    """Return the last amending act the new version names and the old one does not, or None."""
    familiar = {act.title + act.number for act in _acts(old)}
    items = [act for act in _acts(new) if act.title + act.number not in familiar]
    return items[-1] if items else None


def _acts(reading: Reading) -> Iterator[AmendingAct]:
    texts = [note.text for note in (*reading.front, *reading.notes)]
    for text in texts:
        for pattern in _PATTERNS.get(reading.jurisdiction, ()):
            for hit in pattern.finditer(text):
                yield _act(hit, reading)


def _act(hit: re.Match[str], reading: Reading) -> AmendingAct:
    parts = hit.groupdict()
    title = " ".join((parts.get("title") or parts.get("act") or parts.get("fr") or "").split())
    number = parts.get("number") or parts.get("fr") or ""
    return AmendingAct(title or number, number, _day(hit[0], reading), " ".join(hit[0].split())[:300])


def _day(text: str, reading: Reading) -> date | None:
    days = [v.normal for v in values(text.replace("《", " ").replace("》", " "), vocabulary(reading.language))
            if v.sort is Sort.DATE]  # fmt: skip
    return date.fromisoformat(days[0]) if days else None
