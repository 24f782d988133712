"""Who bears a norm where the words say it otherwise than before the modal: "it is unlawful for X to", 禁止任何单位."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from tracker.amending.obligations.norm_words import Words

_EDGES = " ,;:.，；：。、\n\t"
_FOR = re.compile(r"\s*(?:for\s+(?P<bearer>.+?)\s+)?to\s+(?P<action>.+)$", re.I | re.S)
_BEHIND_HEAD = re.compile(
    r"\s(?:of|under|referred|required|that|which|who|to|for|in|on|made|given|laid|issued|with|by|from|provided|or|and)\b",
    re.I,
)
_ANYONE = re.compile(r"(?:whoever|anyone|person|people)\b", re.I)
_END_OF_AGENT = re.compile(
    r"[,;.]|(?<!referred)\sto\s"
    r"|\s(?:in|at|for|within|by|on|from|before|after|under|once|and shall|when|where|if|unless)\s"
)
_SUBJECT = re.compile(
    r"\s+(?P<subject>(?:the|an?|any|each|every)\s+(?:[\w-]+\s+){0,4}?[\w-]+)\s+(?:\w+s|has|does)\b", re.I
)


def impersonal_ban(sentence: str, words: Words) -> tuple[str, str] | None:
    """Return bearer and action of "It is unlawful for X to Y", the bearer "" where nobody is named."""
    bare = sentence.strip(_EDGES)
    ban = words.impersonal.match(bare)
    said = _FOR.match(bare[ban.end() :]) if ban is not None else None
    return (said["bearer"] or "", said["action"].strip(_EDGES)) if said is not None else None


def impersonal_duty(sentence: str, words: Words) -> tuple[str, str] | None:
    """Return bearer and action of "It shall be the duty of every owner to keep …"."""
    bare = sentence.strip(_EDGES)
    duty = words.impersonal_duties.match(bare)
    bearer, to, action = bare[duty.end() :].strip().partition(" to ") if duty is not None else ("", "", "")
    return (bearer, action) if to else None


def is_thing(bearer: str, words: Words) -> bool:
    """Return whether a subject is a thing, which bears no duty: "the report shall contain …", 报告应当包括.

    >>> from tracker.amending.obligations.norm_words import words_of
    >>> [is_thing(name, words_of("en")) for name in ("notice under rule 3", "owner of a report", "plan")]
    [True, False, True]
    """
    if words.wide:
        is_actor = actor_at_start(bearer, words) == bearer
        return not is_actor and bearer.endswith(tuple(words.things)) and bool(words.things)
    if _ANYONE.match(bearer):
        return False
    head = _BEHIND_HEAD.split(bearer, maxsplit=1)[0].split()
    return bool(head) and head[-1].casefold().strip(",") in words.things


def is_passive(action: str, words: Words) -> bool:
    """Return whether something is done to the subject, "be inspected": it is no state, "be a member".

    >>> from tracker.amending.obligations.norm_words import words_of
    >>> [is_passive(action, words_of("en")) for action in ("be clearly marked", "be a member", "be kept")]
    [True, False, True]
    """
    participles = words.row.get("participles", ())
    if not participles:
        return True
    after = [
        word
        for word in action.split()[1:5]
        if not word.endswith("ly") and word not in {"not", "neither", "only", "also"}
    ]
    return bool(after) and (after[0].strip(",;.").endswith("ed") or after[0].strip(",;.") in participles)


def passive_agent(action: str, words: Words) -> tuple[str, str]:
    """Return who does what is said to be done "by" somebody, and the action without them; means are nobody."""
    articles = "|".join(words.row["articles"])
    participle = action.split()[1:2]
    for by in re.finditer(rf"\s{words.row['agent']}\s(?:(?:{articles})\s)?", action):
        before = action[: by.start()].split()[-1:]
        if before != participle and before[0].endswith("ed"):
            continue  # "a language determined by the Member State"
        name = _END_OF_AGENT.split(action[by.end() :], maxsplit=1)[0]
        rest = action[by.end() + len(name) :]
        if is_thing(name, words) or name.casefold() in words.row.get("not_agents", ()):
            continue
        return name.strip(_EDGES), f"{action[: by.start()]}{rest}"
    return "", action


def subject_of(condition: str, words: Words) -> str:
    """Return whom a condition is about: "Where an owner considers …, it shall …"."""
    lead = words.leads.match(condition)
    subject = _SUBJECT.match(condition[lead.end() :]) if lead is not None else None
    return subject["subject"] if subject is not None else ""


def without_aside(action: str, words: Words) -> tuple[str, str | None]:
    """Return the action without what stands between commas before it, and the moment that it names."""
    aside = words.asides.match(action)
    front, comma, rest = action.partition(", ")
    if aside is None or not comma:
        return action, None
    return rest, front if words.moments.match(front) else None


def anybody_in(action: str, words: Words) -> tuple[str, str]:
    """Return the bearer that stands behind a ban, and the rest: 禁止任何单位和个人伪造."""
    for name in words.row.get("anybody", ()):
        if action.startswith(name):
            return name, action.removeprefix(name)
    return "", action


def wide_bearer(clauses: Sequence[str], words: Words) -> str:
    """Return whom the clauses before a Chinese modal name: the actor that the last of them begins with.

    Where none begins with an actor it is what the last clause says, unless that is something done: things are
    subjects, too.

    >>> from tracker.amending.obligations.norm_words import words_of
    >>> wide_bearer(["网络运营者不履行义务的", "由有关主管部门责令改正", "给予警告"], words_of("zh"))
    '有关主管部门'
    """
    bare = [text for clause in clauses if (text := _without_adverbs(clause, words))]
    actor = next((found for text in reversed(bare) if (found := actor_at_start(text, words))), "")
    last = bare[-1] if bare else ""
    is_done = last.startswith(tuple(words.row["doings"])) and not (
        len(bare) == 1 and last.endswith(tuple(words.things))
    )
    return actor or ("" if is_done else last)


def actor_at_start(clause: str, words: Words) -> str:
    """Return the actor a Chinese clause begins with, with those joined to it; "" where it begins otherwise."""
    text = clause.removeprefix("由").removeprefix("其")
    first = _actor(words).match(text)
    if first is None:
        return ""
    end = first.end()
    while more := (
        _role(words).match(text, end) or _joined_actor(words).match(text, end) or _body_of_state(text, end, words)
    ):
        end = more.end()
    return text[:end]


def agent_of(sentence: str, words: Words) -> str:
    """Return who acts in a Chinese sentence without a modal: 由公安机关处罚款; "" where it says so of nobody."""
    if not words.wide:
        return ""
    clauses = (part.strip(_EDGES) for part in re.split(r"[，,：:]", sentence))
    return next((actor_at_start(clause, words) for clause in clauses if clause.startswith(words.row["agent"])), "")


def _without_adverbs(clause: str, words: Words) -> str:
    adverbs = "|".join(words.row["adverbs"])
    text = re.sub(rf"^(?:{'|'.join(words.row['joins'])})", "", clause)
    return re.sub(rf"(?:{adverbs})+$", "", text)


def _body_of_state(text: str, start: int, words: Words) -> re.Match[str] | None:
    """Return the body named behind the one it belongs to: 人民政府 has 有关部门 behind it."""
    is_of_state = text[:start].endswith(tuple(words.row["state"]))
    return _body(words).match(text, start) if is_of_state else None


@cache
def _actor(words: Words) -> re.Pattern[str]:
    return re.compile(rf"[^，,向对给把被将]{{0,40}}?{_actor_end(words)}")


@cache
def _role(words: Words) -> re.Pattern[str]:
    """Return what goes on an actor's name: 平台 has 经营者 behind it."""
    return words.any(words.row["roles"])


@cache
def _joined_actor(words: Words) -> re.Pattern[str]:
    linkers = "|".join(map(re.escape, sorted(words.row["linkers"], key=len, reverse=True)))
    return re.compile(rf"(?:{linkers})(?:使用|[^，,向对在使将给把被]){{0,24}}?{_actor_end(words)}")


@cache
def _body(words: Words) -> re.Pattern[str]:
    return re.compile(rf"[^，,、向对在由给把被]{{0,10}}?(?:{'|'.join(words.row['of_the_state'])})")


def _actor_end(words: Words) -> str:
    """Return what ends an actor's name: 者 but not that of 或者, 人 but not that of 他人, 组织 where it is no verb."""
    names = sorted(set(words.row["actors"]) - {"组织", "者", "人"}, key=len, reverse=True)
    follows = words.row["longer_words"]
    return rf"(?:{'|'.join(names)}|(?<!或)者|(?<!他)人(?!员)|(?<=.)组织)(?![{follows}])"
