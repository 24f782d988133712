"""The text of a policy in the format it is kept in, and the line on which it cites something."""

from __future__ import annotations

from pathlib import Path

from tracker.errors import UsageError
from tracker.lockfile.cited_places import citations_in
from tracker.reading.formats.charset import decode
from tracker.reading.formats.recognise import open_source
from tracker.reading.formats.visible_text import visible

_PLAIN = frozenset({".md", ".markdown", ".txt", ".rst", ".adoc", ".tex", ".toml", ".yaml", ".yml", ".json", ""})
_MOST = 20_000_000  # bytes of a policy


def read_policy(path: Path) -> str:
    """Return the words of a policy: a plain file as it is, HTML and Word as they show; raises UsageError."""
    if not path.is_file():
        raise UsageError(f"{path}: no such file")
    if path.stat().st_size > _MOST:
        raise UsageError(f"{path}: over the size limit of {_MOST // 1_000_000} MB")
    body = path.read_bytes()
    if path.suffix.casefold() in _PLAIN:
        return decode(body)[0]
    page = visible(open_source(body))
    if page is None:
        raise UsageError(f"{path}: only text, Markdown, HTML and Word are read for citations; save it as one of them")
    return page.lines()


def line_of(path: Path, words: str) -> int:
    """Return the line of a plain file on which a provision is cited; 1 when that is not to be found."""
    if path.suffix.casefold() not in _PLAIN or not path.is_file():
        return 1
    wish = [citation.steps for citation in citations_in(words)][:1]
    text = decode(path.read_bytes())[0]
    hits = [citation for citation in citations_in(text) if citation.steps in wish]
    return text.count("\n", 0, hits[0].start) + 1 if hits else 1
