"""Checks over a whole spec, one idea a module.

Each gets the built spec and its builder, and reports its code at a route.

`BAD` and `OK` are examples, to be laid over a small spec; `edusync explain CODE` prints them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.spec.rules import (
    clear_secrets,
    fan_out,
    hosts,
    ids,
    list_cycles,
    names_unknown,
    names_unused,
    never_filled,
    never_matches,
    no_moment,
    not_recorded,
    pages,
    parents,
    parses_nothing,
    unused,
)

if TYPE_CHECKING:
    from edusync.spec.build.builder import Builder
    from edusync.spec.recorded import Recorded
    from edusync.spec.tree import Spec

RULES = (
    list_cycles,
    pages,
    parents,
    unused,
    hosts,
    ids,
    clear_secrets,
    never_filled,
    never_matches,
    fan_out,
    names_unused,
    names_unknown,
    no_moment,
)
"""Rules that need the spec alone."""


def check_rules(spec: Spec, builder: Builder) -> None:
    """Run every rule that needs the spec alone."""
    for rule in RULES:
        rule.check(spec, builder)


def check_recorded(spec: Spec, builder: Builder, recorded: Recorded) -> None:
    """Run the rules that look into recorded answers."""
    not_recorded.check(spec, builder, recorded)
    parses_nothing.check(spec, builder, recorded)


def examples(code: str) -> tuple[str, str] | None:
    """Return a bad and a good example of a code, None when no rule has one."""
    return next(((rule.BAD.strip(), rule.OK.strip()) for rule in RULES if code == rule.CODE), None)
