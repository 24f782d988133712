"""The practice Federal Register and eCFR: one origin, two interfaces."""
