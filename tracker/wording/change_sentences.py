"""One sentence for each change in the reader's language: made of its claims.

The English sentence comes with the change. Another language has one where it has a table of sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from storage.records import Change, ChangeKind, Claim, ClaimKind, DateChange, Weight
from tracker.wording.labels import Labels, table_of
from tracker.wording.phrases import day

_DURATION = re.compile(r"P(T?)([\d.]+)([A-Z]+)")
_WIDE = re.compile(r"[\u3400-\u9fff]")
_LONGEST = 80
_MOST = 4  # claims told of one change
_ORDER = list(ClaimKind)
_PLAIN = {ClaimKind.REWORDED, ClaimKind.RECAST}


def sentence(change: Change, language: str) -> str:
    """Return one sentence about *change* in *language*, or nothing when that language has no sentences."""
    words = _sentences(language)
    if words is None:
        return ""
    places = {"old": _place(change.old_citation or change.old_eid, words),
              "new": _place(change.new_citation or change.new_eid, words)}  # fmt: skip
    if change.weight is Weight.REFERENCE and change.kind is ChangeKind.MODIFIED:
        return words("whole.reference", **places)
    of_claims = _of_claims(change, words)
    if change.kind is ChangeKind.MODIFIED:
        return of_claims or words("whole.wording", new=places["new"] or places["old"] or "")
    is_same_name = change.kind is ChangeKind.MOVED and places["old"] == places["new"]
    whole = words("whole.moved_under_its_name" if is_same_name else f"whole.{change.kind.value}", **places)
    return words("whole.joined", whole=whole, said=of_claims) if of_claims else whole


def _place(name: str | None, words: Labels) -> str | None:
    """Return the name of a place; what stands around the provisions has one of our own."""
    return words(f"front.{name}") if f"front.{name}" in words.labels else name


def date_sentences(rows: Iterable[DateChange], words: Labels) -> Iterator[str]:
    """Yield a sentence for each date that moved, in a language that has a table of sentences."""
    table = _sentences(words.language)
    for row in rows if table is not None else ():
        label, kind = f"dates.{row.move}", f"date.{row.kind}"
        if table is not None and label in table.labels and kind in words.labels:
            move_sentence = table(label, kind=words(kind), old=day(row.old, words), new=day(row.new, words))
            yield table("dates.for_scope", said=move_sentence, scope=_clip(row.scope)) if row.scope else move_sentence


@cache
def _sentences(language: str) -> Labels | None:
    name = language.partition("-")[0].lower()
    table = table_of(f"sentences/{name}.toml") if name.isalpha() else None
    return None if table is None else Labels(name, table)


def _of_claims(change: Change, words: Labels) -> str:
    ranked = sorted(change.claims, key=lambda claim: (claim.claim in _PLAIN, _ORDER.index(claim.claim)))
    told = dict.fromkeys(filter(None, (_of_claim(claim, words) for claim in ranked)))
    return words.labels["whole.between"].join(list(told)[:_MOST])  # type: ignore[union-attr]  # it counts nothing


def _of_claim(claim: Claim, words: Labels) -> str:
    texts = [_without_stop(_clip(text)) for text in (claim.old_text, claim.new_text)]
    old, new = (_say(normal, text, words) for normal, text in zip((claim.old, claim.new), texts, strict=True))
    if claim.subject == "tiers":
        old, new = (_tiers(side, words) for side in (claim.old, claim.new))
    which = "changed" if (old and new) else "added" if new else "removed" if old else "bare"
    label = next((name for name in _names(claim, which) if name in words.labels), "")
    if not label:
        return ""
    kinds = {f"{side}_kind": _kind(normal, words) for side, normal in (("old", claim.old), ("new", claim.new))}
    return words(label, old=old, new=new, subject=_clip(claim.subject), **kinds)


def _names(claim: Claim, which: str) -> list[str]:
    """Return the labels a claim may be told by, the most telling first."""
    role, _, rest = claim.unit.partition("|")
    role, bound = role.replace(" ", "_") or "plain", rest.partition("|")[0]
    grade = "graded_" if claim.old in _GRADES and claim.new in _GRADES else ""
    name = claim.claim.value
    return [
        f"claim.{name}.tiers.{role}" if claim.subject == "tiers" else "",
        f"claim.{name}.penalty" if claim.subject == "penalty" else "",
        f"claim.{name}.{role}.{bound}" if bound else "",
        f"claim.{name}.{role}",
        f"claim.{name}.{grade}{which}",
        f"claim.{grade}{which}" if grade else "",
        f"claim.{name}",
    ]


_GRADES = {"obligation", "permission", "prohibition", "none", "advice"}


def _say(normal: str, text: str, words: Labels) -> str:
    found = _DURATION.fullmatch(normal)
    label = f"units.{found[1]}{found[3]}" if found else ""
    if found and label in words.labels:
        return words(label, n=found[2])
    if _WIDE.search(text):
        return text  # as the law writes it: 五万元
    currency, _, amount = normal.partition(" ")
    money = currency.isalpha() and amount.replace(".", "").isdigit()
    return f"{currency} {float(amount):,.15g}" if money else text or normal


def _tiers(tiers: str, words: Labels) -> str:
    """Return the tiers of a penalty, from the lightest to the heaviest: up to three years, or three to ten."""
    return words("tiers.between").join(_tier(tier, words) for tier in tiers.split("; "))


def _tier(tier: str, words: Labels) -> str:
    floor, dash, ceiling = tier.partition("-")
    low, high = (_say(value, "", words) if value else "" for value in (floor, ceiling))
    if not dash:
        return low
    return words("tiers.range" if low and high else "tiers.most" if high else "tiers.least", low=low, high=high)


def _without_stop(text: str) -> str:
    """Return quoted words without the stop at their end."""
    return text.rstrip("。；;，,")


def _kind(normal: str, words: Labels) -> str:
    label = f"kinds.{normal}"
    return words(label) if label in words.labels else normal


def _clip(text: str) -> str:
    bare = " ".join(text.split())
    return bare if len(bare) <= _LONGEST else bare[: _LONGEST - 1] + "…"
