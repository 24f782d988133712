"""All renumbering of a change set in one line."""

from __future__ import annotations

from collections.abc import Iterable

from storage.records import Change, ChangeKind
from tracker.wording.labels import ENGLISH, Labels
from tracker.wording.phrases import short_citation

_KEEPS_ITS_TEXT = {ChangeKind.RENUMBERED, ChangeKind.MODIFIED}
_MOST_RUNS = 8


def renumbering_summary(changes: Iterable[Change], words: Labels = ENGLISH) -> str:
    """Return "art. 15 to 25 are now art. 16 to 26; …", or nothing when every number stayed."""
    runs: list[list[tuple[str, str]]] = []
    for pair in dict.fromkeys(_pairs(changes)):
        if runs and _follows(runs[-1][-1], pair):
            runs[-1].append(pair)
        else:
            runs.append([pair])
    phrases = [_phrase(run, words) for run in runs[:_MOST_RUNS]]
    return words("renumbering.between").join([*phrases, *[words("renumbering.more")] * (len(runs) > _MOST_RUNS)])


def _pairs(changes: Iterable[Change]) -> Iterable[tuple[str, str]]:
    for change in changes:
        if change.kind not in _KEEPS_ITS_TEXT or not (change.old_unit and change.new_unit):
            continue
        if change.old_unit != change.new_unit:
            yield change.old_unit, change.new_unit
        elif change.kind is ChangeKind.RENUMBERED and change.old_eid and change.new_eid:
            yield change.old_eid, change.new_eid


def _follows(before: tuple[str, str], after: tuple[str, str]) -> bool:
    """Return whether both numbers go on by one under the same names."""
    return all(_next(old, new) for old, new in zip(before, after, strict=True))


def _next(old: str, new: str) -> bool:
    old_name, _, old_number = old.rpartition("_")
    new_name, _, new_number = new.rpartition("_")
    is_counted = old_number.isdecimal() and new_number.isdecimal()
    return is_counted and old_name == new_name and int(new_number) == int(old_number) + 1


def _phrase(run: list[tuple[str, str]], words: Labels) -> str:
    (old, new), (last_old, last_new) = run[0], run[-1]
    if len(run) == 1:
        return words("renumbering.one", old=_cite(old, words), new=_cite(new, words))
    lasts = {"last_old": _last_number(last_old), "last_new": _last_number(last_new)}
    lasts |= {"last_old_whole": _cite(last_old, words), "last_new_whole": _cite(last_new, words)}
    return words("renumbering.run", old=_cite(old, words), new=_cite(new, words), **lasts)


def _cite(eid: str, words: Labels) -> str:
    return words("fact.listed").join(short_citation(step, words) for step in eid.split("__"))


def _last_number(eid: str) -> str:
    return eid.rpartition("_")[2]
