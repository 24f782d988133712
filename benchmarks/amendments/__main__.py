"""How many labelled amendment instructions are applied right: ``python -m benchmarks.amendments [--misses]``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from benchmarks.amendments.judge import Finding, judge
from benchmarks.amendments.labels import labelled_instructions
from benchmarks.results_page import write_results

TARGET = 0.95


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the share of instructions with the right action and target by base, and what was wrongly applied."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.amendments", description=__doc__)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--only", default="", help="only bases whose name begins so")
    arguments_given = parser.parse_args(arguments)
    findings = [judge(label) for label in labelled_instructions(arguments_given.only)]
    lines = [
        f"- {base}: {_figures([finding for finding in findings if finding.label.base == base])}"
        for base in sorted({finding.label.base for finding in findings})
    ]
    lines += ["", f"all: {_figures(findings)}"]
    for finding in findings if arguments_given.misses else ():
        if not (finding.is_right and finding.is_text_right):
            sys.stdout.write(f"{finding.describe()}\n")
    sys.stdout.write("\n".join([*lines, ""]))
    if not arguments_given.only:
        write_results("amendments", "Labelled amendment instructions", "python -m benchmarks.amendments", lines)
    right, wrong = sum(finding.is_right for finding in findings), sum(finding.is_wrong for finding in findings)
    return 0 if right >= TARGET * len(findings) and not wrong else 1


def _figures(findings: Sequence[Finding]) -> str:
    right, wrong = sum(finding.is_right for finding in findings), sum(finding.is_wrong for finding in findings)
    texts = sum(finding.is_text_right for finding in findings)
    return f"{right} of {len(findings)} right action and target, {texts} right text, {wrong} wrongly applied"


if __name__ == "__main__":
    sys.exit(main())
