"""Which names of rows and answers a spec reads.

Those in its paths, columns, expressions and paging.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from edusync.spec.tree import Expression, Path, ReadAs, Resource, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from edusync.spec.tree import Node, Spec

_NAME = re.compile(r"[\w@$-]+")
_QUOTED = re.compile(r'"([^"]+)"')


def names_read(spec: Spec) -> frozenset[str]:
    """Return every name that the spec reads, without saying where."""
    return frozenset(name for met in walk(spec, _reads) for name in _named_in(met.node))


def _reads(node: Node, _field: str) -> bool:
    """Whether a part reads anything: how a column is read does not read it."""
    return not isinstance(node, ReadAs)


def _named_in(node: Node) -> Iterator[str]:
    match node:
        case Path(source=source):
            yield from (source, *_NAME.findall(source), *_QUOTED.findall(source))
        case Expression(names=names):
            yield from (part for name in names for part in name)
        case Resource(columns=columns):
            yield from columns.values()
            yield from (name for caption in columns.values() for name in caption.split("."))
