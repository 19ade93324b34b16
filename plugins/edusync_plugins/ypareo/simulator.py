"""A Yparéo that answers as the facts page says.

Keyed objects and lists, one static token, days with dashes only.

`/salles` is not opened for the key of account two; `/planning/…/groupes` without a group is too
slow to be of use.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, jsonify, request

from edusync.sandbox.door import Door, Example
from edusync.sandbox.tables import Rows
from edusync_plugins.ypareo.seed import LYON, PERIOD, TWIN, Record, Seed, slash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

TOKEN = "sandbox-token"  # noqa: S105 - the simulator's own
_DASHED = re.compile(r"\d{2}-\d{2}-\d{4}\Z")
_SLASHED = re.compile(r"\d{2}/\d{2}/\d{4}\Z")
_NEEDED = (
    "codeApprenant",
    "codeGroupe",
    "dateDeb",
    "heureDeb",
    "dateFin",
    "heureFin",
    "isRetard",
    "isJustifie",
)


class YpareoSimulation:
    """One Yparéo, seeded around a day.

    `closed` names the endpoints that answer 403; without `may_write` the key is a basic one.
    """

    def __init__(self, day: date) -> None:
        self.seed = Seed(day)
        self.closed: set[str] = set()
        self.may_write = True
        self.wsgi = self._app()

    def answers(self, base_url: str) -> Mapping[str, Mapping[str, Any]]:
        """Return what the school answers; the URL is typed with the prefix, as customers do."""
        return {
            "connection": {"url": f"{base_url}/index.php/r/v1/", "apiKey": TOKEN},
            "options": {"importTutors": True},
            "reasons": {"sick leave": "Maladie"},
            "filters": {"siteCodes": ["CFA Exemple Lille - 36"]},
        }

    def attendance(self) -> Sequence[Mapping[str, Any]]:
        """Return the absences that a web service entered."""
        return [row for code, row in self.seed.absences.items() if code != 880017]  # noqa: PLR2004 - the one of the seed

    def door(self) -> Door:
        """Return the admin door: classes, students, staff, contracts and rooms, by their codes."""
        seed, day = self.seed, self.seed.day
        tables = {
            "cours": Rows(lambda: seed.courses, "codeSeance"),
            "apprenants": Rows(lambda: seed.students, "codeApprenant"),
            "personnels": Rows(lambda: seed.staff, "codePersonnel"),
            "groupes": Rows(lambda: seed.groups, "codeGroupe"),
            "contrats": Rows(lambda: seed.contracts, "codeContrat"),
            "salles": Rows(lambda: seed.rooms, "codeSalle"),
        }
        new = seed.course(
            7712900, 2, "THÉÂTRE", "14:00:00", "16:00:00", [42], [1201], [90211, 90212], [310]
        )
        later = {"date": slash(day + timedelta(days=2)), "heureDebut": "15:00:00"}
        examples = (
            Example("move a class", "PATCH", "cours/7712001", {**later, "heureFin": "17:00:00"}),
            Example("rename a class", "PATCH", "cours/7712001", {"nomMatiere": "GESTION"}),
            Example("add a class", "POST", "cours", new),
            Example("cancel a class: Yparéo takes it out", "DELETE", "cours/7712001"),
        )
        return Door(self.wsgi, tables, examples)

    def story(self) -> Sequence[tuple[str, Callable[[], None]]]:
        """Return what happens in the school between two runs."""
        return (
            ("the accounting class of tomorrow moves to 09:30", self.move_course),
            ("a student joins that class", self.new_student),
            ("the English class is taken out of the planning", self.remove_course),
            ("the e-mail of the management professor is broken", self.break_email),
        )

    def move_course(self) -> None:
        """Move the first class by an hour."""
        self.seed.courses[7712001] |= {"heureDebut": "09:30:00", "heureFin": "13:00:00"}

    def new_student(self) -> None:
        """Enrol a new student in the first class."""
        code = 90230
        student = self.seed._student(code, 1201, 36)  # noqa: SLF001 - the simulator and its seed are one thing
        self.seed.students[code] = student
        self.seed.accounts[code] = {"codeApprenant": code, "login": f"a{code}", "email": None}
        course = self.seed.courses[7712001]
        course["codesApprenant"] = [*course["codesApprenant"], code]

    def remove_course(self) -> None:
        """Take a class out of the planning."""
        self.seed.courses.pop(7712003, None)

    def break_email(self) -> None:
        """Break a professor's e-mail."""
        self.seed.staff[44]["email"] = "adresse invalide"
        self.seed.staff.pop(TWIN, None)

    def _app(self) -> Flask:
        app = Flask("edusync-sandbox-ypareo")
        seed = self.seed
        app.json.sort_keys = False  # type: ignore[attr-defined]  # the default provider has it

        @app.before_request
        def enter() -> Response | None:
            if not request.path.startswith("/index.php/r/v1/"):
                return Response("Page introuvable", 404, content_type="text/plain")
            if request.headers.get("X-Auth-Token") != TOKEN:
                return Response("Accès refusé", 401, content_type="text/plain")
            if any(request.path.endswith(path) for path in self.closed):
                return Response("Web service non autorisé", 403, content_type="text/plain")
            return None

        @app.errorhandler(500)
        def broken(_error: Exception) -> Response:
            return Response("Erreur interne", 500, content_type="text/plain")

        base = "/index.php/r/v1"

        @app.get(f"{base}/sites")
        def sites() -> Response:
            return _keyed(seed.sites)

        @app.get(f"{base}/periodes")
        def periods() -> Response:
            return jsonify(seed.periods)

        @app.get(f"{base}/formation-longue/groupes")
        def groups() -> Response:
            return _keyed(
                {
                    code: row
                    for code, row in seed.groups.items()
                    if _wanted("codesSite", row["codeSite"]) and _period()
                }
            )

        @app.get(f"{base}/formation-longue/apprenants")
        def students() -> Response:
            return _keyed(
                {
                    code: row
                    for code, row in seed.students.items()
                    if _period()
                    and _wanted("codesSite", row["inscriptions"][0]["site"]["codeSite"])
                }
            )

        @app.get(f"{base}/utilisateur/apprenants")
        def accounts() -> Response:
            return jsonify(list(seed.accounts.values()))

        @app.get(f"{base}/utilisateur/personnels")
        def staff() -> Response:
            return _keyed(seed.staff)

        @app.get(f"{base}/salles")
        def rooms() -> Response:
            return jsonify(seed.rooms)

        @app.get(f"{base}/contrats")
        def contracts() -> Response:
            return _keyed(seed.contracts if _period() else {})

        @app.get(f"{base}/entreprises/<int:company>/interlocuteurs")
        def contacts(company: int) -> Response:
            return jsonify(seed.contacts.get(company, []))

        @app.get(f"{base}/absences/<first>/<last>")
        def absences(first: str, last: str) -> Response:
            """Answer with times as minutes since midnight, unlike those of the planning."""
            if not (_DASHED.match(first) and _DASHED.match(last)):
                return Response(
                    "Format de date incorrect (JJ-MM-AAAA)", 400, content_type="text/plain"
                )
            days = set(_days(first, last))
            return _keyed(
                {code: row for code, row in seed.absences.items() if row["dateDeb"] in days}
            )

        @app.get(f"{base}/motifs-absence")
        def reasons() -> Response:
            return jsonify(seed.reasons)

        @app.post(f"{base}/absences")
        def enter_absence() -> Response | tuple[Response, int]:
            """Enter one absence; the same one twice is two absences."""
            if not self.may_write:
                return Response(
                    "Clé basic : écriture non autorisée", 403, content_type="text/plain"
                )
            data: Any = request.get_json(silent=True)
            wrong = _unfit(data, seed)
            if wrong:
                return Response(wrong, 400, content_type="text/plain")
            code = max(seed.absences) + 1
            reason = next(
                (
                    row
                    for row in seed.reasons
                    if row["codeMotifAbsence"] == data.get("codeMotifAbsence")
                ),
                None,
            )
            seed.absences[code] = {
                "codeAbsence": code,
                **{name: data[name] for name in _NEEDED},
                "duree": data["heureFin"] - data["heureDeb"],
                "motifAbsence": reason,
            }
            return jsonify(seed.absences[code]), 201

        @app.get(f"{base}/planning/<first>/<last>/groupes/<int:group>")
        def planning(first: str, last: str, group: int) -> Response:
            if not (_DASHED.match(first) and _DASHED.match(last)):
                return Response(
                    "Format de date incorrect (JJ-MM-AAAA)", 400, content_type="text/plain"
                )
            if group not in seed.groups:
                return Response("Groupe inconnu", 404, content_type="text/plain")
            days = set(_days(first, last))
            return jsonify(
                {
                    "cours": [
                        course
                        for course in seed.courses.values()
                        if course["date"] in days and group in course["codesGroupe"]
                    ]
                }
            )

        @app.get(f"{base}/planning/<first>/<last>/groupes")
        def everything(first: str, last: str) -> Response:
            del first, last
            return Response(
                "Gateway Timeout", 504, content_type="text/plain"
            )  # what a real tenant does

        return app


