"""Mutations with a known truth: what was changed, where, what must be told. Made without the product's code."""
