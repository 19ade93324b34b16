"""Systems of strangers in YAML alone: JSON-RPC, a password grant as Keycloak has it, signed
requests, documents inside answers.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from edusync.engine.outcome import Report
from edusync.engine.read.lists import Lists
from edusync.engine.read.names import Answers, names_in_scope
from edusync.engine.read.source import Source, Tools
from edusync.errors import SourceError
from edusync.model import Window
from edusync.spec import load_spec
from edusync.testing import Replay

if TYPE_CHECKING:
    from collections.abc import Callable

HEAD = """\
edusync: 1
connector: other
label: Other
connection:
  url: {type: url, label: URL}
  user: {type: text, label: User}
  password: {type: secret, label: Password}
"""
TAIL = """
entities:
  student: {from: rows, source_id: id, last_name: id, first_name: id, email: id}
  professor: {from: rows, source_id: id, last_name: id, first_name: id, email: id}
  course: {from: rows, source_id: id, name: id, starts_at: id, ends_at: id, professors: id,
      students: id}
"""


class Noted(Replay):
    """Keep the headers of the requests."""

    def send(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        self.headers = dict(request.headers)
        return super().send(request, *args, **kwargs)


def read(
    middle: str, *exchanges: dict[str, Any], functions: dict[str, Callable[..., Any]] | None = None
) -> tuple[list[dict[str, Any]], list[str], Noted]:
    spec, document = load_spec(HEAD + middle + TAIL, "other.yaml", functions or {})
    assert spec is not None, document.findings
    replay = Noted(list(exchanges))
    names = names_in_scope(
        Answers(
            "main", {"url": "https://other.example", "user": "me", "password": "canary"}, {}, {}
        ),
        Window.around(datetime(2026, 3, 16, tzinfo=UTC), days=7, days_back=0),
    )
    source, report = (
        Source(spec, names, Tools(lambda: 0.0, lambda _seconds: None, replay), functions or {}),
        Report(),
    )
    rows = Lists(spec, source, names, report, functions or {}).table("rows").rows
    source.close()
    assert replay.leftovers() == []
    return rows, [outcome.code for outcome in report.outcomes], replay


RPC = """
transport:
  kind: http
  base_url: "{{ connection.url }}"
  auth:
    login:
      - {post: /, json: {id: 0, method: session.open, params: ["{{ connection.user }}",
          {secret: "{{ connection.password }}"}]}, read: {token: "result[1]"}}
    send: {headers: {Authorization: "Key {{ [connection.user, auth.token] | join(':') | base64 }}"}}
    logout: {post: /, json: {id: 0, method: session.close, params: []}}
  answers:
    - {when: answer.body.error and answer.body.error.code == -32001, then: sign_in_again}
    - {when: answer.body.error, then: fail, message: "{{ answer.body.error.message }}"}
  calls:
    rpc: {post: /, json: {id: 1, method: "{{ with.method }}", params: "{{ with.params }}"},
        items: result}
resources:
  rows:
    call: rpc
    with: {method: lesson.list, params: [["day", ">=", "{{ window.first | iso_day }}"],
        "{{ page.offset }}", 2]}
    paging: {kind: offset, size: 2, until: short_page}
    key: id
"""


def rpc(method: str, params: list[Any], number: int = 1) -> dict[str, Any]:
    return {"verb": "POST", "path": "/", "body": {"id": number, "method": method, "params": params}}


def test_json_rpc_with_a_session_and_errors_under_200() -> None:
    day = ["day", ">=", "2026-03-16"]
    rows, found, replay = read(
        RPC,
        {
            "request": rpc("session.open", ["me", {"secret": "canary"}], 0),
            "answer": {"json": {"result": ["me", "t1"]}},
        },
        {
            "request": rpc("session.open", ["me", {"secret": "canary"}], 0),
            "answer": {"json": {"result": ["me", "t2"]}},
        },
        {
            "request": rpc("lesson.list", [day, 0, 2]),
            "answer": {"json": {"result": [{"id": 1}, {"id": 2}]}},
        },
        {
            "request": rpc("lesson.list", [day, 2, 2]),
            "answer": {"json": {"error": {"code": -32001, "message": "session"}}},
        },
        {"request": rpc("lesson.list", [day, 2, 2]), "answer": {"json": {"result": [{"id": 3}]}}},
        {"request": rpc("lesson.list", [day, 3, 2]), "answer": {"json": {"result": []}}},
        {"request": rpc("session.close", [], 0), "answer": {"json": {"result": True}}},
    )
    assert ([row["id"] for row in rows], found) == ([1, 2, 3], [])
    assert replay.headers["Authorization"] == "Key bWU6dDI="


KEYCLOAK = """
transport:
  kind: http
  base_url: "{{ connection.url }}"
  auth:
    login:
      - post: /realms/school/protocol/openid-connect/token
        form: {grant_type: password, client_id: edusync, username: "{{ connection.user }}",
            password: "{{ connection.password }}"}
        read: {token: access_token}
    expires_in: expires_in
    send: {headers: {Authorization: "Bearer {{ auth.token }}"}}
