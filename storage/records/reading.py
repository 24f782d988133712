"""What a reader got out of one page: provisions and facts, without ids of ours, without I/O."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class ProvisionKind(StrEnum):
    """A level of the hierarchies of the four drafting traditions, in full words."""

    BOOK = "book"
    PART = "part"
    TITLE = "title"
    CHAPTER = "chapter"
    SUBPART = "subpart"
    SECTION = "section"
    ARTICLE = "article"
    RULE = "rule"
    REGULATION = "regulation"
    RECITAL = "recital"
    ANNEX = "annex"
    SCHEDULE = "schedule"
    APPENDIX = "appendix"
    SUPPLEMENT = "supplement"
    PARAGRAPH = "paragraph"
    SUBPARAGRAPH = "subparagraph"
    SUBSECTION = "subsection"
    CLAUSE = "clause"
    SUBCLAUSE = "subclause"
    POINT = "point"
    ITEM = "item"
    PROVISO = "proviso"
    EXPLANATION = "explanation"
    ILLUSTRATION = "illustration"
    WRAPUP = "wrapup"

    @property
    def abbreviation(self) -> str:
        """Return the step of an ``eid`` for this kind, after the Akoma Ntoso naming convention."""
        return _ABBREVIATIONS.get(self, self.value)


_ABBREVIATIONS = {
    ProvisionKind.TITLE: "title",
    ProvisionKind.CHAPTER: "chp",
    ProvisionKind.SECTION: "sec",
    ProvisionKind.ARTICLE: "art",
    ProvisionKind.REGULATION: "reg",
    ProvisionKind.RECITAL: "rec",
    ProvisionKind.ANNEX: "anx",
    ProvisionKind.SCHEDULE: "sched",
    ProvisionKind.APPENDIX: "app",
    ProvisionKind.SUPPLEMENT: "supp",
    ProvisionKind.PARAGRAPH: "para",
    ProvisionKind.SUBPARAGRAPH: "subpara",
    ProvisionKind.SUBSECTION: "subsec",
    ProvisionKind.SUBCLAUSE: "subcl",
    ProvisionKind.PROVISO: "prov",
    ProvisionKind.EXPLANATION: "expl",
    ProvisionKind.ILLUSTRATION: "illus",
}


@dataclass(frozen=True, slots=True)
class Provision:
    """A numbered piece of a law, addressed by ``eid``; ``text`` stands before its children."""

    eid: str
    kind: ProvisionKind
    number: str = ""
    label: str = ""
    heading: str = ""
    text: str = ""
    citation: str = ""
    children: tuple[Provision, ...] = ()
    pid: str = ""

    def walk(self) -> Iterator[Provision]:
        """Yield this provision and everything below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Authority:
    """A body that issues law. ``id`` is from the table of authorities, or a slug of the name."""

    id: str
    name: str
    native: str = ""


class MilestoneKind(StrEnum):
    """Which legal date of an instrument."""

    ADOPTED = "adopted"
    ISSUED = "issued"
    PUBLISHED = "published"
    IN_FORCE = "in_force"
    APPLIES = "applies"
    COMMENTS_DUE = "comments_due"
    REPEALED = "repealed"


@dataclass(frozen=True, slots=True)
class Milestone:
    """One legal date with the words it rests on; ``on`` is None when the text leaves it open."""

    kind: MilestoneKind
    on: date | None
    basis: str
    eid: str | None = None
    formula: str | None = None
    superseded_by: str | None = None


class RelationKind(StrEnum):
    """What one instrument says about another."""

    AMENDS = "amends"
    REPEALS = "repeals"
    CORRECTS = "corrects"
    IMPLEMENTS = "implements"
    DRAFT_OF = "draft_of"
    POSTPONES = "postpones"


@dataclass(frozen=True, slots=True)
class Relation:
    """One instrument's words about another; ``target`` is the name or number it uses."""

    kind: RelationKind
    target: str
    basis: str
    eid: str | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Definition:
    """A term a law defines, where, and in which words."""

    term: str
    eid: str
    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """Words of the page that are no provision, kept under a name such as ``preface`` or ``footer``."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong with a page or our reading of it; ``fatal`` means it must not become a version."""

    cause: str
    text: str
    eid: str | None = None
    fatal: bool = False


@dataclass(frozen=True, slots=True)
class ReadingCheck:
    """One comparison of what was read with what the page itself prints, and whether the two agree.

    ``check`` says what was compared (``sequence``, ``ids``, ``contents``, ``headings``, ``outside``, ``quoted``,
    ``empty``), ``unit`` of which kind, ``expected`` and ``read`` how many of it there should be and are.
    """

    check: str
    unit: str
    expected: int
    read: int
    ok: bool
    text: str = ""
    fatal: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read from one page at one time.

    ``front`` holds the units ``preface``, ``preamble`` and ``conclusions`` (Note.name is the unit); ``notes`` what
    belongs to the page but not to the law (explanatory note, consultation notice, footnotes); ``furniture`` what
    belongs to the site. Together with ``provisions`` and ``flaws`` they hold every visible word of the page.
    """

    format: str
    jurisdiction: str
    language: str
    title: str
    title_native: str = ""
    number: str = ""
    type: str = ""
    draft: bool = False
    authorities: tuple[Authority, ...] = ()
    dates: tuple[Milestone, ...] = ()
    topics: tuple[str, ...] = ()
    definitions: tuple[Definition, ...] = ()
    scope: tuple[str, ...] = ()
    provisions: tuple[Provision, ...] = ()
    relations: tuple[Relation, ...] = ()
    front: tuple[Note, ...] = ()
    notes: tuple[Note, ...] = ()
    furniture: tuple[Note, ...] = ()
    flaws: tuple[Flaw, ...] = ()
    checks: tuple[ReadingCheck, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    words: dict[str, int] = field(default_factory=dict)
    uri: str = ""
    reader: str = ""

    @property
    def is_law(self) -> bool:
        """Return whether this may become a version: nothing fatal was found."""
        return not any(flaw.fatal for flaw in self.flaws)

    def walk(self) -> Iterator[Provision]:
        """Yield every provision, in reading order."""
        for provision in self.provisions:
            yield from provision.walk()

    def count(self) -> Counter[str]:
        """Count every provision by kind, annexes' inner ones included."""
        return Counter(provision.kind.value for provision in self.walk())
