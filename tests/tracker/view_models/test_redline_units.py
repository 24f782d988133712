"""A unit stands once on a page of redlines, whatever number of its paragraphs changed."""

from storage.records import Change, ChangeKind, Claim, ClaimKind, Op, OpKind, Weight
from tracker.view_models.redline_units import RedlineRow, units_of
from tracker.wording.labels import words

OPS = (Op(OpKind.DELETE, "a"), Op(OpKind.INSERT, "b"))
OLDS = {"art_4": "Article 4", "art_5": "Article 5"}
NEWS = {"art_4": "Article 4", "art_6": "Article 6"}


def a_row(old, new, place=1, kind=ChangeKind.MODIFIED, weight=Weight.LOW, claims=(), front=False):
    old_eid, new_eid = (f"{unit}__para_{place}" if unit else None for unit in (old, new))
    change = Change(kind, weight, old, new, old_eid, new_eid, OLDS.get(old, "") and f"{OLDS[old]}({place})",
                    NEWS.get(new, "") and f"{NEWS[new]}({place})", ops=OPS, claims=claims,
                    explanation=f"What changed in {place}")  # fmt: skip
    return RedlineRow(change, f"{new or old}.{place}", new or old or "", "The preface", "", False, front)


def test_paragraphs_of_one_article_are_one_unit_under_its_own_name():
    rows = [a_row("art_4", "art_4", 1), a_row("art_4", "art_4", 2, weight=Weight.HIGH), a_row("art_5", "art_6", 1)]
    first, second = units_of(rows, OLDS, NEWS)
    assert (first.citation, first.weight, len(first.rows)) == ("Article 4", "high", 2)
    assert first.sentences == ("What changed in 1", "What changed in 2")
    assert (second.citation, second.formerly) == ("Article 6(1)", "Article 5(1)")


def test_a_unit_that_is_wholly_new_or_gone_says_so_and_one_that_is_partly_new_does_not():
    new = a_row(None, "art_6", kind=ChangeKind.ADDED)
    removed_row = a_row("art_5", None, kind=ChangeKind.REMOVED)
    paragraph = a_row("art_4", "art_4", 1, kind=ChangeKind.ADDED)
    rest = a_row("art_4", "art_4", 2)
    assert [unit.kind for unit in units_of([new, removed_row, paragraph, rest], OLDS, NEWS)] == [
        "added", "removed", "modified"]  # fmt: skip
    assert units_of([paragraph], OLDS, NEWS)[0].kind == "added"


def test_what_stands_around_the_provisions_is_never_joined():
    rows = [a_row(None, None, 1, front=True), a_row(None, None, 2, front=True)]
    assert [unit.kind for unit in units_of(rows, {}, {})] == ["front", "front"]


def test_chips_are_said_once_a_unit_in_the_readers_language():
    claim = Claim(ClaimKind.DEADLINE_SHORTENED, "", "P15D", "P10D", "15 days", "10 days")
    rows = [a_row("art_4", "art_4", n, weight=Weight.HIGH, claims=(claim,)) for n in (1, 2)]
    [english], [chinese] = units_of(rows, OLDS, NEWS), units_of(rows, OLDS, NEWS, words("zh"))
    assert [(chip.text, chip.is_weighty) for chip in english.chips] == [
        ("shorter time limit: 15 days → 10 days", True)]  # fmt: skip
    assert [chip.text for chip in chinese.chips] == ["期限缩短：15日 → 10日"]
    assert chinese.sentences == ("期限由15日缩短为10日",)
