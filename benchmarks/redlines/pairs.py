"""Eleven pairs of one law of sixty articles, each with what a lawyer would mark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from random import Random

from benchmarks.laws.making import Maker
from benchmarks.laws.model import Article, Law, Paragraph, Part, Place, Ref, Slot, places
from benchmarks.laws.printing import Print, lines, print_law
from benchmarks.laws.traditions import TRADITIONS
from benchmarks.mutations import equivalents as eq

ARTICLES = 60
_PHRASE = {"zh": "以及其他有关的书面资料目录", "en": " together with all other records of the desk"}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two versions as pages and as plain text, with the characters and the edits of the truth."""

    name: str
    jurisdiction: str
    old_page: bytes
    new_page: bytes
    old_text: str
    new_text: str
    truth: int
    edits: int


def pairs(seed: int) -> Iterator[Pair]:
    """Yield the eleven cases."""
    for tradition, language in (("eu_en", "EN"), ("zh", "ZH")):
        maker = Maker(tradition, Random(f"{seed}/{tradition}"))
        law = maker.law(ARTICLES)
        for name, change in _CASES.items():
            if name != "full-width punctuation only" or language == "ZH":
                yield change(f"{name}, {language}", law, maker)


def text_of(law: Law, how: Print) -> str:
    """Return a law as the plain text a tool for text would be given: one line for each paragraph."""
    text_lines = [" ".join(filter(None, (line.label, line.heading, line.text))) for line in lines(law, how)]
    return "\n".join(text_lines) + "\n"


def _pair(name: str, old: Law, new: Law, truth: int, edits: int, how: Print | None = None) -> Pair:
    plain = Print(TRADITIONS[old.tradition].skins[0])
    other = replace(how, skin=plain.skin) if how else plain
    pages = print_law(old, plain), print_law(new, other)
    texts = text_of(old, plain), text_of(new, other)
    return Pair(name, TRADITIONS[old.tradition].jurisdiction, *pages, *texts, truth, edits)


def _phrase(name: str, law: Law, maker: Maker) -> Pair:
    phrase = _PHRASE[maker.tradition.language]
    place = _middle(law)
    words = place.words(law)
    end = next(n for n in range(len(words) - 1, -1, -1) if isinstance(words[n], str))
    last = str(words[end])
    newer: tuple[Part, ...] = (*words[:end], last[:-1] + phrase + last[-1], *words[end + 1 :])
    return _pair(name, law, place.put(law, newer), len(phrase), 1)


def _middle(law: Law) -> Place:
    plain = [place for place in places(law) if place.item is None and not law.article(place.uid).paragraphs[0].items]
    ends = [place for place in plain if isinstance(place.words(law)[-1], str) and place.words(law)[-1] in (".", "。")]
    return (ends or [p for p in plain if str(p.words(law)[-1]).endswith((".", "。"))])[len(ends) // 2]


def _insert_article(name: str, law: Law, maker: Maker) -> Pair:
    order = [list(chapter.articles) for chapter in law.chapters]
    article = maker.settle_article(maker.article(), law)
    order[0].insert(3, article)
    new = law.with_order(order)
    tradition = TRADITIONS[law.tradition]
    words = sum(len(tradition.text(w, new)) for p in article.paragraphs for w in (p.words, *p.items)) + len(
        article.heading
    )
    refs, _ = _moving_references(law, new)
    return _pair(name, law, new, words + refs, 1 + len(order[0]) - 4 + sum(map(len, order[1:])))


def _moving_references(old: Law, new: Law) -> tuple[int, set[str]]:
    """Return the characters of references that follow their targets to new numbers, and the articles they stand in."""
    tradition, before, after = TRADITIONS[old.tradition], old.numbers(), new.numbers()
    references = [
        (place.uid, part.uid)
        for place in places(old)
        for part in place.words(old)
        if isinstance(part, Ref) and before[part.uid] != after[part.uid]
    ]
    size = sum(len(tradition.reference(before[uid])) + len(tradition.reference(after[uid])) for _, uid in references)
    return size, {home for home, _ in references}


def _deadline(name: str, law: Law, maker: Maker) -> Pair:  # noqa: ARG001 - every case takes the same
    for place in places(law):
        words = place.words(law)
        for number, part in enumerate(words):
            if isinstance(part, Slot) and part.tag == "deadline" and part.words in ("30 days", "三十日"):
                other = replace(part, at=next(n for n, (w, _) in enumerate(part.choices) if w in ("10 days", "十日")))
                new = place.put(law, (*words[:number], other, *words[number + 1 :]))
                return _pair(name, law, new, len(part.words) + len(other.words), 1)
    raise ValueError("no such deadline in this law")


def _swap_articles(name: str, law: Law, maker: Maker) -> Pair:  # noqa: ARG001
    order = [list(chapter.articles) for chapter in law.chapters]
    uids = {order[1][2].uid, order[1][7].uid}
    order[1][2], order[1][7] = order[1][7], order[1][2]
    new = law.with_order(order)
    refs, homes = _moving_references(law, new)
    return _pair(name, law, new, refs, len(uids | homes))


def _invisible(name: str, law: Law, maker: Maker) -> Pair:
    dresser = eq.Dresser(Random(5), 0.05)
    language = maker.tradition.language

    def dress(text: str) -> str:
        text = dresser.insert_invisible(text)
        return text if language == "zh" else dresser.by_class(eq.SINGLE_QUOTES, dresser.blanks(text))

    return _pair(name, law, law, 0, 0, Print(dress=dress))


def _punctuation(name: str, law: Law, maker: Maker) -> Pair:  # noqa: ARG001
    dresser = eq.Dresser(Random(5), 1.0)
    return _pair(name, law, law, 0, 0, Print(dress=lambda text: dresser.by_table(eq.NARROW, text)))


_CASES: dict[str, Callable[[str, Law, Maker], Pair]] = {
    "phrase added": _phrase,
    "article inserted, the rest renumbered": _insert_article,
    "deadline 30 to 10 days": _deadline,
    "two articles swapped": _swap_articles,
    "invisible change": _invisible,
    "full-width punctuation only": _punctuation,
}


def large(seed: int, articles: int) -> tuple[Law, Law]:
    """Return two versions of a large law: one article in twenty changed, some new, some gone, all renumbered."""
    maker = Maker("eu_en", Random(f"{seed}/large"))
    law = maker.law(articles)
    chance = Random(seed)
    order: list[list[Article]] = []
    for chapter in law.chapters:
        survivors = [article for article in chapter.articles if chance.random() > 0.01]
        newer = [_with_sentence(a, maker, law) if chance.random() < 0.05 else a for a in survivors]
        newer.insert(len(newer) // 2, maker.settle_article(maker.article(), law))
        order.append(newer)
    return law, law.with_order(order)


def _with_sentence(article: Article, maker: Maker, law: Law) -> Article:
    extra = Paragraph(maker.settle(maker.sentence(maker.topic()), law))
    return replace(article, paragraphs=(*article.paragraphs, extra))
