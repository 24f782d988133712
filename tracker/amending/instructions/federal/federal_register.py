"""Read the amendatory instructions of Federal Register rules (AMDPAR): the new text is printed apart, with stars.

Instructions come first ("2. Amend § 9.1 by revising paragraph (b)(1)"), lettered ones within the numbered one before
them; the section printed behind shows what is new, and "* * *" where the text stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from storage.records import Provision, ProvisionKind, Reading
from tracker.amending.instructions.federal.printed_parts import SUBPART_HEAD, Printed, of_definitions, of_subpart
from tracker.amending.instructions.quotation import MASK, mask
from tracker.amending.operations import Action, Instruction, Level, Target, TargetStep

K = ProvisionKind
_SECTION = re.compile(r"(?:§+|\b[Ss]ections?)\s*(\d+\.\d[\w.\-–]*|\d[\w\-–]*\.\d\w*)")
_SECTIONS = re.compile(r"(?:§§|[Ss]ections)\s*\d[\w.\-–]*(?:(?:, and|,| and| through)\s+\d[\w.\-–]*\w)+")
_VERB = re.compile(
    r"\b(?:(?P<reserve>remov(?:e|ing) and reserv(?:e|ing))|(?P<replace>revis(?:e|ing))"
    r"|(?P<insert>add(?:ing)?)|(?P<delete>remov(?:e|ing))"
    r"|(?P<renumber>redesignat(?:e|ing)))\b",
    re.I,
)
_PASSIVE = re.compile(
    r"^(?:in )?(?P<what>.*?),? (?:is|are) (?P<verb>revised|added|removed and reserved|removed)\b(?P<rest>.*)$", re.I
)
_ACTIVE = {"revised": "revise", "added": "add", "removed": "remove", "removed and reserved": "remove and reserve"}
_INNER = r"\([0-9A-Za-z]{1,5}\)"
_PATH = re.compile(rf"({_INNER}(?:\s?{_INNER})*)(\s+introductory text)?")
_PART = re.compile(r"\(([0-9A-Za-z]{1,5})\)")
_THROUGH = re.compile(r"\s+(?:through|to)\s+")
_HEADING = re.compile(r"\b(?:the )?(?:section )?heading\b", re.I)
_A_WORD = r"(?:the (?:words?|phrase|terms?|text|figures?) )?"
_IN_ITS_PLACE = re.compile(
    rf"⟦(\d+)⟧[^⟦]*?\badd(?:ing)? {_A_WORD}in (?:its|their) place {_A_WORD}⟦(\d+)⟧"
    rf"|⟦(\d+)⟧[^⟦]*?\badd(?:ing)? {_A_WORD}⟦(\d+)⟧ in (?:its|their) place",
    re.I,
)
_PLAIN_WORDS = re.compile(
    r"amend(?:ed|ing)?|is|are|by|in|to|the|and|read|reads|as|follows?|paragraphs?|new|section|subpart [A-Z]+|of|its|"
    r"their|place|words?|phrase|terms?|wherever it appears|wherever they appear|each place it appears|"
    r"a|an|for|text|figures?|alphabetical|order|definitions?|introductory text|through|heading|part \d+|reserved?|"
    r"respectively|or",
    re.I,
)
_AUTHORITY = re.compile(r"authority citation|table of contents", re.I)
_SAYS_MORE_WORDS = "the instruction says more than could be read"
_NOT_PRINTED = "the new text is not printed"


@dataclass(frozen=True, slots=True)
class _Step:
    """One amendatory instruction with the section it is about and what is printed behind it."""

    eid: str
    text: str
    section: str
    text_apart: tuple[Provision, ...]
    subpart: re.Match[str] | None = None


def is_rule(amending: Reading) -> bool:
    """Return whether *amending* instructs as rules of the Federal Register do."""
    tops = [top for top in amending.provisions if top.kind is K.PARAGRAPH]
    return any(
        "authority citation" in top.text or (_SECTION.search(top.text) and _VERB.search(_active(top.text)))
        for top in tops
    )


def read_instructions(amending: Reading, base: Reading) -> list[Instruction]:
    """Return the instructions of *amending* to the sections of *base*."""
    sections = {unit.number for unit in base.walk() if unit.kind is K.SECTION}
    parts = {number.split(".")[0] for number in sections}
    result: list[Instruction] = []
    for step in _steps(amending):
        ours = not step.section or step.section.split(".")[0] in parts
        result += _instructions(step) if ours and not _AUTHORITY.search(step.text) else []
    return result


def _steps(amending: Reading) -> Iterator[_Step]:
    tops = list(amending.provisions)
    section = ""
    text_apart: tuple[Provision, ...] = ()
    for place, top in enumerate(tops):
        if top.kind is not K.PARAGRAPH:
            continue
        text = " ".join(top.text.split())
        subpart = SUBPART_HEAD.search(text)
        text = text[: subpart.start()] if subpart is not None else text
        if top.label[:1].isdecimal() or not top.label:
            section = ""
            text_apart = tuple(_printed_behind(tops, place))
        section_at = _SECTION.search(text)
        section = section_at[1].strip(".") if section_at else section
        yield _Step(top.eid, text, section, text_apart, subpart)


def _printed_behind(tops: list[Provision], place: int) -> Iterator[Provision]:
    for top in tops[place + 1 :]:
        if top.kind is K.PARAGRAPH and top.label[:1].isdecimal():
            return
        if top.kind is not K.PARAGRAPH:
            yield top


def _active(text: str) -> str:
    """Return "Paragraph (b) is revised" as "revise Paragraph (b)"."""
    hit = _PASSIVE.match(text)
    return f"{_ACTIVE[hit['verb'].lower()]} {hit['what']} {hit['rest']}" if hit else text


def _instructions(step: _Step) -> list[Instruction]:
    clause_text, words = mask(step.text)
    clause_text = _active(clause_text)
    if swap := _IN_ITS_PLACE.search(clause_text):
        return [_swap(step, clause_text, swap, words)]
    verbs = list(_VERB.finditer(clause_text))
    result: list[Instruction] = []
    for number, verb in enumerate(verbs):
        end = verbs[number + 1].start() if number + 1 < len(verbs) else len(clause_text)
        if whole := of_subpart(str(verb.lastgroup), clause_text[verb.end() : end], _print_behind(step)):
            return [whole if len(verbs) == 1 else replace(whole, why=_SAYS_MORE_WORDS)]
        result += _clause(step, str(verb.lastgroup), clause_text[verb.end() : end], words)
    leftover = _leftover(clause_text)
    if (verbs and leftover) or _SECTIONS.search(clause_text):
        return [replace(one, why=one.why or f"{_SAYS_MORE_WORDS}: {leftover}") for one in result]
    return result


def _leftover(clause_text: str) -> str:
    rest = clause_text
    for pattern in (_SECTION, _PATH, _VERB, MASK, re.compile(r"The (?:addition|revision)s?.*$")):
        rest = pattern.sub(" ", rest)
    rest = re.sub(rf"\b(?:{_PLAIN_WORDS.pattern})\b", " ", rest, flags=re.I)
    return " ".join(re.findall(r"[\w’'-]+", rest)[:3])


def _unit(step: _Step) -> Target:
    return (TargetStep(Level.UNIT, ((step.section, step.section),), word="section"),) if step.section else ()


def _one(step: _Step, action: Action, target: Target) -> Instruction:
    return Instruction(action, target, step.text, step.eid, why="" if step.section else "no section is named")


def _swap(step: _Step, clause_text: str, swap: re.Match[str], words: list[str]) -> Instruction:
    old, new = (int(group) for group in swap.groups() if group is not None)
    paths = list(_paths(clause_text))
    one = _one(step, Action.SUBSTITUTE_WORDS, (*_unit(step), *(paths[0] if paths else ())))
    everywhere = re.search(r"(?:wherever|each place) (?:it|they) appears?", clause_text) is not None
    leftover = _leftover(clause_text)
    why = one.why or (f"{_SAYS_MORE_WORDS}: {leftover}" if leftover else "")
    why = why or ("more than one place is named" if len(paths) > 1 or len(words) != 2 else "")
    return replace(one, old_words=words[old], new_words=words[new], each_place=everywhere, why=why)


def _clause(step: _Step, verb: str, text: str, words: list[str]) -> Iterator[Instruction]:
    unit = _unit(step)
    paths = list(_paths(text))
    definitions = of_definitions(verb, text, words, unit, _print_behind(step)) if not paths else None
    if definitions is not None:
        yield from definitions
    elif MASK.search(text):
        marks = [int(number) for number in MASK.findall(text)]
        if verb != "delete" or len(marks) != 1 or len(paths) > 1:
            yield replace(_one(step, Action.REPLACE, unit), why="which words are meant is not sure")
            return
        one = _one(step, Action.STRIKE_WORDS, (*unit, *(paths[0] if paths else ())))
        yield replace(one, old_words=words[marks[0]])
    elif verb == "renumber":
        yield from _renumber(step, text)
    elif _HEADING.search(text):
        yield _heading(step)
        for path in paths:
            yield _paragraph(step, verb, path)
    elif not paths:
        yield _whole_section(step, verb, text)
    else:
        for path in paths:
            yield _paragraph(step, verb, path)


def _print_behind(step: _Step) -> Printed:
    sections = [top for top in step.text_apart if top.kind is K.SECTION]
    return Printed(step.eid, step.text, sections, step.subpart)


def _heading(step: _Step) -> Instruction:
    section = _printed_section(step)
    one = _one(step, Action.REPLACE_HEADING, _unit(step))
    return replace(one, quotation=(section.heading,)) if section else replace(one, why=one.why or _NOT_PRINTED)


def _whole_section(step: _Step, verb: str, text: str) -> Instruction:
    action = {"insert": Action.INSERT, "delete": Action.DELETE}.get(verb, Action.REPLACE)
    if not _SECTION.search(text) or "paragraph" in text.lower():
        return replace(_one(step, action, _unit(step)), why="which part of the section is meant is not sure")
    if verb == "delete":
        return _one(step, action, _unit(step))
    if verb == "reserve":
        return replace(_one(step, action, _unit(step)), why="reserving a whole section is not carried out")
    section = _printed_section(step)
    one = Instruction(action, () if action is Action.INSERT else _unit(step), step.text, step.eid, level=Level.UNIT)
    return replace(one, text_apart=section) if section is not None else replace(one, why=_NOT_PRINTED)


def _paragraph(step: _Step, verb: str, path: Target) -> Instruction:
    unit = _unit(step)
    if verb == "delete":
        return _one(step, Action.DELETE, (*unit, *path))
    if verb == "reserve":
        return replace(_one(step, Action.REPLACE, (*unit, *path)), quotation=("[Reserved]",))
    node: Provision | None = _printed_section(step)
    for part in (part for part in path if part.level is Level.ANY):
        number = part.numbers[0][0]
        node = next((child for child in node.children if child.number == number.lower()), None) if node else None
    if node is None:
        return replace(_one(step, Action.REPLACE, (*unit, *path)), why=_NOT_PRINTED)
    if verb == "insert":
        return replace(_one(step, Action.INSERT, (*unit, *path[:-1])), text_apart=node)
    if path[-1].level is Level.LEAD:
        return replace(_one(step, Action.REPLACE, (*unit, *path)), quotation=(node.text,))
    return replace(_one(step, Action.REPLACE, (*unit, *path)), text_apart=node)


def _printed_section(step: _Step) -> Provision | None:
    hit = [one for one in step.text_apart if one.kind is K.SECTION and one.number == step.section.lower()]
    return hit[0] if len(hit) == 1 else None


def _paths(text: str) -> Iterator[Target]:
    """Yield the paragraphs a clause names: "(b)(1) and (b)(2)(ii)", "(a)(1) through (3)", "(c) introductory text"."""
    last: list[str] = []
    end = 0
    for hit in _PATH.finditer(text):
        parts = _PART.findall(hit[1])
        through = last and _THROUGH.fullmatch(text[end : hit.start()])
        if last and len(parts) == 1 and len(last) > 1:
            parts = _beside(last, parts[0])
        if through:
            yield from (_steps_of([*last[:-1], number]) for number in _between(last[-1], parts[-1]))
        yield _steps_of(parts, lead=bool(hit[2]))
        last, end = parts, hit.end()


def _beside(last: list[str], part: str) -> list[str]:
    """Return the path of a number printed by itself: "(b)(2)(i) and (ii)" goes on at the depth of its style."""
    for depth in range(len(last) - 1, -1, -1):
        if _style(part) & _style(last[depth]) and (len(part) > 1 or depth == 0 or ord(part) > ord(last[depth][:1])):
            return [*last[:depth], part]
    return [part]


def _style(number: str) -> set[str]:
    if number.isdecimal():
        return {"digit"}
    styles = {"upper" if number[:1].isupper() else "lower"} if len(set(number)) == 1 else set()
    return styles | ({"roman"} if not set(number.lower()) - set("ivx") else set())


def _steps_of(parts: list[str], *, lead: bool = False) -> Target:
    steps = tuple(TargetStep(Level.ANY, ((part, part),), word="paragraph") for part in parts)
    return (*steps, TargetStep(Level.LEAD)) if lead else steps


def _between(first: str, last: str) -> list[str]:
    if first.isdecimal() and last.isdecimal():
        return [str(number) for number in range(int(first) + 1, int(last))]
    if len(first) == len(last) == 1:
        return [chr(code) for code in range(ord(first) + 1, ord(last))]
    return []


def _renumber(step: _Step, text: str) -> Iterator[Instruction]:
    left, _, right = text.partition(" as ")
    old, new = list(_paths(left)), list(_paths(right))
    if not old or len(old) != len(new) or any(a[:-1] != b[:-1] for a, b in zip(old, new, strict=True)):
        yield replace(_one(step, Action.RENUMBER, _unit(step)), why="which number becomes which is not sure")
        return
    for target, becomes in zip(old, new, strict=True):
        one = _one(step, Action.RENUMBER, (*_unit(step), *target))
        yield replace(one, number=becomes[-1].numbers[0][0], level=Level.ANY)
