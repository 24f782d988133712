"""Plant edits and judge every sentence: ``python -m benchmarks.sentences --seed 1 [--cases 10000]``."""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks.machine import machine_lines
from benchmarks.sentences.judging import SentenceVerdict, judge
from benchmarks.sentences.plans import case

RESULTS = Path(__file__).parent.parent / "results" / "sentences.md"
_MOST_MISSES = 30  # misses quoted in full


def main(arguments: Sequence[str] | None = None) -> int:
    """Judge every case, print the figures, and write the table when at least ten thousand were judged."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sentences", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--only", default="", help="the start of the ids to judge")
    options = parser.parse_args(arguments)
    began = time.perf_counter()
    verdicts = [
        judge(c) for c in (case(options.seed, n) for n in range(options.cases)) if c.id.startswith(options.only)
    ]
    seconds = time.perf_counter() - began
    command = f"python -m benchmarks.sentences --seed {options.seed} --cases {options.cases}"
    heading = [*machine_lines(), f"- command: `{command}`", f"- cases: {len(verdicts)} in {seconds:.0f} s"]
    page = "\n".join(_page(verdicts, heading)) + "\n"
    if options.cases >= 10_000 and not options.only:
        RESULTS.write_text(page, encoding="utf-8")
    sys.stdout.write(page)
    return 0 if not any(v.false for v in verdicts) and _share(verdicts) >= 0.98 else 1


def _share(verdicts: Iterable[SentenceVerdict]) -> float:
    verdict_list = list(verdicts)
    return sum(v.found_count for v in verdict_list) / max(1, sum(v.true for v in verdict_list))


def _page(verdicts: Sequence[SentenceVerdict], heading: Sequence[str]) -> Iterator[str]:
    yield from ("# Sentences: are the claims told of planted edits true?", "", *heading, "")
    yield from ("| | cases | claims told | false | true ones told |", "|---|---|---|---|---|")
    yield _row("**all**", verdicts)
    for title, key in (
        ("By family", lambda v: v.case.family),
        ("By tradition and language", lambda v: v.case.style),
    ):
        yield from (
            "",
            f"## {title}",
            "",
            "| | cases | claims told | false | true ones told |",
            "|---|---|---|---|---|",
        )
        groups: dict[str, list[SentenceVerdict]] = defaultdict(list)
        for verdict in verdicts:
            groups[key(verdict)].append(verdict)
        yield from (_row(name, group) for name, group in groups.items())
    wrong = [v for v in verdicts if not v.is_right]
    yield from ("", f"## Every miss ({len(wrong)})", "")
    for v in wrong[:_MOST_MISSES]:
        truths = ", ".join(f"{'/'.join(sorted(t.kinds))} {t.old}>{t.new}" for t in v.case.truths)
        yield f"- `{v.case.id}` wanted {truths or 'nothing'}; false: {list(v.false)}; told: {list(v.sentences)}"


def _row(name: str, verdicts: Sequence[SentenceVerdict]) -> str:
    claims, false = sum(v.claim_count for v in verdicts), sum(len(v.false) for v in verdicts)
    share = f"{_share(verdicts):.2%}" if any(v.true for v in verdicts) else "–"
    return f"| {name} | {len(verdicts)} | {claims} | {false} | {share} |"


if __name__ == "__main__":
    sys.exit(main())
