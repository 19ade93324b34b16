"""`{kind: text}`."""

from typing import Any

WRITTEN: dict[str, Any] = {}
VALUE = " ab;cd "
KEYS: dict[str, tuple[Any, Any]] = {
    "find": ("c.", "a."),
    "replace": ("c.", "a."),
    "around": ("|", "/"),
    "case": ("upper", "title"),
}
MORE: dict[str, tuple[Any, ...]] = {
    "trim": ({}, " a ", True),
    "split": ({}, "a;b", ";"),
    "part": ({"split": ";"}, "a;b", 0, 1),
    "with": ({"replace": "a"}, "ab", "c", "d"),
}
