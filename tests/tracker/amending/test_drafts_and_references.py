"""The lineage of a draft, the references of a law, and the round trip of our own redlines."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import lineage as lineage_benchmark
from benchmarks import round_trip
from storage.records import Reading
from tests.tracker.amending.lamp_law import LAMPS, union_act
from tracker.amending.analysis_json import lineage_json, references_json
from tracker.amending.cross_references import ReferenceState, references_of
from tracker.amending.drafts.lineage import Fate, lineage_of
from tracker.amending.drafts.link import DraftLink, link_of
from tracker.reading import read
from tracker.reading.structure.draft import ReadingContext

_DRAFT = """# 港口灯具管理条例（征求意见稿）

第一条　为了加强港口灯具管理，制定本条例。

第二条　灯具所有人应当在发现损坏之日起十日内报告主管部门。

第三条　港口经营人应当登记灯具的数量和灯油的种类，并向社会公布登记结果。

第四条　看守人不得在值守期间离开港口，确需离开的应当报主管部门同意。

第五条　船舶所有人应当按照主管部门的要求缴纳灯具使用费，费用标准另行制定。

第六条　本条例自2020年5月1日起施行。
"""
_FINAL = (
    _DRAFT.replace("（征求意见稿）", "")
    .replace("十日内", "三十日内")
    .replace("第五条　船舶所有人应当按照主管部门的要求缴纳灯具使用费，费用标准另行制定。\n\n", "")
    .replace("第六条", "第五条")
)


def chinese(text: str) -> Reading:
    return read(text.encode(), ReadingContext(jurisdiction="cn"))


def test_each_provision_of_a_draft_has_a_fate() -> None:
    lineage = lineage_of(chinese(_DRAFT), chinese(_FINAL))

    assert lineage.link is DraftLink.TITLE
    assert {(f.draft_eid, f.final_eid): f.fate for f in lineage.provisions} == {
        ("art_1", "art_1"): Fate.ADOPTED,
        ("art_2", "art_2"): Fate.SOFTENED,
        ("art_3", "art_3"): Fate.ADOPTED,
        ("art_4", "art_4"): Fate.ADOPTED,
        ("art_5", None): Fate.DROPPED,
        ("art_6", "art_5"): Fate.ADOPTED,
    }


def test_a_harder_final_text_says_so_with_the_claim_it_rests_on() -> None:
    lineage = lineage_of(chinese(_FINAL), chinese(_DRAFT))
    fates = {fate.draft_eid: fate for fate in lineage.provisions}

    assert fates["art_2"].fate is Fate.HARDENED
    assert [claim.claim.value for claim in fates["art_2"].claims] == ["deadline_shortened"]
    assert fates[None].fate is Fate.NEW
    shape = lineage_json(lineage)
    assert (shape["schema"], shape["linked_by"]) == ("clausewatch/lineage/1", "title")


@pytest.mark.parametrize(
    ("other_text", "link"),
    [
        pytest.param({"number": "(EU) 2024/77"}, DraftLink.NUMBER, id="the same number"),
        pytest.param(
            {"number": "", "title": "Other lamps", "title_native": ""}, DraftLink.TEXT, id="nothing but words"
        ),
    ],
)
def test_a_draft_is_linked_by_the_surest_thing_both_share(other_text: dict[str, str], link: DraftLink) -> None:
    assert link_of(replace(LAMPS, uri=""), replace(LAMPS, uri="", front=(), **other_text)) is link


def test_a_title_that_only_holds_another_is_no_link() -> None:
    bare = replace(LAMPS, number="", uri="", front=(), title="Regulation on lamps in harbours", title_native="")

    assert link_of(bare, bare) is DraftLink.TITLE
    assert link_of(bare, replace(bare, title=f"{bare.title} and on buoys")) is DraftLink.TEXT


def test_references_lead_to_provisions_to_nothing_or_to_other_acts() -> None:
    law = union_act(
        """# Article 1|Scope
        This Regulation applies to lamps in harbours.
        # Article 2|Duties
        1. Owners shall act in accordance with Article 1.
        2. The fines of Article 9 apply to breaches of point (a) of Article 4(1) of Regulation (EU) 2016/679.
        3. Paragraph 1 does not affect Article 2(2).""",
        title="REGULATION (EU) 2024/77 OF THE HARBOURS of 1 March 2024 on lamps in harbours",
    )

    references = [(r.words, r.state, r.to_eid or r.to_instrument) for r in references_of(law)]

    assert references == [
        ("Article 1", ReferenceState.RESOLVED, "art_1"),
        ("Article 9", ReferenceState.DANGLING, None),
        ("point (a) of Article 4(1)", ReferenceState.UNKNOWN, "Regulation (EU) 2016/679"),
        ("Article 2(2)", ReferenceState.RESOLVED, "art_2__para_2"),
    ]
    assert references_json(references_of(law))["references"][1]["state"] == "dangling"


def test_chinese_references_to_other_laws_are_not_held_against_this_one() -> None:
    law = chinese(_DRAFT.replace("费用标准另行制定", "依照本条例第二条和《船舶条例》第九十条执行"))

    assert [(r.words, r.state, r.to_eid) for r in references_of(law)] == [
        ("第二条", ReferenceState.RESOLVED, "art_2"),
        ("第九十条", ReferenceState.UNKNOWN, None),
    ]


def test_operations_of_a_redline_give_the_new_text_back() -> None:
    trips = list(round_trip.of_invented_laws(seed=3, count=40))

    assert len(trips) == 40
    assert [trip for trip in trips if trip.miss] == []


@pytest.mark.skipif(not os.environ.get("CLAUSEWATCH_CORPUS"), reason="CLAUSEWATCH_CORPUS names no folder")
def test_operations_of_the_corpus_s_redlines_give_the_new_texts_back() -> None:
    assert Path(os.environ["CLAUSEWATCH_CORPUS"]).is_dir()
    assert [trip for trip in round_trip.of_corpus() if trip.miss] == []


def test_fates_of_made_pairs_are_right_nineteen_times_of_twenty() -> None:
    verdicts = [verdict for pair in lineage_benchmark.pairs(1, 24) for verdict in lineage_benchmark.judge_fates(pair)]

    assert sum(fate in right_fates for _, right_fates, fate in verdicts) >= 0.95 * len(verdicts)
