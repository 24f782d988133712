"""What an Indian instrument says about itself: title, number, type, authorities, dates, definitions, relations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from storage.records import Authority, Milestone, MilestoneKind, Provision, ProvisionKind
from tracker.reading.authorities import by_ids, named_in
from tracker.reading.india.commencement import CommencementFacts, commencement, units_of
from tracker.reading.india.dates import after, find_date, find_period
from tracker.reading.india.definitions import definitions
from tracker.reading.india.footnote_dates import footnote_dates
from tracker.reading.india.relations import relations
from tracker.reading.india.text import fold_dashes
from tracker.reading.structure.draft import Extract, ReadingContext
from tracker.reading.tradition import Facts

M, K = MilestoneKind, ProvisionKind
_SHORT_TITLE = re.compile(
    r"(?P<subject>\bth(?:is|ese)\s+[A-Za-z][\w -]{1,40}\s+)?\b(?:may|shall|will)\s+be\s+(?:called|cited|known)\s+"
    r"(?:as\s+)?(?:the\s+)?(?P<title>[A-Z“‘(].{3,260}?(?:,\s*\d{4}\b|(?=,?\s+and\s+shall\b|\s*[.;]\s|\s*[.;]?$)))",
    re.S | re.I,
)
_CAPITALS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ“‘(")
_FIRST = 9  # provisions in which what "may be called" something may be the instrument itself
_NUMBERS = (
    (re.compile(r"^\s*G\.?\s?S\.?\s?R\.?\s*(\d{1,5})\s*\(E\)", re.M | re.I), "G.S.R. {}(E)"),
    (re.compile(r"^\s*S\.?\s?O\.?\s*(\d{1,5})\s*\(E\)", re.M | re.I), "S.O. {}(E)"),
    (re.compile(r"\b(RBI/\d{4}-\d{2,4}/\d{1,4})\b"), "{}"),
    (re.compile(r"\b(SEBI/HO/[\w/().&-]{5,60})"), "{}"),
    (re.compile(r"^\s*\(?(?:ACT\s+)?NO\.\s*(\d{1,3}\s+OF\s+\d{4})", re.M | re.I), "Act No. {}"),
    (re.compile(r"^\s*(F\.\s*No\.\s*[\w/().&-]{3,60})", re.M), "{}"),
)
_BY_KIND = {K.RULE: "rules", K.SECTION: "act", K.REGULATION: "regulations"}
_BY_WORD = (
    ("corrigendum", re.compile(r"\bCORRIGEND(?:A|UM)\b", re.I)),
    ("directions", re.compile(r"\bDirections?\b(?:,|\s|$)")),
    ("guidelines", re.compile(r"\bguidelines\b|\badvisory\b|\bframework\b", re.I)),
    ("circular", re.compile(r"\bcircular\b", re.I)),
    ("press release", re.compile(r"\bpress release\b", re.I)),
    ("order", re.compile(r"^ORDER$", re.M)),
    ("notification", re.compile(r"\bNOTIFICATION\b|\b(?:G\.S\.R\.|S\.O\.)", re.I)),
)
_DRAFT = re.compile(
    r"\bdraft\s+(?:of\s+)?(?:\w+\s+){0,4}(?:rules|regulations|order|bill|amendments?|notification|guidelines)\b|^DRAFT\b",
    re.I | re.M,
)
_MAKES = re.compile(r"\bhereby\s+(?:makes?|notif|amends?|directs?)|\bnow,?\s+therefore\b", re.I)
_NOT_TITLE = re.compile(
    r"^(?:arrangement|contents|chapter|part\b|language:|sections?:|editorial|sources?:|html:|pdf:|ministry|department"
    r"|government|notification|press|posted|new delhi|\(.*\)|\d+|corrigend\w+)\b",
    re.I,
)
_NAME = re.compile(
    r"\b(?:Act|Rules|Regulations?|Ordinance|Order|Code|Bill|Scheme|Sanhita|Adhiniyam|Directions)\b,?(?:\s*\([^()]{1,40}\))?"
    r",?\s+\d{4}|^The\s+Constitution\b",
    re.I,
)
_LONG_TITLE = re.compile(r"\bAn\s+Act\s+(?:further\s+)?to\b[^.]{10,300}", re.I)
_SUBJECT = re.compile(r"^\s*Sub(?:ject)?\s*[:.–—-]+\s*(?P<subject>\S.{8,300})$", re.M | re.I)
_PREFIXES = (("RBI/", "in_rbi"), ("SEBI/", "in_sebi"))
_OPENING = 20_000
_WITHOUT_TITLE = frozenset({"corrigendum", "notification", "order"})
_MASTHEAD = re.compile(r"\b(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY,\s+[A-Z]+\s+\d{1,2},\s+\d{4}", re.I)
_PLACE_DATE = re.compile(
    r"^(?!\[)(?:New\s+Delhi|Mumbai|Pune|Hyderabad|Kolkata|Chennai|Bengaluru|Delhi)?,?\s*(?:the\s+|dated?\s+)?[^\n]{0,6}"
    r"(?=\d{1,2}\s?(?:st|nd|rd|th)?\s+\w+,?\s+\d{4}|[A-Z][a-z]{2,8}\.?\s+\d{1,2},\s+\d{4})[^\n]{6,60}$",
    re.M,
)
_POSTED_ON = re.compile(r"Posted\s+On\s*:?\s*.{0,40}", re.I | re.S)
_ASSENT = re.compile(
    r"\[\s*(?:the\s+)?\d{1,2}\s?(?:st|nd|rd|th)\s+\w+,?\s*\d{4}\s*\.?\s*\]|assent\s+of\s+the\s+President\s+on\s+.{5,60}",
    re.I,
)
_COMMENTS = re.compile(r"[^.;]{0,400}\b(?:objections?|suggestions?|comments?|feedback)\b[^.;]{0,400}", re.I)
_CONSIDERED_AFTER = re.compile(r"[^.;]{0,300}\btaken\s+into\s+consideration\s+(?:on\s+or\s+)?after\b[^.;]{0,200}", re.I)


def facts(extract: Extract, provisions: tuple[Provision, ...], hints: ReadingContext) -> Facts:
    """Return what the text says about itself, each fact with the words it rests on; empty means unknown."""
    front = "\n".join(note.text for note in extract.front if note.name != "conclusions")
    opening = f"{front}\n{provisions[0].text if provisions else ''}"[:_OPENING]
    kind = "press release" if _is_release(extract) else _type(front, opening, provisions, hints)
    title = _title(front, opening, provisions, hints, kind)
    dates = _dates(extract, front, opening, provisions, hints)
    return Facts(
        title=title,
        number=_number(opening),
        type=kind,
        draft=kind.startswith("draft"),
        language=extract.language,
        authorities=tuple(_authorities(front, opening, title, extract, hints)),
        dates=tuple(dates),
        definitions=tuple(definitions(provisions)),
        relations=tuple(relations(front, provisions, title=title, kind=kind)),
    )


def _type(front: str, opening: str, provisions: tuple[Provision, ...], hints: ReadingContext) -> str:
    word = next((name for name, words in _BY_WORD if words.search(f"{front}\n{hints.title}")), "")
    if word == "corrigendum":
        return word
    kinds = [unit.kind for root in provisions for unit in root.walk() if unit.kind in _BY_KIND]
    kind = _BY_KIND[kinds[0]] if kinds else word or ("notification" if _number(opening) else "")
    return f"draft {kind or 'notification'}" if _is_draft(opening, hints) else kind


def _is_release(extract: Extract) -> bool:
    return any(note.name == "release" for note in extract.notes)


def _is_draft(opening: str, hints: ReadingContext) -> bool:
    """Say whether the instrument is a draft; a final one only tells in its preamble that there was a draft."""
    head = f"{hints.title}\n{opening[:6000]}"
    return _DRAFT.search(head) is not None and _MAKES.search(head) is None


def _title(front: str, opening: str, provisions: tuple[Provision, ...], hints: ReadingContext, kind: str) -> str:
    if short := _short_title(provisions):
        return short
    if hints.title:
        return hints.title
    subject = _SUBJECT.search(front)
    if subject:
        return " ".join(subject["subject"].split())
    if kind in _WITHOUT_TITLE:
        return f"{kind.capitalize()} {_number(opening)}".strip()
    lines = [line.strip() for line in front.splitlines()]
    names = [line for line in lines if len(line) > 15 and not _NOT_TITLE.match(line)]
    named = next((line for line in _whole_titles(names) if _NAME.search(line) and not _LONG_TITLE.match(line)), "")
    return named or _long_title(front) or next(iter(names), "")


def _whole_titles(names: Sequence[str]) -> Iterator[str]:
    """Yield *names*, a title in capitals whole though it takes two lines: THE LAMPS (KEEPING AND / LIGHTING) ACT."""
    for before, name in zip(["", *names], names, strict=False):
        is_open = before.isupper() and before.startswith("THE ") and not _NAME.search(before)
        yield f"{before} {name}" if is_open and name.isupper() and not name.startswith("THE ") else name


def _short_title(provisions: tuple[Provision, ...]) -> str:
    """Return what the instrument says that it may be called; what others are called ("the Commission") is no title."""
    for place, provision in enumerate(p for root in provisions for p in root.walk()):
        for match in _SHORT_TITLE.finditer(provision.text):
            before = provision.text[: match.start()]
            is_own = match["subject"] is not None or (place < _FIRST and _NAME.search(match["title"]))
            is_quoted = before.count("“") > before.count("”") or provision.text.startswith("“")
            if is_own and not is_quoted and match["title"][:1] in _CAPITALS:
                return " ".join(match["title"].split()).strip(" “”‘’.;")
    return ""


def _long_title(front: str) -> str:
    """Return the long title — An Act further to amend … — of an Act whose page prints no other."""
    match = _LONG_TITLE.search(" ".join(front.split()))
    return match[0].rstrip(" .") if match else ""


def _number(opening: str) -> str:
    for pattern, shape in _NUMBERS:
        match = pattern.search(fold_dashes(opening))
        if match:
            return shape.format(" ".join(match[1].split()).replace(" OF ", " of "))
    return ""


def _authorities(front: str, opening: str, title: str, extract: Extract, hints: ReadingContext) -> list[Authority]:
    """Return who issues: who is named in the masthead, is declared, or has given the number or its name."""
    preface = "\n".join(note.text for note in extract.front if note.name == "preface")
    issuers = named_in(preface, "india") or by_ids(hints.authorities, "india") or named_in(front, "india")[:1]
    if issuers:
        return issuers
    number = _number(opening)
    series = [authority for prefix, authority in _PREFIXES if number.startswith(prefix)]
    return by_ids(series, "india") or named_in(title, "india")[:1]


def _dates(
    extract: Extract, front: str, opening: str, provisions: tuple[Provision, ...], hints: ReadingContext
) -> list[Milestone]:
    publication = _publication(extract, hints)
    issue = _stated_date(_PLACE_DATE, front, M.ISSUED)
    adopted = _stated_date(_ASSENT, opening, M.ADOPTED)
    stated_dates = CommencementFacts(_on(publication), _on(issue), _on(adopted))
    results = [m for m in (adopted, issue, publication) if m is not None]
    starts = commencement(provisions, stated_dates)
    starts = _with_footnotes(starts, footnote_dates(extract.footnotes, units_of(provisions)))
    if not starts and adopted is not None:
        basis = "silent as to commencement: the day of assent (General Clauses Act 1897, section 5)"
        starts = [Milestone(M.IN_FORCE, adopted.on, basis, None, "adopted")]
    if _is_draft(opening, hints) or hints.kind != "law":
        results += _comments(opening, stated_dates)
    return [*results, *starts]


def _with_footnotes(starts: list[Milestone], told_dates: list[Milestone]) -> list[Milestone]:
    """Return when it begins: a footnote's date stands before the clause that leaves it to a notification."""
    names = {m.eid for m in told_dates if m.kind is M.APPLIES}
    statement = [m for m in (*starts, *told_dates) if m.kind is M.IN_FORCE and m.on is not None]
    open_ = [m for m in starts if m.kind is M.IN_FORCE]
    whole = (statement or open_)[:1]
    return [
        *whole,
        *(m for m in starts if m.kind is M.APPLIES and m.eid not in names),
        *(m for m in told_dates if m.kind is M.APPLIES),
    ]


