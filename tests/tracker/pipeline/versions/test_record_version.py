"""From a kept page to events: what becomes a version, what waits, what is refused, and what nobody is told."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from storage import changes, checks, events, messages, pages, problems, snapshots, sources, subscriptions, versions
from storage.database.connection import transaction
from storage.records import EventKind, Expectation, Filters, Outcome, ReviewState, Source, Stage
from tracker.config import Settings
from tracker.context import open_context
from tracker.errors import UsageError
from tracker.operations.review import decide, dismiss
from tracker.pipeline.run import finish

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
URL = "http://127.0.0.1/rule"
SOURCE = Source(
    "cn_test",
    "cn",
    "Practice provisions",
    ("cn_cac",),
    "zh",
    "page",
    (URL,),
    timedelta(days=1),
    instrument="cn_practice",
)
NUMERALS = "一二三四五六七八九十"


def rule(days=30, articles=8, starts="2026年5月1日"):
    texts = [f"提供者应当在{days}日内完成登记，并将登记结果向社会公布。"]
    texts += [
        f"提供者应当完成第{n}项练习服务的登记，并按照规定保存第{n}份登记记录。" for n in NUMERALS[1 : articles - 1]
    ]
    lines = [f"第{NUMERALS[i]}条 {text}" for i, text in enumerate(texts)]
    last = f"第{NUMERALS[len(texts)]}条 本规定自{starts}起施行。"
    return "\n".join(["# 练习服务管理规定", "2026年2月1日 国家互联网信息办公室公布", *lines, last])


class Watched:
    """A service with one source, fed with pages by hand instead of by a crawl."""

    def __init__(self, home, source=SOURCE):
        self.now = START
        self.service = open_context(Settings(home=home), {source.id: source}, (), self.clock)
        self.db = self.service.db
        [self.page] = pages.of_source(self.db, source.id)

    def clock(self):
        self.now += timedelta(microseconds=1)
        return self.now

    def arrives(self, text):
        """Keep *text* as the crawler would, and take it to the end."""
        body = text.encode()
        latest = snapshots.latest(self.db, self.page.id)
        at = self.clock()
        sha, name = self.service.archive.keep(URL, [], 200, "OK", [("Content-Type", "text/plain")], body, at)
        if latest is not None and latest.sha256 == sha:
            checks.add(self.db, self.page.id, at, Outcome.SAME, 200, latest.id)
        else:
            kept = snapshots.add(self.db, self.page.id, URL, at, 200, "text/plain", sha, len(body), {}, name)
            checks.add(self.db, self.page.id, at, Outcome.NEW, 200, kept)
        finish(self.service)

    @property
    def standings(self):
        return [row.standing for row in versions.of_instrument(self.db, "cn_practice")]

    @property
    def told(self):
        return [event.kind for event in reversed(events.recent(self.db))]

    @property
    def open_problems(self):
        return [(p.stage, p.cause) for p in problems.open_problems(self.db)]


@pytest.fixture
def watched(tmp_path):
    made = Watched(tmp_path / "home")
    with closing(made.db):
        yield made


def test_a_first_version_is_told_to_nobody(watched):
    watched.arrives(rule())
    assert watched.standings == [ReviewState.CONFIRMED]
    assert watched.told == []


def test_a_change_waits_until_the_page_says_it_twice(watched):
    watched.arrives(rule())
    watched.arrives(rule(days=10))
    assert watched.standings == [ReviewState.CONFIRMED, ReviewState.UNCONFIRMED]
    assert watched.told == []

    watched.arrives(rule(days=10))
    assert watched.standings == [ReviewState.CONFIRMED, ReviewState.CONFIRMED]
    assert watched.told == [EventKind.NEW_VERSION]


def test_a_page_that_flaps_is_told_to_nobody(watched):
    for days in (30, 10, 30, 10, 30):
        watched.arrives(rule(days=days))
    assert watched.told == []
    assert ReviewState.UNCONFIRMED not in watched.standings


def test_a_page_that_flaps_is_one_problem_until_it_says_the_same_twice(watched):
    for days in (30, 10, 30, 10, 30):
        watched.arrives(rule(days=days))
    assert watched.open_problems == [(Stage.COMPARE, "flapping")]
    assert len(problems.all_problems(watched.db)) == 1

    watched.arrives(rule(days=30))
    assert watched.open_problems == []


def test_a_page_that_says_something_else_at_every_look_is_one_problem(watched):
    for days in (30, 10, 11, 12, 13, 14):
        watched.arrives(rule(days=days))
    assert watched.told == []
    assert watched.open_problems == [(Stage.COMPARE, "never the same twice")]

    watched.arrives(rule(days=14))
    assert watched.told == [EventKind.NEW_VERSION]
    assert watched.open_problems == []


def test_a_law_whose_page_prints_its_title_otherwise_stays_the_same_law(tmp_path):
    nameless = Watched(tmp_path / "home", replace(SOURCE, instrument=""))
    with closing(nameless.db):
        nameless.arrives(rule())
        for _ in range(2):
            nameless.arrives(rule(days=10).replace("练习服务管理规定", "练习服务管理规定（新版页面）"))
        assert nameless.told == [EventKind.NEW_VERSION]


def test_a_change_taken_back_is_told_as_a_reversal(watched):
    for days in (30, 10, 10, 30, 30):
        watched.arrives(rule(days=days))
    assert watched.told == [EventKind.NEW_VERSION, EventKind.REVERSED]


def test_other_white_space_is_no_version(watched):
    watched.arrives(rule())
    watched.arrives(rule().replace("。", "。 ").replace(" ", "　"))
    assert watched.standings == [ReviewState.CONFIRMED]


def test_a_date_that_moves_is_told_as_such(watched):
    watched.arrives(rule())
    for _ in range(2):
        watched.arrives(rule(starts="2026年9月1日"))
    assert EventKind.DATE_MOVED in watched.told
    [moved] = [e for e in events.recent(watched.db) if e.kind is EventKind.DATE_MOVED]
    assert (moved.details["old"], moved.details["new"]) == ("2026-05-01", "2026-09-01")


def test_a_collapse_is_quarantined_and_an_operator_decides(watched):
    watched.arrives(rule(articles=10))
    for _ in range(2):
        watched.arrives(rule(articles=4))
    assert watched.standings == [ReviewState.CONFIRMED, ReviewState.QUARANTINED]
    assert watched.open_problems == [(Stage.PAGE, "collapse")]
    assert watched.told == []

    [problem] = problems.open_problems(watched.db)
    decide(watched.service, problem.id, ReviewState.CONFIRMED)
    assert watched.told == [EventKind.NEW_VERSION]
    assert watched.open_problems == []


def test_a_rejected_collapse_leaves_the_last_good_version(watched):
    watched.arrives(rule(articles=10))
    watched.arrives(rule(articles=4))
    [problem] = problems.open_problems(watched.db)
    decide(watched.service, problem.id, ReviewState.REJECTED)
    assert (
        versions.find_latest(watched.db, "cn_practice", standing=ReviewState.CONFIRMED).reading.counts["article"] == 10
    )
    assert watched.told == []


def test_a_later_good_fetch_refutes_a_collapse(watched):
    for articles in (10, 4, 10):
        watched.arrives(rule(articles=articles))
    assert watched.standings == [ReviewState.CONFIRMED, ReviewState.REJECTED]
    assert watched.open_problems == []


def test_only_an_open_problem_about_a_version_can_be_decided(watched):
    with pytest.raises(UsageError, match="problem 99"):
        decide(watched.service, 99, ReviewState.CONFIRMED)


def test_a_press_release_in_place_of_the_law_is_a_problem_and_the_last_version_stands(watched):
    watched.arrives(rule())
    watched.arrives("三部门联合公布《练习服务管理规定》\n" + "近日，三部门联合公布规定。" * 40)
    assert watched.standings == [ReviewState.CONFIRMED]
    assert watched.open_problems == [(Stage.READ, "no provisions")]

    watched.arrives(rule())
    assert watched.open_problems == []


def test_fewer_provisions_than_expected_is_a_problem(tmp_path):
    strict = Watched(tmp_path / "home", replace(SOURCE, expect=Expectation(min_provisions=20)))
    with closing(strict.db):
        strict.arrives(rule())
        assert strict.open_problems == [(Stage.READ, "too few provisions")]
        assert strict.standings == []


def test_a_law_that_reads_with_a_gap_is_watched_and_told_to_operators(watched):
    gap = "\n".join(line for line in rule().splitlines() if not line.startswith("第四条"))
    watched.arrives(gap)
    assert watched.standings == [ReviewState.CONFIRMED]
    assert watched.open_problems == [(Stage.READ, "doubtful reading")]

    watched.arrives(gap)
    assert watched.open_problems == [(Stage.READ, "doubtful reading")]

    watched.arrives(rule())
    assert watched.open_problems == []


def test_a_gap_that_an_operator_knows_is_no_problem_again(watched):
    gap = "\n".join(line for line in rule().splitlines() if not line.startswith("第四条"))
    watched.arrives(gap)
    [problem] = problems.open_problems(watched.db)

    dismiss(watched.service, problem.id)
    watched.arrives(gap + "\n")

    assert watched.open_problems == []


def test_our_own_better_reading_tells_nobody(watched):
    watched.arrives(rule())
    [row] = versions.of_instrument(watched.db, "cn_practice")
    held = versions.get(watched.db, row.id)
    worse = replace(held.reading, provisions=held.reading.provisions[:5], reader="0")
    versions.replace_reading(watched.db, held, worse, "what an older reader made of it")

    watched.arrives(rule().replace("# ", "## "))  # other bytes, the same law

    assert watched.told == []
    assert watched.standings == [ReviewState.CONFIRMED]
    assert len(versions.get(watched.db, row.id).reading.provisions) == 8


def test_a_provision_keeps_its_persistent_id_through_renumbering(watched):
    watched.arrives(rule())
    old, new = rule().split("\n"), []
    for line in old:
        new.append(line)
        if line.startswith("第二条"):
            new.append("第X条 未成年人使用练习服务的，应当取得监护人的同意，并由提供者单独登记。")
    numbered = iter(NUMERALS)
    text = "\n".join(f"第{next(numbered)}条{line[3:]}" if line.startswith("第") else line for line in new)
    for _ in range(2):
        watched.arrives(text)

    assert [row.eid for row in versions.lineage(watched.db, "cn_practice", "art_5")] == ["art_4", "art_5"]
    assert changes.all_sets(watched.db)[-1].summary["renumbered"] == 6


def test_a_defect_sets_that_row_aside_and_the_others_go_on(watched, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("a defect of ours")

    monkeypatch.setattr("tracker.pipeline.versions.record_version.fingerprint", broken)
    watched.arrives(rule())
    assert watched.open_problems == [(Stage.READ, "defect")]
    assert "ZeroDivisionError" in problems.open_problems(watched.db)[0].text
    assert snapshots.unread_snapshots(watched.db) == []


def test_a_defect_in_matching_or_composing_ends_when_the_step_goes_well_again(watched, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("a defect of ours")

    watched.arrives(rule())
    with monkeypatch.context() as patch:
        patch.setattr("tracker.alerts.match.match_events.match", broken)
        with transaction(watched.db):
            person = subscriptions.add_subscriber(watched.db, "ana@policy.example")
            subscriptions.add(watched.db, person, Filters(), now=START)
        for _ in range(2):
            watched.arrives(rule(days=10))
        assert watched.open_problems == [(Stage.MATCH, "defect")]

    finish(watched.service)
    assert watched.open_problems == []
    assert len(messages.recent(watched.db)) == 3  # the alert, and what operators were told


def test_a_read_problem_ends_when_the_page_that_caused_it_is_no_more(watched):
    watched.arrives("三部门联合公布《练习服务管理规定》\n" + "近日，三部门联合公布规定。" * 40)
    assert watched.open_problems == [(Stage.READ, "no provisions")]

    pages.mark_gone(watched.db, watched.page.id, START)
    finish(watched.service)
    assert watched.open_problems == []


def test_a_source_that_is_no_longer_declared_is_left_alone(watched):
    watched.arrives(rule())
    sources.sync(watched.db, [], START)
    watched.service = replace(watched.service, sources={})
    watched.arrives(rule(days=10))
    assert watched.standings == [ReviewState.CONFIRMED]
