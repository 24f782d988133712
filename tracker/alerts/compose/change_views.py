"""The changes of one change set as a mail tells them: heaviest first, one sentence and one redline each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from storage.records import Change, ChangeKind, OpKind, Weight
from tracker.alerts.compose.redline_excerpt import Excerpt, excerpt, whole
from tracker.wording.change_sentences import sentence
from tracker.wording.change_summaries import groups, heaviest
from tracker.wording.labels import Labels
from tracker.wording.phrases import short_citation
from tracker.wording.text_fit import one_line

_MOST_NAMED = 12
_MOST_TRANSLATED = 6  # provisions of one unit
_NO_NEWS = (Weight.EDITORIAL, Weight.REFERENCE)


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One change as it is told."""

    unit: str
    citation: str
    weight: str
    sentence: str
    redline: Excerpt
    machine: bool = False
    changes: tuple[Change, ...] = ()
    translation: str = ""


@dataclass(frozen=True, slots=True)
class ChangeStyle:
    """How changes are told: labels, the citations of units told as a whole, and what a machine translated."""

    words: Labels
    citations: Mapping[str, str]
    translate: Callable[[str], str]


def change_views(changes: Iterable[Change], limit: int, way: ChangeStyle) -> list[ChangeView]:
    """Return what is worth a reader's look, heaviest first; each redline at most about *limit* characters."""
    return [_change_view(group, limit, way) for group in groups(changes)]


def sentences(changes: Iterable[Change], language: str) -> list[str]:
    """Return the English sentences that *language* has no words of its own for, heaviest first."""
    heaviest_changes = [heaviest(group) for group in groups(changes)]
    return [
        one_line(change.explanation, 400)
        for change in heaviest_changes
        if change.explanation and not sentence(change, language)
    ]


def new_words(changes: Iterable[Change]) -> list[str]:
    """Return what changed provisions say now, heaviest first, for a service to translate."""
    pieces = (change for group in groups(changes) for change in group)
    return [change.new_text for change in pieces if change.new_text and change.weight not in _NO_NEWS]


def reference_only_units(changes: Iterable[Change], words: Labels) -> str:
    """Return in one line the units in which only references to renumbered provisions followed."""
    units = dict.fromkeys(
        change.new_unit or change.old_unit or ""
        for change in changes
        if change.weight is Weight.REFERENCE and change.kind is not ChangeKind.RENUMBERED
    )
    citations = [short_citation(unit, words) for unit in units if unit]
    listing, left = words("fact.listed").join(citations[:_MOST_NAMED]), len(citations) - _MOST_NAMED
    return words("renumbering.and_more", said=listing, n=left) if left > 0 else listing


def _change_view(group: list[Change], limit: int, way: ChangeStyle) -> ChangeView:
    most, first = heaviest(group), group[0]
    unit = first.new_unit or first.old_unit or ""
    text, machine = _sentence(most, way)
    return ChangeView(
        unit=unit,
        citation=_citation(group, unit, way),
        weight=most.weight.value,
        sentence=text,
        redline=_redline(group, limit),
        machine=machine,
        changes=tuple(group),
        translation=_translation_of(group, way),
    )


def _translation_of(group: list[Change], way: ChangeStyle) -> str:
    """Return the new words of a unit in the reader's language, where a machine translated all of them faithfully."""
    texts = [change.new_text for change in group if change.new_text]
    translations = [way.translate(text) for text in texts[:_MOST_TRANSLATED]]
    whole = "\n".join(translations)
    return one_line(whole, 1_200) if translations and all(translations) else ""


def _sentence(change: Change, way: ChangeStyle) -> tuple[str, bool]:
    """Return the sentence about a change, and whether a machine translated it."""
    plain = way.words(f"change.{change.kind.value}")
    if own := sentence(change, way.words.language):
        return one_line(own, 400), False
    english = one_line(change.explanation, 400)
    translation = one_line(way.translate(english), 600) if english else ""
    return translation or english or plain, bool(translation)


def _citation(group: list[Change], unit: str, way: ChangeStyle) -> str:
    if len(group) > 1:
        return one_line(way.citations.get(unit, ""), 120) or short_citation(unit, way.words)
    change = group[0]
    new = one_line(change.new_citation or change.old_citation, 120) or short_citation(unit, way.words)
    old = one_line(change.old_citation, 120)
    return way.words("change.formerly", old=old, new=new) if old and old != new and change.new_citation else new


def _redline(group: list[Change], limit: int) -> Excerpt:
    if len(group) == 1 and group[0].ops:
        return excerpt(group[0].ops, limit)
    is_removal = group[0].kind is ChangeKind.REMOVED
    texts = [change.old_text if is_removal else change.new_text for change in group]
    return whole(
        OpKind.DELETE if is_removal else OpKind.INSERT, "\n".join(text[: limit + 1] for text in texts if text), limit
    )
