"""Little schools that show keys acting, for each place where a key may stand.

A scene lays a school, writes a key, and lets it run: with something else behind the key, or without
it, something else is seen.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from tests.contract.keys import Pair
from tests.contract.scenes.scene import LEFT_OUT, Scene

__all__ = ["LEFT_OUT", "Scene", "scenes"]


@cache
def scenes() -> dict[Pair, Scene]:
    """Return the scene of every key that has one: each module has them in `SCENES`."""
    found: dict[Pair, Scene] = {}
    for module in iter_modules(__path__):
        found |= getattr(import_module(f"{__name__}.{module.name}"), "SCENES", {})
    return found
