"""A page that speaks about a law is not the law, however many of its sections it prints."""

import pytest

from tracker.reading.about_law import is_about_law
from tracker.reading.read import read
from tracker.reading.structure.draft import ReadingContext

KEEP = "The operator of a lighthouse must obtain consent before it lights a lamp, and must keep a record of each lamp."
LIGHT = "灯塔管理人应当在日落前点亮灯塔，并如实记录每次点亮的时间，保存期限不少于二年，接受监督检查。"


def page(headline: str, *lines: str) -> bytes:
    """Return a web page under *headline*."""
    body = "".join(f"<p>{line}</p>" for line in lines)
    return f"<!DOCTYPE html><html><body><main><h1>{headline}</h1>{body}</main></body></html>".encode()


PAGES = {
    "us, an order": page("FACT SHEET: The President Orders Lamps", "Section 1. Results.", KEEP, "Sec. 2. Lamps.", KEEP),
    "us, a rule": page(
        "The Lamp Rule (16 CFR Part 399): Frequently Asked Questions", "§ 399.1 Terms.", KEEP, "§ 399.2 Lamps.", KEEP
    ),
    "eu": page("Questions and answers: Regulation (EU) 2099/9", "Article 1", KEEP, "Article 2", KEEP),
    "eu, in French": page("Questions et réponses sur le règlement (UE) 2099/9", "Article 1", KEEP, "Article 2", KEEP),
    "in": page("Frequently Asked Questions on the Lamps Act, 2099", "1. Short title.—" + KEEP, "2. Lamps.—" + KEEP),
    "cn": page("有关负责人就《灯塔服务管理办法》答记者问", "第一条　" + LIGHT, "第二条　" + LIGHT, "第三条　" + LIGHT),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_about_a_law_is_refused_though_it_prints_sections(name):
    reading = read(PAGES[name], ReadingContext(jurisdiction=name[:2]))

    assert any(flaw.fatal and flaw.cause in {"about a law", "no provisions"} for flaw in reading.flaws)
    assert any("about a law, not one" in flaw.text for flaw in reading.flaws)


@pytest.mark.parametrize("name", ["us, a rule", "eu"])
def test_a_page_about_a_law_that_is_declared_as_guidance_is_watched(name):
    reading = read(PAGES[name], ReadingContext(jurisdiction=name[:2], kind="guidance"))

    assert all(flaw.cause != "about a law" for flaw in reading.flaws)


@pytest.mark.parametrize(
    "headline",
    [
        "An Act concerning fact sheets",
        "REGULATION (EU) 2099/9 on frequently asked questions of users",
        "Press and Registration of Books Act, 1867",
        "国务院关于公布《灯塔服务管理办法》的决定",
        "",
    ],
)
def test_a_law_may_speak_of_such_pages(headline):
    assert not is_about_law(headline)


def test_guidance_on_a_rule_is_no_regulation_and_has_not_its_number():
    text = "\n\n".join(["GUIDANCE ON THE LAMP RULE", "§ 399.1 Terms.", KEEP, "§ 399.2 Lamps.", KEEP])

    reading = read(text.encode(), ReadingContext(jurisdiction="us"))

    assert (reading.type, reading.number) == ("guidance", "")


def test_the_rule_itself_is_a_regulation():
    text = "\n\n".join(["PART 399—THE LAMP RULE", "§ 399.1 Terms.", KEEP, "§ 399.2 Lamps.", KEEP])

    assert read(text.encode(), ReadingContext(jurisdiction="us")).type == "regulation"
