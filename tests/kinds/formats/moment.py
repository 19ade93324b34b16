"""`{kind: moment}`."""

from typing import Any

WRITTEN: dict[str, Any] = {"pattern": "iso"}
VALUE = "2026-03-18T10:00:00"
KEYS: dict[str, tuple[Any, Any]] = {"pattern": ("iso", "%Y"), "zone": ("UTC", "Indian/Reunion")}
MORE: dict[str, tuple[Any, ...]] = {
    "epoch": ({"epoch": "seconds"}, 1773820800, "seconds", "milliseconds"),
    "ignore_offset": ({"pattern": "iso"}, "2026-03-18T10:00:00Z", True),
}
