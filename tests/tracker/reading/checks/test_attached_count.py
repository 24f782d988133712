"""Annexes and schedules are counted as articles are: a number that is gone is told, unless the page says why."""

import pytest

from storage.records import Reading
from tracker.reading import read
from tracker.reading.structure.draft import ReadingContext

KEEPS = "The keeper of a lighthouse shall keep the lamp burning from dusk until dawn on every day of the year."
ACT = ["REGULATION (EU) 2099/7 OF THE COUNCIL", "of 1 February 2099", "on lamps", "HAS ADOPTED THIS REGULATION:"]
ARTICLES = [line for n in (1, 2, 3) for line in (f"Article {n}", "Lamps", f"1.   {KEEPS}", f"2.   {KEEPS}")]


def annex(number: str) -> list[str]:
    return [f"ANNEX {number}", "Forms", f"1.   The form of annex {number} is used."]


def act(*lines: str) -> Reading:
    body = "".join(f"<p>{line}</p>" for line in (*ACT, *ARTICLES, *lines))
    return read(f"<html lang='en'><body>{body}</body></html>".encode(), ReadingContext(jurisdiction="eu"))


def gaps(law: Reading) -> list[str]:
    return [flaw.text for flaw in law.flaws if "annex" in flaw.text]


@pytest.mark.parametrize("numbers", [("I", "III"), ("II", "III"), ("A", "B", "D")])
def test_a_number_that_is_gone_is_told(numbers):
    law = act(*(line for number in numbers for line in annex(number)))

    assert law.counts["annex"] == len(numbers)
    assert len(gaps(law)) == 1


@pytest.mark.parametrize("numbers", [("I", "II", "III"), ("I", "II", "IIa", "III"), ("1", "2"), ("A", "B", "C")])
def test_a_gapless_count_is_none(numbers):
    assert not gaps(act(*(line for number in numbers for line in annex(number))))


@pytest.mark.parametrize(
    "words", [["ANNEX II (deleted)"], ["▼M1", "—————", "▼B"], ["Annex II is [repealed]."], ["[Annex II omitted]"]]
)
def test_what_the_page_says_is_left_out_is_no_gap(words):
    assert not gaps(act(*annex("I"), *words, *annex("III")))


def test_a_schedule_that_is_gone_is_told():
    sections = "\n\n".join(f"{n}. Lamps.—{KEEPS}" for n in (1, 2, 3, 4))
    schedules = "\n\n".join(f"THE {n} SCHEDULE\n\n(See section 2)\n\n1. A form." for n in ("FIRST", "THIRD"))
    text = f"THE LAMPS ACT, 2031\n\nBE it enacted by Parliament as follows:—\n\n{sections}\n\n{schedules}"

    law = read(text.encode(), ReadingContext(jurisdiction="in"))

    assert [flaw.text for flaw in law.flaws if "schedule 2 missing" in flaw.text]


def test_a_quotation_whose_marks_stand_alone_prints_no_headings_of_this_act():
    law = act(
        "Article 4", "New", "The following is inserted:", "‘", "Article 8a", "Oil", KEEPS, "’;", "Article 5", KEEPS
    )

    assert not law.flaws
    assert law.counts["article"] == 5


@pytest.mark.parametrize(("numbers", "is_told"), [((1, 2, 3, 4), False), ((1, 2, 4), True)])
def test_a_recital_that_is_gone_is_told(numbers, is_told):
    recitals = "".join(f"<p>({n})   Lamps are good for reason {n}.</p>" for n in numbers)
    body = f"<p>{ACT[0]}</p><p>Whereas:</p>{recitals}<p>{ACT[3]}</p>{''.join(f'<p>{line}</p>' for line in ARTICLES)}"
    law = read(f"<html lang='en'><body>{body}</body></html>".encode(), ReadingContext(jurisdiction="eu"))

    assert any("recital 3 missing" in flaw.text for flaw in law.flaws) == is_told
