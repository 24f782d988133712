"""Which places of a law a text names."""

import pytest

from tracker.lockfile.cited_places import citations_in


def places_in(text):
    return [(c.unit, ".".join(step.number or f"#{step.place}" for step in c.steps)) for c in citations_in(text)]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("AI Act art. 50(2)", ["50.2"]),
        ("Article 50(2) and (4) of the AI Act", ["50.2", "50.4"]),
        ("Articles 13, 14 and 15 GDPR", ["13", "14", "15"]),
        ("Art. 13-15 GDPR", ["13", "14", "15"]),
        ("Articles 13 to 15", ["13", "14", "15"]),
        ("Article 6(1)(a)–(c)", ["6.1.a", "6.1.b", "6.1.c"]),
        ("point (a) of Article 5(1)", ["5.1.a"]),
        ("paragraph 2 of Article 50", ["50.2"]),
        ("Article 5, paragraph 1, point (b)", ["5.1.b"]),
        ("Art. 5 Abs. 1 lit. a DSGVO", ["5.1.a"]),
        ("second subparagraph of Article 3(1)", ["3.1.#2"]),
        ("Article 4a", ["4a"]),
        ("12 CFR 1003.2(c)(1)", ["1003.2.c.1"]),
        ("Utah Code § 13-75-103", ["13-75-103"]),
        ("rule 3(1)(b)", ["3.1.b"]),
        ("Annex III, point 1(a)", ["iii.1.a"]),
        ("Recital 12", ["12"]),
        ("第五条第二款", ["5.#2"]),
        ("第十七条第一款第（二）项", ["17.#1.2"]),
        ("第七条至第九条", ["7", "8", "9"]),
        ("第五十条之一", ["50-1"]),
        ("Article 10 within 30 days", ["10"]),
        ("Article 10, 30 days after notice", ["10"]),
        ("Article 12 or 13 months", ["12"]),
        ("the art of war, article of faith, a rule of thumb, section A", []),
        ("Articles 1 to 2024", ["1", "2024"]),
        ("", []),
    ],
)
def test_citations_are_read_as_a_lawyer_reads_them(text, places):
    assert [steps for _, steps in places_in(text)] == places


def test_a_citation_knows_where_its_words_stand():
    (citation,) = citations_in("See point (a) of Article 5(1) of the Lamp Act.")

    assert (citation.start, citation.words) == (4, "point (a) of Article 5(1)")
