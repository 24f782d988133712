"""How old a figure is: the commits to the code it is about since it was measured."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
_COMMIT_LINE = re.compile(r"^- commit: (?:\S+-g)?([0-9a-f]{7,40})(?:-dirty)?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Age:
    """The commit a figure was measured at, and how many have changed its code since; None where git cannot say."""

    commit: str
    changes: int | None

    def words(self) -> str:
        """Return the age in words."""
        if self.changes is None:
            return "nobody knows when"
        if not self.changes:
            return f"at {self.commit}"
        return f"at {self.commit}, **old**: {self.changes} commit{'s' * (self.changes > 1)} to its code since"


def age_of(results: Path, code: tuple[str, ...], root: Path = ROOT) -> Age:
    """Return the age of the figures of a page: as of the commit it states, else as of the page's own last commit."""
    match = _COMMIT_LINE.search(results.read_text(encoding="utf-8"))
    is_known = match is not None and _git(root, "merge-base", "--is-ancestor", match[1], "HEAD") is not None
    commit = match[1] if match is not None and is_known else ""  # one that was rebased away says nothing
    if not commit and _git(root, "status", "--porcelain", "--", str(results)):
        commit = _git(root, "rev-parse", "--short", "HEAD") or ""  # written since the last commit: now
    commit = commit or _git(root, "log", "-1", "--format=%h", "--", str(results)) or ""
    since = _git(root, "rev-list", "--count", f"{commit}..HEAD", "--", *code) if commit else None
    return Age(commit[:7], int(since) if since else None)


def _git(root: Path, *words: str) -> str | None:
    """Return what git answers, None when there is no git, no repository or no such thing."""
    git = shutil.which("git")
    if git is None:
        return None
    answer = subprocess.run([git, *words], cwd=root, capture_output=True, text=True, check=False)
    return answer.stdout.strip() if answer.returncode == 0 else None
