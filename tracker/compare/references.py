"""References in a text: which paths they name, in which group, and whether they mean this law."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

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
    r"(?:(?:the|that|said|de|het|la|das) )?(?:[\w-]+ ){0,6}"
    r"(?:Regulations?|Directives?|Decision|Treaty|Charter|TFEU|TEU|Act|Code|Law|Constitution|verordening|richtlijn|"
    r"Verordnung|Richtlinie|règlement|directive|U\.S\.C|Convention|rules|act|code|law|regulations?|treaty)\b"
)
_WORDS = {"and", "or", "to", "en", "of", "tot", "und", "oder", "bis", "et", "ou"}
_RANGES = {"to", "through", "tot", "bis", "至", "到"}
_JOINS = {"、", ",", "和", "或", "或者", "至", "以及", "到", "及", "与", "through", *_WORDS}
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000, "万": 10000}


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference in a text: the paths it names (absolute or inside this unit) and whether it means this law."""

    paths: tuple[Path, ...]
    absolute: bool
    internal: bool
    shape: str


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


def references(pieces: Sequence[RedlineToken]) -> dict[int, Reference]:
    """Return each reference of a text by the place of its token."""
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


@dataclass(frozen=True, slots=True)
class ReferenceGroup:
    """References joined to one: 第三条、第四条和第五条, Articles 5 to 9; from token ``first`` to ``last``."""

    first: int
    last: int
    members: tuple[Reference, ...]
    joiners: frozenset[str]
    is_range: bool

    @property
    def internal(self) -> bool:
        """Return whether every reference means this law."""
        return all(member.internal for member in self.members)

    @property
    def paths(self) -> tuple[tuple[Path, bool], ...]:
        """Return each path named, and whether it is absolute; one that goes on from the one before is completed."""
        items: list[tuple[Path, bool]] = []
        for member in self.members:
            for path in member.paths:
                if not member.absolute and items and len(items[-1][0]) > len(path) and _LEVELS.find(member.shape) > 0:
                    items.append((items[-1][0][: -len(path)] + path, items[-1][1]))
                else:
                    items.append((path, member.absolute))
        return tuple(items)


def groups(pieces: Sequence[RedlineToken]) -> list[ReferenceGroup]:
    """Return the references of a text, those joined by and, or, to, 、 and 和 as one group."""
    items = references(pieces)
    result: list[ReferenceGroup] = []
    for place in sorted(items):
        before = result[-1] if result else None
        if before is not None and before.last == place - 1 and _CHINESE.fullmatch(pieces[place].key):
            result[-1] = _join(before, place, items[place], "", is_chain=not items[place].shape.startswith("条"))
        elif before is not None and before.last == place - 2 and pieces[place - 1].key in _JOINS:
            result[-1] = _join(before, place, items[place], pieces[place - 1].key)
        else:
            inner = set(
                re.findall(r"[^\W\d]+", " ".join(pieces[place].key.split()[1:])) if " " in pieces[place].key else ()
            )
            joiners = frozenset(inner & _WORDS)
            result.append(ReferenceGroup(place, place, (items[place],), joiners, bool(joiners & _RANGES)))
    return result


def _join(group: ReferenceGroup, place: int, more: Reference, by: str, *, is_chain: bool = False) -> ReferenceGroup:
    members = (*group.members[:-1], more) if is_chain else (*group.members, more)
    joiners = group.joiners | ({by} if by and by not in ("、", ",") else set())
    return ReferenceGroup(group.first, place, members, frozenset(joiners), group.is_range or by in _RANGES)
