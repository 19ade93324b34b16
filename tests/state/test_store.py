"""The store: links, intents, locks, keys, migrations, on SQLite and PostgreSQL."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import inspect, text

import edusync.state.open as open_module
from edusync.errors import Guarded, StateError
from edusync.state.intents import Intent
from edusync.state.lock import locked
from edusync.state.open import open_store
from edusync.state.store import Store
from edusync.state.tables import metadata
from tests.conftest import World

AT = datetime(2026, 3, 16, 10, 30, tzinfo=UTC)
STRANGE = ("a?mode=memory.db", "é à#1.db", "50%41.db", "b&c;d.db", "'quoted\".db", "sqlite:.db")
LINK = {
    "kind": "course",
    "source_id": "1",
    "edusign_id": "c1",
    "created": True,
    "manual": False,
    "fingerprint": "f",
    "fields": {"name": "d"},
    "members": ["s"],
    "starts_at": AT,
    "carry": {},
}


def _postgres() -> str | None:
    """Return the URL of a PostgreSQL that answers here; CI has one, EDUSYNC_TEST_POSTGRES names
    another.
    """
    given = os.environ.get("EDUSYNC_TEST_POSTGRES")
    if given:
        return given
    try:
        socket.create_connection(("127.0.0.1", 5432), timeout=1).close()
        import psycopg

        for user, password in (("postgres", "postgres"), ("postgres", "")):
            try:
                psycopg.connect(
                    host="127.0.0.1",
                    user=user,
                    password=password,
                    dbname="postgres",
                    connect_timeout=2,
                ).close()
            except psycopg.OperationalError:
                continue
            return f"postgresql://{user}:{password}@127.0.0.1/postgres"
    except OSError:
        return None
    return None


@pytest.fixture(params=["sqlite", "postgres"])
def store(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Store]:
    if request.param == "sqlite":
        opened = open_store(str(tmp_path / "state.db"))
        yield opened
        opened.close()
        return
    url = _postgres()
    if url is None:
        pytest.skip("no PostgreSQL answers on 127.0.0.1:5432 (EDUSYNC_TEST_POSTGRES names one)")
    monkeypatch.setenv("EDUSYNC_STATE_KEY", "a key of the tests")
    from sqlalchemy import create_engine

    name = f"edusync_test_{uuid4().hex[:12]}"
    admin = create_engine(
        url.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT"
    )
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    opened = open_store(url.rsplit("/", 1)[0] + f"/{name}")
    yield opened
    opened.close()
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name}"))
    admin.dispose()


def test_links_come_back_as_they_were_written(store: Store) -> None:
    store.save_link("c", "main", LINK)
    store.save_link("c", "main", LINK | {"fingerprint": "g"})
    found = store.links("c", "main")[("course", "1")]
    assert (
        found.fingerprint,
        store.details("c", "main", "course", "1"),
        store.links("c", "other"),
    ) == ("g", ({"name": "d"}, ["s"]), {})


@pytest.mark.parametrize(
    ("after", "before", "coming"),
    [(-60, 60, True), (0, 60, False), (-60, 0, False), (1, 60, False)],
)
def test_link_is_coming_when_its_sheet_starts_between_two_instants(
    store: Store, after: int, before: int, coming: bool
) -> None:
    store.save_link("c", "main", LINK)
    between = (AT + timedelta(minutes=after), AT + timedelta(minutes=before))
    assert (
        store.coming("c", "main", *between)
        == store.coming("c", "main", *between, limit=1)
        == ({"1"} if coming else set())
    )


def test_intent_stays_in_doubt_until_the_link_is_written(store: Store) -> None:
    fence = store.take_lease("c", "me")
    intent = store.intend("c", fence, Intent("main", "course", "1", "create", AT), "run")
    assert [doubt.source_id for doubt in store.in_doubt("c")] == ["1"]
    store.save_link("c", "main", LINK, done=intent)
    assert store.in_doubt("c") == []


@pytest.mark.fault("F9")
@pytest.mark.promise("P5")
def test_run_that_lost_its_lease_can_not_write(store: Store) -> None:
    old = store.take_lease("c", "old")
    store.take_lease("c", "new")
    with pytest.raises(Guarded) as stopped:
        store.intend("c", old, Intent("main", "course", "1", "create", AT), "run")
    assert (stopped.value.code, store.in_doubt("c")) == ("RUN_LOCK_LOST", [])


@pytest.mark.fault("F8")
@pytest.mark.promise("P4")
def test_second_run_of_one_connector_is_turned_away_by_name(store: Store) -> None:
    with locked(store, "c"), pytest.raises(Guarded) as stopped, locked(store, "c"):
        pass
    assert stopped.value.code == "RUN_BUSY"
    assert f"process {os.getpid()}" in stopped.value.message
    with locked(store, "c"), locked(store, "other"):
        assert store.owner("other") is not None


@pytest.mark.parametrize("style", ["German", "SQL, DMY", "Postgres, MDY"])
def test_moments_are_read_whatever_style_a_server_writes_them_in(store: Store, style: str) -> None:
    if store.engine.dialect.name == "postgresql":
        with store.engine.begin() as connection:
            name = connection.execute(text("SELECT current_database()")).scalar()
            connection.execute(text(f"ALTER DATABASE {name} SET datestyle = '{style}'"))
        store.engine.dispose()
    run = store.start_run("c", "down", AT)
    assert [(one["id"], one["started_at"]) for one in store.runs("c")] == [(run, AT)]


@pytest.mark.fault("F8")
@pytest.mark.promise("P4")
@pytest.mark.parametrize("leads", ["to the file", "to its folder"])
def test_one_connector_is_held_whatever_link_leads_to_the_store(tmp_path: Path, leads: str) -> None:
    file, link = tmp_path / "a" / "state.db", tmp_path / "b" / "state.db"
    with closing(open_store(str(file))) as store, locked(store, "c"):
        if leads == "to the file":
            link.parent.mkdir()
            link.symlink_to(file)
            link.with_suffix(".key").symlink_to(file.with_suffix(".key"))
        else:
            link.parent.symlink_to(file.parent)
        with (
            closing(open_store(str(link))) as other,
            pytest.raises(Guarded, match="another run of 'c'"),
            locked(other, "c"),
        ):
            pass


@pytest.mark.fault("F7")
@pytest.mark.promise("P4", "P21")
def test_store_with_two_names_is_used_by_neither(tmp_path: Path) -> None:
    """SQLite keeps a journal for each name: what one run writes the other one does not see."""
    file, other = tmp_path / "state.db", tmp_path / "other.db"
    open_store(str(file)).close()
    other.hardlink_to(file)
    for name in (file, other):
        with pytest.raises(StateError, match="another name as well"):
            open_store(str(name))
    other.unlink()
    open_store(str(file)).close()


def test_run_that_never_ended_is_marked_when_the_next_begins(store: Store) -> None:
    store.start_run("c", "down", AT)
    store.start_run("c", "down", AT.replace(hour=11))
    assert [run["status"] for run in store.runs("c")] == ["running", "crashed"]


def test_events_are_found_by_code_kind_and_id(store: Store) -> None:
    run = store.start_run("c", "down", AT)
    rows = [
        {"code": code, "severity": "info", "kind": kind, "source_id": source}
        for code, kind, source in (
            ("A", "course", "1"),
            ("B", "course", "2"),
            ("A", "student", "1"),
        )
    ]
    store.finish_run(run, "success", AT, None, {}, rows)
    found = [
        len(store.events(run, **wanted))
        for wanted in (
            {"code": "A", "kind": None, "source_id": None},
            {"code": None, "kind": "course", "source_id": None},
            {"code": "A", "kind": "course", "source_id": "1"},
        )
    ]
    assert found == [2, 2, 1]


def shape(store: Store) -> dict[str, Any]:
    """Return what a database says of its tables."""
    found = inspect(store.engine)
    return {
        table: (
            {one["name"]: (str(one["type"]), one["nullable"], one["default"]) for one in columns},
            found.get_pk_constraint(table)["constrained_columns"],
            sorted((one["name"], one["column_names"]) for one in found.get_indexes(table)),
            sorted(one["column_names"] for one in found.get_unique_constraints(table)),
            sorted(one["constrained_columns"] for one in found.get_foreign_keys(table)),
        )
        for table in sorted(found.get_table_names())
        if (columns := found.get_columns(table))
    }


def test_migrations_make_what_a_new_store_has(store: Store) -> None:
    """A new store is made of the tables as they are now; an older one gets there step by step."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    new = shape(store)
    with store.engine.begin() as connection:
        metadata.drop_all(connection)
        connection.execute(text("DROP TABLE alembic_version"))
    assert shape(store) == {}
    open_module.upgrade(store.engine)
    assert shape(store) == new
    with store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


