"""What stands inside a rule is nested by the whole sequence of its markers, never line by line."""

from __future__ import annotations

import pytest

from storage.records import ProvisionKind
from tracker.reading.india.nesting import ladder, nest
from tracker.reading.structure.draft import Draft

RULE = ladder(ProvisionKind.SUBSECTION)


def outline(text: str) -> str:
    """Return the tree of *text* as words: ``1[a b[i ii]] 2``."""
    return " ".join(map(_outline, nest(text, RULE)[1]))


def _outline(draft: Draft) -> str:
    name = draft.number or draft.kind.value
    return f"{name}[{' '.join(map(_outline, draft.children))}]" if draft.children else name


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        pytest.param("(1) A lamp is red. (2) A lamp is lit. (3) It is kept.", "1 2 3", id="sub-rules in one line"),
        pytest.param(
            "(1) A keeper shall— (a) light the lamp; (b) log the ships, namely:— (i) names; and (ii) flags; and "
            "(c) sleep by day. (2) No other duty.",
            "1[a b[i ii] c] 2",
            id="an inline chain comes back to its clause",
        ),
        pytest.param(
            "A keeper shall— (a) dig; (b) sow; (c) reap; (d) mow; (e) bake; (f) brew; (g) sew; (h) spin; (i) knit.",
            "a b c d e f g h i",
            id="(i) after (h) is a letter",
        ),
        pytest.param("In this rule— (i) bell; (ii) book; (iii) lamp; (iv) oil; (v) wick.", "i ii iii iv v", id="roman"),
        pytest.param(
            "(1) By clause (a) of sub-rule (2) of rule 5, and rules 5 to 16, a lamp is lit. (2) See section 9(1)(b).",
            "1 2",
            id="references begin nothing",
        ),
        pytest.param(
            "(1) The lamp named in sub-rule\n(2) of rule 8 is red.\n(2) The other lamp is green.",
            "1 2",
            id="a reference parted by a line end begins nothing",
        ),
        pytest.param(
            "(a) a boat; (b) a net; (ba) a net for eels; (c) an oar; (ca) a sculling oar; (d) a sail.",
            "a b ba c ca d",
            id="inserted clauses stand among their neighbours",
        ),
        pytest.param("(1) One. (1A) One and a bit. (2) Two.", "1 1A 2", id="inserted sub-rule"),
        pytest.param(
            "(1) If it— (a) is found,— (i) keep it; or (ii) log it and say— (A) when; (B) where; and (b) is lost.",
            "1[a[i ii[A B]] b]",
            id="items below sub-clauses",
        ),
        pytest.param(
            "after clause (c), the following shall be inserted, namely:— “(ca) a bell; (cb) a horn;”. ",
            "",
            id="quoted clauses are payload",
        ),
        pytest.param(
            "(a) after rule 3, insert— “3A. Bells.—(1) A ship has— (a) a bell; and (b) a horn.”; and (b) omit rule 4.",
            "a b",
            id="what follows the payload goes on",
        ),
        pytest.param("(a) “ship” means a boat; (a) “port” means a harbour; (b) x", "a b", id="misprint inside a line"),
        pytest.param(
            "(a) “ship” means a boat;\n(a) “port” means a harbour;\n(b) “lamp” means a light.", "a a b", id="misprint"
        ),
    ],
)
def test_markers_are_nested_by_their_sequence(text, tree):
    assert outline(text) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        pytest.param(
            "(1) A lamp is lit at dusk: Provided that in fog it is lit by day. (2) It is put out at dawn.",
            "1[proviso] 2",
            id="to its sub-rule",
        ),
        pytest.param(
            "(1) A keeper shall— (a) light it: Provided that in fog he need not; (b) log it; and (c) tell. (2) More.",
            "1[a[proviso] b c] 2",
            id="to its clause, when the list goes on",
        ),
        pytest.param(
            "(1) A keeper shall— (a) light it; and (b) log it: Provided that in fog he— (i) rings; and (ii) waits: "
            "Provided further that he need not ring twice. Explanation.—Here, fog includes mist. (2) More.",
            "1[a b proviso[i ii] proviso explanation] 2",
            id="with a list of its own, a second proviso and an explanation",
        ),
        pytest.param(
            "Every lamp is lit. Illustration.—A, a keeper, lights one at six.", "illustration", id="illustration"
        ),
    ],
)
def test_provisos_and_explanations_belong_where_the_sequence_puts_them(text, tree):
    assert outline(text) == tree


def test_an_explanation_keeps_its_label_and_a_proviso_its_words():
    _, drafts = nest("A lamp is lit: Provided that fog lamps are not. Explanation I.—Fog includes mist.", RULE)

    assert [(d.label, d.text) for d in drafts] == [
        ("", "Provided that fog lamps are not."),
        ("Explanation I", "Fog includes mist."),
    ]


def test_flush_text_after_a_list_belongs_to_what_holds_the_list():
    _, (first, second) = nest(
        "(1) Whoever—\n\n(a) puts out a lamp; or\n\n(b) moves a lamp,\n\nshall pay a fine.\n\n(2) Nothing more.", RULE
    )

    assert [(c.kind.value, c.text) for c in first.children] == [
        ("clause", "puts out a lamp; or"),
        ("clause", "moves a lamp,"),
        ("wrapup", "shall pay a fine."),
    ]
    assert second.number == "2"


def test_a_text_of_nothing_but_markers_ends_in_time():
    lead, drafts = nest("(a) " * 40_000, RULE)

    assert lead.startswith("(a) (a)")
    assert drafts == []
