"""A page of results says on which commit and machine it was made, wherever its benchmark put its command."""

import re

import pytest

from benchmarks.results_page import keep_page
from benchmarks.summary.age import age_of
from benchmarks.summary.figures import tables_of

TABLE = "| kind | held |\n|---|---|\n| header | 3 |\n"


@pytest.mark.parametrize("page", [f"# Attacks\n\n{TABLE}", f"# Attacks\n\n- command: `run`\n\n{TABLE}"])
def test_the_commit_and_the_machine_stand_below_the_title(tmp_path, page):
    keep_page("attacks", page, tmp_path)

    text = (tmp_path / "attacks.md").read_text(encoding="utf-8")
    assert re.match(r"# Attacks\n\n- commit: \S+\n- machine: .+\n", text)
    assert text.endswith(f"\n\n{TABLE}")
    assert tables_of(text)[0].rows == (("header", "3"),)


def test_a_command_stands_in_the_same_list(tmp_path):
    keep_page("attacks", "# Attacks\n\n- command: `run`\n\nfive held\n", tmp_path)

    assert re.search(
        r"\n- machine: .+\n- load .+\n- command: `run`\n\nfive held\n$", (tmp_path / "attacks.md").read_text("utf-8")
    )


def test_its_age_is_read_from_it(tmp_path):
    keep_page("attacks", "# Attacks\n\nfive held\n", tmp_path)

    assert age_of(tmp_path / "attacks.md", ("no/such/code",)).changes in (0, None)  # None: no repository around
