"""How many pages wait in memory, and what tells a page from the one before."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from edusync.engine.read.fetch import Fetch
from edusync.engine.read.leads import Leads
from edusync.errors import CallFailed
from edusync.spec import load_spec
from edusync.transport.message import Answer
from edusync.transport.pages import Page, guarded
from tests.little import SPEC


class Answers:
    """An ERP whose answers have a size."""

    at_once = 8

    def __init__(self, size: int) -> None:
        self.size = size

    def call(self, *_given: Any, **_more: Any) -> Answer:
        return Answer(200, {}, b" " * self.size, [], "json")


def fetch(size: int, *, in_background: bool = True) -> Fetch:
    spec, document = load_spec(json.dumps(SPEC), "pages.yaml")
    assert spec is not None, document.findings
    resource = next(one for one in spec.resources.values() if one.call is not None)
    names: dict[str, Any] = {"window": {"starts_at": None, "ends_at": None}}
    found = Fetch(
        Answers(size),  # type: ignore[arg-type]  # it answers, no more
        resource,
        names,
        spec.zone,
        in_background=in_background,
        leads=Leads(resource, spec, {}, None),
    )
    found.now({})
    return found


@pytest.mark.parametrize(("size", "ahead"), [(1000, 8), (200_000, 5), (400_000, 2), (5_000_000, 2)])
def test_fewer_pages_wait_when_they_are_heavy(size: int, ahead: int) -> None:
    assert fetch(size).ahead == ahead


def test_nothing_waits_for_a_list_that_others_wait_for() -> None:
    assert fetch(1000, in_background=False).ahead == 0


def page(rows: list[Any], *, again: bool = True) -> Page:
    answer = Answer(200, {}, b"", None, "json")
    kept = [dict(row) for row in rows]
    return Page(rows, answer, (lambda: kept) if again else None)


def ids(pages: Iterator[Page]) -> list[int]:
    """Return what is read, changing rows as a reading does."""
    found = []
    for one in pages:
        found += [row["id"] for row in one.rows]
        for row in one.rows:
            row["id"] = "changed"
    return found


ROWS = [{"id": 1}, {"id": 2}, {"id": 3}]
MIDDLE = [{"id": 1}, {"id": 5}, {"id": 3}]


@pytest.mark.parametrize("again", [True, False])
def test_page_that_repeats_the_one_before_is_refused(again: bool) -> None:
    pages = [page([dict(row) for row in ROWS], again=again) for _ in range(2)]
    with pytest.raises(CallFailed, match="same page twice"):
        ids(guarded(iter(pages)))


@pytest.mark.parametrize("again", [True, False])
def test_page_that_differs_in_its_middle_is_another(again: bool) -> None:
    pages = [page([dict(row) for row in rows], again=again) for rows in (ROWS, MIDDLE)]
    assert ids(guarded(iter(pages))) == [1, 2, 3, 1, 5, 3]
