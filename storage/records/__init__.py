"""The nouns, as frozen dataclasses and closed enums. No I/O; imports nothing else of storage."""

from storage.records.change import DAYS_OF_UNIT, Change, ChangeKind, Comparison, Op, OpKind, Tag, TagName, Weight
from storage.records.event import Event, EventKind
from storage.records.furniture import Furniture, FurnitureKind
from storage.records.instrument import Identifier, Instrument, ReviewState, Status, Version
from storage.records.key import ApiKey
from storage.records.message import Alert, Audience, Message, MessageStatus
from storage.records.page import Check, CheckHistory, Outcome, Page, Snapshot
from storage.records.problem import Problem, Stage
from storage.records.reading import (
    Authority,
    Definition,
    Flaw,
    Milestone,
    MilestoneKind,
    Note,
    Provision,
    ProvisionKind,
    Reading,
    ReadingCheck,
    Relation,
    RelationKind,
)
from storage.records.source import Expectation, Politeness, Source, SourceKind
from storage.records.subscription import Cadence, Channel, Filters, Subscriber, Subscription, Weekday

__all__ = [
    "DAYS_OF_UNIT",
    "Alert",
    "ApiKey",
    "Audience",
    "Authority",
    "Cadence",
    "Change",
    "ChangeKind",
    "Channel",
    "Check",
    "CheckHistory",
    "Comparison",
    "Definition",
    "Event",
    "EventKind",
    "Expectation",
    "Filters",
    "Flaw",
    "Furniture",
    "FurnitureKind",
    "Identifier",
    "Instrument",
    "Message",
    "MessageStatus",
    "Milestone",
    "MilestoneKind",
    "Note",
    "Op",
    "OpKind",
    "Outcome",
    "Page",
    "Politeness",
    "Problem",
    "Provision",
    "ProvisionKind",
    "Reading",
    "ReadingCheck",
    "Relation",
    "RelationKind",
    "ReviewState",
    "Snapshot",
    "Source",
    "SourceKind",
    "Stage",
    "Status",
    "Subscriber",
    "Subscription",
    "Tag",
    "TagName",
    "Version",
    "Weekday",
    "Weight",
]
