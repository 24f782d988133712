"""Tampering: an insider rewrites a home in every way we know, and `verify` must find each, and nothing else."""
