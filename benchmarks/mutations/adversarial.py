"""ADV: changes that look like nothing and must always be told."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from html import escape
from importlib.resources import files

from benchmarks.mutations.cases import Case, Expect

_FILLER = {
    "zh": "登记保管人应当保存第{n}号日志，并按照目录逐项核对。",
    "en": "Keeper number {n} shall hold the log of its desk and check the list of samples with care.",
    "nl": "Bewaarder nummer {n} moet het logboek van zijn balie bewaren en de lijst van monsters nazien.",
}


def cases() -> Iterator[Case]:
    """Yield every pair of the table, planted in the third provision of a small law, once in each skin."""
    table = tomllib.loads(files("benchmarks.mutations").joinpath("adversarial.toml").read_text(encoding="utf-8"))
    number = 0
    for language, pairs in table.items():
        for name, old, new in pairs["pairs"]:
            for skin, page in _PAGES[language].items():
                number += 1
                yield _case(f"ADV-{skin}-{number:04d}", skin, page, language, name, old, new)


def _case(ident: str, skin: str, page: tuple[str, str, str], language: str, name: str, old: str, new: str) -> Case:
    jurisdiction, eid, _ = page
    expect = Expect(leaves=frozenset({("modified", eid, eid)}))
    return Case(ident, "ADV", skin, jurisdiction, name, _body(page, language, old), _body(page, language, new), expect)


def _body(page: tuple[str, str, str], language: str, words: str) -> bytes:
    texts = (
        [_FILLER[language].format(n=n) for n in (21, 22)] + [words] + [_FILLER[language].format(n=n) for n in (24, 25)]
    )
    head, line, tail = page[2].split("\n---\n")
    page_texts = texts if head.startswith("#") else [escape(text) for text in texts]
    lines = [line.format(n=n, zh="一二三四五"[n - 1], words=text) for n, text in enumerate(page_texts, 1)]
    return (head + "\n" + "\n".join(lines) + "\n" + tail).encode()


_CAC = (
    "cn", "art_3",
    '<html lang="zh-CN"><head><meta charset="utf-8"><title>样本册规定_国家互联网信息办公室</title></head><body>'
    '<h1 class="title">样本册管理规定</h1><div id="BodyLabel"><p>样本册管理规定</p>\n---\n'
    "<p><strong>第{zh}条</strong>　{words}</p>\n---\n</div></body></html>",
)  # fmt: skip
_MARKDOWN = ("cn", "art_3", "# 样本册管理规定\n\n2031年2月1日公布\n\n---\n第{zh}条 {words}\n\n---\n")
_JOURNAL = (
    "eu", "art_3",
    '<html><head><title>L_1</title></head><body><div class="eli-container">'
    '<p class="oj-doc-ti">REGULATION (EU) 2031/78</p>'
    '<p class="oj-doc-ti">on sample books</p><p class="oj-normal">HAVE ADOPTED THIS REGULATION:</p>\n---\n'
    '<div class="eli-subdivision"><p class="oj-ti-art">Article {n}</p><p class="oj-sti-art">Desk {n}</p>'
    '<p class="oj-normal">{words}</p></div>\n---\n</div></body></html>',
)  # fmt: skip
_ECFR = (
    "us", "sec_9.3",
    '<?xml version="1.0"?><DIV5 N="9" TYPE="PART"><HEAD>PART 9&#x2014;SAMPLE BOOKS</HEAD>\n---\n'
    '<DIV8 N="9.{n}" TYPE="SECTION"><HEAD>&#xA7; 9.{n} Desk {n}.</HEAD><P>{words}</P></DIV8>\n---\n</DIV5>',
)  # fmt: skip
_PAGES = {
    "zh": {"zh cac": _CAC, "zh markdown": _MARKDOWN},
    "en": {"eu_en": _JOURNAL, "us": _ECFR},
    "nl": {"eu_nl": _JOURNAL},
}
