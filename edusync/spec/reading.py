"""What a spec reads of the answers of an ERP: by list and path, and for whom."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from edusync.spec.needs import upward_expressions, upward_values
from edusync.spec.places import Made, Place, Why, joined, step, use, use_whole
from edusync.spec.read_values import ValueFollower
from edusync.spec.tree import FileCall

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from edusync.diagnostics import Location
    from edusync.spec.followed import Scope
    from edusync.spec.places import Seen
    from edusync.spec.tree import Call, Entity, Path, Resource, Spec, Value, Verdict

_PEOPLE = frozenset({"student", "professor", "external"})
_IDS = frozenset({"source_id", "students", "professors", "groups", "classroom", "externals"})
_PERSONAL = frozenset({"last_name", "first_name", "email", "phone", "badge"})


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """What is read of the answers to one call.

    Of the body, of the text as a whole, of the headers.
    """

    root: Place
    text: Place
    headers: Place


class Reading(ValueFollower):
    """Everything that a spec reads. `bodies` are found by the place of the call in the spec."""

    def __init__(self, spec: Spec) -> None:
        super().__init__()
        self.spec = spec
        self.bodies: dict[Location, Body] = {}
        self.rows: dict[str, Made] = {}
        self.sent: dict[str, Seen] = {}
        self.run: Scope = {"the": {_TheRows(self): False}}
        for call, paths in spec.transport.auth.heard:
            self._sign_in(call, paths)
        for resource in spec.resources.values():
            self._list(resource)
        for entity in spec.entities.values():
            self._entity(entity)
        self._questions()
        self._upward()

    def key_of(self, name: str) -> Value | None:
        """Return the key of a list."""
        resource = self.spec.resources.get(name)
        return resource.key if resource else None

    def body(self, call: Call, name: str) -> Body:
        """Return what is read of the answers to a call; what its verdicts look at is noted."""
        found = self.bodies.get(call.place)
        if found is None:
            found = self.bodies[call.place] = Body(
                Place(f"{name} (answer)"), Place(f"{name} (text)"), Place(f"{name} (header)")
            )
            self._verdicts((*call.answers, *self.spec.transport.answers), found)
        return found

    # rows

    def row_of(self, name: str) -> Seen:
        """Return what the rows of a list hold.

        Its own names and those of what it came out of included.
        """
        if name not in self.spec.resources:
            return {}  # the sheets that go up, which come from no answer
        if name not in self.rows:
            made = self.rows[name] = Made()  # whoever looks into itself meets the fields so far
            self._fill(made, self.spec.resources[name])
        return {self.rows[name]: False}

    def _fill(self, made: Made, resource: Resource) -> None:
        raw = self.sent[resource.name] = self._raw(resource)
        above = self._above(resource)
        made.closed = bool(resource.columns or resource.zipped)
        if resource.columns:
            made.members |= {name: step(raw, caption) for name, caption in resource.columns.items()}
            made.members["value"] = step(raw, "value")
        else:
            made.rest = raw
        made.members |= above
        for column, call in resource.zipped:
            made.members[column] = {self.body(call, f"{resource.name}.{column}").root: False}
        made.members |= {name: {} for name, _ in resource.add}
        made.members |= {name: {} for name in resource.gather}
        for read in resource.formats:
            for origin in self.path(read.path, {made: False}, Why("as", read.place)):
                if isinstance(origin, Place):
                    origin.formats.append(read.format)
        scope: Scope = {**self.run, **above, "row": {made: False}}
        for name, value in chain(resource.add, resource.gather.items()):
            made.members[name] = self.value(value, scope, f"{resource.name}.{name}")

    def _raw(self, resource: Resource) -> Seen:
        """Return where the rows of a list stand as they were sent."""
        why = Why(f"the rows of {resource.name}", resource.place)
        if resource.zipped:
            return {}
        if resource.call is None:
            outer = joined(*(self.row_of(name) for name in resource.sources))
            found: list[Seen] = [
                {
                    Made(
                        {key: self.path(path, outer, why) for key, path in row.items()},
                        closed=True,
                    ): False
                }
                for row in resource.written_out
            ]
            if found:
                return joined(*found)
            return self.path(resource.items, outer, why)
        root: Seen = {self.body(resource.call, resource.name).root: False}
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

    def _above(self, resource: Resource) -> dict[str, Seen]:
        """Return what the rows of a list stand under."""
        each = resource.for_each
        lists = (*resource.sources, *(each.lists if each else ()))
        found: dict[str, Seen] = {}
        for name in lists:
            outer = self.row_of(name)
            found["parent"] = joined(found.get("parent", {}), outer)
            found[name] = outer
            if name in self.spec.resources:
                for other in _ancestors(self.spec, name):
                    found.setdefault(other, self.row_of(other))
        if each is not None and each.values:
            found["parent"] = joined(
                *(
                    self.path(path, self.row_of(name), Why(resource.name, resource.place))
                    for name, path in each.values
                )
            )
        return found

    # lists

    def _list(self, resource: Resource) -> None:
        row = self.row_of(resource.name)
        name, at = resource.name, resource.place
        above = self._above(resource)
        each, calls = resource.for_each, [call for _, call in resource.zipped]
        calls += [resource.call] if resource.call else []
        sent = joined(above.get("parent", {}), self._again(resource)) if each else {}
        holes = {**self.run, **above, "batch": sent}
        if each is not None and each.values:
            use(sent, Why(f"asked for {name} with", at), "id")
        if each is not None:
            self.tested(each.items, self.run, Why(f"asked for {name} with", at))
        for call in calls:
            self._sends(call, holes, f"sent for {name}")
        self.tested(resource.when, self.run, Why(f"{name}: when", at))
        if resource.call is not None:
            self._pages(resource, self.bodies[resource.call.place])
        scope = {**self.run, **above, "row": row}
        self.tested(resource.ignore, scope, Why(f"{name}: ignore", at))
        for by in resource.filter_by:
            label = f"{name}: filter_by {by.name}"
            use(self.value(by.value, scope, label), Why(label, by.place), "test")
        for drop in resource.drop:
            self.tested(drop.test, scope, Why(f"{name}: drop {drop.code}", drop.place))
        if resource.key is not None:
            use(self.value(resource.key, scope, "key"), Why("key", resource.key.place), "id")

    def _again(self, resource: Resource) -> Seen:
        again = resource.for_each.again if resource.for_each else None
        why = Why(f"asked for {resource.name} with", resource.place)
        return self.path(again, self.row_of(resource.name), why) if again else {}

    def _sends(self, call: Call, scope: Scope, label: str) -> None:
        why = Why(label, call.place)
        for part in call.parts:
            use(self.expression(part, scope, why), why, "id")

    def _pages(self, resource: Resource, body: Body) -> None:
        """Note what paging reads of an answer: how much there is, what comes next."""
        paging, why = resource.paging, Why("paging", resource.place)
        if paging is None:
            return
        for path in paging.reads:
            use(self.path(path, {body.root: False}, why), why, "test")
        for path in paging.of_rows:
            use(self.path(path, self.sent[resource.name], why), why, "id")
        for header in paging.headers:
            use({body.headers.member(header): False}, why, "test")

    def _sign_in(self, call: Call, paths: Iterable[Path]) -> None:
        body, why = self.body(call, "sign-in"), Why("sign-in", call.place)
        self._sends(call, self.run, "sign-in")
        for path in paths:
            header = path.source.removeprefix("header.")
            if header != path.source:
                use({body.headers.member(header.lower()): False}, why, "test")
            else:
                use(self.path(path, {body.root: False}, why), why, "test")

    def _verdicts(self, lines: Iterable[Verdict], body: Body) -> None:
        named = {"body": body.root, "text": body.text, "headers": body.headers}
        answer = Made({name: {place: False} for name, place in named.items()})
        scope: Scope = {**self.run, "answer": {answer: False}}
        for line in lines:
            message = line.message.parts if line.message else ()
            for part in (line.when, *message):
                self.tested(part, scope, Why("answers", line.place))

    # what rows mean

    def _entity(self, entity: Entity) -> None:
        scope = {**self.run, "row": self.row_of(entity.source)}
        for name, value in entity.fields.items():
            label = f"{entity.kind}.{name}"
            becomes = (
                name
                if entity.kind in _PEOPLE and name in _PERSONAL
                else "id"
                if name in _IDS
                else "text"
            )
            use(self.value(value, scope, label), Why(label, value.place), becomes)
        for name, value in entity.carry.items():
            label = f"{entity.kind}: carry {name}"
            use_whole(self.value(value, scope, label), Why(label, value.place), "id")
        for value in entity.also_known_as:
            use(self.value(value, scope, "also_known_as"), Why("also_known_as", value.place), "id")
        tests = [*entity.drop, *self.spec.rules.report.get(entity.kind, ())]
        for drop in tests:
            self.tested(drop.test, scope, Why(f"{entity.kind}: {drop.code}", drop.place))
        self.tested(entity.ignore, scope, Why(f"{entity.kind}: ignore", entity.place))

    def _questions(self) -> None:
        """Note what is read to settle the answers of a school."""
        questions: Mapping[str, Any] = {
            **self.spec.connection,
            **self.spec.options,
            **self.spec.filters,
        }
        for name, question in questions.items():
            why = Why(f"filter {name}", question.place)
            choices, must = question.choices, question.must_exist_in
            read = (
                [(choices.resource, choices.id), (choices.resource, choices.label)]
                if choices
                else []
            )
            read += [(must.resource, path) for path in must.on] if must else []
            for resource, path in read:
                use(self.path(path, self.row_of(resource), why), why, "id")

    def _upward(self) -> None:
        """Note what the way up looks into: a recorded case may get classes to play."""
        upward = self.spec.writeback
        if upward is None:
            return
        scope: dict[str, Seen] = {**self.run, "row": {}}
        for values in (upward.people, upward.sheets):
            for name, value in values.items():
                scope[name] = joined(scope.get(name, {}), self.value(value, scope, f"let {name}"))
        for value in upward_values(upward):
            use(self.value(value, scope, "writeback"), Why("writeback", value.place), "id")
        payloads = [*upward.lines.values(), *(rule.added for rule in upward.states.values())]
        payloads += [step_.csv for step_ in upward.steps]
        sent = {part for payload in payloads if payload for part in payload.parts}
        sent |= {part for step_ in upward.steps for part in step_.call.parts}
        for expression in upward_expressions(upward):
            note, why = use_whole if expression in sent else use, Why("writeback", expression.place)
            note(self.expression(expression, scope, why), why, "id")
        if upward.reasons is not None:
            why = Why("reasons", upward.reasons.place)
            for path in (upward.reasons.id, upward.reasons.label):
                use(self.path(path, self.row_of(upward.reasons.source), why), why, "id")


class _TheRows(Made):
    """The single rows that expressions mention as `the.LIST`."""

    def __init__(self, reading: Reading) -> None:
        super().__init__()
        self.reading = reading

    def member(self, name: str) -> Seen:
        return self.reading.row_of(name)


def _ancestors(spec: Spec, name: str) -> set[str]:
    """Return the lists that a list comes out of or is asked for with, at any depth."""
    resource = spec.resources[name]
    above = {*resource.sources, *(resource.for_each.lists if resource.for_each else ())}
    return above.union(*(_ancestors(spec, other) for other in above if other in spec.resources))
