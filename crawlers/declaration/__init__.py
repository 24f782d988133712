"""What a source declares: its file of facts, read, checked and listed."""
