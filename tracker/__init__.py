"""UNDERSTAND AND TELL. All product behaviour: read, compare, weigh, match, compose, deliver, show."""
