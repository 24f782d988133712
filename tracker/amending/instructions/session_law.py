"""Read session laws that print the amended text with struck and inserted words.

What is struck is known from the reading's notes; a word that is new must be printed in capitals. So the printed text is
held against the base before it is taken: any other difference is a misprint or a misreading, and is abstained from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from storage.records import Provision, ProvisionKind, Reading
from tracker.amending.errors import AbstainError
from tracker.amending.operations import Action, Instruction, Level, TargetStep

K = ProvisionKind
_AMEND = re.compile(r"\b([\w.-]+-[\w.-]+-[\w.]+), amend\b(.*) as follows:\s*$", re.S)
_PLACE = re.compile(r"((?:\(\w{1,5}\))+)(\s+introductory portion)?")
_PART = re.compile(r"\((\w{1,5})\)")
_TOKEN = re.compile(r"\w+|[^\w\s]")
_LEGEND = re.compile(r"indicate (?:deletions|new material)|existing (?:law|statutes)|not part of the act", re.I)


def read_instructions(amending: Reading, base: Reading) -> list[Instruction]:
    """Return one instruction for each printed provision that the act says it amends."""
    del base
    struck_words = tuple(note.text for note in amending.notes if note.name == "struck text")
    return [result for section in amending.provisions for result in _of_section(section, struck_words)]


def _of_section(section: Provision, struck_words: tuple[str, ...]) -> Iterator[Instruction]:
    hit = _AMEND.search(section.text)
    as_printed = next((child for child in section.children if hit and child.number == hit[1].lower()), None)
    if hit is None or as_printed is None:
        return
    unit = TargetStep(Level.UNIT, ((hit[1], hit[1]),), word="section")
    for place in _PLACE.finditer(hit[2]):
        parts = _PART.findall(place[1])
        node = _node_at(as_printed, parts)
        steps = (unit, *(TargetStep(Level.ANY, ((part, part),)) for part in parts))
        lead = (TargetStep(Level.LEAD),) if place[2] else ()
        basis = f"{hit[1]}, amend {place[0]}"
        eid = node.eid if node is not None else section.eid
        yield Instruction(
            Action.REPLACE, (*steps, *lead), basis, eid, as_printed=node, struck_words=struck_words,
            why="" if node is not None else "the provision is not printed",
        )  # fmt: skip


def _node_at(as_printed: Provision, parts: Sequence[str]) -> Provision | None:
    node: Provision | None = as_printed
    for part in parts:
        node = next((child for child in node.children if child.number == part.lower()), None) if node else None
    return node


def merge_print(old: str, as_printed: str, struck_words: Sequence[str]) -> str:
    """Return *old* with what *printed* strikes and inserts; raises AbstainError on any other difference."""
    before, after = _tokens(old), _tokens(as_printed)
    matcher = SequenceMatcher(
        None, [t.casefold() for t, _, _ in before], [t.casefold() for t, _, _ in after], autojunk=False
    )
    result, place = [], 0
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            continue
        lost_words, new = _span(old, before, a, b), _span(as_printed, after, c, d)
        if _squeeze(lost_words) == _squeeze(new) or (not lost_words and _LEGEND.search(new)):
            continue
        if lost_words and not _is_struck(lost_words, struck_words):
            raise AbstainError(f"“{lost_words[:40]}” is not printed, and not struck either")
        if new and not new.isupper() and any(char.isalpha() for char in new):
            raise AbstainError(f"“{new[:40]}” is new, and not printed in capitals")
        start, end = _edges(old, before, a, b)
        result += [old[place:start], new if lost_words else f"{new} "]
        place = end
    return "".join([*result, old[place:]])


def _tokens(text: str) -> list[tuple[str, int, int]]:
    return [(hit[0], hit.start(), hit.end()) for hit in _TOKEN.finditer(text)]


def _edges(text: str, tokens: Sequence[tuple[str, int, int]], a: int, b: int) -> tuple[int, int]:
    if a < b:
        return tokens[a][1], tokens[b - 1][2]
    at = tokens[a][1] if a < len(tokens) else len(text)
    return at, at


def _span(text: str, tokens: Sequence[tuple[str, int, int]], a: int, b: int) -> str:
    start, end = _edges(text, tokens, a, b)
    return text[start:end] if a < b else ""


def _squeeze(text: str) -> str:
    return "".join(text.split()).casefold()


def _is_struck(lost_words: str, struck_words: Sequence[str]) -> bool:
    every = _squeeze("".join(struck_words))
    return _squeeze(lost_words) in every
