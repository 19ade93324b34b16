"""Every key of the language in each place where the schema lets it stand.

A place tells apart what matters to a key: the wire of a call, the kind of a format, the section of
a step, whether it writes. `placed` says of which places the keys of a spec are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from edusync.diagnostics import Route
from edusync.spec.formats import FORMATS
from edusync.spec.paging import PAGING
from edusync.spec.tree.entity import ENTITIES
from edusync.spec.tree.sign_in import SIGN_INS
from edusync.spec.tree.step import STATES
from edusync.spec.tree.transport import WIRES
from edusync.spec.tree.value import SOURCES
from edusync.spec.verdicts import VERDICTS
from edusync.spec.whole_schema import spec_schema

Pair = tuple[str, str]
"""A place and a key."""

VERBS = ("get", "post", "put", "patch", "delete")
CALLS = ("http", "call", "soap", "sql", "file")
LISTS = (*CALLS, "zip", "from", "rows")
QUESTIONS = ("text", "secret", "url", "boolean", "integer", "choice", "list")
ITEMS = ("id", "text", "integer", "glob", "pair")
ANSWERS = ("json", "xml", "csv", "xlsx", "ics")
SECTIONS = ("for_person", "for_sheet", "then")
WORDS = tuple(one.word for one in SOURCES)
ABOUT = frozenset(
    {"when", "read", "csv", "csv_as", "for", "refused", "in_doubt", "answers", "answer", "call"}
    | {"repeat"}
    | {*VERBS, "soap", "sql", "file"}
)
"""What the section of a step matters to, and whether it writes; the rest is what a call sends."""
_NESTED = {"first_of", "all_of", "by", "on", "take", "day", "time", "zone", "start", "plus"}


# places, each with where the schema says what may stand there


def _places() -> Iterator[tuple[str, str]]:
    yield "spec", ""
    for section in ("connection", "options"):
        yield from ((f"{section}({kind})", f"{section}.*") for kind in QUESTIONS)
        yield f"{section}.must_exist_in", f"{section}.*.must_exist_in"
    yield from ((f"filters({item})", "filters.*") for item in ITEMS)
    yield "filters.offer", "filters.*.offer.*"
    for part in ("filters.*.choices", "schedule"):
        yield part.replace(".*", ""), part
    yield "codes", "codes.*"
    for wire in WIRES:
        yield f"transport({wire})", "transport"
        yield f"limits({wire})", "transport.limits"
        yield from ((f"auth({kind}, {wire})", f"$auth.{kind}") for kind in SIGN_INS)
        yield f"auth.send({wire})", "$auth.steps.send"
    yield "auth.sign", "$auth.steps.sign"
    yield "auth.send.basic", "$auth.steps.send.basic"
    yield "call", "transport.calls.*"
    for of in ("resources.*", "transport.calls.*", "$step", "$up_step"):
        yield "basic", f"{of}.basic"
        yield "xml", f"{of}.xml"
        yield "text", f"{of}.text"
        yield "form.xml", f"{of}.form.*"
        if of != "transport.calls.*":
            yield "sql", f"{of}.sql.*"
    for own in ("login", "logout", "probe"):
        yield from ((f"{own}({call})", "$step") for call in CALLS)
    yield from ((f"list({how})", "resources.*") for how in LISTS)
    yield from (
        (f"for_each({what})", "resources.*.for_each") for what in ("rows", "values", "items")
    )
    yield "inner", "resources.*.inner"
    yield "same_key", "resources.*.same_key"
    yield "merge", "resources.*.merge"
    yield from ((f"answer({kind})", "$answer") for kind in ANSWERS)
    yield from ((f"inner answer({kind})", "$answer") for kind in ANSWERS)
    for kind, _ in PAGING.pairs():
        yield from ((f"paging({kind}, {call})", f"$paging.{kind}") for call in ("http", "soap"))
    yield "until", "$until"
    yield from ((f"format({kind})", f"$format.{kind}") for kind, _ in FORMATS.pairs())
    for then, _ in VERDICTS.pairs():
        yield from ((f"verdict({then}, {act})", "$verdict") for act in ("reads", "writes"))
    yield from ((f"entities.{kind}", f"entities.{kind}") for kind in ENTITIES)
    yield "entities", "entities"
    yield from ((f"value({word})", "$value") for word in WORDS)
    yield "label", "$label"
    for part in ("rules", "rules.adopt", "rules.report"):
        yield part, part
    for part in ("", ".transport", ".transport.limits", ".reasons", ".let", ".line", ".states"):
        yield f"writeback{part}", f"writeback{part}"
    yield "override", "writeback.override.*"
    yield from ((f"state({state})", "$state") for state in STATES)
    for call in CALLS:
        yield f"step({call})", "$up_step"
        for section in SECTIONS:
            yield from ((f"{section}({call}, {act})", "$up_step") for act in ("reads", "writes"))
    yield "csv_as", "$up_step.csv_as"
    for section in SECTIONS:
        yield f"refused({section})", "$up_step.refused"
        yield f"in_doubt({section})", "$up_step.in_doubt"


PLACES: list[tuple[str, str]] = list(_places())
"""Every place with the part of the schema that rules it."""


def keys_of_schema() -> dict[str, set[str]]:
    """Return the keys that the schema lets stand in each of its parts."""
    found: dict[str, set[str]] = {}
    for part, key in _keys(spec_schema(), ()):
        found.setdefault(".".join(part), set()).add(key)
    return found


def _keys(node: Any, part: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if not isinstance(node, dict):
        return
    for key, inner in node.get("properties", {}).items():
        yield part, key
        yield from _keys(inner, (*part, key))
    for word in ("additionalProperties", "items"):
        yield from _keys(node.get(word), (*part, "*"))
    for branch in node.get("allOf", ()):
        condition = branch["if"]["properties"]
        kind = next(iter(condition.values()))["const"]
        yield from _keys(branch["then"], (*part, str(kind)))
    for key, inner in node.get("$defs", {}).items():
        yield from _keys(inner, (*part, f"${key}"))


def pairs() -> set[Pair]:
    """Return every key in every place."""
    keys = keys_of_schema()
    found = set()
    for place, part in PLACES:
        for key in keys[part]:
            if part == "$up_step" and (key in ABOUT) == place.startswith("step("):
                continue
            found.add((place, key))
    return found


# the places of a spec


def placed(spec: Mapping[str, Any]) -> Iterator[tuple[Pair, Route]]:
    """Yield every key of a spec that has a place, and its route."""
    return _Walk(spec).all()


class _Walk:
    def __init__(self, spec: Mapping[str, Any]) -> None:
        self.spec = spec
        self.wire = str(spec.get("transport", {}).get("kind"))

    def all(self) -> Iterator[tuple[Pair, Route]]:
        spec = self.spec
        yield from self._of("spec", spec, ())
        for section in ("connection", "options", "filters"):
            for name, question in (spec.get(section) or {}).items():
                yield from self._question(section, question, (section, name))
        yield from self._label(spec.get("label"), ("label",))
        yield from self._of("schedule", spec.get("schedule"), ("schedule",))
        yield from self._transport()
        for name, options in (spec.get("formats") or {}).items():
            yield from self._of(f"format({options['kind']})", options, ("formats", name))
        for name, code in (spec.get("codes") or {}).items():
            yield from self._of("codes", code, ("codes", name))
            yield from self._label(code.get("remedy"), ("codes", name, "remedy"))
        for name, data in (spec.get("resources") or {}).items():
            yield from self._list(data, ("resources", name))
        entities = spec.get("entities") or {}
        yield from self._of("entities", entities, ("entities",))
        for kind, data in entities.items():
            yield from self._of(f"entities.{kind}", data, ("entities", kind))
            for name in data:
                if name in ENTITIES[kind].fields:
                    yield from self._value(data[name], ("entities", kind, name))
        rules = spec.get("rules") or {}
        yield from self._of("rules", rules, ("rules",))
        for part in ("adopt", "report"):
            yield from self._of(f"rules.{part}", rules.get(part), ("rules", part))
        yield from self._writeback()

    def _of(self, place: str, data: Any, route: Route) -> Iterator[tuple[Pair, Route]]:
        if isinstance(data, Mapping):
            yield from (((place, str(key)), (*route, key)) for key in data)

    def _label(self, data: Any, route: Route) -> Iterator[tuple[Pair, Route]]:
        yield from self._of("label", data, route)

    def _question(
        self, section: str, data: Mapping[str, Any], route: Route
    ) -> Iterator[tuple[Pair, Route]]:
        kind = data.get("item", "id") if section == "filters" else data.get("type")
        yield from self._of(f"{section}({kind})", data, route)
        for word in ("label", "help", "gate"):
            yield from self._label(data.get(word), (*route, word))
        for word in ("must_exist_in", "choices"):
            yield from self._of(f"{section}.{word}", data.get(word), (*route, word))
        for index, offer in enumerate(data.get("offer") or ()):
            yield from self._of("filters.offer", offer, (*route, "offer", index))

    def _transport(self) -> Iterator[tuple[Pair, Route]]:
        data: Mapping[str, Any] = self.spec["transport"]
        route: Route = ("transport",)
        yield from self._of(f"transport({self.wire})", data, route)
        yield from self._of(f"limits({self.wire})", data.get("limits"), (*route, "limits"))
        yield from self._answers(data, route, "reads")
        yield from self._answer(data.get("answer"), (*route, "answer"))
        for name, call in (data.get("calls") or {}).items():
            here = (*route, "calls", name)
            yield from self._of("call", call, here)
            yield from self._call(call, here, "reads")
            yield from self._paging(call.get("paging"), (*here, "paging"))
        if isinstance(data.get("probe"), Mapping):
            yield from self._own("probe", data["probe"], (*route, "probe"))
        auth = data.get("auth") or {}
        here = (*route, "auth")
        yield from self._of(f"auth({auth.get('kind', 'steps')}, {self.wire})", auth, here)
        send = auth.get("send") or {}
        yield from self._of(f"auth.send({self.wire})", send, (*here, "send"))
        yield from self._of("auth.send.basic", send.get("basic"), (*here, "send", "basic"))
        yield from self._of("auth.sign", auth.get("sign"), (*here, "sign"))
        for index, step in enumerate(auth.get("login") or ()):
            yield from self._own("login", step, (*here, "login", index))
        if "logout" in auth:
            yield from self._own("logout", auth["logout"], (*here, "logout"))

    def _own(self, of: str, data: Mapping[str, Any], route: Route) -> Iterator[tuple[Pair, Route]]:
        yield from self._of(f"{of}({_call_of(data)})", data, route)
        yield from self._call(data, route, "reads")

    def _call(
        self, data: Mapping[str, Any], route: Route, act: str
    ) -> Iterator[tuple[Pair, Route]]:
        """Yield what stands inside of a call."""
        yield from self._answers(data, route, act)
        yield from self._answer(data.get("answer"), (*route, "answer"))
        for word in ("basic", "xml", "text"):
            yield from self._of(word, data.get(word), (*route, word))
        form = data.get("form")
        for name, field in (form if isinstance(form, Mapping) else {}).items():
            if isinstance(field, Mapping) and "xml" in field:
                yield from self._of("form.xml", field, (*route, "form", name))
        for index, piece in enumerate(data["sql"] if isinstance(data.get("sql"), list) else ()):
            yield from self._of("sql", piece, (*route, "sql", index))

    def _answers(
        self, data: Mapping[str, Any], route: Route, act: str
    ) -> Iterator[tuple[Pair, Route]]:
        for index, line in enumerate(data.get("answers") or ()):
            yield from self._of(f"verdict({line['then']}, {act})", line, (*route, "answers", index))

    def _answer(self, data: Any, route: Route, of: str = "answer") -> Iterator[tuple[Pair, Route]]:
        if isinstance(data, Mapping):
            yield from self._of(f"{of}({data['kind']})", data, route)
        elif isinstance(data, str):
            yield (f"{of}({data})", "kind"), route

    def _paging(self, data: Any, route: Route) -> Iterator[tuple[Pair, Route]]:
        if isinstance(data, Mapping):
            wire = "soap" if self.wire == "soap" else "http"
            yield from self._of(f"paging({data['kind']}, {wire})", data, route)
            yield from self._of("until", data.get("until"), (*route, "until"))

    def _list(self, data: Mapping[str, Any], route: Route) -> Iterator[tuple[Pair, Route]]:
        yield from self._of(f"list({_call_of(data)})", data, route)
        yield from self._call(data, route, "reads")
        each = data.get("for_each")
        if isinstance(each, str):
            yield ("for_each(rows)", "rows"), (*route, "for_each")
        elif each:
            what = next(word for word in ("values", "items", "rows") if word in each)
            yield from self._of(f"for_each({what})", each, (*route, "for_each"))
        yield from self._paging(data.get("paging"), (*route, "paging"))
        inner = data.get("inner")
        if inner:
            yield from self._of("inner", inner, (*route, "inner"))
            yield from self._answer(inner["answer"], (*route, "inner", "answer"), "inner answer")
        yield from self._of("merge", data.get("merge"), (*route, "merge"))
        if "merge" in data:
            yield from self._value(data["merge"]["by"], (*route, "merge", "by"))
        same = data.get("same_key")
        yield from self._of("same_key", same, (*route, "same_key"))
        for word, values in (
            ("add", data.get("add")),
            ("filter_by", data.get("filter_by")),
            ("gather", same.get("gather") if isinstance(same, Mapping) else None),
        ):
            here = (*route, "same_key", word) if word == "gather" else (*route, word)
            for name, value in (values or {}).items():
                yield from self._value(value, (*here, name))
        yield from self._value(data.get("key"), (*route, "key"))

    def _value(self, data: Any, route: Route) -> Iterator[tuple[Pair, Route]]:
        if isinstance(data, str):
            yield ("value(path)", "path"), route
        elif isinstance(data, list):
            for index, part in enumerate(data):
                yield from self._value(part, (*route, index))
        elif isinstance(data, Mapping):
            word = next((one for one in WORDS if one in data), None)
            if word is None:
                return
            yield from self._of(f"value({word})", data, route)
            for name in data:
                if name in _NESTED:
                    yield from self._value(data[name], (*route, name))
            if isinstance(data.get("arguments"), Mapping):
                for name, value in data["arguments"].items():
                    yield from self._value(value, (*route, "arguments", name))

    def _writeback(self) -> Iterator[tuple[Pair, Route]]:
        data, route = self.spec.get("writeback"), ("writeback",)
        if not isinstance(data, Mapping):
            return
        yield from self._of("writeback", data, route)
        for part in ("transport", "reasons", "let", "line", "states"):
            yield from self._of(f"writeback.{part}", data.get(part), (*route, part))
        limits = (data.get("transport") or {}).get("limits")
        yield from self._of("writeback.transport.limits", limits, (*route, "transport", "limits"))
        for level, values in (data.get("let") or {}).items():
            for name, value in values.items():
                yield from self._value(value, (*route, "let", level, name))
        for index, one in enumerate(data.get("override") or ()):
            yield from self._of("override", one, (*route, "override", index))
        for state, rule in data["states"].items():
            yield from self._of(f"state({state})", rule, (*route, "states", state))
        for section in SECTIONS:
            for index, step in enumerate(data.get(section) or ()):
                yield from self._step(section, step, (*route, section, index))

    def _step(
        self, section: str, data: Mapping[str, Any], route: Route
    ) -> Iterator[tuple[Pair, Route]]:
        call, act = _call_of(data), "writes" if "in_doubt" in data else "reads"
        for key in data:
            place = f"{section}({call}, {act})" if key in ABOUT else f"step({call})"
            yield (place, str(key)), (*route, key)
        yield from self._call(data, route, act)
        for word in ("refused", "in_doubt"):
            yield from self._of(f"{word}({section})", data.get(word), (*route, word))
        yield from self._of("csv_as", data.get("csv_as"), (*route, "csv_as"))
        if isinstance(data.get("in_doubt"), Mapping):
            yield from self._value(data["in_doubt"]["look"], (*route, "in_doubt", "look"))


def _call_of(data: Mapping[str, Any]) -> str:
    """Return how a list or a step asks."""
    found = [
        word for word in ("call", "soap", "sql", "file", "zip", "from", "rows") if word in data
    ]
    return found[0] if found else "http"
