"""Commands start light: nothing is imported that is not needed, and the table says what the commands say."""

import os
import subprocess
import sys

import pytest
import typer
from typer.testing import CliRunner

from benchmarks.startup import a_page, measure
from tracker import __version__
from tracker.cli.main import COMMANDS, app

HEAVY = ("pydantic", "sqlite_utils", "scrapy", "fastapi", "jinja2", "bs4", "lxml", "apscheduler", "twisted", "asyncio")


@pytest.fixture(scope="module")
def figures():
    return measure()


def test_help_and_version_take_no_more_than_a_few_bare_pythons(figures):
    bare = figures["python -c pass"]
    assert figures["--help"] < 10 * bare
    assert figures["--version"] < 10 * bare


def test_a_page_is_parsed_in_the_time_its_own_reader_takes(figures):
    assert figures["parse"] < 40 * figures["python -c pass"]


def test_a_page_loads_the_reader_of_its_own_tradition_and_no_other(tmp_path):
    (tmp_path / "page.html").write_bytes(a_page())
    program = (
        "import sys; from tracker.cli.main import app; "
        f"app(['parse', {str(tmp_path / 'page.html')!r}], standalone_mode=False); print(*sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    rooms = {name.split(".")[2] for name in run.stdout.split() if name.startswith("tracker.reading.")}
    assert rooms & {"china", "india", "europe", "america"} == {"china"}


def test_help_imports_nothing_heavy():
    show = "import sys; from tracker.cli.main import app; app(['--help'], standalone_mode=False)"
    program = f"{show}; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert set(HEAVY) & set(run.stdout.split()) == set()


def test_a_round_that_owes_nobody_anything_loads_nothing_that_reads_law_or_composes_mail(tmp_path):
    (tmp_path / "clausewatch-demo").touch()  # its own declarations and no others: there are none
    program = (
        "import sys; from tracker.cli.main import app; "
        "app(['check', '--all', '--format', 'json'], standalone_mode=False); print(*sys.modules)"
    )
    env = {**os.environ, "CLAUSEWATCH_HOME": str(tmp_path)}
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=env)
    modules = set(run.stdout.split())
    assert "tracker.pipeline.run" in modules
    assert modules.isdisjoint({"tracker.alerts.compose.compose_due", "tracker.reading.read", "jinja2", "bs4", "scrapy"})


def test_the_version_is_told():
    assert CliRunner().invoke(app, ["--version"]).output == f"clausewatch {__version__}\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_a_line_of_the_help_begins_as_the_command_itself_explains_what_it_does(name):
    entry = COMMANDS[name]
    command = typer.main.get_command(app).get_command(None, name)
    assert command.name == name
    own = " ".join(command.help.split())
    first = own.partition(". ")[0].rstrip(".")
    beginning = _same_beginning(entry.help.rstrip("."), first)
    assert beginning >= 12, (entry.help, first)


def _same_beginning(one, other):
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
