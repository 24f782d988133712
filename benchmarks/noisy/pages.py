"""Made pages: laws and guidance, English and Chinese, with noise before, inside or behind the text, in its own column.

Noise is drawn anew for each request: a time, a counter, a token, a list of links, and a counter inside a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random

UNITS = 14
_SIGNS = "灯塔守人在日落前点亮并记录时刻天气航行安全信息服务提供网络数据管理部门依照规定报送保存标识公开评估"
_SYLLABLES = "ba de fi go lu ma ne pi ro su ta ve wi xo ky zan mer tol rin dus".split()
_NUMERALS = "一二三四五六七八九十"
_OTHERS = 40  # addresses a list of links is drawn from
KINDS = (("law", "en"), ("law", "zh"), ("guidance", "en"), ("guidance", "zh"))
PLACES = ("before", "middle", "after")


@dataclass(frozen=True, slots=True)
class MadePage:
    """One page by its number: what it is, where its noise stands, and whether and where it will change."""

    number: int

    @property
    def kind(self) -> str:
        """``law`` with articles, or ``guidance`` without any numbers."""
        return KINDS[self.number % 4][0]

    @property
    def language(self) -> str:
        """``en`` or ``zh``."""
        return KINDS[self.number % 4][1]

    @property
    def place(self) -> str:
        """Where the noise stands in the column of text."""
        return PLACES[self.number // 4 % 3]

    @property
    def inline(self) -> bool:
        """Whether a counter stands inside a sentence as well."""
        return self.number // 12 % 2 == 1

    @property
    def changes(self) -> bool:
        """Whether the page is among the fifth that change."""
        return self.number % 5 == 0

    @property
    def unit(self) -> int:
        """Which unit changes."""
        return 2 + self.number // 5 % (UNITS - 3)

    @property
    def edit(self) -> tuple[str, str]:
        """What the unit says before and after the change."""
        number = 30 + self.number % 7
        if self.language == "zh":
            return f"并在{number}日内报告", f"并在{number - 20}日内报告"
        return f"and report within {number} days", f"and report within {number - 20} days"

    @property
    def title(self) -> str:
        """What the page is called."""
        if self.language == "zh":
            return f"练习灯塔管理{'办法' if self.kind == 'law' else '指南'}（{self.number}）"
        return f"Practice {'Regulation' if self.kind == 'law' else 'Guidance'} {self.number} on Lighthouses"


def page(made_page: MadePage, *, has_changed: bool, request: int, chance: Random) -> bytes:
    """Return the page as it answers the *request*-th request; *chance* draws its noise."""
    body = list(_text(made_page, has_changed=has_changed and made_page.changes, views=1000 + request))
    noise = _noise(made_page.language, request, chance)
    at = {"before": 0, "middle": len(body) // 2, "after": len(body)}[made_page.place]
    body[at:at] = noise
    token = f"{chance.getrandbits(96):024x}"
    return (
        f'<!doctype html><html lang="{"zh-CN" if made_page.language == "zh" else "en"}"><head><meta charset="utf-8">'
        f'<meta name="csrf-token" content="{token}"><title>{made_page.title}</title></head><body><div class="site">'
        f'<ul><li><a href="/">{"首页" if made_page.language == "zh" else "Home"}</a></li></ul></div>'
        f'<div id="text"><form><input type="hidden" name="csrf" value="{token}"></form><h1>{made_page.title}</h1>'
        f"{''.join(body)}</div></body></html>"
    ).encode()


def _text(made_page: MadePage, *, has_changed: bool, views: int) -> Iterator[str]:
    chance = Random(made_page.number)
    for number in range(1, UNITS + 1):
        text = _sentence(chance, made_page.language)
        if number == made_page.unit:
            text = f"{text[:-1]}{'，' if made_page.language == 'zh' else ' '}{made_page.edit[has_changed]}{text[-1]}"
        if made_page.inline and number == UNITS // 2:
            text += (
                f" <span>（阅读{views}次）</span>" if made_page.language == "zh" else f" <span>(Views {views})</span>"
            )
        if made_page.kind == "guidance":
            yield f"<p>{text}</p>"
        elif made_page.language == "zh":
            yield f"<p><strong>第{_chinese(number)}条</strong>　{text}</p>"
        else:
            yield f"<h3>Article {number}</h3><p>{text}</p>"


def _noise(language: str, request: int, chance: Random) -> list[str]:
    now, zh = datetime.now(UTC), language == "zh"
    name = "相关文章：" if zh else "Another notice: "
    links = "".join(
        f'<li><a href="/other/{n}">{name}{_sentence(Random(n), language)[:30]}</a></li>'
        for n in chance.sample(range(_OTHERS), 5)
    )
    return [
        f"<p>{'页面生成时间：' if zh else 'Page generated '}{now:%Y-%m-%d %H:%M:%S}.{now.microsecond // 1000:03d}</p>",
        f"<p>{'访问次数：' if zh else 'Visits: '}{100_000 + request * 3:,}</p>",
        f"<p>{'请求编号：' if zh else 'Request '}{chance.getrandbits(64):016x}</p>",
        f"<ul>{links}</ul>",
    ]


def _sentence(chance: Random, language: str) -> str:
    if language == "zh":
        return f"提供者应当{''.join(chance.choices(_SIGNS, k=60))}。"
    words = ["".join(chance.choices(_SYLLABLES, k=chance.randint(1, 3))) for _ in range(30)]
    return f"The keeper shall {' '.join(words)}."


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("十" if tens else "") + (_NUMERALS[ones - 1] if ones else "")
