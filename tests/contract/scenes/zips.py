"""Several operations of SOAP over the same batch, put together place by place."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from werkzeug.wrappers import Request

from tests.contract.keys import Pair
from tests.contract.scenes.lists import SCHOOLS, THINGS, refuses
from tests.contract.scenes.scene import Scene, School
from tests.contract.scenes.wires import laid, says


def _zips() -> dict[Pair, Scene]:
    lay, place = SCHOOLS["zip"], "list(zip)"
    fault = laid(lay, lambda school: school.rows.update({"/svc": _second(school)}))
    return {
        (place, "zip"): Scene(
            lay,
            (*THINGS, "zip"),
            {"who": "Planning.GetPeople"},
            {"who": "Planning.GetPeople", "too": "Planning.GetPeople"},
        ),
        (place, "as"): Scene(
            laid(lay, says({"kind": "text", "around": "|"}, "formats", "x")),
            (*THINGS, "as"),
            {"who.last": "x"},
        ),
        (place, "arguments"): Scene(
            lay,
            (*THINGS, "arguments"),
            {"ids": "{{ batch }}"},
            {"ids": "{{ batch }}", "x": "1"},
        ),
        (place, "for_each"): Scene(
            lay,
            (*THINGS, "for_each"),
            {"values": "lessons.id", "batch": 2},
            {"values": "lessons.id", "batch": 1},
        ),
        (place, "failing_call"): Scene(
            laid(fault, says({"values": "lessons.id", "batch": 1}, *THINGS, "for_each")),
            (*THINGS, "failing_call"),
            "skip",
        ),
        (place, "optional"): Scene(
            laid(lay, lambda school: school.rows.update({"/svc": _second(school, 403)})),
            (*THINGS, "optional"),
            value=True,
        ),
    }


def _second(school: School, status: int = 400) -> Callable[[Request], Any]:
    """Return a service that does not answer about the first lesson."""
    service = school.rows["/svc"]

    def answer(request: Request) -> Any:
        asked = re.findall(rb"ids>([^<]+)<", request.get_data())
        return refuses(status)(request) if b"1" in asked else service(request)

    return answer


SCENES = _zips()
