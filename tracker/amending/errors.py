"""Why an instruction is not carried out, and why an act cannot be applied at all."""

from __future__ import annotations

from tracker.errors import ClausewatchError


class AbstainError(Exception):
    """An instruction is not sure: target ambiguous, words not found, found twice.

    Raised while an instruction is resolved or carried out; consolidation records it and leaves the unit as it was.
    """


class NothingToApplyError(ClausewatchError):
    """The amending act holds no instruction for this base text.

    Raised by consolidation; the command line says so and ends with 1.
    """
