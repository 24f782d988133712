"""The past, packed: texts of superseded versions, each stored once."""
