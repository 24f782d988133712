"""How fast a round is and how much it keeps, on invented regulations served on loopback."""
