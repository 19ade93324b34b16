"""`edusync check` names everything that would fail, with its line, and tries to write nothing."""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from edusync.sandbox.door import Break
from edusync.transport.database import Database
from edusync.transport.judging import Forbidden
from tests.conftest import World
from tests.support import commands


def check(world: World) -> subprocess.CompletedProcess[str]:
    at = ("--state", str(world.state), "--at", world.now.isoformat())
    return commands.edusync("check", str(world.file), *at)


def lines(told: str, mark: str) -> dict[str, str]:
    """Return what was said of each thing with a mark, with the line below it."""
    found, said = {}, told.splitlines()
    for number, line in enumerate(said):
        if line.startswith(mark):
            _account, what, words = line.removeprefix(mark).strip().split(": ", 2)
            below = said[number + 1] if number + 1 < len(said) else ""
            found[what] = f"{words} @{below.strip()}"
    return found


def test_everything_that_fails_is_named_with_its_line(make_world: Callable[..., World]) -> None:
    world = make_world("ammon")
    world.write(filters={"structureId": ["999"], "filterActions": ["Rien de tel"]})
    world.door.broken.append(Break("motifs-absence", 400))
    told = check(world)
    bad = lines(told.stdout, "bad")
    assert told.returncode == 2, told.stdout + told.stderr
    for name in ("structureId", "filterActions"):
        assert bad[f"filters.{name}"].startswith("CONF_FILTER_ID_UNKNOWN")
        assert f"@{world.file}:1" in bad[f"filters.{name}"]
    assert "specs/ammon.yaml:" in bad["motifs"]
    up, down = bad["the attendance up"], bad["the planning down"]
    assert ("motifs" in up, "motifs" in down) == (True, False)
    assert "filters.filterActions, filters.structureId" in down
    assert world.writes() == []


def test_list_that_was_never_asked_is_not_called_empty(make_world: Callable[..., World]) -> None:
    ok = lines(check(make_world("aimaira")).stdout, "ok")
    assert ok["a_realiser"].startswith("was not asked")  # but for sheets, and none goes up here
    assert ok["ecoles"].startswith("has rows")


def test_option_of_the_way_up_fails_the_way_up(make_world: Callable[..., World]) -> None:
    options = {"sendAttendance": True, "defaultAbsenceReason": "Rien de tel"}
    told = check(make_world("fca", options=options))
    assert told.returncode == 2
    assert "options.defaultAbsenceReason" in lines(told.stdout, "bad")["the attendance up"]
    assert "would come down" in lines(told.stdout, "ok")["the planning down"]


def test_list_that_fails_is_named_with_its_line_and_its_directions(world: World) -> None:
    world.simulation.wsgi.view_functions.update(students=lambda: ("no", 500))
    told = check(world)
    bad = lines(told.stdout, "bad")
    assert told.returncode == 1
    assert "specs/ypareo.yaml:" in bad["apprenants"]
    assert "apprenants" in bad["the planning down"]
    assert "apprenants" in bad["the attendance up"]  # the group of a student stands there


def test_erp_without_a_way_to_try_says_so(world: World) -> None:
    told = check(world)
    assert told.returncode == 0
    assert "has no way to try it" in lines(told.stdout, "??")["right to write"]
    assert "would go up" in lines(told.stdout, "ok")["the attendance up"]


def test_erp_that_is_not_there_fails_in_both_directions(world: World) -> None:
    world.write(connection={"url": "http://127.0.0.1:9", "apiKey": "x"})
    told = check(world)
    bad = lines(told.stdout, "bad")
    assert (told.returncode, "the planning down" in bad, "the attendance up" in bad) == (
        5,
        True,
        True,
    )


def test_edusign_that_is_not_there_does_not_hide_the_erp(world: World) -> None:
    (world.folder / "key").write_text("wrong", encoding="utf-8")
    told = check(world)
    assert told.returncode == 5
    assert "apprenants" in lines(told.stdout, "ok")
    assert "Edusign" in lines(told.stdout, "bad")["the planning down"]


