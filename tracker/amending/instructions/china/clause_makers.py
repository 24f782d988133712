"""What each kind of clause of a Chinese decision instructs: replaced, put in, struck, merged, parted, renumbered."""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import resources

from tracker.amending.instructions.china.china_targets import LEVELS, number_of, targets_of
from tracker.amending.operations import Action, Instruction, Level, Place, Target

Match = re.Match[str]
_TABLE = tomllib.loads(resources.files(__package__).joinpath("china.toml").read_text(encoding="utf-8"))
_BLANKET = re.compile(_TABLE["blanket"]["pattern"])
_OPENS_ARTICLE = re.compile(r"第[〇零一二三四五六七八九十百千两]+条")


def instruction_to(action: Action, target: Target) -> Instruction:
    """Return a bare instruction; its basis is put in by who reads the clause."""
    return Instruction(action, target, "", "")


def _replace(hit: Match, targets: list[Target], words: list[str]) -> Iterator[Instruction]:
    quotation = tuple(words[int(hit["new"])].split("\n"))
    if len(targets) == 1:
        yield replace(instruction_to(Action.REPLACE, targets[0]), quotation=quotation, level=targets[0][-1].level)
    else:
        yield replace(instruction_to(Action.REPLACE, ()), why="which provisions the text replaces is not sure")


def _heading(hit: Match, targets: list[Target], words: list[str]) -> Iterator[Instruction]:
    for result in _replace(hit, targets, words):
        yield replace(result, action=Action.REPLACE_HEADING if not result.why else result.action, level=Level.HEADING)


def _insert(hit: Match, targets: list[Target], words: list[str]) -> Iterator[Instruction]:
    level = LEVELS[hit["level"]]
    becomes = list(targets_of(hit["becomes"] or ""))
    marks = [int(number) for number in re.findall(r"⟦(\d+)⟧", hit.string[hit.end() :])]
    quotation = tuple(line for mark in marks for line in words[mark].split("\n"))
    number = number_of(becomes[0]) if becomes else ""
    target = targets[0] if targets and (hit["targets"] or level is not Level.UNIT) else ()
    anchor_mentions = bool(target) and target[-1].level is level and (hit["place"] or "中") != "中"
    result = instruction_to(Action.INSERT, target[:-1] if anchor_mentions and level is not Level.UNIT else target)
    result = replace(result, quotation=quotation, level=level, number=number, place=_place(hit["place"]))
    if anchor_mentions:
        result = replace(result, anchor=target, target=target[:-1])
    if re.search(r"将该[条款]修改为", hit.string) or (not quotation and "修改为" in hit.string):
        result = replace(
            result, action=Action.REPLACE, target=target[:1], level=Level.UNIT, number="", place=None, anchor=()
        )
    if not quotation:
        result = replace(result, why="the new text is not set out")
    yield result


def _place(as_printed: str | None) -> Place | None:
    return (
        Place.BEFORE
        if as_printed and "前" in as_printed
        else Place.AFTER
        if as_printed and "后" in as_printed
        else None
    )


def _word_pairs(hit: Match, targets: list[Target], words: list[str]) -> Iterator[Instruction]:
    marks = [int(number) for number in re.findall(r"⟦(\d+)⟧", hit["pairs"])]
    yield from _on_words(hit, targets, [(words[a], words[b]) for a, b in zip(marks[::2], marks[1::2], strict=True)])


def _strike(hit: Match, targets: list[Target], words: list[str]) -> Iterator[Instruction]:
    marks = [int(number) for number in re.findall(r"⟦(\d+)⟧", hit["words"])]
    for result in _on_words(hit, targets, [(words[mark], "") for mark in marks]):
        yield replace(result, action=Action.STRIKE_WORDS)


