"""FETCH. Knows HTTP and publishers' sites; never reads law."""
