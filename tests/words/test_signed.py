"""Signed requests without Python: servers that check a signature by their own code."""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, quote

import pytest
from ruamel.yaml import YAML
from werkzeug.wrappers import Request, Response

from edusync.app.authoring.key_examples import key_examples
from edusync.app.runs.moment import Moment
from edusync.engine.read.source import Tools
from edusync.spec.language.expressions import compile_template
from edusync.spec.language.filters import BUILT_IN
from edusync.testing.recording import record
from tests.bugs.wire import Soap, Wire
from tests.little import lesson, person

KEY = "s3cret-of-the-school"
ROWS = {
    "/lessons": [lesson(1), lesson(2)],
    "/teachers": [person(70), person(71)],
    "/learners": [person(1), person(2)],
}
AT = datetime(2026, 3, 16, 10, 30, tzinfo=UTC)
"""When the runs of these tests are."""


def _enc(text: str) -> str:
    return quote(text, safe="-_.~")


def _sorted(pairs: list[tuple[str, str]]) -> str:
    return "&".join(f"{n}={v}" for n, v in sorted((_enc(n), _enc(v)) for n, v in pairs))


def _pairs(request: Request, without: str = "") -> list[tuple[str, str]]:
    query = request.query_string.decode()
    return [one for one in parse_qsl(query, keep_blank_values=True) if one[0] != without]


# each scheme: how a spec says it, and how the server checks


