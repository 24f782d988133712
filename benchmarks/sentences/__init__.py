"""Are the sentences true? Planted edits with their true claims, held against what is told."""
