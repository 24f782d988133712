"""What can go wrong when two readings are compared."""


class CompareError(Exception):
    """A comparison broke one of its own promises, so nobody may be told about it.

    Raised by ``compare``; recorded as a problem of the stage *compare*; an operator acts.
    """
