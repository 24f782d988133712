"""The lead paragraph of an encyclopaedia page: what an instrument is, whose, since when, how long, about what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from storage.records import Milestone, MilestoneKind, Reading, Status
from tracker.render.display_names import jurisdiction_name, topic_name, type_name
from tracker.wording.labels import ENGLISH, Labels
from tracker.wording.phrases import day

M = MilestoneKind
_DAYS_OF_ISSUE = (M.ISSUED, M.ADOPTED, M.PUBLISHED)  # the day that stands beside the authority: the first that is known
_OUTER = ("book", "part", "title", "chapter", "subpart")
_INNER = ("article", "rule", "regulation", "section")
_BESIDE = ("recital", "annex", "schedule", "appendix")
_VOWELS = tuple("aeiouAEIOU")
_NO_SPACES = ("zh", "ja")
_MOST_NAMES = 5


@dataclass(frozen=True, slots=True)
class WatchSpan:
    """Since when an instrument has been read, in how many versions, and when the newest was first seen."""

    since: date
    versions: int
    changed_on: date


def lead_paragraph(
    title: str,
    reading: Reading,
    days: Sequence[Milestone],
    status: Status,
    today: date,
    span: WatchSpan,
    words: Labels = ENGLISH,
) -> list[str]:
    """Return the sentences of the paragraph; what is not known is left out."""
    sentences = [
        _what(title, reading, days, words),
        _state(days, status, today, words),
        *_application(days, status, words),
        _size(reading, words),
        _topics(reading, words),
        _read(span, words),
    ]
    return [sentence for sentence in sentences if sentence]


def size_in_words(counts: dict[str, int], words: Labels = ENGLISH) -> str:
    """Return "25 articles in 5 chapters, 2 annexes" for the counts of a reading."""
    inner = _counts(counts, _INNER, words)
    outer = _counts(counts, _OUTER, words)
    beside = _counts(counts, _BESIDE, words)
    main = words("article.in", inner=inner, outer=outer) if inner and outer else inner or outer
    return words("article.listed").join(filter(None, (main, beside)))


def _counts(counts: dict[str, int], kinds: Iterable[str], words: Labels) -> str:
    numbers = [words(f"size.{kind}", n=counts[kind]) for kind in kinds if counts.get(kind)]
    return _listing(numbers[:2], words)


def _what(title: str, reading: Reading, days: Sequence[Milestone], words: Labels) -> str:
    own = words.language != ENGLISH.language
    names = [
        (authority.native if own and reading.language.startswith(words.language) else authority.name) or authority.id
        for authority in reading.authorities[:_MOST_NAMES]
    ]
    by = words("article.by", names=_listing(names, words)) if names else ""
    day_of_issue = next(
        (m for kind in _DAYS_OF_ISSUE for m in days if m.kind is kind and m.on and not m.superseded_by), None
    )
    if day_of_issue is not None:
        issue = words(f"article.issued_{day_of_issue.kind.value}", by=by, on=day(day_of_issue.on, words))
    else:
        issue = words("article.issued_open", by=by) if by else ""
    if not by:
        issue = words("article.of", place=jurisdiction_name(reading.jurisdiction, words.language)) + issue
    number = words("article.number", number=reading.number) if reading.number else ""
    return words("article.what", title=title, kind=_kind(reading, words), issued=issue, number=number)


def _kind(reading: Reading, words: Labels) -> str:
    kind = type_name(reading.type, words.language) or words("article.kind_unknown")
    if reading.draft:
        return words("article.kind_draft", type=kind.removeprefix("draft ").removesuffix("草案"))
    article = "" if words.language != ENGLISH.language else "an" if kind.startswith(_VOWELS) else "a"
    return words("article.kind", article=article, type=kind)


def _state(days: Sequence[Milestone], status: Status, today: date, words: Labels) -> str:
    if status is Status.UNKNOWN:
        return ""
    kinds = {Status.REPEALED: M.REPEALED, Status.DRAFT: M.COMMENTS_DUE}
    kind = kinds.get(status, M.IN_FORCE)
    dates = [m.on for m in days if m.kind is kind and m.on and not m.superseded_by]
    if not dates:
        return words(f"article.{status.value}_open")
    on = max(dates) if status is Status.DRAFT else min(dates)
    past = "_past" if status is Status.DRAFT and on < today else ""
    return words(f"article.{status.value}{past}", on=day(on, words))


def _application(days: Sequence[Milestone], status: Status, words: Labels) -> list[str]:
    """Return from when it applies, where that is another day than the one it came into force on."""
    if status is Status.REPEALED:
        return []
    began = {m.on for m in days if m.kind is M.IN_FORCE}
    dates = sorted({m.on for m in days if m.kind is M.APPLIES and m.on and not m.superseded_by} - began)
    return [words("article.applies", on=_listing([day(on, words) for on in dates[:4]], words))] if dates else []


def _size(reading: Reading, words: Labels) -> str:
    counts = size_in_words(reading.counts, words)
    if not counts:
        return ""
    texts = [f"{provision.heading} {provision.text}" for provision in reading.walk()]
    if reading.language.startswith(_NO_SPACES):
        length = words("article.length_characters", n=_round(sum(len(text.strip()) for text in texts)))
    else:
        length = words("article.length_words", n=_round(sum(len(text.split()) for text in texts)))
    return words("article.size", counts=counts, length=length)


def _round(number: int) -> str:
    return f"{round(number, -2) or number:,}" if number >= 1000 else f"{round(number, -1) or number}"


def _topics(reading: Reading, words: Labels) -> str:
    names = [topic_name(topic, words.language) for topic in reading.topics[:_MOST_NAMES]]
    return words("article.topics", names=_listing(names, words)) if names else ""


def _read(span: WatchSpan, words: Labels) -> str:
    label = "article.changed" if span.versions > 1 else "article.watched"
    since, last = day(span.since, words), day(span.changed_on, words)
    return words(label, on=since, n=span.versions, last=last)


def _listing(names: Sequence[str], words: Labels) -> str:
    parts = [words("article.listed").join(names[:-1]), names[-1]] if len(names) > 1 else list(names)
    return words("article.and").join(parts)
