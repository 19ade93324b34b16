"""Verbs without a key of their own, and what may be asked again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from werkzeug.wrappers import Request, Response

from edusync.diagnostics import Route
from tests.contract.keys import SECTIONS, Pair
from tests.contract.scenes.calls import PART, signs_in
from tests.contract.scenes.scene import LEFT_OUT, Act, Scene, check, sync, up
from tests.contract.scenes.steps import _plain, _steps
from tests.contract.scenes.wires import (
    laid,
    over_http,
    over_soap,
    rows,
    says,
    things,
)

_TOKEN = {"token": "token"}
_ONE: Route = ("transport", "calls", "one")
_THINGS: Route = ("resources", "things")
_OWN: Mapping[str, Route] = {
    "login": ("transport", "auth", "login", 0),
    "logout": ("transport", "auth", "logout"),
    "probe": ("transport", "probe"),
}


def _gave_up(_request: Request) -> Response:
    return Response("{}", 502, content_type="application/json")


_A = rows(a=[{"id": 1, "name": "A"}], b=[{"id": 1, "name": "B"}])


def _asked(lay: Act, route: Route, act: Act = sync) -> dict[str, Scene]:
    """Return how a verb and its path are shown."""
    return {
        "method": Scene(
            laid(lay, says("/a", *route, "path")), (*route, "method"), "REPORT", "PROPFIND", act
        ),
        "path": Scene(
            laid(lay, says("REPORT", *route, "method")), (*route, "path"), "/a", "/b", act
        ),
    }


def _again(lay: Act, route: Route, act: Act = sync) -> dict[str, Scene]:
    """Return how it is shown whether a call may be repeated, which is given up for by the ERP."""
    return {"repeat": Scene(lay, (*route, "repeat"), "never", LEFT_OUT, act)}


def _omitted(lay: Act, route: Route, act: Act = sync, sent: str = "json") -> dict[str, Scene]:
    """Return how it is shown whether empty members are sent."""
    said: Any = {"a": 1, "b": ""} if sent == "json" else {"state": ""}
    bare = laid(lay, says(said, *route, sent))
    return {"omit_empty": Scene(bare, (*route, "omit_empty"), True, act=act)}


def _own(own: str, how: str, call: Mapping[str, Any]) -> Act:
    """Return a school with a call of its own."""
    if own == "probe":
        return says(call, *_OWN[own])
    login = {"soap": "Planning.Login"} if how == "soap" else {"post": "/login"}
    if own == "login":
        return signs_in({**call, "read": _TOKEN})
    return laid(signs_in({**login, "read": _TOKEN}), says(call, *_OWN[own]))


def _scenes() -> dict[Pair, Scene]:
    found: dict[str, dict[str, Scene]] = {}
    busy = rows(a=_gave_up)
    found["list(http)"] = _asked(laid(over_http, _A, things({})), _THINGS)
    found["list(http)"] |= _again(laid(over_http, busy, things({"put": "/a"})), _THINGS)
    named = laid(over_http, _A, PART, things({"call": "part"}))
    found["list(call)"] = _asked(named, _THINGS)
    found["list(call)"] |= _again(laid(named, busy, says("/a", *_THINGS, "put")), _THINGS)
    posts = laid(over_http, _A, things({"post": "/a"}))
    found["list(http)"] |= _omitted(posts, _THINGS)
    found["list(call)"] |= _omitted(laid(named, says("/a", *_THINGS, "post")), _THINGS)
    one = laid(over_http, _A, things({"call": "one"}), says({}, *_ONE))
    found["call"] = _asked(one, _ONE) | _again(laid(one, busy, says("/a", *_ONE, "get")), _ONE)
    found["call"] |= _omitted(laid(one, says("/a", *_ONE, "post")), _ONE)
    people = laid(over_soap, things({"soap": "Planning.GetPeople"}, "last"))
    found["list(soap)"] = _again(laid(people, _refusing), _THINGS)
    found["list(soap)"] |= _omitted(people, _THINGS, sent="arguments")
    for own, route in _OWN.items():
        act = check if own == "probe" else sync
        tokens = rows(a={"token": "a"}, b={"token": "b"})
        base = laid(over_http, tokens, PART)
        http, call = (
            laid(base, _own(own, how, said))
            for how, said in (("http", {}), ("call", {"call": "part"}))
        )
        found[f"{own}(http)"] = _asked(http, route, act)
        found[f"{own}(call)"] = _asked(call, route, act)
        for how, lay in (("http", http), ("call", call)):
            gives_up = laid(lay, busy, says("/a", *route, "post"))
            found[f"{own}({how})"] |= _again(gives_up, route, act)
            sends = laid(lay, says("/a", *route, "post"))
            found[f"{own}({how})"] |= _omitted(sends, route, act)
        operation = {"soap": "Planning.GetPeople"}
        lay = laid(over_soap, _own(own, "soap", operation))
        found[f"{own}(soap)"] = _again(laid(lay, _refusing), route, act)
        found[f"{own}(soap)"] |= _omitted(lay, route, act, "arguments")
    for how in ("http", "call"):
        writes = {"in_doubt": "repeat", **({} if how == "http" else {"call": "part"})}
        lay = laid(_steps("for_sheet", writes, how, then=False), PART)
        found[f"step({how})"] = _asked(lay, ("writeback", "for_sheet", 0), up)
        sends = laid(lay, says("/presences", "writeback", "for_sheet", 0, "post"))
        found[f"step({how})"] |= _omitted(sends, ("writeback", "for_sheet", 0), up)
    saves = _steps("for_sheet", {"soap": "Planning.Save", "in_doubt": "repeat"}, "soap", then=False)
    found["step(soap)"] = _omitted(saves, ("writeback", "for_sheet", 0), up, "arguments")
    return {(place, key): scene for place, keys in found.items() for key, scene in keys.items()}


def _refusing(school: Any) -> None:
    """Let the service give up on what lists people."""
    service = school.rows["/svc"].__self__
    service.told = lambda asked, _body: Response("", 502) if asked == "GetPeople" else None


def _of_steps() -> dict[Pair, Scene]:
    """Return how a step of the way up that only reads is repeated."""
    found: dict[Pair, Scene] = {}
    calls: Mapping[str, tuple[Act, dict[str, Any]]] = {
        "http": (laid(over_http, rows(a=_gave_up)), {"get": "/a"}),
        "call": (laid(over_http, rows(a=_gave_up), PART), {"call": "part", "get": "/a"}),
        "soap": (over_soap, {"soap": "Planning.Login"}),
    }
    for section in SECTIONS:
        for how, (over, call) in calls.items():
            step = {**call, "read": {"found": "id"}}
            whole: dict[str, Any] = {section: [step]}
            if section == "then":
                save = {"soap": "Planning.Save"} if how == "soap" else {"post": "/presences"}
                whole["for_sheet"] = [{**save, "in_doubt": "repeat"}]
            lay = laid(over, _plain(**whole), *([_no_login] if how == "soap" else []))
            place, route = f"{section}({how}, reads)", ("writeback", section, 0)
            found |= {(place, key): one for key, one in _again(lay, route, up).items()}
    return found


def _no_login(school: Any) -> None:
    """Let the service give up on what the step asks."""
    service = school.rows["/svc"].__self__
    service.told = lambda asked, _body: Response("", 502) if asked == "Login" else None


SCENES: dict[Pair, Scene] = _scenes() | _of_steps()
