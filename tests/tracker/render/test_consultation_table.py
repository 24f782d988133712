"""A consultation table opens in Word, old words left and new words right, and loses none of either."""

import io

import docx
import pytest

from tests.tracker.web.conftest import contrast, law
from tracker.reading import read
from tracker.reading.structure.draft import ReadingContext
from tracker.render.consultation_table import consultation_table


def rows_of(content):
    table = docx.Document(io.BytesIO(content)).tables[0]
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_old_and_new_words_stand_side_by_side_under_their_citations():
    comparison = contrast(law(30), law(10))
    rows = rows_of(consultation_table(comparison, "练习服务管理规定", ("Old text", "New text")))
    assert rows[0] == ["Old text", "New text"]
    assert rows[1] == ["第一条第一款", "第一条第一款"]
    old, new = rows[-1]
    assert "在30日内" in old
    assert "在10日内" in new
    assert old.replace("30", "10") == new


def test_differences_are_marked_without_colour_too():
    content = consultation_table(contrast(law(30), law(10)), "x", ("a", "b"))
    table = docx.Document(io.BytesIO(content)).tables[0]
    left, right = table.rows[-1].cells
    assert [run.text for run in left.paragraphs[0].runs if run.font.strike] == ["30日"]
    assert [run.text for run in right.paragraphs[0].runs if run.font.underline] == ["10日"]


@pytest.mark.parametrize(
    ("before", "after", "cells"),
    [
        ("第一条 甲应当登记。", "第一条 甲应当登记。\n第二条 乙不得转让&\x01。", "乙不得转让&"),
        ("第一条 甲应当登记。\n第二条 乙不得转让。", "第一条 甲应当登记。", "乙不得转让"),
    ],
)
def test_what_is_wholly_new_or_gone_stands_on_one_side(before, after, cells):
    old, new = (read(f"# 规定\n{text}".encode(), ReadingContext(jurisdiction="cn")) for text in (before, after))
    rows = rows_of(consultation_table(contrast(old, new), "规定", ("Old", "New")))
    assert any(cells in cell for cell in rows[-1])
    assert "" in rows[-1] or "–" in rows[-2]


def test_it_is_a4_and_the_same_twice():
    tables = [consultation_table(contrast(law(30), law(10)), "x", ("a", "b")) for _ in range(2)]
    assert tables[0] == tables[1]
    section = docx.Document(io.BytesIO(tables[0])).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
