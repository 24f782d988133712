"""Chats and phones by way of Apprise, which the extra ``channels`` installs."""

from __future__ import annotations

import importlib
import json
from datetime import datetime

from crawlers.egress.checked_socket import connecting_only_to
from storage.records import Message
from tracker.alerts.deliver.outcome import DeliveryResult
from tracker.alerts.settings import AlertSettings


def notify(message: Message, settings: AlertSettings, _now: datetime) -> DeliveryResult:
    """Hand one message to the service its target names; an address Apprise cannot read is refused for good.

    Whatever library of Apprise connects, it reaches only what the policy of *settings* allows.
    """
    try:
        apprise = importlib.import_module("apprise")
    except ImportError:
        return DeliveryResult(ok=False, text="Apprise is not installed: pip install 'clausewatch[channels]'")
    service = apprise.Apprise()
    if not service.add(message.target):
        return DeliveryResult(ok=False, code=599, text="no address that Apprise understands")
    notice = json.loads(message.mime)
    with connecting_only_to(settings.policy):
        ok = service.notify(title=notice["title"], body=notice["body"], body_format=apprise.NotifyFormat.TEXT)
    if ok:
        return DeliveryResult(ok=True)
    return DeliveryResult(ok=False, text="the service did not take it")
