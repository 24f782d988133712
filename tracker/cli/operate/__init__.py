"""Commands of who runs the service: sources, problems, upkeep, access."""
