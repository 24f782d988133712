"""Obligations: who must, must not, may or need not do what, under which condition, by when. Pure."""
