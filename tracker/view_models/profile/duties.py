"""Who is bound to what: the obligations of a text by bearer, its time limits and what it threatens with."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from threading import Lock

from storage.records import Provision, ProvisionKind, Version
from tracker.amending.obligations.extraction import Obligation, obligations_of
from tracker.weigh.words import vocabulary
from tracker.wording.text_fit import clip, one_line

_MODALITIES = ("must", "must_not", "need_not", "may")
_MAX_CACHED = 64
_AT_ONCE = 300  # provisions of a text whose obligations are looked for while its reader waits
_MOST_PENALTIES = 40
_WORDS_SHOWN = 400


@dataclass(frozen=True, slots=True)
class BearerDuties:
    """One bearer and its obligations, in reading order; the bearer is empty where the text names none."""

    bearer: str
    obligations: tuple[Obligation, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many there are of each modality, those that bind first."""
        modalities = [obligation.modality.value for obligation in self.obligations]
        return {name: modalities.count(name) for name in _MODALITIES if name in modalities}


@dataclass(frozen=True, slots=True)
class Threat:
    """A provision that threatens with a fine, a punishment or a liability, and its words."""

    eid: str
    citation: str
    words: str


@dataclass(frozen=True, slots=True)
class Duties:
    """What a text obliges to: by bearer, the most burdened first; the time limits among it; what it threatens with."""

    bearers: tuple[BearerDuties, ...]
    threats: tuple[Threat, ...]

    @property
    def total(self) -> int:
        """How many obligations there are."""
        return sum(len(bearer.obligations) for bearer in self.bearers)

    @property
    def with_deadline(self) -> list[Obligation]:
        """The obligations that are due within a time."""
        return [one for bearer in self.bearers for one in bearer.obligations if one.deadline]


class _DutyCache:
    """The duties of the texts last asked for: finding them takes longer than showing a page."""

    def __init__(self) -> None:
        self._duties: OrderedDict[tuple[str, str, str], Duties] = OrderedDict()
        self._lock = Lock()

    def find(self, version: Version) -> Duties | None:
        with self._lock:
            return self._duties.get(self._key(version))

    def keep(self, version: Version, duties: Duties) -> None:
        with self._lock:
            self._duties[self._key(version)] = duties
            while len(self._duties) > _MAX_CACHED:
                self._duties.popitem(last=False)

    @staticmethod
    def _key(version: Version) -> tuple[str, str, str]:
        return version.id, version.text_sha256, version.reading.reader


_CACHE = _DutyCache()


def duties_of(version: Version) -> Duties:
    """Return what the text of *version* obliges to; found once and remembered."""
    duties = _CACHE.find(version)
    if duties is None:
        bearers = _by_bearer(obligations_of(version.reading))
        duties = Duties(tuple(bearers), tuple(_threats(version)))
        _CACHE.keep(version, duties)
    return duties


def duties_at_once(version: Version) -> Duties | None:
    """Return the same where it takes no time worth the name: a short text, or one that was asked for before."""
    duties = _CACHE.find(version)
    if duties is None and sum(1 for _ in version.reading.walk()) <= _AT_ONCE:
        return duties_of(version)
    return duties


def _by_bearer(obligations: Sequence[Obligation]) -> list[BearerDuties]:
    groups: dict[str, list[Obligation]] = {}
    for obligation in obligations:
        groups.setdefault(obligation.bearer.casefold().strip(), []).append(obligation)
    bearers = [BearerDuties(one_line(group[0].bearer, 120), tuple(group)) for group in groups.values()]
    return sorted(bearers, key=lambda bearer: (not bearer.bearer, -len(bearer.obligations)))


def _threats(version: Version) -> Iterator[Threat]:
    penalty = vocabulary(version.reading.language).penalty
    count = 0
    for provision in _operative(version.reading.provisions):
        if penalty.find(provision.text):
            count += 1
            yield Threat(provision.eid, provision.citation or provision.label, clip(provision.text, _WORDS_SHOWN))
        if count == _MOST_PENALTIES:
            return


def _operative(provisions: Sequence[Provision]) -> Iterator[Provision]:
    for provision in provisions:
        if provision.kind is not ProvisionKind.RECITAL:
            yield from provision.walk()
