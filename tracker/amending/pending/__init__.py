"""The law as it will be: what an amending act makes of a held text, from when, and how the official text compared."""
