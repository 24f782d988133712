"""The table of all promises: a limit broken is marked, a missing figure is named, an old one is called old."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from benchmarks.summary.__main__ import RESULTS, main
from benchmarks.summary.age import age_of
from benchmarks.summary.figures import figures_at, tables_of
from benchmarks.summary.promises import PROMISES, FigurePlace, Peer, Promise, load_promises
from benchmarks.summary.table import limit_words, table
from benchmarks.summary.verdict import FALLS_SHORT, HOLDS, MISSING, judge_promise

PAGE = """# Speed

- commit: 0123456

| tool | server | pages a second | MB |
|---|---|---:|---:|
| **ours**, 2 at work | quick | 1,210 | 140 |
| **ours**, 2 at work | slow | 90 | 150.5 |
| theirs | quick | 1,300 |  |

12 of 13 laws came back, 3 told wrongly.
"""


def a_promise(**more):
    fields = {"area": "Speed", "what": "pages", "where": "a wish", "command": "`run`", "results": "speed.md"}
    return Promise(**fields | more)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "speed.md").write_text(PAGE, encoding="utf-8")
    return tmp_path


def git(folder, *words):
    subprocess.run(
        ["git", "-c", "user.name=a", "-c", "user.email=a@b.example", *words],
        cwd=folder,
        check=True,
        capture_output=True,
    )


class TestFigures:
    def test_a_table_is_read_without_its_marks_of_bold_type(self):
        [read] = tables_of(PAGE)

        assert read.headings == ("tool", "server", "pages a second", "MB")
        assert read.rows[0] == ("ours, 2 at work", "quick", "1,210", "140")

    @pytest.mark.parametrize(
        ("place", "values"),
        [
            (FigurePlace(("ours, 2 at work", "quick"), "pages a second"), [1210]),
            (FigurePlace(("ours, 2 at work",), "MB"), [140, 150.5]),
            (FigurePlace(("theirs",), "MB"), []),
            (FigurePlace(("nobody",), "MB"), []),
            (FigurePlace((), "no such column"), []),
            (FigurePlace(find=r"(\d+) told wrongly"), [3]),
            (FigurePlace(find=r"no such words (\d+)"), []),
        ],
    )
    def test_a_figure_is_found_by_row_and_column_or_by_a_pattern(self, place, values):
        assert [figure.value for figure in figures_at(PAGE, place)] == values

    def test_so_many_of_so_many_is_a_share_of_a_count(self):
        [figure] = figures_at(PAGE, FigurePlace(find=r"(?P<good>\d+) of (?P<all>\d+) laws"))

        assert (figure.text, figure.good, figure.count) == ("12 of 13", 12, 13)


class TestVerdicts:
    @pytest.mark.parametrize(
        ("more", "state"),
        [
            ({"place": FigurePlace(("theirs",), "pages a second"), "least": 1300}, HOLDS),
            ({"place": FigurePlace(("theirs",), "pages a second"), "least": 1301}, FALLS_SHORT),
            ({"place": FigurePlace(("ours, 2 at work",), "MB"), "most": 150.5}, HOLDS),
            ({"place": FigurePlace(("ours, 2 at work",), "MB"), "most": 150}, FALLS_SHORT),  # the worst row counts
            ({"place": FigurePlace(("ours, 2 at work",), "pages a second"), "least": 100}, FALLS_SHORT),
            ({"place": FigurePlace(find=r"(?P<good>\d+) of (?P<all>\d+) laws"), "share": 0.9}, HOLDS),
            ({"place": FigurePlace(find=r"(?P<good>\d+) of (?P<all>\d+) laws"), "share": 1.0}, FALLS_SHORT),
            (
                {"place": FigurePlace(find=r"(?P<good>\d+) of (?P<all>\d+) laws"), "share": 0.9, "count": 14},
                FALLS_SHORT,
            ),
        ],
    )
    def test_a_limit_that_is_broken_is_marked(self, folder, more, state):
        verdict = judge_promise(a_promise(**more), folder)

        assert verdict.state == state
        assert state in table([verdict], [])

    @pytest.mark.parametrize(("must", "state"), [("at least", FALLS_SHORT), ("at most", HOLDS), ("", HOLDS)])
    def test_a_figure_behind_the_peer_it_may_not_be_behind_is_marked(self, folder, must, state):
        peer = Peer("theirs", FigurePlace(("theirs",), "pages a second"), must)
        verdict = judge_promise(
            a_promise(place=FigurePlace(("ours, 2 at work", "quick"), "pages a second"), peer=peer), folder
        )

        assert verdict.state == state
        assert "theirs 1,300" in table([verdict], [])

    def test_a_peer_that_was_not_measured_is_missing(self, folder):
        peer = Peer("theirs", FigurePlace(("theirs", "slow"), "pages a second"), "at least")
        verdict = judge_promise(a_promise(place=FigurePlace(("theirs",), "pages a second"), peer=peer), folder)

        assert (verdict.state, verdict.why) == (MISSING, "theirs was not measured beside it")

    @pytest.mark.parametrize(
        ("more", "why"),
        [
            ({"results": "none.md"}, "there is no none.md"),
            ({"results": ""}, "nothing measures it yet"),
            ({"place": FigurePlace(("ours",), "MB")}, "not in speed.md"),
        ],
    )
    def test_what_is_missing_is_named(self, folder, more, why):
        verdict = judge_promise(a_promise(least=1, **more), folder)

        assert verdict.state == MISSING
        assert f"{MISSING}: {why}" in table([verdict], [])

    def test_a_limit_is_told_in_words(self):
        peer = Peer("theirs", FigurePlace(), "at least")

        assert limit_words(a_promise(least=10_000, unit="pages", peer=peer)) == "at least 10,000 pages, at least theirs"
        assert limit_words(a_promise(share=1.0, count=2_000)) == "all, of at least 2,000"
        assert limit_words(a_promise(share=0.95)) == "at least 95%"


class TestAge:
    @pytest.fixture
    def repository(self, tmp_path):
        git(tmp_path, "init", "-q")
        for name in ("code.py", "other.py", "speed.md"):
            (tmp_path / name).write_text("one\n", encoding="utf-8")
        git(tmp_path, "add", ".")
        git(tmp_path, "commit", "-qm", "one")
        return tmp_path

    def age(self, repository):
        return age_of(repository / "speed.md", ("code.py",), repository)

    def change(self, repository, name, text="two\n"):
        (repository / name).write_text(text, encoding="utf-8")
        git(repository, "commit", "-qam", f"change {name}")

    def test_a_figure_is_old_once_its_code_has_changed(self, repository):
        assert self.age(repository).changes == 0

        self.change(repository, "code.py")

        assert self.age(repository).changes == 1
        assert "**old**: 1 commit to its code since" in self.age(repository).words()

    def test_other_code_makes_it_no_older(self, repository):
        self.change(repository, "other.py")

        assert self.age(repository).changes == 0

    def test_it_is_new_again_when_it_was_measured_again(self, repository):
        self.change(repository, "code.py")
        (repository / "speed.md").write_text("measured again\n", encoding="utf-8")

        assert self.age(repository).changes == 0

    def test_the_commit_that_a_page_states_counts_and_not_the_day_it_was_kept(self, repository):
        first = subprocess.run(
            ["git", "rev-parse", "--short=7", "HEAD"], cwd=repository, capture_output=True, text=True, check=True
        ).stdout.strip()
        self.change(repository, "code.py")
        self.change(repository, "speed.md", f"- commit: {first}-dirty\n")

        assert (self.age(repository).commit, self.age(repository).changes) == (first, 1)

    def test_a_stated_commit_that_nobody_has_is_passed_over(self, repository):
        self.change(repository, "speed.md", "- commit: 0123456\n")

        assert self.age(repository).changes == 0

    def test_a_stated_commit_that_was_rebased_away_is_passed_over(self, repository):
        git(repository, "checkout", "-qb", "aside")
        self.change(repository, "code.py")
        aside = subprocess.run(["git", "rev-parse", "HEAD"], cwd=repository, capture_output=True, text=True, check=True)
        git(repository, "checkout", "-q", "-")
        self.change(repository, "speed.md", f"- commit: {aside.stdout.strip()[:9]}\n")

        assert self.age(repository).changes == 0
        assert self.age(repository).commit != aside.stdout.strip()[:7]

    def test_without_a_repository_nobody_knows(self, folder):
        assert age_of(folder / "speed.md", ("code.py",), folder).words() == "nobody knows when"


class TestPromises:
    @pytest.mark.parametrize("promise", load_promises(), ids=lambda promise: promise.what)
    def test_every_promise_has_a_limit_a_command_and_a_place_to_look(self, promise):
        assert promise.most is not None or promise.least is not None or promise.share is not None
        assert promise.command
        assert promise.where
        if promise.results:
            assert promise.place.find or promise.place.column
            assert promise.code
            assert [path for path in promise.code if not (RESULTS.parents[1] / path).exists()] == []

    def test_every_page_of_results_has_its_promises(self):
        pages = {path.name for path in RESULTS.glob("*.md")} - {"summary.md"}

        assert pages <= {promise.results for promise in load_promises()}

    def test_no_figure_is_typed_by_hand(self):
        own_keys = {
            "area",
            "results",
            "command",
            "code",
            "unit",
            "row",
            "column",
            "find",
            "most",
            "least",
            "share",
            "count",
        }
        own_keys |= {"what", "where", "measure", "peer", "promise"}
        pages = tomllib.loads(PROMISES.read_text(encoding="utf-8"))["page"]

        assert {key for page in pages for row in [page, *page["promise"]] for key in row} <= own_keys

    def test_the_table_is_made_anew_from_the_pages(self, folder, capsys):
        for path in RESULTS.glob("*.md"):
            (folder / path.name).write_bytes(path.read_bytes())
        main(["--results", str(folder), "--to", str(folder / "first.md")])
        text = (folder / "hostile.md").read_text(encoding="utf-8")
        (folder / "hostile.md").write_text(re.sub(r"^\d+ of \d+ ", "401 of 403 ", text, flags=re.M), encoding="utf-8")

        status = main(["--results", str(folder), "--to", str(folder / "second.md")])

        first, second = (Path(folder / name).read_text(encoding="utf-8") for name in ("first.md", "second.md"))
        [row] = set(second.splitlines()) - set(first.splitlines()) - set(re.findall(r"^\d+ figures: .*$", second, re.M))
        assert status == 1
        assert "| 401 of 403 |" in row
        assert row.endswith(f"| {FALLS_SHORT} |")
        assert capsys.readouterr().out.endswith(second)
