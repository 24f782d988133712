"""Pages that are empty without their scripts, in a Chromium that reaches nobody else."""
