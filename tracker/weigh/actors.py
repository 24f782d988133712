"""Who bears a duty or power: actors as whole words (水行政主管部门 is one), and when one took another's place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import takewhile

from storage.records import Change, Claim, Tag, TagName
from storage.records import ClaimKind as C
from tracker.weigh.both_texts import BothTexts
from tracker.weigh.citations import OTHER_ACT
from tracker.weigh.edits import Edit, is_small
from tracker.weigh.quotable import clause_at
from tracker.weigh.word_claims import Findings, swapped

_HEADS = (
    "部门|机关|机构|人民政府|政府|委员会|办公室|单位|组织|企业|公司|法院|检察院|网信办|提供者|运营者|使用者|处理者|经营者|"
    "负责人|主管人员|责任人员|协会|银行|专家|中心|国务院|个人"
)
_HEAD = re.compile(f"(?:{_HEADS})")
_STOP = re.compile(
    r"[^\u3400-\u9fff]|应当|可以|不得|必须|根据|依照|按照|依据|或者|以及|其他|上述|前款|对于|关于|通过|经过|报请|会同|责令|"
    r"鼓励|支持|引导|要求|禁止|允许|督促|指导|委托|按|由|向|对|和|或|及|与|经(?![常营济办理纪])|被|报|从|(?<!设区)的|等|并|(?<!所)在|为|负责|应|是|将|把|给|至|到|任何|该|本|其|各(?!级)|"
    r"通报|告知|移送|提交|提请|报告|申请|征求|协助|配合|接受|提供给|提供(?!者)|依法|至少|每|处理(?!者)|使用(?!者)|经营(?!者)"
)
_NO_ACTOR = re.compile(
    r"个人(?:信息|隐私|数据|所得|账户|账号|权益|敏感|财产|行为|生物)|(?:计量|量值)单位|单位(?:产品|面积|时间)"
)
_JOINT = re.compile(r"，?(?:会同|商|经|报|由)")
_PHRASE_STOP = re.compile(r"[，。；：的应可不]|批准|同意|设立")
_VERBS = {"组织", "个人", "单位"}
_NAME = 5  # words of the name of a body
_LONGEST = 18  # characters of one actor


def actor_findings(change: Change, edit: Edit, evidence: BothTexts) -> Findings:
    """Yield a claim when one actor stands where another stood."""
    is_joint = evidence.words.language == "zh" and not (edit.struck and edit.added) and edit.length <= 2 * _LONGEST
    if not is_small(edit, evidence.words.language) and not _is_swap(edit, evidence) and not is_joint:
        return
    if evidence.words.language == "zh":
        yield from _wide(change, edit)
        return
    losses, gains = swapped(evidence.words.actor, edit)
    if not losses and not gains:
        return
    losses = [hit for hit in losses if not _stays(hit[1], change.old_text, change.new_text)]
    gains = [hit for hit in gains if not _stays(hit[1], change.new_text, change.old_text)]
    old, new = (losses or [("", "")])[0][1], (gains or [("", "")])[0][1]
    if not (old or new) or _one(old) == _one(new) or OTHER_ACT.search(edit.struck + edit.added):
        return  # one authority or several; or a body in the name of an act
    tag = Tag(TagName.ACTOR, old, new, old, new)
    other = (edit.struck if new else edit.added).strip(" ,;.")
    text, at = (change.old_text, edit.old_at) if new else (change.new_text, edit.new_at)
    is_name = other[:1].isupper() and other.count(" ") < _NAME and not clause_at(text, at).startswith(other)
    if bool(old) != bool(new) and is_name:  # a body we do not know by name
        old, new = old or other, new or other
    if old and new and old in change.new_text and new in change.old_text:
        yield None, tag  # both are there as before, in other parts
    elif old and new:
        yield Claim(C.ACTOR_CHANGED, "", old, new, old, new), Tag(TagName.ACTOR, old, new, old, new)
    elif edit.struck.strip() and edit.added.strip():
        yield None, tag
    else:
        yield _one_sided(old, new, change, evidence), tag


def _stays(name: str, text: str, other: str) -> bool:
    """Return whether an actor stands as often in the other text: it only has another place."""
    return text.count(name) <= other.count(name)


def _is_swap(edit: Edit, evidence: BothTexts) -> bool:
    return edit.length <= (24 if evidence.words.language == "zh" else 60) and bool(edit.struck and edit.added)


def _wide(change: Change, edit: Edit) -> Findings:
    old = _actors_at(change.old_text, edit.old_at, edit.old_at + len(edit.struck))
    new = _actors_at(change.new_text, edit.new_at, edit.new_at + len(edit.added))
    before, after = (Counter(_names(text)) for text in (change.old_text, change.new_text))
    is_gone = [actor for actor in old if actor not in new and before[actor] > after[actor]]
    come = [actor for actor in new if actor not in old and after[actor] > before[actor]]
    if any(
        _goes_further(name, text)
        for names, text in ((is_gone, change.old_text), (come, change.new_text))
        for name in names
    ):
        return  # 人民政府 of 人民政府公安、交通等部门 is no actor by itself
    if come and not is_gone and _JOINT.match(edit.added) and not edit.struck and come[0] not in change.old_text:
        yield Claim(C.ACTOR_ADDED, "", "", come[0], "", come[0]), Tag(TagName.ACTOR, "", come[0], "", come[0])
    if is_gone and not come and _JOINT.match(edit.struck) and not edit.added and is_gone[0] not in change.new_text:
        name = is_gone[0]
        yield Claim(C.ACTOR_REMOVED, "", name, "", name, ""), Tag(TagName.ACTOR, name, "", name, "")
    if len(is_gone) == len(come) == 1:
        names = _without_common_lead(is_gone[0], come[0])
        yield Claim(C.ACTOR_CHANGED, "", *names, *names), Tag(TagName.ACTOR, *names, *names)


def _without_common_lead(one: str, other: str) -> tuple[str, str]:
    """Return two actors without what both begin with: 人民政府|卫生行政部门 and 人民政府|卫生健康部门."""
    common = one[: sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))]
    cut = max((hit.end() for hit in _HEAD.finditer(common)), default=0)
    return (one[cut:], other[cut:]) if one[cut:] and other[cut:] else (one, other)


def _goes_further(name: str, text: str) -> bool:
    """Return whether the name of a government only begins that of one of its bodies: 人民政府公安、交通等部门."""
    behind = text.partition(name)[2]
    if not name.endswith(("政府", "国务院")) or not behind[:1].isalpha() or _STOP.match(behind):
        return False
    return _HEAD.search(_PHRASE_STOP.split(behind, maxsplit=1)[0][:_LONGEST]) is not None


def _names(text: str) -> Iterator[str]:
    yield from (text[first:last] for first, last in _whole_mentions(text))


def _whole_mentions(text: str) -> Iterator[tuple[int, int]]:
    """Yield where actors stand; those that stand side by side are one: 国务院|公安部门|负责人."""
    start = end = -1
    for first, last in _mentions(text):
        if first == end:
            end = last
            continue
        if end > start:
            yield start, end
        start, end = first, last
    if end > start:
        yield start, end


def _actors_at(text: str, start: int, end: int) -> list[str]:
    """Return the actors of *text* that overlap a place, or end right behind it."""
    return [text[first:last] for first, last in _whole_mentions(text) if first < max(end, start + 1) and last > start]


def _mentions(text: str) -> Iterator[tuple[int, int]]:
    last = 0
    for hit in _HEAD.finditer(text):
        if (
            _NO_ACTOR.match(text, hit.start())
            or _goes_on(text, hit)
            or hit.start() < last
            or (hit[0] in _VERBS and hit.start() == last > 0)
        ):
            continue
        lead_at = max(last, hit.start() - _LONGEST)
        stops = [stop.end() for stop in _STOP.finditer(text, lead_at, hit.start())]
        yield (stops[-1] if stops else lead_at), hit.end()
        last = hit.end()


def _one(name: str) -> str:
    """Return a name in the singular, as far as its end tells."""
    bare = name.lower()
    return f"{bare[:-3]}y" if bare.endswith("ies") else bare.removesuffix("s")


def _goes_on(text: str, hit: re.Match[str]) -> bool:
    """Return whether another head follows at once: 政府部门 is one actor, but after 部门 组织 is a verb."""
    behind = _HEAD.match(text, hit.end())
    return behind is not None and behind[0] not in _VERBS


def _one_sided(old: str, new: str, change: Change, evidence: BothTexts) -> Claim | None:
    other, unit, name = ("new", change.new_unit, old) if old else ("old", change.old_unit, new)
    if evidence.in_unit(other, unit, name):
        return None
    return Claim(C.ACTOR_REMOVED if old else C.ACTOR_ADDED, "", old, new, old, new)


def first_actor(clause: str, evidence: BothTexts) -> str:
    """Return who a clause speaks of first: the bearer of its duty, as a rule."""
    if evidence.words.language == "zh":
        return next((clause[a:b] for a, b in _mentions(clause)), "")
    return _first(word for _, word in evidence.words.actor.find(clause))


def _first(words: Iterable[str]) -> str:
    return next(iter(words), "")
