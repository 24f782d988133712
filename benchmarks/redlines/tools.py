"""The tools: ours, and what people would use instead: how much each marks, in how many pieces, in what time."""

from __future__ import annotations

import difflib
import json
import re
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.redlines.pairs import Pair
from storage.records import OpKind
from tracker.compare import compare
from tracker.reading import read
from tracker.reading.structure.draft import ReadingContext
from tracker.weigh import weigh

_HAN = re.compile(r"[\u3400-\u9fff]")
_WORDS = re.compile(r"\w+|\s+|[^\w\s]")


_TIMES = 3


@dataclass(frozen=True, slots=True)
class ToolResult:
    """What a tool made of a pair: characters marked, edits shown, seconds."""

    characters: int
    edits: int
    seconds: float


@dataclass(frozen=True, slots=True)
class SkippedTool:
    """Why a tool was not tried."""

    reason: str


Tool = Callable[[Pair], ToolResult | SkippedTool]


def clausewatch(pair: Pair) -> ToolResult:
    """Compare and weigh two readings; reading is not counted: the others are given text already taken out."""
    hints = ReadingContext(jurisdiction=pair.jurisdiction)
    old, new = read(pair.old_page, hints), read(pair.new_page, hints)
    seconds = []
    for _ in range(_TIMES):
        began = time.process_time()
        comparison = weigh(compare(old, new), old, new)
        seconds.append(time.process_time() - began)
    characters = sum(
        len(op.text) for c in comparison.changes for op in c.ops if op.kind in (OpKind.DELETE, OpKind.INSERT)
    )
    units = {(change.old_unit, change.new_unit) for change in comparison.changes}
    return ToolResult(characters, len(units), min(seconds))


def difflib_lines(pair: Pair) -> ToolResult:
    return _difflib(pair.old_text.splitlines(keepends=True), pair.new_text.splitlines(keepends=True))


def difflib_words(pair: Pair) -> ToolResult:
    return _difflib(_split(pair.old_text), _split(pair.new_text))


def _split(text: str) -> list[str]:
    return list(text) if _HAN.search(text) else _WORDS.findall(text)


def _difflib(old: list[str], new: list[str]) -> ToolResult:
    began = time.process_time()
    codes = [code for code in difflib.SequenceMatcher(None, old, new).get_opcodes() if code[0] != "equal"]
    seconds = time.process_time() - began
    characters = sum(len("".join(old[a:b])) + len("".join(new[c:d])) for _, a, b, c, d in codes)
    return ToolResult(characters, len(codes), seconds)


def git_words(pair: Pair) -> ToolResult | SkippedTool:
    """``git diff --word-diff`` over two files."""
    git = shutil.which("git")
    if git is None:
        return SkippedTool("git is not installed")
    with tempfile.TemporaryDirectory() as folder:
        names = [Path(folder) / name for name in ("old.txt", "new.txt")]
        for path, text in zip(names, (pair.old_text, pair.new_text), strict=True):
            path.write_text(text, encoding="utf-8")
        command = [git, "diff", "--no-index", "--minimal", "--word-diff=porcelain", *map(str, names)]
        began = _childrens_seconds()
        output = subprocess.run(command, capture_output=True, check=False).stdout.decode()
        seconds = _childrens_seconds() - began
    edits = [line for line in output.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    return ToolResult(sum(len(line) - 1 for line in edits), len(edits), seconds)


def _childrens_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def redlines(python: str) -> Tool:
    """Return the tool redlines, run by an interpreter that has it."""
    return partial(_elsewhere, python, _REDLINES)


def wdiff(python: str) -> Tool:
    """Return webchanges' differ by words, run by an interpreter that has webchanges."""
    return partial(_elsewhere, python, _WDIFF)


def _elsewhere(python: str, program: str, pair: Pair) -> ToolResult | SkippedTool:
    texts = json.dumps([pair.old_text, pair.new_text])
    try:
        completion = subprocess.run(
            [python, "-c", program], input=texts, capture_output=True, text=True, timeout=120, check=False
        )
    except subprocess.TimeoutExpired:
        return SkippedTool("stopped after 120 s")
    if completion.returncode:
        return SkippedTool(completion.stderr.strip().splitlines()[-1][:60] if completion.stderr.strip() else "failed")
    return ToolResult(*json.loads(completion.stdout.splitlines()[-1]))


_REDLINES = """
import json, sys, time
from redlines import Redlines
old, new = json.load(sys.stdin)
seconds = []
for _ in range(3):
    began = time.process_time()
    found = Redlines(old, new)
    changes = found.redlines
    seconds.append(time.process_time() - began)
marked = sum(len(c.source_text or "") + len(c.test_text or "") for c in changes)
print(json.dumps([marked, len(changes), min(seconds)]))
"""

_WDIFF = r"""
import json, re, sys, time
from types import SimpleNamespace
from webchanges.differs import WdiffDiffer
old, new = json.load(sys.stdin)
state = SimpleNamespace(old_data=old, new_data=new, old_mime_type="text/plain", new_mime_type="text/plain",
                        old_timestamp=1.0, new_timestamp=2.0, verb="changed",
                        job=SimpleNamespace(contextlines=3, monospace=False), is_markdown=lambda: False)
differ = WdiffDiffer.__new__(WdiffDiffer)
differ.state, differ.job = state, state.job
began = time.process_time()
found = differ.differ({}, "plain")["plain"]
seconds = time.process_time() - began
marks = re.findall(r"\x1b\[9[12]m(.*?)\x1b\[0m", found, re.DOTALL)[2:]  # the first two are the dates
print(json.dumps([sum(map(len, marks)), len(marks), seconds]))
"""
