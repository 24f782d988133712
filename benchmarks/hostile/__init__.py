"""Hostile hosts and links: sites that lead inside, answer without end, or cost more than a page may."""
