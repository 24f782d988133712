"""What an Indian instrument says about itself, each fact with its words, and nothing guessed."""

from __future__ import annotations

from datetime import date

import pytest

from storage.records import Milestone
from tracker.reading import india, read
from tracker.reading.formats.recognise import open_source
from tracker.reading.structure.draft import ReadingContext
from tracker.reading.structure.eids import finish
from tracker.reading.tradition import Facts

HEAD = """No. 12] NEW DELHI, MONDAY, MARCH 3, 2031/PHALGUNA 12, 1952
MINISTRY OF ELECTRONICS AND INFORMATION TECHNOLOGY
NOTIFICATION
New Delhi, the 1st March, 2031
G.S.R. 77 (E).—In exercise of the powers conferred by sub-section (1) of section 4 of the Lighthouse Act, 2030
(9 of 2030), the Central Government hereby makes the following rules, namely:—
1. Short title and commencement.—(1) These rules may be called the Lighthouse Keepers Rules, 2031.
"""
TAIL = """2. Definitions.—In these rules,—
(a) “lamp” means a light;
(b) “fog” and “mist” shall have the meanings assigned to them in the Act.
3. Lamps.—A lamp is lit.
4. Logs.—A log is kept.
5. Fog.—In this rule, “horn” means a fog horn.
"""
DRAFT = """MINISTRY OF ELECTRONICS AND INFORMATION TECHNOLOGY
G.S.R. 5(E).—The following draft of rules, which the Central Government proposes to make in exercise of the powers
conferred by section 4 of the Lighthouse Act, 2030 (9 of 2030), is hereby published for the information of all persons
likely to be affected thereby, and notice is given that the draft shall be taken into consideration after the expiry
of a period of thirty days from the date on which this notification is published in the Official Gazette; objections or
suggestions may be sent to the Lamp Division, Delhi.
DRAFT RULES
1. Short title.—These rules may be called the Lighthouse Keepers Rules, 2031.
2. Lamps.—A lamp is lit.
"""
CORRIGENDUM = """MINISTRY OF ELECTRONICS AND INFORMATION TECHNOLOGY
CORRIGENDA
New Delhi, the 9th May, 2031
G.S.R. 99(E).—In the notification of the Government of India, dated the 1st March, 2031, published in the Gazette of
India, vide number G.S.R. 77 (E), dated the 1st March, 2031,–
(i) in page 2, line 4, for “lamp”, read “lamps”; and
(ii) in page 3, line 9, for "at dusk", read "by dusk".
"""


def facts(text: str, **hints: object) -> Facts:
    context = ReadingContext(jurisdiction="in", **hints)  # type: ignore[arg-type]
    extract = india.extract(open_source(text.encode()), context)
    return india.facts(extract, finish(extract.drafts, india.cite), context)


def dates(facts_found: Facts) -> list[tuple[str, date | None, str | None, str | None]]:
    return [(m.kind.value, m.on, m.formula, m.eid) for m in facts_found.dates]


def starts(sentence: str, **hints: object) -> list[Milestone]:
    facts_found = facts(f"{HEAD}(2) {sentence}\n{TAIL}", **hints)
    return [m for m in facts_found.dates if m.kind.value in {"in_force", "applies"}]


def test_title_number_type_and_authority_are_read_from_the_notification():
    facts_found = facts(HEAD + TAIL)

    assert (facts_found.title, facts_found.number, facts_found.type) == (
        "Lighthouse Keepers Rules, 2031",
        "G.S.R. 77(E)",
        "rules",
    )
    assert [(a.id, a.native) for a in facts_found.authorities] == [("in_meity", "इलेक्ट्रॉनिकी और सूचना प्रौद्योगिकी मंत्रालय")]


def test_the_gazette_s_own_date_is_publication_and_the_signature_s_is_issue():
    assert dates(facts(HEAD + TAIL)) == [
        ("issued", date(2031, 3, 1), None, None),
        ("published", date(2031, 3, 3), None, None),
    ]


@pytest.mark.parametrize(
    ("sentence", "on", "formula"),
    [
        pytest.param(
            "They shall come into force on the date of their publication in the Official Gazette.",
            date(2031, 3, 3),
            "published",
            id="on publication",
        ),
        pytest.param(
            "They shall come into force after the expiry of ninety days from the date of their publication.",
            date(2031, 6, 1),
            "published + P90D",
            id="days after publication",
        ),
        pytest.param(
            "They shall come into force on the 20 th day of April, 2031.", date(2031, 4, 20), None, id="a day"
        ),
        pytest.param(
            "They shall come into force with effect from April 1, 2031.", date(2031, 4, 1), None, id="from a day"
        ),
        pytest.param(
            "They shall come into force on such date as the Central Government may, by notification, appoint.",
            None,
            "appointed by notification",
            id="a date to be appointed",
        ),
        pytest.param("They shall come into force with effect from __________.", None, None, id="a blank"),
    ],
)
def test_commencement_is_computed_by_what_the_text_says(sentence, on, formula):
    (facts_found,) = starts(sentence)

    assert (facts_found.on, facts_found.formula, facts_found.eid) == (on, formula, "rule_1__subsec_2")
    assert facts_found.basis in sentence


