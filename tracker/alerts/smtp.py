"""One conversation with the configured mail server, and what each of its answers means for a message."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field
from types import TracebackType
from urllib.parse import unquote, urlsplit

import aiosmtplib
from aiosmtplib.errors import SMTPException, SMTPNotSupported, SMTPRecipientsRefused, SMTPResponseException

from tracker.alerts.errors import MailServerError
from tracker.telling.lines import one_line

_TIMEOUT = 30.0
_MAILBOX_NOT_ALLOWED = 553
# scheme: default port, TLS from the start, TLS asked for in the conversation
_SCHEMES = {"smtp": (25, False, False), "smtp+starttls": (587, False, True), "smtps": (465, True, False)}


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server and how to speak to it."""

    host: str
    port: int
    use_tls: bool
    start_tls: bool
    username: str | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server made of one message: no code means that it did not say."""

    accepted: bool
    code: int | None = None
    text: str = ""
    about_address: bool = False

    @property
    def final(self) -> bool:
        """Say whether trying again is pointless."""
        return self.code is not None and 500 <= self.code < 600


def server_of(url: str) -> Server:
    """Return the server that ``smtp://user:password@host:port`` names; the error never shows the password."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise MailServerError("the SMTP address has no usable port or host") from error
    if parts.scheme not in _SCHEMES or not host:
        raise MailServerError(f"an SMTP address looks like {', '.join(f'{each}://host' for each in _SCHEMES)}")
    default, use_tls, start_tls = _SCHEMES[parts.scheme]
    return Server(host, port or default, use_tls, start_tls, _decoded(parts.username), _decoded(parts.password))


class Courier:
    """Carries messages over one connection, opening it again when the server has dropped it."""

    def __init__(self, server: Server, trust: ssl.SSLContext | None = None, patience: float = _TIMEOUT) -> None:
        self._client = aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            username=server.username,
            password=server.password,
            use_tls=server.use_tls,
            start_tls=server.start_tls,
            tls_context=trust,
            timeout=patience,
        )

    async def __aenter__(self) -> Courier:
        """Return the courier; the connection opens with the first message."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take leave of the server."""
        if self._client.is_connected:
            try:
                await self._client.quit()
            except SMTPException:
                self._client.close()

    async def carry(self, sender: str, recipient: str, mime: bytes) -> Answer:
        """Hand one message over; raise MailServerError when there is no server to hand it to."""
        await self._open()
        options = [] if recipient.isascii() else ["SMTPUTF8"]
        try:
            await self._client.sendmail(sender, [recipient], mime, mail_options=options)
        except SMTPRecipientsRefused as error:
            return _refusal(error.recipients[0], about_address=True)
        except SMTPResponseException as error:
            return _refusal(error)
        except (SMTPNotSupported, ValueError) as error:  # the address needs what this server, or nobody, can do
            return Answer(accepted=False, code=_MAILBOX_NOT_ALLOWED, text=_said(error), about_address=True)
        except (SMTPException, OSError) as error:  # dropped or silent in mid-air: it may or may not have arrived
            self._client.close()
            return Answer(accepted=False, text=_said(error))
        return Answer(accepted=True)

    async def _open(self) -> None:
        if self._client.is_connected:
            return
        try:
            await self._client.connect()
        except (SMTPException, OSError) as error:
            self._client.close()
            raise MailServerError(_said(error)) from error


def _refusal(error: SMTPResponseException, *, about_address: bool = False) -> Answer:
    text = one_line(f"{error.code} {error.message}", 300)
    return Answer(accepted=False, code=error.code, text=text, about_address=about_address)


def _said(error: Exception) -> str:
    return one_line(f"{type(error).__name__}: {error}", 300)


def _decoded(part: str | None) -> str | None:
    return unquote(part) if part else None
