"""YAML read into plain data, with the place of every key and value.

Specs are plain data: tags, merge keys, anchors and aliases are refused while the events go by,
before anything is built. Scalars follow YAML 1.2: only true, false, null and numbers are not text;
dates stay text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from edusync.diagnostics import Diagnostic, Location, Route, Severity
from edusync.spec.events import EventReader, Refused
from edusync.spec.line_ends import even
from edusync.spec.scalars import places_in

MOST_BYTES = 256 * 1024


@dataclass(slots=True)
class Document:
    """One YAML file: its data, and where each route stands.

    A route is the keys and indexes from the top.
    """

    file: str
    data: Any = None
    keys: dict[Route, tuple[int, int]] = field(default_factory=dict)
    values: dict[Route, tuple[int, int]] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)
    half_read: set[Route] = field(default_factory=set)
    """Things of which a part was left out: what is wrong with them now is a consequence, and so is
    everything that is only a warning."""

    text: str = ""
    """The file as it is written."""

    def at(self, route: Route, *, key: bool = False) -> Location:
        """Return the place of a value, or of its key.

        For a route that is not there, of the nearest one above.
        """
        while route:
            places = (self.keys, self.values) if key else (self.values, self.keys)
            for table in places:
                if route in table:
                    return Location(self.file, *table[route])
            route, key = route[:-1], True
        return Location(self.file, 1, 1)

    def inside(self, route: Route, source: str, index: int) -> Location:
        """Return the place of a character of the text at a route, or else of the text."""
        if self.values.get(route) is None or self.get(route) != source:
            return self.at(route)
        places = places_in(self.text.split("\n"), self.values[route], source)
        if not places:
            return self.at(route)
        return Location(self.file, *places[min(index, len(places) - 1)])

    def get(self, route: Route) -> Any:
        """Return the data at a route, None when it is not there."""
        here = self.data
        for step in route:
            try:
                here = here[step]
            except (KeyError, IndexError, TypeError):
                return None
        return here

    def report(
        self,
        code: str,
        route: Route,
        message: str,
        hint: str,
        *,
        key: bool = False,
        place: Location | None = None,
    ) -> None:
        """Add a finding at a route, with the severity of its code.

        `place` is where in the text at the route it is, where that is known.
        """
        from edusync.codes import get_code

        if self.half_read and (
            route[:2] in self.half_read or get_code(code).severity is not Severity.ERROR
        ):
            return
        self.findings.append(
            Diagnostic(
                code, get_code(code).severity, message, place or self.at(route, key=key), hint
            )
        )

    @property
    def has_errors(self) -> bool:
        """Whether any finding blocks."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


def read_document(text: str, file: str, *, most: int = MOST_BYTES) -> Document:
    """Read YAML text of `most` bytes; what is wrong with it is among the findings."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    text = even(text)
    document = Document(file, text=text.replace("\r\n", "\n"))
    if len(text.encode()) > most:
        document.report(
            "SPEC_TOO_LARGE",
            (),
            f"the file is larger than {most // 1024} KiB",
            "a spec is a few hundred lines: is this the right file?",
        )
        return document
    try:
        document.data = EventReader(
            document, text, YAML(typ="safe").parse(text)
        ).whole()  # libyaml: ten times as fast
    except YAMLError:
        _read_slowly(document, text)
    except Refused as refused:
        document.findings.append(
            Diagnostic(
                refused.code,
                Severity.ERROR,
                refused.message,
                Location(file, *refused.place),
                refused.hint,
            )
        )
    return document


def _read_slowly(document: Document, text: str) -> None:
    """Read text that libyaml cannot read with the parser in Python.

    That one says better what is wrong and where.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    file = document.file
    document.keys, document.values, document.findings = {}, {}, []
    try:
        document.data = EventReader(document, text, YAML(typ="safe", pure=True).parse(text)).whole()
    except Refused as refused:
        document.findings.append(
            Diagnostic(
                refused.code,
                Severity.ERROR,
                refused.message,
                Location(file, *refused.place),
                refused.hint,
            )
        )
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        problem = str(error.problem or error.context or "this is not YAML").split("\n")[0].lower()
        document.findings.append(
            Diagnostic(
                "SPEC_UNREADABLE",
                Severity.ERROR,
                f"not readable YAML: {problem}",
                Location(file, *place),
                "mind the indentation, the colon and the quotes here",
            )
        )
    except (
        YAMLError,
        ValueError,
        OverflowError,
    ) as error:  # a letter beyond Unicode is no YAMLError
        first = str(error).split("\n")[0]
        document.report(
            "SPEC_UNREADABLE",
            (),
            f"not readable YAML: {first}",
            "save the file as plain text in UTF-8",
        )
