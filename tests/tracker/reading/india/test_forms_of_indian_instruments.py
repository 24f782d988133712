from textwrap import dedent

import pytest

from tracker.compare import compare
from tracker.reading import read
from tracker.reading.structure.draft import ReadingContext

IN = ReadingContext(jurisdiction="in")


def law(text):
    return read(dedent(text).lstrip("\n").encode(), IN)


def texts(reading):
    return {p.eid: p.text for p in reading.walk()}


ACT = """
    THE PRACTICE DATA ACT, 2023
    ACT NO. 22 OF 2023
    [11th August, 2023.]
    ARRANGEMENT OF SECTIONS
    CHAPTER I
    PRELIMINARY
    SECTIONS
    1. Short title and commencement.
    2. Definitions.
    CHAPTER II
    OBLIGATIONS
    3. Penalties.
    THE SCHEDULE.
    An Act to provide for the practice of data and for matters connected therewith.
    BE it enacted by Parliament in the Seventy-fourth Year of the Republic of India as follows:—
    CHAPTER I PRELIMINARY
    1. Short title and commencement.—(1) This Act may be called the Practice Data Act, 2023.
    (2) It shall come into force on such date as the Central Government may, by notification, appoint.
    2. Definitions.—In this Act, unless the context otherwise requires,—
    (a) “Board” means the Practice Board of India;
    1[(aa) “Cell” means a cell of the Board;]
    2* * * * *
    (b) “user” means a person who uses a service.
    CHAPTER II
    OBLIGATIONS
    3[2A. Power to exempt.—The Central Government may exempt any class of persons:
    Provided that no exemption shall be given for more than five years:
    Provided further that the reasons shall be recorded in writing.]
    3. Penalties.—The Board may impose such penalty as is specified in the Schedule.
    4. [Power to delegate.] Omitted by s. 6, ibid. (w.e.f. 5-2-2009).
    1. 13th November, 2025, vide notification No. G.S.R. 843(E).
    2. Ins. by Act 10 of 2024, s. 2 (w.e.f. 1-1-2025).
    3. Clause (ba) omitted by s. 2, ibid. (w.e.f. 1-1-2025).
    THE SCHEDULE
    [See section 3]
    Sl. No.
    1.
    Breach of security
    May extend to two hundred crore rupees.
    """


def test_a_contents_list_with_chapters_and_schedules_begins_no_section():
    reading = law(ACT)

    assert {k: reading.counts[k] for k in ("section", "chapter", "schedule")} == {
        "section": 5, "chapter": 2, "schedule": 1,
    }  # fmt: skip
    assert [p.eid for p in reading.provisions] == ["chp_I", "chp_II", "sched_1"]


def test_a_chapter_may_have_its_heading_on_its_own_line_or_on_the_next():
    assert [p.heading for p in law(ACT).provisions[:2]] == ["PRELIMINARY", "OBLIGATIONS"]


def test_footnotes_and_omission_marks_are_notes_and_an_omitted_section_stays():
    reading = law(ACT)

    assert [n.name for n in reading.notes] == [
        "omission mark", "footnote", "footnote", "footnote", "amendment marks", "contents",
    ]  # fmt: skip
    assert texts(reading)["sec_4"].startswith("[Power to delegate.] Omitted")


def test_the_date_in_brackets_is_the_assent_and_not_the_issue():
    assert [(m.kind.value, str(m.on)) for m in law(ACT).dates[:2]] == [
        ("adopted", "2023-08-11"),
        ("in_force", "2025-11-13"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "unit"),
    [
        ("five years", "two years", "sec_2a"),
        ("Provided further that the reasons shall be recorded in writing.]", "]", "sec_2a"),
        ("two hundred crore", "fifty crore", "sched_1"),
        ("uses a service", "uses two services", "sec_2"),
    ],
)
def test_a_planted_edit_is_found_in_its_unit(old, new, unit):
    changes = compare(law(ACT), law(ACT.replace(old, new))).changes
    assert {c.new_unit for c in changes} == {unit}


RULES = """
    # The Practice Rules, 2021

    ## Chapter I: Preliminary

    **1. Short title.** — (1) These rules may be called the Practice Rules, 2021.

    (2) They shall come into force on the date of their publication in the Official Gazette.

    **2. Definitions.** — (1) In these rules, unless the context otherwise requires,-

    (a) 'measure' means any measure;

    (b) 'Act' means the Practice Act, 2000;

    ### 3. Due diligence

    (1) An intermediary shall inform the user within **seventy-two hours**.

    ### 4. Penalty

    Whoever contravenes shall pay five lakh rupees.

    ## SCHEDULE I

    (See rule 3)

    | S.No. | Item | Fee |
    |---|---|---|
    | 1 | Registration | 5,000 |
    """


def test_a_heading_of_markdown_is_the_heading_of_its_rule():
    reading = law(RULES)
    assert [p.heading for p in reading.provisions[0].children] == [
        "Short title", "Definitions", "Due diligence", "Penalty",
    ]  # fmt: skip


