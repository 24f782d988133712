"""All checks of one reading, and the flaws that those which failed amount to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from storage.records import Flaw, Provision, ProvisionKind, ReadingCheck
from tracker.reading.checks.attached_count import attached_count
from tracker.reading.checks.container_count import container_count
from tracker.reading.checks.evidence import Evidence
from tracker.reading.checks.self_description import contents, first_heading, headings, ids, marked_headings
from tracker.reading.checks.sequence import sequence
from tracker.reading.checks.units import all_units, attachments, own_units, words_of
from tracker.reading.structure.draft import Extract

K = ProvisionKind
_SHARE = 0.2  # of a law's words may stand outside its provisions
_LEAST_FRONT = 700  # words: the title, order and preamble of a short law are more than a fifth of it
_KINDS = {"cn": (K.ARTICLE,), "eu": (K.ARTICLE,), "us": (K.SECTION,), "in": (K.SECTION, K.ARTICLE)}
_LEAST_HEADS = 2
_HOLLOW_UNITS, _HOLLOW_WORDS, _MOST_HOLLOW = 8, 14, 0.3  # units that are no more than entries of a contents list
CAUSES = {
    "sequence": "numbers with a gap",
    "ids": "units not read",
    "contents": "units not read",
    "headings": "units not read",
    "outside": "law outside provisions",
    "quoted": "units only inside an annex",
    "empty": "no unit read",
}


def check_reading(
    provisions: Sequence[Provision],
    extract: Extract,
    evidence: Evidence,
    words: dict[str, int],
    jurisdiction: str,
) -> tuple[ReadingCheck, ...]:
    """Return every check of what was read against what the page prints, those that agree included."""
    checks = [
        *sequence(provisions, extract, evidence, jurisdiction),
        *attached_count(provisions, evidence),
        *(container_count(provisions) if jurisdiction != "us" else ()),
        *ids(provisions, evidence),
        *contents(provisions, evidence, _KINDS[jurisdiction], extract),
        *headings(provisions, evidence, _KINDS[jurisdiction], extract),
        *marked_headings(provisions, evidence),
        *(first_heading(provisions, evidence) if jurisdiction == "in" else ()),
        *_outside(words),
        *_only_quoted(provisions),
        *_empty(provisions, evidence, _KINDS[jurisdiction]),
        *(_unnumbered(provisions, evidence) if jurisdiction == "in" else ()),
        *(_hollow(provisions, words) if jurisdiction != "cn" else ()),  # whose contents lists name no article
    ]
    return tuple(dict.fromkeys(checks))


def flaws_of(checks: Iterable[ReadingCheck]) -> Iterator[Flaw]:
    """Yield a flaw for each check that failed."""
    return (Flaw(CAUSES[check.check], check.text, None, check.fatal) for check in checks if not check.ok)


def _outside(words: dict[str, int]) -> Iterator[ReadingCheck]:
    law = words.get("provisions", 0) + words.get("front", 0)
    if not words.get("provisions"):
        return
    most, front = max(int(_SHARE * law), _LEAST_FRONT), words["front"]
    ok = front <= most
    text = "" if ok else f"{front} of {law} words stand before or behind the provisions: one of them may be law"
    yield ReadingCheck("outside", "word", most, front, ok, text)


def _only_quoted(provisions: Sequence[Provision]) -> Iterator[ReadingCheck]:
    """Yield a check of a law with annexes: that not all of its units stand inside one of them."""
    if not any(True for _ in attachments(provisions)):
        return
    inside = sum(1 for _ in all_units(provisions))
    own = sum(1 for _ in own_units(provisions)) or sum(p.kind is K.PARAGRAPH for p in provisions)
    ok = bool(own) or inside < _LEAST_HEADS
    text = "" if ok else f"all {inside} units stand inside an annex, none before it"
    yield ReadingCheck("quoted", "unit", min(1, inside), own, ok, text)


def _empty(
    provisions: Sequence[Provision], evidence: Evidence, kinds: Sequence[ProvisionKind]
) -> Iterator[ReadingCheck]:
    for kind in kinds:
        run = evidence.run(kind)
        if len(run) < _LEAST_HEADS:
            continue
        read = sum(1 for _ in all_units(provisions)) + (kind is K.SECTION) * sum(1 for _ in own_units(provisions))
        text = f"the page prints {len(run)} headings of a {kind.value}, and not one unit was read"
        yield ReadingCheck("empty", kind.value, len(run), read, bool(read), "" if read else text, fatal=not read)


def _unnumbered(provisions: Sequence[Provision], evidence: Evidence) -> Iterator[ReadingCheck]:
    """Yield a failed check for a text that enacts or names itself, of which no numbered unit was read."""
    if (
        evidence.names_itself
        and not any(True for _ in own_units(provisions))
        and not any(True for _ in all_units(provisions))
    ):
        text = f"the page says {evidence.names_itself!r}, and not one numbered unit was read"
        yield ReadingCheck("empty", K.SECTION.value, 1, 0, ok=False, text=text, fatal=True)


def _hollow(provisions: Sequence[Provision], words: dict[str, int]) -> Iterator[ReadingCheck]:
    """Yield a failed check for units that say next to nothing while the words of the law stand elsewhere."""
    units, total = list(own_units(provisions)), words.get("provisions", 0) + words.get("front", 0)
    most, held = min(_HOLLOW_WORDS * len(units), _MOST_HOLLOW * total), 0
    for unit in units:
        held += len(words_of(unit).split())
        if held > most:
            return
    if len(units) >= _HOLLOW_UNITS:
        text = f"the {len(units)} units hold {held} of {total} words: they may be a contents list"
        yield ReadingCheck("outside", "word", total, held, ok=False, text=text)