def _on_words(hit: Match, targets: list[Target], pairs: list[tuple[str, str]]) -> Iterator[Instruction]:
    everywhere = not hit["targets"] and _BLANKET.search(hit["blanket"] or "") is not None
    for target in [()] if everywhere else targets:
        for old, new in pairs:
            result = instruction_to(Action.SUBSTITUTE_WORDS, target)
            yield replace(result, old_words=old, new_words=new, each_place=True)
    if not everywhere and not targets:
        yield replace(
            instruction_to(Action.SUBSTITUTE_WORDS, ()), old_words=pairs[0][0], why="where the words stand is not said"
        )


def _words_after(hit: Match, targets: list[Target], words: list[str]) -> Iterator[Instruction]:
    old, new = words[int(hit["old"])], words[int(hit["new"])]
    joint = f"{old}{new}" if hit["side"] == "后" else f"{new}{old}"
    for target in targets:
        yield replace(instruction_to(Action.SUBSTITUTE_WORDS, target), old_words=old, new_words=joint)


def _delete(_: Match, targets: list[Target], __: list[str]) -> Iterator[Instruction]:
    for target in targets:
        yield instruction_to(Action.DELETE, target)


def _renumber(hit: Match, targets: list[Target], words: list[str]) -> Iterator[Instruction]:
    becomes = list(targets_of(hit["becomes"]))
    if len(becomes) != len(targets):
        yield replace(instruction_to(Action.RENUMBER, ()), why="which number becomes which is not sure")
        return
    for target, new in zip(targets, becomes, strict=True):
        yield replace(instruction_to(Action.RENUMBER, target), number=number_of(new), level=new[-1].level)
    if hit["new"]:
        yield from _replace(hit, targets, words)


def _split(hit: Match, targets: list[Target], words: list[str]) -> Iterator[Instruction]:
    """Yield what parting one article into several does: the first takes its place, the others are put in."""
    becomes = list(targets_of(hit["becomes"]))
    lines = [line for mark in re.findall(r"⟦(\d+)⟧", hit.string[hit.end() :]) for line in words[int(mark)].split("\n")]
    starts = [place for place, line in enumerate(lines) if _OPENS_ARTICLE.match(line)]
    if len(targets) != 1 or not becomes or len(starts) != len(becomes) or starts[:1] != [0]:
        yield replace(instruction_to(Action.REPLACE, ()), why="the parted text is not set out")
        return
    texts = [tuple(lines[start:end]) for start, end in itertools.pairwise([*starts, len(lines)])]
    yield replace(instruction_to(Action.REPLACE, targets[0]), quotation=texts[0], level=Level.UNIT)
    yield replace(instruction_to(Action.RENUMBER, targets[0]), number=number_of(becomes[0]), level=Level.UNIT)
    for target, text in zip(becomes[1:], texts[1:], strict=True):
        yield replace(instruction_to(Action.INSERT, ()), quotation=text, number=number_of(target), level=Level.UNIT)


def _merge(hit: Match, targets: list[Target], words: list[str]) -> Iterator[Instruction]:
    marks = re.findall(r"⟦(\d+)⟧", hit.string[hit.end() :])
    becomes = list(targets_of(hit["becomes"]))
    if not targets or len(marks) != 1 or len(becomes) != 1:
        yield replace(instruction_to(Action.REPLACE, ()), why="the merged text is not set out")
        return
    quotation = tuple(words[int(marks[0])].split("\n"))
    yield replace(instruction_to(Action.REPLACE, targets[0]), quotation=quotation, level=targets[0][-1].level)
    yield replace(instruction_to(Action.RENUMBER, targets[0]), number=number_of(becomes[0]), level=becomes[0][-1].level)
    for target in targets[1:]:
        yield instruction_to(Action.DELETE, target)


MAKERS: dict[str, Callable[[Match, list[Target], list[str]], Iterator[Instruction]]] = {
    "replace": _replace,
    "heading": _heading,
    "insert": _insert,
    "words": _word_pairs,
    "words_after": _words_after,
    "strike": _strike,
    "delete": _delete,
    "renumber": _renumber,
    "merge": _merge,
    "split": _split,
}
