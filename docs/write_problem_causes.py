"""Write docs/problem-causes.md: every cause of a problem and what to try, from the words that operators are mailed.

``python -m docs.write_problem_causes`` after a cause was added or better advice was found; a test tells when it is due.
"""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path

REFERENCE = Path(__file__).parent / "problem-causes.md"
_HEAD = """# What to do about each problem

`clausewatch problems` and the operators' mail name a cause; what they advise stands here for all of them. A cause
that is not in the first table has the advice of its stage. Written by `python -m docs.write_problem_causes`.
"""


def causes_page() -> str:
    """Return the page: a table of the causes, and one of the stages."""
    advice = tomllib.loads(files("tracker.wording").joinpath("advice.toml").read_text(encoding="utf-8"))
    return _HEAD + "".join(_table(kind, rows) for kind, rows in advice.items())


def _table(kind: str, rows: dict[str, str]) -> str:
    lines = [f"| `{name}` | {text.replace('|', chr(92) + '|')} |" for name, text in rows.items()]
    return "\n".join(["", f"| {kind} | what to try |", "|---|---|", *lines, ""])


if __name__ == "__main__":
    REFERENCE.write_text(causes_page(), encoding="utf-8")
