"""A law under construction: what the reader of one tradition saw, before ids and facts are worked out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from storage.records import Flaw, Furniture, Note, ProvisionKind


@dataclass(slots=True)
class Draft:
    """A provision being built.

    ``number`` is what is printed, bare of decoration ("5", "III", "a", "五", "五十条之一" without 第条 is "五十之一");
    ``label`` is what is printed, decoration included ("Article 5", "第五条", "(a)"); ``text`` excludes the label.
    An unnumbered paragraph has neither; it is numbered by its place when ids are given.
    """

    kind: ProvisionKind
    number: str = ""
    label: str = ""
    heading: str = ""
    text: str = ""
    children: list[Draft] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ReadingContext:
    """What is known about a page before it is read: from the declaration, the response headers and the list."""

    jurisdiction: str = ""
    language: str = ""
    url: str = ""
    media_type: str = ""
    kind: str = "law"
    select: str = ""
    remove: tuple[str, ...] = ()
    title: str = ""
    published_on: date | None = None
    comments_due_on: date | None = None
    authorities: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    furniture: tuple[Furniture, ...] = ()


@dataclass(slots=True)
class Extract:
    """A page taken apart by the reader of one tradition: the law as drafts, and everything else by name.

    Every visible word of the page is in exactly one of the fields. ``front`` notes are named ``preface``,
    ``preamble`` or ``conclusions``. ``footnotes`` are again those notes that say what a unit owes to another act, with
    the number of the unit they stand at. ``is_act`` says that however few words are an
    act. ``number``, ``language``, ``uri``, ``issued_on``, ``published_on`` are set
    when the markup states them.
    """

    title: str = ""
    number: str = ""
    language: str = ""
    uri: str = ""
    is_act: bool = False
    issued_on: date | None = None
    published_on: date | None = None
    drafts: list[Draft] = field(default_factory=list)
    front: list[Note] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    furniture: list[Note] = field(default_factory=list)
    flaws: list[Flaw] = field(default_factory=list)
    footnotes: list[tuple[str, str]] = field(default_factory=list)
