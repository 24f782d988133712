"""Who made a change set, as history notes, lists of amenders and source notes name it; and from when it counts."""

from datetime import date

import pytest

from storage.records import Milestone, MilestoneKind, Note, Reading
from tracker.weigh.change_set.amending_act import amending_act
from tracker.weigh.change_set.date_changes import date_table
from tracker.weigh.change_set.effect import effect

LAMP = "2016年11月7日第十二届常务委员会第二十四次会议通过"
LAMP_M1 = "根据2026年10月28日第十四届常务委员会第十八次会议《关于修改〈灯语法〉的决定》修正"
BUOYS = "Amended by:\nOfficial Journal\nNo\npage\ndate\n"
M1 = "DIRECTIVE 2093/55/EU OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL Text with EEA relevance of 20 November 2093"
M2 = "REGULATION (EU) 2098/1724 OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL of 2 October 2098"
M2_SAID = "Regulation (EU) 2098/1724 of the European Parliament and of the Council of 2 October 2098"
C1 = "Corrected by:\nCorrigendum, OJ L 6, 10.1.2099, p. 70 (2091/29/EC)"


def a_text(jurisdiction, *notes, furniture=(), number=""):
    language = "zh" if jurisdiction == "cn" else "en"
    front = tuple(Note("preface", text) for text in notes)
    more = tuple(Note("page header", text) for text in furniture)
    return Reading("html", jurisdiction, language, "Lamps", number=number, front=front, furniture=more)


@pytest.mark.parametrize(
    ("old", "new", "title", "on", "others"),
    [
        (("cn", LAMP), ("cn", f"（{LAMP}　{LAMP_M1}）"), "关于修改〈灯语法〉的决定", date(2026, 10, 28), 0),
        (
            ("cn", "2024年1月1日省长令第7号公布"),
            ("cn", "2024年1月1日省长令第7号公布  根据2026年10月30日《关于修改〈灯语办法〉的决定》修正"),
            "关于修改〈灯语办法〉的决定",
            date(2026, 10, 30),
            0,
        ),
        (  # two decisions of one name are told apart by their days
            ("cn", "2018年3月19日《关于修改部分法规的决定》第一次修订"),
            ("cn", "2018年3月19日《关于修改部分法规的决定》第一次修订", "2022年3月29日《关于修改部分法规的决定》修订"),
            "关于修改部分法规的决定",
            date(2022, 3, 29),
            0,
        ),
        (
            ("cn", "1999年10月7日中华人民共和国国务院令第273号发布"),
            ("cn", "1999年10月7日中华人民共和国国务院令第273号发布", "2023年4月27日中华人民共和国国务院令第760号修订"),
            "中华人民共和国国务院令第760号修订",
            date(2023, 4, 27),
            0,
        ),
        (
            ("us", "[85 FR 1234, Jan. 2, 2090]"),
            ("us", "[85 FR 1234, Jan. 2, 2090, as amended at 88 FR 56, Feb. 3, 2093; 87 FR 9, Sept. 30, 2092]"),
            "88 FR 56, Feb. 3, 2093",
            date(2093, 2, 3),
            1,
        ),
        (("us", ""), ("us", "Amended by SB 25B-004, effective June 30"), "SB 25B-004, effective June 30", None, 0),
        (
            ("in", "Lamp Rules, 2090"),
            ("in", "1. Subs. by G.S.R. 794(E), dated 28.10.2092 (w.e.f. 28.10.2092)"),
            "G.S.R. 794(E), dated 28.10.2092",
            date(2092, 10, 28),
            0,
        ),
    ],
)  # fmt: skip
def test_the_latest_act_that_only_the_new_text_names_made_the_changes(old, new, title, on, others):
    act = amending_act(a_text(*old), a_text(*new))
    assert act is not None
    assert (act.title, act.on, act.others) == (title, on, others)


def test_a_consolidated_text_names_its_amenders_on_its_first_page():
    before, after = (a_text("eu", furniture=[text]) for text in (BUOYS + M1, f"{BUOYS}{M1}\nL 3\n{M2}\n{C1}"))
    plain = a_text("eu")

    newest, all_of_them, correction = (
        amending_act(before, after),
        amending_act(plain, after),
        amending_act(after, a_text("eu", furniture=[f"{BUOYS}{M1}\nL 3\n{M2}\n{C1.replace('L 6', 'L 7')}"])),
    )

    assert (newest.title, newest.number, newest.on) == (M2_SAID, "2098/1724", date(2098, 10, 2))
    assert (all_of_them.title, all_of_them.others) == (M2_SAID, 1)
    assert correction.title.startswith("Corrigendum, OJ L 7")
    assert correction.is_corrigendum


@pytest.mark.parametrize(
    ("jurisdiction", "text", "number"),
    [
        ("eu", "(1) OJ L 5. Decision as amended by Decision No 786/2094/EC (OJ L 138, p. 7).", ""),
        ("in", "G.S.R. 120(E).— In exercise of the powers conferred", "G.S.R. 120(E)"),
        ("in", "The principal rules were published in the Gazette vide number G.S.R. 139(E), dated 25.2.2091", ""),
        ("cn", "2026年1月1日《关于灯语的意见》印发", ""),
        ("cn", "2026年1月1日省长令第7号公布", ""),
    ],
)
def test_what_only_looks_like_an_amendment_of_this_law_is_none(jurisdiction, text, number):
    assert amending_act(a_text(jurisdiction, number=number), a_text(jurisdiction, text, number=number)) is None


def with_date(on, basis="It enters into force on the twentieth day following its publication."):
    return Reading("html", "eu", "en", "Buoys", dates=(Milestone(MilestoneKind.IN_FORCE, on, basis, "art_9"),))


def test_a_publication_printed_on_one_side_only_moves_no_date_and_starts_no_change():
    with_day, without_day = with_date(date(2090, 5, 24)), with_date(None)

    assert date_table(with_day, without_day) == date_table(without_day, with_day) == ()
    assert effect(without_day, with_day).on is None
    assert effect(without_day, with_date(date(2091, 1, 1), "It enters into force on 1 January 2091.")).on == date(
        2091, 1, 1
    )
