"""Chinese legal dates: adoption, order, publication, commencement and the deadline for comments."""

from __future__ import annotations

import re
from datetime import date, timedelta

from storage.records import Milestone, MilestoneKind, Provision
from tracker.reading.structure.draft import Extract, ReadingContext
from tracker.reading.structure.numbers import chinese_to_int

M = MilestoneKind
_D = r"[0-9０-９〇○零一二三四五六七八九十]"
DATE = rf"({_D}{{2,4}})[ \u3000]*年[ \u3000]*({_D}{{1,3}})[ \u3000]*月[ \u3000]*({_D}{{1,3}})[ \u3000]*日"
_DATE = re.compile(DATE)
_ALONE = re.compile(rf"^{DATE}$")
_ADOPTED = re.compile(rf"{DATE}[^。；，]{{0,60}}?(?:审议)?通过")
_ISSUE = re.compile(rf"{DATE}[^。；]{{0,40}}?(?:公布|发布|颁布|印发)(?!之日)")
_STATED_START = re.compile(rf"自[ \u3000]*{DATE}[ \u3000]*起[ \u3000]*(?:施行|实施|执行|生效)")
_FROM_PUBLICATION = re.compile(r"自(?:公布|发布|印发|颁布|签发)之日起(?:施行|实施|执行|生效)")
_DAYS_AFTER = re.compile(rf"自?(?:公布|发布|印发)之日起({_D}{{1,4}})日(?:后|内)?(?:起)?(?:施行|实施|执行|生效)")
_BLANK = re.compile(r"自[ \u3000]*[0-9×X]{0,4}[ \u3000]*年?[ \u3000×X]*月?[ \u3000×X]*日?[ \u3000]*起(?:施行|实施)")
_DEADLINE = re.compile(
    rf"(?:截止(?:时间|日期|日)(?:为|是|：|:)?|(?:请)?[于在])[ \u3000]*{DATE}(?:[ \u3000]*(?:前|之前))?"
)
_HEADER = re.compile(rf"^{DATE}[ \u3000]*(?:起)?(?:施行|实施)$")


def to_date(match: re.Match[str], first: int = 1) -> date | None:
    """Return the date of three groups of *match* beginning at *first*, or None when there is no such day."""
    parts = [_value(match[first + i]) for i in range(3)]
    try:
        return date(*parts) if all(parts) else None  # type: ignore[arg-type]
    except (ValueError, TypeError):
        return None


def milestones(extract: Extract, provisions: tuple[Provision, ...], hints: ReadingContext) -> list[Milestone]:
    """Return the dates the page states or lets one compute, each with its words.

    Source of the rules: 规章制定程序条例 and usage; "自公布之日起" counts from the publication stated in the order.
    """
    front = [note.text for note in extract.front]
    earlier = [
        *_first(M.ADOPTED, _ADOPTED, front),
        *_issue_dates(front, extract.issued_on),
        *_publication_dates(extract, hints),
        *_comments(extract),
    ]
    earlier.extend(_commencement(provisions, front, earlier))
    return earlier


def _value(text: str) -> int | None:
    digits = text.translate(str.maketrans("０１２３４５６７８９", "0123456789"))
    return int(digits) if digits.isdigit() and digits.isascii() else chinese_to_int(text)


def _first(kind: MilestoneKind, pattern: re.Pattern[str], texts: list[str]) -> list[Milestone]:
    for text in texts:
        match = pattern.search(text)
        if match:
            return [Milestone(kind, to_date(match), match[0])]
    return []


def _issue_dates(front: list[str], match: date | None) -> list[Milestone]:
    """Return the date of the order: a line of its own in the signature block, else "…年…月…日…公布"."""
    alone = [m for text in front if (m := _ALONE.match(text.strip()))]
    if alone:
        return [Milestone(M.ISSUED, to_date(alone[0]), alone[0][0])]
    in_words = _first(M.ISSUED, _ISSUE, front)
    return in_words or ([Milestone(M.ISSUED, match, "成文日期, in the page's own table")] if match else [])


def _publication_dates(extract: Extract, hints: ReadingContext) -> list[Milestone]:
    if extract.published_on:
        return [Milestone(M.PUBLISHED, extract.published_on, "the page's own publication date")]
    if hints.published_on:
        return [Milestone(M.PUBLISHED, hints.published_on, "the date on the publisher's list")]
    return []


def _comments(extract: Extract) -> list[Milestone]:
    texts = [note.text for note in (*extract.notes, *extract.front)]
    if not any("意见" in text for text in texts):
        return []
    for text in texts:
        match = _DEADLINE.search(text)
        if match and ("意见" in text or "反馈" in text or "截止" in match[0]):
            return [Milestone(M.COMMENTS_DUE, to_date(match), match[0])]
    return []


def _commencement(provisions: tuple[Provision, ...], front: list[str], earlier: list[Milestone]) -> list[Milestone]:
    units = [p for root in provisions for p in root.walk() if p.kind.value == "article" and not p.eid.startswith("anx")]
    last = units[-4:] or [root for root in provisions if root.kind.value == "paragraph"][-3:]
    places = [(part.text, part.eid) for article in reversed(last) for part in article.walk() if part.text]
    own: list[tuple[str, str | None]] = [*places, *((text, None) for text in front)]
    for text, eid in own:
        milestone = _one_commencement(text, eid, earlier)
        if milestone:
            return [milestone]
    return []


def _one_commencement(text: str, eid: str | None, earlier: list[Milestone]) -> Milestone | None:
    match = _STATED_START.search(text) or (_HEADER.match(text) if eid is None else None)
    if match:
        return Milestone(M.IN_FORCE, to_date(match), match[0], eid)
    later = _DAYS_AFTER.search(text)
    if later:
        days = _value(later[1])
        return _compute(earlier, days, later[0], eid) if days else None
    now = _FROM_PUBLICATION.search(text)
    if now:
        return _compute(earlier, 0, now[0], eid)
    blank = _BLANK.search(text)
    return Milestone(M.IN_FORCE, None, blank[0], eid) if blank else None


def _compute(earlier: list[Milestone], days: int, basis: str, eid: str | None) -> Milestone:
    """Count from the order's date, or the publication's when there is no order on the page."""
    for kind in (M.ISSUED, M.PUBLISHED):
        base = next((m.on for m in earlier if m.kind is kind and m.on), None)
        if base:
            formula = f"{kind.value} + P{days}D"
            return Milestone(M.IN_FORCE, base + timedelta(days), basis, eid, formula)
    return Milestone(M.IN_FORCE, None, basis, eid, f"issued + P{days}D")
