"""Addresses of routes are compiled when one is made: werkzeug compiles two functions for each route
of an application, 18 of the 22 ms that a sandbox takes, and nobody asks a sandbox for an address.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from werkzeug.routing.rules import Rule

_compile_now: Callable[..., Callable[..., Any]] = Rule._compile_builder


def _compile_when_made(rule: Rule, *options: Any) -> Callable[..., Any]:
    """Return what makes addresses of a route, compiled when it makes the first one."""
    compiled: list[Callable[..., Any]] = []

    def address(rule: Rule, **values: Any) -> Any:
        if not compiled:
            compiled.append(_compile_now(rule, *options))
        return compiled[0](rule, **values)

    return address


def pytest_configure() -> None:
    """Take the place of what compiles at once."""
    Rule._compile_builder = _compile_when_made  # type: ignore[method-assign, assignment]
