"""An invented law as data: words with slots that can change, and the numbers its places have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Slot:
    """Words that matter in law: which tag they are, the choices (words, value), and the one that stands."""

    tag: str
    choices: tuple[tuple[str, str], ...]
    at: int = 0

    @property
    def words(self) -> str:
        return self.choices[self.at][0]

    @property
    def value(self) -> str:
        return self.choices[self.at][1]


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to an article of the same law, printed with the number that article has."""

    uid: str


Part = str | Slot | Ref
Words = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, with or without a list."""

    words: Words
    items: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """An article; ``uid`` is who it is whatever its number. *is_inserted* ones have the number before with a suffix."""

    uid: str
    heading: str
    paragraphs: tuple[Paragraph, ...]
    is_inserted: bool = False
    defines: bool = False


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter with its articles."""

    heading: str
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class Law:
    """A law of one tradition."""

    tradition: str
    title: str
    chapters: tuple[Chapter, ...]

    def articles(self) -> Iterator[Article]:
        for chapter in self.chapters:
            yield from chapter.articles

    def article(self, uid: str) -> Article:
        return next(article for article in self.articles() if article.uid == uid)

    def numbers(self) -> dict[str, tuple[int, int]]:
        """Return (base, suffix) for each article: 5 is (5, 0), 5a or 第五条之一 is (5, 1)."""
        numbers: dict[str, tuple[int, int]] = {}
        base = suffix = 0
        for article in self.articles():
            base, suffix = (base, suffix + 1) if article.is_inserted else (base + 1, 0)
            numbers[article.uid] = (base, suffix)
        return numbers

    def with_article(self, newer: Article) -> Law:
        chapters = tuple(
            replace(chapter, articles=tuple(newer if a.uid == newer.uid else a for a in chapter.articles))
            for chapter in self.chapters
        )
        return replace(self, chapters=chapters)

    def with_order(self, order: list[list[Article]]) -> Law:
        """Return the law with other articles in its chapters."""
        pairs = zip(self.chapters, order, strict=True)
        return replace(self, chapters=tuple(replace(chapter, articles=tuple(articles)) for chapter, articles in pairs))


@dataclass(frozen=True, slots=True)
class Place:
    """One leaf of a law: a paragraph of an article, or an item of its list (None: the paragraph itself)."""

    uid: str
    paragraph: int
    item: int | None = None

    def words(self, law: Law) -> Words:
        paragraph = law.article(self.uid).paragraphs[self.paragraph]
        return paragraph.words if self.item is None else paragraph.items[self.item]

    def put(self, law: Law, words: Words) -> Law:
        """Return *law* with *words* here."""
        article = law.article(self.uid)
        paragraph = article.paragraphs[self.paragraph]
        if self.item is None:
            newer = replace(paragraph, words=words)
        else:
            items = [words if n == self.item else item for n, item in enumerate(paragraph.items)]
            newer = replace(paragraph, items=tuple(items))
        paragraphs = [newer if n == self.paragraph else p for n, p in enumerate(article.paragraphs)]
        return law.with_article(replace(article, paragraphs=tuple(paragraphs)))


def places(law: Law) -> Iterator[Place]:
    """Yield every leaf."""
    for article in law.articles():
        for number, paragraph in enumerate(article.paragraphs):
            yield Place(article.uid, number)
            yield from (Place(article.uid, number, item) for item in range(len(paragraph.items)))
