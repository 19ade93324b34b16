"""`{kind: html_text}`."""

from typing import Any

WRITTEN: dict[str, Any] = {}
VALUE = "<p>Droit &amp; gestion</p>"
KEYS: dict[str, tuple[Any, Any]] = {}
MORE: dict[str, tuple[Any, ...]] = {"lines": ({}, "<p>Droit</p><p>Gestion</p>", True)}
