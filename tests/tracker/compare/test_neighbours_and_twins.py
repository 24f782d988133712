"""Swapped neighbours, twins, boilerplate, sorted definitions, tables, chapters: the records a lawyer would make."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.records import ChangeKind, OpKind, Provision, ProvisionKind
from tests.tracker.compare.laws import a_chapter, a_list, a_reading, an_article, sentence, zh_article, zh_sentence
from tracker.compare import compare
from tracker.compare.redline import apply

K = ProvisionKind
E = [sentence(n) for n in range(1, 41)]
C = [zh_sentence(n) for n in range(1, 41)]
BOILERPLATE = "The competent authority may impose penalties in accordance with national law."
TERMS = [
    "“model” means a system that learns;",
    "“provider” means a person who offers a model;",
    "“user” means a person who uses a model;",
]


def english(*texts):
    return [an_article(number, text) for number, text in enumerate(texts, 1)]


def chinese(*texts):
    return [zh_article(number, text) for number, text in enumerate(texts, 1)]


def twins(*berths, dues=None):
    """Return articles that differ by the number of a berth only; *dues* says what one of them pays otherwise."""
    pays = dict.fromkeys(berths, 5) | (dues or {})
    return english(*(f"The owner of a tug pays {pays[berth]} euro at berth {berth}." for berth in berths))


def definitions(*terms):
    return [a_list(1, "In this Act:", list(zip("abcdef", terms, strict=False)))]


def table(*rows):
    points = tuple(Provision(f"anx_I__row_{n}", K.POINT, str(n), "", "", row) for n, row in enumerate(rows, 1))
    return [an_article(1, E[0]), Provision("anx_I", K.ANNEX, "I", "Annex I", "Dues", "", "", points)]


@pytest.mark.parametrize(
    ("old", "new", "records"),
    [
        pytest.param(
            english(*E[:9]), english(*E[:3], E[4], E[3], *E[5:9]),
            [("renumbered", "art_5", "art_4"), ("moved", "art_4", "art_5")], id="neighbours that changed places",
        ),
        pytest.param(
            chinese(*C[:9]), chinese(*C[:3], C[4], C[3], *C[5:9]),
            [("renumbered", "art_5", "art_4"), ("moved", "art_4", "art_5")], id="neighbours in Chinese",
        ),
        pytest.param(
            english(*E[:9]), english(E[8], *E[1:8], E[0]),
            [("moved", "art_9", "art_1"), ("moved", "art_1", "art_9")], id="first and last that changed places",
        ),
        pytest.param(
            english(E[0], BOILERPLATE, E[1], BOILERPLATE, E[2], BOILERPLATE),
            english(E[0], BOILERPLATE, E[1], E[2], BOILERPLATE),
            [("removed", "art_4", None), ("renumbered", "art_5", "art_4"), ("renumbered", "art_6", "art_5")],
            id="one of three alike went",
        ),
        pytest.param(
            english(E[0], BOILERPLATE, E[1], E[2], BOILERPLATE),
            english(E[0], BOILERPLATE, E[1], BOILERPLATE, E[2], BOILERPLATE),
            [("added", None, "art_4"), ("renumbered", "art_4", "art_5"), ("renumbered", "art_5", "art_6")],
            id="one more alike came",
        ),
        pytest.param(
            english(E[0], BOILERPLATE, E[1], BOILERPLATE, E[2], BOILERPLATE),
            english(E[0], BOILERPLATE, E[1], BOILERPLATE.replace("may", "shall"), E[2], BOILERPLATE),
            [("modified", "art_4", "art_4")], id="one of three alike changed",
        ),
        pytest.param(
            english(*E[:4]), english(*E[:3], E[2], E[3]),
            [("added", None, "art_4"), ("renumbered", "art_4", "art_5")], id="an article printed twice",
        ),
        pytest.param(
            twins(1, 2, 3, 4, 5, 6, 7), twins(1, 2, 4, 5, 6, 7),
            [("removed", "art_3", None), *(("renumbered", f"art_{n + 1}", f"art_{n}") for n in range(3, 7))],
            id="one of seven twins went",
        ),
        pytest.param(
            twins(1, 2, 3, 4, 5), twins(1, 2, 3, 4, 5, dues={4: 9}), [("modified", "art_4", "art_4")],
            id="one of five twins changed",
        ),
        pytest.param(
            definitions(*TERMS), definitions(TERMS[2], TERMS[0], TERMS[1]),
            [("moved", "art_1__point_c", "art_1__point_a"), ("renumbered", "art_1__point_a", "art_1__point_b"),
             ("renumbered", "art_1__point_b", "art_1__point_c")], id="definitions sorted otherwise",
        ),
        pytest.param(
            definitions(*TERMS), definitions("“agent” means a system that acts;", *TERMS),
            [("added", None, "art_1__point_a"), ("renumbered", "art_1__point_a", "art_1__point_b"),
             ("renumbered", "art_1__point_b", "art_1__point_c"), ("renumbered", "art_1__point_c", "art_1__point_d")],
            id="a definition before all others",
        ),
        pytest.param(
            table("Tug | 5 euro", "Barge | 6 euro"), table("Tug | 6 euro", "Barge | 5 euro"),
            [("modified", "anx_I__row_1", "anx_I__row_1"), ("modified", "anx_I__row_2", "anx_I__row_2")],
            id="values of a table that changed places",
        ),
        pytest.param(
            table("Tug | 5 euro", "Barge | 6 euro"), table("Tug | 5 euro", "Buoy | 2 euro", "Barge | 6 euro"),
            [("added", None, "anx_I__row_2"), ("renumbered", "anx_I__row_2", "anx_I__row_3")], id="a row put in",
        ),
        pytest.param(
            [an_article(1, [E[0], E[1], E[2]])], [an_article(1, [E[2], E[0], E[1]])],
            [("moved", "art_1__para_3", "art_1__para_1"), ("renumbered", "art_1__para_1", "art_1__para_2"),
             ("renumbered", "art_1__para_2", "art_1__para_3")], id="the last paragraph that became the first",
        ),
        pytest.param(
            english(*E[:6]), [*english(*E[:5]), an_article("5a", E[30]), an_article(6, E[5])],
            [("added", None, "art_5a")], id="an article of a lettered number",
        ),
        pytest.param(
            [a_chapter("I", "A", *english(*E[:3])), a_chapter("II", "B", an_article(4, E[3]))],
            [a_chapter("I", "A", *english(*E[:4]))], [("removed", "chp_II", None)], id="two chapters made one",
        ),
        pytest.param(
            [a_chapter("I", "General", *english(*E[:3]))], [a_chapter("I", "General provisions", *english(*E[:3]))],
            [("modified", "chp_I", "chp_I")], id="a heading of a chapter",
        ),
        pytest.param(
            english(E[0], " ".join(E[1:4]), E[4]), english(*E[:5]),
            [("split", "art_2", "art_2"), ("split", "art_2", "art_3"), ("split", "art_2", "art_4"),
             ("renumbered", "art_3", "art_5")], id="one made three",
        ),
        pytest.param(
            english(*E[:5]), english(E[0], " ".join(E[1:4]), E[4]),
            [("merged", "art_2", "art_2"), ("merged", "art_3", "art_2"), ("merged", "art_4", "art_2"),
             ("renumbered", "art_5", "art_3")], id="three made one",
        ),
    ],
)  # fmt: skip
def test_the_records_are_those_a_lawyer_would_make(old, new, records):
    changes = compare(a_reading(*old), a_reading(*new)).changes

    assert [(change.kind.value, change.old_eid, change.new_eid) for change in changes] == records


steps = st.lists(st.tuples(st.sampled_from(["insert", "delete", "swap", "edit"]), st.integers(0, 30)), max_size=5)


def edit_texts(texts, edits):
    """Return *texts* after some edits, one after another."""
    result = list(texts)
    for number, (what, place) in enumerate(edits):
        at = place % max(len(result), 1)
        if what == "insert":
            result.insert(at, E[20 + number])
        elif what == "delete" and len(result) > 3:
            del result[at]
        elif what == "swap":
            result[at], result[at - 1] = result[at - 1], result[at]
        elif what == "edit":
            result[at] = result[at].replace("dock", "quay", 1)
    return result


@settings(max_examples=30, deadline=None)
@given(steps)
def test_whatever_was_edited_every_article_of_both_sides_is_told_once_or_unchanged(edits):
    old, new = english(*E[:9]), english(*edit_texts(E[:9], edits))
    comparison = compare(a_reading(*old), a_reading(*new))

    for change in comparison.changes:
        assert apply(change.ops, change.old_text) == change.new_text or not change.ops
    for side, law in (("old_unit", old), ("new_unit", new)):
        told_sides = [getattr(change, side) for change in comparison.changes if change.kind is not ChangeKind.SPLIT]
        rest = [article for article in law if article.eid not in told_sides]
        assert len(rest) <= comparison.summary["unchanged"] + 2 * comparison.summary["split"]


@settings(max_examples=20, deadline=None)
@given(steps)
def test_what_is_told_there_is_told_back(edits):
    sides = english(*E[:9]), english(*edit_texts(E[:9], edits))
    there, back = (compare(a_reading(*a), a_reading(*b)) for a, b in (sides, sides[::-1]))

    mirror_kinds = {"added": "removed", "removed": "added", "split": "merged", "merged": "split"}
    for kind in ("added", "removed", "split", "merged"):  # of two that changed places either moved
        assert there.summary[kind] == back.summary[mirror_kinds.get(kind, kind)]
    for comparison in (there, back):
        assert all(op.text or op.new for change in comparison.changes for op in change.ops)
        assert {op.kind for change in comparison.changes for op in change.ops} <= set(OpKind)
