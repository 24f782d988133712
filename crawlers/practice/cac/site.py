"""The practice CAC site: what it answers on each day."""

from __future__ import annotations

import tomllib
from datetime import datetime, time, timedelta
from functools import cache
from html import escape
from typing import Any

from crawlers.practice.cac.lines import PracticeLine, lines
from crawlers.practice.model import PracticeAnswer, PracticeRequest, html, not_found
from crawlers.practice.texts import ROOT, law, parts, template

ROBOTS = "User-agent: *\nDisallow: /zfz/\nDisallow: /wxb_zfz/\n"
TRAP = "/zfz/"

_STYLES = (  # of paragraphs, before and after the new template
    {
        "centre": "text-align: center; white-space: normal; text-indent: 0em;",
        "right": "text-align: right; white-space: normal; text-indent: 0em;",
        "flush": "text-indent:2em;text-align: justify;text-justify:inter-ideograph;white-space:normal;",
    },
    {"centre": "text-align:center", "right": "text-align:right", "flush": "text-indent:2em"},
)
_SPACE_AFTER_LABEL = (" ", "　")  # white space may differ; the text does not
_CHAPTER_SPACE = (" ", "　")


def answer(request: PracticeRequest) -> PracticeAnswer:
    """Answer one request to the practice CAC."""
    site = _site()
    if request.path == site["list"]["path"]:
        return html(_list(site, request))
    for page in site["page"]:
        if request.path == page["path"] and request.day >= page["since"]:
            return _page(page, request)
    return not_found()


@cache
def _site() -> dict[str, Any]:
    return tomllib.loads((ROOT / "cac" / "pages.toml").read_text(encoding="utf-8"))


def _page(page: dict[str, Any], request: PracticeRequest) -> PracticeAnswer:
    if page.get("old"):
        # declared as gb2312 and really GB18030, as these old pages are
        body = _old(page, request).encode("gb18030")
        return PracticeAnswer(body, headers={"Content-Type": "text/html"})
    shell = template("cac", "page-2026.html" if request.new_template else "page-2025.html")
    text = shell.substitute(
        title=page["title"], published=page["published"], body=_body(page, request), **_noise(request)
    )
    return html(text)


def _body(page: dict[str, Any], request: PracticeRequest) -> str:
    pieces = [*page["before"]]
    if request.day >= page.get("history_since", request.day + 1):
        pieces.append(page["history"])
    pieces_by_name = parts("cac", "order.html")
    styles = _STYLES[request.new_template]
    text = [pieces_by_name[name].substitute(styles) for name in pieces]
    if "law" in page:
        text += [_paragraph(line, request) for line in lines(law("cac", page["law"], request.day))]
    text += [pieces_by_name[name].substitute(styles) for name in page.get("after", [])]
    markup = "".join(piece.strip() for piece in text)
    return markup.replace("</p><p", "</p>\n\n<p") if request.new_template else markup


def _paragraph(line: PracticeLine, request: PracticeRequest) -> str:
    styles = _STYLES[request.new_template]
    if line.chapter:
        heading = f"{line.label}{_CHAPTER_SPACE[request.new_template]}{_spread(line.text, request)}"
        return f'<p style="{styles["centre"]}"><strong>{heading}</strong></p>'
    label = f"<strong>{line.label}</strong>{_SPACE_AFTER_LABEL[request.new_template]}" if line.label else ""
    return f'<p style="{styles["flush"]}">{label}{escape(line.text, quote=False)}</p>'


def _spread(heading: str, request: PracticeRequest) -> str:
    """Print a heading of two characters as the site does, with a space between them; which space varies."""
    return (" " if request.new_template else "　").join(heading) if len(heading) == 2 else heading


def _old(page: dict[str, Any], request: PracticeRequest) -> str:
    space = "&nbsp;" if request.new_template else "　"
    rows = [f"<p>　　{line.label}{space}{line.text}</p>" for line in lines(law("cac", page["law"], request.day))]
    text = template("cac", "old-2016.html").substitute(
        title=page["title"], published=page["published"], body="\n".join(rows), **_noise(request)
    )
    return text.replace("<p>　　", "<p>\n&nbsp;&nbsp;") if request.new_template else text


def _list(site: dict[str, Any], request: PracticeRequest) -> str:
    current_pages = [page for page in site["page"] if request.day >= page["since"] and not page.get("old")]
    rows = ("\n" if request.new_template else "").join(_row(page, request) for page in current_pages)
    shell = template("cac", "list-2026.html" if request.new_template else "list-2025.html")
    return shell.substitute(rows=rows, **_noise(request))


def _row(page: dict[str, Any], request: PracticeRequest) -> str:
    href = request.origin.removeprefix("http:") + page["path"]
    cut = page["title"] if len(page["title"]) < 30 else page["title"][:28] + "…"
    day = page["published"][:11].replace("年", "-").replace("月", "-").removesuffix("日")
    link = f'<a href="{href}" target="_blank" title="{page["title"]}">{cut}</a>'
    return f'<li><h5>{link}</h5><div class="times">{day}</div></li>'


def _noise(request: PracticeRequest) -> dict[str, object]:
    """Return what differs on every request though nothing happened."""
    built_at = datetime.combine(request.on, time(1)) + timedelta(seconds=request.token)
    return {
        "regenerated": f"{built_at:%Y/%m/%d %H:%M:%S}",
        "token": f"{request.token * 2654435761 % 2**32:08x}",
        "visits": 48_000 + request.token,
    }
