"""UNDERSTAND AND TELL. All product behaviour: read, compare, weigh, match, compose, deliver, show."""

__version__ = "0.2.0"
