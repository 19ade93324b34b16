"""Keyed digests of what was brought down: enough to see a change and name its field, nothing that names a person (P18)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import orjson

from edusync.model import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Facts:
    """What Edusign should hold of one item: field to value. Unknown fields are left out, and keep what Edusign has."""

    values: Mapping[str, Any]

    def fingerprint(self, key: bytes) -> str:
        """Return one digest over every field."""
        digest = _empty(key).copy()
        digest.update(orjson.dumps(self.values, option=orjson.OPT_SORT_KEYS, default=_plain))
        return str(digest.hexdigest())

    def field_digests(self, key: bytes) -> dict[str, str]:
        """Return a digest a field."""
        return {name: blake2b(orjson.dumps([name, value], default=_plain), key=key, digest_size=8).hexdigest() for name, value in self.values.items()}

    def changed(self, before: Mapping[str, str], key: bytes) -> list[str]:
        """Return the fields whose digest differs from those of before."""
        return sorted(name for name, digest in self.field_digests(key).items() if before.get(name) != digest)


@lru_cache
def _empty(key: bytes) -> Any:
    return blake2b(key=key, digest_size=16)


def facts(**values: object) -> Facts:
    """Gather the fields that are known."""
    return Facts(values if UNKNOWN not in values.values() else {name: value for name, value in values.items() if value is not UNKNOWN})


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple | set | frozenset) else str(value)
