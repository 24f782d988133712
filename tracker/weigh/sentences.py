"""Plain English sentences, made of claims and of nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from storage.records import Claim
from storage.records import ClaimKind as C
from tracker.weigh.quantities.value_sentences import duration, measure, tier_in_words, value_alone
from tracker.weigh.quotable import tells_change

_NEW = {
    C.DUTY_ADDED: "new duty",
    C.DUTY_REMOVED: "this duty is gone",
    C.PROHIBITION_ADDED: "new prohibition",
    C.PROHIBITION_REMOVED: "this prohibition is gone",
    C.PERMISSION_ADDED: "new permission",
    C.PERMISSION_REMOVED: "this permission is gone",
    C.PENALTY_ADDED: "new penalty",
    C.PENALTY_REMOVED: "this penalty is gone",
}
_MODAL = {C.DUTY_WEAKENED, C.DUTY_STRENGTHENED, *_NEW}
RANK = (
    C.PROHIBITION_ADDED, C.DUTY_STRENGTHENED, C.DUTY_WEAKENED, C.DUTY_ADDED, C.DUTY_REMOVED, C.PROHIBITION_REMOVED,
    C.DEADLINE_SHORTENED, C.DEADLINE_EXTENDED, C.DEADLINE_CHANGED, C.PENALTY_RAISED, C.PENALTY_LOWERED,
    C.PENALTY_CHANGED, C.AGE_CHANGED, C.THRESHOLD_RAISED, C.THRESHOLD_LOWERED, C.AMOUNT_RAISED, C.AMOUNT_LOWERED,
    C.AMOUNT_CHANGED, C.THRESHOLD_CHANGED, C.TERM_CHANGED, C.DEADLINE_SET, C.DEADLINE_DROPPED, C.PENALTY_ADDED,
    C.PENALTY_REMOVED, C.DATE_MOVED, C.EXCEPTION_ADDED, C.EXCEPTION_REMOVED, C.SCOPE_NARROWED, C.SCOPE_WIDENED,
    C.CONDITION_ADDED, C.CONDITION_REMOVED, C.SCOPE_CHANGED, C.DEFINITION_CHANGED, C.DEFINITION_ADDED,
    C.DEFINITION_REMOVED, C.PERMISSION_REMOVED, C.PERMISSION_ADDED, C.ACTOR_CHANGED, C.ACTOR_ADDED, C.ACTOR_REMOVED,
    C.REFERENCE_DANGLING, C.REFERENCE_RETARGETED, C.LIST_EXTENDED, C.LIST_SHORTENED, C.CONNECTIVE_CHANGED,
    C.WORDS_MOVED, C.RECAST, C.REWORDED,
)  # fmt: skip
_MOST = 4  # claims told of one change


def ranked(claims: Iterable[Claim]) -> list[Claim]:
    """Return claims, the most important first; what changed from one thing to another before what only came or went."""
    return sorted(claims, key=rank)


def rank(claim: Claim) -> int:
    """Return the place of a claim among others: a bare "shall" that came tells less than what became what."""
    bare = claim.claim in _NEW and claim.unit == "" and bool(claim.old) != bool(claim.new)
    return RANK.index(C.DEFINITION_REMOVED if bare else claim.claim)


def tell(claims: Iterable[Claim]) -> str:
    """Return one text about *claims*, the most important first, at most a few of them."""
    told = list(dict.fromkeys(filter(None, map(sentence, ranked(claims)))))
    first, rest = told[:1], [text[0].lower() + text[1:] for text in told[1:_MOST]]
    return "; ".join([*first, *rest])


def sentence(claim: Claim) -> str:
    """Return one claim in English, or nothing when its words are better not quoted."""
    if claim.claim in _NEW and claim.unit == "sentence":
        return _of_unit(claim)
    return _SENTENCES[claim.claim](claim)


def _of_unit(claim: Claim) -> str:
    text = claim.new_text or claim.old_text
    name = _NEW[claim.claim]
    return f"{name[0].upper()}{name[1:]}: “{text}”" if text and not tells_change(text) else ""


def _penalty_alone(claim: Claim) -> str:
    if claim.subject != "words":
        return value_alone(claim)
    return f"New kind of penalty: “{claim.new_text}”" if claim.new_text else f"Kind of penalty gone: “{claim.old_text}”"


def _limit_set(claim: Claim) -> str:
    if claim.old and claim.new:
        what = "became a time limit" if claim.claim is C.DEADLINE_SET else "is a time limit no more"
        return f"{duration(claim.new)} {what}: was “{claim.old_text}”, is now “{claim.new_text}”"
    return value_alone(claim)


def _modal(claim: Claim) -> str:
    if claim.subject == "penalty":
        now = "mandatory" if claim.claim is C.DUTY_STRENGTHENED else "discretionary"
        return f"Penalty is now {now}: “{claim.old_text}” became “{claim.new_text}”"
    grades = ("obligation", "permission", "prohibition", "none", "advice")
    names = {"none": "no obligation", "advice": "encouragement"}
    what = f": “{claim.subject}”" if claim.subject and not tells_change(claim.subject) else ""
    if claim.old in grades and claim.new in grades:
        old, new = names.get(claim.old, claim.old), names.get(claim.new, claim.new)
        return f"{old.capitalize()} became {new} (“{claim.old_text}” to “{claim.new_text}”)"
    names |= {"none": "exemption from a duty"} if not (claim.old and claim.new) else {}
    if claim.new in grades and not claim.old:
        return f"{names.get(claim.new, claim.new).capitalize()} added (“{claim.new_text}”){what}"
    if claim.old in grades and not claim.new:
        return f"{names.get(claim.old, claim.old).capitalize()} removed (“{claim.old_text}”){what}"
    word = "weakened" if claim.claim is C.DUTY_WEAKENED else "strengthened"
    if not claim.old_text or not claim.new_text:
        return f"Duty {word}: “{claim.new_text or claim.old_text}” {'added' if claim.new_text else 'removed'}"
    return f"Duty {word}: “{claim.old_text}” is now “{claim.new_text}”"


def _penalty_changed(claim: Claim) -> str:
    if claim.subject == "words":
        return _words("Penalty")(claim)
    if claim.subject != "tiers":
        return measure(claim)
    name = "Prison terms" if claim.unit.startswith("prison") else "Penalties"
    old, new = (" or ".join(map(tier_in_words, side.split("; "))) for side in (claim.old, claim.new))
    return f"{name} changed: were {old}, are now {new}"


def _words(name: str) -> Callable[[Claim], str]:
    def tell_words(claim: Claim) -> str:
        old, new = claim.old_text, claim.new_text
        if tells_change(old) or tells_change(new):
            return f"{name} changed"
        if old and new:
            return f"{name} changed from “{old}” to “{new}”"
        return f"{name} changed: “{new}” added" if new else f"{name} changed: “{old}” removed" if old else ""

    return tell_words


def _phrase(added: str, removed: str) -> Callable[[Claim], str]:
    def tell_words(claim: Claim) -> str:
        text = claim.new_text or claim.old_text
        name = added if claim.new_text else removed
        return f"{name}: “{text}”" if not tells_change(text) else name

    return tell_words


def _scope(claim: Claim) -> str:
    if "negation" in (claim.old, claim.new):
        what = f": “{claim.subject}”" if claim.subject and not tells_change(claim.subject) else ""
        return f"Negation {'added' if claim.new else 'removed'} (“{claim.new_text or claim.old_text}”){what}"
    return _words("Scope or exception")(claim)


def _scope_width(claim: Claim) -> str:
    how = "narrowed" if claim.claim is C.SCOPE_NARROWED else "widened"
    what = f" (“{claim.subject}”)" if claim.subject and not tells_change(claim.subject) else ""
    return f"Scope {how}: “{claim.new_text or claim.old_text}” {'added' if claim.new_text else 'removed'}{what}"


def _definition(claim: Claim) -> str:
    term = claim.subject
    if not term:
        return _words("Definition")(claim)
    if claim.claim is C.DEFINITION_CHANGED:
        if not claim.old_text and not claim.new_text:
            return f"Definition of “{term}” changed"
        return _words(f"Definition of “{term}”")(claim)
    return f"Definition of “{term}” {'added' if claim.claim is C.DEFINITION_ADDED else 'removed'}"


def _reference(claim: Claim) -> str:
    if claim.unit == "target":
        return f"“{claim.new_text}” now points to {claim.new}; it pointed to {claim.old}"
    if claim.old_text and claim.new_text:
        return f"Reference changed from “{claim.old_text}” to “{claim.new_text}”"
    if claim.new_text:
        return f"Now refers to “{claim.new_text}”"
    return f"Refers to “{claim.old_text}” no more"


def _no_target(claim: Claim) -> str:
    return f"“{claim.new_text}” now points to nothing; it pointed to {claim.old}"


def _old_and_new(claim: Claim) -> str:
    if claim.old_text and claim.new_text and claim.old_text != claim.new_text:
        return f"Was “{claim.old_text}”, is now “{claim.new_text}”"
    if claim.new_text and not claim.old_text:
        return f"Now also reads “{claim.new_text}”"
    if claim.old_text and not claim.new_text:
        return f"Reads “{claim.old_text}” no more"
    return "The words differ"


def _new_place(claim: Claim) -> str:
    return f"Words that stood in {claim.old} now stand in {claim.new}"


def _recast(claim: Claim) -> str:  # noqa: ARG001 - every sentence takes its claim
    return "The same words; only marks, breaks or their order differ"


_LIMITS = {"words": "Threshold", "which": "The amount that counts"}
_SENTENCES: dict[C, Callable[[Claim], str]] = {
    **dict.fromkeys(_MODAL, _modal),
    **dict.fromkeys(
        (
            C.DEADLINE_SHORTENED, C.DEADLINE_EXTENDED, C.DEADLINE_CHANGED, C.PENALTY_RAISED, C.PENALTY_LOWERED,
            C.AMOUNT_RAISED, C.AMOUNT_LOWERED, C.AMOUNT_CHANGED, C.THRESHOLD_RAISED, C.THRESHOLD_LOWERED,
            C.AGE_CHANGED, C.TERM_CHANGED,
        ),
        measure,
    ),
    C.PENALTY_CHANGED: _penalty_changed,
    C.THRESHOLD_CHANGED: lambda c: _words(_LIMITS[c.subject])(c) if c.subject in _LIMITS else measure(c),
    C.DATE_MOVED: lambda c: _words("Time" if c.unit.startswith("time of day") else "Date")(c),
    C.DEADLINE_SET: _limit_set,
    C.DEADLINE_DROPPED: _limit_set,
    C.PENALTY_ADDED: _penalty_alone,
    C.PENALTY_REMOVED: _penalty_alone,
    C.SCOPE_CHANGED: _scope,
    C.SCOPE_NARROWED: _scope_width,
    C.SCOPE_WIDENED: _scope_width,
    C.EXCEPTION_ADDED: _phrase("New exception", "Exception gone"),
    C.EXCEPTION_REMOVED: _phrase("New exception", "Exception gone"),
    C.CONDITION_ADDED: _phrase("New condition", "Condition gone"),
    C.CONDITION_REMOVED: _phrase("New condition", "Condition gone"),
    C.LIST_EXTENDED: _phrase("Now also lists", "Lists no more"),
    C.LIST_SHORTENED: _phrase("Now also lists", "Lists no more"),
    C.CONNECTIVE_CHANGED: _words("Connective"),
    C.DEFINITION_ADDED: _definition,
    C.DEFINITION_CHANGED: _definition,
    C.DEFINITION_REMOVED: _definition,
    C.ACTOR_CHANGED: _words("Actor"),
    C.ACTOR_ADDED: _words("Actor"),
    C.ACTOR_REMOVED: _words("Actor"),
    C.REFERENCE_RETARGETED: _reference,
    C.REFERENCE_DANGLING: _no_target,
    C.WORDS_MOVED: _new_place,
    C.RECAST: _recast,
    C.REWORDED: _old_and_new,
}  # fmt: skip
