"""Measure redlines: ``python -m benchmarks.redlines [--seed 1] [--redlines-python PATH] [--webchanges-python PATH]``.

Each PATH is an interpreter that has the peer of that name; a peer that is nowhere installed is skipped.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from benchmarks.laws.printing import Print, print_law
from benchmarks.machine import machine_lines
from benchmarks.redlines.pairs import Pair, large, pairs
from benchmarks.redlines.tools import (
    SkippedTool,
    Tool,
    ToolResult,
    clausewatch,
    difflib_lines,
    difflib_words,
    git_words,
    redlines,
    wdiff,
)
from tracker.compare import compare
from tracker.reading import read
from tracker.reading.structure.draft import ReadingContext
from tracker.weigh import weigh

RESULTS = Path(__file__).parent.parent / "results" / "redlines.md"
LARGE = 600
_PEERS = {"redlines": redlines, "webchanges": wdiff}


def main(arguments: Sequence[str] | None = None) -> int:
    """Try every tool on every pair and write the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.redlines", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    for peer in _PEERS:
        parser.add_argument(f"--{peer}-python", default="", help=f"an interpreter that has {peer} installed")
    parser.add_argument("--large", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.large:
        sys.stdout.write(json.dumps(_large(options.seed)))
        return 0
    lines = _table(_tools(vars(options)), list(pairs(options.seed)))
    page = "\n".join([*_head(options), *lines, *_scale(options.seed)])
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(page + "\n", encoding="utf-8")
    sys.stdout.write(page + "\n")
    return 0


def _head(options: argparse.Namespace) -> list[str]:
    return [
        "# Redlines: characters marked, edits shown and time, side by side",
        "",
        *machine_lines(),
        f"- command: `python -m benchmarks.redlines --seed {options.seed}`",
        "- each cell: characters marked / edits shown / milliseconds; truth: characters / edits a lawyer would mark",
        "- ours counts provisions told (a renumbered article is one and marks nothing); reading is not counted",
        "- ours and redlines: the best of three; webchanges: its wdiff differ alone, once, without starting webchanges",
        "",
    ]


def _tools(options: Mapping[str, str]) -> dict[str, Tool]:
    tools: dict[str, Tool] = {
        "clausewatch": clausewatch,
        "difflib lines": difflib_lines,
        "difflib words": difflib_words,
        "git --word-diff": git_words,
    }
    for peer, tool in _PEERS.items():
        python = options[f"{peer}_python"] or (sys.executable if find_spec(peer) else "")
        tools[peer] = tool(python) if python else lambda _: SkippedTool("not installed")
    return tools


def _table(tools: dict[str, Tool], all_pairs: list[Pair]) -> list[str]:
    lines = [f"| case | characters | truth | {' | '.join(tools)} |", "|---" * (len(tools) + 3) + "|"]
    results_by_tool = {name: [tool(pair) for pair in all_pairs] for name, tool in tools.items()}
    for place, pair in enumerate(all_pairs):
        cells = [_cell(results[place]) for results in results_by_tool.values()]
        lines.append(f"| {pair.name} | {len(pair.old_text):,} | {pair.truth:,} / {pair.edits} | {' | '.join(cells)} |")
    totals = [
        sum(result.seconds for result in results if isinstance(result, ToolResult))
        for results in results_by_tool.values()
    ]
    lines.append(f"| all of them | | | {' | '.join(f'{1000 * seconds:,.0f} ms' for seconds in totals)} |")
    english = [place for place, pair in enumerate(all_pairs) if pair.name.endswith("EN")]
    ours = [results_by_tool["clausewatch"][place] for place in english]
    return [
        *lines,
        "",
        *(_ratio(peer, ours, [results_by_tool[peer][place] for place in english]) for peer in _PEERS),
        "",
    ]


def _ratio(peer: str, ours: Sequence[ToolResult | SkippedTool], theirs: Sequence[ToolResult | SkippedTool]) -> str:
    """Say how many times as long as ours a peer took over the pairs of the English law."""
    both = [
        (a.seconds, b.seconds)
        for a, b in zip(ours, theirs, strict=True)
        if isinstance(a, ToolResult) and isinstance(b, ToolResult)
    ]
    if not both:
        return f"- English law: {peer} was not measured"
    times = sum(b for _, b in both) / sum(a for a, _ in both)
    least = min(b / a for a, b in both)
    return (
        f"- English law, {len(both)} pairs: {peer} took {times:.1f} times as long as ours, at least {least:.1f} on each"
    )


def _cell(result: ToolResult | SkippedTool) -> str:
    if isinstance(result, SkippedTool):
        return result.reason
    return f"{result.characters:,} / {result.edits} / {1000 * result.seconds:,.0f}"


def _scale(seed: int) -> list[str]:
    command = [sys.executable, "-m", "benchmarks.redlines", "--large", "--seed", str(seed)]
    completion = subprocess.run(command, capture_output=True, text=True, check=True)
    figures = json.loads(completion.stdout)
    return [
        f"## Two versions of {LARGE} articles",
        "",
        f"Compared in {figures['compare']:.2f} s (limit 0.5 s), weighed in {figures['weigh']:.2f} s, both read in "
        f"{figures['read']:.2f} s; {figures['characters']:,} characters, {figures['changes']} changes; "
        f"the process held at most {figures['memory']:.0f} MB (limit 300 MB).",
    ]


def _large(seed: int) -> dict[str, float]:
    before, after = (print_law(law, Print()) for law in large(seed, LARGE))
    hints = ReadingContext(jurisdiction="eu")
    times = [time.process_time()]
    old, new = read(before, hints), read(after, hints)
    times.append(time.process_time())
    comparison = compare(old, new)
    times.append(time.process_time())
    weighed_result = weigh(comparison, old, new)
    times.append(time.process_time())
    return {
        "read": times[1] - times[0],
        "compare": times[2] - times[1],
        "weigh": times[3] - times[2],
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "characters": sum(len(p.text) for p in new.walk()),
        "changes": len(weighed_result.changes),
    }


if __name__ == "__main__":
    sys.exit(main())
