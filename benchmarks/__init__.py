"""Measured figures: mutations with a known truth, and the tools people would use instead."""
