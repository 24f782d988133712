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
SHARING = "<html><body><div class='a'>{law}<p>分享到微信朋友圈</p></div></body></html>"


def law(number, days=30):
    texts = [f"灯语服务提供者应当在{days + number}日内完成第{number}类登记，并将登记结果向社会公布。"]
    texts += [f"提供者应当完成第{n}项灯语服务的登记，并按照规定保存第{number}份登记记录。" for n in NUMERALS[1:7]]
    lines = [f"<p>第{NUMERALS[i]}条 {text}</p>" for i, text in enumerate(texts)]
    last = "<p>第八条 本规定施行前的登记，按照原规定办理，提供者应当保存登记记录。</p>"
    return f"<h1>灯语服务管理规定{NUMERALS[number]}</h1>{''.join(lines)}{last}"


class Watched:
    """A service that watches several pages of one host, fed by hand."""

    def __init__(self, home):
        self.now = START
        found = [self.source(n) for n in range(COUNT)]
        self.service = open_context(Settings(home=home), {s.id: s for s in found}, (), self.clock)
        self.db = self.service.db

    @staticmethod
    def source(number):
        url, name = f"http://{HOST}/{number}", f"cn_lamp_{number}"
        return Source(name, "cn", "Lamps", ("cn_cac",), "zh", "page", (url,), timedelta(days=1), instrument=name)

    def clock(self):
        self.now += timedelta(microseconds=1)
        return self.now

    def arrive(self, template, edited=(), times=2):
        """Let every page arrive in *template*, twice as the journey looks at it; those *edited* say something else."""
        for _ in range(times):
            for number in range(COUNT):
                [page] = pages.of_source(self.db, f"cn_lamp_{number}")
                body = template.format(law=law(number, days=10 if number in edited else 30)).encode()
                self._keep(page, body)
        finish(self.service)
        self.now += timedelta(days=1)

    def _keep(self, page, body):
        latest, at = snapshots.latest(self.db, page.id), self.clock()
        sha, name = self.service.archive.keep(page.url, [], 200, "OK", [], body, at)
        if latest is not None and latest.sha256 == sha:
            checks.add(self.db, page.id, at, Outcome.SAME, 200, latest.id)
        else:
            kept = snapshots.add(self.db, page.id, page.url, at, 200, "text/html", sha, len(body), {}, name)
            checks.add(self.db, page.id, at, Outcome.NEW, 200, kept)

    @property
    def told(self):
        return sorted(event.instrument_id for event in events.recent(self.db, 1000))

    @property
    def open(self):
        return [(p.source_id, p.stage, p.cause) for p in problems.open_problems(self.db)]


@pytest.fixture
def watched(tmp_path):
    made = Watched(tmp_path / "home")
    with closing(made.db):
        made.arrive(OLD)
        yield made


def test_a_new_template_is_one_event_and_the_law_is_the_same(watched):
    watched.arrive(NEW)
    assert watched.told == []
    assert watched.open == [(HOST, Stage.PAGE, TEMPLATE)]

    watched.arrive(NEW)
    watched.arrive(NEW)
    assert watched.open == []


def test_a_real_change_on_the_day_of_a_template_change_is_told(watched):
    watched.arrive(NEW, edited={3})
    assert watched.told == ["cn_lamp_3"]


def test_a_line_that_got_between_the_provisions_of_all_pages_is_one_event(watched):
    watched.arrive(SHARING)
    assert watched.told == []
    assert watched.open == [(HOST, Stage.PAGE, TEMPLATE)]
    assert "分享到微信朋友圈" in problems.open_problems(watched.db)[0].text


def test_a_rejected_line_is_the_site_s_from_then_on_and_real_changes_are_told(watched):
    watched.arrive(SHARING)
    decide(watched.service, problems.open_problems(watched.db)[0].id, ReviewState.REJECTED)
    watched.arrive(f"<!-- made again -->{SHARING}")
    assert watched.told == []
    assert watched.open == []

    watched.arrive(SHARING, edited={2})
    assert watched.told == ["cn_lamp_2"]
    reading = versions.find_latest(watched.db, "cn_lamp_2").reading
    assert [note.name for note in reading.furniture if note.text == "分享到微信朋友圈"] == [
        "decided by an operator: a line of the site, which changed on many pages at once"
    ]


def test_an_approved_line_is_law_and_is_told(watched):
    watched.arrive(SHARING)
    decide(watched.service, problems.open_problems(watched.db)[0].id, ReviewState.CONFIRMED)
    assert watched.told == [f"cn_lamp_{n}" for n in range(COUNT)]
    assert watched.open == []


def test_a_sentence_that_all_laws_of_a_host_get_is_told_for_each(watched):
    watched.arrive(OLD.replace("{law}", "{law}<p>提供者应当每年复核登记。</p>"))
    assert len(watched.told) == COUNT


def test_one_waiting_version_that_cannot_be_opened_keeps_nobody_else_from_being_told(watched):
    watched.arrive(OLD)
    for _ in range(2):
        for number in range(COUNT):
            [page] = pages.of_source(watched.db, f"cn_lamp_{number}")
            watched._keep(page, OLD.format(law=law(number, days=10)).encode())
    learn_furniture(watched.service)
    read_snapshots(watched.service)
    confirm_versions(watched.service)
    broken = version_queue.uncompared_versions(watched.db)[3].id
    execute(
        watched.db,
        "UPDATE packs SET content = x'00' WHERE id = (SELECT rest_id FROM versions WHERE id = :id)",
        id=broken,
    )

    finish(watched.service)

    told = {event.version_id for event in events.recent(watched.db, 100)}
    assert len(told - {None}) == COUNT - 1
    assert broken not in told
    opened = {(p.source_id, p.stage, p.cause) for p in problems.open_problems(watched.db)}
    assert ("hold template changes", Stage.COMPARE, "defect") in opened
