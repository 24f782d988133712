"""Whether a promise is kept: its figure against its limit and its peer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.summary import measures
from benchmarks.summary.age import Age, age_of
from benchmarks.summary.figures import Figure, figures_at
from benchmarks.summary.promises import Promise

HOLDS, FALLS_SHORT, MISSING = "holds", "**falls short**", "**missing**"


@dataclass(frozen=True, slots=True)
class PromiseVerdict:
    """A promise with what was found of it; ``why`` says what is missing where nothing was."""

    promise: Promise
    state: str
    figure: Figure | None = None
    peer: Figure | None = None
    age: Age | None = None
    why: str = ""

    @property
    def is_old(self) -> bool:
        """Whether the figure is older than its code, or nobody knows."""
        return self.age is not None and self.age.changes != 0


def judge_promise(promise: Promise, folder: Path) -> PromiseVerdict:
    """Find the figure of a promise among the pages of *folder* and hold it against its limit."""
    if promise.measure:
        figure: Figure = getattr(measures, promise.measure)()
        return PromiseVerdict(promise, HOLDS if is_kept(promise, figure, None) else FALLS_SHORT, figure)
    if not promise.results:
        return PromiseVerdict(promise, MISSING, why="nothing measures it yet")
    page = folder / promise.results
    if not page.is_file():
        return PromiseVerdict(promise, MISSING, why=f"there is no {promise.results}")
    text = page.read_text(encoding="utf-8")
    figures = figures_at(text, promise.place)
    if not figures:
        return PromiseVerdict(promise, MISSING, why=f"not in {promise.results}, which may be of an older form")
    figure = worst_of(promise, figures)
    peers = figures_at(text, promise.peer.place) if promise.peer else []
    peer = peers[0] if peers else None
    if promise.peer and promise.peer.must and peer is None:
        return PromiseVerdict(promise, MISSING, figure, why=f"{promise.peer.name} was not measured beside it")
    state = HOLDS if is_kept(promise, figure, peer) else FALLS_SHORT
    return PromiseVerdict(promise, state, figure, peer, age_of(page, promise.code))


def worst_of(promise: Promise, figures: Sequence[Figure]) -> Figure:
    """Return the figure that is nearest to breaking the limit, or furthest beyond it."""
    is_most = promise.most is not None or (promise.peer is not None and promise.peer.must == "at most")
    return (max if is_most else min)(figures, key=lambda figure: figure.value)


def is_kept(promise: Promise, figure: Figure, peer: Figure | None) -> bool:
    """Return whether a figure is within its limit, and not behind the peer it may not be behind."""
    must = promise.peer.must if promise.peer else ""
    return (
        (promise.most is None or figure.value <= promise.most)
        and (promise.least is None or figure.value >= promise.least)
        and (promise.share is None or figure.value >= promise.share)
        and (not promise.count or (figure.count or 0) >= promise.count)
        and not (must == "at least" and peer is not None and figure.value < peer.value)
        and not (must == "at most" and peer is not None and figure.value > peer.value)
    )
