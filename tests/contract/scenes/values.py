"""Values and formats: what is taken of a row, and how it is spelled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from edusync.diagnostics import Route
from tests.contract.keys import Pair
from tests.contract.scenes.scene import Act, Scene, page
from tests.contract.scenes.wires import laid, over_http, rows, says
from tests.kinds import shown
from tests.little import lesson

_X: Route = ("formats", "x")
_WHERE: Route = ("entities", "course", "description")
_COLUMN: Route = ("resources", "lessons", "add", "more")
"""Where a list of values stands, which a description does not take."""
TEXT = {"kind": "text"}


def _shown(value: Any, **more: Any) -> Act:
    """Return what puts a value into the lessons, and on the sheets."""
    return laid(
        over_http,
        rows(lessons=[lesson(1, v=value, w="Y", room=1), lesson(2, v="-", w="N", room=2)]),
        says({"on": "day", "from": "clock", "to": "clock", "v": "x"}, "resources", "lessons", "as"),
        says({"template": "<{{ row.v }}>"}, *_WHERE),
        says(more, *_X),
    )


def _formats() -> dict[Pair, Scene]:
    found: dict[Pair, Scene] = {}
    for kind, module in shown("formats").items():
        place, whole, value = f"format({kind})", {"kind": kind, **module.WRITTEN}, module.VALUE
        lay = _shown(value, **whole)
        found |= {
            (place, "kind"): Scene(lay, _X, whole, {"kind": "id"} if kind == "text" else TEXT),
            (place, "empty"): Scene(lay, (*_X, "empty"), [value]),
            (place, "assumed"): Scene(lay, (*_X, "assumed"), "Nobody has said so.", act=page),
        }
        found |= {(place, key): Scene(lay, (*_X, key), *two) for key, two in module.KEYS.items()}
        for key, (more, other_value, *behind) in getattr(module, "MORE", {}).items():
            found[place, key] = Scene(_shown(other_value, kind=kind, **more), (*_X, key), *behind)
    yes = Scene(_shown(True, **TEXT), _X, TEXT, {"kind": "number"})
    return found | {("format(text)", "kind"): yes}


LOOK = {"look_up": "things", "by": "v", "on": "of", "take": "name"}
ALL = {"look_up_all": "things", "by": "v", "on": "of", "take": "name"}
VALUES: Mapping[str, dict[str, Any]] = {
    "path": {"path": "v"},
    "template": {"template": "{{ row.v }}"},
    "value": {"value": "x"},
    "first_of": {"first_of": ["v"]},
    "all_of": {"all_of": ["v"]},
    "look_up": LOOK,
    "look_up_all": ALL,
    "day": {"day": "on", "time": "from"},
    "start": {"start": {"day": "on", "time": "from"}, "plus": "long"},
    "edusign_id": {"edusign_id": "{{ row.v }}"},
    "function": {"function": "shout", "arguments": {"word": "v"}},
}
"""A value of each kind, which stands on the sheets as their description."""
NOWHERE: Mapping[str, dict[str, Any]] = {
    "path": {"path": "nope"},
    "template": {"template": "{{ row.nope }}"},
    "first_of": {"first_of": ["nope"]},
    "all_of": {"all_of": ["nope"]},
    "look_up": LOOK | {"take": "nope"},
    "look_up_all": ALL | {"take": "nope"},
    "day": {"day": "on", "time": "nope"},
    "start": {"start": {"day": "on", "time": "from"}, "plus": "nope"},
    "edusign_id": {"edusign_id": "{{ row.nope }}"},
    "function": {"function": "shout", "arguments": {"word": "nope"}},
}
"""The same, of something that no row has."""
_THINGS = [
    {"id": 1, "of": "a", "name": "Second", "rank": 2, "up": "b"},
    {"id": 2, "of": "a", "name": "First", "rank": 1, "up": "b"},
    {"id": 5, "of": "a", "name": "Fifth", "rank": 5, "up": None},
    {"id": 3, "of": "b", "name": "Third", "rank": 3, "up": None},
    {"id": 4, "of": "A", "name": "Big", "rank": 4, "up": None},
]


def _listed(value: Any) -> Act:
    """Return what puts the values of a list on the sheets."""
    told = {"template": "{{ row.more | join('-') }}"}
    return laid(_valued(told), says(value, *_COLUMN))


def _valued(value: Any, **more: Any) -> Act:
    """Return what puts a value on the sheets."""
    return laid(
        over_http,
        rows(lessons=[lesson(1, v="a", long=30, room=1, zone="UTC", **more)], things=_THINGS),
        says({"kind": "duration", "unit": "minutes"}, "formats", "minutes"),
        says({"kind": "text", "around": "|"}, *_X),
        says("minutes", "resources", "lessons", "as", "long"),
        says({"get": "/things", "key": "id"}, "resources", "things"),
        says({"on": {"type": "boolean", "label": "On"}}, "options"),
        says(value, *_WHERE),
    )


def _finding_one(lay: Act) -> Act:
    """Return what lets a look-up find one row, and not several."""
    return laid(lay, rows(lessons=[lesson(1, v="b", room=1)]))


def _values() -> dict[Pair, Scene]:
    found: dict[Pair, Scene] = {}
    for word, value in VALUES.items():
        several = word in {"all_of", "look_up_all"}
        place, where = f"value({word})", _COLUMN if several else _WHERE
        lay = _listed(value) if several else _valued(value)
        if word == "look_up":
            lay = _finding_one(lay)
        found[place, "when"] = Scene(lay, (*where, "when"), "options.on")
        if word != "edusign_id":
            found[place, "as"] = Scene(lay, (*where, "as"), "x")
    found["value(edusign_id)", "when"] = Scene(
        laid(_valued("v"), says(VALUES["edusign_id"], "entities", "course", "professors")),
        ("entities", "course", "professors", "when"),
        "options.on",
    )
    for word, value in NOWHERE.items():
        several = word in {"all_of", "look_up_all"}
        lay = _listed(value) if several else _valued(value)
        where = _COLUMN if several else _WHERE
        found[f"value({word})", "optional"] = Scene(lay, (*where, "optional"), value=True)
    for word, value in (("look_up", LOOK), ("look_up_all", ALL)):
        lay = _valued(value) if word == "look_up" else _listed(value)
        place, where = f"value({word})", _WHERE if word == "look_up" else _COLUMN
        finds = _finding_one(lay) if word == "look_up" else lay
        found |= {
            (place, word): Scene(finds, (*where, word), "things", "rooms"),
            (place, "by"): Scene(finds, (*where, "by"), "v", "title"),
            (place, "on"): Scene(finds, (*where, "on"), "of", "up"),
            (place, "take"): Scene(finds, (*where, "take"), "name", "rank"),
            (place, "where"): Scene(lay, (*where, "where"), "theirs.id == 2"),
            (place, "first_by"): Scene(lay, (*where, "first_by"), "rank"),
            (place, "last_by"): Scene(lay, (*where, "last_by"), "rank"),
            (place, "alike"): Scene(
                laid(lay, says("title", *where, "by"), rows(lessons=[lesson(1, title="B")])),
                (*where, "alike"),
                value=True,
            ),
        }
    day, start = VALUES["day"], VALUES["start"]
    return found | {
        ("value(path)", "path"): Scene(_valued({}), (*_WHERE, "path"), "v", "title"),
        ("value(template)", "template"): Scene(_valued({}), (*_WHERE, "template"), "A", "B"),
        ("value(value)", "value"): Scene(_valued({}), (*_WHERE, "value"), "A", "B"),
        ("value(first_of)", "first_of"): Scene(
            _valued({}), (*_WHERE, "first_of"), ["v", "title"], ["title", "v"]
        ),
        ("value(all_of)", "all_of"): Scene(
            _listed({}), (*_COLUMN, "all_of"), ["v", "title"], ["v"]
        ),
        ("value(look_up)", "missing"): Scene(
            laid(_valued(LOOK), says("title", *_WHERE, "by")), (*_WHERE, "missing"), "ok"
        ),
        ("value(look_up_all)", "again"): Scene(_listed(ALL), (*_COLUMN, "again"), "up"),
        ("value(day)", "day"): Scene(_valued(day, at="2026-03-19"), (*_WHERE, "day"), "on", "at"),
        ("value(day)", "time"): Scene(_valued(day), (*_WHERE, "time"), "from", "to"),
        ("value(day)", "zone"): Scene(_valued(day), (*_WHERE, "zone"), "zone"),
        ("value(start)", "start"): Scene(
            _valued(start), (*_WHERE, "start"), start["start"], {"day": "on", "time": "to"}
        ),
        ("value(start)", "plus"): Scene(
            laid(_valued(start, short=10), says("minutes", "resources", "lessons", "as", "short")),
            (*_WHERE, "plus"),
            "long",
            "short",
        ),
        ("value(edusign_id)", "edusign_id"): Scene(
            laid(_valued("v"), says({}, "entities", "course", "professors")),
            ("entities", "course", "professors", "edusign_id"),
            "one",
            "two",
        ),
        ("value(function)", "function"): Scene(
            _valued(VALUES["function"]), (*_WHERE, "function"), "shout", "whisper"
        ),
        ("value(function)", "arguments"): Scene(
            _valued({"function": "shout"}), (*_WHERE, "arguments"), {"word": "v"}
        ),
    }


SCENES = _formats() | _values()
