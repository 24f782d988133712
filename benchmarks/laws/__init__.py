"""The project's own invented laws: made from words of our own, in the markup publishers use."""
