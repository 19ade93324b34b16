"""What the rows of lists hold, from the answers on: places of the ERP, and names that are made."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from edusync.spec.places import VERDICTS, Place, TracedRow, Why, joined, step, use
from edusync.spec.read_values import ValueFollower
from edusync.spec.tree import Expression, FileCall

if TYPE_CHECKING:
    from collections.abc import Iterable

    from edusync.diagnostics import Location
    from edusync.spec.followed import Scope
    from edusync.spec.places import Origins
    from edusync.spec.tree import Call, Resource, Spec, Value, Verdict


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """What is read of the answers to one call.

    Of the body, of the text as a whole, of the headers.
    """

    root: Place
    text: Place
    headers: Place


class RowFollower(ValueFollower):
    """Follow rows of lists. `bodies` are found by the place of the call in the spec."""

    def __init__(self, spec: Spec) -> None:
        super().__init__()
        self.spec = spec
        self.bodies: dict[Location, Body] = {}
        self.rows: dict[str, TracedRow] = {}
        self.sent: dict[str, Origins] = {}
        self.run: Scope = {"the": {_TheRows(self): False}}

    def key_of(self, name: str) -> Value | None:
        """Return the key of a list."""
        resource = self.spec.resources.get(name)
        return resource.key if resource else None

    def body(self, call: Call, name: str) -> Body:
        """Return what is read of the answers to a call; what its verdicts look at is noted."""
        body = self.bodies.get(call.place)
        if body is None:
            body = self.bodies[call.place] = Body(
                Place(f"{name} (answer)"), Place(f"{name} (text)"), Place(f"{name} (header)")
            )
            self._verdicts((*call.answers, *self.spec.transport.answers), body)
        return body

    # rows

    def row_of(self, name: str) -> Origins:
        """Return what the rows of a list hold.

        Its own names and those of what it came out of included.
        """
        if name not in self.spec.resources:
            return {}  # the sheets that go up, which come from no answer
        if name not in self.rows:
            row = self.rows[name] = TracedRow()  # whoever looks into itself meets the fields so far
            self._fill(row, self.spec.resources[name])
        return {self.rows[name]: False}

    def _fill(self, row: TracedRow, resource: Resource) -> None:
        raw = self.sent[resource.name] = self._raw(resource)
        above = self.above(resource)
        row.closed = bool(resource.columns or resource.zipped)
        if resource.columns:
            row.members |= {name: step(raw, caption) for name, caption in resource.columns.items()}
            row.members["value"] = step(raw, "value")
        else:
            row.rest = raw
        row.members |= above
        for column, call in resource.zipped:
            row.members[column] = {self.body(call, f"{resource.name}.{column}").root: False}
        row.members |= {name: {} for name, _ in resource.add}
        row.members |= {name: {} for name in resource.gather}
        row.members |= {"merged": {}} if resource.merge is not None else {}
        for read in resource.formats:
            for origin in self.path(read.path, {row: False}, Why("as", read.place)):
                if isinstance(origin, Place):
                    origin.formats.append(read.format)
        scope: Scope = {**self.run, **above, "row": {row: False}}
        for name, value in chain(resource.add, resource.gather.items()):
            row.members[name] = self.value(value, scope, f"{resource.name}.{name}")
        if resource.merge is not None and resource.key is not None:
            row.members["merged"] = self.value(resource.key, scope, f"{resource.name}.merged")

    def _raw(self, resource: Resource) -> Origins:
        """Return where the rows of a list stand as they were sent."""
        why = Why(f"the rows of {resource.name}", resource.place)
        if resource.zipped:
            return {}
        if resource.rows is not None:
            written = resource.rows
            return (
                self.expression(written, self.run, why)
                if isinstance(written, Expression)
                else joined(*(self.expression(part, self.run, why) for part in written.parts))
            )
        if resource.call is None:
            outer = joined(*(self.row_of(name) for name in resource.sources))
            constructed: list[Origins] = [
                {
                    TracedRow(
                        {key: self.path(path, outer, why) for key, path in row.items()},
                        closed=True,
                    ): False
                }
                for row in resource.written_out
            ]
            if constructed:
                return joined(*constructed)
            return self.path(resource.items, outer, why)
        root: Origins = {self.body(resource.call, resource.name).root: False}
        if resource.inner is not None:
            inside = Place(f"{resource.name} (document)")
            texts = self.path(resource.inner.at, root, why)
            use(texts, why, "test")
            for origin in texts:
                if isinstance(origin, Place):
                    origin.document = (resource.inner.answer, inside)
            root = {inside: False}
        rows = self.path(resource.items, root, why)
        if isinstance(resource.call, FileCall):
            rows = joined(rows, root)  # rows of several files have no envelope
        answer = resource.inner.answer if resource.inner else resource.call.answer
        if answer.kind == "json" and resource.shape in {"keyed", "list_or_keyed"}:
            rows = {
                origin.under_each() if isinstance(origin, Place) else origin: part
                for origin, part in rows.items()
            }
        for origin in rows:
            if isinstance(origin, Place):
                origin.name = resource.name
        return rows

    def above(self, resource: Resource) -> dict[str, Origins]:
        """Return what the rows of a list stand under."""
        each = resource.for_each
        lists = (*resource.sources, *(each.lists if each else ()))
        above: dict[str, Origins] = {}
        for name in lists:
            outer = self.row_of(name)
            above["parent"] = joined(above.get("parent", {}), outer)
            above[name] = outer
            if name in self.spec.resources:
                for other in _ancestors(self.spec, name):
                    above.setdefault(other, self.row_of(other))
        if each is not None and each.values:
            above["parent"] = joined(
                *(
                    self.path(path, self.row_of(name), Why(resource.name, resource.place))
                    for name, path in each.values
                )
            )
        return above

    def _verdicts(self, lines: Iterable[Verdict], body: Body) -> None:
        named = {"body": body.root, "text": body.text, "headers": body.headers}
        answer = TracedRow({name: {place: False} for name, place in named.items()})
        scope: Scope = {**self.run, "answer": {answer: False}}
        for line in lines:
            message = line.message.parts if line.message else ()
            for part in (line.when, *message):
                self.tested(part, scope, Why(VERDICTS, line.place))


class _TheRows(TracedRow):
    """The single rows that expressions mention as `the.LIST`."""

    def __init__(self, rows: RowFollower) -> None:
        super().__init__()
        self.rows = rows

    def member(self, name: str) -> Origins:
        return self.rows.row_of(name)


def _ancestors(spec: Spec, name: str) -> set[str]:
    """Return the lists that a list comes out of or is asked for with, at any depth."""
    resource = spec.resources[name]
    above = {*resource.sources, *(resource.for_each.lists if resource.for_each else ())}
    return above.union(*(_ancestors(spec, other) for other in above if other in spec.resources))
