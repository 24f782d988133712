"""A fleet of workers over the practice days, killed, stopped, cut off, its database restarted at seeded moments."""
