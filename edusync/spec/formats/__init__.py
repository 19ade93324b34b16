"""How a date, a flag, a number or a name is spelled.

Each kind is one module; it reads with `as` and writes as a filter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.spec.evaluate import Unreadable
from edusync.spec.formats import (
    boolean,
    date,
    duration,
    mapped,
    moment,
    number,
    person_name,
    text,
    time,
)
from edusync.spec.formats.base import BadFormat, Format

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

__all__ = ["KINDS", "READY_MADE", "BadFormat", "Format", "Unreadable", "build_format"]

KINDS: Mapping[str, type[Format]] = {
    "boolean": boolean.BooleanFormat,
    "date": date.DateFormat,
    "duration": duration.DurationFormat,
    "id": number.IdFormat,
    "map": mapped.MapFormat,
    "moment": moment.MomentFormat,
    "number": number.NumberFormat,
    "person_name": person_name.PersonNameFormat,
    "text": text.TextFormat,
    "time": time.TimeFormat,
}

READY_MADE: Mapping[str, Mapping[str, object]] = {
    "id": {"kind": "id"},
    "iso": {"kind": "moment", "pattern": "iso"},
    "iso_day": {"kind": "date", "pattern": "iso"},
    "mail": {"kind": "text", "trim": True, "case": "lower"},
    "text": {"kind": "text", "trim": True},
}


def build_format(options: Mapping[str, object], zone: ZoneInfo) -> Format:
    """Build a format from its YAML; BadFormat when its keys do not fit together."""
    return KINDS[str(options["kind"])].from_spec(options, zone)
