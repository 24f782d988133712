"""What an American text says about others: amends, revokes, postpones, corrects, implements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from storage.records import Provision, Relation, RelationKind
from tracker.reading.america.dates import DATE, to_date
from tracker.reading.america.record import AmericanExtract
from tracker.reading.america.sentences import sentences
from tracker.reading.structure.draft import Extract

R = RelationKind
_ORDER = re.compile(r"Executive Order (?:No\. ?)?(\d{4,5})(?: of [A-Z][a-z]+ \d{1,2}, \d{4})?")
_REVOKES = re.compile(
    r"\b(?:is|are) (?:hereby )?(?:revoked|rescinded|superseded)\b|\bhereby (?:revoke|rescind)s?\b|"
    r"\b[Tt]his order (?:revokes|rescinds|supersedes)\b"
)
_AMENDED = re.compile(
    r"(?P<target>(?:[Ss]ubsection|[Pp]aragraph|[Ss]ection|[Cc]hapter|[Tt]itle)s? [^;“”]{2,240}?) "
    r"(?:is|are) (?:further |hereby )?amended\b"
)
_STATE = re.compile(
    r"In (?P<co>Colorado Revised Statutes), (?:add )?"
    r"(?P<sec>\d[\w.\-]{2,20}|part [\w.]+ to article [\w.]+ of title \d+)|"
    r"(?P<ca>(?:Chapter|Section|Part|Article)s? [^;“”]{1,120}?) (?:is|are) (?:added to|amended|repealed)\b"
    r"(?P<to>[^.;“”]{0,160}?Code)?"
)
_DELAY = re.compile(
    rf"\b(?:delay(?:ed|s|ing)?|postpon(?:ed|es|ing)|deferr(?:ed|ing)|defers|stay(?:ed|s)|extend(?:ed|s|ing)?)\b"
    rf"(?P<between>[^;]{{0,600}}?)\b(?:until|to)\s+{DATE}",
    re.I,
)
_DELAY_WORD = re.compile(r"\b(?:delay|postpon|defer|stay|exten[ds])", re.I)
_EFFECTIVE = re.compile(r"\b(?:effective|compliance|applicability|applicable) dates?\b|\btake effect\b", re.I)
_CITATION = re.compile(r"\b\d{2,3} (?:FR|Fed\. Reg\.) \d{1,6}\b")
_FRDOC = re.compile(r"FR Doc\.? ?(?:No\. ?)?(\d{2,4}[-–]\d{4,6})")
_STATUTES = re.compile(
    r"\b(?P<title>\d{1,2}) U\.S\.C\. "
    r"(?P<sections>\d[\w()\-–]{0,40}(?:(?:,| and|, and) \d[\w()\-–]{0,40}(?! U\.S\.C\.| CFR)){0,40})"
)
_SECTIONS = re.compile(
    r"(?:rule|regulation|document|action|order)s?,? (?:entitled|titled),? ?[“\"]([^”\"]{5,250})[”\"]|"
    r"[“\"]([^”\"]{10,250}?),?[”\"]"
)


def relations(extract: Extract, provisions: tuple[Provision, ...]) -> list[Relation]:
    """Return the relations the text states, each with its words; one target is told once per kind."""
    relations = [
        *_postpones(extract, provisions),
        *_corrects(extract, provisions),
        *_code(extract),
        *_authority(extract),
    ]
    for root in provisions:
        relations.extend(_revokes(root))
        for provision in root.walk():
            relations.extend(_amends(provision))
    distinct: dict[tuple[RelationKind, str, date | None], Relation] = {}
    for relation in relations:
        distinct.setdefault((relation.kind, relation.target, relation.on), relation)
    return list(distinct.values())


def _texts(extract: Extract, provisions: tuple[Provision, ...]) -> list[tuple[str, str | None]]:
    """Return what may speak of another document, most binding first: DATES, ACTION, SUMMARY, then the text itself."""
    notes = {note.name: note.text for note in extract.notes}
    sections = [
        (notes[name], None) for name in ("dates", "action", "summary", "supplementary information") if name in notes
    ]
    return [*sections, *((p.text, p.eid) for root in provisions for p in root.walk() if p.text)]


def _postpones(extract: Extract, provisions: tuple[Provision, ...]) -> list[Relation]:
    """Return the one postponement of a document that delays another's date: the new date and every name it gives it."""
    texts = _texts(extract, provisions)
    action = next((note.text for note in extract.notes if note.name == "action"), "")
    about_delay = _DELAY_WORD.search(f"{action} {extract.title}") is not None
    dates = [(note.text, None) for note in extract.notes if note.name == "dates"]
    for text, eid in texts if about_delay else dates:
        for sentence in sentences(text):
            match = _DELAY.search(sentence)
            if match and _EFFECTIVE.search(sentence):
                target = _target(sentence, [t for t, _ in texts])
                if target:
                    return [Relation(R.POSTPONES, target, sentence.strip(), eid, to_date(match))]
    return []


