"""``init``: ask for what watching needs and write ``clausewatch.toml``."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from email.utils import parseaddr
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from tracker.alerts.deliver.smtp import server_of
from tracker.alerts.errors import MailServerError
from tracker.cli.command import one_clear_line, say
from tracker.errors import UsageError
from tracker.subscriptions.request import is_address

_FILE = Path("clausewatch.toml")
_NOT_REAL = re.compile(r"@(example\.(org|com|net)|.*\.(example|invalid|test))$", re.IGNORECASE)


def init(
    contact: Annotated[str | None, typer.Option(help="Contact for publishers, sent with every request.")] = None,
    mail_from: Annotated[str | None, typer.Option(help="The sender of mail.")] = None,
    operator_email: Annotated[str | None, typer.Option(help="Where problems are reported.")] = None,
    smtp_url: Annotated[str | None, typer.Option(help="The mail server; empty: mail is only saved as files.")] = None,
    base_url: Annotated[str | None, typer.Option(help="The address at which readers find the pages.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite an existing clausewatch.toml.")] = False,
) -> None:
    """Ask for contact, mail and base address, and write clausewatch.toml in this folder."""
    with one_clear_line():
        if _FILE.exists() and not force:
            raise UsageError(f"{_FILE} already exists; --force overwrites it")
        values = {
            "contact": _ask(
                "Contact for publishers, sent with every request (an email or web address)", contact, _contact
            ),
            "base_url": _ask("Address of the pages", base_url, _base_url, "http://127.0.0.1:8000"),
            "smtp_url": _ask("Mail server, such as smtps://user:password@host (empty: none)", smtp_url, _smtp_url, ""),
            "mail_from": _ask("Sender of mail", mail_from, _sender, "clausewatch@localhost"),
            "operator_email": _ask("Where to report problems (empty: nowhere)", operator_email, _mailbox, ""),
        }
        lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in values.items() if value]
        _FILE.touch(mode=0o600)  # it may hold the password of the mail server
        _FILE.write_text("".join(lines), encoding="utf-8")
    say(f"clausewatch: wrote {_FILE}; now `clausewatch doctor`, then `clausewatch check` or `clausewatch run`")


def _ask(question: str, value: str | None, check: Callable[[str], str], default: str | None = None) -> str:
    """Return an answer that makes sense: the one *value*, or the one a person types; nonsense is refused."""
    if value is not None:
        fault = check(value.strip())
        if fault:
            raise UsageError(f"{value!r}: {fault}")
        return value.strip()
    while True:
        answer = str(typer.prompt(question, default=default, err=True)).strip()
        fault = check(answer)
        if not fault:
            return answer
        say(f"  {fault}")


def _contact(text: str) -> str:
    if _NOT_REAL.search(text):
        return "that is an example address; give one at which publishers can reach you"
    return "" if is_address(text) or not _web_fault(text) else "an email or web address is needed"


def _base_url(text: str) -> str:
    return _web_fault(text)


def _web_fault(text: str) -> str:
    try:
        parts = urlsplit(text)
        fits = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        fits = False
    return "" if fits else "an address that begins with http:// or https:// is needed"


def _smtp_url(text: str) -> str:
    try:
        if text:
            server_of(text)
    except MailServerError as error:
        return str(error)
    return ""


def _sender(text: str) -> str:
    return "" if is_address(parseaddr(text)[1]) else "an address, or `Name <address>`, is needed"


def _mailbox(text: str) -> str:
    return "" if not text or is_address(text) else "an email address is needed"
