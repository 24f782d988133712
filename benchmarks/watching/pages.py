"""Invented regulations of 60 articles and about 30 kB: the same page for the same number and edition, everywhere.

Words are drawn from an invented vocabulary by the law of Zipf, so that they compress like law and not like a list.
"""

from __future__ import annotations

from functools import cache
from itertools import accumulate
from random import Random

ARTICLES = 60
_SYLLABLES = "ba con der di ex fi ga im in ken lo ma mis no or per pro qua re se ta ti un ver vi zo".split()
_VOCABULARY = 1500
_IDEOGRAPHS = 600  # the commonest few hundred make up nearly all of a Chinese law
_FIRST_IDEOGRAPH = 0x4E00


def page(number: int, edition: int = 1) -> bytes:
    """Return a regulation: even ones are English, odd ones Chinese; each later *edition* changed one article."""
    chinese = number % 2 == 1
    title = f"星域信息服务管理规定（{number}）" if chinese else f"Regulation {number} on Lamp Signal Services"
    body = "".join(_articles(number, edition, chinese=chinese))
    links = "".join(f'<li><a href="/p/{other}">{other}</a></li>' for other in range(1, 21))
    return (
        f'<!doctype html><html lang="{"zh" if chinese else "en"}"><head><meta charset="utf-8"><title>{title}</title>'
        f'</head><body><nav><ul>{links}</ul></nav><main id="content"><h1>{title}</h1>{body}</main>'
        "<footer><p>Practice Authority</p></footer></body></html>"
    ).encode()


def changed_article(number: int, edition: int) -> int:
    """Return which article of a page *edition* changed, the first edition being none."""
    return Random(f"{number} {edition}").randrange(2, ARTICLES)


def _articles(number: int, edition: int, *, chinese: bool) -> list[str]:
    chance = Random(number)
    articles = [_words(chance, 150 if chinese else 72, chinese=chinese) for _ in range(ARTICLES)]
    for later in range(2, edition + 1):
        at = changed_article(number, later) - 1
        articles[at] = _edit(Random(f"{number} {later} x"), articles[at], chinese=chinese)
    label = "<p>第{}条　{}</p>" if chinese else "<h3>Article {}</h3><p>{}</p>"
    return [label.format(place, _sentence(words, chinese=chinese)) for place, words in enumerate(articles, 1)]


def _words(chance: Random, many: int, *, chinese: bool) -> list[str]:
    stock, weights = _stock(chinese=chinese)
    return chance.choices(stock, cum_weights=weights, k=many)


def _edit(chance: Random, words: list[str], *, chinese: bool) -> list[str]:
    """Return *words* with a quarter of them, in a row, put otherwise."""
    length = len(words) // 4
    start = chance.randrange(len(words) - length)
    return [*words[:start], *_words(chance, length, chinese=chinese), *words[start + length :]]


def _sentence(words: list[str], *, chinese: bool) -> str:
    return "".join(words) + "。" if chinese else " ".join(words).capitalize() + "."


@cache
def _stock(*, chinese: bool) -> tuple[list[str], list[float]]:
    chance = Random(7)
    if chinese:
        stock = [chr(_FIRST_IDEOGRAPH + code) for code in chance.sample(range(20000), _IDEOGRAPHS)]
    else:
        stock = ["".join(chance.choices(_SYLLABLES, k=chance.choice((1, 2, 2, 3, 3, 4)))) for _ in range(_VOCABULARY)]
    return stock, list(accumulate(1 / rank for rank in range(1, len(stock) + 1)))
