"""What decided the scope of the last run, and which deletions a change of it holds (D5).

A school that takes a site out of a filter, or a spec that asks otherwise, loses sessions that the
ERP still has. Their sheets wait for a person, with the changed keys named. What the ERP itself
cancelled goes as ever.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import orjson

from edusync.spec.scope import SESSIONS, with_asked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Self

    from edusync.engine.map.skipped import Skipped
    from edusync.spec.tree import Spec

CANCELLED = frozenset({"DOWN_COURSE_CANCELLED"})
"""Reasons with which the ERP itself takes a session away, however it is asked."""
POLICY = "rules.vanished"
"""The setting of a connector file that every deletion rests on."""
_VERSION = 1
"""Of what is digested. Those of another version say nothing: an upgrade of edusync asks nobody."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Digests of what decides which sessions come down: of each key, and of all of a node."""

    keys: Mapping[str, str] = field(default_factory=dict)
    nodes: Mapping[str, str] = field(default_factory=dict)

    def changed(self, before: Scope, node: str, reach: frozenset[str]) -> tuple[str, ...]:
        """Return the keys by which a node changed, nothing when it did not.

        When nothing of it is new, these are the keys that are gone.
        """
        if before.nodes.get(node) == self.nodes[node]:
            return ()
        new = [key for key in reach if before.keys.get(key) != self.keys[key]]
        return tuple(sorted(new or before.keys.keys() - self.keys.keys()))


@dataclass(frozen=True, slots=True)
class Remembered:
    """What the store keeps of the last whole run: its scope, and the sheets that wait."""

    scope: Scope
    held: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    left_out: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The sessions to come that are cancelled, by the code."""

    @classmethod
    def from_json(cls, data: Mapping[str, Any] | None) -> Self | None:
        """Return what was stored, None when there is nothing that can be compared."""
        if data is None or data.get("version") != _VERSION:
            return None
        held = {source_id: tuple(keys) for source_id, keys in data["held"].items()}
        left_out = {code: tuple(ids) for code, ids in data.get("left_out", {}).items()}
        return cls(Scope(data["keys"], data["nodes"]), held, left_out)

    def as_json(self) -> dict[str, Any]:
        """Return what is stored: names of keys, digests, ids."""
        return {
            "version": _VERSION,
            "keys": dict(self.scope.keys),
            "nodes": dict(self.scope.nodes),
            "held": {source_id: list(keys) for source_id, keys in self.held.items()},
            "left_out": {code: list(ids) for code, ids in self.left_out.items()},
        }


class ScopeGuard:
    """Which deletions of one account are held because what decides the scope is not what it was.

    `answers` are the sections of the connector file as the run uses them, filters settled. Without
    anything remembered nothing is held.
    """

    def __init__(
        self,
        spec: Spec,
        answers: Mapping[str, Mapping[str, Any]],
        secret: bytes,
        before: Remembered | None,
    ) -> None:
        self.spec, self.before = spec, before
        nodes = {
            SESSIONS,
            *spec.scope.rules.values(),
            *map(with_asked, spec.scope.rules.values()),
        }
        self.reach = {node: spec.scope.reach(node) | {POLICY} for node in nodes}
        keys = {
            key: _digest([key, spec.scope.texts.get(key), _answer(spec, answers, key)], secret)
            for key in sorted(spec.scope.texts.keys() | set().union(*self.reach.values()))
        }
        digests = {
            node: _digest([[key, keys[key]] for key in sorted(reach)], secret)
            for node, reach in self.reach.items()
        }
        self.scope = Scope(keys, digests)

    def because(self, source_id: str, dropped: Skipped | None) -> tuple[str, ...]:
        """Return the changed keys by which a session may have left the scope, else nothing.

        `dropped` says which rule dropped a session that the ERP still sends. A sheet that waited
        already goes on waiting.
        """
        if self.before is None:
            return ()
        rule = self.spec.scope.rules.get(dropped.place) if dropped else None
        node, waits = SESSIONS, self.before.held.get(source_id, ())
        if dropped is not None and rule is not None:
            node = rule if dropped.code in CANCELLED else with_asked(rule)
        if node == rule:  # what the ERP cancelled by now waits only for what has to do with that
            others = self.scope.keys.keys() - self.reach[node]
            waits = tuple(key for key in waits if key not in others)
        changed = self.scope.changed(self.before.scope, node, self.reach[node])
        return tuple(sorted({*changed, *waits}))

    @property
    def is_changed(self) -> bool:
        """Whether anything that decides the scope is not what it was."""
        before = self.before.scope if self.before else self.scope
        return any(self.scope.changed(before, node, reach) for node, reach in self.reach.items())

    def open_still(self, sheets: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return which of these sheets would wait if their session was gone, and why.

        They are after the window, on days that were not read, undecided or kept: nobody knows yet
        whether they are in scope, and once that is known the change is a thing of the past.
        """
        if self.before is None:
            return {}
        before, scope = self.before, self.scope
        changed = {
            key
            for node, reach in self.reach.items()
            for key in scope.changed(before.scope, node, reach)
        }
        keys = {sheet: {*changed, *before.held.get(sheet, ())} for sheet in sheets}
        return {sheet: tuple(sorted(found)) for sheet, found in keys.items() if found}

    def remembered(
        self,
        held: Mapping[str, tuple[str, ...]],
        left_out: Mapping[str, tuple[str, ...]] | None = None,
    ) -> dict[str, Any]:
        """Return what the next run compares with.

        `held` are the sheets that wait, and why; `left_out` the sessions that are cancelled.
        """
        return Remembered(self.scope, held, left_out or {}).as_json()


def _answer(spec: Spec, answers: Mapping[str, Mapping[str, Any]], key: str) -> Any:
    """Return what a connector file says to a key: an answer, the name of a column, or None."""
    section, _, name = key.partition(".")
    if section == "resources":
        listed, _, column = name.partition(".columns.")
        return spec.resources[listed].columns.get(column) if column else None
    found = answers.get(section, {}).get(name)
    return sorted(found) if section == "filters" and found else found


def _digest(content: object, secret: bytes) -> str:
    text = orjson.dumps(content, default=str)
    return blake2b(text, key=secret, digest_size=8).hexdigest()
