"""For programs: the read and write API, its schemas, the feeds."""
