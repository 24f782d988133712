"""The command ``clausewatch``: one door for analysts and operators."""

from tracker.cli.main import main

__all__ = ["main"]
