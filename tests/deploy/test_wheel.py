"""The wheel alone is enough: installed beside nothing of the checkout, it runs in an empty folder."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Return the wheel, built of a copy: a build leaves folders behind."""
    tops = ["crawlers", "storage", "tracker", "pyproject.toml", "README.md", "LICENSE"]
    folder = tmp_path_factory.mktemp("wheel")
    copy = folder / "copy"
    listing = subprocess.run(["git", "ls-files", "-z", *tops], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in filter(None, listing.stdout.split("\0")):
        if (ROOT / name).exists():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            (copy / name).write_bytes((ROOT / name).read_bytes())
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "--no-index",
               "-w", folder / "out", copy]  # fmt: skip
    subprocess.run(command, check=True, timeout=300)
    (wheel_path,) = (folder / "out").glob("*.whl")
    return wheel_path


@pytest.fixture(scope="module")
def run(wheel, tmp_path_factory):
    folder = tmp_path_factory.mktemp("installed")
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "-q",
        "--no-deps",
        "--no-index",
        "--target",
        folder / "lib",
        wheel,
    ]
    subprocess.run(command, check=True, timeout=300)
    (folder / "empty").mkdir()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CLAUSEWATCH")}
    environment["PYTHONPATH"] = str(folder / "lib")

    def python(program, *args, home="home"):
        own = environment | {"CLAUSEWATCH_HOME": home}
        command = [sys.executable, "-c", program, *args]
        return subprocess.run(
            command, check=False, cwd=folder / "empty", env=own, capture_output=True, text=True, timeout=300
        )

    def run(*args, home="home"):
        return python("from tracker.cli import main; main()", *args, home=home)

    run.python = lambda program: python(program).stdout.strip()
    run.lib, run.folder = folder / "lib", folder / "empty"
    return run


def test_the_wheel_holds_every_table_template_and_declaration(wheel):
    inside = set(zipfile.ZipFile(wheel).namelist())
    command = ["git", "ls-files", "crawlers", "storage", "tracker"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    missing_names = [
        name for name in names if name and "\\" not in name and not name.startswith('"') and name not in inside
    ]

    assert [name for name in missing_names if not name.endswith(("SCRIPT.md", "sqlite.sql"))] == []


def test_it_says_its_version(run):
    assert run("--version").stdout.startswith("clausewatch ")


def test_it_lists_the_sources_it_came_with_and_reads_nothing_of_the_checkout(run):
    result = run("sources", "list", "--format", "json")
    where = run.python("import tracker; print(tracker.__file__)")

    assert len(json.loads(result.stdout)["sources"]) > 100
    assert Path(where).is_relative_to(run.lib)


def test_a_draft_of_a_source_goes_into_the_home_and_never_into_the_installation(run):
    before = sorted((run.lib / "crawlers/declarations").rglob("*.toml"))

    result = run("sources", "new", "eu_lamps_news", "https://lamps.example/news.xml")

    assert result.stdout.strip().endswith("home/declarations/eu/eu_lamps_news.toml")
    assert sorted((run.lib / "crawlers/declarations").rglob("*.toml")) == before
    assert "eu_lamps_news" in run("sources", "list").stdout


def test_it_plays_the_demo_in_an_empty_folder(run):
    result = run("demo", "--format", "json", home="demo")

    days = json.loads(result.stdout)["days"]
    assert sum(day["emails"] for day in days) >= 8
    assert sorted(path.name for path in run.folder.iterdir()) == ["demo", "home"]
