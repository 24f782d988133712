"""What the alert room must be told before it may speak: who we are, where we live, which server carries mail."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from crawlers.egress.address_policy import LOOPBACK, AddressPolicy, allowed_targets
from tracker.translation.services import ServiceKind, TranslationService

_LONGEST_ASK = 20.0  # seconds for one answer of a translation service
NOBODY = "operator@localhost"
"""Where operators' mail goes that no address was configured for: into a file, and nowhere else."""


@dataclass(frozen=True, slots=True)
class AlertSettings:
    """Settings of matching, composing and delivering; without ``smtp_url`` nothing leaves this machine."""

    home: Path
    base_url: str = "http://127.0.0.1:8000"
    mail_from: str = "Clausewatch <clausewatch@localhost>"
    smtp_url: str | None = field(default=None, repr=False)  # may hold a password
    secret_key: bytes = field(default=b"", repr=False)
    translate_url: str = ""  # a translation service; none by default
    translate_key: str = field(default="", repr=False)
    translate_kind: str = "libretranslate"
    translate_model: str = ""
    operator_email: str | None = None
    domain_pause: float = 0.05  # seconds between two messages to one domain
    patience: float = 30.0  # seconds to wait for a server's answer
    # where webhooks, chats and translation may be; a trial's own machine, until the configuration says otherwise
    policy: AddressPolicy = field(default_factory=lambda: AddressPolicy(allowed_targets(LOOPBACK)))

    @property
    def translation(self) -> TranslationService:
        """Return the translation service, which may be none."""
        kind, patience = ServiceKind(self.translate_kind), min(self.patience, _LONGEST_ASK)
        return TranslationService(
            kind, self.translate_url, self.translate_key, self.translate_model, patience, self.policy
        )

    @property
    def emails(self) -> Path:
        """Return the folder in which every message to a reader is filed."""
        return self.home / "emails"

    @property
    def operator(self) -> Path:
        """Return the folder in which every message to operators is filed."""
        return self.home / "operator"

    def address_of(self, path: str) -> str:
        """Return the address of one of our own pages."""
        return f"{self.base_url.rstrip('/')}/{path.lstrip('/')}"
