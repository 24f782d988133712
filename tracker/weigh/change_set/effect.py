"""From when a change set counts: what the new version says of itself that the old one did not, or not stated."""

from __future__ import annotations

import re
from datetime import date

from storage.records import Effect, MilestoneKind, Reading
from tracker.weigh.quantities.value import Sort
from tracker.weigh.quantities.values import values
from tracker.weigh.words import vocabulary

_STARTS = (MilestoneKind.IN_FORCE, MilestoneKind.APPLIES)
_ZH_FROM = re.compile(r"(?:修改|修正|修订|决定)[^。；\n]{0,60}自(?P<day>\d{4}年\d{1,2}月\d{1,2}日)起(?:施行|实施|生效)")


def effect(old: Reading, new: Reading) -> Effect:
    """Return the day from which the new words count, when the new version states one."""
    for note in (*new.front, *new.notes):
        statement = _ZH_FROM.search(note.text)
        if statement and statement[0] not in "\n".join(n.text for n in (*old.front, *old.notes)):
            days = [v.normal for v in values(statement["day"], vocabulary("zh")) if v.sort is Sort.DATE]
            if days:
                return Effect(date.fromisoformat(days[0]), statement[0])
    before = [m for m in old.dates if m.kind in _STARTS]
    familiar = {m.on for m in before} | {" ".join(m.basis.split()) for m in before if m.on is None}
    fresh = [
        m
        for m in new.dates
        if m.kind in _STARTS
        and m.on
        and m.superseded_by is None
        and not {m.on, " ".join(m.basis.split())} & familiar  # the same words give it: only its publication is printed
    ]
    general = [m for m in fresh if m.kind is MilestoneKind.IN_FORCE]
    if len(general) == 1:
        return Effect(general[0].on, general[0].basis)
    return Effect()
