"""`paging: {kind: keyset}`."""

from typing import Any

from tests.kinds import SIZE

WRITTEN: dict[str, Any] = {"after": "id", "size": 2}
KEYS: dict[str, tuple[Any, Any]] = {"after": ("id", "name"), "size": (2, 1)}
WAYS: dict[str, dict[str, Any]] = {"": {"after": "id", "size": SIZE}}
