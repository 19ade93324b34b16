"""Confine this process, so that a spec that somebody types reaches nothing and ends.

The language is a sandbox by itself: this is the wall around it. Limits of memory and time are the
system's; files, sockets, processes and databases are refused by an audit hook, which cannot be
taken off again. Where there are no such limits (Windows) nothing is played.
"""

from __future__ import annotations

import mimetypes
import os
import sqlite3
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, event

from edusync.locale import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

MEMORY = 1024 * 1024 * 1024
"""Bytes of address space."""
SECONDS = 20
"""Of the processor; whoever waits for the answer gives up before."""
_LARGEST_FILE = 64 * 1024 * 1024
_NEVER = (
    "ctypes.",
    "os.exec",
    "os.fork",
    "os.kill",
    "os.posix_spawn",
    "os.spawn",
    "os.system",
    "pty.spawn",
    "socket.gethostby",
    "socket.getnameinfo",
    "socket.sendmsg",
    "socket.sendto",
    "sqlite3.enable_load_extension",
    "subprocess.Popen",
)
_LOOKS = {"os.listdir", "os.scandir"}
_CHANGES = {
    "os.chflags": 1,
    "os.chmod": 1,
    "os.chown": 1,
    "os.link": 2,
    "os.mkdir": 1,
    "os.remove": 1,
    "os.removexattr": 1,
    "os.rename": 2,
    "os.rmdir": 1,
    "os.setxattr": 1,
    "os.symlink": 2,
    "os.truncate": 1,
    "os.utime": 1,
    "sqlite3.connect": 1,
}
"""Events that change files, and how many of their arguments name one."""
_TO_WRITE = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_DEVICES = {"/dev/null", "/dev/urandom"}
_LOCAL = "127.0.0.1"


class Refused(PermissionError):
    """Something that a spec reaches for and that is not there in the playground."""


def is_possible() -> bool:
    """Whether this system can hold a process within limits."""
    return sys.platform != "win32"


def confine(folder: Path, readable: Sequence[Path]) -> None:
    """Let this process write below `folder` alone, and read there, in itself and in `readable`.

    It may speak to what it serves itself on this machine, and to nobody else. It stands in
    `folder` from now on.
    """
    _limit()
    sys.dont_write_bytecode = True
    mimetypes.init()  # reads files of the system, once
    os.chdir(folder)
    tempfile.tempdir = str(folder)
    known = [*_code(), Path("/usr/share/zoneinfo"), *(one.resolve() for one in readable)]
    sys.addaudithook(_watch(str(folder.resolve()), tuple(map(str, known))))
    event.listen(Engine, "do_connect", _only_sqlite)
    event.listen(Engine, "connect", _one_database)


def _limit() -> None:
    import resource

    for limit, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, _LARGEST_FILE),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(limit)[1]
        top = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(limit, (top, top))


def _code() -> Iterator[Path]:
    """Yield where modules are read from; of a checkout only its code and what travels with it."""
    for prefix in {sys.prefix, sys.base_prefix}:
        yield from ((Path(prefix) / name).resolve() for name in ("lib", "lib64"))
    for place in set(sys.path) - {"", "/", sys.prefix, sys.base_prefix}:
        if (Path(place) / "pyproject.toml").is_file():
            parts = ("edusync", "edusync_plugins", "plugins", "specs", "schemas")
            yield from ((Path(place) / name).resolve() for name in parts)
        else:
            yield Path(place).resolve()


def _watch(folder: str, known: tuple[str, ...]) -> Callable[[str, tuple[Any, ...]], None]:
    """Return what sees every event of the interpreter before it happens, and refuses some."""
    served: list[Any] = []

    def look(name: str, arguments: tuple[Any, ...]) -> None:
        if name == "open":
            writes = bool((arguments[2] or 0) & _TO_WRITE)
            _check(arguments[0], (folder,) if writes else (folder, *known))
        elif name in _LOOKS:
            _check(arguments[0], (folder, *known))
        elif name in _CHANGES:
            for at in arguments[: _CHANGES[name]]:
                _check(at, (folder,))
        elif name == "socket.bind":
            if arguments[1][:1] != (_LOCAL,):
                raise Refused(_("There is no network in the playground."))
            served.append(arguments[0])
        elif name == "socket.connect":
            ports = [one.getsockname()[1] for one in served if one.fileno() >= 0]
            if arguments[1][0] != _LOCAL or arguments[1][1] not in ports:
                raise Refused(_("There is no network in the playground."))
        elif name == "socket.getaddrinfo":
            if arguments[0] != _LOCAL:
                raise Refused(_("There is no network in the playground."))
        elif name.startswith(_NEVER):
            raise Refused(_("{what} is not there in the playground.", what=name))

    return look


def _check(at: Any, below: tuple[str, ...]) -> None:
    """Refuse what does not lie below one of some folders; open files are known already."""
    if at is None or isinstance(at, int):
        return
    path = os.fsdecode(at)
    place = os.path.realpath(path)
    is_below = any(place == one or place.startswith(f"{one}{os.sep}") for one in below)
    if path.startswith("file:") or not (is_below or place in _DEVICES):
        raise Refused(_("This file is not there in the playground."))


def _only_sqlite(dialect: Any, *more: Any) -> None:
    del more
    if dialect.name != "sqlite":
        raise Refused(_("There is no network in the playground."))


def _one_database(connection: Any, record: Any) -> None:
    """Let a database not reach for another file."""
    del record

    def may(action: int, first: str | None, *more: str | None) -> int:
        del more
        leads_out = action == sqlite3.SQLITE_ATTACH or (
            action == sqlite3.SQLITE_PRAGMA and str(first).endswith("_directory")
        )
        return sqlite3.SQLITE_DENY if leads_out else sqlite3.SQLITE_OK

    connection.set_authorizer(may)
