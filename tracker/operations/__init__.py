"""What an operator does beside watching: demo, dry run, review, backup, replay, verify, doctor."""
