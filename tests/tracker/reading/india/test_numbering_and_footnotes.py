"""Units are found by how an instrument numbers them, wherever their headings stand; footnotes date them."""

import pytest

from tracker.reading import read
from tracker.reading.structure.draft import ReadingContext

HINTS = ReadingContext(jurisdiction="in")
HEAD = """THE FERRY ACT, 2031
(ACT NO. 4 OF 2031)
BE it enacted by Parliament in the Eighty-second Year of the Republic of India as follows:—
1. Short title.—This Act may be called the Ferry Act, 2031.
"""
KEEPS = "The keeper of a ferry keeps a log of every crossing in the land and shows it to whoever asks for it."
SAVINGS = "\n4. Savings.—Boats are free."
NAMED_ACT = """# The Ferry Act, 2031

## Section 1 - Short title and commencement.

(1) This Act may be called the Ferry Act, 2031.

(2) It shall come into force on such date^1 as the Central Government may appoint.

### Footnotes

1. 1st May, 2031, vide Notification No. S.O. 7(E), dated 30th April, 2031 in respect of [ss. 1, 3 to 4];

2nd June, 2032, vide Notification No. S.O. 9(E) in respect of s. 2.

## Section 2 - Keepers.

A keeper keeps a log as follows, namely:--

1. The log names each ferry.

2. It is kept for ten years ^1[from the last crossing].

### Footnotes

1. Ins. by Act 9 of 2033, s. 3 (w.e.f. 5-2-2034)

## Section 3 - Form.

The log has the form of the
Schedule.

## Section 4 - "Quoted and left open.

Nothing in this Act applies to boats.

## Schedule

1. A page for each ferry.
"""


def units(text: str) -> list[str]:
    reading = read(text.encode(), HINTS)
    assert not [flaw for flaw in reading.flaws if flaw.cause != "too little text"]
    return [p.eid for p in reading.walk() if p.kind.value in {"section", "article", "rule", "schedule"}]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(
            "2. Form.—The log has the form in the Sixth\nSchedule.\n3. Fees.—(1) A fee is paid." + SAVINGS,
            id="a reference wrapped before its Schedule",
        ),
        pytest.param(
            "2. Form.—The log is kept in any form\n3. Fees.—If a ferry crosses, a fee is paid." + SAVINGS,
            id="a heading after a line without a full stop",
        ),
        pytest.param(
            "2. Form.—The log is kept. 3. Fees.—If a ferry crosses, a fee is paid." + SAVINGS,
            id="a heading in the middle of a joined line",
        ),
        pytest.param(
            "2. Form.—The log is kept1[in ink].\n1. Ins. by Act 9 of 2033, s. 2\n3. Fees.—A fee." + SAVINGS,
            id="a heading after a footnote without a full stop",
        ),
        pytest.param(
            "2. Form.—The log is kept.\n3. Fees.—A fee is paid as stated in the said\nSchedule" + SAVINGS,
            id="a line that is only the word",
        ),
    ],
)
def test_every_section_is_found_wherever_its_heading_stands(body):
    assert units(HEAD + body) == ["sec_1", "sec_2", "sec_3", "sec_4"]


def test_a_schedule_behind_the_last_section_is_still_one():
    body = "2. Form.—The log has the form in the\nSchedule.\nTHE SCHEDULE\n[See section 2]\n1. A page for each ferry.\n"

    assert units(HEAD + body) == ["sec_1", "sec_2", "sched_1"]


def test_a_word_before_the_number_makes_bare_numbers_lists():
    assert units(NAMED_ACT) == ["sec_1", "sec_2", "sec_3", "sec_4", "sched_1"]


def test_articles_are_units_where_the_text_calls_them_so():
    text = "# The Charter of the River\n\n" + "\n\n".join(
        f"# Article {n}. Heading {n} that the keepers shall read\n\n{n}. The river is free to all.\n\n"
        "(a) by day;\n\n(b) by night." for n in ("1", "2", "2A", "3")
    ) + "\n\n# First Schedule — The Banks\n\n1. The left bank.\n"  # fmt: skip

    assert units(text) == ["art_1", "art_2", "art_2a", "art_3", "sched_1"]
    reading = read(text.encode(), HINTS)
    assert reading.provisions[1].heading.startswith("Heading 2 that the keepers")
    assert [p.citation for p in reading.walk() if p.eid == "art_2__cl_b" or p.eid.endswith("clause_b")][:1] == [
        "article 1(b)"
    ]