def _corrects(extract: Extract, provisions: tuple[Provision, ...]) -> list[Relation]:
    action = next((note.text for note in extract.notes if note.name == "action"), "")
    if not re.search(r"\bcorrect(?:ion|ing|ed)\b", f"{action} {extract.title}", re.I):
        return []
    texts = [text for text, _ in _texts(extract, provisions)]
    target = _target("", texts)
    return [Relation(R.CORRECTS, target, action or extract.title)] if target else []


def _target(sentence: str, texts: Iterable[str]) -> str:
    """Return every name a text gives the document it speaks of: title, FR document number, citation."""
    parts: list[str] = []
    for pattern in (_SECTIONS, _FRDOC, _CITATION):
        places = (pattern.search(text) for text in (sentence, *texts))
        match = next((m for m in places if m), None)
        if match:
            name = next((group for group in match.groups() if group), match[0])
            parts.append(f"FR Doc. {name}" if pattern is _FRDOC else name.rstrip(","))
    return "; ".join(parts)


def _code(extract: Extract) -> Iterator[Relation]:
    for part in extract.cfr if isinstance(extract, AmericanExtract) else []:
        yield Relation(R.AMENDS, part, part)


def _authority(extract: Extract) -> Iterator[Relation]:
    for note in extract.notes:
        if note.name == "authority":
            for citation in _STATUTES.finditer(note.text):
                for section in re.findall(r"\d[\w()\-–]*", citation["sections"]):
                    yield Relation(R.IMPLEMENTS, f"{citation['title']} U.S.C. {section}", note.text)


def _revokes(root: Provision) -> Iterator[Relation]:
    """Revocations in a sentence, and of every order in a list that such a sentence introduces."""
    for provision in root.walk():
        opens_list = provision.text.rstrip().endswith(":") and _REVOKES.search(provision.text)
        under = [p for child in provision.children for p in child.walk()] if opens_list else []
        for piece in (provision, *under):
            for sentence in sentences(piece.text):
                if piece is not provision or _REVOKES.search(sentence):
                    for match in _ORDER.finditer(sentence):
                        yield Relation(R.REPEALS, f"Executive Order {match[1]}", sentence.strip(), piece.eid)


def _amends(provision: Provision) -> Iterator[Relation]:
    for match in _AMENDED.finditer(provision.text):
        yield Relation(R.AMENDS, match["target"].strip(), match[0], provision.eid)
    for match in _STATE.finditer(provision.text):
        if match["co"]:
            yield Relation(R.AMENDS, f"{match['co']} {match['sec'].rstrip('.,')}", match[0], provision.eid)
        elif match["to"] or "Code" in match["ca"]:
            target = " of ".join(filter(None, (match["ca"].strip(), (match["to"] or "").strip())))
            yield Relation(R.AMENDS, target, match[0], provision.eid)
