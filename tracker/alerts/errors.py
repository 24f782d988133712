"""What can go wrong in the alert room."""

from __future__ import annotations


class AlertError(Exception):
    """The base of this package's errors."""


class MailServerError(AlertError):
    """The configured mail server's address is unusable, or the server cannot be reached.

    Raised by smtp; delivery stops for this round, every message stays pending.
    """


class RetractionError(AlertError):
    """An operator wants to take back what no message told, or does not say which of several things.

    Raised by retracting; the command says so and nothing is stored.
    """


class SignUpError(AlertError):
    """What somebody asked for cannot be done, in words for them: no email address, no such time zone.

    Raised by joining; the form shows it and nothing is stored. It never says whether an address is known.
    """
