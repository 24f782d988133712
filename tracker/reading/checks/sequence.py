"""Whether the numbers of units form a gapless count, and no unit hides in the one before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from storage.records import Provision, ProvisionKind, ReadingCheck
from tracker.reading.checks.evidence import Evidence
from tracker.reading.checks.left_out import named_as_left_out, says_left_out
from tracker.reading.checks.ordinals import Ordinal, ordinal, show
from tracker.reading.checks.printed_tail import hidden_in
from tracker.reading.checks.tail import hidden_heading
from tracker.reading.checks.units import attachments, books, own_units, siblings, words_of
from tracker.reading.structure.draft import Extract
from tracker.reading.structure.eids import ARTICLES, CONTAINERS

K = ProvisionKind
_MOST_SHOWN = 60
_NEAR = 400
_FIRST = 2  # a text that begins with 2 has lost 1; one that begins with 101 has numbers of its own
_EXCERPT = 1.5
_COUNT_JURISDICTIONS = frozenset({"cn", "eu", "in"})
_CLAUSE = re.compile(r"\d{1,3}(?:\.\d{1,3})+")  # of a standard, below its section
_GOES_ON = re.compile(r"修正案(?:（.{1,8}）)?$")
_PRINTED_TAILS = frozenset({"cn", "in"})
_COUNT_KINDS = frozenset({*ARTICLES, K.SECTION})
_ENACTMENT = re.compile(r"^(?:Be it enacted|Resolved by)", re.I)
_IS_PRINTED = "printed as a heading, but not read"
_NOT_PRINTED = "nothing between its neighbours says that it is omitted"


def sequence(
    provisions: Sequence[Provision], extract: Extract, evidence: Evidence, jurisdiction: str
) -> Iterator[ReadingCheck]:
    """Yield a check for each kind of unit: whether its numbers go up from 1 by one."""
    units = list(own_units(provisions))
    places, volumes = siblings(provisions), books(provisions) if jurisdiction == "us" else {}
    for kind in dict.fromkeys(unit.kind for unit in units):
        of_kind = [unit for unit in units if unit.kind is kind]
        numbers = [n for unit in of_kind if (n := ordinal(unit.number))]
        bare = [unit for unit in of_kind if not unit.number]
        if bare and jurisdiction != "us":
            where = f"{bare[0].label} {bare[0].heading} {bare[0].text}".strip()[:_MOST_SHOWN]
            text = f"{len(bare)} of them without a number, the first: {where!r}"
            yield ReadingCheck("sequence", kind.value, len(of_kind), len(of_kind) - len(bare), ok=False, text=text)
        odd = [u.number for u in of_kind if u.number and ordinal(u.number) is None and not _CLAUSE.fullmatch(u.number)]
        if odd and jurisdiction in _COUNT_JURISDICTIONS and len(numbers) > len(odd) and kind in _COUNT_KINDS:
            text = f"{kind.value} {odd[0]!r} is no number"
            yield ReadingCheck("sequence", kind.value, len(of_kind), len(numbers), ok=False, text=text)
        of_kind = [unit for unit in of_kind if ordinal(unit.number)] if jurisdiction == "us" else of_kind
        if len(numbers) < max(1, len(of_kind)) or (jurisdiction == "us" and (numbers[0][0] > _FIRST or numbers[0][1])):
            continue  # the numbers of a code: 6-1-1702, 1003.2, what an American rule amends
        goes_on = _GOES_ON.search(extract.title) is not None
        left_out = named_as_left_out(extract)
        count = _Count(kind, of_kind, numbers, evidence, left_out, places, volumes, jurisdiction == "us", goes_on)
        of_code = jurisdiction == "us" and any(p.kind in CONTAINERS for p in provisions)
        cuts = [attachment.label for attachment in attachments(provisions)]
        yield _check(count, extract, cuts, jurisdiction, of_code=of_code)


@dataclass(frozen=True, slots=True)
class _Count:
    kind: ProvisionKind
    units: Sequence[Provision]
    numbers: Sequence[Ordinal]
    evidence: Evidence
    left_out: set[int]
    parents: dict[int, int]
    volumes: dict[int, int]
    may_begin_anew: bool = False  # each title of a compilation may; articles of one act count on through its chapters
    goes_on: bool = False  # an amendment of a constitution counts on from the one before it

    def gaps(self) -> list[Ordinal]:
        """Return the numbers that are skipped, and nothing says that they are left out."""
        first = self.numbers[0]
        gaps = (
            []
            if (self.kind is K.PARAGRAPH and not self.evidence.names_itself)
            or self.goes_on
            or self._is_told(None, first, "")
            else _from_to(0, first[0])
        )
        for place, (before, after) in enumerate(pairwise(self.numbers)):
            upto = after[0] + bool(after[1])  # 224a says that there is, or was, a 224
            if upto > before[0] + 1 and not self._is_told(before, after, words_of(self.units[place])[-_NEAR:]):
                gaps += _from_to(before[0], upto)
        return [gap for gap in gaps if gap[0] not in self.left_out]

    def repeats(self) -> list[Ordinal]:
        """Return the numbers that step back without beginning a new count, which a 1 with a 2 behind it does."""
        pairs = enumerate(pairwise(self.numbers), 1)
        return [after for place, (before, after) in pairs if after <= before and not self._begins(place)]

    def _begins(self, place: int) -> bool:
        """Say whether a new count begins: below a container of its own, for one text counts its units once."""
        if self.volumes.get(id(self.units[place])) != self.volumes.get(id(self.units[place - 1])):
            return True  # each division of an omnibus law counts its sections from 101 on
        last, unit = (self.parents.get(id(self.units[at]), 0) for at in (place - 1, place))
        if self.numbers[place] == (1, "") and self.kind is K.PARAGRAPH and last != unit:
            return True  # the one instruction of another document
        is_first = self.numbers[place] == (1, "") and self.numbers[place + 1 : place + 2] == [(2, "")]
        return is_first and (self.kind not in _COUNT_KINDS or (self.may_begin_anew and last != unit))

    def is_excerpt(self, gaps: Sequence[Ordinal]) -> bool:
        """Return whether the page itself prints only some units of a law: most numbers stand nowhere on it."""
        on_page = sum(gap[0] in self.evidence.begins for gap in gaps)
        return len(gaps) > _EXCERPT * len(self.units) and on_page <= len(gaps) / 3

    def _is_told(self, before: Ordinal | None, after: Ordinal, words: str) -> bool:
        return says_left_out(words) or says_left_out(self.evidence.between(self.kind, before, after))


def _from_to(before: int, after: int) -> list[Ordinal]:
    return [(number, "") for number in range(before + 1, after)]


def _is_bill(extract: Extract) -> bool:
    """Return whether an American text is a bill with its enacting clause: it begins with section 1."""
    is_bill = getattr(extract, "type", "") in {"bill", "resolution", "joint resolution"}
    return is_bill and any(_ENACTMENT.match(note.text) for note in extract.front if note.name == "preamble")


def _check(count: _Count, extract: Extract, cuts: Sequence[str], jurisdiction: str, *, of_code: bool) -> ReadingCheck:
    """Return the check of one count; *of_code* are the titles of a bill, each counting as it likes: 101, 201, 1213."""
    kind, units = count.kind.value, count.units
    gaps, repeats = count.gaps(), count.repeats()
    is_printed = 1 in count.evidence.begins and "<" not in count.evidence.markup
    if jurisdiction == "us" and (1, "") in gaps and not is_printed and not _is_bill(extract):
        gaps.remove((1, ""))  # a compilation may leave the short title out
    if of_code:
        gaps = [gap for gap in gaps if gap in {head.number for head in count.evidence.heads}]
    if gaps and count.is_excerpt(gaps):
        return ReadingCheck("sequence", kind, len(units), len(units), ok=True, text=f"an excerpt, without {show(gaps)}")
    tail = hidden_heading(units, count.numbers[-1], extract)
    if not tail and jurisdiction in _PRINTED_TAILS:
        aside = " ".join(" ".join(note.text.split()) for note in (*extract.notes, *extract.front))
        tail = hidden_in(count.evidence, units, count.numbers[-1][0] + 1, cuts, aside)[:_MOST_SHOWN]
    wrong = []
    if gaps:
        on_page = set(count.evidence.run(count.kind)) & set(gaps)
        wrong.append(f"{kind} {show(gaps)} missing: {_IS_PRINTED if on_page else _NOT_PRINTED}")
    if repeats:
        wrong.append(f"{kind} {show(repeats)} out of order or printed twice")
    if tail:
        wrong.append(f"after {kind} {show(count.numbers[-1:])} a line looks like the heading of the next: {tail!r}")
    total = len(units) + len(gaps) + bool(tail)
    return ReadingCheck("sequence", kind, total, len(units), not wrong, "; ".join(wrong))
