"""Hold the official text against the computed one, unit by unit: what came as predicted, what came otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from storage.records import Provision, ProvisionKind, Reading
from tracker.compare.normal import fold
from tracker.reading.structure.eids import ARTICLES, ATTACHMENTS

_UNITS = ARTICLES | ATTACHMENTS | {ProvisionKind.SECTION}


@dataclass(frozen=True, slots=True)
class Verdict:
    """The units that an act was to change: those that agree, those that differ, and those left open and changed."""

    agreed_units: tuple[str, ...] = ()
    differed_units: tuple[str, ...] = ()
    open_units: tuple[str, ...] = ()

    @property
    def miss_count(self) -> int:
        """Return how many units do not read as was computed."""
        return len(self.differed_units) + len(self.open_units)

    def as_json(self) -> dict[str, list[str]]:
        """Return the units by what became of them."""
        return {
            "agreed": list(self.agreed_units),
            "differed": list(self.differed_units),
            "open": list(self.open_units),
        }

    @property
    def is_about_the_act(self) -> bool:
        """Return whether the official text shows the amendment at all: a unit reads as was computed."""
        return bool(self.agreed_units)


def verdict_of(base: Reading, text_computed: Reading, official: Reading) -> Verdict:
    """Return how *official* reads where *text_computed* or itself differs from *base*."""
    before, prediction, after = (unit_texts(reading) for reading in (base, text_computed, official))
    agreed_units, differed_units, open_units = [], [], []
    for unit in {**before, **prediction, **after}:
        text_before, text_due, text_after = before.get(unit), prediction.get(unit), after.get(unit)
        if text_before == text_due == text_after:
            continue
        if text_due == text_after:
            agreed_units.append(unit)
        elif text_due == text_before:
            open_units.append(unit)
        else:
            differed_units.append(unit)
    return Verdict(tuple(agreed_units), tuple(differed_units), tuple(open_units))


def unit_texts(reading: Reading) -> dict[str, str]:
    """Return the words of each article, section, annex or loose paragraph, spelled for comparing."""
    texts: dict[str, str] = {}
    for provision in reading.provisions:
        _collect(provision, texts)
    return texts


def _collect(provision: Provision, texts: dict[str, str]) -> None:
    holds_units = any(inner.kind in _UNITS for child in provision.children for inner in child.walk())
    if provision.kind in _UNITS or not holds_units:
        texts[provision.eid] = fold(" ".join(_words(provision)))
        return
    for child in provision.children:
        _collect(child, texts)


def _words(provision: Provision) -> list[str]:
    own = [part for part in (provision.heading, provision.text) if part]
    return own + [word for child in provision.children for word in _words(child)]
