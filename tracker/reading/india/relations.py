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
_QUOTATION = r"(?:“[^“”]{0,600}[”\"]|\"[^\"]{0,600}\")"
_FOR_READ = re.compile(rf"\bfor\s*,?\s*{_QUOTATION}\s*,?\s*read\s*:?\s*{_QUOTATION}", re.I)


def relations(front: str, provisions: tuple[Provision, ...], *, title: str, kind: str) -> list[Relation]:
    """Return the relations of an instrument of type *kind*, each with its words."""
    first = [p.text for p in provisions[:3] if p.kind is ProvisionKind.PARAGRAPH]
    opening = " ".join(" ".join([front, *first])[:_OPENING].split())
    results = [Relation(R.IMPLEMENTS, _tidy(m["target"]), m[0]) for m in list(_MADE_UNDER.finditer(opening))[:3]]
    if kind == "corrigendum":
        return [*results, *_corrections(opening, provisions)]
    if kind.startswith("draft") and title:
        draft = re.search(r"\b[Dd]raft\b[^.;]{0,200}", opening)
        results.append(Relation(R.DRAFT_OF, title, draft[0] if draft else title))
    results += [Relation(R.AMENDS, _tidy(m["target"]), m[0]) for m in _AMENDS.finditer(opening)]
    results += [Relation(R.REPEALS, _tidy(m["target"]), m[0]) for m in _REPEALS.finditer(opening)]
    for place in (p for root in provisions for p in root.walk()):
        results += [Relation(R.REPEALS, _tidy(m["target"]), m[0], place.eid) for m in _REPEALED.finditer(place.text)]
    return list(dict.fromkeys(results))


def _corrections(opening: str, provisions: tuple[Provision, ...]) -> list[Relation]:
    match = _VIDE.search(opening) or _CORRECTED_ACT.search(opening)
    if match is None:
        return []
    target, on = _number(match["target"]), find_date(opening[match.end() : match.end() + 60])
    results = [Relation(R.CORRECTS, target, match[0], None, on)]
    for place in (p for root in provisions for p in root.walk()):
        results += [Relation(R.CORRECTS, target, m[0], place.eid, on) for m in _FOR_READ.finditer(place.text)]
    return results


def _number(text: str) -> str:
    number = re.fullmatch(r"(G|S)[.\s]*(S|O)[.\s]*(R?)[.\s]*(\d+)\s*\(E\)", text, re.I)
    if number is None:
        return _tidy(text)
    series = "G.S.R." if number[1].upper() == "G" else "S.O."
    return f"{series} {number[4]}(E)"


def _tidy(name: str) -> str:
    return " ".join(name.split())
