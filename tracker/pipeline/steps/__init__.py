"""One file a line of `run`."""
