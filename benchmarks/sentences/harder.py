"""Harder planted edits: what tempts a careless reader to tell more than is true, or to miss what is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from benchmarks.sentences.cases import NEUTRAL, Body, Edit, SentenceCase, Truth
from benchmarks.sentences.drafts import Draft, DraftingStyle
from storage.records import ClaimKind as C
from storage.records import Milestone, MilestoneKind

_WHOLE_DUTIES = frozenset({C.DUTY_ADDED, C.DUTY_REMOVED, C.PROHIBITION_ADDED, C.PROHIBITION_REMOVED})


def further_clause(draft: Draft) -> Edit:
    """Let a sentence go on with a clause of its own, behind a semicolon."""
    text, clause, meaning = draft.chance.choice(draft.words["harder"]["further"])
    end = "。" if draft.style.language == "zh" else "."
    old, new = draft.pair(text + "{v}", end, clause + end)
    kind = C.PROHIBITION_ADDED if meaning == "prohibition" else C.DUTY_ADDED
    return Edit([old], [new], (Truth(frozenset({kind})),))


def duties_trade_places(draft: Draft) -> Edit:
    """Make a duty a permission and a permission a duty, in one sentence."""
    old, new = _twice(draft, draft.chance.choice(draft.words["harder"]["trade"]))
    return Edit([old], [new], tuple(Truth(frozenset({kind})) for kind in (C.DUTY_WEAKENED, C.DUTY_STRENGTHENED)))


def spelled_otherwise(draft: Draft) -> Edit:
    """Write the same value in other words: nothing was raised."""
    text, one, other = draft.chance.choice(draft.words["harder"]["spelled"])
    sides = [one, other]
    draft.chance.shuffle(sides)
    old, new = draft.pair(text, *sides)
    return Edit([old], [new])


def how_often(draft: Draft) -> Edit:
    """Let something be due more, or less, often."""
    text, one, other, way = draft.chance.choice(draft.words["harder"]["often"])
    kind = C.DEADLINE_EXTENDED if way == "extended" else C.DEADLINE_SHORTENED
    old, new = draft.pair(text, one, other)
    return Edit([old], [new], (Truth(frozenset({kind})),))


def which_counts(draft: Draft) -> Edit:
    """Let the lower of two amounts count instead of the higher."""
    text, one, other = draft.chance.choice(draft.words["harder"]["which"])
    old, new = draft.pair(text, one, other)
    return Edit([old], [new], (Truth(frozenset({C.THRESHOLD_CHANGED})),))


def looks_like_a_duty(draft: Draft) -> Edit:
    """Bring in words that hold a modal word by accident: nobody may or must anything else."""
    old, new = _twice(draft, draft.chance.choice(draft.words["harder"]["looks"]))
    return Edit([old], [new], harmless=NEUTRAL | {C.LIST_EXTENDED})


def cut_in_two(draft: Draft) -> Edit:
    """Cut a paragraph in two and change the limit in its second half: it is neither gone nor new."""
    whole, first, second = draft.chance.choice(draft.words["harder"]["cut"])
    old, new = draft.chance.sample([row for row in draft.words["durations"]["list"] if row[1].endswith("D")], 2)
    before, *after = _many(draft, (whole, old[0]), (first, ""), (second, new[0]))
    kind = C.DEADLINE_EXTENDED if new[2] > old[2] else C.DEADLINE_SHORTENED
    truth = Truth(frozenset({kind}), old[1], new[1])
    return Edit([before], list(after), (truth,), NEUTRAL | {C.DUTY_ADDED})


def _twice(draft: Draft, texts: list[str]) -> list[str]:
    return _many(draft, *((text, "") for text in texts))


def _many(draft: Draft, *texts: tuple[str, str]) -> list[str]:
    """Fill several templates with the same invented words."""
    state = draft.chance.getstate()
    result = []
    for text, value in texts:
        draft.chance.setstate(state)
        result.append(draft.fill(text, v=value))
    return result


def sentence_leaves(name: str, style: DraftingStyle, draft: Draft) -> SentenceCase:
    """Take a sentence out of one article and set it into another: its limit and its fee are neither gone nor new."""
    text = draft.fill(draft.chance.choice(draft.words["harder"]["travels"]))
    others = [draft.fillers(2) for _ in range(6)]
    stays: list[Body] = [[*draft.traps(2)], [*draft.traps(1)]]
    old = [*others[:2], [*stays[0], text], *others[2:4], stays[1], *others[4:]]
    new = [*others[:2], stays[0], *others[2:4], [*stays[1], text], *others[4:]]
    return SentenceCase(name, "sentence leaves", style.name, draft.law(old), draft.law(new))


def target_repealed(name: str, style: DraftingStyle, draft: Draft) -> SentenceCase:
    """Repeal an article that another one still names: the reference points to nothing, or to what took its number."""
    others = [[draft.fill(draft.words["fillers"][0]), *draft.fillers(1), *draft.traps(1)] for _ in range(6)]
    number = draft.chance.randint(2, 4)
    names = {"a": style.cite(1), "b": style.cite(number)}
    deeds = draft.chance.sample(draft.words["deeds"], 2)
    state = draft.chance.getstate()
    texts = []
    for deed in deeds:
        draft.chance.setstate(state)
        texts.append(draft.fill(draft.words["references"]["text"], deed=deed, **names))
    before, after = texts
    old = draft.law([*others, [before]])
    new = draft.law([*others[: number - 1], *others[number:], [after]])
    truth = Truth(frozenset({C.REFERENCE_DANGLING, C.REFERENCE_RETARGETED}))
    harmless = NEUTRAL | _WHOLE_DUTIES | {C.PENALTY_REMOVED, C.PERMISSION_REMOVED}
    return SentenceCase(name, "target repealed", style.name, old, new, (truth,), harmless)


def range_follows(name: str, style: DraftingStyle, draft: Draft) -> SentenceCase:
    """Insert or repeal an article before a range of articles that is named: the range only follows."""
    others = [[draft.fill(draft.words["fillers"][0]), *draft.fillers(1), *draft.traps(1)] for _ in range(6)]
    extra = draft.fillers(2)
    text = draft.words["references"].get("range", draft.words["references"]["text"])
    short, long = (
        _fill_from(draft, text, style.cite(3 + shift), style.cite(5 + shift), state)
        for state in [draft.chance.getstate()]
        for shift in (0, 1)
    )
    laws = [draft.law([*others, [short]]), draft.law([others[0], extra, *others[1:], [long]])]
    if draft.chance.random() < 0.5:
        laws.reverse()
    harmless = NEUTRAL | _WHOLE_DUTIES | {C.PENALTY_ADDED, C.PENALTY_REMOVED, C.PERMISSION_ADDED, C.PERMISSION_REMOVED}
    return SentenceCase(name, "range follows", style.name, laws[0], laws[1], (), harmless, only_references=True)


def _fill_from(draft: Draft, text: str, a: str, b: str, state: tuple[object, ...]) -> str:
    draft.chance.setstate(state)  # type: ignore[arg-type]  # what getstate gave
    return draft.fill(text, a=a, b=b)


def dates_by_scope(name: str, style: DraftingStyle, draft: Draft) -> SentenceCase:
    """Let one part of the law apply later: its date is postponed, the other stays."""
    whole, part = draft.chance.choice(draft.words["harder"]["scopes"])
    (first, first_on, _), (second, second_on, _) = draft.words["dates"]["list"][:2]
    whole, part = _many_dates(draft, whole, part, first, second)
    others = [draft.fillers(2) for _ in range(4)]
    old, new = draft.law([*others, [whole]]), draft.law([*others, [whole, part]])
    unit = old.provisions[-1].eid
    stays = Milestone(MilestoneKind.APPLIES, date.fromisoformat(first_on), whole, unit)
    later = Milestone(MilestoneKind.APPLIES, date.fromisoformat(second_on), part, unit)
    old, new = replace(old, dates=(stays,)), replace(new, dates=(stays, later))
    rows = ((first_on, second_on, "postponed"),)
    harmless = NEUTRAL | _WHOLE_DUTIES | {C.DATE_MOVED, C.REFERENCE_RETARGETED, C.EXCEPTION_ADDED, C.SCOPE_CHANGED}
    return SentenceCase(name, "dates by scope", style.name, old, new, (), harmless, rows=rows)


def _many_dates(draft: Draft, whole: str, part: str, a: str, b: str) -> tuple[str, str]:
    return draft.fill(whole, a=a), draft.fill(part, b=b)


EDITS: dict[str, Callable[[Draft], Edit]] = {
    "further clause": further_clause,
    "duties trade places": duties_trade_places,
    "spelled otherwise": spelled_otherwise,
    "how often": how_often,
    "which counts": which_counts,
    "looks like a duty": looks_like_a_duty,
    "cut in two": cut_in_two,
}
WHOLE: dict[str, Callable[[str, DraftingStyle, Draft], SentenceCase]] = {
    "sentence leaves": sentence_leaves,
    "target repealed": target_repealed,
    "range follows": range_follows,
    "dates by scope": dates_by_scope,
}
