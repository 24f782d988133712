"""Markdown of words that others wrote: every mark that would format, link or embed is escaped."""

from __future__ import annotations

import re

from storage.records import Change, Op, OpKind
from tracker.render.control_characters import harmless

_MARKS = {OpKind.DELETE: "~~", OpKind.INSERT: "**"}
_SPECIAL = re.compile(r"([\\`*_\[\]<>~|&$])")
_LINE_START = re.compile(r"(?m)^(\s*)(#{1,6}(?=\s)|[-+=](?=\s|-|=|$)|>|(\d{1,9})([.)])(?=\s))")


def plain_markdown(text: str) -> str:
    """Return *text* so that Markdown shows it as it stands: no emphasis, link, image, heading, list or markup."""
    safe = _SPECIAL.sub(r"\\\1", harmless(text))
    safe = re.sub(r"(?i)\b(https?|ftp|mailto)(:)", r"\1\\\2", safe)
    return _LINE_START.sub(_escape_start, safe)


def markdown_redline(change: Change) -> str:
    """Return the redline of *change*: strike-through for what went, bold for what came, blanks outside the marks."""
    ops = change.ops
    if not ops:
        whole = ((OpKind.DELETE, change.old_text), (OpKind.INSERT, change.new_text))
        one_sided = change.old_eid is None or change.new_eid is None
        ops = tuple(Op(kind, text) for kind, text in whole if text and one_sided)
    return "".join(map(_mark, ops))


def _mark(op: Op) -> str:
    if op.kind is OpKind.FOLD:
        return plain_markdown(op.new)
    mark = _MARKS.get(op.kind, "")
    if not mark:
        return plain_markdown(op.text)
    return "\n".join(_mark_line(line, mark) for line in op.text.split("\n"))


def _mark_line(line: str, mark: str) -> str:
    bare = line.strip()
    if not bare:
        return line
    lead, end = line[: len(line) - len(line.lstrip())], line[len(line.rstrip()) :]
    return f"{lead}{mark}{plain_markdown(bare)}{mark}{end}"


def _escape_start(match: re.Match[str]) -> str:
    if match[3]:
        return f"{match[1]}{match[3]}\\{match[4]}"
    return f"{match[1]}\\{match[2]}"
