"""`{kind: date}`."""

from typing import Any

WRITTEN: dict[str, Any] = {"pattern": "%d/%m/%Y"}
VALUE = "18/03/2026"
KEYS: dict[str, tuple[Any, Any]] = {"pattern": ("%d/%m/%Y", "%m/%d/%Y")}
IN_PARTS = {"y": 2026, "m": 3, "d": 4}
MORE: dict[str, tuple[Any, ...]] = {
    "number": ({"pattern": "%d%m%Y"}, 1112026, True),
    "parts": (
        {},
        IN_PARTS,
        {"year": "y", "month": "m", "day": "d"},
        {"year": "y", "month": "d", "day": "m"},
    ),
}
