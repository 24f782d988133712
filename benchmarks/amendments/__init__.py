"""Amendment instructions in our own invented law, labelled by reading, over four traditions and many languages."""