def _publication(extract: Extract, hints: ReadingContext) -> Milestone | None:
    for note in (*extract.furniture, *extract.front, *extract.notes):
        for pattern in (_MASTHEAD, _POSTED_ON):
            match = pattern.search(note.text)
            on = find_date(match[0]) if match else None
            if match and on:
                return Milestone(M.PUBLISHED, on, " ".join(match[0].split()))
    on = extract.published_on or hints.published_on
    return Milestone(M.PUBLISHED, on, "the date given with the page") if on else None


def _stated_date(pattern: re.Pattern[str], text: str, kind: MilestoneKind) -> Milestone | None:
    match = pattern.search(text)
    on = find_date(match[0]) if match else None
    return Milestone(kind, on, " ".join(match[0].split())) if match and on else None


def _on(milestone: Milestone | None) -> date | None:
    return milestone.on if milestone else None


def _comments(opening: str, stated_dates: CommencementFacts) -> list[Milestone]:
    flat = " ".join(opening.split())
    request = _COMMENTS.search(flat)
    if request is None:
        return []
    for match in (request, _CONSIDERED_AFTER.search(flat)):
        if match is None:
            continue
        period = find_period(match[0])
        day = find_date(re.sub(r"^.*?(?=\b(?:by|before|after|within|till|until)\b)", "", match[0], count=1))
        if day and not period:
            return [Milestone(M.COMMENTS_DUE, day, match[0].strip())]
        if period:
            on = after(stated_dates.published_on, period) if stated_dates.published_on else None
            return [Milestone(M.COMMENTS_DUE, on, match[0].strip(), None, f"published + {period}")]
    return [Milestone(M.COMMENTS_DUE, None, request[0].strip())]
