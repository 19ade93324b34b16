"""Which names of rows and answers a spec reads.

Those in its paths, columns, expressions and paging.
"""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from edusync.diagnostics import Location
from edusync.spec.expressions import Expression
from edusync.spec.paths import Path
from edusync.spec.types import Label, Resource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from edusync.spec.types import Spec

_NAME = re.compile(r"[\w@$-]+")
_QUOTED = re.compile(r'"([^"]+)"')


def names_read(spec: Spec) -> frozenset[str]:
    """Return every name that the spec reads, without saying where."""
    return frozenset(_read(spec))


def _read(thing: Any) -> Iterator[str]:
    match thing:
        case None | str() | bool() | int() | Location() | Label():
            return
        case Path():
            yield from (thing.source, *_NAME.findall(thing.source), *_QUOTED.findall(thing.source))
            return
        case Expression():
            yield from (part for name in thing.names for part in name)
            return
        case Resource():
            yield from (
                *thing.columns.values(),
                *(name for caption in thing.columns.values() for name in caption.split(".")),
                *_NAME.findall(str(thing.paging or "")),
            )
    if is_dataclass(thing):
        for name in _parts(thing.__class__):
            yield from _read(getattr(thing, name))
    elif isinstance(thing, dict | list | tuple):
        for inner in thing.values() if isinstance(thing, dict) else thing:
            yield from _read(inner)


@cache
def _parts(kind: type[Any]) -> tuple[str, ...]:
    """Return the names of the parts of a kind of thing; how a column is read does not read it."""
    return tuple(
        one.name for one in fields(kind) if not (kind is Resource and one.name == "formats")
    )
