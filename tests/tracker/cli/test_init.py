"""Setting up: what is asked, what is refused, and what is written."""

import stat
import tomllib

import pytest
from typer.testing import CliRunner

from tracker.cli.main import app

ANSWERS = "who\nana@policy.example\nops@uni-ghent.be\n\nhttps://watch.uni-ghent.be\nsmtps://u:p@mail.uni-ghent.be\n" \
          "Watch <watch@uni-ghent.be>\n\n"  # fmt: skip


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLAUSEWATCH_HOME", str(tmp_path / "home"))
    return lambda *args, answers="": CliRunner().invoke(app, list(args), input=answers)


def test_what_makes_no_sense_is_asked_again_and_the_rest_is_written(run, tmp_path):
    answers = ANSWERS.replace("\n\nhttps", "\nhttps")
    result = run("init", answers=answers)

    assert result.exit_code == 0, result.output
    assert "that is an example address" in result.output
    settings = tomllib.loads((tmp_path / "clausewatch.toml").read_text(encoding="utf-8"))
    assert settings == {
        "contact": "ops@uni-ghent.be",
        "base_url": "https://watch.uni-ghent.be",
        "smtp_url": "smtps://u:p@mail.uni-ghent.be",
        "mail_from": "Watch <watch@uni-ghent.be>",
    }
    assert stat.S_IMODE((tmp_path / "clausewatch.toml").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("option", "value", "refusal"),
    [
        ("--contact", "me@example.org", "that is an example address"),
        ("--base-url", "watch", "begins with http"),
        ("--smtp-url", "mail.example", "an SMTP address looks like"),
        ("--mail-from", "nobody", "is needed"),
        ("--operator-email", "nobody", "an email address is needed"),
    ],
)
def test_nonsense_is_refused_and_nothing_is_written(run, tmp_path, option, value, refusal):
    sense = {"--contact": "ops@uni-ghent.be", "--base-url": "https://a.be", "--smtp-url": "", "--mail-from": "a@b.be",
             "--operator-email": ""}  # fmt: skip
    words = [word for pair in (sense | {option: value}).items() for word in pair]
    result = run("init", *words)

    assert (result.exit_code, refusal in result.stderr) == (2, True), result.output
    assert not (tmp_path / "clausewatch.toml").exists()


def test_a_file_that_is_there_is_not_written_over(run, tmp_path):
    (tmp_path / "clausewatch.toml").write_text('contact = "ops@uni-ghent.be"', encoding="utf-8")
    assert run("init").exit_code == 2


def test_without_a_contact_there_is_one_refusal_and_no_look(run):
    result = run("check", "--all")
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "CLAUSEWATCH_CONTACT" in result.stderr
