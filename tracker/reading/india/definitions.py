"""Find the terms an instrument defines: “Act” means, “user” shall have the same meaning."""

from __future__ import annotations

import re

from storage.records import Definition, Provision

_TERM = r"[“\"‘'](?P<{0}>[^“”\"‘’]{{1,120}}?)[”\"’']"
_MORE = r"(?:\s?,\s|\s?,?\s(?:and|or)\s)"
_DEFINITION = re.compile(
    rf"^(?P<lead>[^“”\"]{{0,90}}?){_TERM.format('first')}(?P<more>(?:{_MORE}[“\"][^“”\"]{{1,120}}[”\"])*)"
    r"(?P<scope>[^“”\"]{0,60}?)\b(?:means?|shall\s+mean|includes?|shall\s+include|(?:shall\s+)?ha(?:s|ve)\s+the\s+(?:same\s+)?meanings?)\b"
)
_QUOTATION = re.compile(r"[“\"]([^“”\"]{1,120})[”\"]")
_PAYLOAD = re.compile(r"\b(?:inserted|substituted|added|omitted|for\s+the\s+words?)\b", re.I)
_INSIDE = re.compile(
    r"\b(?:the\s+)?(?:expressions?|terms?|words?)\s+[“\"‘](?P<term>[^“”\"‘’]{1,120})[”\"’]\s*,?\s*(?:shall\s+)?"
    r"(?:means?|includes?|be\s+construed)\b"
    r"|\((?:hereinafter|hereafter|in\s+this\s+\w+)\s+(?:in\s+this\s+\w+\s+)?(?:referred\s+to\s+as|called)\s+(?:the\s+)?"
    r"(?:[“\"‘](?P<short>[^“”\"‘’]{1,80})[”\"’]|(?P<bare>[A-Z][\w ]{1,60})\))",
    re.I,
)
_IN_RELATION = re.compile(r"^[“\"](?P<term>[^“”\"]{1,120})[”\"]\s*,?\s*in\s+relation\s+to\b")


def definitions(provisions: tuple[Provision, ...]) -> list[Definition]:
    """Return every term defined in *provisions*, with the whole text that defines it."""
    results = []
    for place in (p for root in provisions for p in root.walk()):
        match = _DEFINITION.match(place.text)
        if match is not None and not _PAYLOAD.search(match["lead"]):
            terms = [match["first"], *_QUOTATION.findall(match["more"])]
        elif relative := _IN_RELATION.match(place.text):
            terms = [relative["term"]]
        elif not _PAYLOAD.search(place.text[:200]):
            terms = [inside["term"] or inside["short"] or inside["bare"] for inside in _INSIDE.finditer(place.text)]
        else:
            continue
        results += [Definition(term.strip(), place.eid, _whole(place)) for term in terms]
    return results


def _whole(place: Provision) -> str:
    return " ".join(filter(None, (f"{p.label} {p.text}".strip() if p is not place else p.text for p in place.walk())))
