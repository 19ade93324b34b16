"""Answers: their kinds and charsets, documents inside them, pages, and what is asked for each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from werkzeug.wrappers import Request, Response

from edusync.diagnostics import Route
from edusync.spec.paging import PAGING
from tests.contract.keys import Pair
from tests.contract.scenes.scene import Act, Scene, School
from tests.contract.scenes.wires import OVER, SITE, laid, over_http, rows, says, things
from tests.kinds import answered, leading, shown

_THINGS: Route = ("resources", "things")
_DESCRIPTION: Route = ("entities", "course", "description")
_ANSWER: Route = (*_THINGS, "answer")


def _workbook() -> bytes:
    book, file = Workbook(), BytesIO()
    assert book.active is not None
    for line in (("id", "name"), (1, "Sheet"), ("id", "name"), (1, "Below")):
        book.active.append(line)
    book.create_sheet("Other").append(("id", "name"))
    book["Other"].append((1, "Other"))
    book.save(file)
    return file.getvalue()


CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:x
BEGIN:VEVENT
UID:1
DTSTAMP:20260301T000000Z
DTSTART:20260318T080000Z
DTEND:20260318T090000Z
SUMMARY:Élan
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n")
BODIES: Mapping[str, tuple[bytes, str, str]] = {
    "json": ('[{"id": 1, "name": "Élan"}]'.encode("cp1252"), "name", "id"),
    "xml": ("<r><row id='1' name='Élan'><id>2</id></row></r>".encode("cp1252"), "name", "id"),
    "csv": ("id,name\n1,Élan;x\nid,name\n1,Below\n".encode("cp1252"), "name", "id"),
    "xlsx": (_workbook(), "name", "id"),
    "ics": (CALENDAR.encode("cp1252"), "summary", "uid"),
}
"""For each kind a body, whose charset is not said, and the columns to look at."""


def _sends(body: bytes) -> Act:
    return rows(
        things=lambda _request: Response(body, content_type="application/octet-stream"),
    )


def _answers() -> dict[Pair, Scene]:
    found: dict[Pair, Scene] = {}
    for kind, (body, name, key) in BODIES.items():
        place = f"answer({kind})"
        how: dict[str, Any] = {"get": "/things", "key": key, "answer": {"kind": kind}}
        how |= {"items": "row[]"} if kind == "xml" else {}
        lay = laid(over_http, _sends(body), things(how, name, key))
        other = "xml" if kind == "json" else "json"
        found[place, "kind"] = Scene(lay, (*_ANSWER, "kind"), kind, other)
        if kind != "xlsx":
            found[place, "charset"] = Scene(lay, (*_ANSWER, "charset"), "windows-1252")
        text = json.dumps([{"doc": body.decode("cp1252")}]) if kind != "xlsx" else "[]"
        inner = laid(
            over_http,
            _sends(text.encode()),
            things({k: v for k, v in how.items() if k != "answer"}, name, key),
            says({"at": "[].doc", "answer": {"kind": kind}}, *_THINGS, "inner"),
        )
        at = (*_THINGS, "inner", "answer")
        if kind != "xlsx":
            found[f"inner {place}", "kind"] = Scene(inner, (*at, "kind"), kind, other)
        for word, value in {"attributes": "@", "separator": ";"}.items():
            if (kind, word) in {("xml", "attributes"), ("csv", "separator")}:
                plain = laid(lay, says("windows-1252", *_ANSWER, "charset"))
                found[place, word] = Scene(plain, (*_ANSWER, word), value)
                found[f"inner {place}", word] = Scene(inner, (*at, word), value)
        if kind in {"csv", "xlsx"}:
            plain = laid(lay, *([says("windows-1252", *_ANSWER, "charset")] * (kind == "csv")))
            for word, lines in {"header": 3, "skip": 1}.items():
                found[place, word] = Scene(plain, (*_ANSWER, word), lines)
                if kind == "csv":
                    found[f"inner {place}", word] = Scene(inner, (*at, word), lines)
        if kind == "xlsx":
            found[place, "sheet"] = Scene(lay, (*_ANSWER, "sheet"), "Other", 1)
        if kind == "xml":
            none = {"at": "[].none", "answer": {"kind": kind}}
            there = {"at": "[].doc", "answer": {"kind": kind}}
            found["inner", "at"] = Scene(inner, (*_THINGS, "inner"), there, none)
            found["inner", "answer"] = Scene(inner, at, {"kind": "xml"}, {"kind": "json"})
    return found


def _book(school: School) -> None:
    """Answer two rows a page, whatever is asked with."""
    everything = [{"id": n, "name": f"Thing {n}"} for n in (1, 2, 3)]

    def page(request: Request) -> Any:
        said = request.args.get("p") or request.args.get("n") or ""
        known = {"3": 2, "c": 2, "2": 2, "4": 9, "Thing 2": 2}
        start = known.get(said, 0 if said in {"", "0", "1"} else 9)
        start = {"1": 0}.get(said, start)
        some = everything[start : start + 2]
        body = {
            "rows": some,
            "next": "c" if start == 0 else None,
            "url": f"{request.path}?n=2" if start == 0 else None,
            "more": False,
            "always": True,
            "total": 4,
            "pages": 2,
            "last": start > 0,
            **answered(is_last=start > 0),
        }
        headers = leading(body["url"], body["next"])
        return Response(json.dumps(body), headers=headers, content_type="application/json")

    school.rows["/things"] = page


def _paging() -> dict[Pair, Scene]:
    found: dict[Pair, Scene] = {}
    for wire in ("http", "soap"):
        over, get = OVER[wire], f"{SITE[wire]}/things"
        for kind, module in shown("paging").items():
            asked, keys = PAGING[kind].required_name, module.KEYS
            place, route = f"paging({kind}, {wire})", (*_THINGS, "paging")
            query = {"p": f"{{{{ page.{asked} }}}}", "s": "{{ page.size }}"}
            if asked is None:
                del query["p"]
            paging = {"kind": kind, **module.WRITTEN}
            how = {"get": get, "items": "rows", "query": query, "paging": paging}
            lay = laid(over, _book, things(how))
            found |= {(place, key): Scene(lay, (*route, key), *both) for key, both in keys.items()}
            if "optional" in keys:  # acts where no answer has what leads on
                never = laid(lay, says("none", *route, "next" if asked else "path"))
                found[place, "optional"] = Scene(never, (*route, "optional"), *keys["optional"])
            without = laid(lay, says({"s": "{{ page.size }}"}, *_THINGS, "query"))
            found[place, "kind"] = _kind(over, how, paging)
            if kind == "next_url":
                found[place, "header"] = Scene(
                    without, route, {"kind": kind, "header": "Link"}, {"kind": kind, "path": "none"}
                )
    paging = {"kind": "number", "until": {"total": "total"}}
    how = {"get": "/things", "items": "rows", "query": {"p": "{{ page.number }}"}, "paging": paging}
    found |= {
        ("until", word): Scene(
            laid(over_http, _book, things({**how, "paging": {"kind": "number", "until": {}}})),
            (*_THINGS, "paging", "until"),
            {word: path},
            {word: "none"},
        )
        for word, path in (("pages", "pages"), ("more", "more"), ("last", "last"))
    }
    found["until", "total"] = Scene(
        laid(over_http, _book, things(how)),
        (*_THINGS, "paging", "until", "total"),
        "total",
        "none",
    )
    return found


def _kind(over: Act, how: Mapping[str, Any], paging: Mapping[str, Any]) -> Scene:
    """Return how the kind of paging is shown: by another one, which the answers fit as well."""
    other = {"kind": "next_url", "path": "url"}
    if paging["kind"] == "next_url":
        other = {"kind": "cursor", "next": "next"}

    def paged(one: Mapping[str, Any]) -> dict[str, Any]:
        word = PAGING[one["kind"]].required_name
        query = {"p": f"{{{{ page.{word} }}}}"} if word else {}
        return {**how, "query": query, "paging": dict(one), "key": "id"}

    return Scene(laid(over, _book, things(how)), _THINGS, paged(paging), paged(other))


def _each() -> dict[Pair, Scene]:
    """Return how the keys are shown of what a list is asked for with."""
    route: Route = (*_THINGS, "for_each")
    answers = rows(
        things=lambda request: [{"id": n, "up": "3"} for n in request.args["p"].split(",")]
    )

    def asks(hole: str, **each: Any) -> Act:
        how = {"get": "/things", "query": {"p": f"{{{{ {hole} }}}}"}, "for_each": each}
        return laid(over_http, answers, things(how))

    batch = "batch | join(',')"
    return {
        ("for_each(rows)", "rows"): Scene(asks("parent.id"), (*route, "rows"), "lessons", "rooms"),
        ("for_each(values)", "values"): Scene(
            asks("parent"), (*route, "values"), "lessons.id", "lessons.site"
        ),
        ("for_each(values)", "batch"): Scene(
            asks(batch, values="lessons.id"), (*route, "batch"), 2, 3
        ),
        ("for_each(values)", "again"): Scene(
            asks(batch, values="lessons.teacher", batch=1), (*route, "again"), "up"
        ),
        ("for_each(values)", "items"): Scene(
            asks("parent", values="lessons.id"), (*route, "items"), "window.days"
        ),
        ("for_each(items)", "items"): Scene(
            asks("parent"), (*route, "items"), "window.days", "['1', '2']"
        ),
        ("for_each(items)", "batch"): Scene(
            asks(batch, items="['1', '2', '3']"), (*route, "batch"), 2, 3
        ),
        ("for_each(items)", "values"): Scene(
            asks("parent", items="['1', '9']"), (*route, "values"), "lessons.id"
        ),
        ("same_key", "gather"): Scene(
            laid(
                over_http,
                rows(things=[{"id": 1, "name": "A"}, {"id": 1, "name": "B"}]),
                things({"get": "/things"}, "names"),
                says(
                    {"template": "{{ row.all | join('-') }}"}, "entities", "course", "description"
                ),
                says(
                    {"look_up_all": "things", "by": "id", "on": "id", "take": "names"},
                    "resources",
                    "lessons",
                    "add",
                    "all",
                ),
            ),
            (*_THINGS, "same_key", "gather"),
            {"names": "name"},
            {"names": "id"},
        ),
    }


SCENES = _answers() | _paging() | _each()
