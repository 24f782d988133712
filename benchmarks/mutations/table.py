"""The figures of a run as Markdown."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

from benchmarks.mutations.judging import Verdict

_TARGETS = {
    "MUT-S": "all caught; exactly right >= 99.5 %; right tag >= 99 %",
    "MUT-X": "exactly right >= 99 %; split and merge >= 95 %",
    "MUT-C": "nothing told",
    "MUT-H": "nothing told",
    "MUT-M": "the edit told, nothing else",
    "DENSE": "edges F1 >= 0.997 at 30 %, >= 0.985 at 100 %",
    "ADV": "all caught",
    "CORPUS-S": "all caught, exactly right",
    "CORPUS-C": "nothing told",
}


def table(verdicts: Sequence[Verdict], heading: Sequence[str]) -> str:
    """Return the page: figures by benchmark, the worst tradition of each, figures by kind, and every miss by id."""
    benches = list(dict.fromkeys(v.case.bench for v in verdicts))
    lines = ["# Mutations: what is told of changes with a known truth", "", *heading, ""]
    lines += ["| benchmark | cases | caught | exactly right | right tag | target |", "|---|---|---|---|---|---|"]
    lines += [_row(bench, _of(verdicts, bench)) for bench in benches]
    lines += ["", "## By tradition (exactly right; the worst of each benchmark in bold)", ""]
    lines += _by_tradition(verdicts, benches)
    lines += [
        "",
        "## By kind",
        "",
        "| benchmark | kind | cases | caught | exactly right | right tag |",
        "|---|---|---|---|---|---|",
    ]
    for bench in benches:
        for kind, found in _grouped(_of(verdicts, bench), lambda v: v.case.kind).items():
            lines.append(f"| {bench} | {kind} | {' | '.join(_figures(found))} |")
    lines += ["", "## Redlines and edges", "", *_redlines(verdicts), *_edges(verdicts)]
    missed = [v for v in verdicts if not v.right]
    lines += ["", f"## Every miss ({len(missed)})", ""]
    lines += [f"- `{v.case.id}` {v.case.kind}: {_why(v)}; told: {v.told or 'nothing'}" for v in missed] or ["None."]
    return "\n".join(lines) + "\n"


def share(found: Iterable[bool]) -> str:
    """Return a share as a percentage.

    >>> share([True, True, False])
    '66.67 %'
    """
    counted = Counter(found)
    total = counted[True] + counted[False]
    return f"{100 * counted[True] / total:.2f} %" if total else "–"


def _of(verdicts: Iterable[Verdict], bench: str) -> list[Verdict]:
    return [v for v in verdicts if v.case.bench == bench]


def _row(bench: str, found: list[Verdict]) -> str:
    return f"| {bench} | {' | '.join(_figures(found))} | {_TARGETS[bench]} |"


def _figures(found: list[Verdict]) -> list[str]:
    tags = share(v.tagged for v in found if v.tagged is not None)
    return [str(len(found)), share(v.caught for v in found), share(v.exact for v in found), tags]


def _grouped(found: Iterable[Verdict], by: Callable[[Verdict], str]) -> dict[str, list[Verdict]]:
    groups: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in found:
        groups[by(verdict)].append(verdict)
    return dict(sorted(groups.items()))


def _by_tradition(verdicts: Sequence[Verdict], benches: Sequence[str]) -> list[str]:
    names = sorted({v.case.tradition for v in verdicts if v.case.bench not in ("ADV",)})
    lines = [f"| benchmark | {' | '.join(names)} |", "|---" * (len(names) + 1) + "|"]
    for bench in benches:
        groups = _grouped(_of(verdicts, bench), lambda v: v.case.tradition)
        rates = {name: sum(v.exact for v in found) / len(found) for name, found in groups.items()}
        worst = min(rates.values(), default=1.0)
        cells = [_cell(rates[name], worst) if name in rates else "–" for name in names]
        if any(name in rates for name in names):
            lines.append(f"| {bench} | {' | '.join(cells)} |")
    return lines


def _cell(rate: float, worst: float) -> str:
    shown = f"{100 * rate:.2f} %"
    return f"**{shown}**" if rate == worst < 1 else shown


def _redlines(verdicts: Iterable[Verdict]) -> list[str]:
    found = sorted(v.marked / v.case.expect.truth for v in verdicts if v.case.expect.truth and v.caught)
    if not found:
        return []
    middle, most = found[len(found) // 2], found[int(len(found) * 0.95)]
    return [
        f"Characters marked for each character a lawyer would mark: median {middle:.2f}, 95 % at most {most:.2f}.",
        "",
    ]


def _edges(verdicts: Iterable[Verdict]) -> list[str]:
    lines = []
    for kind, found in _grouped((v for v in verdicts if v.case.bench == "DENSE"), lambda v: v.case.kind).items():
        right, told, true = (sum(v.edges[n] for v in found) for n in range(3))
        lines.append(f"- {kind}: edges F1 {2 * right / (told + true):.4f} ({true} true, {told} told, {right} right)")
    return lines


def _why(verdict: Verdict) -> str:
    if verdict.case.expect.silent:
        return "told of nothing"
    if not verdict.caught:
        return "not caught"
    if not verdict.exact:
        wanted = sorted(verdict.case.expect.leaves or verdict.case.expect.units or (), key=str)
        return "not exactly right, wanted " + "; ".join(f"{kind} {a}>{b}" for kind, a, b in wanted[:6])
    return f"tag {verdict.case.expect.tag} {verdict.case.expect.values} missing"
