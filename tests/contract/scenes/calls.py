"""What is asked of an ERP: calls, the named ones, and those that the transport makes by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from werkzeug.wrappers import Response

from edusync.diagnostics import Route
from tests.contract.keys import VERBS, Pair
from tests.contract.scenes.scene import Act, Scene, check, sync
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

WHO = {"username": "u", "password": "p"}
SENT: Mapping[str, Any] = {
    "query": {"q": "1"},
    "headers": {"X-A": "1"},
    "json": {"a": 1},
    "form": {"a": "1"},
    "text": "words",
    "xml": "<a/>",
    "basic": WHO,
}
"""What any call over HTTP may send."""
FAILS = [{"when": "answer.status == 200", "then": "fail"}]
WAITS = [{"when": "answer.status == 200", "then": "wait"}]
TOKEN = {"token": "token"}
XML = Response("<r><token>one</token><row id='1' name='A'/></r>", content_type="text/xml")


def _named(**more: Any) -> Act:
    """Return what describes two calls, each with a hole."""
    return laid(
        says({"post": "/one", "query": {"x": "{{ with.x }}"}, **more}, "transport", "calls", "one"),
        says({"post": "/two", "query": {"x": "{{ with.x }}"}, **more}, "transport", "calls", "two"),
        rows(one={"token": "one"}, two={"token": "two"}),
    )


_TWO: Act = laid(
    says({"post": "/one"}, "transport", "calls", "one"),
    says({"post": "/two"}, "transport", "calls", "two"),
    rows(one={"token": "one"}, two={"token": "two"}),
)
_EACH = {"xml": "<a>{{ each }}</a>", "each": "<b>{{ item }}</b>", "of": "['1', '2']"}
_TEXT = {"text": "A\n{{ each }}", "each": "{{ item }}\n", "of": "['1', '2']"}
_FIELD: Route = ("resources", "things", "form", "d")
_TOKENS: Act = rows(a={"token": "a"}, b={"token": "b"})
PART: Act = says({"headers": {"X-Part": "1"}}, "transport", "calls", "part")
"""A call that is described in part: who names it says the path."""
_ROUTES: Mapping[str, Route] = {
    "login": ("transport", "auth", "login", 0),
    "logout": ("transport", "auth", "logout"),
    "probe": ("transport", "probe"),
}


def signs_in(step: Mapping[str, Any]) -> Act:
    """Return what signs in with a step."""
    auth = {"login": [step], "send": {"headers": {"X-Token": "{{ auth.token }}"}}}
    return laid(
        says(auth, "transport", "auth"),
        says({"on": {"type": "boolean", "label": "On"}}, "options"),
        rows(login={"token": "one", "other": "two"}, logout={}),
    )


def _own(own: str, call: Mapping[str, Any], over: Act) -> tuple[Act, Route, Act]:
    """Return a school with a call of its own, its route, and what is done."""
    route = _ROUTES[own]
    if own == "login":
        return laid(over, signs_in({**call, "read": TOKEN})), route, sync
    if own == "probe":
        return laid(over, says(call, *route)), route, check
    soap = "soap" in call
    login = {"soap": "Planning.Login"} if soap else {"post": "/login"}
    return laid(over, signs_in({**login, "read": TOKEN}), says(call, *route)), route, sync


def _own_calls() -> dict[Pair, Scene]:
    """Return how the keys of sign-in, sign-out and connection test are shown."""
    found: dict[Pair, Scene] = {}
    for own in ("login", "logout", "probe"):
        lines = WAITS if own == "logout" else FAILS
        for how, call, over in (
            ("http", {"post": f"/{own}"}, over_http),
            ("call", {"call": "one"}, laid(over_http, _TWO)),
        ):
            lay, route, act = _own(own, call, laid(over, rows(probe={"token": "one"})))
            place = f"{own}({how})"
            for key, value in {**SENT, "answers": lines}.items():
                found[place, key] = Scene(lay, (*route, key), value, act=act)
            if own != "logout":
                answers = laid(lay, *(rows(**{at: lambda _r: XML}) for at in ("login", "one")))
                found[place, "answer"] = Scene(answers, (*route, "answer"), "xml", act=act)
        lay, route, act = _own(own, {}, laid(over_http, _TOKENS))
        of_call, _, _ = _own(own, {"call": "part"}, laid(over_http, _TOKENS, PART))
        for verb in VERBS:
            found[f"{own}(http)", verb] = Scene(lay, (*route, verb), "/a", "/b", act)
            found[f"{own}(call)", verb] = Scene(of_call, (*route, verb), "/a", "/b", act)
        lay, route, act = _own(own, {}, laid(over_http, _TWO))
        found[f"{own}(call)", "call"] = Scene(lay, (*route, "call"), "one", "two", act)
        lay, route, act = _own(own, {"call": "one"}, laid(over_http, _named()))
        found[f"{own}(call)", "with"] = Scene(lay, (*route, "with"), {"x": "1"}, {"x": "2"}, act)
        lay, route, act = _own(own, {"soap": "Planning.Login"}, over_soap)
        place = f"{own}(soap)"
        found |= {
            (place, "answers"): Scene(lay, (*route, "answers"), lines, act=act),
            (place, "arguments"): Scene(lay, (*route, "arguments"), {"user": "u"}, act=act),
            (place, "soap"): Scene(lay, (*route, "soap"), "Planning.Login", "Planning.Save", act),
        }
    for how, call, over in (
        ("http", {"post": "/login"}, over_http),
        ("call", {"call": "one"}, laid(over_http, _TWO)),
        ("soap", {"soap": "Planning.Login"}, over_soap),
    ):
        lay, route, act = _own("login", call, over)
        place = f"login({how})"
        other = {"token": "other"}
        found[place, "read"] = Scene(lay, (*route, "read"), TOKEN, other, act)
        found[place, "when"] = Scene(lay, (*route, "when"), "options.on", act=act)
    lay = laid(over_sql, says({"sql": "select id from things"}, *_ROUTES["probe"]))
    found["probe(sql)", "sql"] = Scene(
        lay, (*_ROUTES["probe"], "sql"), "select id from things", "select id from none", check
    )
    bound = "select id from things where name = :x"
    found["probe(sql)", "values"] = Scene(
        laid(lay, says(bound, *_ROUTES["probe"], "sql")),
        (*_ROUTES["probe"], "values"),
        {"x": "1"},
        {"x": None},
        check,
    )
    lay = laid(over_files, says({"file": "things.json"}, *_ROUTES["probe"]))
    found["probe(file)", "file"] = Scene(
        lay, (*_ROUTES["probe"], "file"), "things.json", "none.json", check
    )
    found["probe(file)", "answer"] = Scene(lay, (*_ROUTES["probe"], "answer"), "xml", act=check)
    return found


def _of_calls() -> dict[Pair, Scene]:
    """Return how what a call sends is shown, and what a call that is described once says."""
    found: dict[Pair, Scene] = {}
    answers = rows(a=[{"id": 1, "name": "A"}], b=[{"id": 1, "name": "B"}])
    named: Route = ("transport", "calls", "one")
    for verb in VERBS:
        lay = laid(over_http, answers, PART, things({"call": "part"}))
        found["list(call)", verb] = Scene(lay, ("resources", "things", verb), "/a", "/b")
        lay = laid(over_http, answers, things({"call": "one"}), says({}, *named))
        found["call", verb] = Scene(lay, (*named, verb), "/a", "/b")
        lay = laid(over_http, answers, things({}))
        found["list(http)", verb] = Scene(lay, ("resources", "things", verb), "/a", "/b")
    lay = laid(over_http, answers, things({"call": "one"}), says({"get": "/a"}, *named))
    for key, value in {**SENT, "answers": FAILS}.items():
        found["call", key] = Scene(lay, (*named, key), value)
    lay = laid(
        over_http, rows(a=lambda _r: XML), things({"call": "one"}), says({"get": "/a"}, *named)
    )
    found["call", "answer"] = Scene(
        laid(lay, says("row[]", "resources", "things", "items")), (*named, "answer"), "xml"
    )
    basic: Route = ("resources", "things", "basic")
    lay = laid(over_http, answers, things({"get": "/a"}))
    document: Route = ("resources", "things", "xml")
    text: Route = ("resources", "things", "text")
    statement: Route = ("resources", "things", "sql")
    pieces = [
        "select id, name from things where 1 = 1",
        {"when": "options.on", "sql": "and id > 1"},
    ]
    lay_sql = laid(
        over_sql,
        says({"on": {"type": "boolean", "label": "On"}}, "options"),
        things({"sql": pieces}),
    )
    return found | {
        ("basic", "username"): Scene(lay, basic, WHO, {**WHO, "username": "v"}),
        ("basic", "password"): Scene(lay, basic, WHO, {**WHO, "password": "q"}),
        ("xml", "xml"): Scene(lay, document, {"xml": "<a/>"}, {"xml": "<b/>"}),
        ("xml", "inner"): Scene(
            laid(lay, says({"xml": "<a>{{ inner | cdata }}</a>"}, *document)),
            (*document, "inner"),
            "<x/>",
            "<y/>",
        ),
        **{
            (place, key): Scene(laid(lay, says(_EACH, *route)), (*route, key), _EACH[key], other)
            for place, route in (("xml", document), ("form.xml", _FIELD))
            for key, other in (("each", "<c>{{ item }}</c>"), ("of", "['3']"))
        },
        **{
            ("text", key): Scene(laid(lay, says(_TEXT, *text)), (*text, key), _TEXT[key], other)
            for key, other in (("text", "<{{ each }}>"), ("each", "{{ item }}; "), ("of", "['3']"))
        },
        ("form.xml", "inner"): Scene(
            laid(lay, says({"xml": "<a>{{ inner | cdata }}</a>"}, *_FIELD)),
            (*_FIELD, "inner"),
            "<x/>",
            "<y/>",
        ),
        ("form.xml", "xml"): Scene(
            lay,
            _FIELD,
            {"xml": "<a/>"},
            {"xml": "<b/>"},
        ),
        ("sql", "when"): Scene(lay_sql, (*statement, 1, "when"), "options.on", "not options.on"),
        ("sql", "sql"): Scene(
            laid(lay_sql, says("not options.on", *statement, 1, "when")),
            (*statement, 1, "sql"),
            "and id > 1",
            "and id < 2",
        ),
    }


SCENES = _own_calls() | _of_calls()
