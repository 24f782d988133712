"""Chips: what a change says of the law, each claim in two or three words, with its values where it has some."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from storage.records import Change, Claim, ClaimKind, Weight
from tracker.wording.durations import value_in_words
from tracker.wording.labels import ENGLISH, Labels
from tracker.wording.text_fit import clip

_PLAIN = {ClaimKind.REWORDED, ClaimKind.RECAST, ClaimKind.WORDS_MOVED}
_NORMAL = re.compile(r"PT?[\d.]+[A-Z]+|[A-Z]{3} [\d.]+|\d+")  # a value that can be said in every language
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Chip:
    """One claim in a few words; ``is_weighty`` when it is about more than wording."""

    text: str
    is_weighty: bool


def chips_of(change: Change, words: Labels = ENGLISH) -> Iterator[Chip]:
    """Yield a chip for each claim of *change*, those about wording only where there are no others."""
    claims = [claim for claim in change.claims if claim.claim not in _PLAIN]
    weighty = change.weight in {Weight.HIGH, Weight.MEDIUM}
    for claim in claims or change.claims[:1]:
        yield Chip(_text(claim, words), weighty and claim.claim not in _PLAIN)


def _text(claim: Claim, words: Labels) -> str:
    name = words(f"chip.{claim.claim.value}")
    old, new = _value(claim.old, words), _value(claim.new, words)
    if old and new:
        return words("chip.values", name=name, old=old, new=new)
    if old or new:
        return words("chip.value", name=name, value=old or new)
    if claim.subject and claim.claim.value.startswith("definition"):
        return words("chip.value", name=name, value=clip(claim.subject, _LONGEST))
    return name


def _value(normal: str, words: Labels) -> str:
    return value_in_words(normal, words) if _NORMAL.fullmatch(normal) else ""
