"""The practice regulators: four small sites in the real markup, with invented law that changes from day to day."""

from crawlers.practice.declared import declarations
from crawlers.practice.faults import fault, fault_names
from crawlers.practice.model import PracticeDay, Request
from crawlers.practice.server import Practice
from crawlers.practice.story import days

__all__ = ["Practice", "PracticeDay", "Request", "days", "declarations", "fault", "fault_names"]
