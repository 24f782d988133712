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
        for kind, group in _group(_of(verdicts, bench), lambda v: v.case.kind).items():
            lines.append(f"| {bench} | {kind} | {' | '.join(_figures(group))} |")
    lines += ["", "## Redlines and edges", "", *_redlines(verdicts), *_edges(verdicts)]
    misses = [v for v in verdicts if not v.right]
    lines += ["", f"## Every miss ({len(misses)})", ""]
    lines += [f"- `{v.case.id}` {v.case.kind}: {_why(v)}; told: {v.summary or 'nothing'}" for v in misses] or ["None."]
    return "\n".join(lines) + "\n"


def share(answers: Iterable[bool]) -> str:
    """Return a share as a percentage.

    >>> share([True, True, False])
    '66.67 %'
    """
    counts = Counter(answers)
    total = counts[True] + counts[False]
    return f"{100 * counts[True] / total:.2f} %" if total else "–"


def _of(verdicts: Iterable[Verdict], bench: str) -> list[Verdict]:
    return [v for v in verdicts if v.case.bench == bench]


def _row(bench: str, group: list[Verdict]) -> str:
    return f"| {bench} | {' | '.join(_figures(group))} | {_TARGETS[bench]} |"


def _figures(group: list[Verdict]) -> list[str]:
    tags = share(v.has_tag for v in group if v.has_tag is not None)
    return [str(len(group)), share(v.is_caught for v in group), share(v.exact for v in group), tags]


def _group(verdicts: Iterable[Verdict], by: Callable[[Verdict], str]) -> dict[str, list[Verdict]]:
    groups: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        groups[by(verdict)].append(verdict)
    return dict(sorted(groups.items()))


def _by_tradition(verdicts: Sequence[Verdict], benches: Sequence[str]) -> list[str]:
    names = sorted({v.case.tradition for v in verdicts if v.case.bench not in ("ADV",)})
    lines = [f"| benchmark | {' | '.join(names)} |", "|---" * (len(names) + 1) + "|"]
    for bench in benches:
        groups = _group(_of(verdicts, bench), lambda v: v.case.tradition)
        rates = {name: sum(v.exact for v in group) / len(group) for name, group in groups.items()}
        worst = min(rates.values(), default=1.0)
        cells = [_cell(rates[name], worst) if name in rates else "–" for name in names]
        if any(name in rates for name in names):
            lines.append(f"| {bench} | {' | '.join(cells)} |")
    return lines


def _cell(rate: float, worst: float) -> str:
    percentage = f"{100 * rate:.2f} %"
    return f"**{percentage}**" if rate == worst < 1 else percentage


def _redlines(verdicts: Iterable[Verdict]) -> list[str]:
    ratios = sorted(v.marked_characters / v.case.expect.truth for v in verdicts if v.case.expect.truth and v.is_caught)
    if not ratios:
        return []
    middle, most = ratios[len(ratios) // 2], ratios[int(len(ratios) * 0.95)]
    return [
        f"Characters marked for each character a lawyer would mark: median {middle:.2f}, 95 % at most {most:.2f}.",
        "",
    ]


def _edges(verdicts: Iterable[Verdict]) -> list[str]:
    lines = []
    for kind, group in _group((v for v in verdicts if v.case.bench == "DENSE"), lambda v: v.case.kind).items():
        right, told_count, true = (sum(v.edges[n] for v in group) for n in range(3))
        lines.append(
            f"- {kind}: edges F1 {2 * right / (told_count + true):.4f} ({true} true, {told_count} told, {right} right)"
        )
    return lines


def _why(verdict: Verdict) -> str:
    if verdict.case.expect.silent:
        return "told of nothing"
    if not verdict.is_caught:
        return "not caught"
    if not verdict.exact:
        records = sorted(verdict.case.expect.leaves or verdict.case.expect.units or (), key=str)
        return "not exactly right, wanted " + "; ".join(f"{kind} {a}>{b}" for kind, a, b in records[:6])
    return f"tag {verdict.case.expect.tag} {verdict.case.expect.values} missing"
