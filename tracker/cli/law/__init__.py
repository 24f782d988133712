"""Commands that read, compare, export, find and show law."""
