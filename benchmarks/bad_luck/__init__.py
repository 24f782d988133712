"""Bad luck: what the world does to an honest home, and what must be true after it: nothing lost, nothing told twice."""
