"""Turn the numbers behind a level into steps: "Articles 3 to 5", "Article 11(1)(d) and (e)", "3(b) and 4(c)"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tracker.amending.operations import Level, Target, TargetStep

_INNER = re.compile(r"\(([0-9a-zA-Z]{1,4})\)")


def number_steps(
    level: Level, kind: str, pieces: Sequence[tuple[re.Match[str], bool]], *, is_loose: bool
) -> list[Target]:
    """Return the places that the numbers of one level name; a piece that ends a range comes with True."""
    pairs: list[tuple[str, str]] = []
    inner: list[list[str]] = []
    for piece, ends_range in pieces:
        if ends_range:
            pairs[-1] = (pairs[-1][0], piece[1])
            continue
        pairs.append((piece[1], piece[1]))
        inner.append(_INNER.findall(piece[2]))
    below = Level.ANY if level is Level.SUBPARAGRAPH else level
    return _places(below, kind, pairs, inner, is_loose=is_loose)


def _places(
    level: Level, kind: str, pairs: list[tuple[str, str]], inner: list[list[str]], *, is_loose: bool
) -> list[Target]:
    if len(pairs) > 1 and inner[0] and not any(inner[1:]) and all(pair[0].startswith("(") for pair in pairs[1:]):
        *outer, last = _inner_steps(level, inner[0], is_loose=is_loose)  # "Article 11(1)(d) and (e)"
        further = ((first.strip("()"), end.strip("()")) for first, end in pairs[1:])
        more = replace(last, numbers=(*last.numbers, *further))
        return [(TargetStep(level, (pairs[0],), word=kind), *outer, more)]
    if not any(inner):
        return [(TargetStep(level, tuple(pairs), word=kind),)]
    if len({pair[0] for pair in pairs}) == 1 and len(pairs) > 1 and all(len(parts) == 1 for parts in inner):
        numbers = tuple((parts[0], parts[0]) for parts in inner)
        return [(TargetStep(level, (pairs[0],), word=kind), TargetStep(Level.ANY, numbers))]
    return [
        (TargetStep(level, (pair,), word=kind), *_inner_steps(level, parts, is_loose=is_loose))
        for pair, parts in zip(pairs, inner, strict=True)
    ]


def _inner_steps(level: Level, parts: Sequence[str], *, is_loose: bool) -> list[TargetStep]:
    has_names = level is Level.UNIT and not is_loose  # where one word does for several levels, none is named
    below = [Level.PARAGRAPH, Level.POINT, Level.POINT] if has_names else [Level.ANY] * 4
    return [TargetStep(step, ((number, number),)) for step, number in zip(below, parts, strict=False)]
