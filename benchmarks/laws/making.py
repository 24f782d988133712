"""Make a law: draw words from the tables of its language, the same for the same seed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from benchmarks.laws.model import Article, Chapter, Law, Paragraph, Part, Ref, Slot, Words
from benchmarks.laws.traditions import TRADITIONS

_FIELD = re.compile(r"\{(\w+)(?::(\w+))?\}")
_POOLS = {
    "actor": "actors",
    "deed": "deeds",
    "object": "objects",
    "event": "events",
    "condition": "conditions",
    "term": "terms",
}


@cache
def table(language: str) -> dict[str, Any]:
    """Return the words of a language."""
    return tomllib.loads((files("benchmarks.laws") / "words" / f"{language}.toml").read_text(encoding="utf-8"))


class Maker:
    """Makes laws, articles and sentences of one tradition from one stream of chance."""

    def __init__(self, tradition: str, chance: Random) -> None:
        self.tradition = TRADITIONS[tradition]
        self.chance = chance
        self.words = table(self.tradition.language)
        self._uids = 0
        self._topics: list[str] = []

    def law(self, articles: int = 14) -> Law:
        """Return a law of about *articles* articles in chapters; the first defines, the last commences."""
        title = self._pick("titles")
        body = [self.article() for _ in range(articles - 2)]
        body.insert(1, self.definitions())
        uids = [article.uid for article in body]
        body = [self._settle_references(article, uids) for article in body]
        body.append(self._commencement())
        headings = self.words["chapters"]
        size = -(-len(body) // len(headings))
        parts = [body[start : start + size] for start in range(0, len(body), size)]
        chapters = [Chapter(heading, tuple(part)) for heading, part in zip(headings, parts, strict=False)]
        return Law(self.tradition.name, title, tuple(chapters))

    def article(self, topic: str = "") -> Article:
        """Return a new article on a topic of its own."""
        topic = topic or self.topic()
        heading = self._fill(self._pick("headings"), topic) if self.words["headings"] else ("",)
        paragraphs = [self.paragraph(topic) for _ in range(self.chance.choice((1, 1, 2, 2, 3, 4)))]
        if self.chance.random() < 0.12:
            paragraphs.append(Paragraph(self._fill(self._pick("penalties"), topic)))
        return Article(self._uid(), "".join(map(str, heading)), tuple(paragraphs))

    def paragraph(self, topic: str) -> Paragraph:
        """Return a paragraph of one to three sentences, or one with a list."""
        if self.chance.random() < 0.25:
            count = self.chance.randint(2, 5)
            items = self.chance.sample(self.words["items"], min(count, len(self.words["items"])))
            list_items = [self._fill(item, topic) for item in items]
            return Paragraph(
                self._fill(self._pick("chapeaux"), topic), _with_ends(list_items, self.tradition.item_ends)
            )
        templates = self.chance.sample(self.words["sentences"], self.chance.choice((1, 1, 2, 3)))
        return Paragraph(self.tradition.join([self._fill(template, topic) for template in templates]))

    def sentence(self, topic: str) -> Words:
        """Return one more sentence on a topic."""
        return self._fill(self._pick("sentences"), topic)

    def item(self, topic: str) -> Words:
        """Return one more item, without its end."""
        return self._fill(self._pick("items"), topic)

    def proviso(self, topic: str) -> Words:
        """Return an exception as a sentence."""
        return self._fill(self._pick("provisos"), topic)

    def definitions(self) -> Article:
        """Return the article that defines terms."""
        terms = self.chance.sample(self.words["terms"], self.chance.randint(4, 7))
        items = [self._fill(self._pick("definition_items"), self.topic(), term) for term in terms]
        chapeau, heading = self.tradition.definitions_head
        paragraph = Paragraph((chapeau,), _with_ends(items, self.tradition.item_ends))
        return Article(self._uid(), heading, (paragraph,), defines=True)

    def definition(self) -> Words:
        """Return one more definition, without its end."""
        return self._fill(self._pick("definition_items"), self.topic(), "new " + self.topic())

    def topic(self) -> str:
        """Return a topic no other article has."""
        while True:
            gap = "" if self.tradition.language == "zh" else " "
            topic = self.chance.choice(self.words["first"]) + gap + self.chance.choice(self.words["second"])
            if topic not in self._topics:
                self._topics.append(topic)
                return topic
            if len(self._topics) >= 0.9 * len(self.words["first"]) * len(self.words["second"]):
                self._topics.clear()

    def _uid(self) -> str:
        self._uids += 1
        return f"u{self._uids}"

    def _pick(self, name: str) -> Any:
        return self.chance.choice(self.words[name])

    def _commencement(self) -> Article:
        words = self._fill(self.words["commencement"], "")
        return Article(self._uid(), self.tradition.commencement, (Paragraph(words),))

    def _settle_references(self, article: Article, uids: list[str]) -> Article:
        """Return *article* with every open reference pointing at another article."""
        others = [uid for uid in uids if uid != article.uid]

        def settle(words: Words) -> Words:
            return tuple(Ref(self.chance.choice(others)) if part == Ref("") else part for part in words)

        paragraphs = [replace(p, words=settle(p.words), items=tuple(map(settle, p.items))) for p in article.paragraphs]
        return replace(article, paragraphs=tuple(paragraphs))

    def settle(self, words: Words, law: Law) -> Words:
        """Return *words* with open references pointing at articles of *law*."""
        uids = [article.uid for article in law.articles()]
        return tuple(Ref(self.chance.choice(uids)) if part == Ref("") else part for part in words)

    def settle_article(self, article: Article, law: Law) -> Article:
        """Return *article* with open references pointing at articles of *law*."""
        return self._settle_references(article, [other.uid for other in law.articles()])

    def _fill(self, template: str, topic: str, term: str = "") -> Words:
        parts: list[Part] = []
        at = 0
        for hit in _FIELD.finditer(template):
            parts.append(template[at : hit.start()])
            parts.append(self._field(hit[1], hit[2], topic, term))
            at = hit.end()
        parts.append(template[at:])
        return _join(parts)

    def _field(self, name: str, slot: str | None, topic: str, term: str) -> Part:
        if slot:
            slot_words = self.words["slots"].get(f"{slot}_{self.tradition.jurisdiction}") or self.words["slots"][slot]
            choices = tuple((words, value) for words, value in slot_words["choices"])
            return Slot(slot_words["tag"], choices, self.chance.randrange(len(choices)))
        if name == "ref":
            return Ref("")
        if name.lower() == "law":
            return self.tradition.law_word
        low = name.lower()
        text = topic if low == "topic" else term if low == "term" and term else self._pick(_POOLS[low])
        return str(text[0].upper() + text[1:] if name[0].isupper() else text)


def _with_ends(items: Iterable[Words], ends: tuple[str, str, str]) -> tuple[Words, ...]:
    """Return items with what stands at their ends: between, before the last, and at the very end."""
    rows = list(items)
    tails = [ends[0]] * (len(rows) - 2) + [ends[1], ends[2]]
    return tuple(_join([*item, tail]) for item, tail in zip(rows, tails[-len(rows) :], strict=True))


def _join(parts: Iterable[Part]) -> Words:
    result: list[Part] = []
    for part in parts:
        if isinstance(part, str) and result and isinstance(result[-1], str):
            result[-1] += part
        elif part != "":
            result.append(part)
    return tuple(result)
