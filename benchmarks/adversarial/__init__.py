"""Hostile inputs, each read at one size and at twice that size: reading must stay linear."""
