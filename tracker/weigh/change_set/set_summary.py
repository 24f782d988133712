"""A change set in one to three sentences made of its claims, the most important first: a mail's first line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from storage.records import AmendingAct, Change, ChangeKind, Claim, ClaimKind, Comparison, DateChange, Weight
from tracker.weigh.explain import own_words
from tracker.weigh.sentences import rank, sentence
from tracker.weigh.weights import ORDER

_MOST = 3  # things told
_PLACES = 3  # provisions named for one of them
_ONE_SIDED = {ChangeKind.ADDED, ChangeKind.REMOVED}
_LONGEST = 170  # characters of one claim; a longer one is told by its place alone
_DULL = {ClaimKind.REWORDED, ClaimKind.RECAST, ClaimKind.WORDS_MOVED}
_NAMES = {
    "applies": "Application",
    "in_force": "Entry into force",
    "comments_due": "End of comments",
    "repealed": "Repeal",
}
_MONTHS = "January February March April May June July August September October November December".split()
_MOVES = {"postponed": "postponed", "brought_forward": "brought forward"}


def set_summary(comparison: Comparison) -> str:
    """Return what a change set says, in one to three sentences; nothing when nothing changed."""
    if comparison.replaced:
        return "The new text replaces the old one."
    dates = list(_dates(comparison.dates))
    statements = _most_telling(
        _statements(comparison) or ([] if dates else _plain_statements(comparison)), _MOST - len(dates[:_MOST])
    )
    parts = [*dates[:_MOST], *(_with_places(statement) for statement in statements)]
    if not parts:
        return _counts(comparison)
    units = {place.unit for statement in statements for place in statement.places}
    rest = len({_unit(change) for change in _worth_telling(comparison.changes)} - units)
    text = "; ".join([parts[0], *(part[0].lower() + part[1:] for part in parts[1:])])
    more = f"; and {rest} more provision{'s' if rest > 1 else ''}" if rest > 0 and statements else ""
    return f"{text}{more}. {_effect(comparison)}"


@dataclass
class _CitedPlace:
    unit: str
    citation: str


@dataclass
class _Statement:
    """One thing said of one provision, or of several alike."""

    text: str
    places: list[_CitedPlace]


def _plain_statements(comparison: Comparison) -> list[_Statement]:
    """Return the words as they were and are, where nothing more is said and few provisions were touched."""
    by_text: dict[str, _Statement] = {}
    for change in comparison.changes:
        for claim in change.claims:
            text = sentence(claim) if claim.claim is ClaimKind.REWORDED and (claim.old_text or claim.new_text) else ""
            if text and len(text) <= _LONGEST:
                place = _CitedPlace(_unit(change), change.new_citation or change.old_citation)
                by_text.setdefault(text, _Statement(text, [])).places.append(place)
    return list(by_text.values()) if len(by_text) <= _MOST else []


def _statements(comparison: Comparison) -> list[_Statement]:
    """Return what the claims say, the most important first; what is said of several provisions is one statement."""
    moves = {(str(row.old), str(row.new)) for row in comparison.dates}
    claims = [
        (change, claim)
        for change in comparison.changes
        for claim in change.claims
        if claim.claim not in _DULL and not (claim.claim is ClaimKind.DATE_MOVED and (claim.old, claim.new) in moves)
    ]
    by_text: dict[str, _Statement] = {}
    for change, claim in sorted(claims, key=_order):
        text, place = sentence(claim), _CitedPlace(_unit(change), change.new_citation or change.old_citation)
        if not text or (len(text) > _LONGEST and claim.claim is not ClaimKind.PENALTY_CHANGED):
            continue
        statement = by_text.setdefault(text if len(text) <= _LONGEST else "Penalties changed", _Statement(text, []))
        statement.text = text if len(text) <= _LONGEST else "Penalties changed"
        statement.places += [place] if place.citation not in {p.citation for p in statement.places} else []
    for change in comparison.changes:
        if change.kind in _ONE_SIDED and not change.claims:
            text = f"{change.new_citation or change.old_citation} {change.kind.value}{own_words(change)}"
            by_text.setdefault(text, _Statement(text, [_CitedPlace(_unit(change), "")]))
    return list(by_text.values())


def _most_telling(statements: list[_Statement], most: int) -> list[_Statement]:
    """Return the first few statements, each of another provision as far as there are others."""
    first: list[_Statement] = []
    rest: list[_Statement] = []
    units: set[str] = set()
    for statement in statements:
        (rest if statement.places[0].unit in units else first).append(statement)
        units |= {place.unit for place in statement.places}
    picks = [*first, *rest][: max(0, most)]
    return [statement for statement in statements if statement in picks]


def _with_places(statement: _Statement) -> str:
    citations = [place.citation for place in statement.places if place.citation]
    if not citations:
        return statement.text
    more = f" and {len(citations) - _PLACES} more" if len(citations) > _PLACES else ""
    return f"{statement.text} ({', '.join(citations[:_PLACES])}{more})"


def _unit(change: Change) -> str:
    return change.new_unit or change.old_unit or ""


def _worth_telling(changes: Iterable[Change]) -> list[Change]:
    """Return the changes but those that only got a number or follow one."""
    return [c for c in changes if c.weight is not Weight.REFERENCE and c.kind is not ChangeKind.RENUMBERED]


def _effect(comparison: Comparison) -> str:
    on = comparison.effect.on
    by = comparison.amended_by
    act = f"{_act_sentence(by)}. " if by and by.title and len(by.title) <= _LONGEST else ""
    return f"{act}Takes effect: {_day(on) if on else 'not stated'}."


def _act_sentence(act: AmendingAct) -> str:
    others = f" and {act.others} earlier act{'s' if act.others > 1 else ''}" if act.others else ""
    return f"{'Corrected' if act.is_corrigendum else 'Amended'} by {act.title.rstrip('.')}{others}"


def _dates(rows: Iterable[DateChange]) -> Iterator[str]:
    for row in rows:
        if row.move in _MOVES:
            about = f" for {row.scope}" if row.scope else ""
            yield f"{_NAMES.get(row.kind, row.kind)} {_MOVES[row.move]} from {_day(row.old)} to {_day(row.new)}{about}"


def _day(on: date | None) -> str:
    """Return a day in words, the same on every machine."""
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}" if on else "an open date"


def _order(item: tuple[Change, Claim]) -> tuple[int, int]:
    change, claim = item
    return ORDER.index(change.weight), rank(claim)


def _counts(comparison: Comparison) -> str:
    told_changes = _worth_telling(comparison.changes)
    if not comparison.changes:
        return ""
    if not told_changes:
        return "Only numbers and references follow."
    places = list(dict.fromkeys(c.new_citation or c.old_citation for c in told_changes))
    place_names = ", ".join(places[:_MOST]) + (f" and {len(places) - _MOST} more" if len(places) > _MOST else "")
    recast = all(claim.claim is ClaimKind.RECAST for change in told_changes for claim in change.claims)
    return f"{'The same words, otherwise set' if recast else 'Reworded'}: {place_names}. {_effect(comparison)}"
