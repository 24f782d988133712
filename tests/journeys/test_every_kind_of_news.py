"""From page to mail, once for every kind of event: a small regulator whose pages change from day to day.

The law is invented. What is published is what a site serves on a day; what is told is what a mail server got.
"""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, time, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from crawlers.declaration.load import load
from storage import alerts, events
from storage.records import EventKind
from tracker.config import Settings
from tracker.context import open_context
from tracker.pipeline.run import one_round

K = EventKind
LAW = """
title = "Provisions on Lamp Talk Services"
title_native = "灯语服务管理规定"
authority = "cn_cac"
language = "zh"
spider = "page"
urls = ["{site}/law.htm"]
instrument = "cn_lamp"
every = "1 day"
timezone = "Asia/Shanghai"
[politeness]
pause = "0 seconds"
"""
LIST = """
title = "Rules listed by the lamp regulator"
authority = "cn_cac"
language = "zh"
spider = "listing"
urls = ["{site}/list.htm"]
every = "1 day"
timezone = "Asia/Shanghai"
[params]
item = "#list li"
link = "a"
date = "span"
[politeness]
pause = "0 seconds"
"""


def a_page(title: str, published_on: str, *articles: str) -> str:
    body = "".join(f"<p>　　第{n}条　{text}</p>" for n, text in zip("一二三四五六七八", articles, strict=False))
    return (
        f'<html><head><meta charset="utf-8"><title>{title}</title></head><body><h1 class="title">{title}</h1>'
        f'<div class="info"><span id="pubtime">{published_on}</span></div><div id="BodyLabel">'
        f"<p>{title}</p>{body}</div></body></html>"
    )


def the_law(days="三十日", start="2026年9月1日", report="", records="灯语服务提供者应当保存夜间记录。") -> str:
    return a_page(
        "灯语服务管理规定",
        "2026年02月10日",
        "为了规范灯语服务，制定本规定。",
        report or f"灯语服务提供者应当在{days}内向主管部门报告。",
        records,
        "违反本规定的，由主管部门责令改正。",
        f"本规定自{start}起施行。",
    )


OTHERS = {
    "old": a_page("海灯登记规定", "2025年01月10日", "海灯应当登记。", "登记免费。", "本规定自2025年3月1日起施行。"),
    "new": a_page(
        "航标会话办法", "2026年03月03日", "航标会话应当清晰。", "夜间应当安静。", "本办法自2026年9月20日起施行。"
    ),
    "amending": a_page(
        "国家互联网信息办公室关于修改《灯语服务管理规定》的决定",
        "2026年03月06日",
        "将第二条修改为：“灯语服务提供者应当立即报告。”",
        "删去第三条。",
        "本决定自2027年10月1日起施行。",
    ),
    "vague": a_page(
        "工业和信息化部关于修改《灯语服务管理规定》的决定",
        "2026年03月08日",
        "灯语服务的有关条文，由主管部门另行公布。",
        "主管部门应当保存记录。",
        "本决定自2027年12月1日起施行。",
    ),
    "draft": a_page(
        "岸灯算法管理办法（征求意见稿）",
        "2026年03月07日",
        "岸灯算法应当备案。",
        "备案免费。",
        "本办法自2026年　月　日起施行。",
    ),
    "repealing": a_page(
        "灯语综合管理办法",
        "2026年03月09日",
        "灯语应当清晰。",
        "灯语应当安静。",
        "本办法自2026年11月1日起施行，《灯语服务管理规定》同时废止。",
    ),
}


