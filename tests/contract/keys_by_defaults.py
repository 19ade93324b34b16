"""What the demonstrations of defaults show of the keys (`test_defaults.py`)."""

from __future__ import annotations

from tests.contract.keys import Pair
from tests.contract.test_defaults import SHOWN as DEFAULTS

_PLACES_OF: dict[str, tuple[str, ...]] = {
    "": ("spec",),
    "connection.*": ("connection(text)",),
    "options.*": ("options(text)",),
    "filters.*": ("filters(id)",),
    "transport": ("transport(http)",),
    "transport.limits": ("limits(http)",),
    "transport.calls.*": ("call",),
    "resources.*": ("list(http)",),
    "resources.*.for_each": ("for_each(values)",),
    "$value": ("value(look_up)",),
    "$paging.cursor": ("paging(cursor, http)",),
    "$paging.next_url": ("paging(next_url, http)",),
    "$paging.number": ("paging(number, http)",),
    "resources.*.merge": ("merge",),
    "$answer": ("answer(csv)",),
    "$step": ("probe(http)",),
    "$auth.steps.sign": ("auth.sign",),
    "$up_step.csv_as": ("csv_as",),
    "$up_step.refused": ("refused(for_sheet)",),
    "$state": ("state(present)",),
}
"""Where the demonstrations of defaults write a key."""
_OTHERWISE: dict[str, tuple[str, ...]] = {
    "transport.trim": ("transport(sql)",),
    "$up_step.repeat": ("for_sheet(http, reads)",),
    "$up_step.omit_empty": ("step(http)",),
    "$value.optional": ("value(path)",),
    "$auth.kind": ("auth(steps, http)",),
    **{
        f"{section}.*.default": tuple(
            f"{section}({kind})" for kind in ("text", "url", "integer", "boolean", "choice", "list")
        )
        for section in ("connection", "options")
    },
    "filters.*.default": tuple(
        f"filters({item})" for item in ("id", "text", "integer", "glob", "pair")
    ),
}


def by_defaults() -> set[Pair]:
    """Return what the demonstrations of defaults show."""
    found = set()
    for place in DEFAULTS:
        schema, _, rest = place.partition(".")
        part, _, key = rest.rpartition(".")
        if schema != "spec":
            continue
        named = part.replace(".*", "")
        named = f"format({part[8:]})" if part.startswith("$format.") else named
        found |= {(one, key) for one in _OTHERWISE.get(rest, _PLACES_OF.get(part, (named,)))}
    return found
