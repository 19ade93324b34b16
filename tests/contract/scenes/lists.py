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
THINGS: Route = ("resources", "things")
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
    "rows": laid(over_http, things({"rows": ROWS})),
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
    renamed = "a.b" if how in {"http", "call", "sql", "file", "from", "rows"} else column
    of_key = {"who.id": "who"}.get(key, key)
    of_the = laid(lay, says("the.things == 1", "entities", "course", "ignore"))
    return {
        (place, "add"): Scene(
            laid(lay, noted("more", key)), (*THINGS, "add"), {"more": name}, {"more": other}
        ),
        (place, "columns"): Scene(
            laid(lay, noted("new.last" if how == "zip" else "new", key)),
            (*THINGS, "columns"),
            {of_key: of_key, "new": renamed},
            {of_key: of_key, "new": "nowhere"},
        ),
        (place, "ignore"): Scene(lay, (*THINGS, "ignore"), first),
        (place, "drop"): Scene(lay, (*THINGS, "drop"), {"DOWN_COURSE_CANCELLED": first}),
        (place, "filter_by"): Scene(sites, (*THINGS, "filter_by"), {"sites": key}),
        (place, "key"): Scene(lay, (*THINGS, "key"), key, same),
        (place, "same_key"): Scene(
            laid(lay, says(same, *THINGS, "key")), (*THINGS, "same_key"), "first"
        ),
        (place, "order_by"): Scene(
            laid(lay, says(same, *THINGS, "key"), says("first", *THINGS, "same_key")),
            (*THINGS, "order_by"),
            key,
            f"-{key}",
        ),
        (place, "merge"): Scene(lay, (*THINGS, "merge"), {"by": same}, {"by": key}),
        (place, "single"): Scene(
            of_the, (*THINGS, "single"), "CONF_SEVERAL_ROOTS", "CONF_YEAR_MISMATCH"
        ),
        (place, "when"): Scene(on, (*THINGS, "when"), "options.on"),
        (place, "assumed"): Scene(lay, (*THINGS, "assumed"), "Nobody has said so.", act=page),
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

        inner = laid(lay, put(document), says("row[]", *THINGS, "items"))
        found |= {
            (place, "shape"): Scene(laid(lay, put(keyed)), (*THINGS, "shape"), "keyed"),
            (place, "items"): Scene(laid(lay, put(inside)), (*THINGS, "items"), "data"),
            (place, "inner"): Scene(
                inner,
                (*THINGS, "inner"),
                {"at": "[].doc", "answer": "xml"},
                {"at": "[].none", "answer": "xml"},
            ),
            (place, "answer"): Scene(lay, (*THINGS, "answer"), "xml"),
        }
        if how != "file":
            paging = {"kind": "next_url", "path": "next"}
            paged = laid(lay, put(inside), says("data", *THINGS, "items"))
            found[place, "paging"] = Scene(paged, (*THINGS, "paging"), paging)
            found |= {
                (place, key): Scene(lay, (*THINGS, key), value)
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
        ("list(soap)", "answers"): Scene(lay, (*THINGS, "answers"), FAILS),
        ("list(soap)", "arguments"): Scene(lay, (*THINGS, "arguments"), {"x": "1"}),
        ("list(soap)", "soap"): Scene(
            lay, (*THINGS, "soap"), "Planning.GetPeople", "Planning.GetLessons"
        ),
        ("list(soap)", "items"): Scene(lay, (*THINGS, "items"), "[0]"),
        ("list(soap)", "inner"): Scene(
            inner,
            (*THINGS, "inner"),
            {"at": "@", "answer": "xml"},
            {"at": "none", "answer": "xml"},
        ),
        ("list(soap)", "paging"): Scene(
            laid(lay, says({"page": "{{ page.number }}"}, *THINGS, "arguments")),
            (*THINGS, "paging"),
            pages,
            {**pages, "first": 5},
        ),
        ("list(sql)", "sql"): Scene(
            SCHOOLS["sql"],
            (*THINGS, "sql"),
            "select * from things",
            "select * from things where id = 1",
        ),
        ("list(sql)", "values"): Scene(
            laid(SCHOOLS["sql"], says("select * from things where name = :x", *THINGS, "sql")),
            (*THINGS, "values"),
            {"x": "Room 1"},
            {"x": "Room 2"},
        ),
        ("list(file)", "file"): Scene(
            laid(SCHOOLS["file"], file("b.json", "[]")),
            (*THINGS, "file"),
            "things.json",
            "b.json",
        ),
        ("list(call)", "call"): Scene(
            laid(SCHOOLS["call"], says({"get": "/rooms"}, "transport", "calls", "two")),
            (*THINGS, "call"),
            "one",
            "two",
        ),
        ("list(call)", "with"): Scene(
            laid(
                SCHOOLS["call"], says({"x": "{{ with.x }}"}, "transport", "calls", "one", "query")
            ),
            (*THINGS, "with"),
            {"x": "1"},
            {"x": "2"},
        ),
        ("list(from)", "from"): Scene(
            laid(SCHOOLS["from"], rows(things=ROWS)), (*THINGS, "from"), "base", "rooms"
        ),
        ("list(rows)", "as"): Scene(
            laid(SCHOOLS["rows"], says({"kind": "text", "around": "|"}, "formats", "x")),
            (*THINGS, "as"),
            {"name": "x"},
        ),
        ("list(rows)", "rows"): Scene(SCHOOLS["rows"], (*THINGS, "rows"), ROWS, ROWS[1:]),
        ("merge", "by"): Scene(
            laid(SCHOOLS["http"], says({"by": "id"}, *THINGS, "merge")),
            (*THINGS, "merge", "by"),
            "same",
            "id",
        ),
        ("merge", "keep"): Scene(
            laid(SCHOOLS["http"], says({"by": "same"}, *THINGS, "merge")),
            (*THINGS, "merge", "keep"),
            "first",
            "last",
        ),
        ("list(from)", "items"): Scene(
            laid(SCHOOLS["from"], rows(things=[{"in": ROWS}])), (*THINGS, "items"), "in"
        ),
    }
    return found


def _for_each() -> dict[Pair, Scene]:
    """Return how it is shown that a list is asked for each of something."""
    once = {"values": "lessons.id"}
    asked: dict[str, tuple[str, Any]] = {
        "http": ("query", {"x": "{{ parent }}"}),
        "call": ("query", {"x": "{{ parent }}"}),
        "soap": ("arguments", {"x": "{{ parent }}"}),
        "sql": ("values", {"x": "Room {{ parent }}"}),
        "file": ("file", "things-{{ parent }}.json"),
    }
    found: dict[Pair, Scene] = {}
    for how, (word, value) in asked.items():
        lay = laid(SCHOOLS[how], says(value, *THINGS, word))
        if how == "sql":
            lay = laid(lay, says("select * from things where name = :x", *THINGS, "sql"))
        if how == "file":
            lay = laid(lay, file("things-1.json", json.dumps(ROWS[:1])))
        two = {"items": "['8', '9']"}
        found[f"list({how})", "for_each"] = Scene(lay, (*THINGS, "for_each"), once, two)
    return found


def _optional() -> dict[Pair, Scene]:
    closed = rows(things=refuses(403))
    soap = laid(
        over_soap,
        things({"soap": "Planning.Save", "key": "done"}, "done", "done"),
        _saying("Save", lambda: Response("{}", 403)),
    )
    return {
        (f"list({how})", "optional"): Scene(lay, (*THINGS, "optional"), value=True)
        for how, lay in {
            "http": laid(SCHOOLS["http"], closed),
            "call": laid(SCHOOLS["call"], closed),
            "soap": soap,
            "sql": laid(SCHOOLS["sql"], says("select * from none", *THINGS, "sql")),
            "file": laid(SCHOOLS["file"], says("none.json", *THINGS, "file")),
        }.items()
    }


SCENES = {pair: scene for how in SCHOOLS for pair, scene in _with_rows(how).items()}
SCENES |= _asked() | _optional() | _for_each()
