"""A small SC-Form database around a given day.

Two companies whose numbers collide, padded texts, one base for each sector.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from edusync.sandbox.invented import someone

COOKS, CARERS = 1, 2
VIEWS: dict[str, str] = {
    "V_SOCIETE": "ID_SOCIETE integer, NOM_SOCIETE char(30)",
    "V_BASE": "CODE_BASE varchar(10), LIBELLE_BASE varchar(50), ID_SOCIETE integer",
    "V_SEANCE": "ID_SEANCE integer, ID_SOCIETE integer, CODE_BASE varchar(10), LIBELLE_SEANCE "
    "varchar(80), LIBELLE_MATIERE varchar(80), DATE_SEANCE date, HEURE_DEBUT integer, "
    "HEURE_FIN integer, ID_SALLE integer, ETAT_SEANCE char(1)",
    "V_SEANCE_INTERVENANT": "ID_SOCIETE integer, ID_SEANCE integer, ID_INTERVENANT integer",
    "V_SEANCE_APPRENANT": "ID_SOCIETE integer, ID_SEANCE integer, ID_APPRENANT integer, "
    "ID_GROUPE integer",
    "V_APPRENANT": "ID_APPRENANT integer, NOM char(40), PRENOM char(40), EMAIL varchar(80), "
    "PORTABLE varchar(20), CODE_ANALYTIQUE varchar(20), ID_SOCIETE integer, CODE_BASE varchar(10), "
    "ACTIF char(1)",
    "V_INTERVENANT": "ID_SOCIETE integer, ID_INTERVENANT integer, NOM char(40), PRENOM char(40), "
    "EMAIL varchar(80), ACTIF char(1)",
    "V_GROUPE": "ID_SOCIETE integer, ID_GROUPE integer, LIBELLE_GROUPE varchar(50), CODE_BASE "
    "varchar(10)",
    "V_GROUPE_APPRENANT": "ID_SOCIETE integer, ID_GROUPE integer, ID_APPRENANT integer",
    "V_SALLE": "ID_SOCIETE integer, ID_SALLE integer, LIBELLE_SALLE varchar(50), SITE varchar(50)",
    "V_MOTIF_ABSENCE": "CODE_MOTIF varchar(10), LIBELLE_MOTIF varchar(50), JUSTIFIE char(1)",
    "ABSENCE_IMPORT": "ID_SOCIETE integer, ID_SEANCE integer, ID_APPRENANT integer, TYPE_ABSENCE "
    "char(1) not null check (TYPE_ABSENCE in ('A', 'R', 'D', 'E')), HEURE_DEBUT integer, "
    "HEURE_FIN integer, NB_MINUTES integer, CODE_MOTIF varchar(10), JUSTIFIE char(1), ORIGINE "
    "varchar(10), DATE_SAISIE date, "
    "unique (ID_SOCIETE, ID_SEANCE, ID_APPRENANT, ORIGINE)",
    "V_TUTEUR": "ID_SOCIETE integer, ID_TUTEUR integer, ID_APPRENANT integer, NOM varchar(40), "
    "PRENOM varchar(40), EMAIL varchar(80), TELEPHONE varchar(20), TYPE_TUTEUR char(2), "
    "DATE_DEBUT date, DATE_FIN date",
}


class Seed:
    """The rows of every view."""

    def __init__(self, day: date) -> None:
        self.day = day
        self.rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in VIEWS}
        self.rows["V_SOCIETE"] = [
            (COOKS, "Saveurs Formation".ljust(30)),
            (CARERS, "Soins Formation".ljust(30)),
        ]
        self.rows["V_BASE"] = [
            ("CFA01", "Cuisine", COOKS),
            ("CFA02", "Pâtisserie", COOKS),
            ("SAP01", "Aide à la personne", CARERS),
        ]
        for company, base, first in ((COOKS, "CFA01", 1), (CARERS, "SAP01", 21)):
            for n in range(6):
                who = someone(first + n)
                email = "" if n == 3 else who.email  # noqa: PLR2004 - one without
                self.rows["V_APPRENANT"].append(
                    (
                        8101 + n,
                        who.last.upper().ljust(40),
                        who.first.ljust(40),
                        email,
                        "",
                        f"AN-{base}-{n % 2}",
                        company,
                        base,
                        "N" if n == 4 else "O",  # noqa: PLR2004 - one has left
                    )
                )
            for n in range(5):
                who = someone(first + 40 + n)
                email = "" if n == 2 else someone(first + 43).email if n == 4 else who.email  # noqa: PLR2004 - one without, one double
                self.rows["V_INTERVENANT"].append(
                    (company, 51 + n, who.last.upper().ljust(40), who.first.ljust(40), email, "O")
                )
            self.rows["V_GROUPE"].append((company, 1, f"Groupe {base}", base))
            self.rows["V_GROUPE_APPRENANT"] += [(company, 1, 8101 + n) for n in range(4)]
            self.rows["V_SALLE"].append(
                (company, 9, "Atelier 1" if company == COOKS else "Salle de soins", "Nord")
            )
        tutor, other = someone(88), someone(89)
        self.rows["V_TUTEUR"] = [
            (
                COOKS,
                71,
                8101,
                tutor.last.upper(),
                tutor.first,
                tutor.email,
                "",
                "MA",
                self.at(-100),
                self.at(200),
            ),
            (
                COOKS,
                72,
                8102,
                other.last.upper(),
                other.first,
                other.email,
                "",
                "TU",
                self.at(-400),
                self.at(-30),
            ),
        ]
        self.rows["V_MOTIF_ABSENCE"] = [("MAL", "Maladie", "O"), ("CONV", "Convocation", "O")]
        self._fill()

    def at(self, days: int) -> str:
        """Return a day so many days after the day of the seed."""
        return (self.day + timedelta(days=days)).isoformat()

    def session(
        self,
        number: int,
        company: int,
        base: str,
        days: int,
        name: str,
        start: int,
        end: int,
        professors: list[int],
        students: list[int],
        *,
        state: str = "P",
    ) -> None:
        """Plan one session; times are minutes since midnight."""
        self.rows["V_SEANCE"].append(
            (number, company, base, name, "Matière", self.at(days), start, end, 9, state)
        )
        self.rows["V_SEANCE_INTERVENANT"] += [(company, number, person) for person in professors]
        self.rows["V_SEANCE_APPRENANT"] += [(company, number, person, 1) for person in students]

    def _fill(self) -> None:
        a = [8101, 8102, 8103, 8104, 8105]
        self.session(30177, COOKS, "CFA01", 1, "Atelier cuisine", 510, 720, [51], a)
        self.session(30177, CARERS, "SAP01", 1, "Gestes du soin", 540, 720, [51], [8101, 8102])
        self.session(30178, COOKS, "CFA01", 1, "", 810, 1020, [51, 52], a)
        self.session(30179, COOKS, "CFA02", 2, "Desserts", 510, 720, [54], [8106])
        self.session(30180, COOKS, "CFA01", 3, "Annulée", 510, 720, [51], a, state="A")
        self.session(30181, COOKS, "CFA01", 4, "Sans intervenant", 510, 720, [], a)
        self.session(30182, COOKS, "CFA01", 5, "Intervenant sans e-mail", 510, 720, [53], a)
        self.session(30183, COOKS, "CFA01", 5, "E-mail en double", 810, 1020, [55], a)
        self.session(30184, COOKS, "CFA01", 6, "Sans apprenant valable", 510, 720, [51], [8104])
        self.session(30185, COOKS, "CFA01", 14, "Dernier jour", 510, 720, [51], a)
        self.session(30186, COOKS, "CFA01", 15, "Trop tard", 510, 720, [51], a)
        self.session(30187, COOKS, "CFA01", 0, "Aujourd'hui", 510, 540, [51], a)
        self.session(30188, COOKS, "CFA01", -1, "Hier", 510, 720, [51], a)

    def script(self) -> list[tuple[str, list[tuple[Any, ...]]]]:
        """Return the statements that make the database, each with its rows."""
        made: list[tuple[str, list[tuple[Any, ...]]]] = [
            (f"create table {name} ({columns})", []) for name, columns in VIEWS.items()
        ]
        return made + [
            (f"insert into {name} values ({', '.join('?' * len(rows[0]))})", rows)  # noqa: S608 - the names are above
            for name, rows in self.rows.items()
            if rows
        ]
