"""Pair the old words of a sentence with the new: "A and B by C and D", or "A by B and C by D"."""

from __future__ import annotations

import itertools
import re

from tracker.amending.instructions.sentence_parts import Sentence


def word_pairs(sentence: Sentence, words: list[str]) -> list[tuple[str, str]]:
    """Return old and new words: "A and B are replaced by C and D", or "A is replaced by B and C by D"."""
    half = len(words) // 2
    if half == 1 or not _go_in_turn(sentence, half):
        return list(zip(words[:half], words[half:], strict=True)) if _are_in_halves(sentence, half) else []
    return list(zip(words[::2], words[1::2], strict=True))


def _go_in_turn(sentence: Sentence, half: int) -> bool:
    """Return whether old and new words alternate: a verb stands behind each first, or a "for" before it."""
    before = sum(place < sentence.verb_at for place in sentence.word_places)
    gaps = [sentence.clause[a:b] for a, b in itertools.pairwise([0, *sentence.word_places])]
    with_for = all(re.search(r"\bfor\b", gap) for gap in gaps[::2]) and not any(" for " in gap for gap in gaps[1::2])
    strikes = [re.search(r"\bstr(?:ik|uck)", gap) is not None for gap in gaps]
    return before == 1 or with_for or strikes == [True, False] * half


def _are_in_halves(sentence: Sentence, half: int) -> bool:
    before = sum(place < sentence.verb_at for place in sentence.word_places)
    strike_count = len(re.findall(r"\bstr(?:ik|uck)", sentence.clause))
    return before in {half, 2 * half} or (before == 0 and (half == 1 or strike_count <= 1))
