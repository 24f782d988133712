"""What concerns a change set as a whole, in the reader's words: amending act, from when it counts, dates that moved."""

from __future__ import annotations

from collections.abc import Iterator

from storage.records import Comparison, DateChange
from tracker.wording.labels import ENGLISH, Labels
from tracker.wording.phrases import day
from tracker.wording.text_fit import one_line

_LONGEST = 300
_MOST = 8  # rows of dates


def set_facts(comparison: Comparison, words: Labels = ENGLISH) -> Iterator[tuple[str, str]]:
    """Yield a name and a value for each fact of a change set: its act, its effect, and each date that moved."""
    yield from act_and_effect(comparison, words)
    for row in comparison.dates[:_MOST]:
        yield _name(row, words), _move(row, words)


def act_and_effect(comparison: Comparison, words: Labels = ENGLISH) -> Iterator[tuple[str, str]]:
    """Yield who amended the law and from when that counts; that no day is stated is a fact, too."""
    act = comparison.amended_by
    if act is not None:
        title, on = one_line(act.title or act.number, _LONGEST), day(act.on, words) if act.on else ""
        is_said = on in "".join(title.split()) or on in title
        title = words("fact.act_title", title=title) if act.title else title
        title_and_day = title if is_said else f"{title}{words('fact.between')}{on}"
        name = words("fact.corrected_by" if act.is_corrigendum else "fact.amended_by")
        yield name, words("fact.others", act.others, said=title_and_day) if act.others else title_and_day
    yield words("fact.effect"), day(comparison.effect.on, words) if comparison.effect.on else words("fact.not_stated")


def _name(row: DateChange, words: Labels) -> str:
    kind = words(f"date.{row.kind}")
    return words("fact.date_of", kind=kind, scope=one_line(row.scope, _LONGEST)) if row.scope else kind


def _move(row: DateChange, words: Labels) -> str:
    return words(f"move.{row.move}", old=day(row.old, words), new=day(row.new, words))
