"""Problems: expected failures of one subject at one stage; each opens and closes by its own subject."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from storage.records.page import Page


class Stage(StrEnum):
    """Where on the journey something failed."""

    FETCH = "fetch"
    PAGE = "page"
    READ = "read"
    COMPARE = "compare"
    MATCH = "match"
    COMPOSE = "compose"
    DELIVERY = "delivery"
    SILENCE = "silence"


class SubjectKind(StrEnum):
    """What a problem may be about."""

    SOURCE = "source"
    PAGE = "page"
    VERSION = "version"
    MESSAGE = "message"
    EVENT = "event"
    STEP = "step"


class _OfASource(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def source_id(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Subject:
    """What a problem is about; only its own success, or a decision on it, ends the problem.

    ``told_as`` is under which name it is summed up where it is told: its source, or the step that works on it.
    """

    kind: SubjectKind
    id: str
    told_as: str
    url: str = ""

    @classmethod
    def of_source(cls, source_id: str, url: str = "") -> Subject:
        """Return a source as a subject; *url* is where to look."""
        return cls(SubjectKind.SOURCE, source_id, source_id, url)

    @classmethod
    def of_page(cls, page: Page) -> Subject:
        """Return a page as a subject."""
        return cls(SubjectKind.PAGE, str(page.id), page.source_id, page.url)

    @classmethod
    def of_version(cls, version: _OfASource, url: str = "") -> Subject:
        """Return a version as a subject; *url* is the page it was read from."""
        return cls(SubjectKind.VERSION, version.id, version.source_id, url)

    @classmethod
    def of_step(cls, name: str, url: str = "") -> Subject:
        """Return a step of the journey as a subject: what it does fails as a whole."""
        return cls(SubjectKind.STEP, name, name, url)

    @classmethod
    def of_event(cls, key: str, step: str) -> Subject:
        """Return an event, by its key, as the subject of what a step does with it."""
        return cls(SubjectKind.EVENT, key, step)

    @classmethod
    def of_message(cls, key: str, step: str) -> Subject:
        """Return a message, by its key, as the subject of what a step does with it."""
        return cls(SubjectKind.MESSAGE, key, step)


@dataclass(frozen=True, slots=True)
class Problem:
    """An expected failure of one subject at one stage; goes to operators, never to readers.

    ``source_id`` is under which name it is told, ``told_at`` when operators were last told of it, ``end_told_at`` when
    they were told that it had ended.
    """

    id: int
    source_id: str
    stage: Stage
    cause: str
    text: str
    opened_at: datetime
    last_seen_at: datetime
    closed_at: datetime | None = None
    url: str = ""
    version_id: str | None = None
    times: int = 1
    told_at: datetime | None = None
    end_told_at: datetime | None = None
    subject_kind: SubjectKind = SubjectKind.SOURCE
    subject_id: str = ""

    def is_about(self, subject: Subject) -> bool:
        """Return whether this is a problem of *subject*."""
        return (self.subject_kind, self.subject_id) == (subject.kind, subject.id)
