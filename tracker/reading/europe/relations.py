"""What an act does to others: amends, repeals, implements, corrects; from its title and its articles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from storage.records import Provision, ProvisionKind, Relation, RelationKind
from tracker.reading.europe.dates import own_words
from tracker.reading.europe.references import named_acts
from tracker.reading.europe.speech import Speech

_LONGEST = 600


def relations(title: str, provisions: tuple[Provision, ...], speech: Speech) -> tuple[Relation, ...]:
    """Return the relations of an act, each with its words; those its title states come first."""
    relations = [*_in_title(title, speech), *_in_articles(provisions, speech)]
    distinct: dict[tuple[RelationKind, str], Relation] = {}
    for relation in relations:
        earlier = distinct.get((relation.kind, relation.target))
        if earlier is None or (earlier.eid is None and relation.eid is not None):
            distinct[relation.kind, relation.target] = relation
    return tuple(distinct.values())


def corrections(title: str, speech: Speech) -> tuple[Relation, ...]:
    """Return what a corrigendum corrects: the first act of its title, which goes on with that act's own title."""
    return tuple(Relation(RelationKind.CORRECTS, act, title[:300]) for act in named_acts(title, speech)[:1])


def _in_title(title: str, speech: Speech) -> Iterator[Relation]:
    cues = sorted(
        (match.start(), match.end(), kind)
        for kind, pattern in speech.title_relations.items()
        for match in pattern.finditer(title)
    )
    own = speech.date_in(title)
    before = own[1].end() if own else 0
    for index, (start, end, kind) in enumerate(cues):
        stop = cues[index + 1][0] if index + 1 < len(cues) else len(title)
        if speech.act_first:
            for act in named_acts(title[before:start], speech):
                yield Relation(RelationKind(kind), act, title[before:end].strip(" ,"))
            before = end
            continue
        for act in named_acts(title[end:stop], speech):
            yield Relation(RelationKind(kind), act, title[start:stop].strip(" ,"))


def _in_articles(provisions: tuple[Provision, ...], speech: Speech) -> Iterator[Relation]:
    for provision in provisions:
        if provision.kind in {ProvisionKind.RECITAL, ProvisionKind.ANNEX}:
            continue
        yield from _in_text(provision, speech)
        yield from _in_articles(provision.children, speech)


def _in_text(provision: Provision, speech: Speech) -> Iterator[Relation]:
    own = own_words(provision)[:_LONGEST]
    for kind, pattern in speech.relations.items():
        cue = pattern.search(own)
        if cue is None:
            continue
        acts = named_acts(own[: cue.start()], speech)
        if kind == "amends":
            acts = acts[:1]
        elif not acts:  # "Queda derogada la Directiva …", "Uchyla się rozporządzenie …"
            acts = named_acts(own[cue.end() :].split(". ", 1)[0], speech)
        for act in acts:
            effect = _effect(own, cue, speech) if kind == "repeals" else None
            yield Relation(RelationKind(kind), act, own[:300], provision.eid, effect[0] if effect else None)


def _effect(own: str, cue: re.Match[str], speech: Speech) -> tuple[date, re.Match[str]] | None:
    """Return from when an act is repealed: the date behind the words, between them, or in Hungarian before them."""
    before = speech.date_in(own[: cue.start()]) if speech.date_first else None
    return before or speech.date_in(own, cue.start())
