"""What stands on a page beside the law (boilerplate): learned from several looks, then taken out."""