resources:
  rows: {get: /rows, items: "rows || items", key: id}
"""


@pytest.mark.parametrize("name", ["rows", "items"])
def test_password_grant_and_a_list_under_either_name(name: str) -> None:
    token = {
        "verb": "POST",
        "path": "/realms/school/protocol/openid-connect/token",
        "body": {
            "grant_type": "password",
            "client_id": "edusync",
            "username": "me",
            "password": "canary",
        },
    }
    rows, found, replay = read(
        KEYCLOAK,
        {"request": token, "answer": {"json": {"access_token": "t", "expires_in": 60}}},
        {"request": {"path": "/rows"}, "answer": {"json": {name: [{"id": 1}]}}},
    )
    assert ([row["id"] for row in rows], found, replay.headers["Authorization"]) == (
        [1],
        [],
        "Bearer t",
    )


SIGNED = """
transport:
  kind: http
  base_url: "{{ connection.url }}"
  auth:
    sign: {function: hmac_of_all, arguments: {secret: "{{ connection.password }}"}}
resources:
  rows: {post: /rows, query: {b: 2, a: 1}, json: {x: 1}, key: id}
"""


def signature(
    *, verb: str, path: str, query: tuple[tuple[str, str], ...], body: bytes, secret: str
) -> dict[str, str]:
    text = f"{verb} {path} {sorted(query)} ".encode() + body
    return {"X-Signature": hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()}


def test_request_is_signed_by_a_registered_function() -> None:
    _, _, replay = read(
        SIGNED,
        {
            "request": {"verb": "POST", "path": "/rows", "query": {"a": 1, "b": 2}},
            "answer": {"json": [{"id": 1}]},
        },
        functions={"hmac_of_all": signature},
    )
    expected = signature(
        verb="POST", path="/rows", query=(("a", "1"), ("b", "2")), body=b'{"x":1}', secret="canary"
    )
    assert replay.headers["X-Signature"] == expected["X-Signature"]


def test_signature_that_nobody_registers_is_found() -> None:
    assert [
        found.code
        for found in load_spec(HEAD + SIGNED + TAIL, "other.yaml")[1].findings
        if found.code == "SPEC_UNKNOWN_FUNCTION"
    ] == ["SPEC_UNKNOWN_FUNCTION"]


INNER = """
transport: {kind: http, base_url: "{{ connection.url }}", answer: xml}
resources:
  rows: {get: /export, inner: {at: "entry[].content", answer: xml}, items: lesson, key: id}
"""


@pytest.mark.parametrize(
    ("content", "ids", "codes"),
    [
        ("<![CDATA[<lessons><lesson id='1'/><lesson id='2'/></lessons>]]>", ["1", "2", "9"], []),
        ("&lt;lessons&gt;&lt;lesson id='3'/&gt;&lt;/lessons&gt;", ["3", "9"], []),
        ("<![CDATA[<lessons><lesson]]>", [], ["CONN_TRUNCATED"]),
    ],
)
def test_xml_inside_xml_is_read_as_xml(content: str, ids: list[str], codes: list[str]) -> None:
    document = (
        f"<feed><entry><content>{content}</content></entry>"
        "<entry><content><![CDATA[<lessons><lesson id='9'/></lessons>]]></content></entry></feed>"
    )
    rows, found, _ = read(
        INNER,
        {
            "request": {"path": "/export"},
            "answer": {"headers": {"Content-Type": "text/xml"}, "text": document},
        },
    )
    assert ([row["id"] for row in rows], found) == (ids, codes)


SOAP = """
transport:
  kind: soap
  wsdl: "{{ connection.url }}/wsdl"
  auth: {send: {basic: {username: "{{ connection.user }}", password: "{{ connection.password }}"}}}
resources:
  rows: {soap: Port.Op, key: id}
"""


def test_credentials_follow_no_wsdl_to_another_host() -> None:
    wsdl = (
        '<definitions targetNamespace="t" xmlns="http://schemas.xmlsoap.org/wsdl/" '
        'xmlns:xsd="http://www.w3.org/2001/XMLSchema"><types><xsd:schema targetNamespace="t">'
        '<xsd:import namespace="x" '
        'schemaLocation="https://elsewhere.example/x.xsd"/></xsd:schema></types></definitions>'
    )
    with pytest.raises(SourceError) as caught:
        read(
            SOAP,
            {
                "request": {"path": "/wsdl"},
                "answer": {"headers": {"Content-Type": "text/xml"}, "text": wsdl},
            },
        )
    assert caught.value.code == "CONN_REDIRECTED"
