"""Checks over a whole spec, one idea a module. A rule is found by being in this folder.

Each gets the tree of the spec and its builder. It reports by `builder.document.report(CODE, route,
message, hint)`; a route is the way to a place in the YAML: `("writeback", "for_sheet", 0)`. `BAD`
and `OK` are examples: what they say is laid over the small spec of `tests/rules/test_examples.py`,
key by key, and `edusync explain CODE` prints them. A rule that looks into recorded answers says
`OF_RECORDED = True`, and gets those as well; one that makes sense only where nothing else is wrong
says `LAST = True`.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

from edusync.spec.mistakes import MISTAKES

if TYPE_CHECKING:
    from edusync.spec.build.builder import Builder
    from edusync.spec.recorded import Recorded
    from edusync.spec.tree import Spec


def rules(*, of_recorded: bool = False) -> tuple[Any, ...]:
    """Return the rules that need the spec alone, or those that look into recorded answers."""
    return tuple(rule for rule in _all() if getattr(rule, "OF_RECORDED", False) is of_recorded)


@cache
def _all() -> tuple[Any, ...]:
    modules = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
    return tuple(sorted(modules, key=lambda rule: (getattr(rule, "LAST", False), rule.__name__)))


def check_rules(spec: Spec, builder: Builder) -> None:
    """Run every rule that needs the spec alone."""
    for rule in rules():
        rule.check(spec, builder)


def check_recorded(spec: Spec, builder: Builder, recorded: Recorded) -> None:
    """Run the rules that look into recorded answers."""
    for rule in rules(of_recorded=True):
        rule.check(spec, builder, recorded)


def examples(code: str) -> tuple[str, str] | None:
    """Return a bad and a good example of a code of specs, None for any other."""
    found = (rule for rule in rules() if code == rule.CODE)
    own = next(((rule.BAD.strip(), rule.OK.strip()) for rule in found), None)
    return own or MISTAKES.get(code)
