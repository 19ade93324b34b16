"""Every default of the language acts: leaving a key out does the same as writing its default, and
another value does something else.

The places come from the schemas, so a new default without a demonstration fails here.
"""

from __future__ import annotations

import json
import shutil
import socket
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from werkzeug.wrappers import Request, Response

from edusync.app.runs.adopt import adopt
from edusync.app.runs.moment import Moment
from edusync.engine.read.source import Tools
from edusync.registry import Registry
from edusync.spec.schema_check import schema_text
from edusync.state.open import open_store
from edusync.target.client import EdusignClient
from edusync.testing.cases import Case
from edusync.testing.replay import CANARY
from edusync.transport.limits import limiter
from tests.contract import defaults_of_lists as of_lists
from tests.contract.scenes import scenes
from tests.contract.scenes.scene import School, put
from tests.little import Little, Seen, lesson, person

Place = str
Act = Callable[[Little], None]
Put = Callable[[Little, Any], None]
LEFT_OUT = object()
AUTHORS = object()
"""What stands for the default of a key called `default`, which the author of a spec chooses."""


# where the schemas say what happens when a key is left out


def places(name: str) -> Iterator[tuple[Place, Any]]:
    """Yield every default of a schema with its place: annotations, and keys of authors called
    `default`.
    """
    schema = json.loads(schema_text(name))
    for place, value in _walk(schema, ()):
        yield ".".join((name, *place)), value


