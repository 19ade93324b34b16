"""SC-Form's spec against real database servers: the same sheets from SQLite, PostgreSQL and
MariaDB, with bound ids and days; legacy texts; refusals.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from time import monotonic
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from edusync.app.authoring.demo import Demo
from edusync.app.runs.moment import Moment
from edusync.app.runs.sync import make_plan, sync
from edusync.app.runs.writeback import write_back
from edusync.errors import CallFailed, ConfigurationProblem, EdusyncError, SourceError
from edusync.model import PARIS
from edusync.plugins import load_registry
from edusync.transport.database import Database
from edusync.transport.judging import RefusedWrite
from edusync_plugins.scform.seed import Seed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

DAY = date(2026, 3, 16)
SERVERS = {
    "postgresql": ("postgresql+psycopg", "postgres:postgres@127.0.0.1:5432", "postgres"),
    "mariadb": ("mariadb+pymysql", "root:@127.0.0.1:3306", "mysql"),
}


@pytest.fixture(params=["sqlite", "postgresql", "mariadb"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Yield a database with the views of SC-Form."""
    if request.param == "sqlite":
        yield _filled(f"sqlite:///{tmp_path / 'erp.db'}")
        return
    driver, where, start = SERVERS[request.param]
    where = os.environ.get(f"EDUSYNC_TEST_{request.param.upper()}", where)
    admin = create_engine(f"{driver}://{where}/{start}", isolation_level="AUTOCOMMIT")
    name = f"edusync_erp_{uuid4().hex[:10]}"
    try:
        with admin.connect() as connection:
            connection.execute(text(f"create database {name}"))
    except OperationalError:
        pytest.skip(
            f"no {request.param} answers on {where.partition('@')[2]} "
            f"(EDUSYNC_TEST_{request.param.upper()} names another as user:password@host:port)"
        )
    yield _filled(f"{driver}://{where}/{name}")
    with admin.connect() as connection:
        connection.execute(text(f"drop database {name}"))
    admin.dispose()


def _filled(url: str) -> str:
    engine = create_engine(url)
    with engine.begin() as connection:
        for statement, rows in Seed(DAY).script():
            if rows:
                head = statement.partition(" values ")[0]
                connection.execute(
                    text(f"{head} values ({', '.join(f':p{n}' for n in range(len(rows[0])))})"),
                    [{f"p{n}": value for n, value in enumerate(row)} for row in rows],
                )
            else:
                connection.execute(text(statement))
    engine.dispose()
    return url.replace("+psycopg", "").replace("+pymysql", "")


def test_the_same_sheets_come_from_every_database(url: str, tmp_path: Path) -> None:
    registry, moment = load_registry(), Moment(datetime(2026, 3, 16, 11, 30, tzinfo=PARIS))
    with Demo(registry, "scform", tmp_path / "demo", DAY) as demo:
        stage = demo.set_up()
        (tmp_path / "demo" / "url.secret").write_text(url, encoding="utf-8")
        account = stage.instance.accounts[0]
        answers = replace(account.answers, connection={**account.answers.connection, "url": url})
        plan = make_plan(
            replace(stage.instance, accounts=(replace(account, answers=answers),)),
            stage.store,
            registry,
            moment,
        )
    assert sorted(
        change.source_id for change in plan.accounts[0].changes if change.kind == "course"
    ) == ["1/30177", "1/30178", "1/30179", "1/30185"]
    assert {
        str(change.facts.values["name"])
        for change in plan.accounts[0].changes
        if change.facts and change.kind == "group"
    } == {"Groupe CFA01"}