def test_clauses_open_behind_a_typed_dash_and_terms_in_single_quotes_are_defined():
    reading = law(RULES)
    assert "rule_2__subsec_1__clause_b" in texts(reading)
    assert [d.term for d in reading.definitions] == ["measure", "Act"]


def test_a_row_of_a_schedule_is_a_provision():
    assert texts(law(RULES))["sched_1__para_2"] == "1 | Registration | 5,000"


DIRECTIONS = """
    # Master Direction – Practice Cards Directions, 2022

    RBI/2022-23/92

    April 21, 2022

    Chapter I - Preliminary

    1. Short Title and Commencement
    (a) These Directions shall be called the Reserve Bank of India (Practice Cards) Directions, 2022.
    (b) These Directions shall come into effect from July 01, 2022.

    Chapter II - Conduct

    2. Issue of cards
    (a) Cards shall be issued within seven working days.
    (b) Card-issuers shall ensure that wrong bills are not raised.

    3. The circulars listed in the Annex stand repealed.

    Annex I
    List of circulars
    1. Circular No. 12 dated January 1, 2010
    """


def test_the_paragraphs_of_directions_are_units_that_follow_their_chapters():
    reading = law(DIRECTIONS)

    assert [p.eid for p in reading.provisions] == ["chp_I", "para_1", "chp_II", "para_2", "para_3", "anx_I"]
    assert [a.id for a in reading.authorities] == ["in_rbi"]
    changes = compare(reading, law(DIRECTIONS.replace("seven working", "three working"))).changes
    assert [c.new_unit for c in changes] == ["para_2"]


def test_a_circular_has_its_subject_for_a_title_and_decimal_paragraphs_below_its_own():
    reading = law("""
        Securities and Exchange Board of India
        CIRCULAR
        SEBI/HO/ITD/2026/CIR/2026/12
        March 5, 2026
        Sub: Reporting for practice applications of machine learning
        Dear Sir / Madam,
        1. SEBI is conducting a survey of applications in the securities market.
        2. In view of the above, all registered entities shall:
        2.1. report the use within 15 days;
        2.2. maintain records for 5 years.
        3. This circular shall come into effect from April 1, 2026.
        Yours faithfully,
        A. B. Kumar
        General Manager
        """)
    assert reading.title == "Reporting for practice applications of machine learning"
    assert texts(reading)["para_2__subpara_2.2"] == "maintain records for 5 years."
    assert reading.front[-1].text.startswith("Yours faithfully")


def test_sections_named_as_such_and_marginal_notes_before_the_number_begin_sections():
    reading = law("""
        THE PRACTICE CODE, 1860
        ACT NO. 45 OF 1860
        BE it enacted as follows:—
        CHAPTERI
        PRELIMINARY
        Section 1. Title.—This Act shall be called the Practice Code, and shall extend to the whole of India.
        Definitions. 2. In this Code, unless the context otherwise requires,––
        (1) “act” denotes as well a series of acts as a single act;
        (2) “counterfeit”.––A person is said to “counterfeit” who causes one thing to resemble another.
        Explanation 1.—It is not essential that the imitation should be exact.
        304A. Causing death by negligence.—Whoever causes death by negligence shall be punished with two years.
        """)
    assert reading.title == "Practice Code"
    assert [(p.eid, p.heading) for p in reading.provisions[0].children] == [
        ("sec_1", "Title"), ("sec_2", "Definitions"), ("sec_304a", "Causing death by negligence"),
    ]  # fmt: skip
    assert "sec_2__subsec_2__expl_1" in texts(reading)


def test_page_numbers_of_a_text_are_furniture_and_the_numbers_of_a_column_are_not():
    lines = [f"({n}) Every person shall keep the record numbered {n} in good order." for n in range(1, 46)]
    for place, page in ((45, "7"), (30, "6"), (15, "5")):
        lines.insert(place, page)
    text = "1. Short title.—These rules may be called the Practice Rules, 2021.\n2. Records.—\n" + "\n".join(lines)
    reading = read(text.encode(), IN)

    assert [n.text for n in reading.furniture if n.name == "page number"] == ["5", "6", "7"]
    assert reading.counts["subsection"] == 45


def test_escapes_and_italics_of_markdown_are_no_part_of_the_text():
    reading = law("""
        # THE PRACTICE ACT, 2020

        BE it enacted by Parliament as follows:—

        1\\. Short title.—\\(1\\) This Act may be called the Practice Act, 2020.

        2\\. Duties.—Every person shall keep a record of every practice for a period of not less than three years.

        *Explanation.*—In this section, “record” includes a book.

        ILLUSTRATION

        A keeps a book. A has kept a record.
        """)
    assert {"sec_2__expl_1", "sec_2__illus_1", "sec_1"} <= texts(reading).keys()
