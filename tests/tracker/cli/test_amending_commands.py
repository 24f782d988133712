"""`apply`, `lineage`, `references` and `obligations` from the command line."""

import json

import pytest
from docx import Document
from typer.testing import CliRunner

from tracker.cli.main import app

LAW = """# 港口灯具管理条例

2020年3月1日发布

第一条　为了加强港口灯具管理，保障船舶航行安全，根据有关法律，制定本条例。

第二条　灯具所有人应当在发现损坏之日起三十日内报告主管部门。

第三条　违反本条例第二条规定的，处二百元以下罚款。

第四条　本条例自2020年5月1日起施行。
"""
DECISION = """# 关于修改《港口灯具管理条例》的决定

2025年3月1日发布

为了进一步加强港口灯具的管理，保障船舶航行和停泊的安全，方便港口所有人、船舶所有人和看守人办理登记，减轻其负担，并与有关船舶航行安全的法律、行政法规相衔接，经征求有关方面的意见，现决定对《港口灯具管理条例》作如下修改：

一、将第二条中的“三十日”修改为“十日”。

二、将第三条中的“五百元”修改为“一千元”。

三、本决定自2025年6月1日起施行。
"""


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("CLAUSEWATCH_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "law.md").write_text(LAW, encoding="utf-8")
    (tmp_path / "decision.md").write_text(DECISION, encoding="utf-8")
    (tmp_path / "draft.md").write_text(LAW.replace("条例\n", "条例（征求意见稿）\n", 1), encoding="utf-8")
    runner = CliRunner()
    return lambda *args: runner.invoke(app, [*args, "--jurisdiction", "cn"])


def test_apply_prints_the_text_as_it_will_be_and_what_was_left_open(run):
    result = run("apply", "law.md", "decision.md", "--format", "json")

    shape = json.loads(result.stdout)
    assert (result.exit_code, shape["schema"], shape["official"]) == (0, "clausewatch/apply/1", False)
    assert shape["summary"] == {"instructions": 2, "applied": 1, "abstained": 1}
    assert [(o["action"], o["target_eid"], o["status"]) for o in shape["operations"]] == [
        ("substitute_words", "art_2", "applied"),
        ("substitute_words", "art_3", "abstained"),
    ]
    assert shape["operations"][0]["effective_on"] == "2025-06-01"
    assert "十日内" in shape["provisions"][1]["text"]
    assert [change["new_eid"] for change in shape["changes"]] == ["art_2"]


@pytest.mark.parametrize("output", ["text", "html", "akn"])
def test_a_computed_text_says_that_it_is_not_official_in_every_form(run, output):
    result = run("apply", "law.md", "decision.md", "--format", output)

    assert result.exit_code == 0
    assert "not official" in result.stdout


def test_apply_ends_with_1_when_nothing_could_be_applied(run):
    result = run("apply", "law.md", "law.md", "--format", "json")

    assert (result.exit_code, json.loads(result.stdout)["summary"]["instructions"]) == (1, 0)


def test_nothing_is_applied_before_its_day(run):
    shape = json.loads(run("apply", "law.md", "decision.md", "--as-of", "2025-05-31", "--format", "json").stdout)

    assert shape["summary"]["applied"] == 0
    assert shape["operations"][0]["why"] == "takes effect on 2025-06-01"


def test_lineage_names_the_link_and_each_fate(run):
    shape = json.loads(run("lineage", "draft.md", "law.md", "--format", "json").stdout)

    assert (shape["schema"], shape["linked_by"]) == ("clausewatch/lineage/1", "title")
    assert {fate["fate"] for fate in shape["provisions"]} == {"adopted"}


def test_references_and_obligations_are_listed(run):
    references = json.loads(run("references", "law.md", "--format", "json").stdout)["references"]
    obligations = json.loads(run("obligations", "law.md", "--format", "json").stdout)["obligations"]

    assert [(r["from_eid"], r["to_eid"], r["state"]) for r in references] == [("art_3", "art_2", "resolved")]
    assert [(o["eid"], o["modality"], o["deadline"], o["penalty_eid"]) for o in obligations] == [
        ("art_2", "must", "P30D", "art_3")
    ]
    assert run("obligations", "law.md", "--format", "csv").stdout.startswith("eid,citation,bearer")


def test_a_file_that_is_not_there_ends_with_one_clear_line(run):
    result = run("apply", "law.md", "nothing.md")

    assert result.exit_code == 2
    assert result.stderr.startswith("clausewatch: ")


def test_a_comparison_is_written_as_a_table_of_two_columns(run, tmp_path):
    (tmp_path / "new.md").write_text(LAW.replace("三十日", "十日"), encoding="utf-8")

    result = run("diff", "law.md", "new.md", "--format", "docx-table", "-o", "table.docx")

    table = Document(tmp_path / "table.docx").tables[0]
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    assert (result.exit_code, cells[0]) == (0, ["law", "new"])
    assert any("三十日" in old and "十日" in new for old, new in cells)
    assert run("diff", "law.md", "new.md", "--format", "docx-table").exit_code == 2
