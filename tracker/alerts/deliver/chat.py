"""Chats and phones by way of Apprise, which the extra ``channels`` installs."""

from __future__ import annotations

import importlib
import json

from crawlers.egress.address_policy import AddressPolicy
from crawlers.egress.checked_socket import connecting_only_to
from storage.records import Message
from tracker.alerts.deliver.outcome import DeliveryResult


def notify(message: Message, policy: AddressPolicy) -> DeliveryResult:
    """Hand one message to the service its target names; an address Apprise cannot read is refused for good.

    Whatever library of Apprise connects, it reaches only what *policy* allows.
    """
    try:
        apprise = importlib.import_module("apprise")
    except ImportError:
        return DeliveryResult(ok=False, text="Apprise is not installed: pip install 'clausewatch[channels]'")
    service = apprise.Apprise()
    if not service.add(message.target):
        return DeliveryResult(ok=False, code=599, text="no address that Apprise understands")
    notice = json.loads(message.mime)
    with connecting_only_to(policy):
        ok = service.notify(title=notice["title"], body=notice["body"], body_format=apprise.NotifyFormat.TEXT)
    if ok:
        return DeliveryResult(ok=True)
    return DeliveryResult(ok=False, text="the service did not take it")
