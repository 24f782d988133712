"""MUT-X: articles that come, go, move, split, merge and are rewritten, with every number and reference following."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from benchmarks.laws.making import Maker
from benchmarks.laws.model import Article, Law, Paragraph, Part, Place, Ref, Slot
from benchmarks.laws.traditions import TRADITIONS
from benchmarks.mutations.cases import Expect, Record
from benchmarks.mutations.truth import truth

Order = list[list[Article]]
Mutation = tuple[Law, Law, Expect]
Maybe = Mutation | None


def structural(kind: str, law: Law, maker: Maker, chance: Random) -> Maybe:
    """Return the law before and after one mutation of *kind*, or None where it does not fit."""
    return _KINDS[kind](law, maker, chance)


def _order(law: Law) -> Order:
    return [list(chapter.articles) for chapter in law.chapters]


def _spots(order: Order) -> list[tuple[int, int]]:
    """Return (chapter, place) of the articles that may change: not the first, the definitions or the commencement."""
    spots = [(c, p) for c, articles in enumerate(order) for p in range(len(articles))]
    return [(c, p) for c, p in spots[1:-1] if not order[c][p].defines]


def _targets(law: Law) -> set[str]:
    words = (w for a in law.articles() for p in a.paragraphs for w in (p.words, *p.items))
    return {part.uid for text in words for part in text if isinstance(part, Ref)}


def _new_article(law: Law, maker: Maker) -> Article:
    return maker.settle_article(maker.article(), law)


def _insert_article(law: Law, maker: Maker, chance: Random) -> Maybe:
    order = _order(law)
    c, p = chance.choice(_spots(order))
    order[c].insert(p, _new_article(law, maker))
    new = law.with_order(order)
    return law, new, truth(law, new)


def _inserted_between(law: Law, maker: Maker, chance: Random) -> Maybe:
    order = _order(law)
    c, p = chance.choice(_spots(order))
    order[c].insert(p + 1, replace(_new_article(law, maker), is_inserted=True))
    new = law.with_order(order)
    return law, new, truth(law, new)


def _remove_article(law: Law, maker: Maker, chance: Random) -> Maybe:  # noqa: ARG001 - every kind takes the same
    order, targets = _order(law), _targets(law)
    free = [(c, p) for c, p in _spots(order) if order[c][p].uid not in targets and len(order[c]) > 1]
    if not free:
        return None
    c, p = chance.choice(free)
    del order[c][p]
    new = law.with_order(order)
    return law, new, truth(law, new)


def _move_article(law: Law, maker: Maker, chance: Random) -> Maybe:  # noqa: ARG001
    order = _order(law)
    flat = [spot for spot in _spots(order) if len(order[spot[0]]) > 1]
    (c, p), (d, q) = chance.choice(flat), chance.choice(flat)
    if abs(c - d) < 1 or abs(_flat(order, c, p) - _flat(order, d, q)) < 3:
        return None
    article = order[c].pop(p)
    order[d].insert(q, article)
    new = law.with_order(order)
    return law, new, truth(law, new, moves=frozenset({article.uid}))


def _flat(order: Order, chapter: int, place: int) -> int:
    return sum(map(len, order[:chapter])) + place


def _swap_articles(law: Law, maker: Maker, chance: Random) -> Maybe:  # noqa: ARG001
    order = _order(law)
    (c, p), (d, q) = chance.choice(_spots(order)), chance.choice(_spots(order))
    if abs(_flat(order, c, p) - _flat(order, d, q)) < 3:
        return None
    one, other = order[c][p], order[d][q]
    order[c][p], order[d][q] = other, one
    new = law.with_order(order)
    return law, new, truth(law, new, moves=frozenset({one.uid, other.uid}))


def _swapped_neighbours(law: Law, maker: Maker, chance: Random) -> Maybe:  # noqa: ARG001
    order = _order(law)
    c, p = chance.choice(_spots(order))
    if (c, p + 1) not in _spots(order):
        return None
    one, other = order[c][p], order[c][p + 1]
    order[c][p], order[c][p + 1] = other, one
    new = law.with_order(order)
    expect = truth(law, new, moves=frozenset({one.uid}))
    also = truth(law, new, moves=frozenset({other.uid})).units
    return law, new, replace(expect, or_units=(also or frozenset(),))


def _split(law: Law, maker: Maker, chance: Random, *, within_paragraph: bool = False) -> Maybe:
    order = _order(law)
    c, p = chance.choice(_spots(order))
    model, rest = maker.article(), maker.article()
    sentences = [maker.settle(maker.sentence(maker.topic()), law) for _ in range(chance.randint(4, 7))]
    cut = chance.randint(2, len(sentences) - 2)
    join = TRADITIONS[law.tradition].join
    uid = order[c][p].uid

    def paragraphs(texts: list[tuple[object, ...]]) -> tuple[Paragraph, ...]:
        if within_paragraph:
            return (Paragraph(join(texts)),)  # type: ignore[arg-type]  # sentences are words
        return tuple(Paragraph(words) for words in texts)  # type: ignore[arg-type]

    whole = Article(uid, model.heading, paragraphs(sentences))  # type: ignore[arg-type]
    first = Article(uid, model.heading, paragraphs(sentences[:cut]))  # type: ignore[arg-type]
    second = Article(rest.uid, rest.heading, paragraphs(sentences[cut:]))  # type: ignore[arg-type]
    old = law.with_article(whole)
    order = _order(old)
    order[c][p : p + 1] = [first, second]
    new = old.with_order(order)
    return old, new, truth(old, new, families=(("split", uid, (uid, rest.uid)),))


def _split_sentences(law: Law, maker: Maker, chance: Random) -> Maybe:
    return _split(law, maker, chance, within_paragraph=True)


def _merge_articles(law: Law, maker: Maker, chance: Random) -> Maybe:
    return _reverse(_split(law, maker, chance))


def _merged_sentences(law: Law, maker: Maker, chance: Random) -> Maybe:
    return _reverse(_split(law, maker, chance, within_paragraph=True))


def _reverse(mutation: Maybe) -> Maybe:
    if mutation is None:
        return None
    new, old, expect = mutation
    (kind, whole, _), *_ = [unit for unit in expect.units or () if unit[0] == "split"]
    parts = [unit[2] for unit in expect.units or () if unit[0] == "split" and unit[1] == whole]
    tradition = TRADITIONS[old.tradition]
    uids = {tradition.unit_eid(number): uid for uid, number in old.numbers().items()}
    by_new = {tradition.unit_eid(number): uid for uid, number in new.numbers().items()}
    assert kind == "split"
    family = ("merged", by_new[whole or ""], tuple(uids[part or ""] for part in parts))
    return old, new, truth(old, new, families=(family,))


def _rewritten(law: Law, maker: Maker, chance: Random) -> Maybe:
    """Replace 15 to 60 percent of an article's sentences."""
    order = _order(law)
    c, p = chance.choice(_spots(order))
    topic, article = maker.topic(), order[c][p]
    count = chance.randint(4, 7)
    sentences = [maker.settle(maker.sentence(topic), law) for _ in range(count)]
    others = list(sentences)
    for at in chance.sample(range(count), max(1, round(count * chance.uniform(0.15, 0.6)))):
        others[at] = maker.settle(maker.sentence(topic), law)
    join = TRADITIONS[law.tradition].join
    if join(sentences) == join(others):
        return None
    old = law.with_article(replace(article, paragraphs=(Paragraph(join(sentences)),)))
    new = law.with_article(replace(article, paragraphs=(Paragraph(join(others)),)))
    return old, new, truth(old, new)


