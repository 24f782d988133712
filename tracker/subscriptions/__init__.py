"""A person's own wishes, from sign-up to erasure."""
