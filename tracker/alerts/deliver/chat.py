"""Chats and phones by way of Apprise, which the extra ``channels`` installs."""

from __future__ import annotations

import importlib
import json

from storage.records import Message
from tracker.alerts.deliver.smtp import DeliveryResult


def notify(message: Message) -> DeliveryResult:
    """Hand one message to the service its target names; an address Apprise cannot read is refused for good."""
    try:
        apprise = importlib.import_module("apprise")
    except ImportError:
        return DeliveryResult(accepted=False, text="Apprise is not installed: pip install 'clausewatch[channels]'")
    service = apprise.Apprise()
    if not service.add(message.target):
        return DeliveryResult(accepted=False, code=599, text="no address that Apprise understands")
    said = json.loads(message.mime)
    if service.notify(title=said["title"], body=said["body"], body_format=apprise.NotifyFormat.TEXT):
        return DeliveryResult(accepted=True)
    return DeliveryResult(accepted=False, text="the service did not take it")
