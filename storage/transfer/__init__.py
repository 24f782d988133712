"""A store copied into another of the same or the other database, verified row by row."""
