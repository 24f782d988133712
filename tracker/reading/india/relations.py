"""Find what an Indian instrument says about others: made under, amends, supersedes, corrects, draft of."""

from __future__ import annotations

import re

from storage.records import Provision, ProvisionKind, Relation, RelationKind
from tracker.reading.india.dates import find_date

R = RelationKind
_OPENING = 20_000
_NAME = r"(?P<target>[A-Z][^.;:“”\"]{4,220}?,\s*\d{4})"
_MADE_UNDER = re.compile(
    r"\bin\s+exercise\s+of\s+(?:the\s+)?powers?\s+conferred\s+(?:up)?(?:on\s+\w+\s+)?(?:by|under)\s+(?P<sections>[^.;]{0,260}?)\bof\s+the\s+"
    r"(?P<target>[A-Z][^.;,()]{3,160}?\b(?:Act|Code|Sanhita|Adhiniyam|Ordinance),\s*\d{4}(?:\s*\(\d{1,3}\s+of\s+\d{4}\))?)",
    re.IGNORECASE,
)
_AMENDS = re.compile(r"\b(?:further\s+to\s+amend|to\s+amend|to\s+further\s+amend|further\s+amend)\s+the\s+" + _NAME)
_REPEALS = re.compile(r"\bin\s+supersession\s+of\s+the\s+" + _NAME, re.I)
_REPEALED = re.compile(r"\b[Tt]he\s+" + _NAME + r"[^.;]{0,80}?\b(?:is|are|shall\s+stand)\s+(?:hereby\s+)?repealed\b")
_VIDE = re.compile(
    r"\b(?:vide|number|Notification\s+No\.?)\s+(?:number\s+|notification\s+number\s+)?(?P<target>(?:G\.?\s?S\.?\s?R\.?|S\.?\s?O\.?)\s*\d{1,5}\s*\(E\))",
    re.I,
)
_CORRECTED_ACT = re.compile(
    r"\bIn\s+the\s+(?P<target>[A-Z][^“”\"]{4,200}?\b(?:Act|Regulation|Ordinance|Rules),\s*\d{4})"
)
_QUOTED = r"(?:“[^“”]{0,600}[”\"]|\"[^\"]{0,600}\")"
_FOR_READ = re.compile(rf"\bfor\s*,?\s*{_QUOTED}\s*,?\s*read\s*:?\s*{_QUOTED}", re.I)


def relations(front: str, provisions: tuple[Provision, ...], *, title: str, kind: str) -> list[Relation]:
    """Return the relations of an instrument of type *kind*, each with its words."""
    first = [p.text for p in provisions[:3] if p.kind is ProvisionKind.PARAGRAPH]
    opening = " ".join(" ".join([front, *first])[:_OPENING].split())
    found = [Relation(R.IMPLEMENTS, _tidy(m["target"]), m[0]) for m in list(_MADE_UNDER.finditer(opening))[:3]]
    if kind == "corrigendum":
        return [*found, *_corrections(opening, provisions)]
    if kind.startswith("draft") and title:
        draft = re.search(r"\b[Dd]raft\b[^.;]{0,200}", opening)
        found.append(Relation(R.DRAFT_OF, title, draft[0] if draft else title))
    found += [Relation(R.AMENDS, _tidy(m["target"]), m[0]) for m in _AMENDS.finditer(opening)]
    found += [Relation(R.REPEALS, _tidy(m["target"]), m[0]) for m in _REPEALS.finditer(opening)]
    for place in (p for root in provisions for p in root.walk()):
        found += [Relation(R.REPEALS, _tidy(m["target"]), m[0], place.eid) for m in _REPEALED.finditer(place.text)]
    return list(dict.fromkeys(found))


def _corrections(opening: str, provisions: tuple[Provision, ...]) -> list[Relation]:
    match = _VIDE.search(opening) or _CORRECTED_ACT.search(opening)
    if match is None:
        return []
    target, dated = _number(match["target"]), find_date(opening[match.end() : match.end() + 60])
    found = [Relation(R.CORRECTS, target, match[0], None, dated)]
    for place in (p for root in provisions for p in root.walk()):
        found += [Relation(R.CORRECTS, target, m[0], place.eid, dated) for m in _FOR_READ.finditer(place.text)]
    return found


def _number(printed: str) -> str:
    number = re.fullmatch(r"(G|S)[.\s]*(S|O)[.\s]*(R?)[.\s]*(\d+)\s*\(E\)", printed, re.I)
    if number is None:
        return _tidy(printed)
    series = "G.S.R." if number[1].upper() == "G" else "S.O."
    return f"{series} {number[4]}(E)"


def _tidy(name: str) -> str:
    return " ".join(name.split())
