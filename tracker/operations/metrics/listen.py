"""Let a process answer a scrape: ``/metrics`` on an address that only the machine or its network reaches."""

from __future__ import annotations

from collections.abc import Callable
from http.server import HTTPServer

from prometheus_client import CollectorRegistry, start_http_server

from tracker.context import AppContext
from tracker.errors import UsageError
from tracker.operations.metrics.process_metrics import ProcessMetrics
from tracker.operations.metrics.store_metrics import StoreMetrics


def listen(address: str, open_service: Callable[[], AppContext]) -> HTTPServer:
    """Answer scrapes at *address*, ``127.0.0.1:9464`` or ``[::1]:9464``, from now on; raises UsageError."""
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal():
        raise UsageError(f"setting metrics_listen: {address}: an address and a port are needed, as 127.0.0.1:9464")
    registry = CollectorRegistry()
    ProcessMetrics(registry)
    registry.register(StoreMetrics(open_service))
    try:
        server, _thread = start_http_server(int(port), host.strip("[]"), registry)
    except OSError as error:
        raise UsageError(f"setting metrics_listen: {address}: {error.strerror or error}") from None
    return server
