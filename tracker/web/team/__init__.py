"""What a team that signed in works with: the board of changes, one change, shared watch lists."""
