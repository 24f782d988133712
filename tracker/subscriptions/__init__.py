"""Subscriptions as people ask for them, from sign-up to unsubscribe and erasure."""
