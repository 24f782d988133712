"""Canaries: a planted change runs the real path to a private mailbox, in a home of its own, to prove that it works."""
