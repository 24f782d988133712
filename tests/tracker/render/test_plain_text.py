from datetime import date

from storage.records import (
    Authority,
    Change,
    ChangeKind,
    Comparison,
    Milestone,
    MilestoneKind,
    Op,
    OpKind,
    Reading,
    Weight,
)
from tests.tracker.compare.laws import a_reading, an_article, sentence, zh_sentence
from tracker.compare import compare
from tracker.render import comparison_html, comparison_json, comparison_markdown, comparison_text, profile_text
from tracker.render.concordance import concordance

E = [sentence(n) for n in range(1, 61)]


def english(*texts):
    return [an_article(number, text) for number, text in enumerate(texts, 1)]


ON = date(2026, 6, 1)
READING = Reading(
    format="html",
    jurisdiction="cn",
    language="zh",
    title="练习规定",
    title_native="练习规定",
    authorities=(
        Authority("cn_cac", "Cyberspace Administration of China", "国家互联网信息办公室"),
        Authority("xx_new", "New Body", "New Body"),
    ),
    dates=(Milestone(MilestoneKind.IN_FORCE, date(2026, 5, 1), "自2026年5月1日起施行", "art_5"),),
    counts={"article": 1, "annex": 2},
)
MODIFIED_ARTICLE = Change(
    ChangeKind.MODIFIED,
    Weight.HIGH,
    "art_1",
    "art_1",
    "art_1",
    "art_1",
    "第一条",
    "第一条",
    "<三十日>",
    "<十日>",
    (Op(OpKind.EQUAL, "<"), Op(OpKind.DELETE, "三十日"), Op(OpKind.INSERT, "十日"), Op(OpKind.FOLD, "＞", ">")),
    explanation="Time limit shortened from 30 days to 10 days",
)
MOVED_UP = Change(
    ChangeKind.RENUMBERED, Weight.REFERENCE, "art_3", "art_2", "art_3", "art_2", "第三条", "第二条", ops=()
)
COMPARISON = Comparison((MODIFIED_ARTICLE, MOVED_UP), {"modified": 1, "renumbered": 1, "weight": "high"}, ("a note",))


def test_a_profile_says_who_when_and_how_much():
    text = profile_text(READING, on=ON, english="Practice Provisions")
    assert text.splitlines()[:2] == ["Practice Provisions", "练习规定"]
    assert "CAC + New Body" in text
    assert "Cyberspace Administration of China (国家互联网信息办公室)" in text
    assert "New Body (New Body)" not in text
    assert "In force:    2026-05-01 (art_5)" in text
    assert "Status:      in force on 2026-06-01" in text
    assert "1 article, 2 annexes" in text


def test_a_terminal_redline_marks_without_colour_too():
    plain, in_colour = (
        comparison_text(COMPARISON, READING, READING),
        comparison_text(COMPARISON, READING, READING, colour=True),
    )
    assert "<[-三十日-]{+十日+}>" in plain
    assert "\x1b[" in in_colour
    assert "\x1b[" not in plain


def test_what_was_only_renumbered_is_one_line():
    for shape in (comparison_text(COMPARISON, READING, READING), comparison_markdown(COMPARISON, READING, READING)):
        assert [line for line in shape.splitlines() if "第三条 → 第二条" in line]
    assert "1 modified, 1 renumbered" in comparison_text(COMPARISON, READING, READING)


def test_the_html_page_stands_alone_and_escapes_what_a_regulator_wrote():
    page = comparison_html(COMPARISON, READING, READING)
    assert "&lt;<del>三十日</del><ins>十日</ins>&gt;" in page
    assert "http" not in page
    assert "<script" not in page
    assert "a note" in page
    assert 'id="side"' in page
    assert '<div class="sides"><div>&lt;<del>三十日</del>' in page


def test_the_concordance_names_every_unit_once_with_what_became_of_it():
    old = a_reading(*english(*E[:6]))
    new = a_reading(*english(E[0], E[7], *E[1:4], E[5]))
    rows = [(row.old, row.new, row.what) for row in concordance(compare(old, new), old, new)]
    assert rows == [
        ("art_1", "art_1", "unchanged"),
        ("", "art_2", "added"),
        ("art_2", "art_3", "renumbered"),
        ("art_3", "art_4", "renumbered"),
        ("art_4", "art_5", "renumbered"),
        ("art_6", "art_6", "unchanged"),
        ("art_5", "", "removed"),
    ]


def test_a_law_that_another_replaced_is_told_as_a_concordance_and_not_as_redlines():
    old, new = a_reading(*english(*E[:30])), a_reading(*english(*(zh_sentence(n) * 3 for n in range(1, 31))))
    comparison = compare(old, new)
    text = comparison_text(comparison, old, new)
    assert comparison.replaced
    assert "[-" not in text
    assert len([line for line in text.splitlines() if line.startswith(("   removed", "     added"))]) == 60
    assert comparison_json(comparison, old, new)["replaced"]
    assert "<details open><summary>Concordance: 60 provisions" in comparison_html(comparison, old, new)
