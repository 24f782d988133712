"""A site that prints many pages another way at once is one event for operators, and no alert for each page."""

from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from storage import checks, events, pages, problems, snapshots, version_queue, versions
from storage.database.connection import execute
from storage.records import Outcome, ReviewState, Source, Stage
from tracker.config import Settings
from tracker.context import open_context
from tracker.operations.review import decide
from tracker.pipeline.run import finish
from tracker.pipeline.steps.confirm_versions import confirm_versions
from tracker.pipeline.steps.learn_furniture import learn_furniture
from tracker.pipeline.steps.read_snapshots import read_snapshots
from tracker.pipeline.versions.template_changes import TEMPLATE

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOST = "127.0.0.1:8999"
COUNT = 8
NUMERALS = "一二三四五六七八"
OLD = "<html><body><div class='a'>{law}</div></body></html>"
NEW = "<html><body><section class='b'><div class='c'><article>{law}</article></div></section></body></html>"
SHARE_TEMPLATE = "<html><body><div class='a'>{law}<p>分享到微信朋友圈</p></div></body></html>"


def law(number, days=30):
    texts = [f"灯语服务提供者应当在{days + number}日内完成第{number}类登记，并将登记结果向社会公布。"]
    texts += [f"提供者应当完成第{n}项灯语服务的登记，并按照规定保存第{number}份登记记录。" for n in NUMERALS[1:7]]
    lines = [f"<p>第{NUMERALS[i]}条 {text}</p>" for i, text in enumerate(texts)]
    last = "<p>第八条 本规定施行前的登记，按照原规定办理，提供者应当保存登记记录。</p>"
    return f"<h1>灯语服务管理规定{NUMERALS[number]}</h1>{''.join(lines)}{last}"


class FedHost:
    """A service that watches several pages of one host, fed by hand."""

    def __init__(self, home):
        self.now = START
        own_sources = [self.source(n) for n in range(COUNT)]
        self.service = open_context(Settings(home=home), {s.id: s for s in own_sources}, (), self.clock)
        self.db = self.service.db

    @staticmethod
    def source(number):
        url, name = f"http://{HOST}/{number}", f"cn_lamp_{number}"
        return Source(name, "cn", "Lamps", ("cn_cac",), "zh", "page", (url,), timedelta(days=1), instrument=name)

    def clock(self):
        self.now += timedelta(microseconds=1)
        return self.now

    def arrive(self, template, edits=(), times=2):
        """Let every page arrive in *template*, twice as the journey looks at it; those *edits* say something else."""
        for _ in range(times):
            for number in range(COUNT):
                [page] = pages.of_source(self.db, f"cn_lamp_{number}")
                body = template.format(law=law(number, days=10 if number in edits else 30)).encode()
                self._keep(page, body)
        finish(self.service)
        self.now += timedelta(days=1)

    def _keep(self, page, body):
        latest, at = snapshots.latest(self.db, page.id), self.clock()
        sha, name = self.service.archive.keep(page.url, [], 200, "OK", [], body, at)
        if latest is not None and latest.sha256 == sha:
            checks.add(self.db, page.id, at, Outcome.SAME, 200, latest.id)
        else:
            snapshot_id = snapshots.add(self.db, page.id, page.url, at, 200, "text/html", sha, len(body), {}, name)
            checks.add(self.db, page.id, at, Outcome.NEW, 200, snapshot_id)

    @property
    def instruments_told(self):
        return sorted(event.instrument_id for event in events.recent(self.db, 1000))

    @property
    def open(self):
        return [(p.source_id, p.stage, p.cause) for p in problems.open_problems(self.db)]


@pytest.fixture
def fed_host(tmp_path):
    new_host = FedHost(tmp_path / "home")
    with closing(new_host.db):
        new_host.arrive(OLD)
        yield new_host


def test_a_new_template_is_one_event_and_the_law_is_the_same(fed_host):
    fed_host.arrive(NEW)
    assert fed_host.instruments_told == []
    assert fed_host.open == [(HOST, Stage.PAGE, TEMPLATE)]

    fed_host.arrive(NEW)
    fed_host.arrive(NEW)
    assert fed_host.open == []


def test_a_real_change_on_the_day_of_a_template_change_is_told(fed_host):
    fed_host.arrive(NEW, edits={3})
    assert fed_host.instruments_told == ["cn_lamp_3"]


def test_a_line_that_got_between_the_provisions_of_all_pages_is_one_event(fed_host):
    fed_host.arrive(SHARE_TEMPLATE)
    assert fed_host.instruments_told == []
    assert fed_host.open == [(HOST, Stage.PAGE, TEMPLATE)]
    assert "分享到微信朋友圈" in problems.open_problems(fed_host.db)[0].text


def test_a_rejected_line_is_the_site_s_from_then_on_and_real_changes_are_told(fed_host):
    fed_host.arrive(SHARE_TEMPLATE)
    decide(fed_host.service, problems.open_problems(fed_host.db)[0].id, ReviewState.REJECTED)
    fed_host.arrive(f"<!-- made again -->{SHARE_TEMPLATE}")
    assert fed_host.instruments_told == []
    assert fed_host.open == []

    fed_host.arrive(SHARE_TEMPLATE, edits={2})
    assert fed_host.instruments_told == ["cn_lamp_2"]
    reading = versions.find_latest(fed_host.db, "cn_lamp_2").reading
    assert [note.name for note in reading.furniture if note.text == "分享到微信朋友圈"] == [
        "decided by an operator: a line of the site, which changed on many pages at once"
    ]


def test_an_approved_line_is_law_and_is_told(fed_host):
    fed_host.arrive(SHARE_TEMPLATE)
    decide(fed_host.service, problems.open_problems(fed_host.db)[0].id, ReviewState.CONFIRMED)
    assert fed_host.instruments_told == [f"cn_lamp_{n}" for n in range(COUNT)]
    assert fed_host.open == []


def test_a_sentence_that_all_laws_of_a_host_get_is_told_for_each(fed_host):
    fed_host.arrive(OLD.replace("{law}", "{law}<p>提供者应当每年复核登记。</p>"))
    assert len(fed_host.instruments_told) == COUNT


def test_one_waiting_version_that_cannot_be_opened_keeps_nobody_else_from_being_told(fed_host):
    fed_host.arrive(OLD)
    for _ in range(2):
        for number in range(COUNT):
            [page] = pages.of_source(fed_host.db, f"cn_lamp_{number}")
            fed_host._keep(page, OLD.format(law=law(number, days=10)).encode())
    learn_furniture(fed_host.service)
    read_snapshots(fed_host.service)
    confirm_versions(fed_host.service)
    bad_version_id = version_queue.uncompared_versions(fed_host.db)[3].id
    execute(
        fed_host.db,
        "UPDATE packs SET content = x'00' WHERE id = (SELECT rest_id FROM versions WHERE id = :id)",
        id=bad_version_id,
    )

    finish(fed_host.service)

    version_ids = {event.version_id for event in events.recent(fed_host.db, 100)}
    assert len(version_ids - {None}) == COUNT - 1
    assert bad_version_id not in version_ids
    open_problems = {(p.source_id, p.stage, p.cause) for p in problems.open_problems(fed_host.db)}
    assert ("hold template changes", Stage.COMPARE, "defect") in open_problems
