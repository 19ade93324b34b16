"""An Ammon that answers as the facts page assumes.

Two tokens, pages with a total, days as dd/MM/yyyy, flags 0 and -1.

The session token expires after `lifetime` requests, so that a client has to sign in again.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, jsonify, request

from edusync.sandbox.door import Door, Example
from edusync.sandbox.tables import Rows
from edusync_plugins.ammon.seed import NORTH, Record, Seed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

TOKEN, USER, PASSWORD = "sandbox-token", "edusync", "sandbox-password"
LARGEST_PAGE = 500


class AmmonSimulation:
    """One Ammon, seeded around a day."""

    def __init__(self, day: date, *, lifetime: int = 25) -> None:
        self.seed = Seed(day)
        self.lifetime = lifetime
        self.signed: dict[str, int] = {}
        self.sign_ins = 0
        self.presences: dict[int, dict[int, Record]] = {}
        self.may_write = True
        self.wsgi = self._app()

    def answers(self, base_url: str) -> Mapping[str, Mapping[str, Any]]:
        """Return what the school answers."""
        return {
            "connection": {
                "url": f"{base_url}/api/v1/",
                "username": USER,
                "password": PASSWORD,
                "token": TOKEN,
            },
            "options": {"earlyDeparture": "Départ anticipé"},
            "reasons": {"sick leave": "Maladie"},
            "filters": {"structureId": [f"Centre Nord - {NORTH}"]},
        }

    def attendance(self) -> Sequence[Mapping[str, Any]]:
        """Return the presences of every class."""
        return [
            {"idSeance": number, **row}
            for number, rows in sorted(self.presences.items())
            for row in rows.values()
        ]

    def door(self) -> Door:
        """Return the admin door: classes and people, by their ids."""
        seed = self.seed
        tables = {
            "seances": Rows(lambda: seed.classes, "idSeance"),
            "sessions": Rows(lambda: seed.sessions, "idSession"),
            "stagiaires": Rows(lambda: seed.trainees, "idPersonne"),
            "formateurs": Rows(lambda: seed.trainers, "idPersonne"),
            "groupes": Rows(lambda: seed.groups, "idGroupe"),
            "salles": Rows(lambda: seed.rooms, "idSalle"),
        }
        new = {**seed.classes[0], "idSeance": 55900, "intitule": "Théâtre"}
        later = {"heureDebut": "18:00", "heureFin": "20:00"}
        examples = (
            Example("move a class", "PATCH", "seances/55120", later),
            Example("rename a class", "PATCH", "seances/55120", {"intitule": "Électricité"}),
            Example("add a class", "POST", "seances", new),
            Example("cancel a class", "PATCH", "seances/55120", {"annulee": -1}),
        )
        return Door(self.wsgi, tables, examples)

    def story(self) -> Sequence[tuple[str, Callable[[], None]]]:
        """Return what happens in the school between two runs."""
        return (
            ("the class 'Habilitation électrique' of tomorrow moves to 09:30", self.move_course),
            ("a trainee joins that class", self.new_student),
            ("the welding class is taken out of the planning", self.remove_course),
            ("the e-mail of the second trainer is broken", self.break_email),
        )

    def move_course(self) -> None:
        """Move the first class by an hour."""
        self.seed.classes[0] |= {"heureDebut": "09:30", "heureFin": "13:00"}

    def new_student(self) -> None:
        """Enrol a trainee in the first class."""
        self.seed.classes[0]["stagiaires"] = [*self.seed.classes[0]["stagiaires"], 9012]

    def remove_course(self) -> None:
        """Take a class out of the planning."""
        self.seed.classes = [row for row in self.seed.classes if row["idSeance"] != 55122]  # noqa: PLR2004 - the welding class

    def break_email(self) -> None:
        """Break a trainer's e-mail."""
        self.seed.trainers[2042]["emailPro"] = "adresse invalide"

    def _app(self) -> Flask:
        app = Flask("edusync-sandbox-ammon")
        app.json.sort_keys = False  # type: ignore[attr-defined]  # the default provider has it
        base = "/api/v1"

        @app.before_request
        def enter() -> tuple[Response, int] | None:
            if request.headers.get("X-Auth-Token") != TOKEN:
                return jsonify({"code": "JETON_INVALIDE"}), 401
            if request.path == f"{base}/authentification":
                return None
            bearer = request.headers.get("Authorization", "").removeprefix("Bearer ")
            if self.signed.get(bearer, 0) <= 0:
                return jsonify({"code": "JETON_EXPIRE"}), 401
            self.signed[bearer] -= 1
            return None

        @app.post(f"{base}/authentification")
        def sign_in() -> tuple[Response, int]:
            data = request.get_json(silent=True) or {}
            if (data.get("identifiant"), data.get("motDePasse")) != (USER, PASSWORD):
                return jsonify({"code": "IDENTIFIANTS_INVALIDES"}), 401
            self.sign_ins += 1
            token = f"jeton-{self.sign_ins}"
            self.signed[token] = self.lifetime
            return jsonify({"jeton": token, "expireDans": 3600}), 200

        @app.get(f"{base}/<name>")
        def listed(name: str) -> Response | tuple[Response, int]:
            rows = self._rows(name)
            if isinstance(rows, str):
                return jsonify({"code": "PARAMETRE_INVALIDE", "message": rows}), 400
            if rows is None:
                return jsonify({"code": "INCONNU"}), 404
            return _page(list(rows))

        @app.put(f"{base}/seances/<int:number>/presences")
        def presences(number: int) -> Response | tuple[Response, int]:
            """Take the presences of a class, or refuse them all."""
            if not self.may_write:
                return jsonify({"code": "DROIT_INSUFFISANT"}), 403
            known = next(
                (
                    row
                    for row in (*self.seed.classes, *self.seed.individual)
                    if row["idSeance"] == number
                ),
                None,
            )
            if known is None:
                return jsonify({"code": "SEANCE_INCONNUE"}), 404
            lines = (request.get_json(silent=True) or {}).get("presences")
            if not isinstance(lines, list):
                return jsonify({"code": "PARAMETRE_INVALIDE", "message": "presences"}), 400
            wrong = [
                {"idStagiaire": line.get("idStagiaire"), "code": "LIGNE_REFUSEE", "message": words}
                for line in lines
                if (words := self._unfit(known, line))
            ]
            if wrong:
                return jsonify({"erreurs": wrong}), 422
            self.presences.setdefault(number, {}).update(
                {line["idStagiaire"]: line for line in lines}
            )
            return Response(status=204)

        return app

    def _unfit(self, known: Record, line: Record) -> str | None:
        """Return what is wrong with one line, None when it can be stored."""
        if line.get("idStagiaire") not in {*known.get("stagiaires", ()), known.get("idStagiaire")}:
            return "stagiaire absent de la séance"
        needed = {"R": "heureArrivee", "D": "heureDepart"}.get(str(line.get("etat")))
        if line.get("etat") not in {"P", "A", "AJ", "R", "D", "E"} or (
            needed and not re.match(r"\d\d:\d\d\Z", str(line.get(needed)))
        ):
            return "état ou heure invalide"
        if line.get("etat") == "D" and line.get("idMotif") is None:
            return "motif obligatoire"
        if line.get("idMotif") not in {None, *(row["idMotif"] for row in self.seed.reasons)}:
            return "motif inconnu"
        return None

    def _rows(self, name: str) -> Iterable[Record] | str | None:
        seed = self.seed
        match name:
            case "structures":
                return seed.structures
            case "statuts-session":
                return seed.statuses
            case "actions":
                return [row for row in seed.actions if _wanted("idStructure", row["idStructure"])]
            case "sessions":
                return [
                    row
                    for row in seed.sessions
                    if _wanted("idAction", row["idAction"]) and _wanted("idStatut", row["idStatut"])
                ]
            case "seances" | "seances-individuelles":
                return self._classes(seed.classes if name == "seances" else seed.individual)
            case "stagiaires" | "formateurs":
                people = seed.trainees if name == "stagiaires" else seed.trainers
                return (
                    [row for number, row in people.items() if _wanted("ids", number)]
                    if request.args.get("ids")
                    else "ids est obligatoire"
                )
            case "groupes":
                return [row for row in seed.groups if _wanted("idSession", row["idSession"])]
            case "salles":
                return seed.rooms
            case "motifs-absence":
                return seed.reasons
        return None

    def _classes(self, rows: list[Record]) -> Iterable[Record] | str:
        try:
            first, last = (
                datetime.strptime(request.args.get(word, ""), "%d/%m/%Y").date()  # noqa: DTZ007 - days have no zone
                for word in ("dateDebut", "dateFin")
            )
        except ValueError:
            return "dateDebut et dateFin sont au format JJ/MM/AAAA"
        return [
            row
            for row in rows
            if first <= datetime.strptime(row["date"], "%d/%m/%Y").date() <= last  # noqa: DTZ007
            and _wanted("idStructure", row["idStructure"])
        ]


def _wanted(parameter: str, number: object) -> bool:
    listed = request.args.get(parameter, "")
    return not listed or str(number) in listed.split(",")


def _page(rows: list[Record]) -> Response | tuple[Response, int]:
    page, size = int(request.args.get("page", 1)), int(request.args.get("taille", 100))
    if page < 1 or not 1 <= size <= LARGEST_PAGE:
        return jsonify({"code": "PARAMETRE_INVALIDE", "message": "page ou taille"}), 400
    return jsonify(
        {
            "page": page,
            "taille": size,
            "total": len(rows),
            "donnees": rows[(page - 1) * size : page * size],
        }
    )
