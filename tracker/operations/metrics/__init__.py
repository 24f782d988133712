"""Prometheus metrics: what a process did, and how the store stands, for whoever scrapes them (extra ``metrics``)."""
