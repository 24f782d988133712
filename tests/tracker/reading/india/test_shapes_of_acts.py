"""Acts as presses, scans and extractors leave them: joined lines, odd numbers, States' amendments, set-in sections."""

import pytest

from tracker.reading import read
from tracker.reading.checks.units import own_units
from tracker.reading.structure.draft import ReadingContext

HINTS = ReadingContext(jurisdiction="in")
HEAD = """THE FERRY ACT, 2031
ACT NO. 4 OF 2031
[12th August, 2031.]
An Act to provide for the keeping of ferries.
BE it enacted by Parliament in the Eighty-second Year of the Republic of India as follows:—
"""
KEEPS = "The keeper of a ferry keeps a log of every crossing in the land and shows it to whoever asks for it."
FIRST = "1. Short title.—This Act may be called the Ferry Act, 2031."


def act(*sections: str) -> str:
    return HEAD + "\n".join([FIRST, *sections])


def numbers(text: str) -> list[str]:
    reading = read(text.encode(), HINTS)
    assert not reading.flaws, reading.flaws
    assert reading.title == "Ferry Act, 2031"
    return [unit.number for unit in own_units(reading.provisions)]


@pytest.mark.parametrize(
    "heading",
    [
        "2A. Logs.—",
        "2-A. Logs.—",
        "2 A. Logs.—",
        "2A . Logs.—",
        "2A Logs.—",
        "[2A. Logs.—",
        "*2A. Logs.—",
        "§ 2A. Logs.—",
        "1[2A. Logs.—",
        "¹[2A. Logs.—",
        "Section 2A. Logs.—",
    ],
)
def test_a_number_is_read_however_the_press_sets_it(heading):
    text = act(f"2. Keepers.—{KEEPS}", heading + KEEPS, f"3. Savings.—{KEEPS}")

    assert numbers(text) == ["1", "2", "2a", "3"]


def test_a_word_before_some_numbers_only_hides_none_of_the_others():
    sections = [f"{'Section ' if n in (3, 6, 9) else ''}{n}. Logs.—{KEEPS}" for n in range(2, 12)]
    named_first = act(*sections).replace(FIRST, f"Section {FIRST}")

    assert numbers(named_first) == [str(n) for n in range(1, 12)]


def test_a_heading_above_the_number_may_end_in_the_word_rules():
    text = "\n".join(
        [
            "G.S.R. 12(E).—The Central Government hereby makes the following rules, namely:—",
            "Short title",
            "1.(1) These rules may be called the Ferry Act, 2031.",
            f"(2) {KEEPS}",
            "Power to make further rules",
            f"2.(1) {KEEPS}",
            "Publication of regulations",
            f"3.The Board publishes them. {KEEPS}",
        ]
    )

    assert numbers(text) == ["1", "2", "3"]


def test_an_act_without_line_breaks_is_divided_by_its_headings():
    one_line = " ".join(
        [
            HEAD.replace("\n", " ").strip(),
            "CHAPTER I PRELIMINARY",
            FIRST,
            f"2. Keepers, etc., of ferries.—{KEEPS} 3 2A. Logs.—(1) {KEEPS} (2) {KEEPS}",
            "3. [Tolls.] Omitted by Act 9 of 2033, s. 2.",
            f"CHAPTER II SAVINGS 4. Boats.—{KEEPS}",
            "THE SCHEDULE (See section 2) 1. A page for each ferry.",
        ]
    )
    reading = read(one_line.encode(), HINTS)

    assert numbers(one_line) == ["1", "2", "2a", "3", "4"]
    assert (reading.counts["chapter"], reading.counts["schedule"]) == (2, 1)


@pytest.mark.parametrize("heading", ["ARRANGEMENT OF SECTIONS", "CONTENTS", "INDEX", "TABLE OF CONTENTS", ""])
def test_a_contents_list_is_no_law_whatever_stands_over_it(heading):
    entries = ["1. Short title.", "2. Keepers.", "3. Logs.", "4. Savings.", "THE SCHEDULE"]
    laws = [f"2. Keepers.—{KEEPS}", f"3. Logs.—{KEEPS}", f"4. Savings.—{KEEPS}", "THE SCHEDULE", "1. A page."]
    text = "\n".join(["THE FERRY ACT, 2031", *filter(None, [heading]), *entries, act(*laws)])
    reading = read(text.encode(), HINTS)

    assert numbers(text) == ["1", "2", "3", "4"]
    assert reading.provisions[1].text == KEEPS
    assert reading.counts["schedule"] == 1
    assert [note.name for note in reading.notes] == ["contents"]


STATES = f"""STATE AMENDMENTS
Karnataka
Insertion of new section 2-A.—After section 2 of the principal Act, insert the following section, namely:—
2A. Night ferries.—{KEEPS}
[Vide Karnataka Act 10 of 2033, s. 3]
Maharashtra
2B. Toll-free ferries.—{KEEPS}
[Vide Maharashtra Act 7 of 2034,
s. 4.]"""


@pytest.mark.parametrize("after", ["3. Savings.—", "3. Savings and other things which are many\nand long.—"])
def test_what_a_state_amends_is_a_note_and_no_section(after):
    text = act(f"2. Keepers.—{KEEPS}", STATES, after + KEEPS)
    reading = read(text.encode(), HINTS)

    assert numbers(text) == ["1", "2", "3"]
    assert [note.text for note in reading.notes if note.name == "state amendment"] == [STATES]


def test_state_amendments_that_end_nowhere_stay_where_they_are():
    text = act(f"2. Keepers.—{KEEPS}", "STATE AMENDMENTS", "Karnataka", "In section 2 omit the last words.")

    assert [note.name for note in read(text.encode(), HINTS).notes] == []


