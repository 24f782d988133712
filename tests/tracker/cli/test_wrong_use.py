"""Every command answers wrong, missing and strange input with one clear line and the right exit status."""

import re
import shlex

import pytest
from typer.testing import CliRunner

from tracker.cli.main import app

LAW = "\n".join(
    ["# 练习服务管理规定", "2026年2月1日 国家互联网信息办公室公布"]
    + [f"第{n}条 提供者应当在三十日内完成第{n}项练习服务的登记，并向社会公布登记结果。" for n in "一二三四"]
    + ["第五条 本规定自2026年5月1日起施行。"]
)
STRANGE = {
    "empty.txt": b"",
    "bytes.dat": b"\x00\x01\x02\xff\xfe nothing",
    "broken.docx": b"PK\x03\x04" + bytes(40),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wrong")
    (folder / "law.md").write_text(LAW, encoding="utf-8")
    (folder / "prose.txt").write_text("Hello, there is no law here.", encoding="utf-8")
    (folder / "dir").mkdir()
    for name, content in STRANGE.items():
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture
def run(folder, monkeypatch):
    monkeypatch.setenv("CLAUSEWATCH_HOME", str(folder / "home"))
    monkeypatch.chdir(folder)
    return lambda line: CliRunner().invoke(app, shlex.split(line))


def ends_with_2_and_one_line(result):
    lines = result.stderr.strip().splitlines()
    assert isinstance(result.exception, SystemExit), result.exception
    assert (result.exit_code, result.stdout, len(lines)) == (2, "", 1)
    assert lines[0].startswith("clausewatch: ")
    assert not re.search(r"Errno|Traceback|Error\(", lines[0])
    return lines[0]


@pytest.mark.parametrize(
    "line",
    [f"{command} {name}" for command in ("parse", "obligations", "references", "export")
     for name in ("missing.txt", "dir", *STRANGE)]
    + [f"{command} {pair}" for command in ("diff", "apply", "lineage") for name in ("missing.txt", *STRANGE)
       for pair in (f"law.md {name}", f"{name} law.md")],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_named_in_one_line(run, line):
    ends_with_2_and_one_line(run(line))
    ends_with_2_and_one_line(run(f"{line} --format {'akn' if line.startswith('export') else 'json'}"))


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("diff law.md law.md --format docx", "need -o FILE"),
        ("diff law.md law.md -o out.docx", "no other format takes it"),
        ("diff law.md law.md --format docx -o nowhere/out.docx", "nowhere/out.docx: no such file or directory"),
        ("diff law.md law.md --format docx-table -o dir", "dir: is a directory"),
        ("diff eu_x@2026-01-01 eu_x@2026-01-02", "neither a file nor the id of a stored version"),
        ("export law.md --to dir", "dir: is a directory"),
        ("export eu_x --format evidence", "not the id of a stored version"),
        ("export some --format jsonl", "write `all`"),
        ("export all --format jsonl --to dir", "dir: is a directory"),
        ("lock add", "name a reference"),
        ("lock add 'Article 5'", "of which act is not said"),
        ("lock add --from missing.md", "missing.md: no such file"),
        ("lock check", "clausewatch.lock: no such file"),
        ("lock update", "clausewatch.lock: no such file"),
        ("translate eu_x", "there is no instrument 'eu_x'"),
        ("profile eu_x", "no such instrument"),
        ("history eu_x", "no such instrument"),
        ("search law --jurisdiction zz", "there is no jurisdiction 'zz'"),
        ("search law --instrument eu_x", "there is no instrument 'eu_x'"),
        ("briefing 2026-W60", "a week is written as"),
        ("briefing soon", "a week is written as"),
        ("briefing --jurisdiction zz", "there is no jurisdiction 'zz'"),
        ("briefing --topic weather", "there is no topic 'weather'"),
        ("briefing -o week.pdf", "written as .docx"),
        ("briefing -o nowhere/week.docx", "nowhere/week.docx: no such file or directory"),
        ("subscribe not-an-address", "that is no email address"),
        ("subscribe a@example.org --topic weather", "there is no topic 'weather'"),
        ("subscribe a@example.org --instrument eu_x", "there is no instrument 'eu_x'"),
        ("subscribe a@example.org --source eu_x", "there is no source 'eu_x'"),
        ("retract 99 --because wrong", "message 99: there is none"),
        ("replay eu_x", "no such source"),
        ("check eu_x", "no such source"),
        ("sources test eu_x", "no such source"),
        ("sources probe eu_x", "no such source"),
        ("sources new eu_x ftp://x", "is no http or https address"),
        ("verify missing.zip", "no bundle of evidence"),
        ("verify prose.txt", "no bundle of evidence"),
        ("prove version eu_x -o p.zip", "there is no version 'eu_x'"),
        ("prove change 99 -o p.zip", "there is no change set 99"),
        ("prove silence eu_x --from 2026-01-01 --to 2026-02-01 -o p.zip", "there is no instrument or source eu_x"),
        ("prove silence eu_x --from then --to now -o p.zip", "a day is written as"),
        ("backup dir", "is there already"),
        ("problems approve 99", "problem 99: not open"),
        ("problems reject 99", "problem 99: not open"),
        ("problems dismiss 99", "problem 99: not open"),
        ("problems retry 99", "problem 99: not open"),
        ("team assign 99 bob", "there is no such set of changes"),
        ("subscribers export nobody@example.org", "nobody with this address"),
        ("subscribers forget nobody@example.org", "nobody with this address"),
    ],
)
def test_what_makes_no_sense_is_said_in_one_line(run, line, why):
    assert why in ends_with_2_and_one_line(run(line))


