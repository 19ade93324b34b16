"""An SC-Form database: a real SQLite file with the views of the facts page.

The web address only says that this ERP is a database.
"""

from __future__ import annotations

import shutil
import sqlite3
import weakref
from contextlib import closing
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any

from flask import Flask

from edusync.sandbox.door import Door, Example
from edusync.sandbox.tables import SqlBreaker, SqlTable
from edusync_plugins.scform.seed import COOKS, Seed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date


_ONLY_PLANNED = """
create trigger only_planned before insert on ABSENCE_IMPORT
when not exists (select 1 from V_SEANCE_APPRENANT where ID_SOCIETE = new.ID_SOCIETE
  and ID_SEANCE = new.ID_SEANCE and ID_APPRENANT = new.ID_APPRENANT)
begin select raise(abort, 'apprenant absent de la séance'); end
"""


class ScformSimulation:
    """One SC-Form database, seeded around a day, in a file that lives as long as this object."""

    def __init__(self, day: date) -> None:
        self.seed = Seed(day)
        folder = mkdtemp(prefix="edusync-scform-")
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        self.file = Path(folder) / "scform.db"
        with closing(sqlite3.connect(self.file)) as connection:
            for statement, rows in self.seed.script():
                connection.executemany(statement, rows) if rows else connection.execute(statement)
            connection.execute(_ONLY_PLANNED)
            connection.commit()
        self.wsgi = self._app()

    def answers(self, base_url: str) -> Mapping[str, Mapping[str, Any]]:
        """Return what the school answers."""
        del base_url
        return {
            "connection": {"url": f"sqlite:///{self.file}"},
            "options": {"importTutors": True, "analyticsCodeAsTag": True},
            "reasons": {"sick leave": "Maladie"},
            "filters": {"companies": [f"Saveurs Formation - {COOKS}"]},
        }

    def attendance(self) -> Sequence[Mapping[str, Any]]:
        """Return the rows of the one table that is written."""
        with closing(sqlite3.connect(self.file)) as connection:
            connection.row_factory = sqlite3.Row
            return [
                dict(row)
                for row in connection.execute(
                    "select * from ABSENCE_IMPORT order by ID_SOCIETE, ID_SEANCE, ID_APPRENANT"
                )
            ]

    def door(self) -> Door:
        """Return the admin door: the views, by their keys, such as 1-30177."""
        keys = {
            "V_SEANCE": ("ID_SOCIETE", "ID_SEANCE"),
            "V_SEANCE_APPRENANT": ("ID_SOCIETE", "ID_SEANCE", "ID_APPRENANT"),
            "V_SEANCE_INTERVENANT": ("ID_SOCIETE", "ID_SEANCE", "ID_INTERVENANT"),
            "V_APPRENANT": ("ID_SOCIETE", "ID_APPRENANT"),
            "V_INTERVENANT": ("ID_SOCIETE", "ID_INTERVENANT"),
        }
        tables = {name: SqlTable(self.file, name, key) for name, key in keys.items()}
        seance, later = f"V_SEANCE/{COOKS}-30177", {"HEURE_DEBUT": 900, "HEURE_FIN": 1020}
        new = {**tables["V_SEANCE"].rows()[0], "ID_SEANCE": 30900, "LIBELLE_SEANCE": "Théâtre"}
        examples = (
            Example("move a session", "PATCH", seance, later),
            Example("rename a session", "PATCH", seance, {"LIBELLE_SEANCE": "Atelier"}),
            Example("add a session", "POST", "V_SEANCE", {**new, **later}),
            Example(
                "add its professor",
                "POST",
                "V_SEANCE_INTERVENANT",
                {"ID_SOCIETE": COOKS, "ID_SEANCE": 30900, "ID_INTERVENANT": 51},
            ),
            Example(
                "add a student to it",
                "POST",
                "V_SEANCE_APPRENANT",
                {"ID_SOCIETE": COOKS, "ID_SEANCE": 30900, "ID_APPRENANT": 8101, "ID_GROUPE": 1},
            ),
            Example("cancel a session", "PATCH", seance, {"ETAT_SEANCE": "A"}),
        )
        return Door(self.wsgi, tables, examples, SqlBreaker(self.file))

    def story(self) -> Sequence[tuple[str, Callable[[], None]]]:
        """Return what happens in the school between two runs."""
        return (
            ("'Atelier cuisine' of tomorrow moves to 09:30", self.move_course),
            ("a student joins that session", self.new_student),
            ("the session of the last day is cancelled", self.cancel_course),
            ("the e-mail of the second professor is emptied", self.break_email),
        )

    def move_course(self) -> None:
        """Move the first session by an hour."""
        self._change(
            "update V_SEANCE set HEURE_DEBUT = 570, HEURE_FIN = 780 where ID_SEANCE = 30177 and "
            "ID_SOCIETE = 1"
        )

    def new_student(self) -> None:
        """Put a student on the first session."""
        self._change("insert into V_SEANCE_APPRENANT values (1, 30177, 8106, 1)")

    def cancel_course(self) -> None:
        """Cancel a session."""
        self._change("update V_SEANCE set ETAT_SEANCE = 'A' where ID_SEANCE = 30185")

    def break_email(self) -> None:
        """Empty a professor's e-mail."""
        self._change(
            "update V_INTERVENANT set EMAIL = '' where ID_INTERVENANT = 52 and ID_SOCIETE = 1"
        )

    def _change(self, statement: str) -> None:
        with closing(sqlite3.connect(self.file)) as connection:
            connection.execute(statement)
            connection.commit()

    def _app(self) -> Flask:
        app = Flask("edusync-sandbox-scform")

        @app.get("/")
        def about() -> str:
            return f"SC-Form is read from its database: sqlite:///{self.file}\n"

        return app
