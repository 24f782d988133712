import gc
import json
import sqlite3
import zipfile
from textwrap import dedent

import pytest
from typer.testing import CliRunner

from tracker.cli.main import app

LAW = "\n".join(
    ["# 练习服务管理规定", "2026年2月1日 国家互联网信息办公室公布"]
    + [
        f"第{n}条 提供者应当在{d}日内完成第{n}项练习服务的登记，并向社会公布登记结果。"
        for n, d in zip("一二三四", (30, 20, 15, 7), strict=True)
    ]
    + ["第五条 本规定自2026年5月1日起施行。"]
)
PRESS = "三部门联合公布《练习规定》\n" + "近日，三部门联合公布《练习规定》，自2026年5月1日起施行。" * 20


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("CLAUSEWATCH_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()
    return lambda *args: runner.invoke(app, [str(arg) for arg in args])


@pytest.fixture
def law(tmp_path):
    path = tmp_path / "law.md"
    path.write_text(LAW, encoding="utf-8")
    return path


def one_clear_line(result):
    lines = result.stderr.strip().splitlines()
    return result.exit_code == 2 and len(lines) == 1 and lines[0].startswith("clausewatch: ") and not result.stdout


def test_parse_prints_exactly_one_json_object(run, law):
    result = run("parse", law, "--format", "json", "--on", "2026-06-01")

    shape = json.loads(result.stdout)
    assert (result.exit_code, result.stderr) == (0, "")
    assert shape["schema"] == "clausewatch/parse/1"
    assert shape["counts"] == {"article": 5}
    assert (shape["jurisdiction"], shape["language"], shape["status"]) == ("cn", "zh", "in_force")
    assert shape["provisions"][0]["eid"] == "art_1"
    assert {d["kind"]: d["on"] for d in shape["dates"]}["in_force"] == "2026-05-01"


def test_status_is_that_of_the_day_asked_for(run, law):
    shape = json.loads(run("parse", law, "--format", "json", "--on", "2026-03-01").stdout)
    assert shape["status"] == "not_yet_in_force"


def test_diff_reports_what_changed_and_ends_with_0_either_way(run, law, tmp_path):
    new = tmp_path / "new.md"
    new.write_text(LAW.replace("30日内", "10日内"), encoding="utf-8")

    first_run, same = run("diff", law, new, "--format", "json"), run("diff", law, law, "--format", "json")

    [change] = json.loads(first_run.stdout)["changes"]
    assert (change["kind"], change["new_unit"], change["weight"]) == ("modified", "art_1", "high")
    assert change["explanation"] == "Time limit shortened from 30 days to 10 days"
    assert (first_run.exit_code, same.exit_code) == (0, 0)
    assert json.loads(same.stdout)["changes"] == []


@pytest.mark.parametrize("shape", ["text", "html", "markdown"])
def test_diff_speaks_other_forms_too(run, law, tmp_path, shape):
    new = tmp_path / "new.md"
    new.write_text(LAW.replace("30日内", "10日内"), encoding="utf-8")
    result = run("diff", law, new, "--format", shape)
    assert result.exit_code == 0
    assert "30 days to 10 days" in result.stdout


@pytest.mark.parametrize(("sides", "words"), [
    (("page", "page"), "Nothing was compared: neither side is a law."),
    (("page", "law"), "Nothing was compared: the old side is not a law."),
    (("law", "page"), "Nothing was compared: the new side is not a law."),
])  # fmt: skip
def test_a_page_that_is_no_law_makes_nothing_new_and_nothing_gone(run, law, tmp_path, sides, words):
    page = tmp_path / "page.txt"
    page.write_text("Dear Ana,\nplease bring milk.\nYours", encoding="utf-8")
    paths = [law if side == "law" else page for side in sides]

    result = run("diff", *paths, "--format", "json")
    shape = json.loads(result.stdout)

    assert (result.exit_code, shape["summary_text"], shape["changes"]) == (1, words, [])
    assert not any(shape["summary"].values())


def test_a_page_that_is_no_law_is_printed_and_ends_with_1(run, tmp_path):
    page = tmp_path / "press.txt"
    page.write_text(PRESS, encoding="utf-8")
    result = run("parse", page, "--format", "json", "--jurisdiction", "cn")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["problems"][0]["cause"] == "no provisions"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.html", b""),
        ("blank.html", b" \n"),
        ("picture.html", b"\x89PNG\r\n\x1a\n" + bytes(200)),
        ("huge.html", b"<p>" + b"x" * 20_000_001),
        ("archive.html", b"PK\x03\x04" + bytes(200)),
    ],
)
def test_a_file_that_cannot_be_read_gets_one_clear_line(run, tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    assert one_clear_line(run("parse", path, "--format", "json"))
    assert one_clear_line(run("diff", path, path, "--format", "json"))


@pytest.mark.parametrize(
    "command",
    [
        ["parse", "no-such-file.html"],
        ["diff", "cn_x@2026-01-01", "cn_x@2026-01-02"],
        ["profile", "cn_nothing"],
        ["history", "cn_nothing"],
        ["check", "cn_nothing"],
        ["problems", "approve", "7"],
        ["subscribe", "not-an-address"],
    ],
    ids=" ".join,
)
def test_an_unknown_name_gets_one_clear_line(run, command):
    assert one_clear_line(run(*command))


def test_a_declaration_with_a_typo_names_file_and_key(run, tmp_path, monkeypatch):
    folder = tmp_path / "declarations" / "cn"
    folder.mkdir(parents=True)
    (folder / "cn_practice_typo.toml").write_text(
        dedent("""
            title = "A page"
            authority = "cn_cac"
            language = "zh"
            spider = "page"
            urls = ["http://127.0.0.1:9/law"]
            evry = "1 day"
        """),
        encoding="utf-8",
    )
    monkeypatch.setenv("CLAUSEWATCH_DECLARATIONS", str(tmp_path / "declarations"))

    result = run("sources", "list")

    assert one_clear_line(result)
    assert "cn_practice_typo.toml" in result.stderr
    assert "evry" in result.stderr


def test_a_database_of_a_newer_schema_is_refused_and_left_as_it_is(run, tmp_path):
    run("instruments")
    gc.collect()  # a command's connection closes when its process ends; here there is only one process
    path = tmp_path / "home" / "clausewatch.db"
    with sqlite3.connect(path) as db:
        table = next(name for (name,) in db.execute("SELECT name FROM sqlite_master") if "migration" in name)
        columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
        row = dict.fromkeys(columns, "2030-01-01") | {"name": "m999_future", "migration_set": "clausewatch"}
        row.pop("id", None)
        marks = ", ".join("?" for _ in row)
        db.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))
    db.close()
    before = path.read_bytes()

    result = run("instruments")

    assert one_clear_line(result)
    assert "newer" in result.stderr
    assert path.read_bytes() == before


