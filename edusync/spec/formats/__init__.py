"""How a date, a flag, a number or a name is spelled.

Each kind is one module: one class says what a spec may write and what it means; it reads with `as`
and writes as a filter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.spec.evaluate import Unreadable
from edusync.spec.fields import keys_of
from edusync.spec.formats.base import FORMATS, BadFormat, Format

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

__all__ = ["FORMATS", "READY_MADE", "BadFormat", "Format", "Unreadable", "build_format"]

READY_MADE: Mapping[str, Mapping[str, object]] = {
    "id": {"kind": "id"},
    "iso": {"kind": "moment", "pattern": "iso"},
    "iso_day": {"kind": "date", "pattern": "iso"},
    "mail": {"kind": "text", "trim": True, "case": "lower"},
    "text": {"kind": "text", "trim": True},
}


def build_format(options: Mapping[str, object], zone: ZoneInfo) -> Format:
    """Build a format from its YAML; BadFormat when its keys do not fit together."""
    kind = FORMATS[str(options["kind"])]
    declared = {key.field: options[key.name] for key in keys_of(kind) if key.name in options}
    plain: dict[str, Any] = {
        name: tuple(one) if isinstance(one, list) else one for name, one in declared.items()
    }
    built = kind(**plain, home=str(zone))
    built.check()
    return built
