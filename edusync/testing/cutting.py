"""Keep of what an ERP answers no more rows than a case needs.

Some sessions, all that hangs on them, and a few others.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from edusync.engine.read.names import span_of
from edusync.engine.read.source import Source
from edusync.engine.verdicts import decided
from edusync.spec.formats import Unreadable
from edusync.spec.needs import needs
from edusync.spec.tree import Operation
from edusync.spec.tree.value import path_of
from edusync.testing.ics_rows import without_events
from edusync.testing.tape import Asked, Cut
from edusync.testing.without_rows import column, last_page, listed, total_of, without_rows
from edusync.transport.calendars import read_calendar
from edusync.transport.message import Decoded

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from edusync.app.authoring.trying import Tried
    from edusync.diagnostics import Location
    from edusync.spec.tree import Call, OwnCall, Resource, Spec
    from edusync.testing.tape import Tape
    from edusync.transport.message import Answer

_KEYS_A_SESSION = 10
"""Of keys more are kept: some are of what has no place, or of another day."""


class CuttingSource(Source):
    """An ERP whose lists of sessions end after some rows.

    What hangs on the sessions is then asked for those alone, so joins stay whole.
    """

    tape: Tape
    limit: int

    def cut(self, tape: Tape, limit: int) -> None:
        """Cut the lists that sheets come from to so many rows."""
        self.tape, self.limit = tape, limit
        self.left: dict[str, int] = {
            resource.name: limit * _KEYS_A_SESSION for resource in _asked_first(self.spec)
        }
        self.tokens: dict[str, list[str]] = {}
        """What the sign-ins gave, by the name under which the spec reads it."""
        self.at_door: set[Location | None] = set()
        """The places of the calls that signed in or out."""
        self.session_keys: set[str] = set()
        """Keys of the sessions that were kept."""
        self.roots = {
            resource.call.place: resource
            for resource in (*roots(self.spec), *_asked_first(self.spec))
            if resource.call is not None
        }

    def _login(self) -> tuple[Mapping[str, Any], float | None]:
        read, lasts = super()._login()
        for name, value in read.items():
            self.tokens.setdefault(name, []).append(str(value))
        return read, lasts

    def farewell(self, call: Call, values: Mapping[str, Any]) -> None:
        """Make a call that leaves."""
        self.at_door.add(call.place)
        with self.tape.asking(Asked(call.place, call.answer)):
            super().farewell(call, values)

    def step(self, step: OwnCall, read: Mapping[str, Any]) -> Answer:
        """Make a call that signs in."""
        self.at_door.add(step.call.place)
        with self.tape.asking(Asked(step.call.place, step.call.answer)):
            return super().step(step, read)

    def call(self, call: Call, names: Mapping[str, Any], *, url: str | None = None) -> Answer:
        """Make a call of a list."""
        with self.tape.asking(self.asked(call, names)):
            answer = super().call(call, names, url=url)
        resource = self.roots.get(call.place)
        if (
            resource is None
            or answer.type not in {"json", "xml", "soap", "csv"}
            or resource.inner is not None
        ):
            return answer
        answer = self._cut(answer, resource, names)
        self.session_keys |= keys(resource, listed(resource.items.read(answer.body)))
        return answer

    def asked(self, call: Call, names: Mapping[str, Any], *, is_withheld: bool = False) -> Asked:
        """Return for what a call is made."""
        name = call.operation if isinstance(call, Operation) else None
        service = self.service
        read = (
            (lambda raw, status: Decoded(*service.read(name, raw, status)))
            if name and service
            else None
        )
        return Asked(call.place, call.answer, names, read, is_withheld)

    def _cut(self, answer: Answer, resource: Resource, names: Mapping[str, Any]) -> Answer:
        """Return the answer with fewer rows, and keep it so on the tape.

        As it is when nobody can tell where the rows stand in it.
        """
        heard, rows = self.tape.last, resource.items.read(answer.body)
        left = self.left.get(resource.name, self.limit)
        gone, self.left[resource.name] = surplus(resource, listed(rows), names, left)
        total = total_of(resource, answer.body)
        is_last = bool(gone) or (total is not None and total > max(left, len(listed(rows))))
        if (
            not is_last
            or not isinstance(rows, list)
            or (total is not None and answer.type != "json")
        ):
            return answer
        raw = without_rows(heard.raw, heard.asked, resource.items, gone) if gone else heard.raw
        if raw is None:
            return answer
        body = heard.asked.decoded(raw, heard.status, heard.kind)[0]
        if answer.type == "json":
            last_page(body, resource, len(rows), len(rows) - len(gone))
            raw = json.dumps(body, ensure_ascii=False).encode()
        heard.cut, heard.raw = Cut(resource.items, frozenset(gone), heard.raw), raw
        return replace(answer, raw=raw, body=body)


def cut_tables(
    heard: list[Any], spec: Spec, limit: int, coming: Collection[str] | None = None
) -> set[str]:
    """Cut the tables that sheets come from, read from files, and calendars.

    `coming` are the keys of the sessions within the window, where they are known: an export may
    hold a whole year. Return the keys of the sessions that were kept.
    """
    by_place = {
        resource.call.place: resource for resource in roots(spec) if resource.call is not None
    }
    left, kept = dict[str, int](), set[str]()
    for one in heard:
        resource, kind = by_place.get(one.asked.place), one.asked.promised.kind
        if resource is None or kind not in {"csv", "xlsx", "ics"}:
            continue
        rows = (
            read_calendar(one.raw, span_of(one.asked.names, spec.zone), one.asked.promised.charset)[
                0
            ]
            if kind == "ics"
            else listed(one.asked.decoded(one.raw, one.status, one.kind)[0])
        )
        gone, left[resource.name] = surplus(
            resource, rows, one.asked.names, left.get(resource.name, limit), coming
        )
        stay = [row for at, row in enumerate(rows) if at not in gone]
        one.raw = (
            without_events(one.raw, one.asked.promised.charset, {row["uid"] for row in stay})
            if kind == "ics"
            else without_rows(one.raw, one.asked, resource.items, gone) or one.raw
        )
        kept |= keys(resource, stay)
    return kept


def coming_of(tried: Tried, spec: Spec) -> set[str] | None:
    """Return the keys of the sessions that lie within the window.

    None where sessions do not bear the keys of the rows that they come from.
    """
    course = spec.entities.get("course")
    key = path_of(spec.resources[course.source].key) if course else None
    named = path_of(course.fields["source_id"]) if course else None
    if key is None or named is None or key.source != named.source:
        return None
    window = tried.names["window"]
    return {
        item.source_id
        for item in tried.items
        if item.kind == "course"
        and any(
            name == "starts_at"
            and isinstance(value, datetime)
            and window["starts_at"] <= value < window["ends_at"]
            for name, value, _ in item.fields
        )
    }


def surplus(
    resource: Resource,
    rows: list[Any],
    names: Mapping[str, Any],
    left: int,
    coming: Collection[str] | None = None,
) -> tuple[set[int], int]:
    """Return which rows are too many, and how many more may come.

    Of those that the list ignores or that do not come, and of the others; only others may come.
    """
    counted, gone, key = Counter[bool](), set[int](), path_of(resource.key)
    for at, row in enumerate(rows):
        is_ignored = _is_ignored(resource, row, names) or (
            coming is not None and key is not None and column(resource, key, row) not in coming
        )
        counted[is_ignored] += 1
        if counted[is_ignored] > left:
            gone.add(at)
    return gone, max(left - counted[False], 0)


def keys(resource: Resource, rows: list[Any]) -> set[str]:
    """Return the keys of some rows."""
    key = path_of(resource.key)
    return {found for row in rows if (found := column(resource, key, row)) is not None}


def roots(spec: Spec) -> list[Resource]:
    """Return the lists that sheets come from and that are asked for by themselves."""
    found, waiting = list[str](), [spec.entities["course"].source]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.append(name)
            waiting += [
                other for other, how in needs(spec.resources[name]).items() if how == "from"
            ]
    return [spec.resources[name] for name in found]


def _asked_first(spec: Spec) -> list[Resource]:
    """Return the lists of keys that a SOAP service is asked for sessions with, step by step."""
    found, waiting = (
        list[str](),
        [resource.name for resource in roots(spec)] if spec.transport.kind == "soap" else [],
    )
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.append(name)
            each = spec.resources[name].for_each
            waiting += [
                *spec.resources[name].sources,
                *(each.lists if each else ()),
                *(other for other, _ in (each.values if each else ())),
            ]
    return [spec.resources[name] for name in found if spec.resources[name].for_each is None]


def _is_ignored(resource: Resource, row: Any, names: Mapping[str, Any]) -> bool:
    """Whether a list ignores a row, as far as the row alone says it.

    One of another week, say, is no session to keep.
    """
    test, added = resource.ignore, {name for name, _ in resource.add}
    if (
        test is None
        or not isinstance(row, dict)
        or any(name[0] == "row" and (len(name) == 1 or name[1] in added) for name in test.names)
    ):
        return False
    named = {name: row.get(column) for name, column in resource.columns.items()} or dict(row)
    try:
        for column in resource.formats:
            name = column.path.source
            if len(column.path.steps) == 1 and name in named:
                named[name] = column.format.read(named[name])
        return decided(test, named, names) is True
    except Unreadable:
        return False
