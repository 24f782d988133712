"""The lock file: pin the provisions that a policy cites, and fail on drift when the law is no longer what was cited."""