class Regulator(ThreadingHTTPServer):
    """Serves today's pages."""

    daemon_threads = True

    def __init__(self):
        self.law, self.names = the_law(), ["old"]
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def site(self):
        return f"http://127.0.0.1:{self.server_port}"

    def page(self, path: str) -> str | None:
        name = path.strip("/").removesuffix(".htm")
        if name == "list":
            rows = "".join(f'<li><a href="/{name}.htm">{name}</a><span>2026-03-02</span></li>' for name in self.names)
            return f'<html><head><meta charset="utf-8"></head><body><ul id="list">{rows}</ul></body></html>'
        return self.law if name == "law" else OTHERS.get(name)


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        page = self.server.page(self.path)
        self.send_response(200 if page else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write((page or "").encode())

    def log_message(self, *_):
        pass


class Clock:
    """A clock that is told the day and moves a microsecond at each look."""

    def set(self, on: date, hour=9):
        self.now = datetime.combine(on, time(hour), UTC)

    def __call__(self):
        self.now += timedelta(microseconds=1)
        return self.now


@pytest.fixture
def regulator():
    with Regulator() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def watch_day(tmp_path, regulator, mailbox, subscribe):
    """Return a function that looks on a day and returns the kinds that were told, and their subjects."""
    folder = tmp_path / "declarations"
    for name, text in {"cn_cac_lamp": LAW, "cn_cac_lamp_list": LIST}.items():
        path = folder / "cn" / f"{name}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("{site}", regulator.site), encoding="utf-8")
    clock = Clock()
    clock.set(date(2026, 3, 2))
    settings = Settings(home=tmp_path / "home", smtp_url=mailbox.url)
    service = open_context(settings, load((folder,)), (folder,), clock)
    subscribe(service)

    def look(on: date):
        clock.set(on)
        before = {event.id for event in events.recent(service.db, 1_000)}
        mailbox.letters.clear()
        one_round(service, all_pages=True)
        fresh = [event for event in events.recent(service.db, 1_000) if event.id not in before]
        ahead = any(event.kind is K.DIFFERED for event in fresh)  # who was told ahead is told only what differs
        for event in fresh:
            owed_count = 0 if ahead and event.kind is K.NEW_VERSION else 1
            assert len(alerts.of_event(service.db, event.id)) == owed_count, event.key
        news = [str(mail["Subject"]).split(" · ")[1] for mail in mailbox.letters]
        subjects = sorted(text[:1].lower() + text[1:] for text in news)
        return sorted(event.kind.value for event in fresh), subjects

    return look


def test_every_kind_of_event_goes_from_a_page_to_a_mail(watch_day, regulator):
    told_kinds: set[str] = set()

    def day(on: date, kinds: list[EventKind], *subjects: str):
        happenings = watch_day(on)
        assert happenings == (sorted(kind.value for kind in kinds), sorted(subjects)), on
        told_kinds.update(happenings[0])

    day(date(2026, 3, 2), [])  # the first look is no news

    regulator.names.append("new")
    regulator.law = the_law(days="十日")
    day(
        date(2026, 3, 3),
        [K.NEW_INSTRUMENT, K.NEW_VERSION],
        "newly published",
        "time limit shortened from 30 days to 10 days",
    )

    regulator.law = the_law()
    regulator.names.append("amending")
    taken_back, amended = (
        "earlier change withdrawn",
        "will change: This duty is gone: “灯语服务提供者应当保存夜间记录”",
    )
    day(date(2026, 3, 4), [K.REVERSED, K.WILL_CHANGE, K.NEW_INSTRUMENT], taken_back, amended, "newly published")

    regulator.names.append("draft")
    regulator.law = the_law(start="2026年9月15日")
    moved_words = "date of entry into force moved to 15 September 2026"
    opened_words, redated_words = (
        "draft open for comment",
        "entry into force postponed from 1 September 2026 to 15 Septe…",
    )
    day(date(2026, 3, 5), [K.DRAFT_OPENED, K.NEW_VERSION, K.DATE_MOVED], opened_words, redated_words, moved_words)

    regulator.law = the_law(
        start="2026年9月15日", report="灯语服务提供者应当立即报告。", records="夜间记录应当保存一年。"
    )
    differs = "official text differs: New duty: “夜间记录应当保存一年”"
    day(date(2026, 3, 6), [K.NEW_VERSION, K.DIFFERED], differs)

    regulator.names.append("vague")
    day(date(2026, 3, 7), [K.AMENDING_ACT, K.NEW_INSTRUMENT], "amending act published", "newly published")

    regulator.names.append("repealing")
    repealed = "repealed as of 1 November 2026"
    day(date(2026, 3, 8), [K.REPEALED, K.NEW_INSTRUMENT], repealed, "newly published")

    near = "date of entry into force 15 September 2026, in 30 days"
    day(date(2026, 8, 16), [K.DATE_NEAR], near)

    # a correction goes from page to mail on the eighth practice day (test_demo)
    assert told_kinds == {kind.value for kind in EventKind} - {"corrected"}


def test_a_day_on_which_nothing_changed_tells_nobody(watch_day):
    watch_day(date(2026, 3, 2))

    assert watch_day(date(2026, 3, 3)) == ([], [])
