"""Proposals as the Commission's drafting system writes them, in Akoma Ntoso."""

from tests.tracker.reading.europe.acts_of_europe import a_source, an_act, outline
from tracker.reading.europe import claims
from tracker.reading.structure.draft import Extract, ReadingContext


def the_proposal() -> Extract:
    return an_act("proposal.akn.xml")


def test_it_is_claimed_for_the_union_by_its_country():
    assert claims(a_source("proposal.akn.xml"), ReadingContext()) > 0.8


def test_its_recitals_articles_and_points_are_read_as_in_any_rendering():
    assert outline(the_proposal().drafts) == [
        "recital 1 Lamps guide ships.",
        "chapter I [General]",
        "  article 1 [Duties]",
        "    paragraph 1 See Article 2.",
        "    paragraph 2 A keeper shall:",
        "      point a watch;",
        "      point b write:",
        "        point i daily.",
        "  article 2 [Change] The following is inserted:\n‘Article 9a\nOil.’",
    ]


def test_its_metadata_give_number_and_language_and_are_no_text():
    act = the_proposal()

    assert (act.number, act.language, act.title) == ("COM(2025) 999", "en", "Proposal for a REGULATION on lamps")
    assert [note.text for note in act.notes] == ["(1) OJ C 1."]
    assert [note.text for note in act.furniture] == ["2025/0999 (COD)"]
