"""Lists of rows, however they are asked for."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from werkzeug.wrappers import Request, Response

from edusync.diagnostics import Route
from tests.bugs.wire import NS, envelope
from tests.contract.keys import Pair
from tests.contract.scenes.calls import FAILS, SENT
from tests.contract.scenes.scene import Act, Scene, School, page
from tests.contract.scenes.wires import (
    file,
    laid,
    noted,
    over_files,
    over_http,
    over_soap,
    over_sql,
    rows,
    says,
    things,
)

ROWS = [
    {"id": n, "name": f"Thing {n}", "other": f"Other {n}", "same": 7, "a.b": f"Dot {n}"}
    for n in (1, 2, 3)
]
_THINGS: Route = ("resources", "things")
_ONE: Route = ("transport", "calls", "one")


def refuses(status: int) -> Callable[[Request], Response]:
    """Return what answers with a status."""
    return lambda _request: Response("{}", status, content_type="application/json")


def zipped(school: School) -> None:
    """Let the service answer as many people as it is asked for."""
    service = school.rows["/svc"]

    def answer(request: Request) -> Any:
        ids = re.findall(rb"ids>([^<]+)<", request.get_data())
        if not ids:
            return service(request)
        one = "<person><id>{0}</id><last>L{0}</last><mail>m</mail></person>"
        people = "".join(one.format(int(number)) for number in ids)
        body = envelope(f'<GetPeopleResponse xmlns="{NS}">{people}</GetPeopleResponse>')
        return Response(body, content_type="text/xml; charset=utf-8")

    school.rows["/svc"] = answer


def alike(school: School) -> None:
    """Let everybody have the same first name."""
    people = school.rows["/svc"].__self__.people
    people[:] = [re.sub("<first>[^<]*", "<first>F", one) for one in people]


def _answering(text: str) -> Callable[[Request], Response]:
    return lambda _request: Response(text, content_type="application/json")


def _saying(operation: str, answer: Callable[[], Response]) -> Act:
    """Return what lets an operation answer something else."""

    def lay(school: School) -> None:
        service = school.rows["/svc"].__self__
        service.told = lambda asked, _body: answer() if asked == operation else None

    return lay


ZIP = {
    "zip": {"who": "Planning.GetPeople"},
    "arguments": {"ids": "{{ batch }}"},
    "for_each": {"values": "lessons.id", "batch": 2},
    "key": "parent",
}
SCHOOLS: Mapping[str, Act] = {
    "http": laid(over_http, rows(things=ROWS), things({"get": "/things"})),
    "call": laid(
        over_http,
        rows(things=ROWS),
        things({"call": "one"}),
        says({"get": "/things"}, "transport", "calls", "one"),
    ),
    "soap": laid(over_soap, alike, things({"soap": "Planning.GetPeople"}, "last")),
    "sql": laid(over_sql, things({"sql": "select *, 7 as same, name as 'a.b' from things"})),
    "file": laid(
        over_files, file("things.json", json.dumps(ROWS)), things({"file": "things.json"})
    ),
    "zip": laid(over_soap, zipped, things(ZIP, "who.last", "who.id")),
    "from": laid(
        over_http,
        rows(things=ROWS),
        says({"get": "/things", "key": "id"}, "resources", "base"),
        things({"from": "base"}),
    ),
}
"""For each way to get a list: a school with a list `things`, a column of which is on the sheets."""
_NAMES = {"soap": ("last", "first"), "zip": ("who.last", "parent")}
"""The columns that tell rows apart and that do not."""


def _with_rows(how: str) -> dict[Pair, Scene]:
    """Return how the keys are shown that act on rows."""
    place, lay = f"list({how})", SCHOOLS[how]
    name, other = _NAMES.get(how, ("name", "other"))
    key, same = {"soap": ("id", "first"), "zip": ("who.id", "who.mail")}.get(how, ("id", "same"))
    first = "row.who.id == 1" if how == "zip" else "row.id == 1"
    on = laid(lay, says({"on": {"type": "boolean", "label": "On"}}, "options"))
    sites = laid(
        lay,
        says({"sites": {"label": "Sites"}}, "filters"),
        lambda school: school.connector.update(filters={"sites": [1]}),
    )
    column = "who" if how == "zip" else name
    renamed = "a.b" if how in {"http", "call", "sql", "file", "from"} else column
    of_key = {"who.id": "who"}.get(key, key)
    of_the = laid(lay, says("the.things == 1", "entities", "course", "ignore"))
    return {
        (place, "add"): Scene(
            laid(lay, noted("more", key)), (*_THINGS, "add"), {"more": name}, {"more": other}
        ),
        (place, "columns"): Scene(
            laid(lay, noted("new.last" if how == "zip" else "new", key)),
            (*_THINGS, "columns"),
            {of_key: of_key, "new": renamed},
            {of_key: of_key, "new": "nowhere"},
        ),
        (place, "ignore"): Scene(lay, (*_THINGS, "ignore"), first),
        (place, "drop"): Scene(lay, (*_THINGS, "drop"), {"DOWN_COURSE_CANCELLED": first}),
        (place, "filter_by"): Scene(sites, (*_THINGS, "filter_by"), {"sites": key}),
        (place, "key"): Scene(lay, (*_THINGS, "key"), key, same),
        (place, "same_key"): Scene(
            laid(lay, says(same, *_THINGS, "key")), (*_THINGS, "same_key"), "first"
        ),
        (place, "single"): Scene(
            of_the, (*_THINGS, "single"), "CONF_SEVERAL_ROOTS", "CONF_YEAR_MISMATCH"
        ),
        (place, "when"): Scene(on, (*_THINGS, "when"), "options.on"),
        (place, "assumed"): Scene(lay, (*_THINGS, "assumed"), "Nobody has said so.", act=page),
    }


def _asked() -> dict[Pair, Scene]:
    """Return how the keys are shown that say how a list is asked for, and what comes."""
    found: dict[Pair, Scene] = {}
    keyed = json.dumps({"7": {"id": 1, "name": "A"}})
    inside = json.dumps({"data": ROWS, "next": "/more"})
    document = json.dumps([{"doc": "<r><row id='1' name='A'/></r>"}])
    for how in ("http", "call", "file"):
        place, lay = f"list({how})", SCHOOLS[how]

        def put(text: str, how: str = how) -> Act:
            if how == "file":
                return file("things.json", text)
            return rows(things=_answering(text), more=[{"id": 4, "name": "M"}])

        inner = laid(lay, put(document), says("row[]", *_THINGS, "items"))
        found |= {
            (place, "shape"): Scene(laid(lay, put(keyed)), (*_THINGS, "shape"), "keyed"),
            (place, "items"): Scene(laid(lay, put(inside)), (*_THINGS, "items"), "data"),
            (place, "inner"): Scene(
                inner,
                (*_THINGS, "inner"),
                {"at": "[].doc", "answer": "xml"},
                {"at": "[].none", "answer": "xml"},
            ),
            (place, "answer"): Scene(lay, (*_THINGS, "answer"), "xml"),
        }
        if how != "file":
            paging = {"kind": "next_url", "path": "next"}
            paged = laid(lay, put(inside), says("data", *_THINGS, "items"))
            found[place, "paging"] = Scene(paged, (*_THINGS, "paging"), paging)
            found |= {
                (place, key): Scene(lay, (*_THINGS, key), value)
                for key, value in {**SENT, "answers": FAILS}.items()
            }
    lay = SCHOOLS["soap"]
    text = "&lt;r&gt;&lt;row id='1' name='A'/&gt;&lt;/r&gt;"
    body = envelope(f'<LoginResponse xmlns="{NS}"><token>{text}</token></LoginResponse>')
    inner = laid(
        over_soap,
        things({"soap": "Planning.Login", "items": "row[]"}),
        _saying("Login", lambda: Response(body, content_type="text/xml; charset=utf-8")),
    )
    pages = {"kind": "number", "until": "short_page", "size": 9}
    found |= {
        ("list(soap)", "answers"): Scene(lay, (*_THINGS, "answers"), FAILS),
        ("list(soap)", "arguments"): Scene(lay, (*_THINGS, "arguments"), {"x": "1"}),
        ("list(soap)", "soap"): Scene(
            lay, (*_THINGS, "soap"), "Planning.GetPeople", "Planning.GetLessons"
        ),
        ("list(soap)", "items"): Scene(lay, (*_THINGS, "items"), "[0]"),
        ("list(soap)", "inner"): Scene(
            inner,
            (*_THINGS, "inner"),
            {"at": "@", "answer": "xml"},
            {"at": "none", "answer": "xml"},
        ),
        ("list(soap)", "paging"): Scene(
            laid(lay, says({"page": "{{ page.number }}"}, *_THINGS, "arguments")),
            (*_THINGS, "paging"),
            pages,
            {**pages, "first": 5},
        ),
        ("list(sql)", "sql"): Scene(
            SCHOOLS["sql"],
            (*_THINGS, "sql"),
            "select * from things",
            "select * from things where id = 1",
        ),
        ("list(sql)", "values"): Scene(
            laid(SCHOOLS["sql"], says("select * from things where id = :x", *_THINGS, "sql")),
            (*_THINGS, "values"),
            {"x": "1"},
            {"x": "2"},
        ),
        ("list(file)", "file"): Scene(
            laid(SCHOOLS["file"], file("b.json", "[]")),
            (*_THINGS, "file"),
            "things.json",
            "b.json",
        ),
        ("list(call)", "call"): Scene(
            laid(SCHOOLS["call"], says({"get": "/rooms"}, "transport", "calls", "two")),
            (*_THINGS, "call"),
            "one",
            "two",
        ),
        ("list(call)", "with"): Scene(
            laid(
                SCHOOLS["call"], says({"x": "{{ with.x }}"}, "transport", "calls", "one", "query")
            ),
            (*_THINGS, "with"),
            {"x": "1"},
            {"x": "2"},
        ),
        ("list(from)", "from"): Scene(
            laid(SCHOOLS["from"], rows(things=ROWS)), (*_THINGS, "from"), "base", "rooms"
        ),
        ("list(from)", "items"): Scene(
            laid(SCHOOLS["from"], rows(things=[{"in": ROWS}])), (*_THINGS, "items"), "in"
        ),
    }
    return found | _zips()


def _zips() -> dict[Pair, Scene]:
    lay, place = SCHOOLS["zip"], "list(zip)"
    fault = laid(lay, lambda school: school.rows.update({"/svc": _second(school)}))
    return {
        (place, "zip"): Scene(
            lay,
            (*_THINGS, "zip"),
            {"who": "Planning.GetPeople"},
            {"who": "Planning.GetPeople", "too": "Planning.GetPeople"},
        ),
        (place, "arguments"): Scene(
            lay,
            (*_THINGS, "arguments"),
            {"ids": "{{ batch }}"},
            {"ids": "{{ batch }}", "x": "1"},
        ),
        (place, "for_each"): Scene(
            lay,
            (*_THINGS, "for_each"),
            {"values": "lessons.id", "batch": 2},
            {"values": "lessons.id", "batch": 1},
        ),
        (place, "failing_call"): Scene(
            laid(fault, says({"values": "lessons.id", "batch": 1}, *_THINGS, "for_each")),
            (*_THINGS, "failing_call"),
            "skip",
        ),
        (place, "optional"): Scene(
            laid(lay, lambda school: school.rows.update({"/svc": _second(school, 403)})),
            (*_THINGS, "optional"),
            value=True,
        ),
    }


def _second(school: School, status: int = 400) -> Callable[[Request], Any]:
    """Return a service that does not answer about the first lesson."""
    service = school.rows["/svc"]

    def answer(request: Request) -> Any:
        asked = re.findall(rb"ids>([^<]+)<", request.get_data())
        return refuses(status)(request) if b"1" in asked else service(request)

    return answer


def _optional() -> dict[Pair, Scene]:
    closed = rows(things=refuses(403))
    soap = laid(
        over_soap,
        things({"soap": "Planning.Save", "key": "done"}, "done", "done"),
        _saying("Save", lambda: Response("{}", 403)),
    )
    return {
        (f"list({how})", "optional"): Scene(lay, (*_THINGS, "optional"), value=True)
        for how, lay in {
            "http": laid(SCHOOLS["http"], closed),
            "call": laid(SCHOOLS["call"], closed),
            "soap": soap,
            "sql": laid(SCHOOLS["sql"], says("select * from none", *_THINGS, "sql")),
            "file": laid(SCHOOLS["file"], says("none.json", *_THINGS, "file")),
        }.items()
    }


SCENES = {pair: scene for how in SCHOOLS for pair, scene in _with_rows(how).items()}
SCENES |= _asked() | _optional()
