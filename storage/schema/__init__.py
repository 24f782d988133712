"""The tables: opening a database, and the migrations that brought it here."""
