"""The nouns, as frozen dataclasses and closed enums. No I/O; imports nothing else of storage."""

from storage.records.change import Change, ChangeKind, Comparison, Op, OpKind, Tag, TagName, Weight
from storage.records.event import Event, EventKind
from storage.records.instrument import Instrument, Standing, Status, Version
from storage.records.message import Alert, Message, MessageStatus
from storage.records.page import Check, Outcome, Page, Snapshot
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
    Relation,
    RelationKind,
)
from storage.records.source import Expectation, Politeness, Source, SourceKind
from storage.records.subscription import Cadence, Channel, Filters, Subscriber, Subscription, Weekday

__all__ = [
    "Alert",
    "Authority",
    "Cadence",
    "Change",
    "ChangeKind",
    "Channel",
    "Check",
    "Comparison",
    "Definition",
    "Event",
    "EventKind",
    "Expectation",
    "Filters",
    "Flaw",
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
    "Relation",
    "RelationKind",
    "Snapshot",
    "Source",
    "SourceKind",
    "Stage",
    "Standing",
    "Status",
    "Subscriber",
    "Subscription",
    "Tag",
    "TagName",
    "Version",
    "Weekday",
    "Weight",
]
