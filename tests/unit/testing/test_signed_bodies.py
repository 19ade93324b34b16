"""What signs a request stands anywhere in it, and is another each time: a case takes any."""

from __future__ import annotations

import json

import pytest
import requests

from edusync.spec import load_spec
from edusync.testing.replay import Replay, Unexpected
from edusync.testing.sessions import any_session, signed_with

TOKEN = """<w:Token xmlns:w="urn:w"><w:User>{{ connection.user }}</w:User>
<w:Digest Type="x">{{ (request.nonce ~ connection.key) | digest('sha1') }}</w:Digest>
<w:Nonce>{{ request.nonce | base64 }}</w:Nonce></w:Token>"""
SENDS = {
    "soap_header": ({"soap_header": TOKEN}, {"Digest", "Nonce"}),
    "arguments": ({"arguments": {"Stamp": "{{ request.now | iso }}", "User": "u"}}, {"Stamp"}),
    "form": ({"form": {"sign": "{{ connection.key | digest }}", "u": "u"}}, {"sign"}),
    "json": ({"json": {"a": {"sign": "{{ request.nonce | hmac(connection.key) }}"}}}, {"sign"}),
    "xml": ({"xml": "<t>{{ request.nonce }}</t><u>{{ connection.user }}</u>"}, {"t"}),
    "query": ({"query": {"n": "{{ request.nonce }}", "u": "{{ connection.user }}"}}, {"n"}),
}


def spec_with(send: object, *, kind: str) -> str:
    where = {"kind": "soap", "wsdl": "{{ connection.url }}"} if kind == "soap" else {
        "kind": "http", "base_url": "{{ connection.url }}",
    }  # fmt: skip
    call = {"soap": "Port.All"} if kind == "soap" else {"get": "/all"}
    person = {"from": "all", "source_id": "id", "last_name": "l", "first_name": "f", "email": "m"}
    return json.dumps(
        {
            "edusync": 1,
            "connector": "s",
            "label": "S",
            "connection": {
                "url": {"type": "url", "label": "U"},
                "user": {"type": "text", "label": "U", "optional": True, "help": "H"},
                "key": {"type": "secret", "label": "K", "optional": True, "help": "H"},
            },
            "transport": {**where, "auth": {"send": send}},
            "resources": {"all": {**call, "key": "id"}},
            "entities": {"student": person, "professor": person},
            "rules": {"people_without_sheet": "create"},
        }
    )


@pytest.mark.parametrize("word", SENDS)
def test_names_of_what_is_another_each_time_are_known(
    word: str,
) -> None:
    send, names = SENDS[word]
    kind = "soap" if word in {"soap_header", "arguments"} else "http"
    spec, document = load_spec(spec_with(send, kind=kind), "s.yaml")
    assert spec is not None, document.findings
    assert signed_with(spec) == names


BODIES = [
    ({"a": {"sign": "1"}, "b": 2}, {"a": {"sign": "2"}, "b": 2}, {"a": {"sign": "1"}, "b": 3}),
    ([{"sign": "1"}], [{"sign": "2"}], [{"sign": "1"}, {}]),
    (
        '<E xmlns:w="u"><w:sign T="x">1</w:sign><b>2</b></E>',
        '<E xmlns:w="u"><w:sign T="x">2=</w:sign><b>2</b></E>',
        '<E xmlns:w="u"><w:sign T="x">1</w:sign><b>3</b></E>',
    ),
]


@pytest.mark.parametrize(("recorded", "other", "else_"), BODIES)
def test_case_answers_whatever_the_signature_is_and_nothing_else(
    recorded: object, other: object, else_: object
) -> None:
    request = any_session({"verb": "POST", "path": "/x", "body": recorded}, (), {"sign"})
    replay = Replay([{"request": request, "answer": {"json": {"ok": 1}}}])

    def asked(body: object) -> requests.Response:
        is_text = isinstance(body, str)
        given = {"data": body} if is_text else {"json": body}
        return replay.send(requests.Request("POST", "https://e.example/x", **given).prepare())

    assert [asked(one).json() for one in (recorded, other)] == [{"ok": 1}] * 2
    with pytest.raises(Unexpected):
        asked(else_)
