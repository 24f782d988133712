"""Lists of twenty invented documents, as sites show them after a redesign: what repair is measured on."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace

COUNT = 20
_SUBJECTS = ("keeping of lighthouses", "marking of buoys", "logs of keepers", "lamps of harbours", "signals in fog")
_SUBJECTS_CN = ("灯塔看守", "浮标标识", "看守日志", "港口灯光", "雾中信号")


@dataclass(frozen=True)
class Document:
    """One invented document of a list."""

    n: int
    title: str
    url: str
    on: str


@dataclass(frozen=True)
class Pair:
    """One site before and after: the second is what a walk finds that knows the first."""

    name: str
    kind: str  # html or json
    after: str
    documents: tuple[Document, ...]
    declaration: dict[str, str]


def documents(form: str, language: str = "en") -> tuple[Document, ...]:
    """Return twenty documents whose addresses are made after *form*."""
    if language == "zh":
        titles = [f"关于印发《{_SUBJECTS_CN[n % 5]}管理办法之{n}》的通知" for n in range(1, COUNT + 1)]
    else:
        titles = [f"Guidelines {n}/2026 on the {_SUBJECTS[n % 5]}" for n in range(1, COUNT + 1)]
    days = [f"2026-{1 + n % 9:02}-{1 + n:02}" for n in range(1, COUNT + 1)]
    return tuple(
        Document(n, title, form.format(n=n, day=day.replace("-", "")), day)
        for n, (title, day) in enumerate(zip(titles, days, strict=True), 1)
    )


def page(rows: str, language: str = "en") -> str:
    """Return a page with a menu, a side bar, a pager and a footer around *rows*."""
    menu = "".join(f'<li><a href="/{name}/">{name.title()}</a></li>' for name in ("home", "news", "law", "contact"))
    side = "".join(f'<li><a href="/topics/{n}">Topic number {n} of ours</a></li>' for n in range(1, 7))
    pager = "".join(f'<li><a href="?page={n}">{n}</a></li>' for n in range(2, 9))
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><title>Practice authority</title></head><body>'
        f'<header><nav><ul class="main-menu">{menu}</ul></nav></header>'
        f'<div class="layout"><aside class="side"><h2>Topics</h2><ul>{side}</ul></aside><main>{rows}'
        f'<ul class="pagination">{pager}</ul></main></div>'
        f'<footer><ul>{menu}<li><a href="/privacy">Privacy statement of the authority</a></li></ul></footer>'
        "</body></html>"
    )


def _each(docs: tuple[Document, ...], template: str) -> str:
    return "".join(template.format(n=d.n, title=d.title, url=d.url, on=d.on) for d in docs)


def html_pairs() -> list[Pair]:
    """Return redesigned lists in HTML: classes other_keys, wrapped, moved, and built of other elements."""
    acts, cn = documents("/acts/2026/act-{n}.html"), documents("/2026/c_{day}{n}.htm", "zh")
    declaration = {"item": "ul.acts > li", "link": "a", "date": "span.date"}
    shapes: dict[str, tuple[tuple[Document, ...], Callable[[tuple[Document, ...]], str]]] = {
        "classes other_keys": (acts, lambda d: f'<ul class="css-1x8f">{_each(d, _LI)}</ul>'),
        "classes other_keys, Chinese": (cn, lambda d: f'<ul class="list-b2">{_each(d, _LI)}</ul>'),
        "without classes": (acts, lambda d: f"<ul>{_each(d, _LI)}</ul>"),
        "wrapped": (acts, lambda d: f'<div class="wrap"><div class="grid">{_each(d, _ROW_IN_BOX)}</div></div>'),
        "wrapped, Chinese": (cn, lambda d: f'<div class="wrap"><div class="grid">{_each(d, _ROW_IN_BOX)}</div></div>'),
        "a table": (acts, lambda d: f"<table><tr><th>Date</th><th>Title</th></tr>{_each(d, _TR)}</table>"),
        "a table with files": (acts, lambda d: f"<table><tbody>{_each(d, _TR_FILE)}</tbody></table>"),
        "cards of links": (acts, lambda d: f'<section class="cards">{_each(d, _CARD)}</section>'),
        "cards that say view": (acts, lambda d: f'<div class="announcements">{_each(d, _VIEW)}</div>'),
        "a definition list": (acts, lambda d: f"<div><dl>{_each(d, _DL)}</dl></div>"),
        "moved below news": (acts, lambda d: _NEWS + f'<div class="documents"><ul>{_each(d, _LI)}</ul></div>'),
        "dates in headings": (cn, lambda d: f'<div class="newslist">{_each(d, _ROW_WITH_HEADING)}</div>'),
    }
    return [Pair(name, "html", page(build(docs)), docs, declaration) for name, (docs, build) in shapes.items()]


_LI = '<li><a href="{url}">{title}</a> <span>{on}</span></li>'
_ROW_IN_BOX = (
    '<div class="cell"><div class="inner"><p><a class="t" href="{url}" title="{title}">{title}</a></p>'
    "<time>{on}</time></div></div>"
)
_TR = '<tr><td>{on}</td><td><a href="{url}">{title}</a></td></tr>'
_TR_FILE = (
    '<tr><td>{n}</td><td class="subject">{title}</td><td>{on}</td>'
    '<td><a href="{url}">Download (PDF, 1.{n} MB)</a></td></tr>'
)
_CARD = '<a class="doc-card" href="{url}"><time datetime="{on}">{on}</time><h3 class="doc-card__title">{title}</h3></a>'
_VIEW = (
    '<div class="announcementbox"><p class="mb-0">{title}</p><span class="when">{on}</span>'
    '<a href="{url}">View</a></div>'
)
_DL = '<div class="entry"><dt>{on}</dt><dd><a href="{url}">{title}</a></dd></div>'
_ROW_WITH_HEADING = '<div class="it"><h4>{on}</h4><a href="{url}">{title}</a></div>'
_NEWS = "".join(
    f'<div class="teaser"><h3><a href="/news/{n}">News of the week, number {n}</a></h3><p>Somebody said it.</p></div>'
    for n in range(1, 5)
)


def json_pairs() -> list[Pair]:
    """Return redesigned interfaces: moved, keyed anew, wrapped in pages, and with names as keys."""
    docs, cn = documents("/api/acts/{n}"), documents("/detail?id=b{n}x7", "zh")
    declaration = {"items": "results", "link": "/api/acts/{id}", "title": "title", "date": "date"}
    flk = {"items": "data.rows", "link": "/detail?id={bbbs}", "title": "title", "date": "gbrq"}
    say = {"items": "_embedded.documents", "link": "/api/acts/{id}", "title": "shortTitle", "date": "publishedDate"}
    rows = [{"id": d.n, "title": d.title, "date": d.on} for d in docs]
    newer = [{"id": float(d.n), "reference": f"P({d.n})", "shortTitle": d.title,
              "currentStatuses": [{"stage": "OPEN", "publishedDate": d.on.replace("-", "/") + " 00:00:00"}],
              "topics": [{"code": "LAMP", "label": "Lamps"}]} for d in docs]  # fmt: skip
    items = [
        {"bbbs": f"b{d.n}x7", "title": f"<em>{d.title[:2]}</em>{d.title[2:]}", "gbrq": d.on, "score": 1.5} for d in cn
    ]
    other_keys = [{"documentId": d.n, "documentName": d.title, "publicationDate": d.on, "lang": "EN"} for d in docs]
    with_links = [{"href": d.url, "name": d.title, "modified": f"{d.on}T10:00:00Z", "author": "Practice"} for d in docs]
    in_envelopes = [{"_id": str(d.n), "_source": {"title": d.title, "date": d.on, "id": d.n}} for d in docs]
    by_name = {f"no-{d.n}": {"id": d.n, "title": d.title, "date": d.on} for d in docs}
    filters = [{"id": 1, "label": "Year"}, {"id": 2, "label": "Type"}]
    shapes: dict[str, tuple[object, tuple[Document, ...], dict[str, str]]] = {
        "moved": ({"page": {"content": rows, "number": 1}, "facets": filters}, docs, declaration),
        "at the top": (rows, docs, declaration),
        "have your say": ({"exactMatch": False, "resultPage": {"content": newer, "totalPages": 2}}, docs, say),
        "have your say, half of it without dates": (
            {
                "page": {
                    "content": [
                        row if n < 7 else {"id": row["id"], "shortTitle": row["shortTitle"]}
                        for n, row in enumerate(newer)
                    ]
                }
            },
            tuple(d if d.n < 8 else replace(d, on="None") for d in docs),
            say,
        ),
        "flk": ({"code": 200, "msg": "ok", "total": 20, "rows": items}, cn, flk),
        "keyed anew": ({"results": other_keys, "filters": filters}, docs, declaration),
        "addresses in it": ({"data": {"items": with_links}}, docs, declaration),
        "wrapped rows": ({"hits": {"hits": in_envelopes}}, docs, declaration),
        "names as keys": ({"acts": by_name}, docs, declaration),
    }
    return [Pair(name, "json", json.dumps(shape), docs, how) for name, (shape, docs, how) in shapes.items()]
