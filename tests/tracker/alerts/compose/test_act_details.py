"""The mail about a draft says what it would do, for whom and how to comment; that of a corrigendum what it corrects."""

from dataclasses import replace
from datetime import date

import pytest

from storage.records import EventKind, Note
from tests.tracker.alerts.builders import an_event
from tracker.alerts.compose.act_details import act_sections, comment_links
from tracker.reading import read
from tracker.reading.structure.draft import ReadingContext
from tracker.wording.labels import words

DRAFT = """# 灯语陪伴服务管理办法（征求意见稿）

第一条　为了规范灯语陪伴服务，制定本办法。

第二条　在中华人民共和国境内向公众提供灯语陪伴服务，适用本办法。

第三条　服务提供者应当在每次对话开始时告知使用者其交流对象是灯。

第四条　未取得监护人同意的，不得向未成年人提供服务。

第五条　本办法自2026年　月　日起施行。
"""
NOTICE = ("公众可通过以下途径提出反馈意见：\n1.通过电子邮件方式发送至：deng@lamps.example。\n"
          "2.登录 https://lamps.example/comment 提出意见。\n意见反馈截止时间为2026年6月30日。")  # fmt: skip
CORRIGENDA = """CORRIGENDA

1. In the Lamp Rules, 2026,

(i) in rule 4, for “seven day”, read “seven days”;

(ii) in rule 6, for “under rule 4”, read “under rule 5”.
"""
EN = words("en")


def no_translation(_):
    return ""


@pytest.fixture
def draft():
    reading = read(DRAFT.encode(), ReadingContext(jurisdiction="cn"))
    return replace(reading, draft=True, notes=(Note("consultation notice", NOTICE),))


def draft_event(**more):
    return an_event(kind=EventKind.DRAFT_OPENED, on=date(2026, 6, 30), details={}, **more)


def test_a_draft_says_what_it_would_do_for_whom_and_how_to_comment(draft):
    duties, bearers, ways = act_sections(draft_event(), draft, None, EN, no_translation)

    assert (duties.heading, bearers.heading, ways.heading) == ("What it would do", "For whom", "How to comment")
    assert "第三条: 服务提供者应当在每次对话开始时告知使用者其交流对象是灯。" in [line for line, _ in duties.lines]
    assert bearers.lines[0][0].startswith("服务提供者")
    assert [line for line, _ in ways.lines] == NOTICE.splitlines()[1:3]


def test_a_draft_links_to_where_one_comments(draft):
    assert list(comment_links(EventKind.DRAFT_OPENED, draft, "https://lamps.example/draft", EN)) == [
        ("Comment by e-mail", "mailto:deng@lamps.example"),
        ("Comment here", "https://lamps.example/comment"),
    ]


def test_a_draft_that_names_no_way_links_to_its_official_page(draft):
    silent = replace(draft, notes=())

    assert list(comment_links(EventKind.DRAFT_OPENED, silent, "https://lamps.example/draft", EN)) == [
        ("Comment here", "https://lamps.example/draft")
    ]
    assert "How to comment" not in [
        section.heading for section in act_sections(draft_event(), silent, None, EN, no_translation)
    ]


@pytest.mark.parametrize(
    "hostile",
    ["发送意见至：<script>@x", "意见请登录 javascript:alert(1)", "意见：a@b", "意见 http://", "意见" + "@" * 5_000],
)
def test_what_is_no_address_is_no_link(draft, hostile):
    reading = replace(draft, notes=(Note("consultation notice", hostile),))

    assert [
        url
        for _, url in comment_links(EventKind.DRAFT_OPENED, reading, "", EN)
        if not url.startswith(("mailto:", "https:"))
    ] == []


def test_lines_are_given_with_their_translation_where_there_is_one(draft):
    duties, *_ = act_sections(
        draft_event(), draft, None, EN, lambda text: "Providers must say so." if "告知" in text else ""
    )

    assert ("Providers must say so." in [translation for _, translation in duties.lines]) is True


def test_a_corrigendum_says_what_it_corrects_and_nothing_else():
    other = read(CORRIGENDA.encode(), ReadingContext(jurisdiction="in"))

    (section,) = act_sections(an_event(kind=EventKind.CORRECTED, details={}), None, other, EN, no_translation)

    lines = " ".join(line for line, _ in section.lines)
    assert section.heading == "What it corrects"
    assert ("“seven day”" in lines, "“under rule 5”" in lines) == (True, True)


@pytest.mark.parametrize("kind", [EventKind.NEW_VERSION, EventKind.REPEALED, EventKind.DATE_NEAR])
def test_other_news_has_no_such_parts(draft, kind):
    assert act_sections(an_event(kind=kind, details={}), draft, draft, EN, no_translation) == ()
