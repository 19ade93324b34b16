"""Where an ERP leaves its files: a folder that this machine sees, or one behind SFTP."""

from __future__ import annotations

import os
import socket
from base64 import b64decode
from contextlib import suppress
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import unquote, urlsplit

from edusync.errors import CallFailed, ConfigurationProblem, SourceError
from edusync.transport.judging import Forbidden
from edusync.transport.reach import AddressClosed, check_socket
from edusync.transport.tables import extra

if TYPE_CHECKING:
    from urllib.parse import SplitResult

SSH_PORT = 22


class Files(Protocol):
    """Files by name."""

    def names(self, pattern: str) -> list[str]:
        """Return the names that fit a pattern, in order."""

    def size(self, name: str) -> int:
        """Return the size of a file in bytes."""

    def read(self, name: str) -> bytes:
        """Return the whole file."""

    def write(self, name: str, data: bytes) -> None:
        """Write a file aside and rename it, so that nobody ever sees half of it."""

    def may_write(self) -> bool | None:
        """Whether we may write here, None when only writing would tell."""

    def close(self) -> None:
        """Let go of everything."""


def open_files(url: str, *, connect: float, host_key: str | None) -> Files:
    """Open the folder of a URL; SourceError when it is not there or refuses us.

    No folder at all is not the one we happen to stand in.
    """
    if not url.strip():
        raise ConfigurationProblem(
            "CONF_URL_INVALID",
            "no folder is said",
            "answer with the path of a folder, or with sftp://user@host/folder",
        )
    if "://" not in url or url.startswith("file://"):
        return Folder(Path(unquote(urlsplit(url).path) if "://" in url else url).expanduser())
    if url.startswith("sftp://"):
        return SftpFolder(url, connect=connect, host_key=host_key)
    raise ConfigurationProblem(
        "CONF_URL_INVALID",
        "a folder is a path or begins with sftp://",
        "for files at an HTTP address say kind: http, and answer: csv, xlsx or ics",
    )


