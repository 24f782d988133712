"""Proof of what was seen: the bundle of records and bytes behind a version."""
