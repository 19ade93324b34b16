"""An ADE that answers as the facts page says.

XML over GET, a session, a project before anything else, errors under 200.

A raw pipe is refused with 400, a URL of more than 4 kB with 414. `lifetime` requests after its
start a session is dead.
"""

from __future__ import annotations

import csv
import shutil
import weakref
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, request
from lxml import etree

from edusync.sandbox.door import Door, Example
from edusync.sandbox.tables import Rows
from edusync_plugins.adesoft.seed import LANGUAGES, LAW, Event, Resource, Seed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

USER, PASSWORD, PROJECT = "edusync", "sandbox-password", "12"
LONGEST_URL = 4096
_LEVELS = {"url": 4, "email": 8, "code": 9, "members": 13, "event resources": 8}


class AdesoftSimulation:
    """One ADE, seeded around a day.

    `sessions` maps a session to its project and the requests that it has left.
    """

    volatile = ("sessionId",)
    """Parameters whose values differ from run to run, for recordings."""

    def __init__(self, day: date, *, lifetime: int = 1000) -> None:
        self.seed = Seed(day)
        self.lifetime = lifetime
        self.sessions: dict[str, list[Any]] = {}
        self.opened = 0
        self.folder = Path(mkdtemp(prefix="edusync-ade-"))
        weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)
        self.wsgi = self._app()

    def answers(self, base_url: str) -> Mapping[str, Mapping[str, Any]]:
        """Return what the school answers."""
        return {
            "connection": {"url": f"{base_url}/jsp/webapi", "username": USER, "password": PASSWORD},
            "options": {
                "projectId": PROJECT,
                "rootType": "trainee",
                "rootId": "2000",
                "attendanceFolder": str(self.folder),
            },
            "filters": {"folderId": [f"Droit - {LAW}"]},
        }

    def attendance(self) -> Sequence[Mapping[str, Any]]:
        """Return the lines of the files that were dropped."""
        rows: list[Mapping[str, Any]] = []
        for file in sorted(self.folder.glob("*.csv")):
            with file.open(encoding="utf-8", newline="") as handle:
                rows += [
                    {"file": file.name, **row} for row in csv.DictReader(handle, delimiter=";")
                ]
        return rows

    def door(self) -> Door:
        """Return the admin door: events and resources, by their ids."""
        seed = self.seed
        first = seed.events[0]
        tables = {
            "events": Rows(lambda: seed.events, "id", _event),
            "resources": Rows(lambda: seed.resources, "id", Resource),
        }
        new = {**asdict(first), "id": 39900, "activity": 8900, "day": str(first.day)}
        new |= {"start": "15:00", "end": "17:00", "name": "Théâtre"}
        examples = (
            Example("move an event", "PATCH", "events/30111", {"start": "15:30", "end": "17:00"}),
            Example("rename an event", "PATCH", "events/30111", {"name": "Droit"}),
            Example("add an event", "POST", "events", new),
            Example("cancel an event: ADE takes it out", "DELETE", "events/30111"),
        )
        return Door(self.wsgi, tables, examples)

    def story(self) -> Sequence[tuple[str, Callable[[], None]]]:
        """Return what happens in the school between two runs."""
        return (
            (
                "'Droit du travail' of tomorrow is planned again at 09:00: a new event id",
                self.move_course,
            ),
            (
                (
                    "'Droit civil' gets another repetition number and event id: only its day and "
                    "hours tell it"
                ),
                self.change_activity,
            ),
            ("a student joins the group", self.new_student),
            ("the session of the last day is taken out of the planning", self.remove_course),
        )

    def move_course(self) -> None:
        """Plan the first event again."""
        event = self.seed.events[0]
        event.id, event.start, event.end = 39001, "09:00", "10:30"

    def change_activity(self) -> None:
        """Give the second event another repetition and another id."""
        event = self.seed.events[1]
        event.id, event.repetition = 39002, 5

    def new_student(self) -> None:
        """Put a student into the group inside the group."""
        self.seed.resources[2290].members.append(70008)

    def remove_course(self) -> None:
        """Take an event out of the planning."""
        self.seed.events = [event for event in self.seed.events if event.activity != 8808]  # noqa: PLR2004 - the last day's

    def _app(self) -> Flask:
        app = Flask("edusync-sandbox-adesoft")

        @app.get("/jsp/webapi")
        def enter() -> Response:
            if "|" in request.query_string.decode():
                return Response("Bad Request", 400)
            if len(request.url) > LONGEST_URL:
                return Response("URI Too Long", 414)
            function = request.args.get("function", "")
            if function == "connect":
                return self._connect()
            session = self.sessions.get(request.args.get("sessionId", ""))
            if session is None or session[1] <= 0:
                return _error(
                    "com.adesoft.errors.SessionNotFoundException: Session expired or unknown"
                )
            session[1] -= 1
            return self._function(function, session)

        return app

    def _connect(self) -> Response:
        basic = request.authorization
        given = (
            (basic.username, basic.password)
            if basic
            else (request.args.get("login"), request.args.get("password"))
        )
        if given != (USER, PASSWORD):
            return _error("com.adesoft.errors.AccessDenied: Invalid login or password")
        self.opened += 1
        identity = f"session{self.opened}"
        self.sessions[identity] = [None, self.lifetime]
        return _document(etree.Element("session", id=identity))

    def _function(self, function: str, session: list[Any]) -> Response:
        match function:
            case "disconnect":
                self.sessions.pop(request.args["sessionId"])
                return _document(etree.Element("disconnected", sessionId=request.args["sessionId"]))
            case "getProjects":
                root = etree.Element("projects")
                etree.SubElement(
                    root,
                    "project",
                    id=PROJECT,
                    name="2025-2026 PROD",
                    uid="1751000000000",
                    version="810",
                    loaded="true",
                )
                return _document(root)
            case "setProject":
                if request.args.get("projectId") != PROJECT:
                    return _error("com.adesoft.errors.ProjectNotFoundException: Project not found")
                session[0] = PROJECT
                return _document(
                    etree.Element(
                        "setProject", sessionId=request.args["sessionId"], projectId=PROJECT
                    )
                )
        if session[0] is None:
            return _error("com.adesoft.errors.NoProjectException: No project selected")
        match function:
            case "getResources":
                return self._resources()
            case "getEvents":
                return self._events()
        return _error(f"com.adesoft.errors.UnknownFunction: {function}")

    def _resources(self) -> Response:
        detail = int(request.args.get("detail", "1"))
        wanted = [
            int(number) for number in request.args.get("id", "").split("|") if number.isdigit()
        ]
        fathers = [
            int(number)
            for number in request.args.get("fatherIds", "").split("|")
            if number.isdigit()
        ]
        missing = [number for number in wanted if number not in self.seed.resources] + [
            number for number in fathers if number not in {LAW, LANGUAGES}
        ]
        if missing:
            return _error(
                f"com.adesoft.errors.NotFoundException: Resource not found. Id={missing[0]}"
            )
        root = etree.Element("resources")
        for resource in self.seed.resources.values():
            if (not wanted or resource.id in wanted) and (
                not fathers or resource.father in fathers
            ):
                self._resource(root, resource, detail)
        return _document(root)

    def _resource(self, root: Any, resource: Resource, detail: int) -> None:
        found = {
            "id": str(resource.id),
            "name": resource.name,
            "category": resource.category,
            "fatherId": str(resource.father),
        }
        found |= {"isGroup": "false"} if detail >= _LEVELS["url"] else {}
        found |= {"email": resource.email} if detail >= _LEVELS["email"] else {}
        found |= {"code": resource.code} if detail >= _LEVELS["code"] else {}
        element = etree.SubElement(root, "resource", found)
        if detail >= _LEVELS["members"] and resource.members:
            members = etree.SubElement(element, "allMembers")
            for member in resource.members:
                etree.SubElement(
                    members, "member", id=str(member), category=self.seed.resources[member].category
                )

    def _events(self) -> Response:
        try:
            first, last = (
                datetime.strptime(request.args.get(word, ""), "%m/%d/%Y").date()  # noqa: DTZ007 - days have no zone
                for word in ("startDate", "endDate")
            )
        except ValueError:
            return _error("java.text.ParseException: Unparseable date")
        roots = [
            int(number)
            for number in request.args.get("resources", "").split("|")
            if number.isdigit()
        ]
        under = set().union(
            *(self.seed.under(number) for number in roots if number in self.seed.resources)
        )
        root = etree.Element("events")
        for event in self.seed.events:
            if first <= event.day <= last and (not roots or under & set(event.resources)):
                self._event(root, event)
        return _document(root)

    def _event(self, root: Any, event: Event) -> None:
        element = etree.SubElement(
            root,
            "event",
            id=str(event.id),
            activityId=str(event.activity),
            session=str(event.session),
            repetition=str(event.repetition),
            name=event.name,
            date=event.day.strftime("%d/%m/%Y"),
            startHour=event.start,
            endHour=event.end,
            lastUpdate="",
            info="",
        )
        if int(request.args.get("detail", "1")) >= _LEVELS["event resources"]:
            resources = etree.SubElement(element, "resources")
            for number in event.resources:
                resource = self.seed.resources[number]
                etree.SubElement(
                    resources,
                    "resource",
                    id=str(number),
                    name=resource.name,
                    category=resource.category,
                    quantity="1",
                )


def _error(trace: str) -> Response:
    return _document(etree.Element("error", name="error", trace=trace))


def _document(root: Any) -> Response:
    return Response(
        etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True),
        content_type="text/xml; charset=utf-8",
    )


def _event(**row: Any) -> Event:
    """Return an event that the admin door was told of."""
    return Event(**{**row, "day": date.fromisoformat(row["day"])})
