"""The obligations of a law: each norm with its place, its exact words, and the provision that punishes its breach."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from storage.records import Provision, ProvisionKind, Reading
from tracker.amending.cross_references import references_of
from tracker.amending.obligations.norm_words import Modality
from tracker.amending.obligations.sentence import Norm, norms_of
from tracker.weigh.words import vocabulary

K = ProvisionKind
_ANNOUNCES = (":", "：", "—", "–")
_OBLIGE_NOBODY = frozenset({K.RECITAL, K.ILLUSTRATION})
_UNITS = frozenset({K.ARTICLE, K.RULE, K.REGULATION, K.SECTION})


@dataclass(frozen=True, slots=True)
class Obligation:
    """What an instrument obliges somebody to: bearer, modality, action, condition, deadline, penalty.

    ``span`` is where ``words`` stand in the own text of the provision ``eid``.
    """

    eid: str
    citation: str
    bearer: str
    modality: Modality
    action: str
    condition: str | None
    deadline: str | None
    words: str
    span: tuple[int, int]
    penalty_eid: str | None = None


def obligations_of(reading: Reading) -> list[Obligation]:
    """Return the obligations of *reading*, in reading order; recitals and illustrations oblige nobody."""
    penalties = _penalties(reading)
    collection = [one for provision in reading.provisions for one in _inside(provision, reading.language, None)]
    return [replace(one, penalty_eid=penalties.get(_unit(one.eid))) for one in collection]


def _inside(provision: Provision, language: str, lead: Norm | None) -> Iterator[Obligation]:
    """Yield what a provision and all below it oblige to; the points of a list share what announces them."""
    if provision.kind in _OBLIGE_NOBODY:
        return
    norms = norms_of(provision.text, language)
    list_lead = _list_lead(provision, norms)
    for norm in norms if list_lead is None else norms[:-1]:
        yield _obligation(provision, norm)
    if not norms and lead is not None and provision.text:
        yield _obligation(provision, _of_point(lead, provision.text))
    for child in provision.children:
        yield from _inside(child, language, list_lead if child.number else None)


def _list_lead(provision: Provision, norms: list[Norm]) -> Norm | None:
    """Return the norm whose actions are listed below: its sentence ends in a colon or a dash."""
    list_lead = any(child.number for child in provision.children)
    return norms[-1] if list_lead and norms and provision.text.rstrip().endswith(_ANNOUNCES) else None


def _of_point(lead: Norm, text: str) -> Norm:
    action = text.strip(" ;,.；，。")
    action = f"{lead.action.rstrip(':：—– ')} {action}".strip() if lead.action.strip(":：—– ") else action
    return replace(lead, action=action, start=0, end=len(text))


def _obligation(provision: Provision, norm: Norm) -> Obligation:
    words = provision.text[norm.start : norm.end]
    start = norm.start + len(words) - len(words.lstrip())
    end = norm.end - (len(words) - len(words.rstrip()))
    return Obligation(
        provision.eid, provision.citation or provision.label, norm.bearer, norm.modality, norm.action, norm.condition,
        norm.deadline, provision.text[start:end], (start, end),
    )  # fmt: skip


def _penalties(reading: Reading) -> dict[str, str]:
    """Return for each unit the provision that threatens its breach with a penalty and names it."""
    penalty = vocabulary(reading.language).penalty
    threats = {
        inner.eid
        for provision in reading.provisions
        if provision.kind is not K.RECITAL
        for inner in provision.walk()
        if penalty.find(inner.text)
    }
    penalties: dict[str, str] = {}
    for reference in references_of(reading):
        if reference.from_eid in threats and reference.to_eid and _unit(reference.to_eid) != _unit(reference.from_eid):
            penalties.setdefault(_unit(reference.to_eid), reference.from_eid)
    return penalties


def _unit(eid: str) -> str:
    return eid.split("__", maxsplit=1)[0]