def test_the_same_absences_go_into_every_database_once(url: str, tmp_path: Path) -> None:
    registry, moment = load_registry(), Moment(datetime(2026, 3, 16, 11, 30, tzinfo=PARIS))
    evening = replace(moment, now=datetime(2026, 3, 17, 20, 30, tzinfo=PARIS))
    with Demo(registry, "scform", tmp_path / "demo", DAY) as demo:
        stage = demo.set_up()
        account = stage.instance.accounts[0]
        answers = replace(account.answers, connection={**account.answers.connection, "url": url})
        instance = replace(stage.instance, accounts=(replace(account, answers=answers),))
        sync(instance, stage.store, registry, moment)
        stage.play_day(evening.now.date())
        results = [
            write_back(instance, stage.store, registry, evening, resend=again)
            for again in ((), (), ("1/30177",))
        ]
    assert [result.status for result in results] == ["success"] * 3
    database = Database(url, connect=5, at_once=1, charset=None, trim=True)
    found = [
        tuple(row.values())
        for some in database.rows(
            "select ID_SEANCE, ID_APPRENANT, TYPE_ABSENCE, HEURE_DEBUT, HEURE_FIN, NB_MINUTES, "
            "CODE_MOTIF, JUSTIFIE from ABSENCE_IMPORT "
            "order by ID_SEANCE, ID_APPRENANT",
            {},
            "t",
        )
        for row in some
    ]
    database.close()
    assert found == [
        (30177, 8102, "R", 510, 522, 12, None, "N"),
        (30177, 8103, "A", None, None, None, "MAL", "O"),
        (30178, 8101, "A", None, None, None, None, "N"),
        (30178, 8102, "D", 975, 1020, None, None, "N"),
        (30178, 8103, "E", None, None, None, None, "N"),
    ]


def test_row_that_a_database_refuses_undoes_the_whole_transaction(url: str) -> None:
    database = Database(url, connect=5, at_once=1, charset=None, trim=True)
    insert = (
        "insert into ABSENCE_IMPORT (ID_SOCIETE, ID_SEANCE, ID_APPRENANT, TYPE_ABSENCE, "
        "ORIGINE) values (1, 1, :who, :kind, 'EDUSIGN')"
    )
    refusals: list[list[dict[str, Any]]] = [
        [{"who": "1", "kind": "A"}, {"who": "2", "kind": None}],
        [{"who": "1", "kind": "A"}, {"who": "1", "kind": "A"}],
    ]
    for sets in refusals:
        with pytest.raises(RefusedWrite) as refused:
            database.write([(insert, sets)], "t")
        assert "8101" not in refused.value.message
    assert [
        row
        for some in database.rows("select ID_APPRENANT from ABSENCE_IMPORT", {}, "t")
        for row in some
    ] == []
    database.close()


def test_texts_of_a_legacy_code_page_are_decoded_and_trimmed(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "old.db")) as connection:
        connection.execute("create table t (nom text)")
        connection.execute("insert into t values (cast(x'4dc9524944e92020' as text))")
        connection.commit()
    database = Database(
        f"sqlite:///{tmp_path / 'old.db'}", connect=5, at_once=1, charset="windows-1252", trim=True
    )
    assert [row for some in database.rows("select nom from t", {}, "t") for row in some] == [
        {"nom": "MÉRIDé"}
    ]
    database.close()


@pytest.mark.fault("F34")
def test_values_are_bound_and_never_read_as_sql(tmp_path: Path) -> None:
    (tmp_path / "x.db").touch()
    database = Database(
        f"sqlite:///{tmp_path / 'x.db'}", connect=5, at_once=1, charset=None, trim=False
    )
    nasty = "x'); drop table t; --"
    assert [
        row
        for some in database.rows(
            "select :a as a where 'x' in :b", {"a": nasty, "b": ["x", nasty]}, "t"
        )
        for row in some
    ] == [{"a": nasty}]
    database.close()


@pytest.mark.parametrize(
    ("where", "kind", "code"),
    [
        ("nonsense", ConfigurationProblem, "CONF_URL_INVALID"),
        ("oracle9://a@b/c", ConfigurationProblem, "CONF_DRIVER_MISSING"),
        ("sqlite:////nowhere/at/all.db", SourceError, "CONN_ERP_ACCESS_NOT_OPENED"),
        ("postgresql://a:b@127.0.0.1:9/c", SourceError, "CONN_NETWORK_BLOCKED"),
        ("sqlite://", CallFailed, "CONN_ERP_ACCESS_NOT_OPENED"),
    ],
)
def test_what_a_database_refuses_has_a_code(
    where: str, kind: type[EdusyncError], code: str
) -> None:
    with pytest.raises(kind) as caught:
        list(
            Database(where, connect=2, at_once=1, charset=None, trim=False).rows(
                "select * from V_ABSENT", {}, "probe"
            )
        )
    assert caught.value.code == code
    assert "b@127" not in str(caught.value)


