from time import process_time

import pytest

from storage.records import ProvisionKind as K
from tracker.reading.america.ladders import CFR
from tracker.reading.structure.markers import Rung, Style, nest, readings

INDIA = [
    Rung(K.SUBSECTION, Style.DIGIT),
    Rung(K.CLAUSE, Style.LOWER),
    Rung(K.SUBCLAUSE, Style.ROMAN),
    Rung(K.ITEM, Style.UPPER),
]


def outline(drafts):
    return [(d.kind.value, d.number, outline(d.children)) for d in drafts]


def test_an_inline_chain_is_nested_by_its_sequence():
    lead, drafts = nest(
        "(1) A keeper shall— (a) keep a register; (b) show it— (i) to the Board; (ii) to the owner; and (c) close it. "
        "(2) The Board may inspect.",
        INDIA,
    )

    assert lead == ""
    assert outline(drafts) == [
        ("subsection", "1", [
            ("clause", "a", []),
            ("clause", "b", [("subclause", "i", []), ("subclause", "ii", [])]),
            ("clause", "c", []),
        ]),
        ("subsection", "2", []),
    ]  # fmt: skip


def test_i_after_h_is_a_letter_and_i_after_a_lead_is_roman():
    letters = "".join(f"({c}) thing {c};\n" for c in "abcdefghij")
    _, drafts = nest(letters, INDIA)
    assert [d.number for d in drafts] == list("abcdefghij")

    _, drafts = nest("(h) the following—\n(i) one;\n(ii) two.", INDIA)
    assert [c.number for c in drafts[0].children] == ["i", "ii"]


def test_a_reference_in_a_sentence_is_no_provision():
    lead, drafts = nest("A claim under clause (a) of sub-rule (2) lapses after rules 5 to 16 apply.", INDIA)
    assert drafts == []
    assert lead.startswith("A claim")


def test_a_rule_may_go_from_its_lead_straight_to_a_clause():
    lead, drafts = nest("The notice shall— (a) be plain; and (b) be short.", INDIA)
    assert lead == "The notice shall—"
    assert [d.kind for d in drafts] == [K.CLAUSE, K.CLAUSE]


def test_an_inserted_number_follows_the_one_before_it():
    _, drafts = nest("(4) one.\n(4A) two.\n(5) three.", INDIA)
    assert [d.number for d in drafts] == ["4", "4A", "5"]


@pytest.mark.parametrize(("number", "styles"), [("c", {"i", "a"}), ("aa", {"aa", "a"}), ("12", {"1"}), ("Act", set())])
def test_a_marker_offers_every_reading_it_may_have(number, styles):
    assert {style.value for style, _ in readings(number)} == styles


def test_an_inserted_letter_or_number_stands_between_its_neighbours():
    ladder = [Rung(K.SUBSECTION, Style.LOWER), Rung(K.PARAGRAPH, Style.DIGIT)]
    _, drafts = nest("(b) one:\n(1) a;\n(1.5) b.\n(b-1) two.\n(c) three.", ladder)

    assert outline(drafts) == [
        ("subsection", "b", [("paragraph", "1", []), ("paragraph", "1.5", [])]),
        ("subsection", "b-1", []),
        ("subsection", "c", []),
    ]


def test_a_long_section_is_nested_in_time_that_grows_with_its_length():
    inner = "\n".join(f"({n}) item;\n(i) one;\n(ii) two;\n(A) x;\n(B) y." for n in range(1, 40))
    start = process_time()
    _, drafts = nest("\n".join(f"({letter}) head:\n{inner}" for letter in "abcdefgh"), CFR)

    assert [draft.number for draft in drafts] == list("abcdefgh")
    assert process_time() - start < 3
