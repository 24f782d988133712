"""Guards of a round: what bad luck left is repaired first, and what must not be told is held back."""
