"""Sentences of ours, each labelled with who must, must not, may or need not do what."""
