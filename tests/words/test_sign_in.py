"""What signs in may stand anywhere: in forms, JSON, XML, paths, arguments and headers of SOAP; and
in any call that names it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from lxml import etree
from werkzeug.wrappers import Request, Response

from tests.bugs.wire import NS, Soap, Wire
from tests.little import lesson, person

TOKEN = "tok/en-1 &<x>"
ROWS = {
    "/lessons": [lesson(1), lesson(2)],
    "/teachers": [person(70), person(71)],
    "/learners": [person(1), person(2)],
}


def _in_form(request: Request) -> bool:
    return request.form.get("token") == TOKEN and "what" in request.form


def _in_json(request: Request) -> bool:
    body = json.loads(request.get_data())
    return bool(body["params"] == {"token": TOKEN, "what": "all"})


def _in_xml(request: Request) -> bool:
    root = etree.fromstring(request.get_data())
    return root[0].tag == "auth" and root[0].get("token") == TOKEN and root[1].tag == "what"


CARRIED: dict[str, tuple[dict[str, Any], dict[str, Any], Callable[[Request], bool]]] = {
    "form": ({"form": {"token": "{{ auth.token }}"}}, {"form": {"what": "all"}}, _in_form),
    "json": (
        {"json": {"params": {"token": "{{ auth.token }}"}}},
        {"json": {"params": {"what": "all"}}},
        _in_json,
    ),
    "xml": (
        {"xml": '<auth token="{{ auth.token }}"/>'},
        {"xml": "<?xml version='1.0'?><!-- a > b --><ask kind='a>b'><what/></ask>"},
        _in_xml,
    ),
    "json of the call": (
        {},
        {"json": {"params": {"token": "{{ auth.token }}", "what": "all"}}},
        _in_json,
    ),
    "xml of the call": (
        {},
        {"xml": '<ask><auth token="{{ auth.token }}"/><what/></ask>'},
        _in_xml,
    ),
    "form of the call": ({}, {"form": {"token": "{{ auth.token }}", "what": "all"}}, _in_form),
    "header of the call": (
        {},
        {"headers": {"X-Key": "k-{{ auth.token | shorten(6) }}"}},
        lambda request: request.headers.get("X-Key") == "k-tok/en",
    ),
}


def _signs_in(wire: Wire, send: dict[str, Any]) -> None:
    wire.spec["transport"]["auth"] = {
        "login": [{"post": "/login", "json": {}, "read": {"token": "token"}}],
        "send": send,
    }
    wire.rows["/login"] = {"token": TOKEN}


@pytest.mark.parametrize("how", CARRIED)
def test_sign_in_is_carried(wire: Wire, how: str) -> None:
    send, body, holds = CARRIED[how]
    _signs_in(wire, send)
    if not send:
        del wire.spec["transport"]["auth"]["send"]

    def answer(rows: Any) -> Callable[[Request], Response]:
        def guarded(request: Request) -> Response:
            if not holds(request):
                return Response("{}", 401, content_type="application/json")
            return Response(json.dumps(rows), content_type="application/json")

        return guarded

    for path, rows in ROWS.items():
        data = wire.spec["resources"][path[1:]]
        data["post"] = data.pop("get")
        data |= body
        wire.rows[path] = answer(rows)
    ended = wire.down()
    assert ended.code == 0, ended.said
    assert ended.students == {"1": ["1", "2"], "2": ["1", "2"]}


def test_session_stands_before_every_path_and_in_no_message(wire: Wire) -> None:
    _signs_in(wire, {"path": "/s/{{ auth.token }}"})
    known = {path: wire.rows.pop(path) for path in ROWS}
    for path, rows in known.items():
        wire.rows[f"/s/{TOKEN}{path}"] = rows
    ended = wire.down()
    assert (ended.code, len(ended.sheets)) == (0, 3), ended.said
    wire.rows[f"/s/{TOKEN}/lessons"] = lambda _request: Response("{}", 500)
    ended = wire.down()
    assert "GET /lessons answered 500" in ended.said
    assert "tok" not in ended.said


def test_token_in_the_path_of_a_call_is_in_no_message(wire: Wire) -> None:
    _signs_in(wire, {})
    wire.spec["resources"]["lessons"]["get"] = "/{{ auth.token }}/lessons"
    wire.rows[f"/{TOKEN}/lessons"] = lambda _request: Response("{}", 500)
    ended = wire.down()
    assert "GET /.../lessons answered 500" in ended.said
    assert "tok" not in ended.said


def test_body_that_is_no_object_is_not_sent_without_its_sign_in(wire: Wire) -> None:
    _signs_in(wire, {"json": {"token": "{{ auth.token }}"}})
    lessons = wire.spec["resources"]["lessons"]
    lessons |= {"post": lessons.pop("get"), "json": [1]}
    ended = wire.down()
    assert "adds members to a JSON body, and this one is no object" in ended.said
    assert "POST /lessons" not in wire.seen.asked


# SOAP


def _of_header(body: bytes) -> dict[str, str]:
    """Return what stands in the header of an envelope, by name, with its namespace."""
    root = etree.fromstring(body)
    header = root.find("{*}Header")
    return {} if header is None else {one.tag: one.text for one in header.iter() if one.text}


@pytest.fixture
def guarded(wire: Wire, soap: Soap) -> list[dict[str, str]]:
    """Let the service want a token in the header of every envelope but that of the log-in."""
    seen: list[dict[str, str]] = []
    serve: Callable[[Request], Response] = wire.rows["/svc"]

    def answer(request: Request) -> Response:
        found = _of_header(request.get_data())
        if "Login" not in request.headers["SOAPAction"]:
            seen.append(found)
            if found.get(f"{{{NS}}}token") != "tok-1":
                fault = (
                    '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>'
                    "<s:Fault><faultcode>s:Client</faultcode><faultstring>who are you?"
                    "</faultstring></s:Fault></s:Body></s:Envelope>"
                )
                return Response(fault, 500, content_type="text/xml")
        answered: Response = serve(request)
        return answered

    wire.rows["/svc"] = answer
    wire.spec["transport"]["auth"] = {
        "login": [{"soap": "Planning.Login", "read": {"token": "token"}}]
    }
    return seen


def test_token_stands_in_the_header_by_the_types_of_the_wsdl(
    wire: Wire, guarded: list[dict[str, str]]
) -> None:
    header = {"LoginResponse": {"token": "{{ auth.token }}"}}
    wire.spec["transport"]["auth"]["send"] = {"soap_header": header}
    ended = wire.down()
    assert (ended.code, len(ended.sheets)) == (0, 2), ended.said
    assert guarded == [{f"{{{NS}}}token": "tok-1"}] * len(guarded)


def test_session_of_the_header_of_the_log_in_goes_with_every_call(
    wire: Wire, soap: Soap, guarded: list[dict[str, str]]
) -> None:
    """As many services do: the session comes in the header of the answer, and goes back in it."""
    session = f'<s:Header><n:Session xmlns:n="{NS}"><n:token>tok-1</n:token></n:Session></s:Header>'
    soap.told = lambda operation, body: (
        Response(body.replace("<s:Body>", f"{session}<s:Body>"), content_type="text/xml")
        if operation == "Login"
        else None
    )
    auth = wire.spec["transport"]["auth"]
    auth["login"][0]["read"] = {"id": "soap_header.Session.token"}
    auth["send"] = {"soap_header": {"LoginResponse": {"token": "{{ auth.id }}"}}}
    ended = wire.down()
    assert (ended.code, len(ended.sheets)) == (0, 2), ended.said
    assert guarded


def test_header_may_be_written_as_xml(wire: Wire, guarded: list[dict[str, str]]) -> None:
    xml = f'<a xmlns="{NS}"><token>{{{{ auth.token }}}}</token></a>'
    wire.spec["transport"]["auth"]["send"] = {"soap_header": xml}
    ended = wire.down()
    assert (ended.code, len(ended.sheets)) == (0, 2), ended.said


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ({"Session": {"token": "x"}}, "the WSDL has no element 'Session' for a header"),
        ({"LoginResponse": {"tokn": "x"}}, "the header 'LoginResponse' cannot be written"),
        ("<a>", "what should stand in the header is no XML"),
    ],
)
def test_header_that_cannot_be_written_is_named(
    wire: Wire, guarded: list[dict[str, str]], header: Any, words: str
) -> None:
    wire.spec["transport"]["auth"]["send"] = {"soap_header": header}
    ended = wire.down()
    assert words in ended.said
    assert (ended.code != 0, guarded) == (True, [])


def test_arguments_go_with_every_operation_that_takes_them(wire: Wire, soap: Soap) -> None:
    seen: dict[str, bytes] = {}
    serve: Callable[[Request], Response] = wire.rows["/svc"]

    def answer(request: Request) -> Response:
        seen[request.headers["SOAPAction"].strip('"').rpartition("/")[2]] = request.get_data()
        answered: Response = serve(request)
        return answered

    wire.rows["/svc"] = answer
    wire.spec["transport"]["auth"] = {
        "login": [{"soap": "Planning.Login", "read": {"token": "token"}}],
        "send": {"arguments": {"x": "{{ auth.token }}"}},
    }
    assert wire.down().code == 0
    assert b"x>tok-1<" in seen["GetPeople"]
    assert b"tok-1" not in seen["GetLessons"]


def test_argument_that_no_operation_takes_is_named(wire: Wire, soap: Soap) -> None:
    wire.spec["transport"]["auth"] = {"send": {"arguments": {"tokn": "1"}}}
    ended = wire.down()
    assert "no operation of the service takes an argument 'tokn'" in ended.said
    assert soap.asked == []
