"""Prometheus metrics of one process: its steps, looks, mails, jobs and lost connections, counted as they are logged."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram

from tracker import logs

_BUCKETS = (0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3600)


class ProcessMetrics:
    """Counts what this process logs from now on, in *registry*."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._steps = Histogram(
            "clausewatch_step_seconds", "How long a step of the journey took.", ["step"], registry=registry,
            buckets=_BUCKETS,
        )  # fmt: skip
        self._looks = Counter("clausewatch_looks", "Looks at pages.", ["source", "outcome"], registry=registry)
        self._mails = Counter("clausewatch_messages", "Messages offered.", ["channel", "outcome"], registry=registry)
        self._jobs = Counter("clausewatch_jobs", "Jobs of a fleet that ended well.", ["stage"], registry=registry)
        self._away = Counter("clausewatch_store_away", "Times the store could not be reached.", registry=registry)
        logs.LISTENERS.append(self)

    def __call__(self, room: str, event: str, fields: dict[str, object]) -> None:
        """Count one thing that happened."""
        if room == "step":
            self._steps.labels(event).observe(_number(fields.get("milliseconds")) / 1000)
        elif room == "source":
            for outcome, looks in fields.items():
                if outcome != "looks":
                    self._looks.labels(event, outcome).inc(_number(looks))
        elif room == "mail":
            self._mails.labels(str(fields.get("channel", "")), event).inc()
        elif room == "job":
            self._jobs.labels(event).inc()
        elif room == "store":
            self._away.inc()


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
