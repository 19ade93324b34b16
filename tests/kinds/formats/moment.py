"""`{kind: moment}`."""

from typing import Any

WRITTEN: dict[str, Any] = {"pattern": "iso"}
VALUE = "2026-03-18T10:00:00"
KEYS: dict[str, tuple[Any, Any]] = {"pattern": ("iso", "%Y"), "zone": ("UTC", "Indian/Reunion")}
_NAMES = {"year": "y", "month": "m", "day": "d"}
MORE: dict[str, tuple[Any, ...]] = {
    "number": ({"pattern": "%d%m%Y%H"}, 102202611, True),
    "parts": (
        {},
        {"y": 2026, "m": 3, "d": 18, "h": 8, "g": 9},
        {**_NAMES, "hour": "h"},
        {**_NAMES, "hour": "g"},
    ),
    "epoch": ({"epoch": "seconds"}, 1773820800, "seconds", "milliseconds"),
    "ignore_offset": ({"pattern": "iso"}, "2026-03-18T10:00:00Z", True),
}
