"""An Aimaira that answers as its graph does.

OData 4 with filters, expansions and next links, HTTP Basic with a backslash in the user name.

A property is only in the answer when it exists; navigations only when they were expanded. Pages
hold `page_size` rows.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from flask import Flask, Response, jsonify, request

from edusync.sandbox.door import Door, Example
from edusync.sandbox.guard import signed_in
from edusync.sandbox.tables import Rows
from edusync_plugins.aimaira.odata import BadQuery, compile_filter
from edusync_plugins.aimaira.seed import NORTH, Record, Seed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

USER, PASSWORD = "ECOLE\\api@aimaira.test", "sandbox-password"
_NAVIGATIONS = {"Mail", "PlanificationsRessource"}
_ONE = re.compile(r"(\w+)\((\d+)\)\Z")


class AimairaSimulation:
    """One Aimaira, seeded around a day."""

    def __init__(self, day: date, *, page_size: int = 200) -> None:
        self.seed = Seed(day)
        self.page_size = page_size
        self.may_write = True
        self.wsgi = self._app()

    def answers(self, base_url: str) -> Mapping[str, Mapping[str, Any]]:
        """Return what the school answers."""
        return {
            "connection": {"url": f"{base_url}/GraphV1", "username": USER, "password": PASSWORD},
            "options": {
                "importStudentTutors": True,
                "sendAttendance": True,
                "planifRealise": True,
                "studentDelay": True,
                "studentExclusion": True,
                "studentEarlyDeparture": True,
            },
            "reasons": {"sick leave": "Maladie"},
            "filters": {"brandIds": [f"École Nord - {NORTH}"]},
        }

    def attendance(self) -> Sequence[Mapping[str, Any]]:
        """Return the lines whose roll call is done, and the events that are completed."""
        words = (
            "Id",
            "Code",
            "PlanificationId",
            "Presence",
            "Exclusion",
            "Retard",
            "Depart",
            "MotifId",
            "ControlePresence",
            "ProvenancePresence",
        )
        lines = [
            {name: line[name] for name in words}
            for line in self._lines()
            if line["ControlePresence"]
        ]
        return [
            *lines,
            *(
                {"Planification": row["Id"], "Nom": row["Nom"], "Realise": True}
                for row in self.seed.tables["Planification"]
                if row["Realise"]
            ),
        ]

    def effective_absences(self) -> list[Record]:
        """Return the absences that count: those of events that are completed (`Realise`)."""
        return [
            line
            for event in self.seed.tables["Planification"]
            if event["Realise"]
            for line in event["PlanificationsRessource"]
            if line["ControlePresence"] and not line["Presence"]
        ]

    def _lines(self) -> list[Record]:
        return [
            line
            for event in self.seed.tables["Planification"]
            for line in event["PlanificationsRessource"]
        ]

    def door(self) -> Door:
        """Return the admin door: the entities of the graph, by their ids."""
        seed = self.seed
        tables = {name: Rows(lambda name=name: seed.tables[name], "Id") for name in seed.tables}  # type: ignore[misc]  # a lambda with a default
        new = seed.event(
            4100900, 2, "Théâtre", "15:00", "17:00", "SEANCE", 2300140, [1], ["A00401"], None
        )
        later = {"Debut": seed.at(2, "15:00"), "Fin": seed.at(2, "17:00")}
        examples = (
            Example("move an event", "PATCH", "Planification/4100231", later),
            Example("rename an event", "PATCH", "Planification/4100231", {"Nom": "Projet"}),
            Example("add an event with its lines", "POST", "Planification", new),
            Example("cancel an event", "PATCH", "Planification/4100231", {"Annule": True}),
        )
        return Door(self.wsgi, tables, examples)

    def story(self) -> Sequence[tuple[str, Callable[[], None]]]:
        """Return what happens in the school between two runs."""
        return (
            ("'Gestion de projet' of tomorrow moves to 10:00", self.move_course),
            ("a student joins that class", self.new_student),
            ("the class of the last day is cancelled", self.cancel_course),
            ("the e-mail of the second professor is emptied", self.break_email),
        )

    def move_course(self) -> None:
        """Move the first class by an hour."""
        self.event(4100231).update(Debut=self.seed.at(1, "10:00"), Fin=self.seed.at(1, "13:30"))

    def new_student(self) -> None:
        """Put a student on the first class."""
        self.event(4100231)["PlanificationsRessource"].append(
            self.seed.student_line(4100231, "A00407", 2300140)
        )

    def cancel_course(self) -> None:
        """Cancel a class."""
        self.event(4100242)["Annule"] = True

    def break_email(self) -> None:
        """Empty a professor's e-mail."""
        self.seed.tables["Enseignant"][1]["Mail"] = {"Id": 3, "Adresse": ""}

    def event(self, number: int) -> Record:
        """Return an event by its id."""
        return next(row for row in self.seed.tables["Planification"] if row["Id"] == number)

    def _app(self) -> Flask:
        app = Flask("edusync-sandbox-aimaira")
        app.json.sort_keys = False  # type: ignore[attr-defined]  # the default provider has it

        @app.before_request
        def enter() -> tuple[Response, int] | None:
            return (
                None
                if signed_in(USER, PASSWORD)
                else (jsonify({"error": {"code": "401", "message": "Unauthorized"}}), 401)
            )

        @app.get("/GraphV1/<path:path>")
        def read(path: str) -> Response | tuple[Response, int]:
            try:
                return self._answer(path)
            except BadQuery as bad:
                return jsonify({"error": {"code": "400", "message": str(bad)}}), 400

        @app.put("/GraphV1/<path:path>")
        def put(path: str) -> Response | tuple[Response, int]:
            """Replace an entity: what the body leaves out is reset."""
            if not self.may_write:
                return jsonify({"error": {"code": "403", "message": "Forbidden"}}), 403
            one, data = _ONE.match(path), request.get_json(silent=True)
            rows = (
                self._lines()
                if one and one.group(1) == "PlanificationRessource"
                else self.seed.tables["Planification"]
                if one and one.group(1) == "Planification"
                else []
            )
            found = next((row for row in rows if one and row["Id"] == int(one.group(2))), None)
            if found is None:
                return jsonify({"error": {"code": "404", "message": "not found"}}), 404
            if (
                not isinstance(data, dict)
                or data.get("Id") != found["Id"]
                or data.keys() - found.keys()
            ):
                return jsonify(
                    {"error": {"code": "400", "message": "the body is not the entity"}}
                ), 400
            if data.get("MotifId", 0) not in {
                0,
                *(row["Id"] for row in self.seed.tables["MotifAbsence"]),
            }:
                return jsonify({"error": {"code": "400", "message": "MotifId inconnu"}}), 400
            for name, value in found.items():
                if name not in _NAVIGATIONS:
                    found[name] = (
                        data[name]
                        if name in data
                        else False
                        if isinstance(value, bool)
                        else 0
                        if isinstance(value, int)
                        else None
                    )
            return jsonify(_slim(found))

        return app

    def _answer(self, path: str) -> Response | tuple[Response, int]:
        tables = self.seed.tables
        one = _ONE.match(path)
        if one:
            found = next(
                (row for row in tables.get(one.group(1), ()) if row["Id"] == int(one.group(2))),
                None,
            )
            return (
                jsonify(_slim(found))
                if found
                else (jsonify({"error": {"code": "404", "message": "not found"}}), 404)
            )
        match path.split("/"):
            case [name] if name in tables:
                return self._listed(path, tables[name])
            case ["PlanificationRessource"]:
                return self._listed(path, self._lines())
            case ["Groupe", number, "Apprenants"] if (
                number.isdigit() and int(number) in self.seed.groups
            ):
                members = self.seed.groups[int(number)][1]
                return self._listed(
                    path, [row for row in tables["Apprenant"] if row["Code"] in members]
                )
        return jsonify({"error": {"code": "404", "message": f"no resource '{path}'"}}), 404

    def _listed(self, path: str, rows: list[Record]) -> Response:
        unknown = [
            name
            for name in request.args
            if name.startswith("$")
            and name not in {"$filter", "$expand", "$select", "$top", "$skip", "$orderby"}
        ]
        if unknown:
            raise BadQuery(f"unknown query option {unknown[0]}")
        if "$filter" in request.args:
            test = compile_filter(request.args["$filter"])
            rows = [row for row in rows if test(row)]
        skip = int(request.args.get("$skip", 0))
        size = min(int(request.args.get("$top", self.page_size)), self.page_size)
        body: dict[str, Any] = {
            "@odata.context": f"{request.url_root}GraphV1/$metadata#{path}",
            "value": [_slim(row) for row in rows[skip : skip + size]],
        }
        if skip + size < len(rows) and "$top" not in request.args:
            body["@odata.nextLink"] = (
                f"{request.base_url}?{urlencode({**request.args, '$skip': skip + size})}"
            )
        return jsonify(body)


def _slim(row: Record) -> Record:
    """Return the row with the expanded navigations and the selected properties."""
    expanded = set(filter(None, request.args.get("$expand", "").split(",")))
    if expanded - _NAVIGATIONS & row.keys():
        raise BadQuery(f"no navigation '{min(expanded)}'")
    selected = set(filter(None, request.args.get("$select", "").split(",")))
    return {
        name: value
        for name, value in row.items()
        if (name in expanded if name in _NAVIGATIONS else not selected or name in selected)
    }