@pytest.mark.parametrize(
    "line",
    [
        "parse law.md --format xml", "parse law.md --jurisdiction fr", "parse law.md --on yesterday",
        "parse law.md --on 2026-02-30", "diff law.md", "apply law.md law.md --as-of never", "export", "search",
        "instruments extra", "lock check --format xml", "lock check other.lock", "subscribe",
        "subscribe a@example.org --cadence never", "subscribe a@example.org --weekday someday",
        "subscribe a@example.org --channel pigeon", "outbox 99", "retract 99", "retract x --because wrong", "feeds",
        "replay --from", "prove nothing 1 -o p.zip", "prove change x -o p.zip", "problems reject x", "backup",
        "sources nothing", "serve --port 99999999", "serve --port x", "demo --days x", "nothing", "--nothing",
    ],
)  # fmt: skip
def test_a_wrong_option_or_argument_ends_with_2_and_prints_no_answer(run, line):
    result = run(line)

    assert isinstance(result.exception, SystemExit)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.strip().splitlines()[-1].startswith("Error: ")


@pytest.mark.parametrize(
    "line",
    ["parse prose.txt", "parse prose.txt --format json", "diff prose.txt law.md", "diff law.md prose.txt --format json",
     "export prose.txt", "apply law.md law.md", "apply law.md law.md --format json"],
)  # fmt: skip
def test_what_was_read_and_is_no_law_ends_with_1(run, line):
    result = run(line)

    assert isinstance(result.exception, SystemExit)
    assert result.exit_code == 1
    assert result.stdout or result.stderr


@pytest.mark.parametrize("words", ["''", "'\"open'", "'a AND OR'", "'***'", "'NEAR('", "'x*'", "深度*"])
def test_a_search_for_marks_finds_nothing_and_breaks_nothing(run, words):
    result = run(f"search {words}")

    assert (result.exit_code, result.stdout.strip()) == (0, "0 provisions")


@pytest.fixture
def hostile(folder):
    commands = LAW.replace("登记，", "登\x07记\u202e，依照本规定第一条，").replace("规定", "规\u2066定", 1)
    (folder / "hostile.md").write_text(commands, encoding="utf-8")
    (folder / "hostile_new.md").write_text(commands.replace("三十日", "十日"), encoding="utf-8")


@pytest.mark.parametrize(
    "line",
    ["parse hostile.md", "diff hostile.md hostile_new.md", "diff hostile.md hostile_new.md --format markdown",
     "obligations hostile.md", "references hostile.md", "lineage hostile.md hostile_new.md",
     "apply hostile.md hostile_new.md"],
)  # fmt: skip
def test_words_of_a_page_command_no_screen(run, hostile, line):
    output = run(line).output

    assert "练习" in output or "art_1" in output
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", output)
