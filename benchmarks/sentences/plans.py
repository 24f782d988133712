"""The planted edits: what is changed, and which claims are true of it."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from benchmarks.sentences import harder
from benchmarks.sentences.cases import NEUTRAL, Body, Edit, SentenceCase, Truth, Value
from benchmarks.sentences.drafts import DRAFTINGS, Draft, DraftingStyle
from storage.records import ClaimKind as C

_MOVES = {
    "deadline": (C.DEADLINE_SHORTENED, C.DEADLINE_EXTENDED),
    "prison": (C.PENALTY_LOWERED, C.PENALTY_RAISED),
    "penalty": (C.PENALTY_LOWERED, C.PENALTY_RAISED),
    "amount": (C.AMOUNT_LOWERED, C.AMOUNT_RAISED),
    "threshold": (C.THRESHOLD_LOWERED, C.THRESHOLD_RAISED),
    "age": (C.AGE_CHANGED, C.AGE_CHANGED),
    "term": (C.TERM_CHANGED, C.TERM_CHANGED),
    "date": (C.DATE_MOVED, C.DATE_MOVED),
}
_RANK = {"obligation": 3, "permission": 0, "none": 0, "prohibition": -1}
Plan = Callable[[Draft], Edit | None]


def _value(family: str) -> Plan:
    def plan(draft: Draft) -> Edit | None:
        name, template = draft.chance.choice(draft.words["values"][family])
        old, new = _two(draft, name)
        before, after = draft.pair(template, old[0], new[0])
        lower, higher = _MOVES[family]
        kinds = {higher if new[2] > old[2] else lower}
        if family == "deadline" and old[1][-1] != new[1][-1]:
            kinds.add(C.DEADLINE_CHANGED)  # units that only nearly compare
        return Edit([before], [after], (Truth(frozenset(kinds), old[1], new[1]),))

    return plan


def _two(draft: Draft, name: str) -> tuple[Value, Value]:
    values = draft.words[draft.style.money if name == "money" else name]["list"]
    old, new = draft.chance.sample(values, 2)
    return tuple(old), tuple(new)


def _tier(draft: Draft) -> Edit:
    template, name = draft.chance.choice(draft.words["tiers"]["list"])
    values = draft.words[draft.style.money if name == "money" else name]["list"]
    low, high, other = draft.chance.sample(values, 3)
    first = draft.chance.random() < 0.5
    after = (other, high) if first else (low, other)
    state = draft.chance.getstate()
    old = draft.fill(template, a=low[0], b=high[0])
    draft.chance.setstate(state)
    new = draft.fill(template, a=after[0][0], b=after[1][0])
    was = low if first else high
    kind = C.PENALTY_RAISED if other[2] > was[2] else C.PENALTY_LOWERED
    return Edit([old], [new], (Truth(frozenset({kind}), was[1], other[1]),))


def _modal(draft: Draft) -> Edit | None:
    old, new = draft.chance.sample(draft.words["modals"]["list"], 2)
    kind = _modal_kind(old[1], new[1])
    if kind is None:
        return None
    before, after = draft.pair(draft.chance.choice(draft.words["modals"]["texts"]), old[0], new[0])
    return Edit([before], [after], (Truth(frozenset({kind}), old[1], new[1]),))


def _modal_kind(old: str, new: str) -> C | None:
    if _RANK[old] == _RANK[new]:
        return None
    if new == "prohibition":
        return C.PROHIBITION_ADDED
    if old == "prohibition":
        return C.PROHIBITION_REMOVED
    return C.DUTY_STRENGTHENED if _RANK[new] > _RANK[old] else C.DUTY_WEAKENED


def _strength(draft: Draft) -> Edit:
    old, new = draft.chance.sample(draft.words["strength"]["list"], 2)
    before, after = draft.pair(draft.chance.choice(draft.words["strength"]["texts"]), old[0], new[0])
    kind = C.DUTY_WEAKENED if new[1] < old[1] else C.DUTY_STRENGTHENED
    more = NEUTRAL | {C.DUTY_ADDED, C.DUTY_REMOVED} if draft.style.language == "zh" else NEUTRAL
    truth = frozenset({kind, *(more - NEUTRAL)})
    return Edit([before], [after], (Truth(truth),))


def _actor(draft: Draft) -> Edit:
    old, new = draft.chance.sample(draft.words["bodies"], 2)
    template = draft.chance.choice([t for t in draft.words["modals"]["texts"] + _BODY_TEXTS[draft.style.language]
                                    if "{body}" in t])  # fmt: skip
    modal = draft.words["modals"]["list"][0][0]
    state = draft.chance.getstate()
    before = draft.fill(template, body=old, v=modal)
    draft.chance.setstate(state)
    after = draft.fill(template, body=new, v=modal)
    return Edit([before], [after], (Truth(frozenset({C.ACTOR_CHANGED}), old, new),))


_BODY_TEXTS = {
    "en": ["{actor} shall report {topic} to the {body} after {event}."],
    "zh": ["{actor}应当在{event}后向{body}报告{topic}。", "由{body}责令{actor}改正。"],
    "fr": ["{actor} doit signaler les {topic} à la {body} après {event}."],
}


def _exception(draft: Draft) -> Edit:
    text = draft.fill(draft.chance.choice(draft.words["exceptions"]["texts"]))
    phrase = draft.fill(draft.chance.choice(draft.words["exceptions"]["list"]))
    zh = draft.style.language == "zh"
    with_it = f"{text}；{phrase}。" if zh else f"{text}, {phrase[0].lower()}{phrase[1:]}."
    plain = text + ("。" if zh else ".")
    if draft.chance.random() < 0.5:
        return Edit([plain], [with_it], (Truth(frozenset({C.EXCEPTION_ADDED})),))
    return Edit([with_it], [plain], (Truth(frozenset({C.EXCEPTION_REMOVED})),))


def _limit(draft: Draft) -> Edit:
    within, after = draft.chance.choice(draft.words["limits"]["list"])
    value = draft.chance.choice(draft.words["durations"]["list"])
    event = draft.chance.choice(draft.words["events"])
    template = draft.chance.choice(draft.words["limits"]["texts"])
    pair = [phrase.format(w=value[0], event=event) for phrase in (after, within)]
    kind = C.DEADLINE_SET
    if draft.chance.random() < 0.5:
        pair.reverse()
        kind = C.DEADLINE_DROPPED
    before, now = draft.pair(template, *pair, event=event)
    return Edit([before], [now], (Truth(frozenset({kind}), value[1], value[1]),))


def _moved_value(draft: Draft) -> Edit:
    one, other = draft.chance.choice(draft.words["moves"]["list"])
    value = draft.chance.choice(draft.words["durations"]["list"])[0]
    money = draft.chance.choice(draft.words[draft.style.money]["list"])[0]
    state = draft.chance.getstate()
    old = draft.fill(one, w=value, m=money)
    draft.chance.setstate(state)
    new = draft.fill(other, w=value, m=money)
    harmless = NEUTRAL | {C.LIST_EXTENDED, C.LIST_SHORTENED}
    return Edit([old], [new], harmless=harmless)


def _remove_value(draft: Draft) -> Edit:
    """Take a time limit out; in half of the cases the same value stays in another paragraph of the unit."""
    value = draft.chance.choice(draft.words["durations"]["list"])
    phrase = draft.chance.choice(draft.words["gone"]["list"]).format(w=value[0])
    with_it, plain = draft.pair(draft.chance.choice(draft.words["gone"]["texts"]), phrase, "")
    back = draft.chance.random() < 0.5
    old, new = (plain, with_it) if back else (with_it, plain)
    if draft.chance.random() < 0.5:
        _, template = draft.chance.choice(draft.words["values"]["deadline"])
        stays = draft.fill(template, v=value[0])
        return Edit([old, stays], [new, stays])
    kind = C.DEADLINE_SET if back else C.DEADLINE_DROPPED
    sides = ("", value[1]) if back else (value[1], "")
    return Edit([old], [new], (Truth(frozenset({kind}), *sides),))


def _citation(draft: Draft) -> Edit:
    old, new = draft.chance.choice(draft.words["citations"]["list"])
    if draft.chance.random() < 0.5:
        old, new = new, old
    before, after = draft.pair(draft.chance.choice(draft.words["citations"]["texts"]), old, new)
    return Edit([before], [after], (Truth(frozenset({C.REFERENCE_RETARGETED})),))


def _recast(draft: Draft) -> Edit:
    """Set a sentence as a list, or draw a list together: nothing is new and nothing is gone."""
    words = draft.words["recast"]
    actor = draft.chance.choice(draft.words["actors"])
    items = [draft.fill(item) for item in draft.chance.sample(draft.words["items"], 3)]
    items = [item if draft.style.language == "zh" else item[0].lower() + item[1:] for item in items]
    comma, last = words["join"]
    zh = draft.style.language == "zh"
    flat = words["flat"].format(actor=actor) + comma.join(items[:-1]) + last + items[-1] + ("。" if zh else ".")
    ends = ("；", "；", "。") if zh else (";", "; and" if draft.style.language == "en" else "; et", ".")
    points = [item + end for item, end in zip(items, ends, strict=True)]
    list_side = (words["chapeau"].format(actor=actor), points)
    sides: list[Body] = [[flat], [list_side]]
    if draft.chance.random() < 0.5:
        sides.reverse()
    return Edit(sides[0], sides[1])


def _two_edits(draft: Draft) -> Edit | None:
    """Change a value and a duty in two sentences of one paragraph."""
    edits = [_value(draft.chance.choice(("deadline", "penalty", "amount")))(draft), _modal(draft)]
    if None in edits:
        return None
    gap = "" if draft.style.language == "zh" else " "
    sides = [gap.join(str(e.old[0]) for e in edits if e), gap.join(str(e.new[0]) for e in edits if e)]
    return Edit([sides[0]], [sides[1]], tuple(truth for e in edits if e for truth in e.truths))


def _in_a_point(draft: Draft) -> Edit | None:
    """Change a value in one point of a list whose other points stay."""
    edit = _value(draft.chance.choice(("term", "penalty", "age", "threshold")))(draft)
    if edit is None:
        return None
    lead = draft.words["recast"]["chapeau"].format(actor=draft.chance.choice(draft.words["actors"]))
    others = [draft.fill(item) for item in draft.chance.sample(draft.words["items"], 2)]
    sides: list[Body] = [[(lead, [others[0], str(side[0]), others[1]])] for side in (edit.old, edit.new)]
    return Edit(sides[0], sides[1], edit.truths)


def _misprint(draft: Draft) -> Edit:
    """Lose a blank, or turn quotes and dashes: nothing is told."""
    text = draft.fill(draft.chance.choice(draft.words["fillers"]))
    if draft.style.language == "zh":
        return Edit([text + "“记录”"], [text.replace("。", "。 ") + "「记录」"])
    words = text.split(" ")
    at = draft.chance.randrange(1, len(words) - 1)
    joined_text = " ".join([*words[:at], words[at] + words[at + 1], *words[at + 2 :]])
    return Edit([text], [joined_text])


PLANS: dict[str, Plan] = {
    **harder.EDITS,
    **{name: _value(name) for name in _MOVES},
    "tier": _tier,
    "modal": _modal,
    "strength": _strength,
    "actor": _actor,
    "exception": _exception,
    "limit": _limit,
    "moved value": _moved_value,
    "value gone": _remove_value,
    "citation": _citation,
    "split": _recast,
    "two edits": _two_edits,
    "in a point": _in_a_point,
    "printing": _misprint,
}
REFERENCES = ("references follow", "reference strays")
FAMILIES = (*PLANS, *REFERENCES, *harder.WHOLE, "new article", "moved article", "replaced sentence")


def case(seed: int, number: int) -> SentenceCase:
    """Return one case; families, traditions and languages take turns, so that every slice holds all of them."""
    style = DRAFTINGS[number % len(DRAFTINGS)]
    family = FAMILIES[(number // len(DRAFTINGS)) % len(FAMILIES)]
    name = f"{family.replace(' ', '_')}-{style.name}-{number:05d}"
    for attempt in range(20):
        draft = Draft(style, Random(f"{seed}/{number}/{attempt}"))
        if family in REFERENCES:
            return _references(name, family, style, draft)
        if family in _WHOLE:
            return _WHOLE[family](name, style, draft)
        edit = PLANS[family](draft)
        if edit is not None:
            return _in_law(name, family, style, draft, edit)
    raise AssertionError(name)


def _in_law(name: str, family: str, style: DraftingStyle, draft: Draft, edit: Edit) -> SentenceCase:
    """Put an edit into the third of seven articles, between sentences that trap a careless reader."""
    others = [draft.fillers(2) for _ in range(6)]
    traps: Body = [*draft.traps(2)]
    at = draft.chance.randint(0, 2)
    old, new = (traps[:at] + side + traps[at:] for side in (edit.old, edit.new))
    laws = (draft.law([*others[:2], side, *others[2:]]) for side in (old, new))
    return SentenceCase(name, family, style.name, *laws, truths=edit.truths, harmless=edit.harmless)


def _references(name: str, family: str, style: DraftingStyle, draft: Draft) -> SentenceCase:
    """Insert or repeal the second article; references to later ones follow it, or one of them is left behind."""
    others = [[draft.fill(draft.words["fillers"][0]), *draft.fillers(1), *draft.traps(1)] for _ in range(6)]
    extra = draft.fillers(2)
    a, b = sorted(draft.chance.sample(range(3, 6), 2))
    state = draft.chance.getstate()
    text = draft.words["references"]["text"]
    short = draft.fill(text, a=style.cite(a), b=style.cite(b))
    draft.chance.setstate(state)
    strays = family == "reference strays"
    long = draft.fill(text, a=style.cite(a + 1), b=style.cite(b if strays else b + 1))
    fewer = [*others[:6], [short]]
    more = [others[0], extra, *others[1:6], [long]]
    laws = [draft.law(fewer), draft.law(more)]
    if not strays and draft.chance.random() < 0.5:
        laws.reverse()
    truths = (Truth(frozenset({C.REFERENCE_RETARGETED})),) if strays else ()
    harmless = NEUTRAL | {C.DUTY_ADDED, C.DUTY_REMOVED, C.PENALTY_ADDED, C.PENALTY_REMOVED, C.PERMISSION_ADDED}
    return SentenceCase(name, family, style.name, laws[0], laws[1], truths, harmless, only_references=not strays)


def _new_article(name: str, style: DraftingStyle, draft: Draft) -> SentenceCase:
    others = [draft.fillers(2) for _ in range(6)]
    modal, kind = draft.chance.choice(_NEW[style.language])
    text = draft.fill(draft.words["modals"]["texts"][0], v=modal)
    paragraphs = [text, draft.fill(draft.words["fillers"][-1])]
    laws = draft.law(others), draft.law([*others, paragraphs])
    return SentenceCase(name, "new article", style.name, *laws, truths=(Truth(frozenset({kind})),))


_NEW = {
    "en": [("shall", C.DUTY_ADDED), ("shall not", C.PROHIBITION_ADDED), ("may", C.PERMISSION_ADDED)],
    "zh": [("应当", C.DUTY_ADDED), ("不得", C.PROHIBITION_ADDED), ("可以", C.PERMISSION_ADDED)],
    "fr": [("doit", C.DUTY_ADDED), ("ne doit pas", C.PROHIBITION_ADDED), ("peut", C.PERMISSION_ADDED)],
}


def _moved_article(name: str, style: DraftingStyle, draft: Draft) -> SentenceCase:
    """Let an article leave the common order: its values, duties and penalties are neither new nor gone."""
    values = draft.words["values"]
    texts = [draft.fill(template, v=draft.words[_list_of(draft, kind)]["list"][0][0])
             for kind, template in (values["deadline"][0], values["penalty"][0])]  # fmt: skip
    others = [draft.fillers(2) for _ in range(5)]
    laws = draft.law([texts, *others]), draft.law([*others, texts])
    return SentenceCase(name, "moved article", style.name, *laws)


def _list_of(draft: Draft, kind: str) -> str:
    return draft.style.money if kind == "money" else kind


def _replace_sentence(name: str, style: DraftingStyle, draft: Draft) -> SentenceCase:
    """Put a sentence about one thing in the place of one about another: no value was raised or lowered."""
    values = draft.words["values"]
    old = draft.fill(values["amount"][0][1], v=draft.words[draft.style.money]["list"][0][0])
    new = draft.fill(values["penalty"][0][1], v=draft.words[draft.style.money]["list"][1][0])
    harmless = NEUTRAL | {C.PENALTY_ADDED, C.PENALTY_REMOVED, C.AMOUNT_CHANGED, C.PENALTY_CHANGED, C.DUTY_ADDED,
                         C.DUTY_REMOVED}  # fmt: skip
    others = [draft.fillers(2) for _ in range(5)]
    stays = draft.traps(2)
    laws = draft.law([[*stays, old], *others]), draft.law([[*stays, new], *others])
    return SentenceCase(name, "replaced sentence", style.name, *laws, harmless=harmless)


_WHOLE = {
    **harder.WHOLE,
    "new article": _new_article,
    "moved article": _moved_article,
    "replaced sentence": _replace_sentence,
}