@pytest.mark.parametrize(
    "where",
    ["{here}/none.db", "none.db", "file:{here}/none.db?uri=true", "file:none.db?mode=rw&uri=true"],
)
@pytest.mark.parametrize("does", ["rows", "write", "rehearse"])
def test_file_that_is_not_there_is_named_and_not_made(
    where: str, does: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    url = f"sqlite:///{where.format(here=tmp_path)}"
    database = Database(url, connect=2, at_once=1, charset=None, trim=False)
    table = "create table t (a integer)"
    act: Callable[[], Any] = {
        "rows": lambda: list(database.rows("select 1 as a", {}, "t")),
        "write": lambda: database.write([(table, [{}])], "t"),
        "rehearse": lambda: database.rehearse([table]),
    }[does]
    with pytest.raises(SourceError) as caught:
        act()
    database.close()
    assert caught.value.code == "CONN_ERP_ACCESS_NOT_OPENED"
    assert "no file is there" in str(caught.value.hint)
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("style", ["German", "SQL, DMY", "Postgres, MDY"])
def test_moments_are_read_whatever_style_a_server_writes_them_in(url: str, style: str) -> None:
    if url.startswith("postgresql"):
        engine = create_engine(url)
        with engine.begin() as connection:
            name = connection.execute(text("select current_database()")).scalar()
            connection.execute(text(f"alter database {name} set datestyle = '{style}'"))
        engine.dispose()
    database = Database(url, connect=5, at_once=1, charset=None, trim=False)
    (rows,) = database.rows("select current_timestamp as t, current_date as d", {}, "now")
    database.close()
    assert datetime.fromisoformat(rows[0]["t"]).date().isoformat()[:8] == str(rows[0]["d"])[:8]


def test_wrong_password_is_a_refused_sign_in() -> None:
    database = Database(
        "mysql://nobody:secret-canary@127.0.0.1:3306/test",
        connect=2,
        at_once=1,
        charset=None,
        trim=False,
    )
    with pytest.raises(SourceError) as caught:
        list(database.rows("select 1", {}, "probe"))
    if caught.value.code == "CONN_NETWORK_BLOCKED":
        pytest.skip("no MariaDB answers on 127.0.0.1:3306")
    assert (caught.value.code, "secret-canary" in str(caught.value)) == ("CONN_AUTH_FAILED", False)


COUNTING = "with recursive n(i) as (select 1 union all select i + 1 from n"
NEVER = {
    "sqlite": f"{COUNTING}) select count(*) from n",
    "postgresql": "select pg_sleep(3600)",
    "mariadb": "select sleep(3600) from information_schema.tables",
}


@pytest.mark.fault("F34")
@pytest.mark.parametrize("does", ["rows", "write"])
def test_statement_that_never_ends_is_ended(url: str, does: str) -> None:
    """It is named with the limit, the connection is given back, and the next one is answered."""
    database = Database(url, connect=5, at_once=1, charset=None, trim=False, read=0.2)
    statement = NEVER[database.engine.dialect.name.replace("mysql", "mariadb")]
    with pytest.raises(CallFailed) as caught:
        list(database.rows(statement, {}, "t")) if does == "rows" else database.write(
            [(statement, [{}])], "t"
        )
    assert "no answer within 0.2 s" in str(caught.value)
    assert "limits: {read:" in str(caught.value.hint)
    assert list(database.rows("select 1 as a", {}, "t")) == [[{"a": 1}]]
    database.close()


def test_rows_that_are_taken_slowly_are_not_too_late(tmp_path: Path) -> None:
    """What counts is how long the database works, not what becomes of its rows."""
    (tmp_path / "x.db").touch()
    url, most = f"sqlite:///{tmp_path / 'x.db'}", 200_000
    database = Database(url, connect=5, at_once=1, charset=None, trim=False, read=0.5)
    many = f"{COUNTING} limit {most}) select i from n"
    got, ends = 0, monotonic() + 1
    for some in database.rows(many, {}, "t"):
        got += len(some)
        while got == len(some) and monotonic() < ends:
            pass  # longer than the database may take
    assert got == most
    database.close()