def test_a_commencement_footnote_dates_the_provisions_it_lists():
    dates = {(m.kind.value, m.eid): str(m.on) for m in read(NAMED_ACT.encode(), HINTS).dates}

    assert dates["applies", "sec_3"] == dates["applies", "sec_4"] == "2031-05-01"
    assert dates["applies", "sec_1"] == "2031-05-01"


def test_an_amendment_footnote_dates_the_section_it_stands_at():
    dates = [(m.eid, str(m.on)) for m in read(NAMED_ACT.encode(), HINTS).dates]

    assert ("sec_2", "2032-06-02") in dates
    assert ("sec_2", "2034-02-05") in dates


def test_a_footnote_never_takes_the_heading_behind_it():
    reading = read(NAMED_ACT.encode(), HINTS)

    assert [n.text for n in reading.notes if n.name == "footnote"][
        -1
    ] == "1. Ins. by Act 9 of 2033, s. 3 (w.e.f. 5-2-2034)"
    assert "^" not in "".join(p.text for p in reading.walk())


AMENDING = """An Act further to amend the Ferry Act, 1950, and to provide for lamps.
BE it enacted by Parliament in the Eighty-second Year of the Republic of India as follows:—
1. Lamps.—In the Ferry Act, 1950, lamps are lit at dusk and put out at dawn by the keeper of every ferry.
2. Horns.—Horns are blown in fog.
3. Fees.—Fees are paid.
"""
LISTED_ACT = """THE FERRY ACT, 1950
ARRANGEMENT OF SECTIONS
CHAPTER I
PRELIMINARY
1. Lamps.
2. Horns.
3. Fees.
THE SCHEDULE
THE FERRY ACT, 1950
ACT NO. 5 OF 1950
[1st March, 1950.]
CHAPTER I
PRELIMINARY
1. Lamps.—Lamps are lit at dusk and put out at dawn by the keeper of every ferry in the land, in every season.
2. Horns.—Horns are blown in fog, and at night.
3. Fees.—Fees are paid before the crossing.
THE SCHEDULE
(See section 3)
PART I
1. Boats.
2. Rafts.
PART II
1. Bridges.
2. Fords.
"""


def test_an_act_without_another_title_has_its_long_title():
    assert (
        read(AMENDING.encode(), HINTS).title == "An Act further to amend the Ferry Act, 1950, and to provide for lamps"
    )


def test_what_an_act_enacts_are_sections_though_it_never_calls_them_so():
    assert units(AMENDING) == ["sec_1", "sec_2", "sec_3"]


def test_a_contents_list_is_neither_the_act_nor_its_title_and_the_parts_of_a_schedule_count_anew():
    reading = read(LISTED_ACT.encode(), HINTS)

    assert (reading.title, reading.number) == ("THE FERRY ACT, 1950", "Act No. 5 of 1950")
    assert [p.eid for p in reading.walk() if p.kind.value in {"chapter", "section", "schedule"}] == [
        "chp_I", "sec_1", "sec_2", "sec_3", "sched_1",
    ]  # fmt: skip
    assert {"sched_1__part_I__para_1", "sched_1__part_II__para_1"} <= {p.eid for p in reading.walk()}
    assert not reading.flaws


def test_a_further_part_of_an_act_is_read_and_says_what_it_is_not():
    text = "# The Ferry Act, 2031\n\n" + "".join(f"## Section {n} - Rule {n}.\n\n{KEEPS}\n\n" for n in (33, 34, 35))
    reading = read(text.encode(), HINTS)

    assert [p.eid for p in reading.provisions] == ["sec_33", "sec_34", "sec_35"]
    assert "an excerpt, without 1–32" in {check.text for check in reading.checks}


def test_a_term_is_defined_in_the_middle_of_a_sentence_too():
    body = (
        "2. Fees.—A fee is paid to the Ferry Board of India (hereinafter referred to as “the Board”), and the "
        "expression “fee” shall mean any sum.\n3. Savings.—Boats are free."
    )
    terms = {d.term for d in read((HEAD + body).encode(), HINTS).definitions}

    assert {"the Board", "fee"} <= terms or {"Board", "fee"} <= terms
