"""What a runner counts, in the form that Prometheus reads. Names of connectors, no person."""

from __future__ import annotations

from time import time
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

if TYPE_CHECKING:
    from edusync.app.runner.endings import Ended
    from edusync.state.slots import SlotRow

_SECONDS = (1, 5, 15, 30, 60, 120, 300, 600, 1800, 3600)


class Metrics:
    """Counters of one runner, from its start on."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.slots = Counter(
            "edusync_slots",
            "Slots that were run, by direction and how they ended.",
            ("direction", "ended"),
            registry=self.registry,
        )
        self.seconds = Histogram(
            "edusync_slot_seconds",
            "How long a slot ran.",
            ("direction",),
            registry=self.registry,
            buckets=_SECONDS,
        )
        self.waited = Histogram(
            "edusync_slot_wait_seconds",
            "How long after its start a slot ended: waiting, running and trying again.",
            ("direction",),
            registry=self.registry,
            buckets=(*_SECONDS, 7200, 14400),
        )
        self.success = Gauge(
            "edusync_last_success_timestamp_seconds",
            "When a direction of a connector last did what it should.",
            ("connector", "direction"),
            registry=self.registry,
        )
        self.round = Gauge(
            "edusync_last_round_timestamp_seconds",
            "When the last round went well.",
            registry=self.registry,
        )
        self.needs = Gauge(
            "edusync_needs_person",
            "How many connectors need a person, by code.",
            ("code",),
            registry=self.registry,
        )
        self.webhooks = Counter(
            "edusync_webhooks",
            "Calls that Edusign makes when something happens, by what became of them.",
            ("answer",),
            registry=self.registry,
        )
        self.connectors = Gauge(
            "edusync_connectors", "Connectors of the project.", registry=self.registry
        )

    def slot(self, row: SlotRow, ended: Ended, seconds: float, late: float) -> None:
        """Count a slot that ended, `late` seconds after its start."""
        self.slots.labels(row.direction, ended.kind).inc()
        self.seconds.labels(row.direction).observe(seconds)
        if ended.kind == "done":
            self.waited.labels(row.direction).observe(max(0.0, late))
            self.success.labels(row.connector, row.direction).set(time())

    def page(self) -> bytes:
        """Return everything in the text form of Prometheus."""
        return generate_latest(self.registry)
