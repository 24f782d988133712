"""From the bytes of one page to its reading: recognise, take apart, number, and work out the facts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from storage.records import Flaw, Note, Provision, ProvisionKind, Reading
from tracker.reading import america, china, europe, india
from tracker.reading.draft import Extract, Hints
from tracker.reading.eids import ARTICLES, ATTACHMENTS, finish
from tracker.reading.formats import Source, open_source
from tracker.reading.topics import topics_of
from tracker.reading.tradition import Facts, Tradition

READER = "1"  # raised whenever a page may be read differently; both sides of a comparison are read by the same
_TRADITIONS: dict[str, Tradition] = {"cn": china, "eu": europe, "us": america, "in": india}
_LEAST_TEXT = 200
_WORD = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]|[^\W_]+(?:['’\-.][^\W_]+)*")


def read(body: bytes, hints: Hints = Hints()) -> Reading:  # noqa: B008 - frozen and empty
    """Return what *body* says, as provisions and facts.

    *body* is one page as received, at most 20 MB of markup or 64 MB of PDF. Raises RefusedError when it is empty,
    of no known format or over the limit; everything else that is wrong stands in ``flaws``.
    """
    source = open_source(body, hints.media_type)
    jurisdiction, tradition = _tradition(source, hints)
    extract = tradition.extract(source, hints)
    provisions = finish(extract.drafts, tradition.cite)
    facts = tradition.facts(extract, provisions, hints)
    flaws = [*source.flaws, *extract.flaws, *_too_little(extract, provisions)]
    return _assemble(source, jurisdiction, extract, provisions, facts, flaws, hints)


def _tradition(source: Source, hints: Hints) -> tuple[str, Tradition]:
    if hints.jurisdiction in _TRADITIONS:
        return hints.jurisdiction, _TRADITIONS[hints.jurisdiction]
    ranked = sorted(((t.claims(source, hints), j) for j, t in _TRADITIONS.items()), key=lambda x: -x[0])
    return ranked[0][1], _TRADITIONS[ranked[0][1]]


def _too_little(extract: Extract, provisions: tuple[Provision, ...]) -> Iterable[Flaw]:
    if any(flaw.fatal for flaw in extract.flaws):
        return
    size = sum(len(p.text) + len(p.heading) for root in provisions for p in root.walk())
    if not provisions:
        yield Flaw("no provisions", "nothing on this page is a numbered provision", fatal=True)
    elif size < _LEAST_TEXT and len(provisions) < 3:
        yield Flaw("too little text", f"only {size} characters of law: an empty shell or a notice", fatal=True)


def _assemble(
    source: Source,
    jurisdiction: str,
    extract: Extract,
    provisions: tuple[Provision, ...],
    facts: Facts,
    flaws: list[Flaw],
    hints: Hints,
) -> Reading:
    title = facts.title or extract.title or hints.title
    text = "\n".join(p.text for root in provisions for p in root.walk() if p.text)
    return Reading(
        format=source.format.value,
        jurisdiction=jurisdiction,
        language=facts.language or extract.language or hints.language,
        title=title,
        title_native=facts.title_native or title,
        number=facts.number or extract.number,
        type=facts.type,
        draft=facts.draft,
        authorities=facts.authorities,
        dates=facts.dates,
        topics=tuple(dict.fromkeys((*hints.topics, *topics_of(title, text)))),
        definitions=facts.definitions,
        scope=facts.scope,
        provisions=provisions,
        relations=facts.relations,
        front=tuple(extract.front),
        notes=tuple(extract.notes),
        furniture=tuple(extract.furniture),
        flaws=tuple(flaws),
        counts=count_own(provisions),
        words=_words(provisions, extract),
        uri=facts.uri or extract.uri,
        reader=READER,
    )


def count_own(provisions: tuple[Provision, ...]) -> dict[str, int]:
    """Count each kind of the instrument's own text: not what stands in an annex, nor a code section a bill sets out."""
    counted: Counter[str] = Counter()
    stack = list(provisions)
    while stack:
        provision = stack.pop()
        counted[provision.kind.value] += 1
        if provision.kind not in ATTACHMENTS:
            own = provision.kind is not ProvisionKind.SECTION or any(c.kind in ARTICLES for c in provision.children)
            stack.extend(c for c in provision.children if own or c.kind is not ProvisionKind.SECTION)
    return dict(sorted(counted.items()))


def count_words(text: str) -> int:
    """Count words: a CJK character is one, any other run of letters and digits is one."""
    return len(_WORD.findall(text))


def _words(provisions: tuple[Provision, ...], extract: Extract) -> dict[str, int]:
    own = sum(count_words(f"{p.label} {p.heading} {p.text}") for root in provisions for p in root.walk())
    parts = {
        "provisions": own,
        "front": _count(extract.front),
        "notes": _count(extract.notes),
        "furniture": _count(extract.furniture),
        "problems": 0,
    }
    return {"total": sum(parts.values()), **parts}


def _count(notes: Iterable[Note]) -> int:
    return sum(count_words(note.text) for note in notes)
