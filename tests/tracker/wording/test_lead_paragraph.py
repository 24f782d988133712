"""An encyclopaedia's first paragraph: every sentence rests on a fact, and what is not known is not said."""

from dataclasses import replace
from datetime import date

import pytest

from storage.records import Authority, Milestone, MilestoneKind, Status
from tests.tracker.web.conftest import law
from tracker.wording.labels import words
from tracker.wording.lead_paragraph import WatchSpan, lead_paragraph, size_in_words

M = MilestoneKind
TODAY = date(2026, 6, 1)
ONCE = WatchSpan(date(2026, 3, 2), 1, date(2026, 3, 2))
TWICE = WatchSpan(date(2026, 3, 2), 3, date(2026, 3, 9))
CAC = Authority("cn_cac", "Cyberspace Administration of China", "国家互联网信息办公室")
MIIT = Authority("cn_miit", "Ministry of Industry", "工业和信息化部")


def a_rule(**fields):
    facts = {"type": "departmental rule", "authorities": (CAC, MIIT), "number": "令第12号", "topics": ("biometrics",)}
    return replace(law(30), **facts | fields)


def day(kind, on, **more):
    return Milestone(kind, on, "words", **more)


def lead_text(reading, days, status, rhythm=ONCE, language="en"):
    return lead_paragraph("Practice Provisions", reading, days, status, TODAY, rhythm, words(language))


def test_it_says_what_it_is_whose_when_and_how_long():
    days = [day(M.ADOPTED, date(2026, 1, 5)), day(M.ISSUED, date(2026, 2, 1)), day(M.IN_FORCE, date(2026, 5, 1))]
    first, since, size, topics, rhythm_text = lead_text(
        a_rule(counts={"article": 5, "chapter": 1}), days, Status.IN_FORCE
    )
    assert first == (
        "Practice Provisions is a departmental rule issued by Cyberspace Administration of China and Ministry of "
        "Industry on 1 February 2026 (令第12号)."
    )
    assert since == "It has been in force since 1 May 2026."
    assert size.startswith("It has 5 articles in 1 chapter and is about ")
    assert size.endswith(" characters long.")
    assert topics == "It deals with biometrics."
    assert rhythm_text == "Clausewatch has read it since 2 March 2026; its text has not changed since."


def test_in_chinese_it_says_the_same_with_the_authorities_own_names():
    days = [day(M.ISSUED, date(2026, 2, 1)), day(M.IN_FORCE, date(2026, 5, 1))]
    text = lead_text(a_rule(counts={"article": 5, "chapter": 1}), days, Status.IN_FORCE, TWICE, "zh")
    assert text[0] == (
        "《Practice Provisions》是国家互联网信息办公室和工业和信息化部于2026年2月1日发布的部门规章（令第12号）。"
    )
    assert text[1] == "自2026年5月1日起施行。"
    assert text[2].startswith("共1章5条，全文约")
    assert text[-1] == "Clausewatch自2026年3月2日起跟踪，已有3个版本；文本最近一次变化于2026年3月9日。"


@pytest.mark.parametrize(
    ("status", "days", "sentence"),
    [
        (Status.DRAFT, [day(M.COMMENTS_DUE, date(2026, 7, 1))], "It is a draft, open for comment until 1 July 2026."),
        (Status.DRAFT, [day(M.COMMENTS_DUE, date(2026, 4, 1))],
         "It is a draft; comments closed on 1 April 2026."),
        (Status.DRAFT, [], "It is a draft."),
        (Status.NOT_YET_IN_FORCE, [day(M.IN_FORCE, date(2027, 1, 1))], "It enters into force on 1 January 2027."),
        (Status.REPEALED, [day(M.REPEALED, date(2026, 2, 2))], "It was repealed on 2 February 2026."),
        (Status.ADOPTED, [], "It has been adopted; its date of entry into force is not known."),
        (Status.IN_FORCE, [day(M.APPLIES, date(2026, 1, 1))], "It is in force."),
    ],
)  # fmt: skip
def test_where_it_stands_is_said_with_its_day(status, days, sentence):
    assert sentence in lead_text(a_rule(), days, status)


def test_a_day_that_a_later_act_superseded_is_not_said():
    days = [day(M.IN_FORCE, date(2026, 5, 1), superseded_by="cn_delay"), day(M.IN_FORCE, date(2027, 5, 1))]
    assert "It enters into force on 1 May 2027." in lead_text(a_rule(), days, Status.NOT_YET_IN_FORCE)


def test_days_of_application_are_said_where_they_differ_from_the_day_in_force():
    days = [day(M.IN_FORCE, date(2025, 8, 2)), day(M.APPLIES, date(2026, 8, 2)), day(M.APPLIES, date(2027, 8, 2))]
    assert "It applies from 2 August 2026 and 2 August 2027." in lead_text(a_rule(), days, Status.IN_FORCE)
    same = [day(M.IN_FORCE, date(2025, 8, 2)), day(M.APPLIES, date(2025, 8, 2))]
    assert not any(sentence.startswith("It applies") for sentence in lead_text(a_rule(), same, Status.IN_FORCE))


def test_nothing_is_made_up_where_nothing_is_known():
    bare = a_rule(type="", authorities=(), number="", topics=(), counts={}, provisions=())
    assert lead_text(bare, [], Status.UNKNOWN) == [
        "Practice Provisions is an instrument of China.",
        "Clausewatch has read it since 2 March 2026; its text has not changed since.",
    ]


def test_a_draft_is_called_a_draft_once():
    assert lead_text(a_rule(type="draft", draft=True), [], Status.DRAFT)[0].startswith("Practice Provisions is a draft")
    assert "a draft departmental rule" in lead_text(a_rule(draft=True), [], Status.DRAFT)[0]


def test_annexes_and_recitals_stand_beside_the_articles():
    counts = {"article": 113, "chapter": 13, "recital": 180, "annex": 13}
    assert size_in_words(counts) == "113 articles in 13 chapters, 180 recitals and 13 annexes"
    assert size_in_words({"schedule": 1}) == "1 schedule"
    assert size_in_words({}) == ""
