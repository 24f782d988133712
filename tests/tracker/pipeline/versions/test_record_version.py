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


class FedService:
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
            snapshot_id = snapshots.add(self.db, self.page.id, URL, at, 200, "text/plain", sha, len(body), {}, name)
            checks.add(self.db, self.page.id, at, Outcome.NEW, 200, snapshot_id)
        finish(self.service)

    @property
    def standings(self):
        return [row.standing for row in versions.of_instrument(self.db, "cn_practice")]

    @property
    def kinds_told(self):
        return [event.kind for event in reversed(events.recent(self.db))]

    @property
    def open_problems(self):
        return [(p.stage, p.cause) for p in problems.open_problems(self.db)]


@pytest.fixture
def fed_service(tmp_path):
    new_service = FedService(tmp_path / "home")
    with closing(new_service.db):
        yield new_service


def test_a_first_version_is_told_to_nobody(fed_service):
    fed_service.arrives(rule())
    assert fed_service.standings == [ReviewState.CONFIRMED]
    assert fed_service.kinds_told == []


def test_a_change_waits_until_the_page_says_it_twice(fed_service):
    fed_service.arrives(rule())
    fed_service.arrives(rule(days=10))
    assert fed_service.standings == [ReviewState.CONFIRMED, ReviewState.UNCONFIRMED]
    assert fed_service.kinds_told == []

    fed_service.arrives(rule(days=10))
    assert fed_service.standings == [ReviewState.CONFIRMED, ReviewState.CONFIRMED]
    assert fed_service.kinds_told == [EventKind.NEW_VERSION]


def test_a_page_that_flaps_is_told_to_nobody(fed_service):
    for days in (30, 10, 30, 10, 30):
        fed_service.arrives(rule(days=days))
    assert fed_service.kinds_told == []
    assert ReviewState.UNCONFIRMED not in fed_service.standings


def test_a_page_that_flaps_is_one_problem_until_it_says_the_same_twice(fed_service):
    for days in (30, 10, 30, 10, 30):
        fed_service.arrives(rule(days=days))
    assert fed_service.open_problems == [(Stage.COMPARE, "flapping")]
    assert len(problems.all_problems(fed_service.db)) == 1

    fed_service.arrives(rule(days=30))
    assert fed_service.open_problems == []


def test_a_page_that_says_something_else_at_every_look_is_one_problem(fed_service):
    for days in (30, 10, 11, 12, 13, 14):
        fed_service.arrives(rule(days=days))
    assert fed_service.kinds_told == []
    assert fed_service.open_problems == [(Stage.COMPARE, "never the same twice")]

    fed_service.arrives(rule(days=14))
    assert fed_service.kinds_told == [EventKind.NEW_VERSION]
    assert fed_service.open_problems == []


def test_a_law_whose_page_prints_its_title_otherwise_stays_the_same_law(tmp_path):
    nameless = FedService(tmp_path / "home", replace(SOURCE, instrument=""))
    with closing(nameless.db):
        nameless.arrives(rule())
        for _ in range(2):
            nameless.arrives(rule(days=10).replace("练习服务管理规定", "练习服务管理规定（新版页面）"))
        assert nameless.kinds_told == [EventKind.NEW_VERSION]


def test_a_change_taken_back_is_told_as_a_reversal(fed_service):
    for days in (30, 10, 10, 30, 30):
        fed_service.arrives(rule(days=days))
    assert fed_service.kinds_told == [EventKind.NEW_VERSION, EventKind.REVERSED]


def test_other_white_space_is_no_version(fed_service):
    fed_service.arrives(rule())
    fed_service.arrives(rule().replace("。", "。 ").replace(" ", "　"))
    assert fed_service.standings == [ReviewState.CONFIRMED]


def test_a_date_that_moves_is_told_as_such(fed_service):
    fed_service.arrives(rule())
    for _ in range(2):
        fed_service.arrives(rule(starts="2026年9月1日"))
    assert EventKind.DATE_MOVED in fed_service.kinds_told
    [move_event] = [e for e in events.recent(fed_service.db) if e.kind is EventKind.DATE_MOVED]
    assert (move_event.details["old"], move_event.details["new"]) == ("2026-05-01", "2026-09-01")


def test_a_collapse_is_quarantined_and_an_operator_decides(fed_service):
    fed_service.arrives(rule(articles=10))
    for _ in range(2):
        fed_service.arrives(rule(articles=4))
    assert fed_service.standings == [ReviewState.CONFIRMED, ReviewState.QUARANTINED]
    assert fed_service.open_problems == [(Stage.PAGE, "collapse")]
    assert fed_service.kinds_told == []

    [problem] = problems.open_problems(fed_service.db)
    decide(fed_service.service, problem.id, ReviewState.CONFIRMED)
    assert fed_service.kinds_told == [EventKind.NEW_VERSION]
    assert fed_service.open_problems == []


def test_a_rejected_collapse_leaves_the_last_good_version(fed_service):
    fed_service.arrives(rule(articles=10))
    fed_service.arrives(rule(articles=4))
    [problem] = problems.open_problems(fed_service.db)
    decide(fed_service.service, problem.id, ReviewState.REJECTED)
    assert (
        versions.find_latest(fed_service.db, "cn_practice", standing=ReviewState.CONFIRMED).reading.counts["article"]
        == 10
    )
    assert fed_service.kinds_told == []


def test_a_later_good_fetch_refutes_a_collapse(fed_service):
    for articles in (10, 4, 10):
        fed_service.arrives(rule(articles=articles))
    assert fed_service.standings == [ReviewState.CONFIRMED, ReviewState.REJECTED]
    assert fed_service.open_problems == []


