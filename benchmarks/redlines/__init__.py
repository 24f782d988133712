"""Redlines side by side with what people would use instead, on the same invented laws, in one run."""
