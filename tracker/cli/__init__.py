"""The command ``clausewatch``: one door for analysts and operators."""

from __future__ import annotations

import sys

_ROUNDS = ("check", "run")


def main() -> None:
    """Run the command line; a round starts without what the other commands need, since it may run for years."""
    if sys.argv[1:2] and sys.argv[1] in _ROUNDS:
        from tracker.cli.fast_start import app  # noqa: PLC0415
    else:
        from tracker.cli.main import app  # noqa: PLC0415
    app(prog_name="clausewatch")


__all__ = ["main"]
