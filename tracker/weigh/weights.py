"""How much a change matters in law: by its tags and its place."""

from __future__ import annotations

from storage.records import Change, ChangeKind, TagName, Weight

_BY_TAG = {
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
    """Return the weight of one change whose tags are known; a reference that only followed stays what it is."""
    if change.weight is Weight.REFERENCE:
        return Weight.REFERENCE
    if change.kind is ChangeKind.RENUMBERED and change.old_eid != change.old_unit:
        return Weight.EDITORIAL  # inside its unit a new number is a change of that unit
    found = [_BY_TAG[tag.tag] for tag in change.tags] + [_BY_KIND[change.kind]]
    weight = min(found, key=ORDER.index)
    unit = change.new_unit or change.old_unit or ""
    if unit.startswith(_RECITALS):
        return _LIGHTER.get(weight, weight)
    if unit.startswith(_CONTAINERS) and not change.tags and weight is Weight.MEDIUM:
        return Weight.LOW  # a heading came or went
    return weight
