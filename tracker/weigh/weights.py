"""How much a change matters in law: by its claims, its tags and its place."""

from __future__ import annotations

from storage.records import Change, ChangeKind, ClaimKind, TagName, Weight
from tracker.weigh.new_units import one_sided_kind

BY_TAG = {
    TagName.MODALITY: Weight.HIGH,
    TagName.DEADLINE: Weight.HIGH,
    TagName.AMOUNT: Weight.HIGH,
    TagName.PENALTY: Weight.HIGH,
    TagName.DEFINITION: Weight.HIGH,
    TagName.SCOPE: Weight.HIGH,
    TagName.DATE: Weight.HIGH,
    TagName.CONNECTIVE: Weight.MEDIUM,
    TagName.ACTOR: Weight.MEDIUM,
    TagName.REFERENCE: Weight.MEDIUM,
}
_LIGHT_CLAIMS = {  # they say what their tag would overstate
    ClaimKind.PERMISSION_ADDED: TagName.MODALITY,
    ClaimKind.LIST_EXTENDED: TagName.SCOPE,
    ClaimKind.LIST_SHORTENED: TagName.SCOPE,
}
_HEAVY = ("duty_", "prohibition_", "deadline_", "penalty_", "amount_", "threshold_", "age_", "term_", "exception_",
          "condition_", "date_", "definition_")  # fmt: skip
_BY_CLAIM = {
    **{claim: Weight.HIGH for claim in ClaimKind if claim.value.startswith(_HEAVY)},
    ClaimKind.LIST_EXTENDED: Weight.MEDIUM,
    ClaimKind.LIST_SHORTENED: Weight.MEDIUM,
    ClaimKind.PERMISSION_ADDED: Weight.MEDIUM,
    ClaimKind.REFERENCE_RETARGETED: Weight.MEDIUM,
    ClaimKind.REFERENCE_DANGLING: Weight.MEDIUM,
    ClaimKind.WORDS_MOVED: Weight.LOW,
    ClaimKind.RECAST: Weight.EDITORIAL,
}
_BY_KIND = {  # without any tag
    ChangeKind.ADDED: Weight.MEDIUM,
    ChangeKind.REMOVED: Weight.MEDIUM,
    ChangeKind.MODIFIED: Weight.EDITORIAL,
    ChangeKind.RENUMBERED: Weight.REFERENCE,
    ChangeKind.MOVED: Weight.LOW,
    ChangeKind.SPLIT: Weight.LOW,
    ChangeKind.MERGED: Weight.LOW,
}
_LIGHTER = {Weight.HIGH: Weight.MEDIUM, Weight.MEDIUM: Weight.LOW}
_RECITALS = "rec_"
_CONTAINERS = ("book_", "part_", "title_", "chp_", "subpart_")
ORDER = list(Weight)


def weigh_change(change: Change) -> Weight:
    """Return the weight of one change whose tags and claims are known; a reference that only followed stays one."""
    if change.weight is Weight.REFERENCE:
        return Weight.REFERENCE
    if change.kind is ChangeKind.RENUMBERED and change.old_eid != change.old_unit:
        return Weight.EDITORIAL  # inside its unit a new number is a change of that unit
    claims = {claim.claim for claim in change.claims}
    light = {_LIGHT_CLAIMS[claim] for claim in claims if claim in _LIGHT_CLAIMS}
    heavy = any(claim not in _LIGHT_CLAIMS and _BY_CLAIM.get(claim) is Weight.HIGH for claim in claims)
    weights = [_BY_KIND[one_sided_kind(change) or change.kind]]
    weights += [Weight.MEDIUM if tag.tag in light and not heavy else BY_TAG[tag.tag] for tag in change.tags]
    weights += [_BY_CLAIM[claim] for claim in claims if claim in _BY_CLAIM]
    weight = min(weights, key=ORDER.index)
    unit = change.new_unit or change.old_unit or ""
    if unit.startswith(_RECITALS):
        return _LIGHTER.get(weight, weight)
    if unit.startswith(_CONTAINERS) and not change.tags and weight is Weight.MEDIUM:
        return Weight.LOW  # a heading came or went
    return weight
