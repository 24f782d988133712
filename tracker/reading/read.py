"""From the bytes of one page to its reading: recognise, take apart, number, and work out the facts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from importlib import import_module
from typing import cast

from storage.records import Flaw, Milestone, MilestoneKind, Provision, ProvisionKind, Reading
from tracker.reading import akoma
from tracker.reading.about_law import about_flaws
from tracker.reading.checks import check_reading, flaws_of, gather
from tracker.reading.conserve import conserve
from tracker.reading.formats.recognise import Format, OpenedPage, open_source
from tracker.reading.formats.visible_text import visible
from tracker.reading.furniture.strip import take_out
from tracker.reading.reading_key import reading_key
from tracker.reading.structure.draft import Extract, ReadingContext
from tracker.reading.structure.eids import ARTICLES, ATTACHMENTS, finish
from tracker.reading.topics import topics_of
from tracker.reading.tradition import Facts, Tradition

SELECTOR = "selector matches nothing"
# each is imported when it is first asked: one page is of one tradition, and each brings hundreds of patterns along
_TRADITIONS = {"cn": "china", "eu": "europe", "us": "america", "in": "india"}
_OPENS = re.compile(r"<html[\s>]", re.I)
_HOLDERS = ("div", "table", "section", "article", "main")
_CLOSES = re.compile(r"</(?:html|body)\s*>", re.I)
_LEAST_TEXT = 200
_LEAST_ACT = 60
_SURE = 0.98  # of a claim: the traditions after it are not asked, which takes time on a large page


def read(body: bytes, hints: ReadingContext = ReadingContext()) -> Reading:  # noqa: B008 - frozen and empty
    """Return what *body* says, as provisions and facts.

    *body* is one page as received, at most 20 MB of markup or 64 MB of PDF. Raises RefusedError when it is empty,
    of no known format or over the limit; everything else that is wrong stands in ``flaws``.
    """
    source = open_source(body, hints.media_type, hints.jurisdiction)
    jurisdiction, tradition = _tradition(source, hints)
    page = visible(source)  # before a reader takes the tree apart
    evidence = gather(source, page)
    template_flaws = list(_selector_renamed(source, hints))
    source.furniture += take_out(source, hints.furniture)
    extract = _extract(source, jurisdiction, tradition, hints)
    extract.notes += source.notes
    extract.furniture += source.furniture
    provisions = finish(extract.drafts, tradition.cite)
    facts = _with_listed_deadline(tradition.facts(extract, provisions, hints), hints)
    words, losses = conserve(page, provisions, extract)
    checks = check_reading(provisions, extract, evidence, words, jurisdiction) if hints.kind == "law" else ()
    flaws = [
        *source.flaws,
        *template_flaws,
        *_cut_off(source),
        *extract.flaws,
        *_too_little(extract, provisions),
        *(about_flaws(source, extract, facts.title or hints.title) if hints.kind == "law" else ()),
        *losses,
        *flaws_of(checks),
    ]
    read_ = _assemble(source, jurisdiction, extract, provisions, facts, hints)
    return replace(read_, flaws=tuple(flaws), words=words, checks=checks)


def _extract(source: OpenedPage, jurisdiction: str, tradition: Tradition, hints: ReadingContext) -> Extract:
    """Take the page apart; Akoma Ntoso says itself what is what, and the Union's has habits of its own."""
    if akoma.is_akoma(source) and source.root is not None and (jurisdiction != "eu" or akoma.is_ours(source.root)):
        return akoma.extract(source.root)
    return tradition.extract(source, hints)


def _tradition(source: OpenedPage, hints: ReadingContext) -> tuple[str, Tradition]:
    code = hints.jurisdiction or akoma.country_of(source)
    if code in _TRADITIONS:
        return code, _tradition_of(code)
    best, surest = next(iter(_TRADITIONS)), 0.0
    for jurisdiction in _TRADITIONS:
        claim = _tradition_of(jurisdiction).claims(source, hints)
        if claim > surest:
            best, surest = jurisdiction, claim
        if surest >= _SURE:
            break
    return best, _tradition_of(best)


