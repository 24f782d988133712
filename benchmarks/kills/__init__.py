"""Kills: a process ends without a word at a random instant, and what it left is taken up as if nothing had been."""
