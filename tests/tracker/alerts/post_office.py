"""A real mail server on loopback that can be told how to answer."""

from __future__ import annotations

import socket
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


@dataclass
class PostOffice:
    """Keeps what it accepts; answers a recipient or the data with what it was told to."""

    to_recipient: dict[str, str] = field(default_factory=dict)
    to_data: list[str] = field(default_factory=list)
    wire: list[bytes] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):  # noqa: N802 - the server's name
        refusal = self.to_recipient.get(address)
        if refusal:
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session, envelope):  # noqa: N802 - the server's name
        answer = self.to_data.pop(0) if self.to_data else "250 OK"
        if answer == "keep and drop":
            self._keep(envelope)
            server.transport.close()
            return "250 OK"
        if answer.startswith("2"):
            self._keep(envelope)
        return answer

    def _keep(self, envelope) -> None:
        self.wire.append(envelope.original_content)
        self.recipients.extend(envelope.rcpt_tos)
        self.options.extend(envelope.mail_options)

    @property
    def mail(self) -> list[EmailMessage]:
        return [message_from_bytes(content, policy=default) for content in self.wire]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def open_office(office: PostOffice, port: int, **more):
    controller = Controller(office, hostname="127.0.0.1", port=port, **{"enable_SMTPUTF8": True, **more})
    controller.start()
    try:
        yield office
    finally:
        controller.stop()
