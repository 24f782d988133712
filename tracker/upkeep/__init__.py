"""UPKEEP. What an operator does with a home besides watching: read again, verify, copy, examine."""
