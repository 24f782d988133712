"""Amendment instructions applied to a base text, and what follows from one. Pure."""