def _tradition_of(jurisdiction: str) -> Tradition:
    return cast("Tradition", import_module(f"tracker.reading.{_TRADITIONS[jurisdiction]}"))


def _selector_renamed(source: OpenedPage, hints: ReadingContext) -> Iterable[Flaw]:
    """Find a page on which the declared selector matches nothing: what was read may not be what was meant."""
    if hints.select and source.format is Format.HTML and source.soup.select_one(hints.select) is None:
        yield Flaw(SELECTOR, f"{hints.select!r} matches nothing on this page: its template was changed")


def _cut_off(source: OpenedPage) -> Iterable[Flaw]:
    """Find a page whose transfer ended in the middle: what opens a document never closes it."""
    text = source.text
    if source.format is not Format.HTML or not _OPENS.search(text[:20_000]) or _CLOSES.search(text[-20_000:]):
        return
    low = text.lower()
    left_open = [name for name in _HOLDERS if low.count(f"<{name}") > low.count(f"</{name}")]
    if left_open or not text.rstrip().endswith(">"):  # both closing tags may be left out of a whole page, too
        yield Flaw("cut off", "the page opens a document and never closes it", fatal=True)


def _too_little(extract: Extract, provisions: tuple[Provision, ...]) -> Iterable[Flaw]:
    if any(flaw.fatal for flaw in extract.flaws):
        return
    every = [p for root in provisions for p in root.walk()]
    size = sum(len(p.text) + len(p.heading) for p in every)
    if not provisions:
        yield Flaw("no provisions", "nothing on this page is a numbered provision", fatal=True)
    elif size < (_LEAST_ACT if extract.is_act else _LEAST_TEXT) and sum(bool(p.number) for p in every) < 3:
        yield Flaw("too little text", f"only {size} characters of law: an empty shell or a notice", fatal=True)


def _with_listed_deadline(facts: Facts, hints: ReadingContext) -> Facts:
    """Add until when comments are taken, as the publisher's list says; what the text itself says comes first."""
    due = MilestoneKind.COMMENTS_DUE
    if hints.comments_due_on is None or any(date.kind is due and date.on for date in facts.dates):
        return facts
    listed_title = Milestone(due, hints.comments_due_on, "the deadline on the publisher's list")
    return replace(facts, draft=True, dates=(*(date for date in facts.dates if date.kind is not due), listed_title))


def _assemble(
    source: OpenedPage,
    jurisdiction: str,
    extract: Extract,
    provisions: tuple[Provision, ...],
    facts: Facts,
    hints: ReadingContext,
) -> Reading:
    title = facts.title or extract.title or hints.title
    text = "\n".join(p.text for root in provisions for p in root.walk() if p.text)
    return Reading(
        format=source.name or source.format.value,
        jurisdiction=jurisdiction,
        language=facts.language or extract.language or hints.language,
        title=title,
        title_native=facts.title_native or title,
        number=facts.number or extract.number,
        type=facts.type,
        draft=facts.draft,
        authorities=facts.authorities,
        dates=facts.dates,
        topics=tuple(dict.fromkeys((*hints.topics, *topics_of(title, text)))),
        definitions=facts.definitions,
        scope=facts.scope,
        provisions=provisions,
        relations=facts.relations,
        front=tuple(extract.front),
        notes=tuple(extract.notes),
        furniture=tuple(extract.furniture),
        counts=count_own(provisions),
        uri=facts.uri or extract.uri,
        reader=reading_key(hints),
    )


def count_own(provisions: tuple[Provision, ...]) -> dict[str, int]:
    """Count each kind of the instrument's own text: not what stands in an annex, nor a code section a bill sets out."""
    counts: Counter[str] = Counter()
    stack = list(provisions)
    while stack:
        provision = stack.pop()
        counts[provision.kind.value] += 1
        if provision.kind not in ATTACHMENTS:
            own = provision.kind is not ProvisionKind.SECTION or any(c.kind in ARTICLES for c in provision.children)
            stack.extend(c for c in provision.children if own or c.kind is not ProvisionKind.SECTION)
    return dict(sorted(counts.items()))
