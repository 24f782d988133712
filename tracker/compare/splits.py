"""One unit that became several, and several that became one: seen by where their sentences went."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from tracker.compare.outline import Unit
from tracker.compare.similar import Scale, hardly_changed
from tracker.compare.tokens import RedlineToken, is_reference, is_wide, sentences, tokens

_SHARE = 0.15  # of the whole; a smaller part is a paragraph that moved
_TOGETHER = 0.60
_MAJORITY = 0.50  # of an otherwise new unit must come from the whole
_GAIN = 0.55  # of a vanished unit must be new in the unit it went into
_ENOUGH_TOKENS = 12
Sentence = tuple[str, ...]


@dataclass(frozen=True)
class Family:
    """A whole and its parts: the old unit and its new ones for a split, the new unit and its old ones for a merger."""

    whole: Unit
    parts: tuple[Unit, ...]

    @property
    def members(self) -> set[Unit]:
        """Return the whole and its parts."""
        return {self.whole, *self.parts}


def find(wholes: list[Unit], others: list[Unit], partner: dict[Unit, Unit], scale: Scale) -> list[Family]:
    """Return every unit of *wholes* whose text is spread over two or more of *others*.

    *partner* maps units of both sides to their counterpart; a part is the whole's counterpart or has none.
    """
    if all(other in partner for other in others):
        return []  # nothing new that a whole could have gone into
    uncertain = [whole for whole in wholes if whole not in partner or not _same(whole, partner[whole])]
    with_sure_counterpart = {partner[whole] for whole in wholes if whole in partner} - {
        partner.get(whole) for whole in uncertain
    }
    homes = _homes([other for other in others if other not in with_sure_counterpart])
    families = []
    for whole in uncertain:
        parts = _by_sentences(whole, homes, partner) or _by_gain(whole, others, partner, scale)
        if parts:
            families.append(Family(whole, tuple(sorted(parts, key=lambda unit: unit.order))))
    return _each_once(families)


def _same(a: Unit, b: Unit) -> bool:
    """Return whether nothing worth a part is gone from *a*; a part is 15 % of it, which leaves 92 % alike."""
    return a.root.sign == b.root.sign or hardly_changed(a.root, b.root, 0.93) or a.root.mask == b.root.mask


def portions(whole: Unit, parts: tuple[Unit, ...]) -> list[str]:
    """Cut the words of *whole* into one portion for each part, in order, none lost."""
    text = whole.root.all_words
    lead, pieces = tokens(text)
    owner = {sentence: place for place, part in enumerate(parts) for sentence in _sentences(part)}
    cut = ["" for _ in parts]
    place = 0
    for first, last in sentences(pieces):
        place = owner.get(_mask(pieces[first:last]), place)
        cut[place] += "".join(piece.core + piece.gap for piece in pieces[first:last])
    cut[0] = lead + cut[0]
    return cut


def _by_sentences(whole: Unit, homes: dict[Sentence, Unit], partner: dict[Unit, Unit]) -> list[Unit]:
    length_in: Counter[Unit] = Counter()
    for sentence in _sentences(whole):
        if sentence in homes:
            length_in[homes[sentence]] += _length(sentence)
    size = sum(_length(sentence) for sentence in _all_sentences(whole)) or 1
    parts = [
        part
        for part, length in length_in.items()
        if length >= 10 and length >= _SHARE * size and _may_be_part(part, whole, length, partner)
    ]
    together = sum(length_in[part] for part in parts)
    return parts if len(parts) >= 2 and together >= _TOGETHER * size else []


def _may_be_part(part: Unit, whole: Unit, length: int, partner: dict[Unit, Unit]) -> bool:
    if partner.get(part) is whole:
        return True
    size = sum(_length(sentence) for sentence in _all_sentences(part)) or 1
    return part not in partner and length >= _MAJORITY * size


def _by_gain(whole: Unit, others: list[Unit], partner: dict[Unit, Unit], scale: Scale) -> list[Unit]:
    """Return the counterpart and any unmatched units whose words the whole has beyond those of its counterpart."""
    counterpart = partner.get(whole)
    if counterpart is None or whole.weight < 1.3 * counterpart.weight:
        return []
    near = [
        other
        for other in others
        if other not in partner
        and other.weight >= _ENOUGH_TOKENS
        and abs(other.order - counterpart.order) <= 3
        and scale.containment(other.root, whole.root) - scale.containment(other.root, counterpart.root) >= _GAIN
    ]
    return [counterpart, *near] if near else []


def _homes(units: list[Unit]) -> dict[Sentence, Unit]:
    homes: dict[Sentence, list[Unit]] = defaultdict(list)
    for unit in units:
        for sentence in set(_sentences(unit)):
            homes[sentence].append(unit)
    return {sentence: where[0] for sentence, where in homes.items() if len(where) == 1}


def _all_sentences(unit: Unit) -> list[Sentence]:
    result: list[Sentence] = []
    for node in unit.root.walk():
        heading = len(node.heading_keys)  # a sentence of its own: it is new where the words are not
        for keys in (node.keys[:heading], node.keys[heading:]):
            pieces = [RedlineToken("", "", "§" if is_reference(key) else key) for key in keys]
            result.extend(tuple(piece.key for piece in pieces[i:j]) for i, j in sentences(pieces))
    return result


def _sentences(unit: Unit) -> list[Sentence]:
    """Return the sentences long enough to say where they come from."""
    return [sentence for sentence in _all_sentences(unit) if _length(sentence) >= 8]


def _mask(pieces: list[RedlineToken]) -> Sentence:
    return tuple("§" if is_reference(piece.key) else piece.key for piece in pieces)


def _length(sentence: Sentence) -> int:
    return len(sentence) if any(is_wide(key) for key in sentence) else sum(map(len, sentence)) // 3


def _each_once(families: list[Family]) -> list[Family]:
    members: set[Unit] = set()
    result = []
    for family in families:
        if not members & family.members:
            members |= family.members
            result.append(family)
    return result
