"""Read which number becomes which: "redesignating (c) and (d) as (d) and (e)", "paragraphs 4 and 5 become 5 and 6"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tracker.amending.errors import AbstainError
from tracker.amending.instructions.europe_grammar import Grammar
from tracker.amending.numbering import number_key
from tracker.amending.operations import Instruction, Target, TargetStep

_AS = re.compile(r"\bas\b", re.I)
_NUMBERS = re.compile(r"\(?([0-9]{1,3}[a-z]{0,2}|[a-zA-Z]{1,4})\)|\b(\d{1,3}[a-z]{0,2})\b")


def renumberings(one: Instruction, clause_text: str, grammar: Grammar, context: Target) -> list[Instruction]:
    """Return one instruction for each number that becomes another, or *one* with the reason why it is not sure."""
    verb = grammar.verbs["renumbered"].search(clause_text)
    into = verb and (_AS.search(clause_text, verb.end()) if not _stands_behind(clause_text, verb.start()) else verb)
    if into is None:
        return [replace(one, why="which number becomes which is not sure")]
    mentions = [mention for mention in grammar.mentions(clause_text) if mention.number]
    old = [mention for mention in mentions if mention.end <= into.start()]
    new = next((mention for mention in mentions if mention.start >= into.end()), None)
    try:
        targets = list(_single_targets((*context, *grammar.chain(old, clause_text))))
        numbers = list(_numbers(new.steps[-1])) if new is not None else _bare_numbers(clause_text[into.end() :])
    except AbstainError as error:
        return [replace(one, why=str(error))]
    if not targets or len(targets) != len(numbers):
        return [replace(one, why="which number becomes which is not sure")]
    pairs = zip(targets, numbers, strict=True)
    return [replace(one, target=target, number=number, level=target[-1].level) for target, number in pairs]


def _stands_behind(clause_text: str, verb_at: int) -> bool:
    """Return whether what is renumbered stands before the verb ("paragraph 4 becomes"), not behind it."""
    verb = clause_text[verb_at:].split(maxsplit=1)[0]
    return _NUMBERS.search(clause_text[:verb_at]) is not None and "designat" not in verb


def _single_targets(target: Target) -> Iterator[Target]:
    last = target[-1]
    for number in _numbers(last):
        yield (*target[:-1], TargetStep(last.level, ((number, number),), word=last.word))


def _numbers(step: TargetStep) -> Iterator[str]:
    for first, last in step.numbers:
        start, end = number_key(first), number_key(last)
        if start == end:
            yield first.strip("() ")
        elif start.isdecimal() and end.isdecimal():
            yield from (str(number) for number in range(int(start), int(end) + 1))
        elif len(start) == len(end) == 1:
            upper = first.strip("()").isupper()
            letters = (chr(code) for code in range(ord(start), ord(end) + 1))
            yield from (letter.upper() if upper else letter for letter in letters)
        else:
            raise AbstainError("which number becomes which is not sure")


def _bare_numbers(text: str) -> list[str]:
    return [hit[1] or hit[2] for hit in _NUMBERS.finditer(text)]
