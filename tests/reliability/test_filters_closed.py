"""Filters fail closed (issue 13): nobody out of scope comes while the ERP refuses an answer.

Each request that a run makes of an ERP answers 500, one at a time, in a school that never ran: a
session or a person whom the filter keeps away may not come down because what the filter looks into
could not be read.
"""

from __future__ import annotations

from contextlib import ExitStack, suppress
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from edusync.errors import EdusyncError
from edusync.registry import Registry
from tests.conftest import World
from tests.support.walks import Sample

pytestmark = pytest.mark.slow

SCHOOLS: dict[str, tuple[str, dict[str, Any]]] = {
    "ammon structureId": ("ammon", {"structureId": [36]}),
    "ammon filterActions": ("ammon", {"filterActions": ["Soudure"]}),
    "ammon filterSessions": ("ammon", {"filterSessions": [11, 27]}),
    "aimaira brandIds": ("aimaira", {"brandIds": ["École Nord"]}),
    "fca activityLabels": ("fca", {"activityLabels": ["FCA-*"]}),
    "hyperplanning courseFamilies": ("hyperplanning", {"courseFamilies": {"Filière": ["Option"]}}),
    "hyperplanning studentFamilies": (
        "hyperplanning",
        {"studentFamilies": {"statut": ["apprenti"]}},
    ),
    "ypareo siteCodes": ("ypareo", {"siteCodes": [36]}),
    "adesoft folderId": ("adesoft", {"folderId": ["901"]}),
    "adesoft groupsCodes": ("adesoft", {"groupsCodes": ["L3TP1"]}),
    "aurion campusCodes": ("aurion", {"campusCodes": ["BDX"]}),
}
Asked = tuple[str, str, str, bytes]


class Failing:
    """An ERP of which the nth different request fails, and every time that it comes again."""

    def __init__(self, application: Any, number: int | None) -> None:
        self.application, self.number = application, number
        self.asked: list[Asked] = []

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = BytesIO(body)
        asked = (environ["REQUEST_METHOD"], environ["PATH_INFO"], environ["QUERY_STRING"], body)
        if asked not in self.asked:
            self.asked.append(asked)
        if self.number is not None and self.asked.index(asked) == self.number:
            start_response("500 Internal Server Error", [("Content-Type", "text/plain")])
            return [b"out of order"]
        return self.application(environ, start_response)


def come(registry: Registry, school: str, number: int | None) -> tuple[str, set[str], int]:
    """Return how a first run ended, who and what it made, and how much was asked."""
    erp, filters = SCHOOLS[school]
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        world = World(folder, registry, erp, stack)
        options = world.simulation.answers(world.erp_url).get("options", {})
        world.write(filters=filters, options=options)
        failing = Failing(world.erp.application, number)
        world.erp.application = failing
        status = "stopped"
        with suppress(EdusyncError):
            status = world.sync().status
        made = {
            f"{kind} {row['API_ID']}"
            for kind in ("courses", "students", "professors", "groups", "externals")
            for row in world.book.all(kind)
        }
        return status, made, len(failing.asked)


@pytest.mark.walk(every=12)
@pytest.mark.parametrize("school", SCHOOLS)
def test_nobody_out_of_scope_comes_while_an_answer_fails(
    registry: Registry, school: str, sample: Sample
) -> None:
    status, scope, asked = come(registry, school, None)
    assert (status, bool(scope)) == ("success", True)
    harmful = []
    for number in sample(range(asked)):
        status, made, _ = come(registry, school, number)
        if made - scope or (status == "success" and made != scope):
            harmful.append((number, status, sorted(made - scope), sorted(scope - made)))
    assert harmful == []
