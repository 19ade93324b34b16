"""An ERP that nobody has: a YAML file beside the connector file, and a server for it (Other)."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from werkzeug.wrappers import Request, Response

from edusync import Simulator
from edusync.registry import Registered, Registry
from tests.little import SPEC, UPWARD, lesson, person

NAME = "invented"
FILE = "invented.yaml"


class School:
    """The simulation of an ERP whose lists are tables, and which keeps the lines that it gets."""

    def __init__(self) -> None:
        self.rows: dict[str, Any] = {
            "/lessons": [lesson(1), lesson(2), lesson(3)],
            "/teachers": [person(70), person(71)],
            "/learners": [person(1), person(2)],
            "/reasons": [{"id": 4, "label": "Illness"}],
        }
        self.lines: list[dict[str, Any]] = []

    def door(self) -> Any:
        return Request.application(self._answer)

    def answers(self, url: str) -> dict[str, Any]:
        return {"connection": {"url": url}}

    def attendance(self) -> list[dict[str, Any]]:
        return self.lines

    def _answer(self, request: Request) -> Response:
        if request.method == "POST":
            self.lines += request.get_json()["lines"]
        found = {} if request.method == "POST" else self.rows.get(request.path)
        status = 404 if found is None else 200
        return Response(json.dumps(found), status, content_type="application/json")


def with_invented(registry: Registry) -> Registry:
    """Return a registry that can simulate the ERP; its spec stays a file."""

    def start(_day: date) -> Any:
        return School()

    made = Registered(Simulator(NAME, start), "tests", "tests")
    return replace(registry, simulators={**registry.simulators, NAME: made})


def write_spec(folder: Path) -> str:
    """Write the spec beside a connector file, and return how that names it."""
    spec = {**deepcopy(SPEC), "writeback": deepcopy(UPWARD)}
    spec["resources"] |= {"reasons": {"get": "/reasons", "key": "id"}}
    (folder / FILE).write_text(json.dumps(spec), encoding="utf-8")
    return FILE
