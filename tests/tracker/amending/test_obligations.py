"""Who must, must not, may and need not do what, in four traditions; and what became of it between two versions."""

import pytest

from benchmarks.obligations.__main__ import is_exact, labels
from storage.records import Reading
from tracker.amending.analysis_json import obligations_csv, obligations_json
from tracker.amending.obligations.difference import ObligationChange, ObligationFate, obligations_since
from tracker.amending.obligations.extraction import obligations_of
from tracker.amending.obligations.sentence import norms_of
from tracker.reading import read
from tracker.reading.structure.draft import ReadingContext

_LAW = """# 港口灯具管理条例

2020年3月1日发布

第一条　为了加强港口灯具管理，制定本条例。

第二条　灯具所有人应当在发现损坏之日起三十日内报告主管部门，并不得继续使用。

第三条　港口经营人应当登记下列事项：

（一）灯具的数量；

（二）灯油的种类。

第四条　看守人可以委托他人。

第五条　违反本条例第二条规定的，处二百元以下罚款。

第六条　本条例自2020年5月1日起施行。
"""


def the_law(text: str = _LAW) -> Reading:
    return read(text.encode(), ReadingContext(jurisdiction="cn"))


@pytest.mark.parametrize(("name", "rows"), [pytest.param(name, rows, id=name) for name, rows in labels()])
def test_nine_of_ten_labelled_sentences_are_taken_apart_exactly(name: str, rows: list) -> None:
    assert len(rows) >= 40, name
    assert sum(is_exact(row) for row in rows) >= 0.9 * len(rows)


def test_a_passive_names_who_acts_and_not_what_is_acted_upon() -> None:
    (norm,) = norms_of("The register shall be kept by the keeper.", "en")

    assert (norm.bearer, norm.action) == ("keeper", "register be kept")


def test_words_that_say_where_a_law_applies_oblige_nobody() -> None:
    assert norms_of("This Regulation shall apply from 1 May 2024. Rule 3 shall not apply to ships.", "en") == []


def test_a_duty_in_a_relative_clause_is_part_of_what_it_describes() -> None:
    norms = norms_of("Owners shall keep a list which shall be open to all.", "en")

    assert [norm.bearer for norm in norms] == ["Owners"]


def test_each_obligation_rests_on_the_exact_words_of_its_provision() -> None:
    law = the_law()
    texts = {provision.eid: provision.text for provision in law.walk()}

    for obligation in obligations_of(law):
        start, end = obligation.span
        assert texts[obligation.eid][start:end] == obligation.words


def test_the_items_of_a_list_share_what_announces_them() -> None:
    items = [(o.eid, o.bearer, o.action) for o in obligations_of(the_law()) if o.eid.startswith("art_3")]

    assert items == [
        ("art_3__item_1", "港口经营人", "登记下列事项 灯具的数量"),
        ("art_3__item_2", "港口经营人", "登记下列事项 灯油的种类"),
    ]


def test_the_provision_that_punishes_a_breach_is_named() -> None:
    penalty_eids = {obligation.penalty_eid for obligation in obligations_of(the_law()) if obligation.eid == "art_2"}

    assert penalty_eids == {"art_5"}


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        pytest.param("三十日", "十日", ObligationChange.DEADLINE_MOVED, id="a deadline moved"),
        pytest.param("看守人可以", "看守人应当", ObligationChange.TIGHTENED, id="a power became a duty"),
        pytest.param("港口经营人应当登记", "港口经营人可以登记", ObligationChange.LOOSENED, id="a duty became a power"),
    ],
)
def test_what_became_of_an_obligation_is_told(old: str, new: str, change: ObligationChange) -> None:
    fates = obligations_since(the_law(), the_law(_LAW.replace(old, new)))

    assert {fate.change for fate in fates} == {None, change}


def test_obligations_open_and_close_with_their_words() -> None:
    more = _LAW.replace("看守人可以委托他人。", "看守人可以委托他人。看守人不得饮酒。")

    new_ones = obligations_since(the_law(), the_law(more))
    ended_ones = obligations_since(the_law(more), the_law())

    assert [f.obligation.action for f in new_ones if f.change is ObligationChange.OPENED] == ["饮酒"]
    assert [f.obligation.action for f in ended_ones if f.change is ObligationChange.CLOSED] == ["饮酒"]


def test_the_shape_is_that_of_the_contract_and_the_table_has_the_same_columns() -> None:
    fates = [ObligationFate(obligation) for obligation in obligations_of(the_law())]
    shape = obligations_json(fates)

    assert shape["schema"] == "clausewatch/obligations/1"
    assert list(shape["obligations"][0]) == [
        "eid", "citation", "bearer", "modality", "action", "condition", "deadline", "penalty_eid", "words", "span",
        "change",
    ]  # fmt: skip
    header, *rows = obligations_csv(fates).splitlines()
    assert header.split(",") == list(shape["obligations"][0])
    assert len(rows) == len(fates)
