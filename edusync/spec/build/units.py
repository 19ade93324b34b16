"""Lengths of time and sizes, as they are written."""

from __future__ import annotations

_SECONDS = {"ms": 0.001, "s": 1.0, "min": 60.0, "h": 3600.0}
_BYTES = {"kB": 1024, "MB": 1024 * 1024}


def seconds(text: str) -> float:
    """Return a length of time such as 70s or 5min in seconds."""
    unit = next(unit for unit in ("ms", "min", "h", "s") if text.endswith(unit))
    return float(text[: -len(unit)]) * _SECONDS[unit]


def in_bytes(text: str) -> int:
    """Return a size such as 64MB in bytes."""
    return int(text[:-2]) * _BYTES[text[-2:]]
