"""TLS is verified on both sides, and nothing is asked of a server that is not believed (P20).

An authority of the school's own is named for one connector.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import trustme
from werkzeug.serving import make_server

from tests.conftest import World
from tests.support.commands import edusync

pytestmark = pytest.mark.promise("P20")

AT = ("--at", "2026-03-16T11:30")
CA = trustme.CA()
STRANGER = trustme.CA()
LAST_YEAR = datetime.now(UTC) - timedelta(days=365)


def certificate(kind: str) -> trustme.LeafCert:
    """Return what a server shows; all but those of a stranger are signed by the school's own."""
    match kind:
        case "of a stranger":
            return STRANGER.issue_cert("localhost")
        case "expired":
            return CA.issue_cert("localhost", not_after=LAST_YEAR)
        case "of another host":
            return CA.issue_cert("erp.example")
    return CA.issue_cert("localhost")


def speak_the_old_way(context: ssl.SSLContext) -> None:
    """Let one side of a connection speak TLS 1.0, and nothing newer."""
    context.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning, match="TLSv1"):
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1


@contextmanager
def serving(application: Any, kind: str) -> Iterator[str]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate(kind).configure_cert(context)
    if kind == "of a server that speaks TLS 1.0 only":
        speak_the_old_way(context)
    server = make_server("localhost", 0, application, threaded=True, ssl_context=context)
    server.log = lambda *_said: None  # type: ignore[method-assign]  # it says each handshake
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"https://localhost:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def ca(tmp_path: Path) -> str:
    """Return the file of the school's own authority."""
    file = tmp_path / "school.pem"
    CA.cert_pem.write_to_path(file)
    return str(file)


def write(world: World, url: str, ca: str) -> None:
    """Write the file of a school whose ERP is at an address, with an authority of its own."""
    answers = world.simulation.answers(url)
    world.write(connection={**answers["connection"], "ca": ca}, options=dict(answers["options"]))


def checked(world: World) -> tuple[int, str]:
    done = edusync("check", str(world.file), "--state", str(world.state), *AT)
    return done.returncode, done.stdout + done.stderr


NOT_BELIEVED = (
    "of a stranger",
    "expired",
    "of another host",
    "of a server that speaks TLS 1.0 only",
)


def test_server_of_an_old_protocol_lets_in_who_speaks_it(make_world: Callable[..., World]) -> None:
    with serving(make_world("aurion").erp, NOT_BELIEVED[-1]) as url:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        CA.configure_trust(context)
        speak_the_old_way(context)
        at = ("localhost", int(url.rpartition(":")[2]))
        with (
            socket.create_connection(at, timeout=5) as plain,
            context.wrap_socket(plain, server_hostname="localhost") as spoken,
        ):
            assert spoken.version() == "TLSv1"


@pytest.mark.fault("F23")
@pytest.mark.parametrize("kind", NOT_BELIEVED)
def test_erp_that_is_not_believed_is_asked_nothing(
    make_world: Callable[..., World], ca: str, kind: str
) -> None:
    world = make_world("aurion")
    with serving(world.erp, kind) as url:
        write(world, url, ca)
        world.erp.seen.clear()
        code, said = checked(world)
    assert (code, world.erp.seen) == (5, [])
    assert "CONN_NETWORK_BLOCKED" in said


@pytest.mark.fault("F23")
@pytest.mark.parametrize("kind", NOT_BELIEVED)
def test_edusign_that_is_not_believed_gets_no_key(
    make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch, ca: str, kind: str
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", ca)
    world = make_world("ypareo")
    with serving(world.app, kind) as url:
        key = {"base_url": url, "api_key": "${file:key}"}
        world.write(accounts=[{"name": "main", "edusign": key}])
        code, said = checked(world)
    assert (code, world.book.requests) == (5, [])
    assert "EDU_UNREACHABLE" in said


def test_authority_of_the_school_is_believed_for_its_connector(
    make_world: Callable[..., World], ca: str
) -> None:
    world = make_world("aurion")
    with serving(world.erp, "well") as url:
        write(world, url, ca)
        code, said = checked(world)
        assert code == 0, said
        write(world, url, "")
        code, said = checked(world)
    assert (code, "CONN_NETWORK_BLOCKED" in said) == (5, True)