def _like_aws(request: Request) -> bool:
    """AWS Signature, version 4, as its documentation describes it."""
    stamp = request.headers["X-Amz-Date"]
    if abs(datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC) - AT) > timedelta(0):
        return False
    body = hashlib.sha256(request.get_data()).hexdigest()
    whole = "\n".join(
        [
            request.method,
            request.path,
            _sorted(_pairs(request)),
            f"host:{request.host}\nx-amz-date:{stamp}\n",
            "host;x-amz-date",
            body,
        ]
    )
    scope = f"{stamp[:8]}/eu-west-3/planning/aws4_request"
    to_sign = "\n".join(
        ["AWS4-HMAC-SHA256", stamp, scope, hashlib.sha256(whole.encode()).hexdigest()]
    )
    key = f"AWS4{KEY}".encode()
    for part in (stamp[:8], "eu-west-3", "planning", "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    signature = hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()
    wanted = (
        f"AWS4-HMAC-SHA256 Credential=school/{scope}, SignedHeaders=host;x-amz-date, "
        f"Signature={signature}"
    )
    return request.headers.get("Authorization") == wanted


AWS = {
    "send": {"headers": {"X-Amz-Date": "{{ request.now | stamp }}"}},
    "sign": {
        "headers": {
            "Authorization": (
                "AWS4-HMAC-SHA256 Credential=school/"
                "{{ request.now | short }}/eu-west-3/planning/aws4_request, "
                "SignedHeaders=host;x-amz-date, Signature="
                "{{ ['AWS4-HMAC-SHA256', request.now | stamp,"
                " (request.now | short) ~ '/eu-west-3/planning/aws4_request',"
                " [request.verb, request.path, request.query,"
                "  'host:' ~ request.host, 'x-amz-date:' ~ request.headers['x-amz-date'], '',"
                "  'host;x-amz-date', request.body | digest] | join('\n') | digest"
                "] | join('\n') | hmac('aws4_request' | hmac('planning' | hmac('eu-west-3'"
                " | hmac((request.now | short) | hmac('AWS4' ~ connection.key, 'sha256', 'raw'),"
                " 'sha256', 'raw'), 'sha256', 'raw'), 'sha256', 'raw')) }}"
            )
        }
    },
}


def _like_oauth1(request: Request) -> bool:
    """OAuth 1.0, HMAC-SHA1 (RFC 5849), with its parameters in the query."""
    pairs = _pairs(request, without="oauth_signature")
    found = dict(pairs)
    if found["oauth_timestamp"] != str(int(AT.timestamp())) or len(found["oauth_nonce"]) < 16:
        return False
    pairs += list(request.form.items())
    base = "&".join(map(_enc, [request.method, request.base_url, _sorted(pairs)]))
    made = hmac.new(f"{KEY}&".encode(), base.encode(), hashlib.sha1).digest()
    return request.args["oauth_signature"] == b64encode(made).decode()


OAUTH1 = {
    "send": {
        "query": {
            "oauth_consumer_key": "school",
            "oauth_nonce": "{{ request.nonce }}",
            "oauth_signature_method": "HMAC-SHA1",
            "oauth_timestamp": "{{ request.now | epoch }}",
            "oauth_version": "1.0",
        }
    },
    "sign": {
        "query": {
            "oauth_signature": (
                "{{ [request.verb, request.url, request.parameters] | percent | join('&')"
                " | hmac(connection.key ~ '&', 'sha1', 'base64') }}"
            )
        }
    },
}


def _like_checksums(request: Request) -> bool:
    """A checksum of the query as it was sent, and the secret behind it."""
    sent = request.query_string.decode().rpartition("checksum=")[0].rstrip("&")
    made = hashlib.sha1(f"{request.path}{sent}{KEY}".encode()).hexdigest()  # noqa: S324 - theirs
    return request.args.get("checksum") == made


CHECKSUM = {
    "sign": {
        "query": {
            "checksum": (
                "{{ (request.path ~ request.sent_query ~ connection.key) | digest('sha1') }}"
            )
        }
    }
}


def _like_azure(request: Request) -> bool:
    """The date, the host and the digest of the body, by SHA-512 in base64."""
    body = b64encode(hashlib.sha512(request.get_data()).digest()).decode()
    if request.headers.get("X-Content") != body:
        return False
    query = request.query_string.decode()
    path = f"{request.path}?{query}" if query else request.path
    text = f"{request.method}\n{path}\n{request.headers['X-Date']};{request.host};{body}"
    made = b64encode(hmac.new(KEY.encode(), text.encode(), hashlib.sha512).digest()).decode()
    return request.headers.get("Authorization") == f"HMAC-SHA512 Signature={made}"


AZURE = {
    "send": {"headers": {"X-Date": "{{ request.now | stamp }}"}},
    "sign": {
        "headers": {
            "X-Content": "{{ request.body | digest('sha512', 'base64') }}",
            "Authorization": (
                "HMAC-SHA512 Signature={{ (request.verb ~ '\n' ~ request.path ~"
                " ('?' if request.sent_query else '') ~ request.sent_query ~ '\n'"
                " ~ request.headers['x-date'] ~ ';' ~ request.host ~ ';'"
                " ~ (request.body | digest('sha512', 'base64')))"
                " | hmac(connection.key, 'sha512', 'base64') }}"
            ),
        }
    },
}
SCHEMES: dict[str, tuple[dict[str, Any], Callable[[Request], bool]]] = {
    "aws": (AWS, _like_aws),
    "oauth1": (OAUTH1, _like_oauth1),
    "checksum": (CHECKSUM, _like_checksums),
    "azure": (AZURE, _like_azure),
}
CALLS: dict[str, dict[str, Any]] = {
    "get": {"get": "", "query": {"b": "é à/+ ~*", "a": ["2", "1"], "c": "{{ window.first }}"}},
    "form": {"post": "", "form": {"z": "é+ &=", "y": "1"}, "query": {"q": "x y"}},
    "json": {"post": "", "json": {"from": "{{ window.first }}", "n": 1}},
    "xml": {"post": "", "xml": "<ask>é</ask>"},
}


def _guarded(wire: Wire, holds: Callable[[Request], bool]) -> list[str]:
    """Let the ERP answer only what is signed; return what it refused."""
    refused: list[str] = []

    def answer(rows: Any) -> Callable[[Request], Response]:
        def guarded(request: Request) -> Response:
            if not holds(request):
                refused.append(f"{request.method} {request.full_path}")
                return Response("{}", 401, content_type="application/json")
            return Response(json.dumps(rows), content_type="application/json")

        return guarded

    for path, rows in ROWS.items():
        wire.rows[path] = answer(rows)
    wire.spec["connection"]["key"] = {"type": "secret", "label": "Key"}
    wire.connector["connection"] = {"url": wire.url, "key": "${file:signing}"}
    (wire.folder / "signing").write_text(KEY, encoding="utf-8")
    wire.spec["formats"] |= {
        "stamp": {"kind": "moment", "pattern": "%Y%m%dT%H%M%SZ", "zone": "UTC"},
        "short": {"kind": "moment", "pattern": "%Y%m%d", "zone": "UTC"},
        "epoch": {"kind": "moment", "epoch": "seconds"},
    }
    return refused


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_request_is_signed_by_what_the_spec_says(wire: Wire, scheme: str, call: str) -> None:
    auth, holds = SCHEMES[scheme]
    refused = _guarded(wire, holds)
    wire.spec["transport"]["auth"] = auth
    for path in ROWS:
        data = wire.spec["resources"][path[1:]]
        del data["get"]
        data |= {key: value or path for key, value in CALLS[call].items()}
    ended = wire.down()
    assert (ended.code, refused) == (0, []), ended.said
    assert ended.students == {"1": ["1", "2"], "2": ["1", "2"]}


def test_another_key_is_refused_and_in_no_message(wire: Wire) -> None:
    """The checks of the server can fail, and no secret is printed."""
    auth, holds = SCHEMES["aws"]
    refused = _guarded(wire, holds)
    wire.spec["transport"]["auth"] = auth
    (wire.folder / "signing").write_text("another-secret-key", encoding="utf-8")
    ended = wire.down()
    assert ended.code == 5
    assert refused
    assert "another-secret-key" not in ended.said


def test_each_try_has_a_nonce_of_its_own(wire: Wire) -> None:
    seen: list[str] = []

    def answer(request: Request) -> Response:
        seen.append(request.headers["X-Nonce"])
        return Response("", 502)

    wire.rows["/lessons"] = answer
    wire.spec["transport"]["auth"] = {"send": {"headers": {"X-Nonce": "{{ request.nonce }}"}}}
    wire.sync()
    assert len({*seen}) == len(seen) == 3


def test_recording_of_signed_requests_replays(wire: Wire) -> None:
    """What signs is another each time: a case takes whatever stands there."""
    auth, holds = SCHEMES["oauth1"]
    refused = _guarded(wire, holds)
    wire.spec["transport"]["auth"] = auth
    moment = Moment(AT, Tools(lambda: 0.0, lambda _seconds: None))
    folder = wire.folder / "cases"
    made = record(wire.instance(), wire.registry, moment, folder, name="nominal", limit=5)
    assert (made.unlike, refused) == ([], [])
    text = (folder / "nominal" / "exchanges.yaml").read_text(encoding="utf-8")
    assert KEY not in text
    assert '"oauth_signature": "*"' in text
    assert '"oauth_consumer_key": "school"' in text


def _signed_with_its_stamp(request: Request) -> bool:
    parts = (request.method, request.path, request.headers.get("X-Stamp", ""))
    text = "".join(parts).encode() + request.get_data()
    made = hmac.new(KEY.encode(), text, hashlib.sha256).hexdigest()
    return request.headers.get("X-Sign") == made


def _signs_in(wire: Wire, *, login: bool) -> list[str]:
    """Let the ERP answer signed requests alone, the sign-in too; return what it refused."""
    refused = _guarded(wire, lambda one: one.headers.get("X-Token") == "t")
    whole = "(request.verb ~ request.path ~ (request.now | stamp) ~ request.body)"
    headers = {
        "X-Stamp": "{{ request.now | stamp }}",
        "X-Sign": f"{{{{ {whole} | hmac(connection.key) }}}}",
    }
    wire.spec["transport"]["auth"] = {
        "login": [{"post": "/login", "json": {"user": "u"}, "read": {"token": "token"}}],
        "send": {"headers": {"X-Token": "{{ auth.token }}"}},
        "sign": {"headers": headers, **({"login": True} if login else {})},
    }

    def enter(request: Request) -> Response:
        holds = _signed_with_its_stamp(request)
        if not holds:
            refused.append("POST /login")
        return Response('{"token": "t"}', 200 if holds else 401, content_type="application/json")

    wire.rows["/login"] = enter
    return refused


def test_steps_that_sign_in_are_signed_where_the_spec_says_so(wire: Wire) -> None:
    refused = _signs_in(wire, login=True)
    ended = wire.down()
    assert (ended.code, refused) == (0, []), ended.said


def test_steps_that_sign_in_carry_only_what_they_say_otherwise(wire: Wire) -> None:
    refused = _signs_in(wire, login=False)
    assert wire.down().code == 5
    assert {*refused} == {"POST /login"}


def test_envelope_of_soap_is_signed_as_it_is_sent(wire: Wire, soap: Soap) -> None:
    held: list[bool] = []
    serve = wire.rows["/svc"]

    def answer(request: Request) -> Response:
        made = hmac.new(b"k", request.get_data(), hashlib.sha256).hexdigest()
        held.append(request.headers.get("X-Sign") == made)
        answered: Response = serve(request)
        return answered

    wire.rows["/svc"] = answer
    sign = {"headers": {"X-Sign": "{{ request.body | hmac('k') }}"}}
    wire.spec["transport"]["auth"] = {"sign": sign}
    assert wire.down().code == 0
    assert held == [True] * len(soap.asked)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{{ request.body | hmac([''][0]) }}", "needs a key that is not empty"),
        ("{{ request.body | hmac('k', ['md5'][0]) }}", "no digest is called 'md5'"),
        ("{{ request.body | hmac('k', 'sha256', ['hexx'][0]) }}", "not as 'hexx'"),
        ("a{{ request.body | hmac('k', 'sha256', 'raw') }}", "raw bytes are no text"),
    ],
)
def test_signature_that_cannot_be_made_is_named_and_nothing_is_sent(
    wire: Wire, text: str, words: str
) -> None:
    wire.spec["transport"]["auth"] = {"sign": {"headers": {"X-Sign": text}}}
    ended = wire.down()
    assert words in ended.said
    assert wire.seen.asked == []


def test_example_of_the_reference_signs_the_whole() -> None:
    example = YAML(typ="safe").load(key_examples()["$auth.steps.sign", "headers"].yaml)
    names = {"request": {"verb": "GET", "path": "/lessons"}, "connection": {"key": KEY}}
    made = compile_template(example["headers"]["X-Signature"], BUILT_IN).run({}, names)
    assert made == hmac.new(KEY.encode(), b"GET/lessons", hashlib.sha256).hexdigest()


def test_filters_agree_with_the_published_examples() -> None:
    """RFC 4231, case 2; RFC 2202, case 2; FIPS 180-2, appendix B.1."""
    text, key = "what do ya want for nothing?", "Jefe"
    assert BUILT_IN["hmac"](text, key) == (
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    )
    assert BUILT_IN["hmac"](text, key, "sha1") == "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"
    assert BUILT_IN["digest"]("abc") == (
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )
    assert BUILT_IN["percent"]("a b/é~") == "a%20b%2F%C3%A9~"
