"""Attacks on the web: requests that mean harm, sent to a real `clausewatch serve`, and what none of them may reach."""
