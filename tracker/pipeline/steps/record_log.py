"""Record the log: what happened in this round becomes leaves of the transparency log, signed, and stamped by others."""

from __future__ import annotations

from storage import problems
from storage.database.connection import transaction
from storage.records import Stage, Subject
from tracker.context import AppContext
from tracker.pipeline.error_boundary import ErrorBoundary

_STAMPS = Subject.of_step("stamps")


def record_log(service: AppContext) -> None:
    """Log everything that was never logged; a log that cannot be written stops nothing, and catches up later."""
    from tracker.evidence import transparency_log  # noqa: PLC0415 - lightness: not while a crawl runs beside us

    with ErrorBoundary(service, Subject.of_step("record log"), Stage.READ):
        transparency_log.record_log(service.db, transparency_log.places_of(service), service.clock())
    stamp_checkpoint(service)
    mail_checkpoint(service)


def stamp_checkpoint(service: AppContext) -> None:
    """Have the newest checkpoint stamped where that is configured; who cannot be reached is asked again later."""
    settings = service.settings
    if not settings.stamp_urls and not settings.calendar_urls:
        return
    from tracker.evidence.stamps import stamp_newest, stamp_sources, upgrade_stamps  # noqa: PLC0415 - lightness, as above

    sources = stamp_sources(settings.stamp_urls, settings.calendar_urls)
    with ErrorBoundary(service, Subject.of_step("stamp checkpoint"), Stage.READ):
        now = service.clock()
        failures = [*stamp_newest(service.db, sources, now), *upgrade_stamps(service.db, sources, now)]
        with transaction(service.db):
            for failure in failures:
                problems.open_or_touch(
                    service.db, _STAMPS, Stage.DELIVERY, "no stamp", failure, service.clock(), one_at_a_time=True
                )
            if not failures:
                problems.resolve(service.db, _STAMPS, Stage.DELIVERY, service.clock())


def mail_checkpoint(service: AppContext) -> None:
    """Put the newest checkpoint into the outbox for each witness, once a day; the next delivery sends it."""
    if not service.settings.witness_emails:
        return
    from tracker.alerts.compose.witness_mail import mail_witnesses  # noqa: PLC0415 - lightness, as above

    addresses = [address.strip() for address in service.settings.witness_emails.split(",") if address.strip()]
    with ErrorBoundary(service, Subject.of_step("mail checkpoint"), Stage.COMPOSE):
        mail_witnesses(service.db, addresses, service.alert_settings, service.clock())
