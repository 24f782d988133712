"""Connections, transactions and the few primitives that differ between databases."""
