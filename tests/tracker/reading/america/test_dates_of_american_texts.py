from datetime import date

import pytest

from storage.records import Milestone, MilestoneKind, Note, Provision, ProvisionKind
from tests.tracker.reading.america.texts_of_america import dates
from tracker.reading.america.facts import facts
from tracker.reading.america.record import AmericanExtract
from tracker.reading.america.sentences import sentences
from tracker.reading.structure.draft import ReadingContext


def facts_of(text, *, action="Final rule.", provisions=(), published_on=date(2026, 1, 15), type_="final rule"):
    notes = [Note("action", action), Note("dates", f"DATES: {text}")]
    return facts(AmericanExtract(type=type_, notes=notes, published_on=published_on), provisions, ReadingContext())


def stated_dates(text, **context):
    return [d for d in dates(facts_of(text, **context)) if d[0] != "published"]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("This rule is effective March 1, 2026.", ("in_force", "2026-03-01", None)),
        ("Effective 11:59 p.m. Eastern time on January 8, 2027.", ("in_force", "2027-01-08", None)),
        ("Effective 0901 UTC, January 8, 2027.", ("in_force", "2027-01-08", None)),
        (
            "Instruction 2 is effective May 1, 2026; instruction 3 is delayed indefinitely.",
            ("in_force", "2026-05-01", None),
        ),
        ("The rule stands unless we receive adverse comment by May 5, 2026.", ("comments_due", "2026-05-05", None)),
        ("This rule is effective Sept. 9, 2026.", ("in_force", "2026-09-09", None)),
        ("This rule is effective 30 days after publication.", ("in_force", "2026-02-14", "published + P30D")),
        (
            "Effective [INSERT DATE 60 DAYS AFTER DATE OF PUBLICATION IN THE FEDERAL REGISTER].",
            ("in_force", "2026-03-16", "published + P60D"),
        ),
        ("This rule is effective upon publication.", ("in_force", "2026-01-15", "published")),
        ("Applicable April 7, 2026.", ("applies", "2026-04-07", None)),
        ("Compliance date: September 1, 2026.", ("applies", "2026-09-01", None)),
        ("Persons must comply with § 4.2 on March 1, 2027.", ("applies", "2027-03-01", None)),
        ("Comments must be received on or before May 5, 2026.", ("comments_due", "2026-05-05", None)),
        ("Submit written comments on the rule by 5 p.m. on May 5, 2026.", ("comments_due", "2026-05-05", None)),
        (
            "The comment period for the rule published on March 3, 2026, at 90 FR 1, is extended to June 1, 2026.",
            ("comments_due", "2026-06-01", None),
        ),
    ],
)
def test_a_dates_paragraph_states_its_date(text, answer):
    assert stated_dates(text) == [answer]


@pytest.mark.parametrize(
    "text",
    [
        "The material listed here is approved as of March 1, 2026.",
        "See Directive 2001/29 and 77 FR 6194, published January 3, 2012.",
        "The effective date of the rule published at 90 FR 5580 is delayed until May 20, 2026.",
    ],
)
def test_dates_of_citations_approvals_and_other_rules_are_not_its_own(text):
    assert stated_dates(text) == []


def test_a_section_that_is_excepted_has_its_own_date():
    provisions = (Provision("sec_12.4", ProvisionKind.SECTION, "12.4"),)
    reading_facts = facts_of(
        "This rule is effective June 1, 2026, except for § 12.4, which is effective July 1, 2027.",
        provisions=provisions,
    )

    assert [(m.on, m.eid) for m in reading_facts.dates if m.kind is MilestoneKind.IN_FORCE] == [
        (date(2026, 6, 1), None),
        (date(2027, 7, 1), "sec_12.4"),
    ]


def test_without_a_day_of_publication_the_formula_stands_alone():
    assert stated_dates("Effective 30 days after publication.", published_on=None) == [
        ("in_force", "", "published + P30D")
    ]


def test_a_date_in_metadata_counts_once():
    milestone = Milestone(MilestoneKind.IN_FORCE, date(2026, 4, 1), "effective_on: 2026-04-01")
    extract = AmericanExtract(milestones=[milestone], notes=[Note("dates", "This rule is effective April 1, 2026.")])

    assert len(facts(extract, (), ReadingContext()).dates) == 1


def test_a_correction_names_what_it_corrects():
    reading_facts = facts_of(
        "Effective May 1, 2026. In FR Doc. 2026-00007, at 91 FR 12, a word is wrong.", action="Final rule; correction."
    )

    assert [(r.kind.value, r.target) for r in reading_facts.relations] == [("corrects", "FR Doc. 2026-00007; 91 FR 12")]


def test_an_interim_rule_is_called_so_by_its_action_line():
    assert facts_of("", action="ACTION: Interim final rule with request for comments.").type == "interim final rule"


def test_an_agency_outside_the_table_is_shown_as_printed():
    reading_facts = facts(AmericanExtract(agencies=["BUREAU OF PRACTICE LETTERS"]), (), ReadingContext())

    assert [(a.id, a.name) for a in reading_facts.authorities] == [
        ("us_bureau_of_practice_letters", "Bureau Of Practice Letters")
    ]


def test_a_sentence_does_not_end_at_an_hour_or_a_document_number():
    assert sentences("By 5:00 p.m. Eastern Time. See FR Doc. 2026-1. Sec. 3 applies.") == [
        "By 5:00 p.m. Eastern Time.",
        "See FR Doc. 2026-1.",
        "Sec. 3 applies.",
    ]


def test_a_temporary_rule_says_when_it_ends():
    assert stated_dates("This rule is effective May 1, 2026, through May 9, 2026.") == [
        ("in_force", "2026-05-01", None),
        ("repealed", "2026-05-09", None),
    ]
    assert ("repealed", "2027-05-01", None) in stated_dates(
        "This rule is effective May 1, 2026, and expires on May 1, 2027."
    )


def test_compliance_dates_are_listed_by_whom_they_bind():
    facts_read = facts_of("Effective March 1, 2026. Compliance dates: For banks, May 1, 2027; for others, May 1, 2028.")

    assert [(d.kind.value, str(d.on), d.basis) for d in facts_read.dates if d.kind is MilestoneKind.APPLIES] == [
        ("applies", "2027-05-01", "Compliance dates: For banks, May 1, 2027"),
        ("applies", "2028-05-01", "for others, May 1, 2028."),
    ]


def test_an_amendment_that_begins_later_names_its_section():
    section = Provision("sec_4.1", ProvisionKind.SECTION, "4.1", "§ 4.1", text="Lamps burn.")
    text = "The amendments to § 4.1 are effective June 1, 2027. All other provisions are effective June 1, 2026."

    milestones = [d for d in facts_of(text, provisions=(section,)).dates if d.kind is MilestoneKind.IN_FORCE]

    assert [(str(d.on), d.eid) for d in milestones] == [("2027-06-01", "sec_4.1"), ("2026-06-01", None)]


def test_the_end_of_one_section_is_no_end_of_the_statute():
    section = Provision(
        "sec_1",
        ProvisionKind.SECTION,
        "1",
        "§ 1",
        text="This section takes effect July 1, 2026. It is effective until July 1, 2027.",
    )

    kinds = {d.kind for d in facts(AmericanExtract(type="statute"), (section,), ReadingContext()).dates}

    assert MilestoneKind.REPEALED not in kinds


def test_a_rule_in_force_from_a_day_through_another_has_both():
    assert stated_dates("This regulation is effective from May 1, 2026 through May 30, 2026.") == [
        ("in_force", "2026-05-01", None),
        ("repealed", "2026-05-30", None),
    ]
