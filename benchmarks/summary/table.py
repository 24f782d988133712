"""The table of all promises as Markdown, what falls short in bold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from benchmarks.summary.promises import Promise
from benchmarks.summary.verdict import FALLS_SHORT, HOLDS, MISSING, PromiseVerdict

_HEADINGS = "| promise | figure | limit | peer | measured | |\n|---|---:|---:|---|---|---|"


def table(verdicts: Sequence[PromiseVerdict], heading: Sequence[str]) -> str:
    """Return the page: how many hold, then a table for each area."""
    lines = ["# Every figure that is promised", "", *heading, "", _sum(verdicts), ""]
    for area in dict.fromkeys(verdict.promise.area for verdict in verdicts):
        lines += [f"## {area}", "", _HEADINGS]
        lines += [_row(verdict) for verdict in verdicts if verdict.promise.area == area]
        lines.append("")
    return "\n".join([*lines, *_commands(verdicts)])


def _sum(verdicts: Sequence[PromiseVerdict]) -> str:
    counts, old = Counter(verdict.state for verdict in verdicts), sum(verdict.is_old for verdict in verdicts)
    return (
        f"{len(verdicts)} figures: {counts[HOLDS]} hold, {counts[FALLS_SHORT]} fall short, {counts[MISSING]} are "
        f"missing; {old} are older than the code they are about."
    )


def _row(verdict: PromiseVerdict) -> str:
    promise = verdict.promise
    figure = _with_unit(verdict.figure.text, promise.unit) if verdict.figure else "–"
    age = verdict.age.words() if verdict.age else "now" if verdict.figure and promise.measure else "–"
    state = f"{verdict.state}: {verdict.why}" if verdict.why else verdict.state
    cells = (f"{promise.what} ({promise.where})", figure, limit_words(promise), _peer(verdict), age, state)
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _peer(verdict: PromiseVerdict) -> str:
    peer = verdict.promise.peer
    if peer is None:
        return ""
    return f"{peer.name} {_with_unit(verdict.peer.text, verdict.promise.unit)}" if verdict.peer else f"{peer.name} –"


def limit_words(promise: Promise) -> str:
    """Return the limit of a promise in words."""
    words = [f"at most {_with_unit(f'{promise.most:g}', promise.unit)}"] if promise.most is not None else []
    words += [f"at least {_with_unit(f'{promise.least:,g}', promise.unit)}"] if promise.least is not None else []
    if promise.share is not None:
        words.append("all" if promise.share == 1 else f"at least {promise.share:.1%}".replace(".0%", "%"))
    words += [f"of at least {promise.count:,}"] if promise.count else []
    words += [f"{promise.peer.must} {promise.peer.name}"] if promise.peer and promise.peer.must else []
    return ", ".join(words)


def _with_unit(text: str, unit: str) -> str:
    return f"{text} {unit}" if unit else text


def _commands(verdicts: Sequence[PromiseVerdict]) -> Iterator[str]:
    yield from ("## What measures them", "")
    groups: dict[str, list[str]] = {}
    for verdict in verdicts:
        groups.setdefault(verdict.promise.command, []).append(verdict.promise.results)
    for command, results in groups.items():
        pages = ", ".join(sorted({f"`{name}`" for name in results if name}))
        yield f"- {command}" + (f": {pages}" if pages else "")
    yield ""
