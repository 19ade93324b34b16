"""Which addresses are reached is the operator's setting, whatever name leads there."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from edusync.errors import EdusyncError, SourceError
from edusync.sandbox.serve import serving
from edusync.transport.client import HttpClient
from edusync.transport.database import Database
from edusync.transport.files import SftpFolder
from edusync.transport.message import Request
from edusync.transport.reach import AddressClosed, check_address, restrict
from edusync.transport.session import ConnectionLost
from tests.conftest import World
from tests.support.commands import edusync


@pytest.fixture(autouse=True)
def unrestricted() -> Iterator[None]:
    yield
    restrict(None)


CLOSED = [
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",  # noqa: S104 - an address that is asked for
    "224.0.0.1",
    "::1",
    "::",
    "fd00::1",
    "fe80::1%eth0",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "::127.0.0.1",
    "::ffff:0:10.0.0.1",
    "64:ff9b::127.0.0.1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::a00:1",
    "2002:7f00:1::",
    "2002:c0a8:101::1",
    "2001:0:a00:1::1",
    "fec0::1",
    "192.88.99.1",
    "2002:c058:6301::",
]


@pytest.mark.fault("F32")
@pytest.mark.promise("P19")
@pytest.mark.parametrize("address", CLOSED)
def test_no_private_address_is_reached_unless_it_is_named(address: str) -> None:
    check_address(address)
    restrict([])
    with pytest.raises(AddressClosed):
        check_address(address)
    plain = ip_address(address.partition("%")[0])
    restrict(["0.0.0.0/0", "::/0"])
    check_address(address)
    assert plain is not None


def test_public_addresses_are_reached() -> None:
    restrict([])
    public = ("193.51.24.1", "2001:660::1", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::")
    assert [check_address(address) for address in public] == [None] * 5  # type: ignore[func-returns-value]  # or it raises


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []

    def answer(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        asked.append(environ["PATH_INFO"])
        start_response("200 OK", [("Content-Type", "application/json")])
        return [b"{}"]

    with serving(answer) as address:
        yield address, asked


@pytest.mark.fault("F32")
@pytest.mark.promise("P19")
@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "127.1"])
def test_nothing_is_sent_whatever_the_address_is_called(
    server: tuple[str, list[str]], name: str
) -> None:
    address, asked = server
    client = HttpClient(
        address.replace("127.0.0.1", name), connect=5, read=5, most_bytes=1000, at_once=1
    )
    restrict(["10.0.0.0/8"])
    with pytest.raises(ConnectionLost) as lost:
        client.send(Request("GET", "/x"))
    restrict(["127.0.0.0/8"])
    client.send(Request("GET", "/y"))
    client.session.close()
    assert (asked, lost.value.sent) == (["/y"], False)
    assert "`network.private` does not name it" in str(lost.value)


@pytest.mark.fault("F32")
def test_a_database_and_an_sftp_server_are_judged_too() -> None:
    restrict([])
    for url in (
        "postgresql://postgres@127.0.0.1/postgres",
        "postgresql://postgres@/postgres?host=127.0.0.1",
        "mysql://root@localhost/mysql",
    ):
        with pytest.raises(SourceError, match="no public address"):
            Database(url, connect=5, at_once=1, charset=None, trim=False)


@pytest.mark.fault("F32")
def test_an_sftp_server_is_judged_by_its_socket(server: tuple[str, list[str]]) -> None:
    restrict([])
    where = server[0].replace("http://", "sftp://user:x@")
    with pytest.raises(SourceError, match="no public address"):
        SftpFolder(where, connect=5, host_key=None)


def test_a_project_says_what_its_connectors_reach(world: World, tmp_path: Path) -> None:
    fleet = tmp_path / "fleet"
    (fleet / "connectors").mkdir(parents=True)
    file = fleet / "connectors" / "school.yaml"
    text = world.file.read_text(encoding="utf-8")
    file.write_text(text.replace("${file:key}", f"${{file:{world.folder / 'key'}}}"))
    at = ["--at", world.now.isoformat()]
    for private, code in (([], 5), (["127.0.0.1"], 0)):
        project = {"edusync": 1, "network": {"private": private}}
        (fleet / "edusync.yaml").write_text(json.dumps(project), encoding="utf-8")
        said = edusync("plan", "school", *at, cwd=fleet)
        assert said.returncode == code, said.stdout + said.stderr
        assert ("is no public address" in said.stderr) is (code == 5)


class Rebound:
    """A name that leads to other addresses each time that it is looked up."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
        self.answers, self.asked = list(answers), 0
        self.really = socket.getaddrinfo
        monkeypatch.setattr(socket, "getaddrinfo", self)

    def __call__(self, host: str, port: Any, *args: Any, **more: Any) -> Any:
        if host != NAME:
            return self.really(host, port, *args, **more)
        self.asked += 1
        address = self.answers[min(self.asked, len(self.answers)) - 1]
        return self.really(address, port, *args, **more)


NAME = "db.school.example"
PUBLIC = "193.51.24.1"


@pytest.mark.fault("F32")
@pytest.mark.promise("P19")
@pytest.mark.parametrize("scheme", ["postgresql", "mysql", "mariadb"])
def test_a_database_whose_name_leads_elsewhere_by_then_is_not_reached(
    monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        port = server.getsockname()[1]
        names = Rebound(monkeypatch, PUBLIC, "127.0.0.1")
        restrict([])
        url = f"{scheme}://user:secret@{NAME}:{port}/school"
        database = Database(url, connect=2, at_once=1, charset=None, trim=False)
        with pytest.raises(SourceError, match="no public address"):
            list(database.rows("select 1", {}, "a list"))
        database.close()
        assert names.asked > 1
        if scheme == "postgresql":  # PyMySQL's socket is judged once it is open, before a byte
            with pytest.raises(TimeoutError):
                server.accept()


@pytest.mark.fault("F32")
@pytest.mark.parametrize("scheme", ["postgresql", "mysql"])
def test_the_address_that_was_judged_is_the_one_that_is_dialled(
    monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    """The driver knows no such name: it is told the address, or handed the socket."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        Rebound(monkeypatch, "127.0.0.1")
        restrict(["127.0.0.1/32"])
        url = f"{scheme}://user:secret@{NAME}:{server.getsockname()[1]}/school"
        database = Database(url, connect=1, at_once=1, charset=None, trim=False, read=1)
        asking = Thread(target=lambda: _ask(database), daemon=True)
        asking.start()
        server.settimeout(10)
        server.accept()[0].close()
        asking.join(timeout=10)
        database.close()
    assert not asking.is_alive()


def _ask(database: Database) -> None:
    with suppress(EdusyncError):
        list(database.rows("select 1", {}, "a list"))


@pytest.mark.fault("F32")
@pytest.mark.promise("P19")
@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://user@{PUBLIC}/school?hostaddr=127.0.0.1",
        f"postgresql://user@{PUBLIC}/school?host=/var/run/postgresql",
        f"postgresql://user@{PUBLIC}/school?host={PUBLIC}&host=127.0.0.1",
        f"mysql://user@{PUBLIC}/school?unix_socket=/run/mysqld/mysqld.sock",
        f"mysql://user@{PUBLIC}/school?host=127.0.0.1",
    ],
)
def test_words_of_a_driver_lead_to_no_other_address(url: str) -> None:
    restrict([])
    with pytest.raises(SourceError, match="no public address"):
        asked(url)


def asked(url: str) -> list[Any]:
    database = Database(url, connect=1, at_once=1, charset=None, trim=False)
    return list(database.rows("select 1", {}, "a list"))
