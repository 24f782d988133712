"""The pages a reader opens."""
