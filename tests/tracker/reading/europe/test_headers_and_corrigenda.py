"""What stands around an act of the Union: its header, the site's own words, a corrigendum's title."""

from datetime import date

import pytest

from tracker.reading.europe.headers import journal_day, published_of
from tracker.reading.read import read
from tracker.reading.structure.draft import ReadingContext

EU = ReadingContext(jurisdiction="eu")
BURN = "The keeper shall keep the lamp burning from dusk until dawn on every day of the year, and write it down."


def block(kind: str, text: str) -> str:
    """Return one paragraph of the Journal."""
    return f'<p class="oj-{kind}">{text}</p>'


def page(*inner: str, site: str = "") -> bytes:
    """Return a page of the Journal, with *site* around the act."""
    return f'<html><body><div>{site}</div><div class="eli-container">{"".join(inner)}</div></body></html>'.encode()


ACT = (
    block("doc-ti", "COUNCIL REGULATION (EC) No 99/2001"),
    block("doc-ti", "of 18 December 2000"),
    block("doc-ti", "on lamps"),
    block("normal", "THE COUNCIL OF THE EUROPEAN UNION,"),
    block("normal", "HAS ADOPTED THIS REGULATION:"),
    block("ti-art", "Article 1"),
    block("normal", BURN),
    block("ti-art", "Article 2"),
    block("normal", "This Regulation shall enter into force on the third day following its publication."),
)
CORRIGENDUM = (
    block("hd-lg", "EN"),
    block("hd-date", "4.3.2029"),
    block(
        "doc-ti",
        "Corrigendum to Regulation (EU) 2029/7 of the European Parliament and of the Council of 3 February 2029 on "
        "lamps and amending Directive 95/99/EC",
    ),
    block("normal", "On page 36, Article 4, point (5):"),
    block("normal", "for: ‘the lamp of a lighthouse’, read: ‘the lamp of any house that stands near the sea’."),
)


def test_the_act_that_repealed_this_one_does_not_give_it_its_number():
    site = "<p>No longer in force, Date of end of validity: 24/05/2018; Repealed by 32016R0679</p>"

    reading = read(page(*ACT, site=site), EU)

    assert (reading.number, reading.uri) == ("(EC) No 99/2001", "32001R0099")


def test_the_end_of_validity_is_no_day_of_publication():
    site = "<p>No longer in force, Date of end of validity: 24/05/2018; Repealed by 32016R0679</p>"

    dates = {date_.kind.value: date_.on for date_ in read(page(*ACT, site=site), EU).dates}

    assert "published" not in dates
    assert dates["repealed"] == date(2018, 5, 24)
    assert dates["in_force"] is None


def test_a_corrigendum_corrects_one_act_and_amends_none():
    reading = read(page(*CORRIGENDUM), EU)

    assert reading.type == "corrigendum"
    assert [(r.kind.value, r.target) for r in reading.relations] == [("corrects", "Regulation (EU) 2029/7")]
    assert [(d.kind.value, d.on) for d in reading.dates] == [("published", date(2029, 3, 4))]
    assert not reading.flaws


@pytest.mark.parametrize(
    ("header", "day"),
    [
        ("Official Journal L 281 , 23/11/1995 P. 0031 - 0050", date(1995, 11, 23)),
        ("Amtsblatt Nr. L 190 vom 18/07/2002 S. 0001 - 0020", date(2002, 7, 18)),
        ("(OJ L 302, 17.11.2009, p. 32)", date(2009, 11, 17)),
        ("Date of document: 24/10/1995; Date of effect: 13/12/1995", None),
    ],
)
def test_the_issue_of_the_journal_gives_the_day_and_no_other_date_does(header, day):
    assert journal_day(header) == day


def test_the_header_of_the_journal_is_a_date_alone():
    assert published_of("EN\nL series\n12.7.2024") == date(2024, 7, 12)