def _walk(node: Any, place: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    if not isinstance(node, dict):
        return
    if "default" in node:
        yield place, node["default"]
    for key, inner in node.get("properties", {}).items():
        if key == "default":
            yield (*place, key), AUTHORS
        yield from _walk(inner, (*place, key))
    for word in ("additionalProperties", "items"):
        yield from _walk(node.get(word), (*place, "*"))
    for branch in node.get("allOf", ()):
        kind = branch["if"]["properties"]["kind"]["const"]
        yield from _walk(branch["then"], (*place, str(kind)))
    for key, inner in node.get("$defs", {}).items():
        yield from _walk(inner, (*place, f"${key}"))


PLACES = dict(one for name in ("spec", "connector", "case") for one in places(name))


def test_places_are_found_wherever_a_schema_can_hold_them() -> None:
    texts = [schema_text(name) for name in ("spec", "connector", "case")]
    assert sum(text.count('"default": ') for text in texts) == len(PLACES)


# how one is shown


def sync(little: Little) -> None:
    little.sync()


def acts(seen: Seen) -> Any:
    """Return everything but the page."""
    return seen.acts()


@dataclass(frozen=True)
class Shown:
    """How a default is shown: where it is written, another value, the school, what is done, and
    what is looked at.
    """

    put: Put
    other: Any
    school: Callable[[Any], None] = lambda _little: None
    act: Callable[[Any], None] = sync
    look: Callable[[Seen], Any] = acts
    default: Any = None
    """The default, where the author chooses it."""


def at(*route: str) -> Put:
    """Return what writes into the spec."""
    return lambda little, value: _put(little.spec, route, value)


def skips(little: Little, value: Any) -> None:
    """Write `skip` of a state; what is skipped sets nothing."""
    rule = little.spec["writeback"]["states"]["present"]
    if value:
        rule.clear()
    rule["skip"] = value


def answer(*route: str) -> Put:
    """Return what writes into the connector file."""
    return lambda little, value: _put(little.connector, route, value)


def account(*route: str) -> Put:
    """Return what writes into the only account of the connector file."""

    def put(little: Little, value: Any) -> None:
        little.connector.setdefault("accounts", [{"name": "main"}])
        _put(little.connector["accounts"][0], route, value)

    return put


def _put(data: dict[str, Any], route: tuple[str, ...], value: Any) -> None:
    for step in route[:-1]:
        data = data.setdefault(step, {})
    data[route[-1]] = value


def laid(*parts: Act) -> Act:
    """Return what does several things in order."""

    def do(little: Little) -> None:
        for part in parts:
            part(little)

    return do


def has(**rows: Any) -> Act:
    """Return what puts rows into the ERP, by the name of the list."""
    return lambda little: little.rows.update({f"/{name}": found for name, found in rows.items()})


def says(value: Any, *route: str) -> Act:
    """Return what writes into the spec whatever is left out."""
    return lambda little: _put(little.spec, route, value)


# questions: connection, options, filters

ASKED: dict[str, tuple[dict[str, Any], Any, Any]] = {
    "text": ({}, "north", "south"),
    "number as text": ({}, 12, "13"),
    "url": ({"drop_end": ["/"]}, "https://erp.example/api//", "https://erp.example/old"),
    "integer": ({}, 12, 13),
    "boolean on": ({}, True, False),
    "boolean": ({}, False, True),
    "choice": ({"values": ["north", "south"]}, "north", "south"),
    "list": ({}, ["north", "south"], ["south"]),
}
"""Kinds of questions: what else they say, a default, another answer."""


def asked(section: str, kind: str) -> Shown:
    """Return how the default of a question is shown: its answer goes into a query."""
    more, default, other = ASKED[kind]
    word = "text" if kind == "number as text" else kind.partition(" ")[0]
    question = {"type": word, "label": "X", **more}
    if kind != "boolean":  # that one is off without a default
        question["default"] = default
    hole = f"{section}.x | join('-')" if word == "list" else f"{section}.x"
    return Shown(
        answer(section, "x"),
        other,
        laid(
            says(question, section, "x"),
            says({"x": f"{{{{ {hole} }}}}"}, "resources", "lessons", "query"),
            lambda little: little.connector.setdefault("connection", {}).update(url=little.url),
        ),
        default=default,
    )


FILTERS: dict[str, tuple[dict[str, Any], Any, Any, list[Any]]] = {
    "id": ({}, [10, "Lyon - 20"], [20], [10, 20, 30]),
    "id, one": ({}, 10, 20, [10, 20, 30]),
    "text in a row": (
        {"item": "text"},
        "Paris - 10, Lyon - 20",
        ["Lyon - 20"],
        ["Paris - 10", "Lyon - 20", "X"],
    ),
    "integer": ({"item": "integer"}, [10], [30], [10, 20, 30]),
    "glob": ({"item": "glob", "alike": True}, ["fca-*"], ["*"], ["FCA-1", "FCA-2", "PEG-1"]),
    "pair": (
        {"item": "pair", "parts": ["family", "rubric"]},
        {"School": ["A", "B"]},
        [{"School": "A"}],
        ["School/A", "School/B", "School/C"],
    ),
    "choices": (
        {"choices": {"resource": "sites", "label": "name"}},
        ["paris"],
        ["Lyon"],
        [10, 20, 30],
    ),
}
"""Kinds of filters: what else they say, a default, another answer, and the value of each lesson."""


def filtered(kind: str, put: Put) -> Shown:
    """Return how the default of a filter is shown: in the query, in `filter_by`, in a condition,
    and where its ids are settled.
    """
    more, default, other, values = FILTERS[kind]
    return Shown(
        put,
        other,
        laid(
            says({"label": "X", "default": default, **more}, "filters", "x"),
            says({"x": "{{ filters.x | join('-') }}"}, "resources", "lessons", "query"),
            says({"x": "site"}, "resources", "lessons", "filter_by"),
            says(
                {"DOWN_COURSE_RESOURCE_FILTERED": "(filters.x | length) > 1 and row.id == 1"},
                "resources",
                "lessons",
                "drop",
            ),
            says({"get": "/sites", "key": "id"}, "resources", "sites"),
            has(
                lessons=[lesson(n, site=site) for n, site in enumerate(values, 1)],
                sites=[{"id": 10, "name": "Paris"}, {"id": 20, "name": "Lyon"}],
            ),
        ),
        default=default,
    )


def exists(section: str) -> Shown:
    """Return how the code of an answer that has to exist is shown."""
    return Shown(
        at(section, "x", "must_exist_in", "code"),
        "CONF_SEVERAL_ROOTS",
        laid(
            says(
                {
                    "type": "text",
                    "label": "X",
                    "must_exist_in": {"resource": "teachers", "on": "last"},
                },
                section,
                "x",
            ),
            lambda little: little.connector.update(
                {
                    section: {"url": little.url, "x": "Nobody"}
                    if section == "connection"
                    else {"x": "Nobody"}
                }
            ),
        ),
    )


def question(section: str, word: str, other: object) -> Shown:
    """Return how a word of a question is shown whose answer nobody gives."""
    kind = {} if section == "filters" else {"type": "text"}
    return Shown(
        at(section, "x", word),
        other,
        says({"label": "X", **kind}, section, "x"),
        look=(lambda seen: seen.page) if word == "per_account" else acts,
    )


# the way down


def at_most(little: Little, *, many: int) -> Callable[[Request], Any]:
    """Return an ERP that answers nobody until so many ask at the same time, and notes how many
    there were at most.
    """
    inside, most, filled = [0], [0], threading.Condition()

    def found(request: Request) -> Any:
        with filled:
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            filled.notify_all()
            filled.wait_for(lambda: most[0] >= many, timeout=20)
            inside[0] -= 1
            little.seen.more[:] = [most[0]]
        number = int(request.path.rpartition("/")[2])
        return [lesson(number)]

    return found


def fan_out(little: Little) -> None:
    """Ask for the lessons of each site by itself: sixteen calls."""
    little.spec["resources"]["sites"] = {"get": "/sites", "key": "id"}
    little.spec["resources"]["lessons"] |= {"for_each": "sites", "get": "/lessons/{{ sites.id }}"}
    little.rows["/sites"] = [{"id": number} for number in range(1, 17)]


def together(little: Little, many: int) -> None:
    little.spec["transport"].setdefault("limits", {})["at_once"] = many
    crowd(little, many)


def crowd(little: Little, many: int) -> None:
    answers = at_most(little, many=many)
    little.rows |= {f"/lessons/{number}": answers for number in range(1, 17)}


def chain(little: Little) -> None:
    """Rooms stand in rooms, thirty deep."""
    little.spec["resources"] |= {
        "roots": {"get": "/roots", "key": "id"},
        "rooms": {
            "get": "/rooms",
            "query": {"id": "{{ batch | join(',') }}"},
            "for_each": {"values": "roots.id", "batch": 1, "again": "below"},
            "key": "id",
        },
    }
    little.spec["entities"]["course"]["classroom"] = {
        "look_up": "rooms",
        "by": "site",
        "take": "name",
        "missing": "ok",
    }
    little.rows["/roots"] = [{"id": 1}]
    little.rows["/rooms"] = lambda request: [
        {
            "id": int(request.args["id"]),
            "name": f"R{request.args['id']}",
            "below": int(request.args["id"]) + 1 if int(request.args["id"]) < 30 else None,
        }
    ]


def deep(little: Little, value: int) -> None:
    little.spec["resources"]["rooms"]["for_each"]["depth"] = value


def refuse(status: int) -> Callable[[Request], Response]:
    return lambda _request: Response("{}", status, content_type="application/json")


def optional_rooms(little: Little) -> None:
    little.spec["resources"]["rooms"] = {"get": "/rooms", "key": "id"}
    little.spec["entities"]["course"]["classroom"] = {
        "look_up": "rooms",
        "by": "site",
        "take": "name",
        "missing": "ok",
    }
    little.rows["/rooms"] = refuse(403)


def groups(little: Little) -> None:
    little.spec["resources"]["groups"] = {"get": "/groups", "key": "id"}
    little.spec["entities"]["group"] = {
        "from": "groups",
        "source_id": "id",
        "name": "label",
        "students": "members",
    }
    little.spec["entities"]["course"]["groups"] = "group"
    little.rows["/groups"] = [{"id": 1, "label": "G1", "members": []}]
    little.rows["/lessons"] = [lesson(1, group=1)]


def vanishing(little: Little) -> None:
    little.sync()
    little.rows["/lessons"] = [lesson(1), lesson(2)]
    little.sync()


def by_hand(on: str) -> Act:
    """Return what makes a sheet by hand, for a lesson that the ERP holds too."""

    def make(little: Little) -> None:
        little.book.add(
            "professors",
            {
                "ID": "hand",
                "id": "hand",
                "LASTNAME": "X",
                "FIRSTNAME": "Y",
                "EMAIL": "y@ecole.test",
                "HIDDEN": 0,
                "API_ID": "",
            },
        )
        little.courses.create(
            {
                "NAME": "Lesson 4",
                "START": f"{on}T10:00:00Z",
                "END": f"{on}T11:00:00Z",
                "PROFESSOR": "hand",
            },
            from_students=True,
        )
        little.rows["/lessons"] = [lesson(4, on=on)]

    return make


def look_up(little: Little) -> None:
    little.spec["entities"]["course"]["professors"] = {
        "look_up": "teachers",
        "by": "name",
        "on": "last",
        "take": "id",
    }
    little.rows["/lessons"] = [
        lesson(1, name="Last71"),
        lesson(2, name="LAST70"),
        lesson(3, name="Nobody"),
    ]


def value(word: str) -> Put:
    return at("entities", "course", "professors", word)


def with_format(name: str, column: str, **options: Any) -> Act:
    return laid(
        says(options, "formats", name),
        lambda little: little.spec["resources"]["lessons"]["as"].update({column: name}),
    )


def moments(little: Little) -> None:
    little.spec["formats"]["instant"] = {"kind": "moment", "pattern": "iso"}
    little.spec["resources"]["lessons"]["as"] = {"begins": "instant", "ends": "instant"}
    little.spec["entities"]["course"] |= {"starts_at": "begins", "ends_at": "ends"}
    little.rows["/lessons"] = [
        lesson(1, begins="2026-03-18T09:00:00Z", ends="2026-03-18T10:00:00Z")
    ]


def database(little: Little) -> None:
    file = little.folder / "erp.db"
    with sqlite3.connect(file) as connection:
        connection.execute("create table lessons (id, title, first, last, teacher, learner)")
        connection.execute(
            "insert into lessons values ('1  ', 'Law  ', '2026-03-18 09:00', '2026-03-18 "
            "10:00', 70, 1)"
        )
        for table, number in (("teachers", 70), ("learners", 1)):
            connection.execute(f"create table {table} (id, last, first, mail)")
            connection.execute(
                f"insert into {table} values (?, ?, ?, ?)", tuple(person(number).values())
            )
    connection.close()
    little.spec["transport"] = {"kind": "sql", "url": "{{ connection.url }}"}
    little.spec["formats"]["instant"] = {"kind": "moment", "pattern": "%Y-%m-%d %H:%M"}
    little.spec["resources"] = {
        name: {"sql": f"select * from {name}", "key": "id"}
        for name in ("lessons", "teachers", "learners")
    }
    little.spec["resources"]["lessons"]["as"] = {"first": "instant", "last": "instant"}
    little.spec["entities"]["course"] |= {
        "starts_at": "first",
        "ends_at": "last",
        "students": "learner",
    }
    little.spec["connection"]["url"] = {"type": "text", "label": "Database"}
    little.connector["connection"] = {"url": f"sqlite:///{file}"}


# the way up


def upward(*said: Any, **more: Any) -> Act:
    """Return what brings the sheets down; what was said of each student is played in the evening of
    the class.
    """

    def do(little: Little) -> None:
        little.sync()
        little.play("1", *said)

    return laid(lambda little: little.goes_up(**more), do)


def evening(*said: Any) -> Act:
    def do(little: Little) -> None:
        little.sync()
        little.play("1", *said)
        little.write_back()

    return do


def moving_in(little: Little) -> None:
    """Take over what another connector made."""
    little.sync()
    for file in little.folder.glob("state.db*"):
        file.unlink()
    for kind in ("professors", "students", "courses"):
        for row in little.book.all(kind):
            row |= {"API_ID": f"o{row['API_ID']}", "API_TYPE": "other"}
    instance = little.instance()
    moment = Moment(little.now, Tools(lambda: 0.0, little._sleep))
    with closing(open_store(str(little.folder / "state.db"))) as store:
        plan = adopt(instance, store, little.registry, moment, "other")
        adopt(instance, store, little.registry, moment, "other", apply=plan.plan_id)


def two_sheets(little: Little) -> None:
    little.sync()
    little.play("1", "present", "absent")
    little.play("2", "present", "present")
    little.write_back()


def until_given_up(little: Little) -> None:
    little.sync()
    little.play("1", "present", "absent")
    for _ in range(8):
        little.write_back()


def lost_once(little: Little) -> None:
    left = [1]

    def lose(_request: Request) -> Any:
        left[0] -= 1
        return Response("Gateway Timeout", 504) if left[0] >= 0 else {}

    little.rows["/presences"] = lose


def refusing(little: Little) -> None:
    little.goes_up()
    little.spec["writeback"]["for_sheet"][0]["answers"] = [
        {"when": "answer.status == 422", "then": "refused"}
    ]
    little.rows["/presences"] = refuse(422)


def archived_teacher(little: Little) -> None:
    little.book.add(
        "professors",
        {
            "ID": "old",
            "id": "old",
            "LASTNAME": "Last70",
            "FIRSTNAME": "First70",
            "EMAIL": "p70@ecole.test",
            "HIDDEN": 1,
            "API_ID": "",
        },
    )


def hosts(little: Little) -> None:
    """Note which host is asked for when the machine knows none."""

    def unknown(host: Any, *_more: Any, **_named: Any) -> Any:
        little.seen.more.append(host)
        raise socket.gaierror(socket.EAI_NONAME, "no such host")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", unknown)
        little.sync()
    little.seen.more[:] = sorted(set(map(str, little.seen.more)))


def quota(little: Little) -> None:
    """Count the requests that a run could have sent to Edusign within its minute: those that it
    sent, and those that are left at its end.
    """
    close = EdusignClient.close

    def closing(client: EdusignClient) -> None:
        count = client.exchange.requests
        while client.exchange.limiter.try_acquire("edusign", blocking=False):
            count += 1
        little.seen.more.append(count)
        close(client)

    limiter.cache_clear()  # an earlier test's Edusign may have stood at the same port
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(EdusignClient, "close", closing)
        little.sync()


def written_at_once(little: Little) -> None:
    """Count how many items are made at once, of five: each waits until five are, or none comes."""
    create, changed, inside = EdusignClient.create, threading.Condition(), [0, 0]

    def creating(client: EdusignClient, *args: Any) -> str:
        with client.exchange.turns.apart(), changed:
            inside[0] += 1
            inside[1] = max(inside)
            changed.notify_all()
            changed.wait_for(lambda: inside[0] == len(FIVE), timeout=0.1)
            inside[0] -= 1
        return create(client, *args)

    little.rows["/lessons"] = [lesson(one) for one in FIVE]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(EdusignClient, "create", creating)
        little.sync()
    little.seen.more.append(inside[1])


def interfaces(little: Little) -> None:
    """Note which interfaces of Edusign are asked."""
    little.sync()
    little.seen.more[:] = sorted({one["path"].split("/")[1] for one in little.book.requests})


FIVE = range(1, 6)


# a case of the testing kit

CASES = Path(__file__).parents[1] / "connectors"


def case(word: str) -> Shown:
    """Return how a word of the sheets of a case is shown: the case is run as it stands, with the
    word changed.
    """

    def put(little: Little, value: Any) -> None:
        _case(little, lambda sheet: sheet.update({word: value}))

    def run(little: Little) -> None:
        if not (little.folder / "fca").exists():
            _case(little, lambda sheet: sheet.pop(word, None))
        try:
            found: Any = Case(little.folder / "fca" / "up-states").run()
        except AssertionError as unlike:  # something else went up than what was recorded
            found = str(unlike)
        little.seen.more.append(found)

    return Shown(put, other=False, act=run, look=lambda seen: seen.more)


def _case(little: Little, change: Callable[[dict[str, Any]], object]) -> None:
    target = little.folder / "fca"
    shutil.copytree(CASES / "fca" / "up-states", target / "up-states")
    shutil.copy(CASES / "fca" / "exchanges.yaml", target / "exchanges.yaml")
    file, yaml = target / "up-states" / "case.yaml", YAML(typ="safe", pure=True)
    data = yaml.load(file.read_text(encoding="utf-8"))
    for sheet in data["attendance"]["sheets"]:
        change(sheet)
    file.write_text(json.dumps(data), encoding="utf-8")


SHOWN: dict[Place, list[Shown]] = {
    "spec.zone": [Shown(at("zone"), "Indian/Reunion")],
    **{
        f"spec.{section}.*.default": [asked(section, kind) for kind in ASKED]
        for section in ("connection", "options")
    },
    **{
        f"spec.{section}.*.must_exist_in.code": [exists(section)]
        for section in ("connection", "options")
    },
    "spec.filters.*.default": [
        filtered(kind, put)
        for kind in FILTERS
        for put in (answer("filters", "x"), account("filters", "x"))
    ],
    "spec.filters.*.item": [
        Shown(
            at("filters", "x", "item"),
            "text",
            laid(
                says({"label": "X"}, "filters", "x"),
                says({"x": "site"}, "resources", "lessons", "filter_by"),
                lambda little: little.connector.update(filters={"x": ["Paris - 10"]}),
            ),
        )
    ],
    "spec.filters.*.alike": [
        Shown(
            at("filters", "x", "alike"),
            True,
            laid(
                says({"label": "X", "item": "text"}, "filters", "x"),
                says({"x": "title"}, "resources", "lessons", "filter_by"),
                lambda little: little.connector.update(filters={"x": ["LESSON 1"]}),
            ),
        )
    ],
    **{
        f"spec.{section}.*.optional": [question(section, "optional", section != "filters")]
        for section in ("connection", "options", "filters")
    },
    **{
        f"spec.{section}.*.per_account": [question(section, "per_account", other=True)]
        for section in ("connection", "options", "filters")
    },
    "spec.schedule.down": [Shown(at("schedule", "down"), ["08:00-09:00"])],
    "spec.schedule.up": [
        Shown(
            at("schedule", "up"),
            ["08:00"],
            lambda little: little.goes_up(),
            look=lambda seen: seen.page,
        )
    ],
    "spec.schedule.window_days": [
        Shown(
            at("schedule", "window_days"),
            15,
            has(lessons=[lesson(1, on="2026-03-30"), lesson(2, on="2026-03-31")]),
        )
    ],
    "spec.schedule.shadow": [Shown(at("schedule", "shadow"), True)],
    "spec.transport.shape": [Shown(at("transport", "shape"), "keyed")],
    "spec.transport.trim": [Shown(at("transport", "trim"), True, database)],
    "spec.transport.lists": [
        Shown(
            at("transport", "lists"),
            "repeat",
            says({"x": "{{ window.days }}"}, "resources", "lessons", "query"),
        )
    ],
    "spec.transport.limits.at_once": [
        Shown(together, 5, laid(fan_out, lambda little: crowd(little, 4)))
    ],
    "spec.transport.limits.tries": [
        Shown(
            at("transport", "limits", "tries"),
            2,
            has(lessons=refuse(503)),
            look=lambda seen: (len(seen.waited), seen.asked, seen.events),
        )
    ],
    "spec.resources.*.for_each.depth": [Shown(deep, 3, chain)],
    "spec.resources.*.failing_call": [
        Shown(
            at("resources", "lessons", "failing_call"),
            "skip",
            laid(
                fan_out,
                lambda little: little.rows.update(
                    {
                        "/sites": [{"id": 1}, {"id": 2}],
                        "/lessons/1": refuse(404),
                        "/lessons/2": [lesson(2)],
                    }
                ),
            ),
            look=lambda seen: (seen.events, seen.sheets),
        )
    ],
    "spec.resources.*.optional": [
        Shown(at("resources", "rooms", "optional"), True, optional_rooms)
    ],
    "spec.rules.student_email": [
        Shown(
            at("rules", "student_email"),
            "optional",
            has(learners=[person(1), person(2, mail=None)]),
        )
    ],
    "spec.rules.student_needed": [
        Shown(at("rules", "student_needed"), False, has(lessons=[lesson(1, learners=[])]))
    ],
    "spec.rules.group_students_needed": [
        Shown(at("rules", "group_students_needed"), False, groups)
    ],
    "spec.rules.professor_email_twice": [
        Shown(
            at("rules", "professor_email_twice"),
            "block_all",
            has(teachers=[person(70), person(71, mail="p70@ecole.test")]),
        )
    ],
    "spec.rules.vanished": [Shown(at("rules", "vanished"), "keep", act=vanishing)],
    "spec.rules.adopt.days_back": [
        Shown(at("rules", "adopt", "days_back"), 8, by_hand("2026-03-08"))
    ],
    "spec.writeback.at_once": [
        Shown(at("writeback", "at_once"), 2, lambda little: little.goes_up(), act=two_sheets)
    ],
    "spec.writeback.tries": [Shown(at("writeback", "tries"), 2, refusing, act=until_given_up)],
    "spec.writeback.reasons.default": [
        Shown(
            answer("reasons", "sick leave"),
            "Illness",
            laid(
                lambda little: little.goes_up(),
                says("Summons", "writeback", "reasons", "default"),
            ),
            act=evening("present", {"justified": "sick leave"}),
            look=lambda seen: seen.written,
            default="Summons",
        )
    ],
    "spec.writeback.reasons.when_unknown": [
        Shown(
            at("writeback", "reasons", "when_unknown"),
            "hold",
            lambda little: little.goes_up(),
            act=evening("present", {"justified": "sick leave"}),
        )
    ],
    "spec.$value.alike": [Shown(value("alike"), True, look_up)],
    "spec.$value.missing": [Shown(value("missing"), "ok", look_up)],
    "spec.$value.optional": [
        Shown(
            at("entities", "course", "classroom", "optional"),
            True,
            says({"path": "room"}, "entities", "course", "classroom"),
        )
    ],
    **{
        f"spec.$paging.{kind}.optional": [
            Shown(
                at("resources", "lessons", "paging", "optional"),
                True,
                laid(
                    says(dict(paging), "resources", "lessons", "paging"),
                    says({"p": "{{ page.cursor }}"}, "resources", "lessons", "query")
                    if kind == "cursor"
                    else laid(),
                    says("rows", "resources", "lessons", "items"),
                    has(lessons={"rows": [lesson(1)]}),
                ),
            )
        ]
        for kind, paging in {
            "cursor": {"kind": "cursor", "next": "following"},
            "next_url": {"kind": "next_url", "path": "following"},
        }.items()
    },
    "spec.$paging.number.first": [
        Shown(
            at("resources", "lessons", "paging", "first"),
            0,
            laid(
                says({"kind": "number", "until": "empty_page"}, "resources", "lessons", "paging"),
                says({"p": "{{ page.number }}"}, "resources", "lessons", "query"),
                has(lessons=lambda request: [lesson(1)] if request.args["p"] == "1" else []),
            ),
        )
    ],
    "spec.$format.moment.ignore_offset": [
        Shown(at("formats", "instant", "ignore_offset"), True, moments)
    ],
    "spec.$format.number.decimal": [
        Shown(
            at("formats", "hours", "decimal"),
            ",",
            laid(
                with_format("hours", "hours", kind="number"),
                has(lessons=[lesson(1, hours="1.5"), lesson(2, hours="1,5")]),
            ),
        )
    ],
    "spec.$format.text.trim": [
        Shown(
            at("formats", "words", "trim"),
            True,
            laid(
                with_format("words", "title", kind="text"),
                says(
                    {"DOWN_COURSE_LABEL_FILTERED": "row.title == 'X'"},
                    "resources",
                    "lessons",
                    "drop",
                ),
                has(lessons=[lesson(1, title=" X "), lesson(2, title="X")]),
            ),
        )
    ],
    "spec.$format.map.other": [
        Shown(
            at("formats", "word", "other"),
            "keep",
            laid(
                with_format("word", "title", kind="map", values={"Lesson 1": "Law"}),
                has(lessons=[lesson(1), lesson(2)]),
            ),
        )
    ],
    "spec.$state.skip": [
        Shown(
            skips,
            True,
            lambda little: little.goes_up(),
            act=evening("present", "absent"),
        )
    ],
    "spec.$auth.kind": [
        Shown(
            at("transport", "auth", "kind"),
            "a kind that nothing declares",
            says({"headers": {"X-Site": "north"}}, "transport", "auth", "send"),
        )
    ],
    "connector.rules.restore_archived": [
        Shown(answer("rules", "restore_archived"), True, archived_teacher)
    ],
    "connector.rules.adopted_ids": [Shown(answer("rules", "adopted_ids"), "keep", act=moving_in)],
    "connector.rules.adopt": [Shown(answer("rules", "adopt"), False, by_hand("2026-03-15"))],
    "connector.grace": [
        Shown(
            answer("grace"),
            "30s",
            laid(lambda little: little.goes_up(), lost_once),
            act=evening("present", "absent"),
        )
    ],
    "connector.accounts.*.edusign.base_url": [
        Shown(
            account("edusign", "base_url"),
            "http://elsewhere.example",
            lambda little: setattr(little, "edusign", ""),
            act=hosts,
            look=lambda seen: seen.more,
        )
    ],
    "connector.accounts.*.edusign.requests_per_minute": [
        Shown(account("edusign", "requests_per_minute"), 100, act=quota)
    ],
    "connector.accounts.*.edusign.api": [
        Shown(account("edusign", "api"), "v3", act=interfaces, look=lambda seen: seen.more)
    ],
    "connector.accounts.*.edusign.at_once": [
        Shown(
            account("edusign", "at_once"),
            2,
            lambda little: setattr(little, "at_once", 0),
            act=written_at_once,
            look=lambda seen: seen.more,
        )
    ],
    "case.attendance.sheets.*.professors": [case("professors")],
    "case.attendance.sheets.*.archive": [case("archive")],
}
"""Every place where a schema says what happens when a key is left out, and how that is shown."""


def by_scene(place: str, key: str) -> Shown:
    """Return how the scene of a key shows its default."""
    scene = scenes()[place, key]

    def writes(little: Little, value: Any) -> None:
        put(little.spec, scene.route, value)

    return Shown(writes, scene.value, school=scene.lay, act=scene.act)


SHOWN |= {
    "spec.rules.people_without_sheet": [by_scene("rules", "people_without_sheet")],
    "spec.$auth.steps.sign.login": [by_scene("auth.sign", "login")],
    "spec.transport.values": [by_scene("transport(soap)", "values")],
    "spec.resources.*.repeat": [by_scene("list(http)", "repeat"), by_scene("list(soap)", "repeat")],
    "spec.transport.calls.*.repeat": [by_scene("call", "repeat")],
    "spec.$step.repeat": [by_scene("probe(http)", "repeat")],
    "spec.$up_step.repeat": [by_scene("for_sheet(http, reads)", "repeat")],
    "spec.resources.*.omit_empty": [
        by_scene("list(http)", "omit_empty"),
        by_scene("list(soap)", "omit_empty"),
    ],
    "spec.transport.calls.*.omit_empty": [by_scene("call", "omit_empty")],
    "spec.$step.omit_empty": [by_scene("probe(http)", "omit_empty")],
    "spec.$up_step.omit_empty": [by_scene("step(http)", "omit_empty")],
    "spec.$up_step.refused.optional": [by_scene("refused(for_sheet)", "optional")],
    "spec.$format.date.number": [
        Shown(
            at("formats", "words", "number"),
            True,
            of_lists.read_by(
                {"kind": "date", "pattern": "%d%m%Y"}, 1112026, "row.title < window.first"
            ),
        )
    ],
    "spec.$format.moment.number": [
        Shown(
            at("formats", "words", "number"),
            True,
            of_lists.read_by(
                {"kind": "moment", "pattern": "%d%m%Y%H"}, 111202608, "row.title < now"
            ),
        )
    ],
    "spec.$format.time.number": [Shown(at("formats", "clock", "number"), True, of_lists.early)],
    "spec.$format.html_text.lines": [
        Shown(
            at("formats", "words", "lines"),
            True,
            of_lists.read_by({"kind": "html_text"}, "<p>A</p><p>B</p>"),
        )
    ],
    "spec.resources.*.merge.keep": [
        Shown(at("resources", "learners", "merge", "keep"), "last", of_lists.merged)
    ],
    "spec.codes.*.severity": [
        Shown(at("codes", "X_A", "severity"), "info", of_lists.coded, look=of_lists.severity)
    ],
    "spec.$answer.header": [
        Shown(at("resources", "learners", "answer", "header"), 2, of_lists.of_csv)
    ],
    "spec.$answer.skip": [Shown(at("resources", "learners", "answer", "skip"), 1, of_lists.of_csv)],
    **{
        f"spec.$up_step.csv_as.{word}": [
            Shown(of_lists.of_step(word), other, of_lists.in_files, of_lists.written)
        ]
        for word, other in {"charset": "cp1252", "line_end": "lf", "quote": "all"}.items()
    },
}


def seen(shown: Shown, value: Any, folder: Path, registry: Registry) -> tuple[str, str]:
    """Return what is seen of a school in which a value is written, or left out, and the page of its
    connector.
    """
    folder.mkdir()
    with ExitStack() as stack:
        little = School(folder, registry, stack)
        shown.school(little)
        if value is not LEFT_OUT:
            shown.put(little, value)
        shown.act(little)
        found = little.look()
        told = json.dumps(shown.look(found), default=str, sort_keys=True)
        return told.replace(little.url, "ERP").replace(str(folder), "FOLDER"), found.page


@pytest.fixture(autouse=True)
def secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDUSYNC_CASE_SECRET", CANARY)


@pytest.mark.walk(every=4)
@pytest.mark.parametrize(
    ("place", "index"),
    [(place, index) for place, all_ in SHOWN.items() for index in range(len(all_))],
)
def test_default_acts(place: Place, index: int, tmp_path: Path, registry: Registry) -> None:
    shown, default = SHOWN[place][index], PLACES[place]
    default = shown.default if default is AUTHORS else default
    left_out, page = seen(shown, LEFT_OUT, tmp_path / "left-out", registry)
    assert (left_out, page) == seen(shown, default, tmp_path / "default", registry)
    assert left_out != seen(shown, shown.other, tmp_path / "other", registry)[0]


def test_every_default_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        sys.stdout.write(
            f"defaults tried: {len(SHOWN)} places, {sum(map(len, SHOWN.values()))} demonstrations\n"
        )
    assert PLACES.keys() == SHOWN.keys()
