"""What the command line tells its user in one line."""


class ClausewatchError(Exception):
    """Base of the errors that end a command with status 2 and one clear line."""


class UsageError(ClausewatchError):
    """An unknown id, a wrong setting, a home that is not ours. Raised by commands; the user acts."""


class TokenError(Exception):
    """A link's token is forged, damaged or expired.

    Raised by signing; the web page that was asked says so and changes nothing.
    """
