"""Amendment instructions as each drafting tradition words them, read into one form."""
