"""A school whose ERP answers over HTTP or SOAP, run by the product's own commands."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.sax.saxutils import escape

from werkzeug.wrappers import Response

from edusync.cli.errors import UNEXPECTED
from edusync.codes import get_code
from edusync.diagnostics import Severity
from edusync.plugins import load_registry
from tests.little import Little
from tests.support.commands import edusync

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import ExitStack
    from pathlib import Path

    from werkzeug.wrappers import Request

AT = "2026-03-16T11:30"


class Ended(NamedTuple):
    """What a command ended with, and what stands on Edusign after it."""

    code: int
    said: str
    """What was printed, and the events, on one line."""
    sheets: list[tuple[Any, ...]]

    @property
    def students(self) -> dict[str, list[str]]:
        """Who is on each sheet."""
        return {sheet[0]: sheet[6] for sheet in self.sheets}


class Wire(Little):
    """One school. Exit codes and events are those of the commands."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        super().__init__(folder, load_registry(), stack)

    def command(self, *words: str, at: str = AT) -> Ended:
        """Run a command on the connector file."""
        with self._told():
            self.instance()
        given = {"cwd": self.folder, "env": {"COLUMNS": "2000", "NO_COLOR": "1"}}
        when = ["--at", at, "--state", "state.db"]
        done = edusync(words[0], "school.yaml", *words[1:], *when, **given)  # type: ignore[arg-type]  # by name
        told = edusync("events", "school.yaml", "--state", "state.db", **given)  # type: ignore[arg-type]  # as above
        said = f"{done.stdout} {done.stderr} {told.stdout}"
        assert done.returncode != UNEXPECTED, said
        return Ended(done.returncode, " ".join(said.split()), self.look().sheets)

    def down(self) -> Ended:
        """Bring the planning down."""
        return self.command("sync")

    def validate(self) -> str:
        """Return what `validate` says of the spec."""
        (self.folder / "little.yaml").write_text(json.dumps(self.spec), encoding="utf-8")
        done = edusync(
            "validate", "little.yaml", cwd=self.folder, env={"COLUMNS": "2000", "NO_COLOR": "1"}
        )
        return " ".join((done.stdout + done.stderr).split())

    def attended(self) -> Ended:
        """Play the class 1, archive its sheet and send it up; the grace time is not waited for."""
        self.play("1", "present", "absent")
        told = len(self.seen.events)
        self.write_back()
        events = self.seen.events[told:]
        bad = any(get_code(event[0]).severity is not Severity.INFO for event in events)
        said = " ".join(" ".join(event) for event in events)
        return Ended(int(bad or bool(self.seen.stopped)), said, self.look().sheets)


def assert_held(before: Ended, after: Ended) -> None:
    """Assert that a run said something, and took neither a sheet nor anybody away."""
    assert (after.code != 0, after.sheets) == (True, before.sheets), after.said
    assert "CONN_" in after.said or "DOWN_" in after.said, after.said


def answers(body: str | bytes, kind: str, status: int = 200) -> Callable[[Request], Response]:
    """Return what answers every request in the same way."""
    return lambda _request: Response(body, status, content_type=kind)


# SOAP

NS = "urn:invented:planning"
_OPERATIONS = ("Login", "GetLessons", "GetPeople", "Save", "Logout")
LESSON_TYPE = {
    "id": "decimal",
    "title": "string",
    "start": "dateTime",
    "end": "dateTime",
    "teacher": "decimal",
    "learner": "decimal*",
}
_WHO = {"id": "decimal", "last": "string", "first": "string", "mail": "string"}


def elements(members: dict[str, str]) -> str:
    """Return the declarations of elements; `*` marks those that come several times."""
    return "".join(
        f'<xsd:element name="{name}" type="xsd:{kind.rstrip("*?")}" minOccurs="0"'
        f' maxOccurs="{"unbounded" if kind.endswith("*") else 1}" nillable="true"/>'
        for name, kind in members.items()
    )


