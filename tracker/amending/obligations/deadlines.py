"""By when something is due: a duration ("within 10 days of the notice") or a calendar day ("by 1 January 2028")."""

from __future__ import annotations

from tracker.amending.obligations.norm_words import Words
from tracker.weigh.quantities.value import Sort
from tracker.weigh.quantities.values import values
from tracker.weigh.words import vocabulary

_EDGES = " ,;:.，；：。、\n\t"


def take_deadline(action: str, before: str, words: Words) -> tuple[str, str | None]:
    """Return the action without its time limit, and the limit as a duration."""
    for text in (action, before):
        if words.limits.search(text) is None:  # reading every value of a text is most of the work
            continue
        for value in values(text, vocabulary(words.language)):
            if value.sort is not Sort.DURATION or words.no_limits.search(text[: value.start]):
                continue
            limit = _limit_at(text, value.start, value.end, words)
            if limit is None:
                continue
            start, end = limit
            rest = (
                action
                if text is before
                else f"{text[:start]} {text[end:]}"
                if not words.wide
                else text[:start] + text[end:]
            )
            return rest.strip(_EDGES), value.normal
    return _day_limit(action, before, words)


def _day_limit(action: str, before: str, words: Words) -> tuple[str, str | None]:
    """Return the action without the calendar day by which it is due, and that day: "by 1 January 2028"."""
    for text in (action, before):
        if words.days.search(text) is None:
            continue
        for value in values(text, vocabulary(words.language)):
            limits = [
                hit for hit in words.days.finditer(text[: value.start]) if not text[hit.end() : value.start].strip()
            ]
            if value.sort is Sort.DATE and limits:
                rest = action if text is before else f"{text[: limits[-1].start()]} {text[value.end :]}"
                return " ".join(rest.split()).strip(_EDGES), value.normal
    return action, None


def _limit_at(text: str, start: int, end: int, words: Words) -> tuple[int, int] | None:
    """Return the place of a time limit around a duration: "within 10 days of the notice", 自…之日起十日内."""
    if words.wide:
        limit = words.limits.match(text[end:])
        if text[:start].endswith("前"):
            return None  # 投入使用前三十日内 counts back from another day
        begin = max((text.rfind(mark, 0, start) for mark in ("在", "自", "于")), default=-1)
        return (begin if begin >= 0 else start, end + limit.end()) if limit is not None else None
    before = [hit for hit in words.limits.finditer(text[:start]) if start - hit.end() <= len(" a period of ")]
    if not before:
        return None
    stop = text.find(",", end)
    begin = before[-1].start()
    return begin, stop + 1 if stop >= 0 else (len(text) if begin else end)
