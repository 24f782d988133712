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

    agreed: tuple[str, ...] = ()
    differed: tuple[str, ...] = ()
    open: tuple[str, ...] = ()

    @property
    def is_about_the_act(self) -> bool:
        """Return whether the official text shows the amendment at all: a unit reads as was computed."""
        return bool(self.agreed)


def verdict_of(base: Reading, computed: Reading, official: Reading) -> Verdict:
    """Return how *official* reads where *computed* or itself differs from *base*."""
    before, predicted, after = (unit_texts(reading) for reading in (base, computed, official))
    agreed, differed, left_open = [], [], []
    for unit in {**before, **predicted, **after}:
        text_before, text_predicted, text_after = before.get(unit), predicted.get(unit), after.get(unit)
        if text_before == text_predicted == text_after:
            continue
        if text_predicted == text_after:
            agreed.append(unit)
        elif text_predicted == text_before:
            left_open.append(unit)
        else:
            differed.append(unit)
    return Verdict(tuple(agreed), tuple(differed), tuple(left_open))


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
