"""What one sentence of an amending act instructs: text replaced, put in or struck, words in the place of others."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from tracker.amending.instructions.sentence_parts import Sentence
from tracker.amending.instructions.word_pairs import word_pairs
from tracker.amending.operations import Action, Instruction, Level, Place, Target

_AT_THE_END = re.compile(r"⟦\d+⟧ at the end\b")
_NAMES_TERM = re.compile(r"\b(?:definition|term|expression)s? (?:of )?⟦")
_STOPS = frozenset(".,;:")
_WHICH_WORDS = "which words are meant is not sure"
_SEVERAL_PLACES = "more than one place is named"


@dataclass(frozen=True, slots=True)
class ActSentence:
    """One sentence of an amending act that may instruct, and the lines it quotes."""

    eid: str
    text: str
    quotation: tuple[str, ...] = ()


def instructions_of(
    statement: ActSentence, sentence: Sentence, words: list[str], context: Target
) -> Iterable[Instruction]:
    """Return what one sentence instructs."""
    if len(sentence.targets) > 1:
        return _at_each_place(statement, sentence, words, context)
    result = Instruction(
        sentence.action or Action.REPLACE,
        (*context, *sentence.target),
        " ".join(statement.text.split()),
        statement.eid,
        quotation=statement.quotation,
        level=sentence.level,
        each_place=sentence.everywhere,
        last_only=_AT_THE_END.search(sentence.clause) is not None and not statement.quotation,
    )
    result = _taking_lead(result)
    if sentence.attachment and not statement.quotation:
        target = context if result.action is Action.INSERT else result.target
        return [replace(result, target=target, attachment=sentence.attachment)]
    if words:
        return (_beside_lines if statement.quotation else _with_words)(result, sentence, words)
    if result.action is Action.INSERT:
        place = Place.AT_END if sentence.at_end and not sentence.anchor else sentence.anchor_place
        return [
            replace(
                result, place=place, anchor=(*context, *sentence.target, *sentence.anchor) if sentence.anchor else ()
            )
        ]
    if result.action is Action.REPLACE and result.target and result.target[-1].level is Level.HEADING:
        return [replace(result, action=Action.REPLACE_HEADING)]
    return [result]


def _at_each_place(
    statement: ActSentence, sentence: Sentence, words: list[str], context: Target
) -> Iterable[Instruction]:
    """Return what a sentence does to each of several places; text set out once belongs to one of them only."""
    result = [
        one
        for target in sentence.targets
        for one in instructions_of(statement, replace(sentence, target=target, targets=(target,)), words, context)
    ]
    if statement.quotation or sentence.attachment or (sentence.action is Action.INSERT and not words):
        return [replace(result[0], why=_SEVERAL_PLACES)]
    return [replace(one, together=True) for one in result]


def _taking_lead(result: Instruction) -> Instruction:
    """Return *result* with a lead named beside points of its list: "the introductory wording and point (a)"."""
    leads = [step for step in result.target[:-1] if step.level is Level.LEAD]
    if not leads or result.action is not Action.REPLACE or not result.quotation:
        return result
    rest = tuple(step for step in result.target if step.level is not Level.LEAD)
    return replace(result, target=rest, with_lead=True)


def _with_words(result: Instruction, sentence: Sentence, words: list[str]) -> list[Instruction]:
    """Return instructions about words within a sentence: replaced, struck, or put in beside others."""
    if result.action is Action.DELETE:
        return [replace(result, action=Action.STRIKE_WORDS, old_words=old) for old in words]
    if result.action is Action.REPLACE and len(words) % 2 == 0:
        pairs = word_pairs(sentence, words)
        if not pairs:
            return [replace(result, why=_WHICH_WORDS)]
        return [replace(result, action=Action.SUBSTITUTE_WORDS, old_words=old, new_words=new) for old, new in pairs]
    beside = result.action is Action.INSERT and _beside(sentence, words)
    if beside:
        old, new = beside
        return [replace(result, action=Action.SUBSTITUTE_WORDS, place=None, old_words=old, new_words=new)]
    if (
        result.action is Action.REPLACE
        and len(words) == 1
        and result.target
        and result.target[-1].level is Level.HEADING
    ):
        return [replace(result, action=Action.REPLACE_HEADING, quotation=(words[0],))]
    return [replace(result, why=_WHICH_WORDS)]


def _beside_lines(result: Instruction, sentence: Sentence, words: list[str]) -> list[Instruction]:
    """Return instructions that name words and set others out below: "after the words A, the following: B"."""
    if len(words) != 1 or len(result.quotation) != 1 or sentence.action not in {Action.REPLACE, Action.INSERT}:
        return [replace(result, why=_WHICH_WORDS)]
    if _NAMES_TERM.search(sentence.clause):
        return [replace(result, why="the place is named by its words only")]
    place = len(sentence.clause)
    behind = replace(sentence, clause=f"{sentence.clause} ⟦1⟧", word_places=(*sentence.word_places, place + 1))
    return _with_words(replace(result, quotation=()), behind, [words[0], result.quotation[0]])


def _beside(sentence: Sentence, words: list[str]) -> tuple[str, str] | None:
    """Return old and new words of an insertion: between two words, after one or before one."""
    order = sentence.word_places
    if sentence.between and len(words) == 3:
        new, left, right = words if order[0] < sentence.verb_at else (words[2], words[0], words[1])
        return f"{left}, {right}", f"{left}, {new}, {right}"
    if len(words) != 2 or sentence.anchor_at < 0:
        return None
    anchor, new = words if order[0] > sentence.anchor_at else words[::-1]
    gap = "" if new[:1] in ",;." else " "
    if sentence.anchor_place is Place.BEFORE and anchor in _STOPS:
        return anchor, f" {new}{anchor}"
    joint = f"{anchor}{gap}{new}" if sentence.anchor_place is Place.AFTER else f"{new} {anchor}"
    return anchor, joint
