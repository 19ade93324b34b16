"""An FCA Manager that answers as the facts page assumes.

HTTP Basic, offset and limit with a total, days as dd-mm-yyyy, flags 0 and 1.

An address that is not on the allow-list gets 403, whatever it signs in with.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, jsonify, request

from edusync.sandbox.door import Door, Example
from edusync.sandbox.guard import signed_in
from edusync.sandbox.tables import Rows, Table
from edusync_plugins.fca.seed import Record, Seed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

USER, PASSWORD = "edusync", "sandbox-password"
LARGEST_PAGE = 200


class FcaSimulation:
    """One FCA Manager, seeded around a day.

    `allowed` is false for an address that is not on its list.
    """

    def __init__(self, day: date) -> None:
        self.seed = Seed(day)
        self.allowed = True
        self.lines: dict[int, dict[int, Record]] = {}
        self.validated: set[int] = set()
        self.wsgi = self._app()

    def answers(self, base_url: str) -> Mapping[str, Mapping[str, Any]]:
        """Return what the school answers."""
        return {
            "connection": {"url": f"{base_url}/fcamanager", "username": USER, "password": PASSWORD},
            "options": {
                "syncGroups": True,
                "instructorsFromTeaching": True,
                "sendAttendance": True,
                "sendDelays": True,
                "sendExclusions": True,
                "sendEarlyDepartures": True,
                "defaultAbsenceReason": "Convocation",
            },
            "reasons": {"sick leave": "Maladie"},
            "filters": {"activityLabels": ["FCA-*"]},
        }

    def attendance(self) -> Sequence[Mapping[str, Any]]:
        """Return the lines of every session, and the sessions that are validated."""
        lines = [
            {"ID_SES": number, **row}
            for number, rows in sorted(self.lines.items())
            for row in rows.values()
        ]
        return [
            *lines,
            *({"ID_SES": number, "TEM_VAL_SES": 1} for number in sorted(self.validated)),
        ]

    def door(self) -> Door:
        """Return the admin door: sessions, people and what they belong to, by their codes."""
        seed = self.seed
        first = seed.sessions[0]
        tables: dict[str, Table] = {
            "sessions": Rows(lambda: seed.sessions, "ID_SES"),
            "personnes": Rows(lambda: seed.people, "COD_PER"),
            "actions": Rows(lambda: seed.actions, "ID"),
            "activites": Rows(lambda: seed.activities, "ID"),
            "salles": Rows(lambda: seed.rooms, "COD_SAL"),
            "motifs-absence": Rows(lambda: seed.reasons, "COD_MAB"),
            "inscriptions": _Registrations(seed.registrations),
        }
        later = {
            name: f"{first[name][:10]} {clock}"
            for name, clock in (("DAT_DEB_SES", "15:00"), ("DAT_FIN_SES", "17:00"))
        }
        new = {**first, "ID_SES": 70900, "LIB_SES": "Théâtre", **later}
        enrolled = {"ID_SES": 70900, "ID_INS": 7090001, "COD_PER": 9001, "ETA_INS": "C"}
        examples = (
            Example("move a session", "PATCH", "sessions/70115", later),
            Example("rename a session", "PATCH", "sessions/70115", {"LIB_SES": "Droit"}),
            Example("add a session", "POST", "sessions", new),
            Example("add a registration for it", "POST", "inscriptions", enrolled),
            Example("cancel a session", "PATCH", "sessions/70115", {"TEM_ANN_SES": 1}),
        )
        return Door(self.wsgi, tables, examples)

    def story(self) -> Sequence[tuple[str, Callable[[], None]]]:
        """Return what happens in the school between two runs."""
        return (
            ("'Droit social - séance 3' of tomorrow moves to 10:00", self.move_course),
            ("a trainee registers for that session", self.new_student),
            ("the session of the last day is taken out of the planning", self.remove_course),
            ("the e-mail of the second professor of the teaching is broken", self.break_email),
        )

    def move_course(self) -> None:
        """Move the first session by an hour."""
        session = self.seed.sessions[0]
        session |= {
            "DAT_DEB_SES": session["DAT_DEB_SES"].replace("09:00", "10:00"),
            "DAT_FIN_SES": session["DAT_FIN_SES"].replace("12:00", "13:00"),
        }

    def new_student(self) -> None:
        """Register a trainee for the first session."""
        self.seed.registrations[70115].append(
            {"ID_INS": 7011599, "COD_PER": 9009, "COD_GRP": "G1", "ETA_INS": "C"}
        )

    def remove_course(self) -> None:
        """Take a session out of the planning."""
        self.seed.sessions = [row for row in self.seed.sessions if row["ID_SES"] != 70124]  # noqa: PLR2004 - the last day's

    def break_email(self) -> None:
        """Break a professor's e-mail."""
        self.seed.people[511]["MAIL_PER"] = "adresse invalide"

    def _app(self) -> Flask:
        app = Flask("edusync-sandbox-fca")
        app.json.sort_keys = False  # type: ignore[attr-defined]  # the default provider has it
        base, seed = "/fcamanager/ws/rest", self.seed

        @app.before_request
        def enter() -> tuple[Response, int] | None:
            if not self.allowed:
                return jsonify({"MSG": "Adresse IP non autorisée"}), 403
            return (
                None
                if signed_in(USER, PASSWORD)
                else (jsonify({"MSG": "Identifiants invalides"}), 401)
            )

        @app.get(f"{base}/<name>")
        def listed(name: str) -> Response | tuple[Response, int]:
            lists: dict[str, Callable[[], list[Record] | str]] = {
                "activites": lambda: seed.activities,
                "actions": lambda: seed.actions,
                "salles": lambda: seed.rooms,
                "motifs-absence": lambda: seed.reasons,
                "sessions": self._sessions,
                "personnes": self._people,
            }
            if name not in lists:
                return jsonify({"MSG": "Ressource inconnue"}), 404
            rows = lists[name]()
            return (jsonify({"MSG": rows}), 400) if isinstance(rows, str) else _page(rows)

        @app.get(f"{base}/sessions/<int:number>/inscriptions")
        def registrations(number: int) -> Response | tuple[Response, int]:
            return (
                _page(seed.registrations[number])
                if number in seed.registrations
                else (jsonify({"MSG": "Séance inconnue"}), 404)
            )

        @app.get(f"{base}/enseignements/<int:number>/acteurs")
        def actors(number: int) -> Response | tuple[Response, int]:
            found = seed.teachings.get(number)
            return (
                (jsonify({"MSG": "Enseignement inconnu"}), 404)
                if found is None
                else _page([{"COD_PER": person} for person in found])
            )

        @app.get(f"{base}/groupes/<code>")
        def group(code: str) -> Response | tuple[Response, int]:
            return (
                jsonify(seed.groups[code])
                if code in seed.groups
                else (jsonify({"MSG": "Groupe inconnu"}), 404)
            )

        @app.put(f"{base}/sessions/<int:number>/assiduite")
        def attendance(number: int) -> Response | tuple[Response, int]:
            """Store the lines that fit, and answer for each of them."""
            session = next((row for row in seed.sessions if row["ID_SES"] == number), None)
            if session is None:
                return jsonify({"MSG": "Séance inconnue"}), 404
            lines = (request.get_json(silent=True) or {}).get("LIGNES")
            if not isinstance(lines, list):
                return jsonify({"MSG": "LIGNES est obligatoire"}), 400
            results = []
            for line in lines:
                wrong = self._unfit(session, line)
                if wrong is None:
                    self.lines.setdefault(number, {})[line["COD_PER"]] = line
                results.append(
                    {"COD_PER": line.get("COD_PER"), "TEM_OK": 0 if wrong else 1, "MSG": wrong}
                )
            return jsonify({"RESULTATS": results})

        @app.put(f"{base}/sessions/<int:number>/validation")
        def validate(number: int) -> Response | tuple[Response, int]:
            """Close a session: its professors have to have been there."""
            if not any(
                line["TYP_PER"] == "INT" and line["TEM_PRE"] == 1
                for line in self.lines.get(number, {}).values()
            ):
                return jsonify({"MSG": "Présence de l'intervenant obligatoire"}), 409
            self.validated.add(number)
            return jsonify({"TEM_VAL_SES": 1})

        return app

    def _unfit(self, session: Record, line: Record) -> str | None:
        """Return what is wrong with one line, None when it can be stored."""
        registered = {
            row["COD_PER"]
            for row in self.seed.registrations[session["ID_SES"]]
            if row["ETA_INS"] != "A"
        }
        known = (
            registered
            if line.get("TYP_PER") == "STA"
            else set(session["INTERVENANTS"])
            or set(self.seed.teachings.get(session["COD_ENS"], ()))
        )
        if line.get("COD_PER") not in known:
            return "Personne non inscrite à la séance"
        if line.get("TEM_PRE") not in {0, 1}:
            return "TEM_PRE est obligatoire"
        if line.get("COD_MAB") not in {None, *(row["COD_MAB"] for row in self.seed.reasons)}:
            return "Motif inconnu"
        return None

    def _sessions(self) -> list[Record] | str:
        try:
            first, last = (
                datetime.strptime(request.args.get(word, ""), "%d-%m-%Y").date()  # noqa: DTZ007 - days have no zone
                for word in ("dat_deb", "dat_fin")
            )
        except ValueError:
            return "dat_deb et dat_fin sont au format JJ-MM-AAAA"
        return [
            row
            for row in self.seed.sessions
            if first <= datetime.strptime(row["DAT_DEB_SES"], "%d-%m-%Y %H:%M").date() <= last  # noqa: DTZ007
        ]

    def _people(self) -> list[Record] | str:
        wanted = [code for code in request.args.get("cod_per", "").split(",") if code]
        return (
            [self.seed.people[int(code)] for code in wanted if int(code) in self.seed.people]
            if wanted
            else "cod_per est obligatoire"
        )