@pytest.mark.fault("F11")
@pytest.mark.promise("P4")
def test_lock_of_a_killed_process_is_free_at_once(tmp_path: Path) -> None:
    state = tmp_path / "state.db"
    code = (
        "import time\nfrom edusync.state.open import open_store\n"
        "from edusync.state.lock import locked\n"
        f"with locked(open_store({str(state)!r}), 'c'):\n    print('held', flush=True)\n"
        "    time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        store = open_store(str(state))
        with pytest.raises(Guarded), locked(store, "c"):
            pass
        process.send_signal(signal.SIGKILL)
        process.wait()
        with locked(store, "c") as fence:
            assert fence == 2
        store.close()


def test_missing_key_is_said_before_anything_is_sent(tmp_path: Path) -> None:
    open_store(str(tmp_path / "state.db")).close()
    (tmp_path / "state.key").unlink()
    with pytest.raises(StateError) as stopped:
        open_store(str(tmp_path / "state.db"))
    assert stopped.value.code == "CONF_STATE_KEY"


def test_other_key_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_store(str(tmp_path / "state.db")).close()
    monkeypatch.setenv("EDUSYNC_STATE_KEY", "another")
    with pytest.raises(StateError) as stopped:
        open_store(str(tmp_path / "state.db"))
    assert stopped.value.code == "CONF_STATE_KEY"


@pytest.mark.fault("F27")
def test_newer_store_is_refused(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "state.db"))
    with store.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    store.close()
    with pytest.raises(StateError) as stopped:
        open_store(str(tmp_path / "state.db"))
    assert stopped.value.code == "RUN_STATE_NEWER"


