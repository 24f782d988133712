"""Alerts become messages in the outbox: at once, as a digest, for every channel."""
