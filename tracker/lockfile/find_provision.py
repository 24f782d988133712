"""Find the provision that a citation names, step by step; a step that leads nowhere is told, never guessed. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from storage.records import Provision, ProvisionKind
from tracker.lockfile.cited_places import Citation, CitedStep
from tracker.lockfile.errors import LockFileError
from tracker.reading.structure.numbers import fold_number

K = ProvisionKind
_KINDS = {"article": (K.ARTICLE,), "section": (K.SECTION, K.ARTICLE), "rule": (K.RULE,), "regulation": (K.REGULATION,),
          "annex": (K.ANNEX,), "schedule": (K.SCHEDULE,), "appendix": (K.APPENDIX, K.SUPPLEMENT),
          "recital": (K.RECITAL,), "chapter": (K.CHAPTER,)}  # fmt: skip
_PLAIN_PARAGRAPHS = (K.PARAGRAPH, K.SUBPARAGRAPH)


def find_provision(provisions: Sequence[Provision], citation: Citation) -> Provision:
    """Return the provision that *citation* names; raises LockFileError saying how far it led."""
    place = _unit(provisions, citation)
    for step in citation.steps[1:]:
        inner = _inner(place, step)
        if inner is None:
            raise LockFileError(f"{citation.words}: {_name(place)} has no {_say(step)}{_choices(place)}")
        place = inner
    return place


def _unit(provisions: Sequence[Provision], citation: Citation) -> Provision:
    number = citation.steps[0].number
    pieces = [piece for top in provisions for piece in top.walk()]
    for kind in _KINDS[citation.unit]:
        hits = [piece for piece in pieces if piece.kind is kind and _same(piece.number, number)]
        top = [piece for piece in hits if "__" not in piece.eid] or hits
        if top:
            return top[0]
    raise LockFileError(f"{citation.words}: there is no {citation.unit} {number} in it")


def _inner(above: Provision, step: CitedStep) -> Provision | None:
    if step.place:
        paragraphs = [child for child in above.children if child.kind in _PLAIN_PARAGRAPHS and not child.number]
        if not paragraphs:
            return above if step.place == 1 else None
        # what stands before the first unnumbered paragraph is itself the first one
        places = [above, *paragraphs] if above.text and paragraphs[0].kind is K.SUBPARAGRAPH else paragraphs
        return places[step.place - 1] if step.place <= len(places) else None
    return next((child for child in _with_numbers(above) if _same(child.number, step.number)), None)


def _with_numbers(above: Provision) -> Iterator[Provision]:
    """Yield what bears a number below, through what bears none, nearest first."""
    layer = list(above.children)
    while layer:
        yield from (child for child in layer if child.number)
        layer = [inner for child in layer if not child.number for inner in child.children]


def _same(number: str, other: str) -> bool:
    return fold_number(number).lower() == other


def _say(step: CitedStep) -> str:
    return f"paragraph number {step.place}" if step.place else f"({step.number})"


def _name(provision: Provision) -> str:
    return provision.citation or provision.label or provision.eid


def _choices(above: Provision) -> str:
    numbers = [child.number for child in _with_numbers(above)]
    return f"; it has ({numbers[0]}) to ({numbers[-1]})" if numbers else "; it is not divided"
