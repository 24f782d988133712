"""How China amends: decisions and amendments, clause by clause."""
