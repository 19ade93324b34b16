"""Checks over a whole spec, one idea a module. Each gets the built spec and its builder, and reports at a route."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.spec.rules import list_cycles, pages, parents, unused

if TYPE_CHECKING:
    from edusync.spec.build.builder import Builder
    from edusync.spec.types import Spec


def check_rules(spec: Spec, builder: Builder) -> None:
    """Run every rule."""
    for rule in (list_cycles, pages, parents, unused):
        rule.check(spec, builder)
