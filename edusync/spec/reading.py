"""What a spec reads of the answers of an ERP: by list and path, and for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.spec.needs import mentioned
from edusync.spec.node import walk
from edusync.spec.payload import Document, Each, Pieces
from edusync.spec.places import Why, joined, use, use_whole
from edusync.spec.read_rows import RowFollower
from edusync.spec.tree import LookFirst

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from edusync.spec.followed import Scope
    from edusync.spec.places import Origins
    from edusync.spec.read_rows import Body
    from edusync.spec.tree import Call, Entity, Path, Resource, Spec, Step


_PEOPLE = frozenset({"student", "professor", "external"})
_IDS = frozenset(
    {"source_id", "students", "professors", "groups", "classroom", "externals", "student", "course"}
)
_PERSONAL = frozenset({"last_name", "first_name", "email", "phone", "badge"})


class Reading(RowFollower):
    """Everything that a spec reads."""

    def __init__(self, spec: Spec) -> None:
        super().__init__(spec)
        for call, paths in spec.transport.auth.answers_read:
            self._sign_in(call, paths)
        for resource in spec.resources.values():
            self._list(resource)
        for entity in spec.entities.values():
            self._entity(entity)
        self._questions()
        self._upward()

    # lists

    def _list(self, resource: Resource) -> None:
        row = self.row_of(resource.name)
        name, at = resource.name, resource.place
        above = self.above(resource)
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
        for test in resource.ignores:
            self.tested(test, scope, Why(f"{name}: ignore", at))
        for by in resource.filter_by:
            label = f"{name}: filter_by {by.name}"
            use(self.value(by.value, scope, label), Why(label, by.place), "test")
        for drop in resource.drop:
            self.tested(drop.test, scope, Why(f"{name}: drop {drop.code}", drop.place))
        for order in resource.order_by:
            why = Why(f"{name}: order_by", order.place)
            use(self.path(order.path, row, why), why, "test")
        if resource.key is not None:
            use(self.value(resource.key, scope, "key"), Why("key", resource.key.place), "id")
        if resource.merge is not None:
            why = Why(f"{name}: merge", resource.merge.place)
            use(self.value(resource.merge.by, scope, why.label), why, "test")

    def _again(self, resource: Resource) -> Origins:
        again = resource.for_each.again if resource.for_each else None
        why = Why(f"asked for {resource.name} with", resource.place)
        return self.path(again, self.row_of(resource.name), why) if again else {}

    def _sends(self, call: Call, scope: Scope, label: str) -> None:
        why = Why(label, call.place)
        for part in call.parts:
            use(self.expression(part, scope, why), why, "id")
        for sent in filter(None, call.sent):
            for met in walk(sent):
                of = met.node.of if isinstance(met.node, Each | Pieces | Document) else None
                if of is not None:  # whatever is read of an item
                    use_whole(self.expression(of, scope, why), why, "id")

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
            use(self._of_answer(path, body, why), why, "test")

    def _of_answer(self, path: Path, body: Body, why: Why) -> Origins:
        """Return what a path into an answer, or into its headers, gives."""
        header = path.source.removeprefix("header.")
        if header != path.source:
            return {body.headers.member(header.lower()): False}
        return self.path(path, {body.root: False}, why)

    # what rows mean

    def _entity(self, entity: Entity) -> None:
        scope: dict[str, Origins] = {**self.run, "row": self.row_of(entity.source)}
        if entity.kind == "attendance":
            scope["course"] = {}
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
        for test in entity.ignores:
            self.tested(test, scope, Why(f"{entity.kind}: ignore", entity.place))

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
        scope: dict[str, Origins] = {**self.run, "row": {}}
        for values in (upward.people, upward.sheets):
            for name, value in values.items():
                scope[name] = joined(scope.get(name, {}), self.value(value, scope, f"let {name}"))
        looks = [
            step.in_doubt.look for step in upward.steps if isinstance(step.in_doubt, LookFirst)
        ]
        for value in (*upward.people.values(), *upward.sheets.values(), *looks):
            use(self.value(value, scope, "writeback"), Why("writeback", value.place), "id")
        payloads = [*upward.lines.values(), *(rule.added for rule in upward.states.values())]
        payloads += [step_.csv for step_ in upward.steps]
        sent = {part for payload in payloads if payload for part in payload.parts}
        sent |= {part for step_ in upward.steps for part in step_.call.parts}
        for expression in mentioned(upward):
            note, why = use_whole if expression in sent else use, Why("writeback", expression.place)
            note(self.expression(expression, scope, why), why, "id")
        for step_ in upward.steps:
            self._step(step_)
        if upward.reasons is not None:
            why = Why("reasons", upward.reasons.place)
            for path in (upward.reasons.id, upward.reasons.label):
                use(self.path(path, self.row_of(upward.reasons.source), why), why, "id")

    def _step(self, step: Step) -> None:
        """Note what a step of the way up reads of its answer: what later ones send, refusals."""
        body, why = self.body(step.call, "writeback"), Why("writeback", step.call.place)
        for path in step.read.values():
            use_whole(self._of_answer(path, body, why), why, "id")
        refused = step.refused
        if refused is None or refused.items is None:
            return
        row = self.path(refused.items, {body.root: False}, why)
        use(row, why, "test")
        self.tested(refused.when, {**self.run, "row": row}, why)
        for part, becomes in ((refused.who, "id"), (refused.message, "test")):
            if part is not None:
                use(self.path(part, row, why), why, becomes)