class Folder:
    """A folder that this machine sees."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        if not folder.is_dir():
            raise SourceError(
                "CONN_FILE_MISSING",
                f"there is no folder {folder}",
                "check the path and that this machine sees it",
            )

    def names(self, pattern: str) -> list[str]:
        """Return the names that fit a pattern, in order; CallFailed when it is no pattern.

        A link that leads out of the folder does not count.
        """
        inside = self.folder.resolve()
        try:
            paths = list(self.folder.glob(pattern))
        except (ValueError, NotImplementedError):
            raise CallFailed(
                "CONN_FILE_MISSING",
                f"FILE {pattern} is no pattern of files",
                "write a name, or * for a part of one",
            ) from None
        return sorted(
            path.relative_to(self.folder).as_posix()
            for path in paths
            if path.is_file() and path.resolve().is_relative_to(inside)
        )

    def size(self, name: str) -> int:
        """Return the size of a file in bytes."""
        return (self.folder / name).stat().st_size

    def read(self, name: str) -> bytes:
        """Return the whole file."""
        return (self.folder / name).read_bytes()

    def write(self, name: str, data: bytes) -> None:
        """Write a file aside and rename it, so that nobody ever sees half of it."""
        aside = self.folder / f".{name}.part"
        try:
            aside.write_bytes(data)
            aside.replace(self.folder / name)
        except OSError as error:
            raise Forbidden(
                "CONN_ERP_ACCESS_NOT_OPENED", f"FILE {name} cannot be written ({error.strerror})"
            ) from None
        except ValueError:  # a name with NUL
            raise CallFailed("CONN_CALL_FAILED", f"FILE {name!a} is no name of a file") from None

    def may_write(self) -> bool | None:
        """Whether this process may write into the folder."""
        return os.access(self.folder, os.W_OK | os.X_OK)

    def close(self) -> None:
        """Nothing is open."""


class SftpFolder:
    """A folder behind SFTP.

    The host has to be known: by `host_key`, or by the known hosts of this machine.
    """

    def __init__(self, url: str, *, connect: float, host_key: str | None) -> None:
        paramiko = extra("paramiko", "sftp")
        try:
            parts = urlsplit(url)
            host, port = parts.hostname or "", parts.port or SSH_PORT
        except ValueError:
            raise ConfigurationProblem(
                "CONF_URL_INVALID",
                "this is no address of an SFTP server",
                "write it as sftp://user@host:22/folder",
            ) from None
        self.folder, self.lock = PurePosixPath(unquote(parts.path) or "/"), Lock()
        self.client = paramiko.SSHClient()
        self.client.set_missing_host_key_policy(paramiko.RejectPolicy())
        if host_key:
            self._trust(paramiko, host if port == SSH_PORT else f"[{host}]:{port}", host_key)
        else:
            self.client.load_system_host_keys()
        self.sftp = self._signed_in(paramiko, host, port, parts, connect)

    def _trust(self, paramiko: Any, host: str, key: str) -> None:
        """Take a server for what it says when it has this key, and for nothing else."""
        kind, _, text = key.strip().partition(" ")
        try:
            host_key = paramiko.PKey.from_type_string(kind, b64decode(text.split(" ")[0]))
            self.client.get_host_keys().add(host, kind, host_key)
        except (paramiko.SSHException, ValueError):
            raise ConfigurationProblem(
                "CONF_WRONG_TYPE",
                "the host key cannot be read",
                "write it as ssh-keyscan prints it, from the kind on, such as ssh-ed25519",
            ) from None

    def _signed_in(
        self, paramiko: Any, host: str, port: int, parts: SplitResult, connect: float
    ) -> Any:
        """Return the folder of somebody who signed in; SourceError when the server does not let."""
        password = unquote(parts.password) if parts.password else None
        try:
            opened = socket.create_connection((host, port), connect)
            check_socket(opened)
            self.client.connect(
                host,
                port,
                unquote(parts.username or ""),
                password,
                sock=opened,
                timeout=connect,
                banner_timeout=connect,
                auth_timeout=connect,
                look_for_keys=password is None,
                allow_agent=password is None,
            )
            return self.client.open_sftp()
        except paramiko.AuthenticationException:
            raise SourceError(
                "CONN_AUTH_FAILED",
                "the SFTP server refused to sign us in",
                "check user and password, or the key of this machine",
            ) from None
        except paramiko.SSHException as error:
            known = "not found in known_hosts" not in str(error) and "Host key" not in str(error)
            raise SourceError(
                "CONN_NETWORK_BLOCKED",
                "the SFTP server cannot be talked to"
                if known
                else "the SFTP server is not known, or is another one than it was",
                "look at its key with ssh-keyscan, and write it as host_key",
            ) from None
        except AddressClosed as closed:
            hint = "the operator names what may be reached in edusync.yaml"
            raise SourceError("CONN_NETWORK_BLOCKED", str(closed), hint) from None
        except OSError:
            raise SourceError(
                "CONN_NETWORK_BLOCKED",
                "the SFTP server cannot be reached",
                "check host, port and network",
            ) from None

    def names(self, pattern: str) -> list[str]:
        """Return the names that fit a pattern, in order; SFTP folders are not walked."""
        with self.lock:
            try:
                return sorted(
                    name
                    for name in self.sftp.listdir(str(self.folder))
                    if fnmatchcase(name, pattern)
                )
            except OSError:
                raise SourceError(
                    "CONN_FILE_MISSING",
                    "the folder is not there on the SFTP server",
                    "check the path in the URL",
                ) from None

    def size(self, name: str) -> int:
        """Return the size of a file in bytes."""
        return int(self._stat(name).st_size or 0)

    def read(self, name: str) -> bytes:
        """Return the whole file."""
        with self.lock:
            try:
                with self.sftp.open(str(self.folder / name)) as file:
                    file.prefetch()
                    return bytes(file.read())
            except OSError:
                raise CallFailed(
                    "CONN_FILE_MISSING", f"FILE {name} cannot be read on the SFTP server"
                ) from None

    def write(self, name: str, data: bytes) -> None:
        """Write a file aside and rename it, so that nobody ever sees half of it."""
        aside = str(self.folder / f".{name}.part")
        with self.lock:
            try:
                with self.sftp.open(aside, "wb") as file:
                    file.write(data)
                self.sftp.posix_rename(aside, str(self.folder / name))
            except OSError:
                raise Forbidden(
                    "CONN_ERP_ACCESS_NOT_OPENED",
                    f"FILE {name} cannot be written on the SFTP server",
                ) from None

    def may_write(self) -> bool | None:
        """SFTP names the owner of a folder and not who we are there."""
        return None

    def close(self) -> None:
        """Let go of the connection."""
        with suppress(Exception):
            self.client.close()

    def _stat(self, name: str) -> Any:
        with self.lock:
            try:
                return self.sftp.stat(str(self.folder / name))
            except OSError:
                raise CallFailed(
                    "CONN_FILE_MISSING", f"FILE {name} is not there on the SFTP server"
                ) from None
