"""The names that templates and expressions of one account's run can use."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from edusync.spec.watch import WATCH
from edusync.transport.tables import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from edusync.model import Window
    from edusync.spec.watch import Watch


@dataclass(frozen=True, slots=True)
class Answers:
    """What one account of a customer answered; filters hold ids as text."""

    account: str
    connection: Mapping[str, Any]
    options: Mapping[str, Any]
    filters: Mapping[str, tuple[str, ...]]
    singles: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Single rows of the ERP that were read, for every later reading of the account."""


def names_in_scope(answers: Answers, window: Window, watch: Watch | None = None) -> dict[str, Any]:
    """Return the names that are in scope everywhere, and with them who watches the run."""
    return {
        "connection": dict(answers.connection),
        "options": dict(answers.options),
        "filters": {name: list(values) for name, values in answers.filters.items()},
        "account": {"name": answers.account},
        "window": {
            "first": window.first,
            "last": window.last,
            "today": window.today,
            "starts_at": window.starts_at,
            "ends_at": window.ends_at,
            "days": list(window.days),
        },
        "now": window.now,
        "the": {},
        **({WATCH: watch} if watch is not None else {}),
    }


def span_of(names: Mapping[str, Any], zone: str) -> Span:
    """Return the window of a run."""
    return Span(names["window"]["starts_at"], names["window"]["ends_at"], ZoneInfo(zone))