class Soap:
    """A SOAP service with a WSDL of ours; `lessons` and `people` are rows in XML."""

    def __init__(self, wire: Little) -> None:
        self.lessons = [
            f"<id>{n}</id><title>Lesson {n}</title><start>2026-03-{16 + n}T09:00:00</start>"
            f"<end>2026-03-{16 + n}T12:00:00</end><teacher>70</teacher>"
            "<learner>1</learner><learner>2</learner>"
            for n in (1, 2)
        ]
        self.people = [
            f"<id>{n}</id><last>Last{n}</last><first>First{n}</first><mail>p{n}@ecole.test</mail>"
            for n in (1, 2, 70)
        ]
        self.declared = elements(LESSON_TYPE)
        self.location: Callable[[str], str] = lambda host: f"http://{host}/svc"
        self.told: Callable[[str, str], Response | None] = lambda _operation, _body: None
        self.asked: list[tuple[str, dict[str, str]]] = []
        wire.rows = {"/planning.wsdl": self.wsdl, "/svc": self.answer}
        wire.spec["transport"] = {"kind": "soap", "wsdl": "{{ connection.url }}/planning.wsdl"}
        wire.spec["formats"] = {"instant": {"kind": "moment", "pattern": "iso"}}
        wire.spec["resources"] = {
            "lessons": {
                "soap": "Planning.GetLessons",
                "as": {"start": "instant", "end": "instant"},
                "key": "id",
            },
            "people": {"soap": "Planning.GetPeople", "key": "id"},
        }
        for kind in ("professor", "student"):
            wire.spec["entities"][kind]["from"] = "people"
        wire.spec["entities"]["course"] |= {
            "starts_at": "start",
            "ends_at": "end",
            "professors": "teacher",
            "students": "learner",
        }

    def wsdl(self, request: Request) -> Response:
        """Return the description of the service."""
        messages = "".join(
            f'<wsdl:message name="{o}In"><wsdl:part name="p" element="t:{o}"/></wsdl:message>'
            f'<wsdl:message name="{o}Out"><wsdl:part name="p" '
            f'element="t:{o}Response"/></wsdl:message>'
            for o in _OPERATIONS
        )
        ports = "".join(
            f'<wsdl:operation name="{o}"><wsdl:input message="t:{o}In"/>'
            f'<wsdl:output message="t:{o}Out"/></wsdl:operation>'
            for o in _OPERATIONS
        )
        bound = "".join(
            f'<wsdl:operation name="{o}"><soap:operation soapAction="{NS}/{o}"/>'
            '<wsdl:input><soap:body use="literal"/></wsdl:input>'
            '<wsdl:output><soap:body use="literal"/></wsdl:output></wsdl:operation>'
            for o in _OPERATIONS
        )
        rows = {
            "GetLessonsResponse": '<xsd:element name="lesson" type="t:Lesson" minOccurs="0" '
            'maxOccurs="unbounded"/>',
            "GetPeopleResponse": '<xsd:element name="person" type="t:Person" minOccurs="0" '
            'maxOccurs="unbounded"/>',
            "GetPeople": elements({"page": "string", "x": "string", "ids": "string*"}),
            "Login": elements({"user": "string", "password": "string"}),
            "LoginResponse": elements({"token": "string"}),
            "Save": elements({"state": "string"}),
            "SaveResponse": elements({"done": "boolean"}),
        }
        types = "".join(
            f'<xsd:element name="{name}"><xsd:complexType><xsd:sequence>{rows.get(name, "")}'
            "</xsd:sequence></xsd:complexType></xsd:element>"
            for o in _OPERATIONS
            for name in (o, f"{o}Response")
        )
        document = (
            '<wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/"'
            ' xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"'
            f' xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:t="{NS}" targetNamespace="{NS}">'
            f'<wsdl:types><xsd:schema targetNamespace="{NS}" elementFormDefault="qualified">'
            "<xsd:complexType "
            f'name="Lesson"><xsd:sequence>{self.declared}</xsd:sequence></xsd:complexType>'
            "<xsd:complexType "
            f'name="Person"><xsd:sequence>{elements(_WHO)}</xsd:sequence></xsd:complexType>'
            f"{types}</xsd:schema></wsdl:types>{messages}"
            f'<wsdl:portType name="PT">{ports}</wsdl:portType>'
            '<wsdl:binding name="B" type="t:PT"><soap:binding style="document"'
            f' transport="http://schemas.xmlsoap.org/soap/http"/>{bound}</wsdl:binding>'
            '<wsdl:service name="S"><wsdl:port name="Planning" binding="t:B">'
            f'<soap:address location="{escape(self.location(request.host))}"/></wsdl:port>'
            "</wsdl:service></wsdl:definitions>"
        )
        return Response(document, content_type="text/xml")

    def answer(self, request: Request) -> Response:
        """Answer a call, or as a test says."""
        operation = request.headers["SOAPAction"].strip('"').rpartition("/")[2]
        self.asked.append(
            (operation, {**dict(request.headers), "?": request.query_string.decode()})
        )
        inner = {
            "GetLessons": "".join(f"<lesson>{row}</lesson>" for row in self.lessons),
            "GetPeople": "".join(f"<person>{row}</person>" for row in self.people),
            "Login": "<token>tok-1</token>",
            "Save": "<done>true</done>",
        }.get(operation, "")
        body = envelope(f'<{operation}Response xmlns="{NS}">{inner}</{operation}Response>')
        return self.told(operation, body) or Response(body, content_type="text/xml; charset=utf-8")


def envelope(body: str) -> str:
    """Return an envelope of SOAP 1.1."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<s:Body>{body}</s:Body></s:Envelope>"
    )
