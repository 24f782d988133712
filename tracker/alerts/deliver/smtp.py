"""One conversation with the configured mail server, and what each of its answers means for a message."""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import dataclass, field
from types import TracebackType
from urllib.parse import unquote, urlsplit

import aiosmtplib
from aiosmtplib import SMTPResponse, SMTPStatus
from aiosmtplib.email import parse_address
from aiosmtplib.errors import (
    SMTPException,
    SMTPHeloError,
    SMTPNotSupported,
    SMTPRecipientRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
)

from tracker.alerts.deliver.outcome import DeliveryResult
from tracker.alerts.errors import MailServerError
from tracker.wording.text_fit import one_line

_TIMEOUT = 30.0
_MAILBOX_NOT_ALLOWED = 553
# scheme: default port, TLS from the start, TLS asked for in the conversation
_SCHEMES = {"smtp": (25, False, False), "smtp+starttls": (587, False, True), "smtps": (465, True, False)}


@dataclass(frozen=True, slots=True)
class MailServer:
    """A mail server and how to speak to it."""

    host: str
    port: int
    use_tls: bool
    start_tls: bool
    username: str | None = None
    password: str | None = field(default=None, repr=False)


def server_of(url: str) -> MailServer:
    """Return the server that ``smtp://user:password@host:port`` names; the error never shows the password."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise MailServerError("the SMTP address has no usable port or host") from error
    if parts.scheme not in _SCHEMES or not host:
        raise MailServerError(f"an SMTP address looks like {', '.join(f'{scheme}://host' for scheme in _SCHEMES)}")
    default, use_tls, start_tls = _SCHEMES[parts.scheme]
    return MailServer(host, port or default, use_tls, start_tls, _decode(parts.username), _decode(parts.password))


class SmtpSession:
    """Carries messages over one connection, opening it again when the server has dropped it.

    A message is handed over in two steps: *offer* gives the server everything but the last line, *settle* gives that
    line, with which the message becomes the server's, and waits for the receipt.
    """

    def __init__(self, server: MailServer, trust: ssl.SSLContext | None = None, patience: float = _TIMEOUT) -> None:
        self._patience = patience
        self._receipt: asyncio.Task[SMTPResponse] | None = None
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

    async def __aenter__(self) -> SmtpSession:
        """Return the courier; the connection opens with the first message."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take leave of the server; in the middle of a message, without a word."""
        if self._receipt is not None:
            self._drop()
        elif self._client.is_connected:
            try:
                await self._client.quit()
            except SMTPException:
                self._client.close()

    async def carry(self, sender: str, recipient: str, mime: bytes) -> DeliveryResult:
        """Hand one message over; raise MailServerError when there is no server to hand it to."""
        await self.open()
        return await self.offer(sender, recipient, mime) or await self.settle()

    async def open(self) -> None:
        """Be connected; raise MailServerError when there is no server."""
        if self._client.is_connected:
            return
        try:
            await self._client.connect()
            if self._client.is_ehlo_or_helo_needed:
                await self._greet()
        except (SMTPException, OSError) as error:
            self._client.close()
            raise MailServerError(_describe(error)) from error

    async def _greet(self) -> None:
        """Say who we are and learn what the server can do; a very old one only knows HELO."""
        try:
            await self._client.ehlo()
        except SMTPHeloError:
            await self._client.helo()

    async def offer(self, sender: str, recipient: str, mime: bytes) -> DeliveryResult | None:
        """Give the server all of a message but its last line; return its answer when it does not want it."""
        try:
            await self._begin(sender, recipient, mime)
        except SMTPRecipientRefused as error:
            return await self._refuse(error, about_address=True)
        except SMTPResponseException as error:
            return await self._refuse(error)
        except (SMTPNotSupported, ValueError) as error:  # the address needs what this server, or nobody, can do
            return DeliveryResult(ok=False, code=_MAILBOX_NOT_ALLOWED, text=_describe(error), about_address=True)
        except (SMTPException, OSError) as error:
            self._drop()
            return DeliveryResult(ok=False, text=_describe(error))
        return None

    async def settle(self) -> DeliveryResult:
        """Give the last line of what was offered and return the server's answer."""
        receipt, protocol = self._receipt, self._client.protocol
        assert receipt is not None, "nothing was offered"
        try:
            if not receipt.done() and protocol is not None:
                protocol.write(b".\r\n")
            response = await asyncio.wait_for(receipt, self._patience)
        except (SMTPException, OSError, TimeoutError) as error:  # in mid-air: it may or may not have arrived
            self._drop()
            return DeliveryResult(ok=False, text=_describe(error))
        self._receipt = None
        if response.code != SMTPStatus.completed:
            return await self._refuse(SMTPResponseException(response.code, response.message))
        return DeliveryResult(ok=True)

    async def _begin(self, sender: str, recipient: str, mime: bytes) -> None:
        for address in (sender, recipient):
            if parse_address(address) != address or "@" not in address:
                raise ValueError("no address")
        encoding = "ascii" if recipient.isascii() else "utf-8"
        options = [] if recipient.isascii() else ["SMTPUTF8"]
        if options and not self._client.supports_extension("smtputf8"):
            raise SMTPNotSupported("SMTPUTF8 is not supported by this server")
        if self._client.supports_extension("size"):
            options.insert(0, f"size={len(mime)}")
        await self._client.mail(sender, options=options, encoding=encoding)
        await self._client.rcpt(recipient, encoding=encoding)
        start = await self._client.execute_command(b"DATA")
        if start.code != SMTPStatus.start_input:
            raise SMTPResponseException(start.code, start.message)
        protocol = self._client.protocol
        if protocol is None:
            raise SMTPServerDisconnected("Connection lost")
        # waited for from now on: a server may refuse in the middle, and an answer nobody waits for is thrown away
        self._receipt = asyncio.create_task(protocol.read_response())
        await asyncio.sleep(0)
        protocol.write(_double_dots(mime))

    async def _refuse(self, error: SMTPResponseException, *, about_address: bool = False) -> DeliveryResult:
        """Return the refusal and make the server ready for the next message."""
        self._receipt = None
        try:
            await self._client.rset()
        except (SMTPException, OSError):  # it hung up after its answer; the next message opens the line again
            self._client.close()
        text = one_line(f"{error.code} {error.message}", 300)
        return DeliveryResult(ok=False, code=error.code, text=text, about_address=about_address)

    def _drop(self) -> None:
        """Let go of the connection and of what was expected on it."""
        if self._receipt is not None:
            self._receipt.cancel()
            self._receipt = None
        self._client.close()


def _double_dots(mime: bytes) -> bytes:
    """Return a message, whose lines end in CRLF as we composed it, with its leading dots doubled (RFC 5321 4.5.2)."""
    mime = b"." + mime if mime.startswith(b".") else mime
    return mime.replace(b"\r\n.", b"\r\n..") + (b"" if mime.endswith(b"\r\n") else b"\r\n")


def _describe(error: BaseException) -> str:
    return one_line(f"{type(error).__name__}: {error}", 300)


def _decode(part: str | None) -> str | None:
    return unquote(part) if part else None
