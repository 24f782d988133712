"""The ways of carrying an instruction out: text put in, replaced or struck, words, rows and provisos."""
