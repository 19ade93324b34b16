"""Keyed digests of what was brought down.

Enough to see a change and name its field, nothing that names a person (P18).
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    Key = tuple[str, str]

_UNORDERED = frozenset({"students", "groups"})
"""Fields of a sheet whose order means nothing; the first professor is another than the second."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What Edusign should hold of one item: field to value.

    Unknown fields are left out, and keep what Edusign has.
    """

    values: Mapping[str, Any]

    def fingerprint(self, key: bytes) -> str:
        """Return two digests over every field.

        Of the lists as they came, and of the lists in order, which `is_known_as` tells the same by.
        """
        return _digest(self.values, key) + self.sorted_fingerprint(key)

    def sorted_fingerprint(self, key: bytes) -> str:
        """Return one digest over the fields.

        It does not change when a list comes in another order.
        """
        return _sorted_digest(self.values, key)

    def field_digests(self, key: bytes) -> dict[str, str]:
        """Return a digest a field."""
        return {
            name: blake2b(
                orjson.dumps([name, _in_order(name, value)], default=_plain), key=key, digest_size=8
            ).hexdigest()
            for name, value in self.values.items()
        }

    def changed(self, before: Mapping[str, str], key: bytes) -> list[str]:
        """Return the fields whose digest differs from those of before."""
        return sorted(
            name for name, digest in self.field_digests(key).items() if before.get(name) != digest
        )


def is_known_as(values: Mapping[str, Any], fingerprint: str, key: bytes) -> bool:
    """Whether a fingerprint is of these values.

    Putting 20,000 rosters in order costs as much as the rest, and most come in the order of before.
    """
    return fingerprint.startswith(_digest(values, key)) or fingerprint.endswith(
        _sorted_digest(values, key)
    )


REFERENCES = {
    "professors": "professor",
    "students": "student",
    "groups": "group",
    "externals": "external",
}
"""Fields that refer to items, and the kind of these."""


def as_before(
    values: Mapping[str, Any], formers: Mapping[Key, Sequence[str]]
) -> Iterator[Mapping[str, Any]]:
    """Yield values with ids that people and groups had before they were linked anew.

    Once for each time that somebody was; nothing when the values refer to nobody who was.
    """
    refs = [(kind, ref) for name, kind in REFERENCES.items() for ref in values.get(name, ())]
    times = max((len(formers.get(key, ())) for key in refs), default=0) if formers else 0
    for n in range(times):
        changed: dict[str, Any] = {}
        for name, kind in REFERENCES.items():
            if name in values:
                before = [_nth(formers.get((kind, ref), ()), n, ref) for ref in values[name]]
                changed[name] = tuple(sorted(before) if name == "externals" else before)
        yield {**values, **changed}


def _nth(formers: Sequence[str], n: int, now: str) -> str:
    """Return the nth former id, the last one when there are fewer, or the id of now."""
    return formers[min(n, len(formers) - 1)] if formers else now


def placed(facts: Facts, ids: Container[tuple[str, str]]) -> Facts:
    """Return facts with only the references to what is on Edusign: what can be sent."""
    values = dict(facts.values)
    for name, kind in REFERENCES.items():
        if name in values:
            values[name] = tuple(ref for ref in values[name] if (kind, ref) in ids)
    return Facts(values)


def sent_digest(values: Mapping[str, Any], ids: Mapping[tuple[str, str], str], key: bytes) -> str:
    """Return a digest of what is sent of an item: its values, and who its references are there."""
    sent = {
        name: [[ref, ids.get((REFERENCES[name], ref), "")] for ref in _in_order(name, value)]
        if name in REFERENCES
        else value
        for name, value in values.items()
    }
    return _digest(sent, key)


def word_digests(words: Iterable[str], key: bytes) -> list[str]:
    """Return a digest a word, by which a word that was ours is told from one of the school."""
    return [blake2b(word.encode(), key=key, digest_size=8).hexdigest() for word in words]


def _sorted_digest(values: Mapping[str, Any], key: bytes) -> str:
    return _digest({name: _in_order(name, value) for name, value in values.items()}, key)


def _digest(values: Mapping[str, Any], key: bytes) -> str:
    return blake2b(
        orjson.dumps(values, option=orjson.OPT_SORT_KEYS, default=_plain), key=key, digest_size=16
    ).hexdigest()


def _in_order(name: str, value: Any) -> Any:
    return tuple(sorted(value)) if name in _UNORDERED else value


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple | set | frozenset) else str(value)
