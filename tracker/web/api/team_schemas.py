"""The shapes of a team's work in the API: what is open, and the audit trail."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from storage.team_notes import TeamAct


class NewTeamNoteSchema(BaseModel):
    """What somebody does with a set of changes: `assign` needs `whom`, `comment` needs `text`."""

    act: TeamAct
    who: str = Field(min_length=1, max_length=100)
    unit: str = Field(default="", max_length=300, description="Only one unit of it, such as art_9")
    whom: str = Field(default="", max_length=100)
    text: str = Field(default="", max_length=4_000)


class TeamNoteSchema(BaseModel):
    """One entry of the audit trail."""

    id: int
    at: datetime
    who: str
    act: TeamAct
    unit: str | None
    whom: str | None
    text: str | None


class TeamTrailSchema(BaseModel):
    """The audit trail of a set of changes, oldest first."""

    items: list[TeamNoteSchema]


class TeamWorkItemSchema(BaseModel):
    """A set of changes as a team works on it."""

    change_set: int
    instrument: str
    title: str
    at: datetime
    weight: str
    summary_text: str | None
    open: bool
    assignee: str | None
    reviewer: str | None
    comments: int


class TeamWorkSchema(BaseModel):
    """The sets of changes as a team works on them, newest first."""

    items: list[TeamWorkItemSchema]
