"""The journey from a due page to a delivered message; `run` knows the order, and nothing else does."""