def _unfit(data: Any, seed: Seed) -> str | None:
    """Return what is wrong with an absence, None when it can be entered."""
    if not isinstance(data, dict) or any(name not in data for name in _NEEDED):
        return "Champ obligatoire absent"
    if (
        any(not isinstance(data[name], int) for name in _NEEDED if not name.startswith("date"))
        or data["isRetard"] not in {0, 1}
        or data["isJustifie"] not in {0, 1}
    ):
        return "Valeur incorrecte"
    if not (_SLASHED.match(str(data["dateDeb"])) and _SLASHED.match(str(data["dateFin"]))):
        return "Format de date incorrect (JJ/MM/AAAA)"
    if data["heureFin"] <= data["heureDeb"]:
        return "L'heure de fin précède l'heure de début"
    if data["codeApprenant"] not in seed.students or data["codeGroupe"] not in seed.groups:
        return "Apprenant ou groupe inconnu"
    if data.get("codeMotifAbsence") not in {
        None,
        *(row["codeMotifAbsence"] for row in seed.reasons),
    }:
        return "Motif inconnu"
    return None


def _keyed(rows: Mapping[int, Record]) -> Response:
    """Answer with an object keyed by code.

    An empty one is an empty list, since the server is PHP.
    """
    return jsonify({str(code): row for code, row in rows.items()} if rows else [])


def _wanted(parameter: str, code: object) -> bool:
    listed = request.args.get(parameter, "")
    return not listed or str(code) in listed.split(",")


def _period() -> bool:
    return request.args.get("codesPeriode", str(PERIOD)) == str(PERIOD)


def _days(first: str, last: str) -> Iterable[str]:
    day, end = (datetime.strptime(text, "%d-%m-%Y").date() for text in (first, last))  # noqa: DTZ007 - days have no zone
    while day <= end:
        yield slash(day)
        day += timedelta(days=1)


__all__ = ["LYON", "TOKEN", "YpareoSimulation"]
