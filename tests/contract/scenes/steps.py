"""The steps of the way up, over each wire, in each of their sections."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from werkzeug.wrappers import Response

from edusync.diagnostics import Route
from edusync.state.uploads import Uploads
from tests.contract.keys import SECTIONS, VERBS, Pair
from tests.contract.scenes.calls import FAILS, PART, SENT
from tests.contract.scenes.scene import LEFT_OUT, Act, Scene, School, check, up
from tests.contract.scenes.wires import (
    laid,
    over_files,
    over_http,
    over_soap,
    over_sql,
    rows,
    says,
    things,
)

_UP: Route = ("writeback",)
_ALL = {"present", "absent", "absent_justified", "late", "excluded", "early_departure"}


def _plain(**more: Any) -> Act:
    """Return what gives a way up without reasons, in which a line has a state and a word more."""
    states = {state: {"set": {"state": state}} for state in _ALL}
    line = {"student": {"who": "{{ person.source_id }}", "more": "X"}}
    way = {"line": line, "states": states, **more}
    return laid(
        says(way, *_UP),
        says({"on": {"type": "boolean", "label": "On"}}, "options"),
    )


_CALLS: Mapping[str, tuple[Act, dict[str, Any], dict[str, Any]]] = {
    "http": (over_http, {"post": "/presences"}, {"get": "/found"}),
    "call": (
        laid(
            over_http,
            says({"post": "/presences"}, "transport", "calls", "put"),
            says({"get": "/found"}, "transport", "calls", "find"),
        ),
        {"call": "put"},
        {"call": "find"},
    ),
    "soap": (over_soap, {"soap": "Planning.Save"}, {"soap": "Planning.Login"}),
    "sql": (
        over_sql,
        {"sql": "insert into marks (who) values ('w')"},
        {"sql": "select id, name from things"},
    ),
    "file": (over_files, {"file": "up.csv", "csv": {"who": "{{ line.who }}"}}, {}),
}
"""For each way to call: the school, a call that writes, and one that reads."""
_READ = {
    "http": ("id", "name"),
    "call": ("id", "name"),
    "soap": ("@", "other"),
    "sql": ("[0].id", "[0].name"),
}
"""Two things that the reading call answers."""
_FOUND = rows(found={"id": 7, "name": "N"}, presences={"id": 8, "name": "M"})


def _after(call: str) -> dict[str, Any]:
    """Return a step that writes what the one before it read."""
    word = "{{ got.found }}"
    how: dict[str, Any] = {
        "http": {"post": "/after", "json": {"got": word}},
        "call": {"post": "/after", "json": {"got": word}},
        "soap": {"soap": "Planning.Save", "arguments": {"state": word}},
        "sql": {"sql": "insert into marks (who, more) values ('got', :x)", "values": {"x": word}},
    }[call]
    return {**how, "in_doubt": "repeat"}


def _steps(section: str, step: Mapping[str, Any], call: str, *, then: bool = True) -> Act:
    """Return a way up with a step in a section, and one after it that writes what it read."""
    steps = [dict(step), *([_after(call)] if then else [])]
    whole: dict[str, Any] = {section: steps}
    if section == "then":
        whole["for_sheet"] = [{**_CALLS[call][1], "in_doubt": "repeat"}]
    return laid(_CALLS[call][0], _FOUND, _plain(**whole))


class Killed(BaseException):
    """The process ends, right after a write."""


def killed(school: School) -> None:
    """Send attendance up, end before it is noted what came of the first write, and go on later."""
    done, left = Uploads.done, [1]

    def ending(self: Uploads, *more: Any) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise Killed
        done(self, *more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Uploads, "done", ending)
        with suppress(Killed):
            up(school)
    school.now += timedelta(hours=2)
    school.write_back()


def _reading(section: str, call: str) -> dict[Pair, Scene]:
    """Return how the keys are shown of a step that reads."""
    place, here = f"{section}({call}, reads)", (*_UP, section, 0)
    one, other = _READ[call]
    lay = _steps(section, {**_CALLS[call][2], "read": {"found": one}}, call)
    scenes = {
        "when": Scene(lay, (*here, "when"), "options.on", "not options.on", up),
        "read": Scene(lay, (*here, "read"), {"found": one}, {"found": other}, up),
    }
    scenes |= _more(section, call, lay)
    if call != "sql":
        act = _killed_in(section)
        scenes["in_doubt"] = Scene(lay, (*here, "in_doubt"), "person", act=act)
    if call == "call":
        scenes |= _verbs(section, call, read=True)
    changes = {
        "http": ("get", "/found", "/presences"),
        "call": ("call", "find", "find_too"),
        "soap": ("soap", "Planning.Login", "Planning.GetPeople"),
        "sql": ("sql", "select id from things", "select id from things where id > 1"),
    }
    word, first, second = changes[call]
    if call == "call":
        lay = laid(lay, says({"get": "/presences"}, "transport", "calls", "find_too"))
    scenes[word] = Scene(lay, (*here, word), first, second, up)
    return {(place, key): scene for key, scene in scenes.items()}


def _more(section: str, call: str, lay: Act) -> dict[str, Scene]:
    """Return how the keys are shown that mean the same to steps that read and that write."""
    here: Route = (*_UP, section, 0)
    scenes: dict[str, Scene] = {}
    if section != "then":
        scenes["for"] = Scene(lay, (*here, "for"), ["excluded"], act=up)
    if call in {"http", "call", "soap"}:
        scenes["answers"] = Scene(lay, (*here, "answers"), FAILS, act=up)
    if call in {"http", "call"}:
        scenes["answer"] = Scene(lay, (*here, "answer"), "xml", act=up)
    return scenes


def _writing(section: str, call: str) -> dict[Pair, Scene]:
    """Return how the keys are shown of a step that writes."""
    place, here = f"{section}({call}, writes)", (*_UP, section, 0)
    step = {**_CALLS[call][1], "in_doubt": "repeat"}
    lay = _steps(section, step, call, then=False)
    scenes = {
        "when": Scene(lay, (*here, "when"), "options.on", act=up),
        "in_doubt": Scene(lay, (*here, "in_doubt"), "person", "repeat", _killed_in(section)),
    }
    scenes |= _more(section, call, lay)
    if call in {"http", "call", "soap"}:
        one, other = ("@", "other") if call == "soap" else ("id", "name")
        reads = _steps(section, {**step, "read": {"found": one}}, call)
        scenes["read"] = Scene(reads, (*here, "read"), {"found": one}, {"found": other}, up)
    changes = {
        "http": ("post", "/presences", "/found"),
        "call": ("call", "put", "put_too"),
        "soap": ("soap", "Planning.Save", "Planning.Login"),
        "sql": ("sql", *(f"insert into marks (who) values ('{word}')" for word in ("a", "b"))),
        "file": ("file", "up.csv", "other.csv"),
    }
    word, first, second = changes[call]
    if call == "call":
        lay = laid(lay, says({"post": "/found"}, "transport", "calls", "put_too"))
    if call in {"http", "call"}:
        scenes |= _verbs(section, call)
    scenes[word] = Scene(lay, (*here, word), first, second, up)
    if call == "file":
        scenes["csv"] = Scene(lay, (*here, "csv"), ["who"], ["who", "more"], up)
        scenes["csv_as"] = Scene(lay, (*here, "csv_as"), {"quote": "all"}, act=up)
    return {(place, key): scene for key, scene in scenes.items()}


def _verbs(section: str, call: str, *, read: bool = False) -> dict[str, Scene]:
    """Return how the verbs are shown; a step that reads only gets."""
    more: dict[str, Any] = {"read": {"found": "id"}} if read else {"in_doubt": "repeat"}
    step = more if call == "http" else {"call": "part", **more}
    lay = laid(_steps(section, step, call, then=read), PART)
    return {
        verb: Scene(lay, (*_UP, section, 0, verb), "/found", "/presences", up)
        for verb in (("get",) if read else VERBS)
    }


def _killed_in(section: str) -> Act:
    """Return what ends right after the write of a section."""
    if section != "then":
        return killed

    def do(school: School) -> None:
        done = Uploads.done

        def ending(self: Uploads, keys: Any, *more: Any) -> None:
            if any(key.step.startswith("then") for key in keys) and not school.edges & {"ended"}:
                school.edges.add("ended")
                raise Killed
            done(self, keys, *more)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Uploads, "done", ending)
            with suppress(Killed):
                up(school)
        school.now += timedelta(hours=2)
        school.write_back()

    return do


def _sent() -> dict[Pair, Scene]:
    """Return how what a call of a step sends is shown."""
    found: dict[Pair, Scene] = {}
    here: Route = (*_UP, "for_sheet", 0)
    for call in ("http", "call"):
        lay = _steps("for_sheet", {**_CALLS[call][1], "in_doubt": "repeat"}, call, then=False)
        found |= {
            (f"step({call})", key): Scene(lay, (*here, key), value, act=up)
            for key, value in SENT.items()
        }
    lay = _steps("for_sheet", {**_CALLS["soap"][1], "in_doubt": "repeat"}, "soap", then=False)
    step = {"sql": "insert into marks (who) values ('w')", "in_doubt": "repeat"}
    found["writeback", "check"] = Scene(
        _steps("for_sheet", step, "sql", then=False),
        (*_UP, "check"),
        ["delete from marks where 1 = 0"],
        ["delete from none where 1 = 0"],
        check,
    )
    found["step(soap)", "arguments"] = Scene(lay, (*here, "arguments"), {"state": "X"}, act=up)
    sql = {"sql": "insert into marks (who) values (:who)", "in_doubt": "repeat"}
    lay = _steps("for_sheet", sql, "sql", then=False)
    found["step(sql)", "values"] = Scene(
        lay, (*here, "values"), {"who": "{{ line.who }}"}, {"who": "{{ line.more }}"}, up
    )
    return found


def _refusals() -> dict[Pair, Scene]:
    """Return how the keys are shown that say which lines were refused."""
    place, here = "refused(for_sheet)", (*_UP, "for_sheet", 0, "refused")
    said = {
        "errors": [
            {"who": "1", "other": "2", "msg": "no", "bad": True},
            {"who": "X", "other": "1", "msg": "none", "bad": False},
        ],
        "none": [],
    }

    def answer(_request: Any) -> Response:
        return Response(json.dumps(said), 422, content_type="application/json")

    lines = [{"when": "answer.status == 422", "then": "refused"}]
    step = {"post": "/presences", "json": "{{ lines }}", "in_doubt": "repeat", "answers": lines}
    lay = laid(_steps("for_sheet", step, "http", then=False), rows(presences=answer))
    whole = {"items": "errors", "who": "who", "is": "who", "rest": "lost"}
    named = laid(lay, says(whole, *here))
    anonymous = laid(lay, says({"rest": "lost"}, *here))
    plain = {"post": "/presences", "json": "{{ lines }}", "in_doubt": "repeat"}
    silent = laid(
        _steps("for_sheet", plain, "http", then=False),
        rows(presences={"stored": [1, 2]}),
        says(whole, *here),
    )
    return {
        ("for_sheet(http, writes)", "refused"): Scene(lay, here, whole, act=up),
        (place, "items"): Scene(named, (*here, "items"), "errors", "none", up),
        (place, "who"): Scene(named, (*here, "who"), "who", "other", up),
        (place, "is"): Scene(named, (*here, "is"), "who", "more", up),
        (place, "message"): Scene(named, (*here, "message"), "msg", act=up),
        (place, "when"): Scene(named, (*here, "when"), "row.bad", "not row.bad", up),
        (place, "optional"): Scene(silent, (*here, "optional"), True, False, up),
        (place, "rest"): Scene(anonymous, (*here, "rest"), "lost", "stored", up),
        **{
            (f"for_sheet({call}, writes)", "refused"): Scene(
                _refusing(call), here, {"rest": "lost"}, LEFT_OUT, up
            )
            for call in ("call", "soap")
        },
    }


def _refusing(call: str) -> Act:
    lines = [{"when": "answer.status == 200", "then": "refused"}]
    step = {**_CALLS[call][1], "in_doubt": "repeat", "answers": lines}
    return _steps("for_sheet", step, call, then=False)


def _looked() -> dict[Pair, Scene]:
    """Return how a write in doubt is read back."""
    found: dict[Pair, Scene] = {}
    for section in SECTIONS:
        place, here = f"in_doubt({section})", (*_UP, section, 0, "in_doubt")
        look = {"look_up": "things", "by": "course.source_id", "on": "id", "missing": "ok"}
        doubt = {"look": look, "done": "found"}
        lay = laid(
            _steps(section, {"post": "/presences", "in_doubt": doubt}, "http", then=False),
            rows(things=[{"id": 1, "name": "A"}]),
            things({"get": "/things"}),
        )
        act = _killed_in(section)
        found |= {
            (place, "look"): Scene(lay, (*here, "look"), look, {**look, "on": "name"}, act),
            (place, "done"): Scene(lay, (*here, "done"), "found", "not found", act),
        }
    return found


def _csv_form() -> dict[Pair, Scene]:
    """Return how it is shown in which form a file is written."""
    columns = {"élève": "{{ line.who }}", "more": "a b"}
    step = {"file": "up.csv", "csv": columns, "in_doubt": "repeat"}
    lay, here = (
        _steps("for_sheet", step, "file", then=False),
        ("writeback", "for_sheet", 0, "csv_as"),
    )
    behind = {"charset": "windows-1252", "separator": ",", "quote": "all", "line_end": "lf"}
    return {
        ("csv_as", word): Scene(lay, (*here, word), value, act=up) for word, value in behind.items()
    }


SCENES: dict[Pair, Scene] = _sent() | _looked()
for _section in SECTIONS:
    for _call in ("http", "call", "soap", "sql"):
        SCENES |= _reading(_section, _call) | _writing(_section, _call)
SCENES |= _writing("for_sheet", "file") | _refusals() | _csv_form()
