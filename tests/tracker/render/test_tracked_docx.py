"""Word documents with tracked changes: accepted they are the new text, rejected the old one."""

import io
import json
import os
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from tracker.compare import compare
from tracker.reading import read
from tracker.reading.structure.draft import ReadingContext
from tracker.render.tracked_docx import comparison_docx, docx_lines
from tracker.weigh import weigh

CORPUS = os.environ.get("CLAUSEWATCH_CORPUS", "")
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
OLD = """# 练习服务管理规定
第一条 提供者应当在三十日内完成登记。
第二条 提供者应当公布“登记”结果。
第三条 提供者应当保存记录 & 报告。
第四条 本规定自2026年5月1日起施行。"""
NEW = """# 练习服务管理规定
第一条 提供者应当在十日内完成登记。
第二条 提供者应当公布“登记”结果。
第三条 提供者不得转让 <登记>。
第四条 提供者应当保存记录 & 报告。
第五条 本规定自2026年5月1日起施行。"""


def a_reading(text):
    return read(text.encode(), ReadingContext(jurisdiction="cn"))


def resolve_changes(raw, *, accept):
    """Return the paragraphs that are left when Word accepts, or rejects, every tracked change."""
    document = docx.Document(io.BytesIO(raw))
    keep, drop = (qn("w:ins"), qn("w:del")) if accept else (qn("w:del"), qn("w:ins"))
    lines = []
    for paragraph in document.element.body.iter(qn("w:p")):
        marks = [mark.tag for mark in paragraph.iterfind(f"{qn('w:pPr')}/{qn('w:rPr')}/*")]
        if drop in marks:
            continue
        text = ""
        for piece in paragraph.iter(qn("w:t"), qn("w:delText"), qn("w:br")):
            inside = {parent.tag for parent in piece.iterancestors()}
            if drop not in inside:
                text += "\n" if piece.tag == qn("w:br") else piece.text or ""
        lines.append(text)
    assert keep != drop
    return lines


def round_trip(old, new):
    raw = comparison_docx(weigh(compare(old, new), old, new), old, new, AT)
    for reading, accept in ((new, True), (old, False)):
        title = [reading.title] if reading.title else [""]
        expected_lines = [*title, *(line.whole for line in docx_lines(reading))]
        assert [line for line in resolve_changes(raw, accept=accept) if line] == [
            line for line in expected_lines if line
        ]
    return raw


def test_accepting_all_gives_the_new_text_and_rejecting_all_the_old():
    round_trip(a_reading(OLD), a_reading(NEW))
    round_trip(a_reading(NEW), a_reading(OLD))


def test_only_the_words_that_differ_are_tracked():
    document = docx.Document(io.BytesIO(round_trip(a_reading(OLD), a_reading(NEW))))
    deletions = [piece.text for piece in document.element.body.iter(qn("w:delText"))]
    assert "三十" in "".join(deletions)
    assert not any("内完成登记" in text for text in deletions)


def test_a_tracked_change_says_who_made_it_and_when():
    document = docx.Document(io.BytesIO(round_trip(a_reading(OLD), a_reading(NEW))))
    changes = list(document.element.body.iter(qn("w:ins"), qn("w:del")))
    assert {change.get(qn("w:author")) for change in changes} == {"Clausewatch"}
    assert {change.get(qn("w:date")) for change in changes} == {"2026-03-02T09:00:00Z"}
    assert len({change.get(qn("w:id")) for change in changes}) == len(changes)


def test_the_same_comparison_gives_the_same_bytes():
    assert round_trip(a_reading(OLD), a_reading(NEW)) == round_trip(a_reading(OLD), a_reading(NEW))


@pytest.mark.skipif(not CORPUS, reason="CLAUSEWATCH_CORPUS is not set: no saved real pages here")
def test_every_pair_of_the_corpus_survives_the_round_trip():
    for row in map(json.loads, (Path(CORPUS) / "cases.jsonl").read_text(encoding="utf-8").splitlines()):
        if "old" in row and "new" in row:
            hints = ReadingContext(jurisdiction=row["jurisdiction"])
            old, new = (read((Path(CORPUS) / row[side]).read_bytes(), hints) for side in ("old", "new"))
            round_trip(old, new)
