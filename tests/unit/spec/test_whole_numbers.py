"""A whole number that is written with a point (4.0) is refused where whole numbers belong."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from edusync.spec.document import Document
from edusync.spec.schema_check import fits_schema
from tests.little import SPEC, UPWARD

WHOLE: list[tuple[tuple[str, ...], dict[str, Any]]] = [
    (("schedule",), {"window_days": 14}),
    (("transport",), {"limits": {"at_once": 4}}),
    (("transport",), {"limits": {"tries": 3}}),
    (("transport",), {"limits": {"url_length": 3000}}),
    (("writeback",), {"at_once": 2}),
    (("writeback",), {"tries": 5}),
    (("resources", "lessons"), {"answer": {"kind": "csv", "header": 1, "skip": 0}}),
    (("resources", "lessons"), {"paging": {"kind": "number", "size": 100, "until": "short_page"}}),
]


def spec_with(route: tuple[str, ...], more: dict[str, Any]) -> Document:
    data = deepcopy(SPEC) | {"writeback": deepcopy(UPWARD)}
    here = data
    for step in route:
        here = here.setdefault(step, {})
    here.update(more)
    return Document("a.yaml", data)


def with_points(value: Any) -> Iterator[Any]:
    """Yield data in which one whole number each is written with a point."""
    for name, inner in value.items():
        if isinstance(inner, dict):
            yield from ({**value, name: one} for one in with_points(inner))
        elif isinstance(inner, int):
            yield {**value, name: float(inner)}


@pytest.mark.parametrize(("route", "more"), WHOLE, ids=str)
def test_whole_number_has_no_point(route: tuple[str, ...], more: dict[str, Any]) -> None:
    assert fits_schema(spec_with(route, more), "spec")
    tried = [fits_schema(spec_with(route, odd), "spec") for odd in with_points(more)]
    assert tried
    assert not any(tried)


def test_number_that_may_have_a_point_may_be_whole() -> None:
    assert fits_schema(spec_with(("transport",), {"limits": {"per_second": 5.0}}), "spec")


def test_connector_file_is_no_exception() -> None:
    edusign: dict[str, Any] = {"api_key": "${file:key}", "at_once": 4}
    whole = {
        "edusync": 1,
        "connector": "school",
        "spec": "little.yaml",
        "connection": {},
        "accounts": [{"name": "main", "edusign": edusign}],
    }
    assert fits_schema(Document("a.yaml", whole), "connector")
    edusign["at_once"] = 4.0
    assert not fits_schema(Document("a.yaml", whole), "connector")
