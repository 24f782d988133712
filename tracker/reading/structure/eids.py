"""Give drafts their ids and citations: the Akoma Ntoso naming convention as DESIGN section 4 narrows it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from storage.records import Provision, ProvisionKind
from tracker.reading.structure.draft import Draft
from tracker.reading.structure.numbers import fold_number

K = ProvisionKind
CONTAINERS = frozenset({K.BOOK, K.PART, K.TITLE, K.CHAPTER, K.SUBPART})
ROOTS = frozenset({K.ARTICLE, K.RULE, K.REGULATION, K.RECITAL, K.ANNEX, K.SCHEDULE, K.APPENDIX, K.SUPPLEMENT})
ARTICLES = frozenset({K.ARTICLE, K.RULE, K.REGULATION})
ATTACHMENTS = frozenset({K.ANNEX, K.SCHEDULE, K.APPENDIX, K.SUPPLEMENT})
_UNSAFE = re.compile(r"[^\w.\-]+")

Cite = Callable[[Sequence[Draft]], str]


def finish(drafts: Iterable[Draft], cite: Cite) -> tuple[Provision, ...]:
    """Return *drafts* as provisions with ``eid`` and ``citation``.

    *cite* is the tradition's way of citing: it gets the path from the article-level draft (or the container) down.
    Two siblings that print the same number keep it; the second one's id ends in ``-2``, as AKN-NC advises for
    repeated numbers, so that ids stay unique.
    """
    return _EidBuilder(cite).children(list(drafts), (), "", in_attachment=False)


def is_section_container(draft: Draft) -> bool:
    """Say whether a section holds article-level units and so only divides a chapter."""
    return draft.kind is K.SECTION and any(
        child.kind in ARTICLES or is_section_container(child) for child in draft.children
    )


class _EidBuilder:
    def __init__(self, cite: Cite) -> None:
        self.cite = cite
        self.counts: Counter[str] = Counter()

    def children(
        self, drafts: Sequence[Draft], path: tuple[Draft, ...], prefix: str, *, in_attachment: bool
    ) -> tuple[Provision, ...]:
        places: Counter[ProvisionKind] = Counter()
        provisions = []
        for draft in drafts:
            places[draft.kind] += 1
            provisions.append(self.one(draft, path, prefix, places[draft.kind], in_attachment=in_attachment))
        return tuple(provisions)

    def one(self, draft: Draft, path: tuple[Draft, ...], prefix: str, place: int, *, in_attachment: bool) -> Provision:
        container = draft.kind in CONTAINERS or is_section_container(draft)
        number = fold_number(draft.number)
        if draft.kind not in CONTAINERS | ATTACHMENTS and not container:
            number = number.lower()  # Roman stays Roman only for parts, titles, chapters, annexes and supplements
        step = f"{draft.kind.abbreviation}_{_UNSAFE.sub('-', number) or place}"
        if not draft.number and draft.kind in ATTACHMENTS:
            step = f"{draft.kind.abbreviation}_{place}"
        unit = draft.kind in ROOTS or (draft.kind is K.SECTION and all(_holds_units(above) for above in path))
        standalone = not in_attachment and (container or unit)
        nested_section = draft.kind is K.SECTION and container and path and path[-1].kind in CONTAINERS
        alone = not prefix or (standalone and not nested_section)
        eid = self.unique(step if alone else f"{prefix}__{step}")
        here = (*path, draft) if not standalone or container else (draft,)
        return Provision(
            eid=eid,
            kind=draft.kind,
            number=number,
            label=draft.label,
            heading=draft.heading,
            text=draft.text,
            citation=self.cite(here),
            children=self.children(draft.children, here, eid, in_attachment=in_attachment or draft.kind in ATTACHMENTS),
        )

    def unique(self, eid: str) -> str:
        self.counts[eid] += 1
        return eid if self.counts[eid] == 1 else self.unique(f"{eid}-{self.counts[eid]}")


def _holds_units(draft: Draft) -> bool:
    return draft.kind in CONTAINERS or is_section_container(draft)
