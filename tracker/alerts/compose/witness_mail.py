"""Witness mail: the newest signed checkpoint of the log to those who keep it, lest our past be written anew."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from email.message import EmailMessage
from email.utils import parseaddr

from sqlite_utils import Database

from storage import log, messages, subscriptions
from storage.database.connection import transaction
from storage.records import Audience, Subscriber
from tracker.alerts.compose.address_message import Envelope, OutboxMail
from tracker.alerts.compose.mail_headers import mail_policy
from tracker.alerts.compose.print_cache import message_id
from tracker.alerts.settings import AlertSettings
from tracker.wording.text_fit import one_line

_TEXT = """\
This is the signed checkpoint of the log of {name} with {size} entries, as it was on {at}.
Keep the attached file as it is. If our past is ever rolled back or written anew, it shows:

  clausewatch verify --witness checkpoint

The newest one is enough. Nothing else is asked of you.
"""


def mail_witnesses(db: Database, addresses: Iterable[str], settings: AlertSettings, now: datetime) -> int:
    """Put one message to each witness into the outbox, at most one a day and none twice; return how many are new."""
    checkpoint = log.last_checkpoint(db)
    count = 0
    for address in addresses if checkpoint else ():
        assert checkpoint is not None
        key = f"witness:{now:%Y-%m-%d}:{address}"
        with transaction(db):
            if messages.find(db, key) is not None or _was_mailed(db, address, checkpoint.size):
                continue
            person = subscriptions.get_subscriber(db, subscriptions.add_subscriber(db, address, name="Witness"))
            envelope = Envelope(key, person, ())
            mail = _mail(checkpoint, person, envelope, settings, now)
            messages.add(db, mail.pending(envelope, now, audience=Audience.OPERATOR))
            count += 1
    return count


def _subject(size: int) -> str:
    return f"Clausewatch: checkpoint of {size} entries"


def _was_mailed(db: Database, address: str, size: int) -> bool:
    person = subscriptions.find_subscriber(db, address)
    sent = messages.of_subscriber(db, person.id) if person else []
    return any(message.subject == _subject(size) for message in sent)


def _mail(
    checkpoint: log.CheckpointRow, person: Subscriber, envelope: Envelope, settings: AlertSettings, now: datetime
) -> OutboxMail:
    message = EmailMessage(policy=mail_policy().clone(utf8=not person.address.isascii()))
    name, address = parseaddr(settings.mail_from)
    message["To"] = person.address
    message["From"] = f"{one_line(name or 'Clausewatch', 100)} <{address}>"
    message["Subject"] = _subject(checkpoint.size)
    message["Date"] = now
    message["Message-ID"] = message_id(settings, envelope.key)
    message["Auto-Submitted"] = "auto-generated"
    origin = checkpoint.note.partition("\n")[0]
    message.set_content(_TEXT.format(name=origin, size=checkpoint.size, at=checkpoint.at))
    message.add_attachment(checkpoint.note.encode(), "application", "octet-stream", filename="checkpoint")
    return OutboxMail(str(message["Subject"]), str(message["Message-ID"]), message.as_bytes())
