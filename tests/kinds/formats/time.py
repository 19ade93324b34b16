"""`{kind: time}`."""

from typing import Any

WRITTEN: dict[str, Any] = {"unit": "minutes"}
VALUE = 90
KEYS: dict[str, tuple[Any, Any]] = {"unit": ("minutes", "seconds")}
MORE: dict[str, tuple[Any, ...]] = {
    "digits": ({"pattern": "%H%M"}, 15, 4),
    "number": ({"pattern": "%H%M"}, 15, True),
    "parts": ({}, {"h": 8, "m": 3}, {"hour": "h", "minute": "m"}, {"hour": "m", "minute": "h"}),
    "pattern": ({"pattern": "%H%M"}, "0115", "%H%M", "%M%H"),
}