def test_provisions_named_apart_have_dates_of_their_own():
    facts_found = starts(
        "Rules 1 and 3 to 4 shall come into force on the date of publication of these rules. (3) Rule 5 shall come "
        "into force eighteen months after the date of publication of these rules."
    )

    assert [(m.kind.value, m.eid, m.on) for m in facts_found] == [
        ("in_force", None, date(2031, 3, 3)),
        ("applies", "rule_1", date(2031, 3, 3)),
        ("applies", "rule_3", date(2031, 3, 3)),
        ("applies", "rule_4", date(2031, 3, 3)),
        ("applies", "rule_5", date(2032, 9, 3)),
    ]


def test_without_a_known_publication_the_formula_is_kept_and_the_date_unknown():
    text = "1. Short title.—(1) These rules may be called the Net Rules, 2031.\n(2) They shall come into force one "
    facts_found = facts(text + "year after the date of publication of these rules.\n2. Nets.—A net is mended.\n")

    assert dates(facts_found) == [("in_force", None, "published + P1Y", "rule_1__subsec_2")]


def test_the_list_s_date_counts_as_publication_when_the_page_has_none():
    text = "1. Short title.—(1) These rules may be called the Net Rules, 2031.\n(2) They shall come into force on the "
    facts_found = facts(text + "date of their publication.\n2. Nets.—A net is mended.\n", published_on=date(2031, 5, 5))

    assert dates(facts_found)[-1] == ("in_force", date(2031, 5, 5), "published", "rule_1__subsec_2")


def test_definitions_carry_every_term_with_its_place():
    assert [(d.term, d.eid) for d in facts(HEAD + TAIL).definitions] == [
        ("lamp", "rule_2__clause_a"),
        ("fog", "rule_2__clause_b"),
        ("mist", "rule_2__clause_b"),
        ("horn", "rule_5"),
    ]


def test_rules_are_made_under_an_act():
    (relation,) = facts(HEAD + TAIL).relations

    assert (relation.kind.value, relation.target) == ("implements", "Lighthouse Act, 2030 (9 of 2030)")


def test_an_amendment_names_what_it_amends():
    text = HEAD.replace(
        "the following rules, namely", "the following rules further to amend the Net Rules, 2029, namely"
    )

    assert ("amends", "Net Rules, 2029") in [(r.kind.value, r.target) for r in facts(text + TAIL).relations]


def test_a_draft_is_a_draft_with_its_deadline_and_what_it_is_a_draft_of():
    facts_found = facts(DRAFT, published_on=date(2031, 1, 31))

    assert (facts_found.draft, facts_found.type) == (True, "draft rules")
    assert ("comments_due", date(2031, 3, 2), "published + P30D", None) in dates(facts_found)
    assert ("draft_of", "Lighthouse Keepers Rules, 2031") in [(r.kind.value, r.target) for r in facts_found.relations]


def test_rules_whose_preamble_tells_of_their_draft_are_no_draft():
    text = HEAD.replace(
        "In exercise", "Whereas the draft rules were published inviting objections; now, therefore, in exercise"
    )

    assert not facts(text + TAIL).draft


def test_a_corrigendum_corrects_a_notification_word_by_word():
    facts_found = facts(CORRIGENDUM)

    assert (facts_found.type, facts_found.number, facts_found.title) == (
        "corrigendum",
        "G.S.R. 99(E)",
        "Corrigendum G.S.R. 99(E)",
    )
    assert [(r.kind.value, r.target, r.on, r.eid) for r in facts_found.relations] == [
        ("corrects", "G.S.R. 77(E)", date(2031, 3, 1), None),
        ("corrects", "G.S.R. 77(E)", date(2031, 3, 1), "para_1__subcl_i"),
        ("corrects", "G.S.R. 77(E)", date(2031, 3, 1), "para_1__subcl_ii"),
    ]
    assert facts_found.relations[1].basis == "for “lamp”, read “lamps”"


def test_a_page_that_says_nothing_about_itself_has_no_facts():
    facts_found = facts("1. Lamps.—A lamp is lit at dusk.\n2. Logs.—A log is kept.\n")

    assert (
        facts_found.title,
        facts_found.number,
        facts_found.dates,
        facts_found.relations,
        facts_found.authorities,
    ) == ("", "", (), (), ())


def test_a_title_in_capitals_goes_on_in_its_second_line():
    sections = "\n\n".join(f"{n}. Lamps.—The keeper keeps the lamp lit from dusk until dawn." for n in (1, 2, 3, 4))
    text = f"THE LAMPS (KEEPING AND\nLIGHTING) ACT, 2031\n\nACT NO. 9 OF 2031\n\nAn Act to light lamps.\n\n{sections}"

    law = read(text.encode(), ReadingContext(jurisdiction="in"))

    assert law.title == "THE LAMPS (KEEPING AND LIGHTING) ACT, 2031"
