"""For each place of the language a spec that has it, and for each key something that may be written
there: what is refused is found by writing it.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from edusync.diagnostics import Route
from edusync.spec.paging import PAGING
from tests.contract.keys import PLACES
from tests.kinds import samples, written
from tests.little import SPEC, UPWARD

Data = dict[str, Any]

WIRES: Mapping[str, Data] = {
    "http": {"kind": "http", "base_url": "{{ connection.url }}"},
    "soap": {"kind": "soap", "wsdl": "{{ connection.url }}/wsdl"},
    "sql": {"kind": "sql", "url": "sqlite:///erp.db"},
    "files": {"kind": "files", "url": "folder"},
}
CALLS: Mapping[str, Data] = {
    "http": {"get": "/things"},
    "call": {"call": "things"},
    "soap": {"soap": "Port.Things"},
    "sql": {"sql": "select id from things"},
    "file": {"file": "things.json"},
    "zip": {"zip": {"a": "Port.Things"}, "for_each": {"values": "rooms.id", "batch": 2}},
    "from": {"from": "rooms"},
    "rows": {"rows": ["a", "b"]},
}
WRITES: Mapping[str, Data] = {
    "http": {"post": "/things"},
    "call": {"call": "put_things"},
    "soap": {"soap": "Port.Things"},
    "sql": {"sql": "insert into things (id) values (1)"},
    "file": {"file": "things.csv", "csv": {"who": "{{ line.who }}"}},
}
WIRE_OF = {
    "http": "http",
    "call": "http",
    "soap": "soap",
    "zip": "soap",
    "from": "http",
    "rows": "http",
} | {
    "sql": "sql",
    "file": "files",
}
VALUES: Mapping[str, Data] = {
    "path": {"path": "title"},
    "template": {"template": "{{ row.title }}"},
    "value": {"value": "x"},
    "first_of": {"first_of": ["title"]},
    "all_of": {"all_of": ["title"]},
    "look_up": {"look_up": "rooms", "by": "room"},
    "look_up_all": {"look_up_all": "rooms", "by": "room"},
    "day": {"day": "on", "time": "from"},
    "start": {"start": {"day": "on", "time": "from"}, "plus": "long"},
    "edusign_id": {"edusign_id": "{{ row.title }}"},
    "function": {"function": "shout", "arguments": {"word": "title"}},
}
FORMATS: Mapping[str, Data] = written("formats")
PAGES: Mapping[str, Data] = written("paging")
BASE: Data = deepcopy(SPEC)
BASE["resources"]["rooms"] = {"get": "/rooms", "key": "id"}
BASE["entities"]["classroom"] = {"from": "rooms", "source_id": "id", "name": "name"}
BASE["transport"]["calls"] = {
    "things": {"get": "/things/{{ with.x }}"},
    "put_things": {"post": "/things/{{ with.x }}"},
}
BASE["formats"]["words"] = {"kind": "text"}
BASE["options"] = {"on": {"type": "boolean", "label": "On"}}
BASE["filters"] = {"sites": {"label": "Sites"}}
BASE["resources"]["lessons"]["filter_by"] = {"sites": "site"}
LISTED = ("lessons", "teachers", "learners", "rooms", "reasons")


def on_wire(wire: str) -> Data:
    """Return a spec whose lists are asked over a wire."""
    spec = deepcopy(BASE)
    if wire == "http":
        return spec
    spec["transport"] = deepcopy(WIRES[wire])
    call = {"soap": "soap", "sql": "sql", "files": "file"}[wire]
    for name in LISTED:
        found = spec["resources"].get(name)
        if found:
            del found["get"]
            found |= CALLS[call]
    return spec


def with_steps(wire: str) -> Data:
    """Return a spec with a way up."""
    spec = on_wire(wire)
    spec["writeback"] = deepcopy(UPWARD)
    spec["resources"]["reasons"] = {**CALLS[_CALL_ON[wire]], "key": "id"}
    spec["writeback"]["for_sheet"] = [{**WRITES[_CALL_ON[wire]], "in_doubt": "repeat"}]
    return spec


_CALL_ON = {"http": "http", "soap": "soap", "sql": "sql", "files": "file"}


def standing(place: str) -> tuple[Data, Route]:  # noqa: C901, PLR0911, PLR0912, PLR0915 - a few lines for each place
    """Return a spec that has a place, and where it is there."""
    name, _, kind = place.rstrip(")").partition("(")
    kind, _, more = kind.partition(", ")
    spec = deepcopy(BASE)
    match name:
        case "spec":
            return spec, ()
        case "connection" | "options":
            spec.setdefault(name, {})["x"] = {"type": kind, "label": "X"}
            if kind == "choice":
                spec[name]["x"]["values"] = ["a", "b"]
            return spec, (name, "x")
        case "filters":
            spec["filters"]["sites"] |= {"item": kind}
            if kind == "pair":
                spec["filters"]["sites"]["parts"] = ["a", "b"]
            return spec, ("filters", "sites")
        case "connection.must_exist_in" | "options.must_exist_in":
            section = name.partition(".")[0]
            question = {"type": "text", "label": "X"}
            spec.setdefault(section, {})["x"] = question
            question["must_exist_in"] = {"resource": "rooms", "on": "id"}  # type: ignore[assignment]  # JSON
            return spec, (section, "x", "must_exist_in")
        case "filters.choices":
            spec["filters"]["sites"]["choices"] = {"resource": "rooms", "label": "name"}
            return spec, ("filters", "sites", "choices")
        case "codes":
            spec["codes"] = {"X_A": {"en": "A.", "fr": "B."}}
            return spec, ("codes", "X_A")
        case "filters.offer":
            spec["filters"]["sites"]["offer"] = [{"resource": "rooms", "on": "id"}]
            return spec, ("filters", "sites", "offer", 0)
        case "schedule" | "rules" | "rules.adopt" | "rules.report":
            route: Route = tuple(name.split("."))
            return _put(spec, route, {}), route
        case "label":
            spec["options"]["on"]["label"] = {"en": "On", "fr": "Oui"}
            return spec, ("options", "on", "label")
        case "entities":
            return spec, (name,)
        case "transport":
            return on_wire(kind), ("transport",)
        case "limits":
            return _put(on_wire(kind), ("transport", "limits"), {}), ("transport", "limits")
        case "auth":
            said = {} if kind == "steps" else {"kind": kind}
            return _put(on_wire(more), ("transport", "auth"), said), ("transport", "auth")
        case "auth.send":
            route = ("transport", "auth", "send")
            return _put(on_wire(kind), route, {}), route
        case "auth.sign":
            route = ("transport", "auth", "sign")
            return _put(spec, route, {"function": "signed"}), route
        case "auth.send.basic":
            route = ("transport", "auth", "send", "basic")
            return _put(spec, route, {"username": "u", "password": "p"}), route
        case "login" | "logout" | "probe":
            spec = on_wire(WIRE_OF[kind])
            at: dict[str, Route] = {
                "login": ("transport", "auth", "login", 0),
                "logout": ("transport", "auth", "logout"),
                "probe": ("transport", "probe"),
            }
            if name == "login":
                return _put(spec, at[name][:-1], [deepcopy(CALLS[kind])]), at[name]
            if name == "logout":
                _put(spec, at["login"][:-1], [deepcopy(CALLS[kind])])
            return _put(spec, at[name], deepcopy(CALLS[kind])), at[name]
        case "list":
            spec = on_wire(WIRE_OF[kind])
            spec["resources"]["things"] = deepcopy(CALLS[kind])
            return spec, ("resources", "things")
        case "for_each":
            each = {"rows": "rooms", "values": "rooms.id", "items": "window.days"}[kind]
            path = "/things/{{ rooms.id }}" if kind == "rows" else "/things/{{ parent }}"
            spec["resources"]["things"] = {"get": path, "for_each": {kind: each}}
            return spec, ("resources", "things", "for_each")
        case "inner":
            spec["resources"]["things"] = {"get": "/a", "inner": {"at": "a", "answer": "xml"}}
            return spec, ("resources", "things", "inner")
        case "inner answer":
            inner = {"at": "a", "answer": {"kind": kind}}
            spec["resources"]["things"] = {"get": "/a", "inner": inner}
            return spec, ("resources", "things", "inner", "answer")
        case "answer":
            spec["resources"]["things"] = {"get": "/a", "answer": {"kind": kind}}
            return spec, ("resources", "things", "answer")
        case "same_key":
            things = {"get": "/a", "key": "id", "same_key": {"gather": {"names": "name"}}}
            spec["resources"]["things"] = things
            return spec, ("resources", "things", "same_key")
        case "merge":
            spec["resources"]["things"] = {"get": "/a", "key": "id", "merge": {"by": "mail"}}
            return spec, ("resources", "things", "merge")
        case "basic":
            route = ("resources", "things", "basic")
            spec["resources"]["things"] = {"get": "/a"}
            return _put(spec, route, {"username": "u", "password": "p"}), route
        case "xml":
            spec["resources"]["things"] = {"post": "/a", "xml": {"xml": "<a/>"}}
            return spec, ("resources", "things", "xml")
        case "text":
            spec["resources"]["things"] = {"post": "/a", "text": {"text": "a", "each": "b"}}
            return spec, ("resources", "things", "text")
        case "form.xml":
            spec["resources"]["things"] = {"post": "/a", "form": {"d": {"xml": "<a/>"}}}
            return spec, ("resources", "things", "form", "d")
        case "sql":
            spec = on_wire("sql")
            pieces = ["select id from things", {"when": "options.on", "sql": "where id > 1"}]
            spec["resources"]["things"] = {"sql": pieces}
            return spec, ("resources", "things", "sql", 1)
        case "call":
            spec["resources"]["things"] = {"call": "things", "with": {"x": "1"}}
            return spec, ("transport", "calls", "things")
        case "paging" | "until":
            wire = more or "http"
            spec = on_wire(wire)
            things = deepcopy(CALLS[wire])
            word = "query" if wire == "http" else "arguments"
            kind = "number" if name == "until" else kind
            if asked := PAGING[kind].required_name:
                things[word] = {"p": f"{{{{ page.{asked} }}}}"}
            spec["resources"]["things"] = things | {"paging": deepcopy(PAGES[kind])}
            if name == "until":
                spec["resources"]["things"]["paging"]["until"] = {"total": "count"}
                return spec, ("resources", "things", "paging", "until")
            return spec, ("resources", "things", "paging")
        case "format":
            spec["formats"]["x"] = deepcopy(FORMATS[kind])
            return spec, ("formats", "x")
        case "verdict":
            line = {"when": "answer.status == 418", "then": kind}
            if more == "reads":
                spec["resources"]["lessons"]["answers"] = [line]
                return spec, ("resources", "lessons", "answers", 0)
            spec = with_steps("http")
            spec["writeback"]["for_sheet"][0]["answers"] = [line]
            return spec, ("writeback", "for_sheet", 0, "answers", 0)
        case "value":
            spec["entities"]["course"]["description"] = deepcopy(VALUES[kind])
            return spec, ("entities", "course", "description")
        case "override":
            spec = with_steps("http")
            spec["writeback"]["override"] = [{"when": "state == 'absent'", "state": "late"}]
            return spec, ("writeback", "override", 0)
        case "state":
            return with_steps("http"), ("writeback", "states", kind)
        case "step":
            return _step("for_sheet", kind, "writes")
        case "for_person" | "for_sheet" | "then":
            return _step(name, kind, more)
        case "csv_as":
            spec, route = _step("for_sheet", "file", "writes")
            return _put(spec, (*route, "csv_as"), {}), (*route, "csv_as")
        case "refused" | "in_doubt":
            spec, route = _step(kind, "http", "writes")
            inside = {
                "refused": {"rest": "lost"},
                "in_doubt": {"look": {"look_up": "rooms", "by": "course.id"}, "done": "found"},
            }[name]
            return _put(spec, (*route, name), deepcopy(inside)), (*route, name)
        case "writeback.transport" | "writeback.transport.limits":
            spec = with_steps("http")
            spec["writeback"]["transport"] = {"kind": "files", "url": "up", "limits": {}}
            spec["writeback"]["for_sheet"] = [{**WRITES["file"], "in_doubt": "repeat"}]
            return spec, tuple(name.split("."))
    if name.startswith("entities."):
        kind = name.partition(".")[2]
        needed = {"from": "rooms", "source_id": "id", "name": "name", "last_name": "a"}
        needed |= {"first_name": "b", "email": "c"}
        if kind not in spec["entities"]:
            needed |= {"student": "id", "state": "name"}
            wanted = {
                "group": "from source_id name",
                "external": _OF_EXTERNAL,
                "attendance": "from student state",
            }[kind]
            spec["entities"][kind] = {word: needed[word] for word in wanted.split()}
        return spec, ("entities", kind)
    assert name.startswith("writeback"), place
    return _put(with_steps("http"), tuple(name.split(".")), None), tuple(name.split("."))


_OF_EXTERNAL = "from source_id last_name first_name email"


def _step(section: str, call: str, act: str) -> tuple[Data, Route]:
    wire = WIRE_OF[call]
    spec = with_steps(wire)
    up = spec["writeback"]
    step = deepcopy(WRITES[call] if act == "writes" else CALLS[call])
    if act == "writes":
        step["in_doubt"] = "repeat"
    else:
        step["read"] = {"found": "id"}
    if section == "for_sheet":
        up["for_sheet"] = [step]
    else:
        up[section] = [step]
    return spec, ("writeback", section, 0)


def _put(data: Data, route: Route, value: Any) -> Data:
    inner: Any = data
    for step in route[:-1]:
        inner = inner[step] if isinstance(step, int) else inner.setdefault(step, {})
    if value is not None or route[-1] not in inner:
        inner[route[-1]] = {} if value is None else value
    return data


PART = dict(PLACES)
_ANY: Data = {
    "label": "Words",
    "help": "A sentence.",
    "assumed": "Nobody has said so.",
    "optional": True,
    "per_account": True,
    "asked_when": "options.on",
    "example": "x",
    "reason": "DOWN_COURSE_STRUCTURE_MISMATCH",
    "alike": True,
    "when": "options.on",
    "query": {"q": "1"},
    "headers": {"X-A": "1"},
    "json": {"a": 1},
    "form": {"a": "1"},
    "text": "words",
    "xml": "<a/>",
    "basic": {"username": "u", "password": "p"},
    "answers": [{"when": "answer.status == 418", "then": "fail"}],
    "answer": "xml",
    "with": {"x": "1"},
    "arguments": {"a": "1"},
    "values": {"a": "1"},
    "soap": "Port.Things",
    "sql": "select id from things",
    "file": "things.json",
    "call": "things",
    "method": "REPORT",
    "path": "/things",
    "repeat": "never",
    "omit_empty": True,
    **dict.fromkeys(("get", "post", "put", "patch", "delete"), "/things"),
    "read": {"found": "id"},
    "paging": {"kind": "next_url", "path": "next"},
    "items": "data",
    "shape": "one",
    "send": {"headers": {"X-A": "1"}},
    "as": "words",
    "drop": {"DOWN_COURSE_CANCELLED": "row.x"},
    "ignore": "row.x",
    "from": "rooms",
    "kind": "http",
    "charset": "windows-1252",
    "must_exist_in": {"resource": "rooms", "on": "id"},
    "total": "count",
    "pages": "count",
    "more": "count",
    "last": "count",
    "size": 2,
    "empty": ["-"],
    "zone": "Europe/Paris",
    "inner": "<b/>",
    "each": "<b/>",
    "of": "window.days",
    "gate": {"en": "Is there one?", "fr": "En avez-vous ?"},
    "offer": [{"resource": "rooms", "on": "id"}],
}
_STEP: Data = {
    "csv": {"who": "{{ line.who }}"},
    "csv_as": {"separator": ","},
    "for": ["absent"],
    "refused": {"rest": "lost"},
    "in_doubt": "repeat",
}
_OF_PART: Mapping[str, Data] = {
    "connection.*": {"values": ["a", "b"], "drop_end": ["/"], "type": "text"},
    "options.*": {"values": ["a", "b"], "drop_end": ["/"], "type": "text"},
    "filters.*": {"parts": ["a", "b"], "choices": {"resource": "rooms", "label": "name"}},
    "filters.*.offer.*": {"resource": "lessons", "on": "name", "label": "name"},
    "connection.*.must_exist_in": {"code": "CONF_OPTION_VALUE"},
    "options.*.must_exist_in": {"code": "CONF_OPTION_VALUE"},
    "": {
        "codes": {"X_A": {"en": "A.", "fr": "B."}},
        "namespace": "{{ connection.url }}",
        "schedule": {},
        "rules": {},
    },
    "schedule": {"down": ["07:00"], "up": "with_down", "window_days": 20},
    "rules": {
        "student_email": "optional",
        "student_needed": False,
        "group_students_needed": False,
        "people_without_sheet": "create",
        "professor_email_twice": "block_all",
        "vanished": "keep",
        "adopt": False,
        "professor_credentials": "options.on",
        "student_credentials": "options.on",
        "report": {"course": {"DOWN_COURSE_CANCELLED": "row.x"}},
    },
    "codes.*": {"en": "A.", "fr": "B.", "remedy": "Do.", "severity": "info"},
    "rules.adopt": {"match": ["name"], "days_back": 3},
    "rules.report": {
        kind: {"DOWN_COURSE_CANCELLED": "row.x"}
        for kind in ("student", "professor", "group", "course", "external")
    },
    "transport": {
        "base_url": "http://erp.example",
        "wsdl": "http://erp.example/wsdl",
        "address": "http://erp.example",
        "values": "lexical",
        "url": "folder",
        "hosts": ["files.erp.example"],
        "inner_hosts": ["erp.intern"],
        "host_key": "ssh-ed25519 AAAA",
        "trim": True,
        "lists": "repeat",
        "auth": {"send": {"headers": {"X-A": "1"}}},
        "calls": {"other": {"get": "/other"}},
        "limits": {},
        "probe": {"get": "/ping"},
        "proxy": "http://proxy.example",
        "ca": "ca.pem",
    },
    "transport.limits": {
        "at_once": 2,
        "connect": "5s",
        "read": "5s",
        "tries": 2,
        "per_second": 2,
        "body": "1MB",
        "url_length": 600,
    },
    "entities": {
        "group": {"from": "rooms", "source_id": "id", "name": "name"},
        "external": dict.fromkeys(("source_id", "last_name", "first_name", "email"), "a")
        | {"from": "rooms"},
        "attendance": {"from": "rooms", "student": "id", "state": "name"},
    },
    "writeback.transport.limits": {"connect": "5s"},
    "writeback.transport": {"host_key": "ssh-ed25519 AAAA"},
    "$auth.steps": {
        "kind": "steps",
        "login": [{"post": "/login", "read": {"token": "t"}}],
        "sign": {"function": "signed"},
        "expires_in": "in",
        "lasts": "1h",
        "logout": {"post": "/logout"},
    },
    "$auth.steps.send": {
        "query": {"t": "1"},
        "headers": {"X-A": "1"},
        "cookies": {"c": "1"},
        "form": {"t": "1"},
        "json": {"t": "1"},
        "xml": "<t/>",
        "path": "/s",
        "arguments": {"t": "1"},
        "soap_header": {"T": "1"},
    },
    "resources.*": {
        "for_each": {"items": "window.days"},
        "zip": {"a": "Port.Things"},
        "failing_call": "skip",
        "inner": {"at": "a", "answer": "xml"},
        "columns": {"id": "id"},
        "as": {"id": "words"},
        "add": {"b": "id"},
        "filter_by": {"sites": "site"},
        "key": "id",
        "same_key": "first",
        "rows": ["a"],
        "order_by": "-id",
        "merge": {"by": "mail"},
        "single": "CONN_ERP_ACCESS_NOT_OPENED",
    },
    "resources.*.merge": {"by": "name", "keep": "last"},
    "resources.*.for_each": {
        "rows": "rooms",
        "values": "rooms.id",
        "items": "window.days",
        "batch": 2,
        "again": "id",
        "depth": 3,
    },
    "$answer": {"attributes": "@", "separator": ";", "sheet": "A", "header": 2, "skip": 1},
    "$up_step.csv_as": {
        "charset": "windows-1252",
        "separator": ",",
        "quote": "all",
        "line_end": "lf",
    },
    **samples("paging", "$paging"),
    **samples("formats", "$format"),
    "$verdict": {"code": "CONN_CALL_FAILED", "message": "words"},
    "$value": {
        "path": "title",
        "template": "{{ row.title }}",
        "value": "x",
        "first_of": ["title"],
        "all_of": ["title"],
        "look_up": "rooms",
        "look_up_all": "rooms",
        "by": "room",
        "on": "name",
        "where": "mine.a == theirs.b",
        "take": "name",
        "first_by": "name",
        "last_by": "name",
        "missing": "ok",
        "again": "parent",
        "day": "on",
        "time": "from",
        "zone": {"value": "Europe/Paris"},
        "start": "on",
        "plus": "long",
        "edusign_id": "x",
        "function": "shout",
        "arguments": {"word": "title"},
    },
    "writeback": {
        "needs": "options.on",
        "transport": {"kind": "files", "url": "up"},
        "check": ["delete from absences where 1 = 0"],
        "at_once": 2,
        "tries": 2,
        "let": {"sheet": {"x": "course.source_id"}},
        "hold": {"UP_ERP_REJECTED": "state == 'late'"},
        "report": {"UP_PLANNING_NOT_COMPLETED": "options.on"},
        "override": [{"when": "state == 'late'", "state": "present"}],
        "for_person": [{"post": "/a", "in_doubt": "repeat"}],
        "then": [{"post": "/a", "in_doubt": "repeat"}],
    },
    "writeback.reasons": {"default": "Illness", "when_unknown": "hold", "when_none": "hold"},
    "writeback.let": {"sheet": {"x": "x"}, "person": {"y": "y"}},
    "writeback.line": {"professor": {"who": "{{ person.source_id }}"}},
    "$state": {"set": {"state": "X"}, "needs": "options.on", "else": "present", "skip": True},
    "$up_step": _STEP,
    "$up_step.refused": {
        "items": "errors",
        "when": "row.x",
        "who": "id",
        "is": "who",
        "message": "m",
        "optional": True,
        "rest": "lost",
    },
    "$up_step.in_doubt": {"done": "found"},
}


def sample(place: str, key: str) -> Any:
    """Return something that may be written behind a key."""
    of_part = _OF_PART.get(PART[place], {})
    if key in of_part:
        return of_part[key]
    if place.startswith("entities."):
        more = {"assumed": "X", "carry": {"x": "id"}, "also_known_as": ["id"]}
        return {**more, "drop": _ANY["drop"], "ignore": "row.x"}.get(key, "title")
    if key == "default":
        return _default(place)
    if key == "values" and PART[place].startswith("resources"):
        return _ANY["values"]
    return _ANY[key]


def _default(place: str) -> Any:
    kind = place.rstrip(")").partition("(")[2]
    return {"boolean": True, "integer": 1, "choice": "a", "list": ["a"], "pair": {"a": ["b"]}}.get(
        kind, "http://x.example"
    )
