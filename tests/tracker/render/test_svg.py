"""Pictures are well formed, harmless, and say in words and numbers what they say in shades."""

from datetime import date

import pytest
from lxml import etree

from tracker.render.svg import BarRow, HeatCell, TimelinePoint, bars_svg, heat_svg, squares_svg, timeline_svg

HOSTILE = '<script>alert(1)</script>"&'
TODAY = date(2026, 6, 1)
POINTS = [
    TimelinePoint(1, date(2025, 1, 1), "circle", "adopted"),
    TimelinePoint(2, date(2025, 1, 2), "square", HOSTILE),
    TimelinePoint(3, date(2027, 8, 2), "triangle", "applies"),
]
CELLS = [HeatCell(HOSTILE, 3, 4), HeatCell("art. 2", 0, 0)]
PICTURES = {
    "timeline": timeline_svg(POINTS, TODAY, HOSTILE, "today"),
    "bars": bars_svg([BarRow(HOSTILE, (0, 2, 5))], ["1 Jun", "8 Jun", HOSTILE], "Bars"),
    "heat": heat_svg(CELLS, "Heat"),
    "squares": squares_svg([("China", CELLS)], "Squares"),
}


def texts(picture):
    return ["".join(node.itertext()) for node in etree.fromstring(picture).iter("{*}text")]


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_well_formed_has_a_name_and_holds_nothing_of_others(name):
    root = etree.fromstring(PICTURES[name])
    assert root.get("role") == "img"
    assert root.get("aria-label")
    assert not list(root.iter("{*}script", "{*}image", "{*}foreignObject", "{*}style"))
    assert not [a for node in root.iter() for a in node.attrib if a.startswith("on") or a in {"style", "href"}]


def test_marks_have_numbers_and_what_lies_ahead_is_drawn_otherwise():
    root = etree.fromstring(PICTURES["timeline"])
    marks = list(root.iter("{*}g"))
    assert [node.get("class") for node in marks] == ["mark circle", "mark square", "mark triangle ahead"]
    assert {"1", "2", "3", "today"} <= set(texts(PICTURES["timeline"]))


def test_marks_of_one_week_cover_each_other_nowhere():
    root = etree.fromstring(timeline_svg([*POINTS[:1]] * 6, TODAY, "x", "today"))
    heights = [circle.get("cy") for circle in root.iter("{*}circle")]
    assert len(set(heights)) == 6


def test_every_number_stands_in_the_picture():
    assert {"2", "5"} <= set(texts(PICTURES["bars"]))
    assert {"3", "·", "art. 2"} <= set(texts(PICTURES["heat"]))
    assert {"3", "0"} <= set(texts(PICTURES["squares"]))


def test_what_there_is_nothing_of_is_no_picture():
    assert timeline_svg([], TODAY, "x", "y") == heat_svg([], "x") == squares_svg([], "x") == ""
    assert bars_svg([BarRow("China", (0, 0))], ["a", "b"], "x") == ""
    assert "svg" in timeline_svg([TimelinePoint(1, TODAY, "circle", "x")], TODAY, "x", "y")
