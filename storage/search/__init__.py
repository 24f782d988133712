"""Full text over the provisions."""