@pytest.mark.fault("F7")
@pytest.mark.parametrize("damage", ["folder", "garbage"])
def test_store_that_can_not_be_used_is_said(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "state.db"
    if damage == "folder":
        path.mkdir()
    else:
        path.write_bytes(b"this is no database" * 100)
    with pytest.raises(StateError) as stopped:
        open_store(str(path))
    assert stopped.value.code == "RUN_STATE_UNUSABLE"


def rights(folder: Path) -> dict[str, str]:
    return {file.name: oct(file.stat().st_mode & 0o777) for file in folder.glob("state.*")}


def test_store_its_journals_and_its_key_are_for_their_owner_only(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "state.db"))
    store.save_scope("school", "main", {})
    assert rights(tmp_path) == dict.fromkeys(
        ("state.db", "state.db-wal", "state.db-shm", "state.key"), "0o600"
    )
    store.close()


def test_store_of_before_is_taken_from_others(tmp_path: Path) -> None:
    open_store(str(tmp_path / "state.db")).close()
    (tmp_path / "state.db").chmod(0o664)
    open_store(str(tmp_path / "state.db")).close()
    assert rights(tmp_path)["state.db"] == "0o600"


DAMAGES: dict[str, tuple[str, str]] = {
    "links are gone": ("drop table link", "RUN_STATE_UNUSABLE"),
    "a column is gone": ("alter table link drop column members", "RUN_STATE_UNUSABLE"),
    "settings are gone": ("drop table setting", "RUN_STATE_UNUSABLE"),
    "no version": ("delete from alembic_version", "RUN_STATE_UNUSABLE"),
    "a strange version": ("update alembic_version set version_num = '0000'", "RUN_STATE_UNUSABLE"),
    "the scope is no JSON": (
        "update setting set value = '{' where name like 'scope/%'",
        "RUN_STATE_UNUSABLE",
    ),
    "counts are no JSON": ("update run set counts = '{'", "RUN_STATE_UNUSABLE"),
    "fields are no JSON": ("update link set fields = '{'", "RUN_STATE_UNUSABLE"),
    "a moment is none": ("update run set started_at = 'soon'", "RUN_STATE_UNUSABLE"),
    "another key": ("update setting set value = 'x' where name = 'key_check'", "CONF_STATE_KEY"),
}


@pytest.mark.fault("F7")
@pytest.mark.promise("P21")
@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_store_is_said_to_be_damaged(damage: str, world: World) -> None:
    """A run on it ends with 2: the store cannot be used; never with 3, "unexpected"."""
    world.sync()
    statement, code = DAMAGES[damage]
    with closing(sqlite3.connect(world.state)) as connection:
        connection.execute(statement)
        connection.commit()
    world.simulation.move_course()
    with pytest.raises(StateError) as stopped:
        world.sync()
    assert stopped.value.code == code


@pytest.mark.fault("F7")
def test_store_without_a_byte_is_no_new_one(world: World) -> None:
    world.sync()
    world.state.write_bytes(b"")
    for name in ("state.db-wal", "state.db-shm"):
        (world.folder / name).unlink(missing_ok=True)
    with pytest.raises(StateError) as stopped:
        world.sync()
    assert stopped.value.code == "RUN_STATE_UNUSABLE"


@pytest.mark.parametrize("key", ["", "xyz", "é", "00" * 99])
def test_damaged_key_file_is_said(tmp_path: Path, key: str) -> None:
    open_store(str(tmp_path / "state.db")).close()
    (tmp_path / "state.key").write_text(key, encoding="utf-8")
    with pytest.raises(StateError) as stopped:
        open_store(str(tmp_path / "state.db"))
    assert stopped.value.code == "CONF_STATE_KEY"


def test_newest_version_of_the_store_is_that_of_the_migrations() -> None:
    """The number stands in the code, so that opening a store does not load alembic."""
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    folder = Path(open_module.__file__).parent / "migrations"
    config = Config()
    config.set_main_option("script_location", str(folder))
    assert ScriptDirectory.from_config(config).get_current_head() == open_module.HEAD


@pytest.mark.promise("P18")
@pytest.mark.parametrize("name", STRANGE)
@pytest.mark.parametrize("begins", ["", "sqlite:///"])
def test_path_of_a_store_means_what_it_says(tmp_path: Path, name: str, begins: str) -> None:
    """A path is no URL: nothing in it names a mode, a part, or another letter."""
    file = tmp_path / "state of é?" / name
    for _ in range(2):
        open_store(f"{begins}{file}").close()
    assert (file.stat().st_size > 0, file.stat().st_mode & 0o077) == (True, 0)
    beside = {found.name for found in file.parent.iterdir()} - {"locks"}
    assert beside == {file.name, file.with_suffix(".key").name}
