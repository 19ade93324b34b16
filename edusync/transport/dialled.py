"""Where a database is looked for: at an address that was judged, whatever its name leads to later.

A driver opens its socket itself, and looks the name up once more. PostgreSQL's is told the address
that was judged, MySQL's is handed a socket; SQL Server's looks for itself, and only its first
answer is known.
"""

from __future__ import annotations

import socket
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import event

from edusync.errors import SourceError
from edusync.transport.reach import (
    AddressClosed,
    addresses_of,
    check_address,
    check_host,
    check_socket,
    is_restricted,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Engine

_HERE = "127.0.0.1"
_SOCKETS = ("/", "@")
"""What the name of a socket of this machine begins with, in place of a host."""


def dial_judged(engine: Engine, connect: float) -> None:
    """Let an engine reach no address but those that may be reached; SourceError for others.

    At once where the name leads to one, and at each connection. `connect` are its seconds.
    """
    if engine.dialect.name == "sqlite" or not is_restricted():
        return
    for host in engine.url.normalized_query.get("host", (engine.url.host,)):
        _judged(partial(check_host, host))
    if engine.dialect.name == "postgresql":
        event.listen(
            engine,
            "do_connect",
            lambda _dialect, _record, _words, named: _judged(lambda: _name_address(named)),
        )
        event.listen(engine, "connect", lambda raw, _record: _judged(lambda: _look_at(raw)))
    elif engine.dialect.driver == "pymysql":
        event.listen(
            engine,
            "do_connect",
            lambda dialect, _record, _words, named: _judged(
                lambda: _with_socket(dialect.loaded_dbapi, named, connect)
            ),
        )


def _judged(work: Callable[[], Any]) -> Any:
    try:
        return work()
    except AddressClosed as closed:
        hint = "the operator names what may be reached in edusync.yaml"
        raise SourceError("CONN_NETWORK_BLOCKED", str(closed), hint) from None


def _name_address(named: dict[str, Any]) -> None:
    """Look the hosts of a connection up, and say their addresses beside their names."""
    if named.get("hostaddr"):
        for address in str(named["hostaddr"]).split(","):
            check_address(address.strip())
        return
    hosts = str(named.get("host") or "localhost").split(",")
    if any(host.startswith(_SOCKETS) for host in hosts):
        check_address(_HERE)
        return
    found = [addresses_of(host) for host in hosts]
    for address in (one for some in found for one in some):
        check_address(address)
    if all(found):
        named["host"] = ",".join(hosts)
        named["hostaddr"] = ",".join(some[0] for some in found)


def _look_at(raw: Any) -> None:
    """Judge where a connection of PostgreSQL leads; a socket of this machine has no address."""
    try:
        check_address(raw.info.hostaddr or _HERE)
    except AddressClosed:
        raw.close()
        raise


def _with_socket(driver: Any, named: dict[str, Any], connect: float) -> Any:
    """Return a connection of PyMySQL over a socket that was judged."""
    if named.get("unix_socket"):
        check_address(_HERE)
        return driver.connect(**named)
    place = (named.get("host") or "localhost", int(named.get("port") or 3306))
    try:
        opened = socket.create_connection(place, connect)
    except OSError as error:
        raise driver.OperationalError(2003, f"Can't connect to the server ({error})") from None
    check_socket(opened)
    connection = driver.connect(**named, defer_connect=True)
    connection.connect(opened)
    return connection
