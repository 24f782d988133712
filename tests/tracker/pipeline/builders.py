"""A home whose pages are fed by hand instead of by a crawl, and taken to the end as a round would."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from storage import checks, events, pages, problems, snapshots, versions
from storage.records import Event, Outcome, Page, Problem, Source, Version
from tracker.config import Settings
from tracker.context import open_context
from tracker.pipeline.run import finish

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
NUMERALS = "一二三四五六七八九十"


def a_source(source_id="cn_test", *urls, **more) -> Source:
    jurisdiction = source_id.split("_", maxsplit=1)[0]
    fields = {"authority": ("cn_cac",), "language": "zh" if jurisdiction == "cn" else "en", "spider": "page"}
    return Source(
        source_id, jurisdiction, "Practice source", **fields | {"urls": urls, "every": timedelta(days=1)} | more
    )


def a_rule(title="练习服务管理规定", days=30, articles=6, last="本规定自2026年5月1日起施行。", more=""):
    texts = [f"提供者应当在{days}日内完成登记，并将登记结果向社会公布。"]
    texts += [
        f"{title}所称第{n}项练习服务，应当按照规定保存第{n}份登记记录。{more}" for n in NUMERALS[1 : articles - 1]
    ]
    lines = [f"第{numeral}条 {text}" for numeral, text in zip(NUMERALS, [*texts, last], strict=False)]
    return "\n".join([f"# {title}", "2026年2月1日 国家互联网信息办公室公布", *lines])


class FedHome:
    """A service whose pages are fed by hand; its clock moves a microsecond at each look."""

    def __init__(self, home, *sources: Source, **settings) -> None:
        self.now = START
        self.sources = {source.id: source for source in sources}
        self.service = open_context(Settings(home=home, **settings), self.sources, (), self.clock)
        self.db = self.service.db

    def clock(self):
        self.now += timedelta(microseconds=1)
        return self.now

    def page(self, url: str) -> Page:
        return next(page for page in pages.all_pages(self.db) if page.url == url)

    def discover(self, source_id: str, url: str, title="") -> Page:
        """Let a list lead to a page that is new."""
        pages.add(self.db, source_id, url, listing=False, now=self.clock(), title=title, discovered=True)
        return self.page(url)

    def keep(self, url: str, text: str, media_type="text/plain") -> None:
        """Keep what a page holds as the crawler would."""
        page, body, at = self.page(url), text.encode(), self.clock()
        latest = snapshots.latest(self.db, page.id)
        record = self.service.archive.keep(url, [], 200, "OK", [("Content-Type", media_type)], body, at)
        if latest is not None and latest.sha256 == record[0]:
            checks.add(self.db, page.id, at, Outcome.SAME, 200, latest.id)
            return
        number = snapshots.add(self.db, page.id, url, at, 200, media_type, record[0], len(body), {}, record[1])
        checks.add(self.db, page.id, at, Outcome.NEW, 200, number)

    def serve(self, **texts: str) -> None:
        """Keep pages, named by the last part of their address, and take them to the end."""
        for name, text in texts.items():
            self.keep(f"http://127.0.0.1/{name}", text)
        finish(self.service)

    def confirm(self, **texts: str) -> None:
        """Serve pages twice, so that what changed on them is confirmed."""
        self.serve(**texts)
        self.serve(**texts)

    @property
    def events_told(self) -> list[Event]:
        return list(reversed(events.recent(self.db, 1000)))

    @property
    def happenings(self) -> list[tuple[str, str]]:
        return [(event.kind.value, event.instrument_id) for event in self.events_told]

    @property
    def open_problems(self) -> list[Problem]:
        return problems.open_problems(self.db)

    def versions_of(self, instrument_id: str) -> list[Version]:
        return [versions.get(self.db, row.id) for row in versions.of_instrument(self.db, instrument_id)]
