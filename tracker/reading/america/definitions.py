"""The terms an American text defines: “X” means …; the term “X” includes …; X means … in a section of definitions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from storage.records import Definition, Provision

_VERB = r"(?:means?|includes?|has the (?:same )?meaning|have the (?:same )?meaning|refers to)"
_QUOTATION = re.compile(
    r"[“\"](?P<term>[^”\"]{2,100}?),?[”\"](?:,? (?:or|and) [“\"](?P<other>[^”\"]{2,100}?),?[”\"])?"
    rf"[^.;:“\"]{{0,60}}?\s{_VERB}\b",
    re.I,
)
# "a lamp (in this Act referred to as the “beacon”)": a name that the sentence gives in passing
_IN_PASSING = re.compile(
    r"\b(?:hereinafter|referred to(?: in this [\w ]{2,24}?)?)(?: (?:referred to|known|called))?(?: as)?(?: an?| the)? "
    r"[“\"](?P<term>[^”\"]{2,100}?),?[”\"]",
    re.I,
)
_BARE = re.compile(
    r"^(?P<term>[A-Z][\w ,'’()/\-]{1,100}?),?(?: \([A-Za-z]{2,12}\))? "
    r"(?:means|includes|has the (?:same )?meaning)\b"
)
_SECTION = re.compile(r"\bdefinitions?\b", re.I)


def definitions(provisions: tuple[Provision, ...]) -> list[Definition]:
    """Return the definitions in order; the first place that defines a term counts."""
    definitions: dict[str, Definition] = {}
    for root in provisions:
        for section in (p for p in root.walk() if p.text):
            for definition in _of(section, bare=_SECTION.search(root.heading) is not None):
                definitions.setdefault(definition.term.lower(), definition)
    return list(definitions.values())


def _of(provision: Provision, *, bare: bool) -> Iterator[Definition]:
    heading = provision.heading.rstrip(" .:—")
    starts = re.match(rf"(?:The term )?{_VERB}\b", provision.text)
    if heading and starts and bare:
        yield Definition(heading, provision.eid, provision.text)
    for text in (provision.heading, provision.text):  # an act without headings lends its first sentences
        for match in _QUOTATION.finditer(text):
            for term in (match["term"], match["other"]):
                if term:
                    yield Definition(term, provision.eid, _sentence(text, match.start()))
        for match in _IN_PASSING.finditer(text):
            yield Definition(match["term"], provision.eid, _sentence(text, match.start()))
    bare_term = _BARE.match(provision.text) if bare else None
    if bare_term and not re.match(r"(?:The|This|It|As)\b", bare_term["term"]):
        yield Definition(bare_term["term"], provision.eid, provision.text)


def _sentence(text: str, place: int) -> str:
    start = max(text.rfind(". ", 0, place), text.rfind("; ", 0, place), text.rfind("\n", 0, place))
    end = re.compile(r"[.;](?:\s|$)").search(text, place)
    return text[start + 1 if start >= 0 else 0 : end.end() if end else len(text)].strip()