def test_folder_for_attendance_that_cannot_be_written(make_world: Callable[..., World]) -> None:
    world = make_world("adesoft")
    options = dict(world.simulation.answers(world.erp_url)["options"])
    world.write(options={**options, "attendanceFolder": str(world.folder)})
    good = check(world)
    assert lines(good.stdout, "ok")["right to write"].startswith("is there")
    assert [*world.folder.glob("*.csv")] == []
    world.write(options={**options, "attendanceFolder": "/proc/self"})  # not even for root
    told = check(world)
    bad = lines(told.stdout, "bad")
    assert told.returncode == 1
    assert "UP_NO_WRITE_PERMISSION: the folder cannot be written" in bad["right to write"]
    assert "specs/adesoft.yaml:" in bad["right to write"]
    assert "right to write" in bad["the attendance up"]
    world.write(options={**options, "attendanceFolder": ""})
    assert "switched off by an option" in lines(check(world).stdout, "ok")["the attendance up"]


def test_database_that_lets_us_read_only(make_world: Callable[..., World]) -> None:
    world = make_world("scform")
    good = check(world)
    assert good.returncode == 0, good.stdout
    assert lines(good.stdout, "ok")["right to write"].startswith("is there")
    url = f"sqlite:///file:{world.simulation.file}?mode=ro&uri=true"
    world.write(connection={**world.simulation.answers("")["connection"], "url": url})
    told = check(world)
    bad = lines(told.stdout, "bad")
    assert told.returncode == 1, told.stdout
    assert "UP_NO_WRITE_PERMISSION: SQL delete from ABSENCE_IMPORT" in bad["right to write"]
    assert "attempt to write a readonly database" in bad["right to write"]


def test_file_of_a_database_that_is_mistyped_is_not_made(make_world: Callable[..., World]) -> None:
    world = make_world("scform")
    file = world.folder / "mistyped.db"
    told_of = world.simulation.answers("")["connection"]
    world.write(connection={**told_of, "url": f"sqlite:///{file}"})
    told = check(world)
    assert (told.returncode, file.exists()) == (5, False), told.stdout
    assert "CONN_ERP_ACCESS_NOT_OPENED" in told.stdout
    assert "no file is there" in told.stdout


@contextmanager
def reader_of(table: str) -> Iterator[str]:
    """Yield the address of a PostgreSQL of which a user may read one table, with one row."""
    name = f"edusync_check_{uuid4().hex[:10]}"
    where = "postgresql+psycopg://postgres:postgres@127.0.0.1:5432"
    admin = create_engine(f"{where}/postgres", isolation_level="AUTOCOMMIT")
    try:
        with admin.connect() as connection:
            connection.execute(text(f"create database {name}"))
            connection.execute(text(f"create role {name} login password 'reader'"))
    except OperationalError:
        pytest.skip("no postgresql answers on 127.0.0.1:5432")
    inside = create_engine(f"{where}/{name}")
    with inside.begin() as connection:
        connection.execute(text(f"create table {table} (id integer)"))
        connection.execute(text(f"insert into {table} values (1)"))
        connection.execute(text(f"grant select on {table} to {name}"))
    inside.dispose()
    yield f"postgresql://{name}:reader@127.0.0.1:5432/{name}"
    with admin.connect() as connection:
        connection.execute(text(f"drop database {name}"))
        connection.execute(text(f"drop role {name}"))
    admin.dispose()


def test_postgresql_says_which_right_is_missing() -> None:
    with reader_of("absences") as url:
        database = Database(url, connect=5, at_once=1, charset=None, trim=False)
        with pytest.raises(Forbidden, match="permission denied for table absences"):
            database.rehearse(["delete from absences where 1 = 0"])
        database.close()


def test_what_is_rehearsed_is_taken_back(tmp_path: Path) -> None:
    file = tmp_path / "erp.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("create table absences (id integer)")
        connection.execute("insert into absences values (1)")
        connection.commit()
    database = Database(f"sqlite:///{file}", connect=5, at_once=1, charset=None, trim=False)
    database.rehearse(["delete from absences"])
    kept = [row for some in database.rows("select id from absences", {}, "t") for row in some]
    database.close()
    assert kept == [{"id": 1}]
