"""A drawn world of pages that change, and what comes of looking at it."""
