"""Columns of a statement: the statement's own names, and no name twice (B05, B30)."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

import pytest

from edusync.errors import CallFailed
from edusync.transport.select_list import columns_of
from tests.bugs.school import School

if TYPE_CHECKING:
    from tests.bugs.conftest import Open

TABLES = """
create table SEANCE(ID integer, ID_GROUPE integer, LIBELLE text, JOUR text, DEBUT text, FIN text,
  ID_SALLE integer, ID_PROF integer, ETAT text);
create table SALLE(ID integer, LIBELLE text);
create table ELEVE_GROUPE(ID_GROUPE integer, ID_ELEVE integer);
create table PERSONNE(ID integer, NOM text, PRENOM text, EMAIL text);
insert into SEANCE values(101,50,'Compta','2026-03-17','09:00','12:00',7,9,'P'),
  (102,50,'Droit','2026-03-18','09:00','12:00',8,9,'P');
insert into SALLE values(7,'Salle 7'),(8,'Salle 8');
insert into ELEVE_GROUPE values(50,1);
insert into PERSONNE values(9,'GARNIER','Paule','paule.garnier@ecole.test'),
  (1,'MARTEL','Inès','ines.martel@ecole.test');
"""
PLAIN = "select ID, LIBELLE, JOUR, DEBUT, FIN, ID_PROF, ID_GROUPE from SEANCE"
JOINED = (
    "select s.ID, s.LIBELLE, s.JOUR, s.DEBUT, s.FIN, s.ID_PROF, s.ID_GROUPE, r.ID, r.LIBELLE "
    "from SEANCE s join SALLE r on r.ID = s.ID_SALLE"
)
STAR = "select * from SEANCE s join SALLE r on r.ID = s.ID_SALLE"


@pytest.fixture
def database(school_of: Open) -> School:
    """Open a school whose ERP is a database."""
    school = school_of("sql")
    with sqlite3.connect(school.folder / "erp.db") as connection:
        connection.executescript(TABLES)
    connection.close()
    school.connection = {"url": f"sqlite:///{school.folder / 'erp.db'}"}
    person = {"from": "gens", "source_id": "ID", "last_name": "NOM", "first_name": "PRENOM"}
    mail = {"email": {"path": "EMAIL", "as": "mail"}}
    school.spec |= {
        "connection": {"url": {"type": "secret", "label": "Database"}},
        "transport": {"kind": "sql", "url": "{{ connection.url }}"},
        "formats": {
            "day": {"kind": "date", "pattern": "iso"},
            "clock": {"kind": "time", "pattern": "%H:%M"},
        },
        "resources": {
            "seances": {
                "sql": PLAIN,
                "as": {"JOUR": "day", "DEBUT": "clock", "FIN": "clock"},
                "key": "ID",
            },
            "places": {"sql": "select ID_GROUPE, ID_ELEVE from ELEVE_GROUPE"},
            "gens": {"sql": "select ID, NOM, PRENOM, EMAIL from PERSONNE", "key": "ID"},
        },
    }
    school.spec["entities"] = {
        "student": {**person, **mail},
        "professor": {**person, **mail},
        "course": {
            "from": "seances",
            "source_id": "ID",
            "name": "LIBELLE",
            "starts_at": {"day": "JOUR", "time": "DEBUT"},
            "ends_at": {"day": "JOUR", "time": "FIN"},
            "professors": "ID_PROF",
            "students": {
                "look_up_all": "places",
                "by": "ID_GROUPE",
                "on": "ID_GROUPE",
                "take": "ID_ELEVE",
            },
        },
    }
    return school


@pytest.mark.parametrize("statement", [JOINED, STAR], ids=["named", "star"])
@pytest.mark.parametrize("named", [True, False], ids=["columns", "no columns"])
def test_b05_two_columns_of_one_name_in_a_statement_are_refused(
    database: School, statement: str, named: bool
) -> None:
    before = database.sync()
    resource = database.spec["resources"]["seances"]
    resource["sql"] = statement
    if named:
        names = ("ID", "LIBELLE", "JOUR", "DEBUT", "FIN", "ID_PROF", "ID_GROUPE")
        resource["columns"] = {name: name for name in names}
    checked, said = database.command("check", "school.yaml", at=None)
    after = database.sync()
    assert before.sheets == after.sheets == {"101": ["1"], "102": ["1"]}
    assert not any("Salle" in name for name in after.names)
    assert after.code != 0
    assert checked != 0
    assert "2 columns are called 'ID'" in after.events
    assert "2 columns are called 'ID'" in said


@pytest.mark.parametrize(
    ("statement", "names"),
    [
        (f"{PLAIN} where ETAT <> 'libelle' order by id", ("ID", "LIBELLE")),
        (
            PLAIN.replace("ID, LIBELLE", "ID as id, LIBELLE as libelle")
            + " where LIBELLE <> 'X' order by ID",
            ("id", "libelle"),
        ),
        (f"{PLAIN} -- libelle, id", ("ID", "LIBELLE")),
        (f"select x.* from ({PLAIN}) x where x.libelle <> 'id'", ("ID", "LIBELLE")),
    ],
    ids=["text", "alias", "comment", "star"],
)
def test_b30_columns_bear_the_names_of_the_select_list(
    database: School, statement: str, names: tuple[str, str]
) -> None:
    resource, course = database.spec["resources"]["seances"], database.spec["entities"]["course"]
    resource.update(sql=statement, key=names[0])
    course.update(source_id=names[0], name=names[1])
    run = database.sync()
    assert (run.code, sorted(run.sheets)) == (0, ["101", "102"]), run.events


@pytest.mark.parametrize(
    ("sent", "statement", "names"),
    [
        (["id", "libelle"], "select ID, LIBELLE from T where libelle = 1", ["ID", "LIBELLE"]),
        (["id", "n"], "SELECT t.Id, count(*) as N FROM T group by id", ["Id", "N"]),
        (["ID", "N"], 'select distinct t."Id", (select max(x) from y) n from T', ["Id", "n"]),
        (["a", "b"], "with w as (select A, B from v) select w.a, b as B from w", ["a", "B"]),
        (["x"], "select 'from' || A as X from T", ["X"]),
        (
            ["id", "nom", "salle"],
            "select s.*, r.ID as Salle from S s join R r",
            ["id", "nom", "Salle"],
        ),
        (["id"], "select ID from A union select Id from B", ["ID"]),
        (["coalesce"], "select coalesce(A, B) from T", ["coalesce"]),
        (["end"], "select case when A then 1 else 2 end from T", ["end"]),
        (["id", "?column?"], "select ID, 'x' from T", ["ID", "?column?"]),
        (["id"], "select /* Id, */ ID from T", ["ID"]),
        (["a b"], "select [A b] from T", ["A b"]),
        (["a b"], "select `A b` from T", ["A b"]),
        (["id", "nom"], "select ID from T", ["id", "nom"]),
    ],
)
def test_b30_letters_of_the_select_list_come_back_by_place(
    sent: list[str], statement: str, names: list[str]
) -> None:
    assert columns_of(sent, statement, "SQL") == names


@pytest.mark.parametrize(
    ("sent", "statement"),
    [
        (["id", "id"], "select a.ID, b.ID from a, b"),
        (["ID", "id"], "select a.ID, b.Id as ID from a, b"),
        (["id", "nom", "id"], "select * from a, b"),
    ],
)
def test_b05_a_name_twice_is_refused_whatever_letters_the_database_sends(
    sent: list[Any], statement: str
) -> None:
    with pytest.raises(CallFailed, match=r"2 columns are called '(ID|id)'"):
        columns_of(sent, statement, "SQL")
