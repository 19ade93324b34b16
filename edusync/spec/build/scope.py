"""Find out what decides which sessions come down, and what rests on what (`spec/scope.py`).

Where it cannot be told what something rests on, it rests on more, never on less.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import orjson

from edusync.spec.build.ancestry import chain, parents
from edusync.spec.needs import looked_up
from edusync.spec.scope import ANSWERS, SESSIONS, ScopeKeys, with_asked
from edusync.spec.tree import Expression, Path, Value, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from edusync.diagnostics import Location
    from edusync.spec.tree import Node, Resource, Spec

_HOW = {
    *("as", "add", "columns", "ignore", "filter_by", "drop", "order_by", "key", "same_key", "merge")
}
"""What happens to rows once they came."""
_WORDS = {"assumed", "optional", "failing_call"}
_WIRE = {
    *("assumed", "limits", "probe", "proxy", "ca", "host_key", "calls"),
    *("hosts", "inner_hosts"),
}
"""What decides nothing: words for people, and how hard and by which way the ERP is asked."""


def scope_keys(spec: Spec, data: Mapping[str, Any]) -> ScopeKeys:
    """Return what decides the scope of a spec; `data` is its document."""
    graph = _Graph(spec, data)
    graph.common()
    for name, resource in spec.resources.items():
        graph.list(name, resource)
    graph.course()
    return ScopeKeys(graph.texts, graph.rests_on, graph.rules)


class _Graph:
    """Gather keys and what they rest on."""

    def __init__(self, spec: Spec, data: Mapping[str, Any]) -> None:
        self.spec, self.data = spec, data
        self.texts: dict[str, str] = {}
        self.rests_on: dict[str, frozenset[str]] = {}
        self.rules: dict[Location, str] = {}
        self.formats = {id(format_): f"formats.{name}" for name, format_ in spec.formats.items()}
        course = spec.entities.get("course")
        self.chain = chain(spec, course.source) if course else set[str]()

    def key(self, key: str, content: object, *rests_on: Iterable[str]) -> str:
        """Note a key, what it says, and what it rests on."""
        self.texts[key] = _digest(content)
        return self.node(key, *rests_on)

    def node(self, name: str, *rests_on: Iterable[str]) -> str:
        """Note what a node rests on."""
        self.rests_on[name] = frozenset(node for nodes in rests_on for node in nodes)
        return name

    # what all lists share

    def common(self) -> None:
        """Note the transport, its calls, the formats, the zone, the filters and the namespace."""
        data, transport = self.data, self.spec.transport
        for name, options in (data.get("formats") or {}).items():
            self.key(f"formats.{name}", {**options, "assumed": None})
        self.key("zone", self.spec.zone)
        for name, question in self.spec.filters.items():
            self.key(f"filters.{name}", [question.item, question.alike])
        for name, call in (data["transport"].get("calls") or {}).items():
            self.key(f"transport.calls.{name}", call, _named_call(call))
        expressions = [
            met.node
            for met in walk(transport, lambda _node, field: field not in _WIRE | {"sign", "logout"})
            if isinstance(met.node, Expression)
        ]
        words = [word for word in data["transport"] if word not in _WIRE]
        keys = [self.key(f"transport.{word}", data["transport"][word]) for word in words]
        self.node("transport all", keys, self.read_by(expressions, None), ["zone"])
        if self.spec.namespace is not None:
            read = self.read_by(self.spec.namespace.parts, None)
            self.key("namespace", data["namespace"], read)

    # one list

    def list(self, name: str, resource: Resource) -> None:
        """Note the keys of a list, and the nodes that stand for many of them."""
        data, route = self.data["resources"][name], f"resources.{name}"
        columns = [*self.columns(name, resource, data)]
        tests = self.read_by(resource.ignores, name)
        keyed = self.read_by_values(filter(None, [resource.key]), name)
        gathered = self.read_by_values(resource.gather.values(), name)
        ordered = {key for by in resource.order_by for key in self.read_by_path(by.path, name)}
        merged = self.read_by_values([resource.merge.by] if resource.merge else [], name)
        which = [
            self.key(f"{route}.{word}", data[word], read)
            for word, read in (
                ("ignore", tests),
                ("order_by", ordered),
                ("key", keyed),
                ("same_key", gathered),
                ("merge", merged),
            )
            if word in data
        ]
        self.request(name, resource, data)
        self.node(f"{route} rows", [f"{route} asked"], which)
        rules = self.drops(name, resource, data)
        sources = [f"resources.{source} whole" for source in resource.sources]
        self.node(f"{route} whole", [f"{route} rows"], columns, rules, sources)

    def request(self, name: str, resource: Resource, data: Mapping[str, Any]) -> None:
        """Note what the ERP is asked for, and the lists that this takes or that rows come of."""
        route, each = f"resources.{name}", resource.for_each
        calls = [call for call in (resource.call, *(call for _, call in resource.zipped)) if call]
        expressions = [resource.when, each.items if each else None]
        expressions += [part for call in calls for part in call.parts]
        expressions += [met.node for met in walk(resource.rows) if isinstance(met.node, Expression)]
        others = [*each.lists, *(other for other, _ in each.values)] if each else []
        taken = [path.first for row in resource.written_out for path in row.values()]
        taken += [] if resource.items.source == "@" else [resource.items.first]
        words = [word for word in data if word not in _HOW | _WORDS]
        self.node(
            f"{route} asked",
            [self.key(f"{route}.{word}", data[word]) for word in words],
            _named_call(data),
            ["transport all"] if calls else [],
            self.read_by(filter(None, expressions), name),
            [f"resources.{other} whole" for other in others],
            [f"resources.{source} rows" for source in resource.sources],
            *(
                self.column(source, (first,) if first else ())
                for source in resource.sources
                for first in taken
            ),
        )

    def columns(self, name: str, resource: Resource, data: Mapping[str, Any]) -> Iterator[str]:
        """Note the columns of a list: how they are called, parsed and made."""
        route = f"resources.{name}"
        for column in resource.columns:
            yield self.node(f"{route}.columns.{column}")
        for parsed in resource.formats:
            source, format_ = parsed.path.source, parsed.format
            named = [self.formats[id(format_)]] if id(format_) in self.formats else []
            yield self.key(f"{route}.as.{source}", data["as"][source], named)
        for column, value in resource.add:
            read = self.read_by_values([value], name)
            yield self.key(f"{route}.add.{column}", data["add"][column], read)

    def drops(self, name: str, resource: Resource, data: Mapping[str, Any]) -> Iterator[str]:
        """Note the rules that drop rows of a list."""
        for drop in resource.drop:
            key, read = f"resources.{name}.drop.{drop.code}", self.read_by([drop.test], name)
            yield self.rule(key, data["drop"][drop.code], drop.place, name, read)
        for by in resource.filter_by:
            key, read = (
                f"resources.{name}.filter_by.{by.name}",
                self.read_by_values([by.value], name),
            )
            condition = data["filter_by"][by.name]
            yield self.rule(key, condition, by.place, name, {*read, f"filters.{by.name}"})

    def rule(
        self, key: str, content: object, place: Location, name: str, read: Iterable[str]
    ) -> str:
        """Note a rule that drops rows of a list; when sessions come of them, it drops sessions."""
        if name in self.chain:
            self.rules[place] = key
            self.node(with_asked(key), [key, f"resources.{name} asked"])
        return self.key(key, content, read)

    # the session

    def course(self) -> None:
        """Note what makes a session of a row, and everything that decides whether there is one."""
        if "course" not in self.spec.entities:
            self.node(SESSIONS)
            return
        entity, data = self.spec.entities["course"], self.data["entities"]["course"]
        name, source_id = entity.source, entity.fields["source_id"]
        read = self.read_by_values([source_id], name)
        keys = [
            self.key("entities.course.from", name),
            self.key("entities.course.source_id", data["source_id"], read),
            *(["namespace"] if self.spec.namespace is not None else []),
        ]
        if entity.ignores:
            read = self.read_by(entity.ignores, name)
            keys.append(self.key("entities.course.ignore", data["ignore"], read))
        for drop in entity.drop:
            key, read = f"entities.course.drop.{drop.code}", self.read_by([drop.test], name)
            self.rule(key, data["drop"][drop.code], drop.place, name, read)
        self.node(SESSIONS, keys, [f"resources.{name} rows"])

    # what is read

    def read_by(self, expressions: Iterable[Expression], name: str | None) -> set[str]:
        """Return the nodes that expressions over the rows of a list rest on."""
        nodes: set[str] = set()
        declared = self.data.get("formats") or {}
        for expression in expressions:
            nodes |= {f"formats.{word}" for word in expression.filters if word in declared}
            for steps in expression.names:
                if steps[0] in ANSWERS:
                    nodes |= self.answers(*steps[:2])
                elif steps[0] == "the":
                    lists = steps[1:2] or tuple(self.spec.resources)
                    nodes |= {f"resources.{other} whole" for other in lists}
                elif steps[0] in {"row", "mine"} and name is not None:
                    nodes |= self.column(name, steps[1:])
        return nodes

    def read_by_values(self, values: Iterable[Value], name: str) -> set[str]:
        """Return the nodes that values of the rows of a list rest on."""
        nodes: set[str] = set()
        for value in values:
            nodes |= {f"resources.{other} whole" for other in looked_up(value)}
            for met in walk(value, _of_its_row):
                match met.node:
                    case Expression():
                        nodes |= self.read_by([met.node], name)
                    case Path():
                        nodes |= self.read_by_path(met.node, name)
                    case Value(format=format_) if id(format_) in self.formats:
                        nodes.add(self.formats[id(format_)])
        return nodes

    def read_by_path(self, path: Path, name: str) -> set[str]:
        """Return the nodes that a path into the rows of a list rests on."""
        return self.column(name, path.steps or ((path.first,) if path.first else ()))

    def answers(self, section: str, name: str | None = None) -> set[str]:
        """Return the answers that are mentioned; a secret is none: a new one decides nothing."""
        if section == "account":
            return {"account.name"}
        return {
            f"{section}.{question.name}"
            for question in getattr(self.spec, section).values()
            if name in {None, question.name} and question.type != "secret"
        }

    def column(self, name: str, steps: tuple[str, ...]) -> set[str]:
        """Return the keys that make a column of a list, every column when it has no name.

        A row holds those that it comes from under their names, and is one of them when nothing is
        taken out of it.
        """
        resource, first = self.spec.resources[name], steps[0] if steps else None
        if first == "parent" or first in chain(self.spec, name, with_for_each=True) - {name}:
            above = parents(resource, with_for_each=True) if first == "parent" else [first]
            return {key for other in above for key in self.column(str(other), steps[1:])}
        parts = {
            *(f"columns.{column}" for column in resource.columns if first in {None, column}),
            *(
                f"as.{column.path.source}"
                for column in resource.formats
                if first in {None, column.path.first}
            ),
            *(f"add.{column}" for column, _ in resource.add if first in {None, column}),
            *(["same_key"] if resource.gather and first in {None, *resource.gather} else []),
        }
        keys = {f"resources.{name}.{key}" for key in parts}
        if resource.items.source == "@" and not resource.written_out:
            for source in resource.sources:
                keys |= self.column(source, steps)
        return keys


def _named_call(data: Mapping[str, Any]) -> list[str]:
    return [f"transport.calls.{data['call']}"] if "call" in data else []


def _of_its_row(_node: Node, field: str) -> bool:
    """Whether a part of a value is about the row itself, and not about one that is looked up."""
    return field not in {"on", "take", "order", "again"}


def _digest(content: object) -> str:
    text = orjson.dumps(content, option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS, default=str)
    return blake2b(text, digest_size=8).hexdigest()
