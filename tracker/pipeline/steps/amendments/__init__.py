"""The steps about amending acts: what they will change, and how the official text then compared."""
