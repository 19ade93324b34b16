"""Files behind SFTP, from a server on this machine: read, refused, unknown, another one than it
was.
"""

from __future__ import annotations

import os
import socket
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import paramiko
import pytest
from paramiko.common import AUTH_FAILED, AUTH_SUCCESSFUL, OPEN_SUCCEEDED
from paramiko.sftp import SFTP_NO_SUCH_FILE, SFTP_PERMISSION_DENIED

from edusync.errors import CallFailed, EdusyncError
from edusync.transport.files import open_files

if TYPE_CHECKING:
    from collections.abc import Iterator


class Door(paramiko.ServerInterface):
    """Let one user in."""

    def check_auth_password(self, username: str, password: str) -> int:
        return AUTH_SUCCESSFUL if (username, password) == ("edusync", "canary") else AUTH_FAILED

    def check_channel_request(self, kind: str, chanid: int) -> int:
        del kind, chanid
        return OPEN_SUCCEEDED


class Handle(paramiko.SFTPHandle):
    """A file that is open for reading."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.file, self.readfile = file, file.open("rb")

    def stat(self) -> Any:
        return paramiko.SFTPAttributes.from_stat(self.file.stat())


class Shelf(paramiko.SFTPServerInterface):
    """Serve a folder, read-only."""

    root: Path

    def list_folder(self, path: str) -> Any:
        folder = self.root / path.lstrip("/")
        if not folder.is_dir():
            return SFTP_NO_SUCH_FILE
        return [
            paramiko.SFTPAttributes.from_stat(file.stat(), file.name) for file in folder.iterdir()
        ]

    def stat(self, path: str) -> Any:
        file = self.root / path.lstrip("/")
        return (
            paramiko.SFTPAttributes.from_stat(file.stat()) if file.exists() else SFTP_NO_SUCH_FILE
        )

    def open(self, path: str, flags: int, attr: Any) -> Any:
        del attr
        file = self.root / path.lstrip("/")
        if not file.is_file() or flags & (os.O_WRONLY | os.O_RDWR):
            return SFTP_PERMISSION_DENIED
        return Handle(file)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[int, paramiko.PKey]]:
    (tmp_path / "out").mkdir()
    for name, text in (("people.csv", "a;b\n1;2\n"), ("plan-1.ics", "one"), ("plan-2.ics", "two")):
        (tmp_path / "out" / name).write_text(text, encoding="utf-8")
    key = paramiko.ECDSAKey.generate()
    listener = socket.create_server(("127.0.0.1", 0))
    shelf = type("Here", (Shelf,), {"root": tmp_path})
    opened: list[paramiko.Transport] = []

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            transport = paramiko.Transport(connection)
            transport.add_server_key(key)
            transport.set_subsystem_handler("sftp", paramiko.SFTPServer, shelf)
            opened.append(transport)
            try:
                transport.start_server(server=Door())
            except (paramiko.SSHException, EOFError, OSError):
                transport.close()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield listener.getsockname()[1], key
    listener.close()
    for transport in opened:
        transport.close()


def known(key: paramiko.PKey) -> str:
    return f"{key.get_name()} {key.get_base64()}"


def test_files_are_listed_by_pattern_and_read(server: tuple[int, paramiko.PKey]) -> None:
    port, key = server
    files = open_files(
        f"sftp://edusync:canary@127.0.0.1:{port}/out", connect=5, host_key=known(key)
    )
    assert (files.names("plan-*.ics"), files.size("people.csv"), files.read("people.csv")) == (
        ["plan-1.ics", "plan-2.ics"],
        8,
        b"a;b\n1;2\n",
    )
    with pytest.raises(CallFailed):
        files.read("nobody.csv")
    files.close()


@pytest.mark.parametrize(
    ("user", "own_key", "path", "code"),
    [
        ("edusync:wrong-canary", True, "/out", "CONN_AUTH_FAILED"),
        ("edusync:canary", False, "/out", "CONN_NETWORK_BLOCKED"),
        ("edusync:canary", True, "/elsewhere", "CONN_FILE_MISSING"),
    ],
)
def test_server_that_refuses_or_is_another_one_has_a_code(
    server: tuple[int, paramiko.PKey], user: str, own_key: bool, path: str, code: str
) -> None:
    port, key = server
    with pytest.raises(EdusyncError) as caught:
        open_files(
            f"sftp://{user}@127.0.0.1:{port}{path}",
            connect=5,
            host_key=known(key if own_key else paramiko.ECDSAKey.generate()),
        ).names("*")
    assert (caught.value.code, "canary" in str(caught.value)) == (code, False)


@pytest.mark.parametrize(
    ("url", "host_key", "code"),
    [
        ("sftp://edusync:canary@127.0.0.1:9/out", None, "CONN_NETWORK_BLOCKED"),
        ("sftp://edusync:canary@127.0.0.1:9/out", "ssh-ed25519 nonsense", "CONF_WRONG_TYPE"),
        ("https://files.example/out", None, "CONF_URL_INVALID"),
        ("sftp://edusync:canary@127.0.0.1:99999/out", None, "CONF_URL_INVALID"),
        ("sftp://[", None, "CONF_URL_INVALID"),
        ("", None, "CONF_URL_INVALID"),
        (" ", None, "CONF_URL_INVALID"),
        ("/nowhere/at/all", None, "CONN_FILE_MISSING"),
    ],
)
def test_address_that_leads_nowhere_has_a_code(url: str, host_key: str | None, code: str) -> None:
    with pytest.raises(EdusyncError) as caught:
        open_files(url, connect=2, host_key=host_key)
    assert caught.value.code == code


@pytest.mark.fault("F33")
def test_link_out_of_a_folder_does_not_count(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.csv").write_text("x", encoding="utf-8")
    (tmp_path / "in" / "a.csv").write_text("x", encoding="utf-8")
    (tmp_path / "in" / "b.csv").symlink_to(tmp_path / "secret.csv")
    assert open_files(str(tmp_path / "in"), connect=1, host_key=None).names("*.csv") == ["a.csv"]
