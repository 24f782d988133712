"""References that only followed their target to its new number, as the alignment itself predicts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from tracker.compare.outline import OutlineNode, UnitGroup
from tracker.compare.redline import align_tokens
from tracker.compare.tokens import RedlineToken, is_reference

Path = tuple[str, ...]
_CHINESE = re.compile(r"第\(?([^()条款项目章节编]+)\)?(条|款|项|目|章|节|编)(?:之(.+))?")
_LATIN = re.compile(r"([^\W\d]+\.?|§+) ?(.*)")
_ONE = re.compile(r"\(?([0-9A-Za-z]+(?:[-.][0-9A-Za-z]+)*)\)?((?:\(\w{1,4}\))*)")
_TOP = re.compile(r"(?i)art|§|sec|rule|regulation|धारा|नियम")
_ELSEWHERE = re.compile(r"(?i)annex|chapter|schedule|hoofdstuk|bijlage")
_LEVELS = "条款项目"
_JOINERS = {"、", ",", "和", "或", "或者", "至", "以及", "到", "及", "与"}
_OTHER_LAW_BEFORE = re.compile(r"(?:》|>|(?<!本)(?:法|条例|规定|办法|细则|规则|决定|解释|准则|修正案))$")
_OTHER_LAW_AFTER = re.compile(
    r"^[ ,]{0,2}(?:(?:first|second|third|points?|paragraphs?|sub\w+|\(\w{1,4}\)|and|or|\d+|,) ?){0,8}"
    r"(?:of|to|in|van|der|des|du|de) (?!this\b|these\b|deze\b|dit\b|dieser\b|diese\b|pr[ée]sent)"
    r"(?:(?:the|that|said|de|het|la|das) )?(?:[A-Z][\w-]* ){0,6}"
    r"(?:Regulations?|Directives?|Decision|Treaty|Charter|TFEU|TEU|Act|Code|Law|Constitution|verordening|richtlijn|"
    r"Verordnung|Richtlinie|règlement|directive|U\.S\.C|Convention)\b"
)
_WORDS = {"and", "or", "to", "en", "of", "tot", "und", "oder", "bis", "et", "ou"}
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000, "万": 10000}


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference in a text: the paths it names (absolute or inside this unit) and whether it means this law."""

    paths: tuple[Path, ...]
    absolute: bool
    internal: bool
    shape: str


class UnitNumbers:
    """Where every number of the old version went."""

    def __init__(self, pairs: Iterable[tuple[OutlineNode, OutlineNode]]) -> None:
        """Take all pairs of nodes the alignment found."""
        self._pairs = pairs

    @cached_property
    def _to(self) -> dict[Path, Path]:
        return {_path(a): _path(b) for a, b in self._pairs if a.unit.group is UnitGroup.BODY}

    def predicts(self, old: Reference, new: Reference, a: OutlineNode, b: OutlineNode) -> bool:
        """Return whether *new* is exactly what *old* must become where *a* became *b*."""
        if old.shape != new.shape or len(old.paths) != len(new.paths) or not (old.internal and new.internal):
            return False
        where = (_prefixes(a), _prefixes(b)) if not old.absolute else ([()], [()])
        return all(self._follows(p, q, *where) for p, q in zip(old.paths, new.paths, strict=True))

    def _follows(self, old: Path, new: Path, before: list[Path], after: list[Path]) -> bool:
        goals = {prefix + new for prefix in after}
        return any(self._place(prefix + old) in goals for prefix in before)

    def _place(self, path: Path) -> Path | None:
        """Return where *path* went; below what was read, the rest of a path stays as it is."""
        if path in self._to:
            return self._to[path]
        if len(path) > 1 and path[:1] in self._to:
            return self._to[path[:1]] + path[1:]
        return None


