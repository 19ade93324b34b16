"""A store on PostgreSQL that fails at any statement: nothing is written to Edusign after it, and
the next run ends as if nothing had happened (P21, F6).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import OperationalError

from edusync.errors import Guarded, StateError
from tests.conftest import World
from tests.reliability.test_kill import held, several, undisturbed
from tests.support.own_postgres import OwnPostgres, own_postgres

__all__ = ["undisturbed"]
pytestmark = pytest.mark.slow


def end(connection: Connection, server: OwnPostgres) -> None:
    """Let the server end the session, as an operator or a restart does."""
    backend = _driver(connection).info.backend_pid
    with psycopg.connect(server.url, autocommit=True) as admin:
        admin.execute("select pg_terminate_backend(%s)", [backend])


def refuse_writes(connection: Connection, _server: OwnPostgres) -> None:
    """Let what is written be refused, as on a server that has become the copy of another."""
    _driver(connection).execute("SET TRANSACTION READ ONLY")


def fill_the_disk(_connection: Connection, _server: OwnPostgres) -> None:
    raise OperationalError("a statement", None, psycopg.errors.DiskFull("No space left on device"))


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection


ILLS = (end, refuse_writes, fill_the_disk)


@pytest.fixture(scope="module")
def server() -> Iterator[OwnPostgres]:
    with own_postgres() as found:
        yield found


@contextmanager
def failing(
    world: World, number: int, ill: Callable[[Connection, OwnPostgres], None], server: OwnPostgres
) -> Iterator[list[int]]:
    """Let the store be ill from its nth statement on; yield the writes before it said so first."""
    seen, writes = 0, list[int]()

    def hook(connection: Connection, *_more: Any) -> None:
        nonlocal seen
        if str(connection.engine.url.database) not in str(world.state):
            return
        seen += 1
        if seen >= number:
            try:
                ill(connection, server)
            except OperationalError:
                writes.append(len(world.writes()))
                raise

    def said(context: Any) -> None:
        if str(context.engine.url.database) in str(world.state):
            writes.append(len(world.writes()))

    event.listen(Engine, "before_cursor_execute", hook)
    event.listen(Engine, "handle_error", said)
    try:
        yield writes
    finally:
        event.remove(Engine, "before_cursor_execute", hook)
        event.remove(Engine, "handle_error", said)


@pytest.mark.fault("F6")
@pytest.mark.promise("P21")
@pytest.mark.walk(every=13)
@several
@pytest.mark.parametrize("ill", ILLS)
@pytest.mark.parametrize("number", [*range(1, 30, 4), *range(30, 130, 10)])
def test_store_that_fails_at_any_statement_stops_every_write(
    make_world: Callable[..., World],
    undisturbed: dict[str, list[Any]],
    server: OwnPostgres,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    ill: Callable[[Connection, OwnPostgres], None],
    at_once: int,
) -> None:
    monkeypatch.setenv("EDUSYNC_STATE_KEY", "a key of the tests")
    world = make_world(grace="10ms", at_once=at_once)
    with server.database() as url:
        world.state = url  # type: ignore[assignment]  # a URL
        with failing(world, number, ill, server) as writes, suppress(StateError, Guarded):
            world.sync(real_sleep=True)
        assert writes or number > 30  # the store is asked as often as that
        if writes:  # what was under way beside it had arrived, or was about to
            assert writes[0] <= len(world.writes()) < writes[0] + at_once
        world.sync(real_sleep=True)
        assert held(world) == undisturbed
        assert world.sync().plan.is_empty