def test_only_an_open_problem_about_a_version_can_be_decided(fed_service):
    with pytest.raises(UsageError, match="problem 99"):
        decide(fed_service.service, 99, ReviewState.CONFIRMED)


def test_a_press_release_in_place_of_the_law_is_a_problem_and_the_last_version_stands(fed_service):
    fed_service.arrives(rule())
    fed_service.arrives("三部门联合公布《练习服务管理规定》\n" + "近日，三部门联合公布规定。" * 40)
    assert fed_service.standings == [ReviewState.CONFIRMED]
    assert fed_service.open_problems == [(Stage.READ, "no provisions")]

    fed_service.arrives(rule())
    assert fed_service.open_problems == []


def test_fewer_provisions_than_expected_is_a_problem(tmp_path):
    strict = FedService(tmp_path / "home", replace(SOURCE, expect=Expectation(min_provisions=20)))
    with closing(strict.db):
        strict.arrives(rule())
        assert strict.open_problems == [(Stage.READ, "too few provisions")]
        assert strict.standings == []


def test_a_law_that_reads_with_a_gap_is_watched_and_told_to_operators(fed_service):
    gap = "\n".join(line for line in rule().splitlines() if not line.startswith("第四条"))
    fed_service.arrives(gap)
    assert fed_service.standings == [ReviewState.CONFIRMED]
    assert fed_service.open_problems == [(Stage.READ, "doubtful reading")]

    fed_service.arrives(gap)
    assert fed_service.open_problems == [(Stage.READ, "doubtful reading")]

    fed_service.arrives(rule())
    assert fed_service.open_problems == []


def test_a_gap_that_an_operator_knows_is_no_problem_again(fed_service):
    gap = "\n".join(line for line in rule().splitlines() if not line.startswith("第四条"))
    fed_service.arrives(gap)
    [problem] = problems.open_problems(fed_service.db)

    dismiss(fed_service.service, problem.id)
    fed_service.arrives(gap + "\n")

    assert fed_service.open_problems == []


def test_our_own_better_reading_tells_nobody(fed_service):
    fed_service.arrives(rule())
    [row] = versions.of_instrument(fed_service.db, "cn_practice")
    version = versions.get(fed_service.db, row.id)
    worse = replace(version.reading, provisions=version.reading.provisions[:5], reader="0")
    versions.replace_reading(fed_service.db, version, worse, "what an older reader made of it")

    fed_service.arrives(rule().replace("# ", "## "))  # other bytes, the same law

    assert fed_service.kinds_told == []
    assert fed_service.standings == [ReviewState.CONFIRMED]
    assert len(versions.get(fed_service.db, row.id).reading.provisions) == 8


def test_a_provision_keeps_its_persistent_id_through_renumbering(fed_service):
    fed_service.arrives(rule())
    old, new = rule().split("\n"), []
    for line in old:
        new.append(line)
        if line.startswith("第二条"):
            new.append("第X条 未成年人使用练习服务的，应当取得监护人的同意，并由提供者单独登记。")
    numerals = iter(NUMERALS)
    text = "\n".join(f"第{next(numerals)}条{line[3:]}" if line.startswith("第") else line for line in new)
    for _ in range(2):
        fed_service.arrives(text)

    assert [row.eid for row in versions.lineage(fed_service.db, "cn_practice", "art_5")] == ["art_4", "art_5"]
    assert changes.all_sets(fed_service.db)[-1].summary["renumbered"] == 6


def test_a_defect_sets_that_row_aside_and_the_others_go_on(fed_service, monkeypatch):
    def fail(*_):
        raise ZeroDivisionError("a defect of ours")

    monkeypatch.setattr("tracker.pipeline.versions.record_version.fingerprint", fail)
    fed_service.arrives(rule())
    assert fed_service.open_problems == [(Stage.READ, "defect")]
    assert "ZeroDivisionError" in problems.open_problems(fed_service.db)[0].text
    assert snapshots.unread_snapshots(fed_service.db) == []


def test_a_defect_in_matching_or_composing_ends_when_the_step_goes_well_again(fed_service, monkeypatch):
    def fail(*_):
        raise ZeroDivisionError("a defect of ours")

    fed_service.arrives(rule())
    with monkeypatch.context() as patch:
        patch.setattr("tracker.alerts.match.match_events.match", fail)
        with transaction(fed_service.db):
            person = subscriptions.add_subscriber(fed_service.db, "ana@policy.example")
            subscriptions.add(fed_service.db, person, Filters(), now=START)
        for _ in range(2):
            fed_service.arrives(rule(days=10))
        assert fed_service.open_problems == [(Stage.MATCH, "defect")]

    finish(fed_service.service)
    assert fed_service.open_problems == []
    assert len(messages.recent(fed_service.db)) == 3  # the alert, and what operators were told


def test_a_read_problem_ends_when_the_page_that_caused_it_is_no_more(fed_service):
    fed_service.arrives("三部门联合公布《练习服务管理规定》\n" + "近日，三部门联合公布规定。" * 40)
    assert fed_service.open_problems == [(Stage.READ, "no provisions")]

    pages.mark_gone(fed_service.db, fed_service.page.id, START)
    finish(fed_service.service)
    assert fed_service.open_problems == []


def test_a_source_that_is_no_longer_declared_is_left_alone(fed_service):
    fed_service.arrives(rule())
    sources.sync(fed_service.db, [], START)
    fed_service.service = replace(fed_service.service, sources={})
    fed_service.arrives(rule(days=10))
    assert fed_service.standings == [ReviewState.CONFIRMED]
