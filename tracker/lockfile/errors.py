"""What can go wrong with a lock file, in one clear line each."""

from tracker.errors import ClausewatchError


class LockFileError(ClausewatchError):
    """A lock file that is none or a newer one's, or a reference that leads to no provision; the user mends it."""
