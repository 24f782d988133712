"""Who bears a norm in the sentences of real laws: things bear none, numbers before a modal hide none."""

from __future__ import annotations

import pytest

from tracker.amending.obligations.extraction import obligations_of
from tracker.amending.obligations.sentence import norms_of
from tracker.reading import read
from tracker.reading.structure.draft import ReadingContext


def tuples(text: str, language: str = "en") -> list[tuple[str, str, str]]:
    return [(norm.bearer, norm.modality.value, norm.action) for norm in norms_of(text, language)]


@pytest.mark.parametrize(
    ("text", "bearer"),
    [
        ("An owner who breaches Article 4 shall pay a fine.", "owner who breaches Article 4"),
        ("The museum under rule 4 may insure it.", "museum under rule 4"),
        ("The clerk may, on 4 May 2026, close the office.", "clerk"),
        ("Where a licence is lost, the holder shall apply for another.", "holder"),
        ("The owner, taking account of the cost, shall repair it.", "owner"),
        ("To obtain a permit, an owner shall ask the clerk.", "owner"),
        ("Beginning January 1, 2027, an owner shall pay dues.", "owner"),
        ("Member States shall apply those measures from 1 May 2027.", "Member States"),
        ("The authority shall not apply the fee to a boat.", "authority"),
        ("Only the harbour master may close the port.", "harbour master"),
        ("The authority shall be independent of the owner.", "authority"),
        ("The safety board shall be a member of the council.", "safety board"),
    ],
)
def test_the_bearer_is_whom_the_clause_is_about(text: str, bearer: str) -> None:
    assert [norm[0] for norm in tuples(text)] == [bearer]


@pytest.mark.parametrize(
    ("text", "language", "norm"),
    [
        ("The report shall include a list.", "en", ("", "must", "report include a list")),
        ("Each notice under rule 3 must state the date.", "en", ("", "must", "notice under rule 3 state the date")),
        ("The fee shall be paid by demand draft.", "en", ("", "must", "fee be paid by demand draft")),
        ("The book shall be kept by the clerk in ink.", "en", ("clerk", "must", "book be kept in ink")),
        ("The notice shall be in a tongue chosen by law.", "en", ("", "must", "notice be in a tongue chosen by law")),
        ("合同应当约定期限。", "zh", ("", "must", "合同约定期限")),
        ("处罚决定书应当加盖公章。", "zh", ("", "must", "处罚决定书加盖公章")),
    ],
)  # fmt: skip
def test_a_thing_bears_no_duty(text: str, language: str, norm: tuple[str, str, str]) -> None:
    assert tuples(text, language) == [norm]


@pytest.mark.parametrize(
    ("text", "bearer"),
    [
        ("经营者应当标明价格。", "经营者"),
        ("互联网平台经营者应当核验身份。", "互联网平台经营者"),
        ("提供者和使用者应当守法。", "提供者和使用者"),
        ("用人单位应当支付工资。", "用人单位"),
        ("船长发现遇险人员的，必须救助。", "船长"),
        ("旅客应当遵守安全须知。", "旅客"),
    ],
)
def test_an_actor_of_chinese_law_is_named_whole(text: str, bearer: str) -> None:
    assert [norm[0] for norm in tuples(text, "zh")] == [bearer]


@pytest.mark.parametrize(
    "text",
    [
        "“owner” shall include an occupier.",
        "Nothing in this Act shall limit a right.",
        "The board shall consist of five members.",
        "These rules may be called the Lamp Rules.",
        "The measures that she may take are listed.",
        "Article 5 shall apply to boats.",
        "Paragraph 1 shall not apply where the boat is lost.",
    ],
)
def test_what_defines_or_composes_obliges_nobody(text: str) -> None:
    assert tuples(text) == []


@pytest.mark.parametrize(
    ("text", "norm"),
    [
        ("It shall be the duty of every owner to keep a log.", ("owner", "must", "keep a log")),
        ("It shall not be lawful for any person to sell oil.", ("person", "must_not", "sell oil")),
        ("The sale of oil is prohibited.", ("", "must_not", "sale of oil")),
        ("Neither the owner nor the crew may sell oil.", ("owner nor the crew", "must_not", "sell oil")),
        ("Provided that the clerk may extend it.", ("clerk", "may", "extend it")),
    ],
)  # fmt: skip
def test_duties_and_bans_said_otherwise(text: str, norm: tuple[str, str, str]) -> None:
    assert tuples(text) == [norm]


def test_an_illustration_obliges_nobody() -> None:
    law = (
        "THE LAMP RULES, 2021\n\n1. Logs.—(1) An owner shall keep a log.\nIllustration.\nX shall keep a log of lamp Y."
        "\n2. End.—This rule shall apply."
    )
    reading = read(law.encode(), ReadingContext(jurisdiction="in"))

    assert [one.bearer for one in obligations_of(reading)] in (["owner"], ["owner", "owner"])
    assert all(one.bearer != "X" for one in obligations_of(reading))