def only_references(old: str, new: str, a: OutlineNode, b: OutlineNode, numbers: UnitNumbers) -> bool:
    """Return whether *old* and *new* differ only in references that followed their targets."""
    (_, left), (_, right), opcodes = align_tokens(old, new)
    refs_left, refs_right = _references(left), _references(right)
    differ = False
    for kind, i1, i2, j1, j2 in opcodes:
        if kind == "equal":
            continue
        differ = True
        if i2 - i1 != j2 - j1:
            return False
        for i, j in zip(range(i1, i2), range(j1, j2), strict=True):
            if left[i].key == right[j].key:
                continue
            if i not in refs_left or j not in refs_right:
                return False
            if not numbers.predicts(refs_left[i], refs_right[j], a, b):
                return False
    return differ


def arabic(number: str) -> str:
    """Return a Chinese numeral in Arabic digits; anything else as it is."""
    if not number or any(char not in _DIGITS and char not in _PLACES for char in number):
        return number
    if not any(char in _PLACES for char in number):
        return "".join(str(_DIGITS[char]) for char in number)
    total = part = 0
    for char in number:
        if char in _DIGITS:
            part = _DIGITS[char]
        else:
            total += (part or 1) * _PLACES[char] if char != "万" else (total + part) * 9_999 + part
            part = 0
    return str(total + part)


def _references(pieces: Sequence[RedlineToken]) -> dict[int, Reference]:
    references: dict[int, Reference] = {}
    for place, piece in enumerate(pieces):
        if is_reference(piece.key):
            chinese = _CHINESE.fullmatch(piece.key)
            before = references.get(place - 1)
            references[place] = (
                _chinese(chinese, pieces, place, before, references) if chinese else _latin(piece.key, pieces, place)
            )
    return references


def _chinese(
    match: re.Match[str],
    pieces: Sequence[RedlineToken],
    place: int,
    before: Reference | None,
    references: dict[int, Reference],
) -> Reference:
    level = match[2]
    number = arabic(match[1]) + (f"-{arabic(match[3])}" if match[3] else "")
    if level not in _LEVELS:
        return Reference(((level, number),), absolute=True, internal=False, shape=level)
    if level != "条" and before is not None:
        return Reference((before.paths[0] + (number,),), before.absolute, before.internal, before.shape + level)
    internal = _means_this_law(pieces, place, references)
    return Reference(((number,),), absolute=level == "条", internal=internal, shape=level)


def _means_this_law(pieces: Sequence[RedlineToken], place: int, references: dict[int, Reference]) -> bool:
    if place >= 2 and pieces[place - 1].key in _JOINERS and place - 2 in references:
        return references[place - 2].internal
    before = "".join(piece.key for piece in pieces[max(0, place - 6) : place])
    return _OTHER_LAW_BEFORE.search(before) is None


def _latin(key: str, pieces: Sequence[RedlineToken], place: int) -> Reference:
    head, rest = _LATIN.fullmatch(key).groups()  # type: ignore[union-attr]  # every Latin reference has a head
    paths = tuple(
        (number.lower(), *re.findall(r"\w+", inner.lower()))
        for number, inner in _ONE.findall(rest)
        if number not in _WORDS
    )
    after = "".join(piece.core + piece.gap for piece in pieces[place + 1 : place + 25])
    internal = _ELSEWHERE.match(head) is None and _OTHER_LAW_AFTER.match(after) is None
    shape = head.lower().rstrip("s.") + _ONE.sub("#", rest)
    return Reference(paths, absolute=_TOP.match(head) is not None, internal=internal, shape=shape)


def _prefixes(node: OutlineNode) -> list[Path]:
    path = _path(node)
    return [path[:length] for length in range(len(path), 0, -1)]


def _path(node: OutlineNode) -> Path:
    if node.parent is None:
        return (node.number.lower() or node.eid,)
    return (*_path(node.parent), node.number.lower() or _place(node))


def _place(node: OutlineNode) -> str:
    assert node.parent is not None
    bare = [child for child in node.parent.children if not child.number and child.kind is node.kind]
    return str(bare.index(node) + 1) if node in bare else ""
