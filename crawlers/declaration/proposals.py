"""Proposals: how a declaration would be mended whose list was found again, kept until an operator accepts it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from crawlers.declaration.load import BUILT_IN, load_file
from crawlers.errors import DeclarationError

_FOLDER = "proposals"
OWN_FOLDER = "declarations"
"""The folder of a home for declarations of one's own, which upgrades leave alone."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """The keys of ``[params]`` that would find a list again, the day that was seen, and the evidence in words."""

    source_id: str
    on: str
    params: Mapping[str, str]
    evidence: str


def save_proposal(home: Path, proposal: Proposal) -> None:
    """Keep a proposal; a newer one of the same source takes its place."""
    path = _file(home, proposal.source_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".part")
    temporary.write_text(json.dumps(asdict(proposal), ensure_ascii=False, indent=1), encoding="utf-8")
    temporary.replace(path)


def find_proposal(home: Path, source_id: str) -> Proposal | None:
    """Return the proposal for a source, if there is one."""
    try:
        return Proposal(**json.loads(_file(home, source_id).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def accept_proposal(home: Path, source_id: str, folders: Sequence[Path]) -> Path:
    """Mend the declaration of a source as proposed and return its file; raises DeclarationError when that cannot be.

    What the file says beside the mended keys stays as it is; a file that would not load is left alone. One of our own
    is never written to, for the next upgrade would undo it: the home gets a copy that replaces it.
    """
    proposal = find_proposal(home, source_id)
    paths = [path for folder in folders for path in folder.glob(f"*/{source_id}.toml")]
    if proposal is None or not paths:
        raise DeclarationError([f"{source_id}: nothing is proposed for it"])
    path = paths[-1]
    before = path.read_text(encoding="utf-8")
    text = mend_text(before, proposal)
    is_ours = path.is_relative_to(BUILT_IN)
    if is_ours:
        path = home / OWN_FOLDER / path.parent.name / path.name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = f"replaces = true\n{text}"
    path.write_text(text, encoding="utf-8")
    try:
        load_file(path)
    except DeclarationError:
        path.unlink() if is_ours else path.write_text(before, encoding="utf-8")
        raise
    _file(home, source_id).unlink(missing_ok=True)
    return path


def mend_text(text: str, proposal: Proposal) -> str:
    """Return the text of a declaration with the keys of a proposal in its ``[params]``, and what they rest on."""
    origin = f"inferred on {proposal.on}, accepted by an operator"
    rows = f'rows = {{ grade = "recorded", on = "{proposal.on}", origin = "{origin}" }}'
    text = _with_lines(text, "params", {key: f"{key} = {_toml_text(value)}" for key, value in proposal.params.items()})
    return _with_lines(text, "evidence", {"rows": rows})


def _with_lines(text: str, table: str, lines: Mapping[str, str]) -> str:
    """Return *text* with these lines in one of its tables, in the place of those with the same key.

    A key may be written as a table of its own, too: ``[evidence.rows]``.
    """
    for key in lines:
        text = re.sub(rf"^\[{table}\.{key}\].*\n(?:(?!\[).*\n?)*", "", text, flags=re.MULTILINE)
    head = re.search(rf"^\[{table}\].*\n", text, re.MULTILINE)
    if head is None:
        return f"{text.rstrip()}\n\n[{table}]\n" + "\n".join(lines.values()) + "\n"
    end = re.search(r"^\[", text[head.end() :], re.MULTILINE)
    stop = head.end() + end.start() if end else len(text)
    body = text[head.end() : stop]
    for key in lines:
        body = re.sub(rf"^{key} = .*\n", "", body, flags=re.MULTILINE)
    return text[: head.end()] + "\n".join(lines.values()) + "\n" + body + text[stop:]


def _toml_text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _file(home: Path, source_id: str) -> Path:
    return home / _FOLDER / f"{source_id}.json"