def _near_duplicate(law: Law, maker: Maker, chance: Random) -> Maybe:
    """Insert a copy of an article that differs in its slots only, right after it."""
    order = _order(law)
    c, p = chance.choice(_spots(order))
    model = order[c][p]
    paragraphs = tuple(replace(q, words=tuple(_other(part, chance) for part in q.words)) for q in model.paragraphs)
    if paragraphs == model.paragraphs:
        return None
    order[c].insert(p + 1, Article(maker.article().uid, model.heading, paragraphs))
    new = law.with_order(order)
    return law, new, truth(law, new)


def _other(part: Part, chance: Random) -> Part:
    if isinstance(part, Slot) and part.tag in ("deadline", "modality", "amount", "penalty"):
        return replace(part, at=chance.choice([n for n in range(len(part.choices)) if n != part.at] or [part.at]))
    return part


def _paragraph_added(law: Law, maker: Maker, chance: Random) -> Maybe:
    candidates = [a for a in law.articles() if len(a.paragraphs) > 1]
    if not candidates:
        return None
    article = chance.choice(candidates)
    at = chance.randint(0, len(article.paragraphs))
    extra = Paragraph(maker.settle(maker.sentence(maker.topic()), law))
    paragraphs = (*article.paragraphs[:at], extra, *article.paragraphs[at:])
    new = law.with_article(replace(article, paragraphs=paragraphs))
    return law, new, replace(truth(law, new), leaves=_paragraphs_shifted(law, new, article.uid, at))


