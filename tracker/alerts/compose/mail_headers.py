"""Mail headers that arrive as they were written.

The standard library encodes or breaks a long identifier (a list-unsubscribe address, a message id), which kills
one-click unsubscribing and threads; here such headers fold only at the spaces between their parts.
"""

from __future__ import annotations

from email.headerregistry import HeaderRegistry
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from typing import Any

IDENTIFIER_HEADERS = (
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "List-Id",
    "Message-ID",
    "In-Reply-To",
    "References",
)
_USUAL = 78  # RFC 5322 2.1.1: should not be exceeded
_MOST = 998  # RFC 5322 2.1.1: must not be exceeded


class IdentifierHeader:
    """A header of identifiers and addresses: plain ASCII, one line in memory, folded only at spaces."""

    max_count = 1

    @classmethod
    def parse(cls, value: str, kwds: dict[str, Any]) -> None:
        """Take *value* as it stands, refusing what could not travel."""
        parts = value.split()
        if not value.isascii() or any(not part.isprintable() or len(part) >= _MOST for part in parts):
            raise ValueError(f"not a header of identifiers: {value[:80]!r}")
        kwds["parse_tree"] = None
        kwds["decoded"] = " ".join(parts)

    def fold(self, *, policy: EmailPolicy) -> str:
        """Return the header line, broken between parts where it grows over the usual length."""
        lines = [f"{self.name}:"]  # type: ignore[attr-defined]
        for part in str(self).split():
            if len(lines[-1]) + 1 + len(part) > _USUAL and not lines[-1].endswith(":"):
                lines.append("")
            lines[-1] += " " + part
        return policy.linesep.join(lines) + policy.linesep


def mail_policy() -> EmailPolicy[EmailMessage]:
    """Return the policy for composing: seven-bit safe, CRLF, identifiers intact."""
    return SMTP.clone(header_factory=_registry(), cte_type="7bit")


def _registry() -> HeaderRegistry:
    registry = HeaderRegistry()
    for name in IDENTIFIER_HEADERS:
        registry.map_to_type(name, IdentifierHeader)  # type: ignore[arg-type] # the registry adds the base class
    return registry