@pytest.mark.parametrize(("opens", "closes"), [("“", "”"), ('"', '"'), ("‘‘", "’’"), ("``", "''")])
def test_sections_set_into_another_act_are_no_sections_of_this_one(opens, closes):
    set_in = f"{opens}2A. Logs.—{KEEPS}\n3. Boats.—{KEEPS}\nCHAPTER IVA\nTOLLS\n4. Tolls.—{KEEPS}{closes}."
    text = act(f"2. Insertion of new sections.—Insert the following sections, namely:—\n{set_in}")

    assert numbers(text) == ["1", "2"]


@pytest.mark.parametrize("shape", ["S. {} Logs", "[{}] Logs", "{}) Logs"])
def test_an_act_whose_numbers_nobody_can_read_is_no_version(shape):
    sections = "\n".join(f"{shape.format(n)}\n{KEEPS}" for n in range(2, 6))
    reading = read(
        f"THE FERRY ACT, 2031\n{shape.format(1)}\nThis Act may be called the Ferry Act.\n{sections}".encode(), HINTS
    )

    assert any(flaw.fatal and flaw.cause == "no unit read" for flaw in reading.flaws)


def test_units_that_are_a_contents_list_are_a_problem():
    entries = [f"{n}. Duties of the keepers of ferries." for n in range(1, 11)]
    text = "\n".join(["THE FERRY ACT, 2031", *entries, "THE SCHEDULE", *[f"{n}. {KEEPS}" for n in range(1, 30)]])

    assert "law outside provisions" in {flaw.cause for flaw in read(text.encode(), HINTS).flaws}


def test_what_another_body_is_called_is_no_title():
    constitution = "\n\n".join(
        [
            "# The Constitution of Ferries",
            "## Article 1. Name",
            f"Ferries are a union. {KEEPS}",
            "## Article 2. The island",
            f"The island shall be called the Ferry Territory of the North. {KEEPS}",
            "## Article 3. Title",
            "This Constitution may be called the Constitution of Ferries.",
        ]
    )

    assert read(constitution.encode(), HINTS).title == "Constitution of Ferries"


def test_articles_go_on_behind_a_wide_gap_that_is_named():
    text = "\n".join(
        ["THE CONSTITUTION OF FERRIES"]
        + [f"Article {n}\nLogs of ferries\n{KEEPS}" for n in [*range(1, 10), *range(22, 32)]]
        + ["Article 32\nShort title\nThis Constitution may be called the Constitution of Ferries."]
    )
    reading = read(text.encode(), HINTS)

    assert [p.number for p in own_units(reading.provisions)] == [str(n) for n in [*range(1, 10), *range(22, 33)]]
    assert "article 10–21 missing" in next(flaw.text for flaw in reading.flaws)


EXTRACTED_ACT = """# The Ferry Act, 2031

Pages: 1 to 2

## Page 1

1
THE FERRY ACT, 2031
_______
ARRANGEMENT OF SECTIONS
S ECTIONS
1. Short title.
2. Keepers of ferries and of boats which cross rivers, lakes
and bays.
3. Savings.
THE SCHEDULE

## Page 2

2
THE FERRY ACT, 2031
A CT N O.13 OF 2031
[26 th May,2031. ]
An Act to keep ferries.
B E it enacted by Parliament in the Eighty - second Year of the Republic of India as follows: —
1. Short title. — ( 1 ) This Act may be called the Ferry Act, 2031.
( 2 ) It extends to the whole of India.
2. Keepers of ferries and of boats which cross rivers, lakes
and bays. — Under sub - section ( 2 ) of section 1 a keeper keeps —
( a ) a log; and
( b ) a boat of his own with whatever else the Board may ask of him in writing.
3. Savings. — Boats that were kept before this Act may be kept on for a year after it.
THE SCHEDULE
( See section 2)
ARTICLE 50
S TATUS
1. The Board is a person.
2. The Board may own what it keeps.
"""


def test_the_spaces_an_extractor_leaves_in_marks_and_numbers_change_nothing():
    reading = read(EXTRACTED_ACT.encode(), HINTS)
    eids = [p.eid for p in reading.walk()]

    assert (reading.number, reading.title, reading.flaws) == ("Act No. 13 of 2031", "Ferry Act, 2031", ())
    assert {"sec_1__subsec_2", "sec_2__clause_b"} <= set(eids)
    assert (reading.counts["section"], reading.counts["schedule"]) == (3, 1)
    assert ("adopted", "2031-05-26") in {(m.kind.value, str(m.on)) for m in reading.dates}


def test_the_oldest_acts_count_their_sections_in_roman_numbers():
    text = "\n".join(
        [
            "FERRY CONTRACTS ACT, 1836",
            "A CT N O. 10 OF 1836",
            "[ 11 th April,1836.]",
            f"I. It is hereby enacted, that Clause Third of the Ferry Code be repealed. {KEEPS}",
            f"II. And it is hereby enacted, that whenever the right to a ferry may be contested, {KEEPS}",
            f"Provided, always, that nothing in this Section gives a right of action. {KEEPS}",
            f"III. And it is hereby enacted, that {KEEPS}",
        ]
    )
    reading = read(text.encode(), HINTS)

    assert [(p.eid, p.label) for p in reading.provisions] == [("sec_1", "I."), ("sec_2", "II."), ("sec_3", "III.")]
    assert (reading.number, reading.title) == ("Act No. 10 of 1836", "FERRY CONTRACTS ACT, 1836")
    assert not reading.flaws
