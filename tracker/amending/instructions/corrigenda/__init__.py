"""Corrigenda: what stands wrongly in print and what it must be."""