def _paragraphs_shifted(old: Law, new: Law, uid: str, at: int) -> frozenset[Record]:
    tradition = TRADITIONS[old.tradition]
    records: set[Record] = {("added", None, tradition.leaf_eid(new, Place(uid, at)))}
    for place in range(at, len(old.article(uid).paragraphs)) if tradition.language != "zh" else ():
        before = tradition.leaf_eid(old, Place(uid, place))
        records.add(("renumbered", before, tradition.leaf_eid(new, Place(uid, place + 1))))
    return frozenset(records)


def _paragraph_dropped(law: Law, maker: Maker, chance: Random) -> Maybe:
    mutation = _paragraph_added(law, maker, chance)
    if mutation is None:
        return None
    new, old, expect = mutation
    opposites = {"added": "removed"}
    leaves = frozenset((opposites.get(kind, kind), b, a) for kind, a, b in expect.leaves or ())
    return old, new, replace(truth(old, new), leaves=leaves)


def _mix(law: Law, maker: Maker, chance: Random, *, density: float) -> Maybe:
    """Do many things at once; only who is who is asked afterwards."""
    new = law
    models: set[str] = set()  # a copy whose model goes is that model's successor to everybody: both must stay
    for _ in range(max(1, round(density * sum(1 for _ in law.articles())))):
        kind = chance.choice(
            (_insert_article, _remove_article, _move_article, _near_duplicate, _paragraph_added, _inserted_between)
        )
        mutation = kind(new, maker, chance)
        if mutation is None or models - {article.uid for article in mutation[1].articles()}:
            continue
        if kind is _near_duplicate:
            models.add(_model_of_copy(new, mutation[1]))
        new = mutation[1]
    expect = truth(law, new)
    return law, new, Expect(edges=expect.edges)


def _model_of_copy(before: Law, after: Law) -> str:
    """Return the article whose copy was inserted right after it."""
    uids = [article.uid for article in after.articles()]
    old_uids = {article.uid for article in before.articles()}
    return uids[next(place for place, uid in enumerate(uids) if uid not in old_uids) - 1]


def _tenth(law: Law, maker: Maker, chance: Random) -> Maybe:
    return _mix(law, maker, chance, density=0.1)


def _third(law: Law, maker: Maker, chance: Random) -> Maybe:
    return _mix(law, maker, chance, density=0.3)


def _most(law: Law, maker: Maker, chance: Random) -> Maybe:
    return _mix(law, maker, chance, density=0.6)


def _all(law: Law, maker: Maker, chance: Random) -> Maybe:
    return _mix(law, maker, chance, density=1.0)


_KINDS: dict[str, Callable[[Law, Maker, Random], Maybe]] = {
    "inserted": _insert_article,
    "inserted between": _inserted_between,
    "removed": _remove_article,
    "moved": _move_article,
    "swapped": _swap_articles,
    "swapped neighbours": _swapped_neighbours,
    "split": _split,
    "split sentences": _split_sentences,
    "merged": _merge_articles,
    "merged sentences": _merged_sentences,
    "rewritten": _rewritten,
    "near duplicate": _near_duplicate,
    "paragraph added": _paragraph_added,
    "paragraph dropped": _paragraph_dropped,
}
_DENSITIES = {"10 % at once": _tenth, "30 % at once": _third, "60 % at once": _most, "100 % at once": _all}
KINDS = tuple(_KINDS)
DENSITIES = tuple(_DENSITIES)
_KINDS |= _DENSITIES
