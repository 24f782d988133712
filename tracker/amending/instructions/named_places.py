"""Mark places that are named by quoted words, not by number: the definition of ‘lamp’, the row for ‘red’."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tracker.amending.instructions.quotation import MASK
from tracker.amending.instructions.sentence_parts import Sentence
from tracker.amending.operations import Level, Target, TargetStep

_MARK = re.compile(r"⟪(\d+)⟫")


def mark_named_places(
    clause_text: str, words: Sequence[str], place_names: re.Pattern[str]
) -> tuple[str, list[str], list[str]]:
    r"""Return the clause with each named place as a number of its kind, the words that stay quoted, and the names.

    >>> place_names = re.compile(r"(definition) of ⟦(\d+)⟧")
    >>> mark_named_places("the definition of ⟦0⟧, ⟦1⟧ is deleted", ["lamp", "red"], place_names)
    ('the definition ⟪0⟫, ⟦0⟧ is deleted', ['red'], ['lamp'])
    """
    names: list[str] = []

    def mark(hit: re.Match[str]) -> str:
        names.append(words[int(hit[2])])
        return f"{hit[1]} ⟪{len(names) - 1}⟫"

    clause = place_names.sub(mark, clause_text)
    if not names:
        return clause_text, list(words), []
    left = [words[int(hit[1])] for hit in MASK.finditer(clause)]
    counter = iter(range(len(left)))
    return MASK.sub(lambda _: f"⟦{next(counter)}⟧", clause), left, names


def with_names(sentence: Sentence, names: Sequence[str]) -> Sentence:
    """Return *sentence* with the names in the steps that stand for them."""
    if not names:
        return sentence
    targets = tuple(_with_terms(target, names) for target in sentence.targets)
    return replace(
        sentence,
        target=_with_terms(sentence.target, names),
        targets=targets,
        anchor=_with_terms(sentence.anchor, names),
    )


def _with_terms(target: Target, names: Sequence[str]) -> Target:
    return tuple(_step(step, names) for step in target)


def _step(step: TargetStep, names: Sequence[str]) -> TargetStep:
    hits = [_MARK.fullmatch(first) for first, _ in step.numbers]
    if not hits or any(hit is None for hit in hits):
        return step
    level = step.level if step.level is Level.ROW else Level.TERM
    terms = tuple(names[int(hit[1])] for hit in hits if hit is not None)
    return TargetStep(level, tuple((term, term) for term in terms), word=step.word)
