"""Which law is meant: an instrument's id and names. Pure."""