def _page(rows: list[Record]) -> Response | tuple[Response, int]:
    offset, limit = request.args.get("offset", "0"), request.args.get("limit", "")
    if not offset.isdigit() or not limit.isdigit() or not 1 <= int(limit) <= LARGEST_PAGE:
        return jsonify({"MSG": "offset ou limit invalide"}), 400
    return jsonify({"total": len(rows), "lignes": rows[int(offset) : int(offset) + int(limit)]})


@dataclass(frozen=True)
class _Registrations:
    """The registrations of all sessions as one table of the admin door."""

    held: dict[int, list[Record]]

    def rows(self) -> list[Record]:
        """Return every row, with its session."""
        return [{"ID_SES": number, **row} for number, rows in self.held.items() for row in rows]

    def add(self, row: Mapping[str, Any]) -> None:
        """Register somebody."""
        values = dict(row)
        self.held.setdefault(int(values.pop("ID_SES")), []).append({"COD_GRP": None, **values})

    def change(self, key: str, values: Mapping[str, Any]) -> int:
        """Change a registration."""
        return sum(self._of(rows).change(key, values) for rows in self.held.values())

    def remove(self, key: str) -> int:
        """Take a registration away."""
        return sum(self._of(rows).remove(key) for rows in self.held.values())

    def _of(self, rows: list[Record]) -> Rows:
        return Rows(lambda: rows, "ID_INS")
