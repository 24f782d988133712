"""Whether the numbers of annexes, schedules and recitals form a gapless count from 1, as those of articles do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from storage.records import Provision, ProvisionKind, ReadingCheck
from tracker.reading.checks.evidence import Evidence
from tracker.reading.checks.left_out import says_left_out
from tracker.reading.checks.ordinals import Ordinal, ordinal, show
from tracker.reading.checks.units import attachments, words_of
from tracker.reading.formats.word_numbering import label_of

_NEAR = 400
_LEAST, _MOST = 2, 40
_OWN_WORD = re.compile(r"^[^\W\d_]{2,20}")


def attached_count(provisions: Sequence[Provision], evidence: Evidence) -> Iterator[ReadingCheck]:
    """Yield a check for recitals and each kind of attachment whose members have numbers: a number left out is told."""
    members = [*attachments(provisions), *(p for p in provisions if p.kind is ProvisionKind.RECITAL)]
    for kind in dict.fromkeys(one.kind for one in members):
        ordinals = _by_letters([one.number for one in members if one.kind is kind])
        pairs = [(one, n) for one in members if one.kind is kind and (n := ordinals.get(one.number))]
        if len(pairs) < max(_LEAST, sum(one.kind is kind for one in members)):
            continue
        gaps = _gaps(pairs, evidence)
        text = f"{kind.value} {show(gaps)} missing: nothing says that it is left out" if gaps else ""
        yield ReadingCheck("sequence", kind.value, len(pairs) + len(gaps), len(pairs), not gaps, text)


def _by_letters(numbers: Sequence[str]) -> dict[str, Ordinal | None]:
    """Return where each of *numbers* stands in the count: by its letter where all are letters, from A on."""
    if numbers[:1] in (["A"], ["a"]) and all(len(number) == 1 and number.isalpha() for number in numbers):
        return {number: (ord(number.lower()) - ord("a") + 1, "") for number in numbers}
    return {number: ordinal(number) for number in numbers}


def _gaps(pairs: Sequence[tuple[Provision, Ordinal]], evidence: Evidence) -> list[Ordinal]:
    gaps: list[Ordinal] = [(n, "") for n in range(1, pairs[0][1][0])]
    for (before, first), (one, after) in pairwise(pairs):
        if after[0] > first[0] + 1 and not _says_before(before, one, evidence):
            gaps += [(n, "") for n in range(first[0] + 1, after[0])]
    if len(gaps) > _MOST:
        return gaps  # no page names so many; each would be looked for in all of it
    return [gap for gap in gaps if not _is_named(pairs[0][0], gap[0], evidence)]


def _says_before(before: Provision, one: Provision, evidence: Evidence) -> bool:
    """Return whether what stands before *one*, in *before* or on the page, says that something is left out."""
    at = evidence.lines.rfind(f"\n{one.label}") if one.label else -1
    return says_left_out(words_of(before)[-_NEAR:]) or (
        at > 0 and says_left_out(evidence.lines[max(0, at - _NEAR) : at])
    )


def _is_named(one: Provision, number: int, evidence: Evidence) -> bool:
    """Return whether the page says somewhere of the attachment *number* that it is left out, deleted or repealed."""
    word = _OWN_WORD.match(one.label)
    if word is None:
        return False
    roman = label_of("upperRoman", number)
    statement = re.compile(rf"{re.escape(word[0])}\W{{1,3}}(?:{number}|{roman})\b[^\n]{{0,80}}", re.I)
    return any(says_left_out(f"[{match[0]}]") for match in statement.finditer(evidence.lines))
