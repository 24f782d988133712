"""How what happened is said in a few words: shared by messages, feeds and the calendar."""