def test_nothing_beyond_loopback_is_fetched_without_a_contact(run):
    result = run("check", "us_federal_register_ai")
    assert result.exit_code in {1, 2}
    assert "CLAUSEWATCH_CONTACT" in result.stderr + result.stdout + run("problems").stdout


def test_sources_list_has_the_promised_shape(run):
    shape = json.loads(run("sources", "list", "--format", "json").stdout)
    assert shape["schema"] == "clausewatch/sources/1"
    keys = {"id", "jurisdiction", "title", "title_native", "authority", "spider", "every", "certainty"}
    assert all(keys <= row.keys() for row in shape["sources"])


def test_a_subscription_is_made_and_nothing_is_sent(run, tmp_path):
    result = run("subscribe", "team@example.org", "--jurisdiction", "cn", "--topic", "model-safety")
    assert result.exit_code == 0
    assert "team@example.org" in result.stdout
    assert run("outbox").stdout == ""


def test_help_names_every_command(run):
    help_text = run("--help").stdout
    for name in ("demo", "check", "run", "parse", "diff", "profile", "instruments", "history", "sources", "subscribe",
                 "outbox", "problems", "serve", "search", "replay", "verify", "export", "backup",
                 "doctor"):  # fmt: skip
        assert name in help_text


def test_diff_writes_a_word_document_with_tracked_changes(run, law, tmp_path):
    new = tmp_path / "new.md"
    new.write_text(LAW.replace("30日", "10日"), encoding="utf-8")
    result = run("diff", law, new, "--format", "docx", "-o", tmp_path / "law.docx")

    assert (result.exit_code, result.stdout) == (0, "")
    with zipfile.ZipFile(tmp_path / "law.docx") as word:
        assert b"<w:delText" in word.read("word/document.xml")
    assert one_clear_line(run("diff", law, new, "--format", "docx"))
    assert one_clear_line(run("diff", law, new, "-o", tmp_path / "other.docx"))
