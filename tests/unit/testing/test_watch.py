"""Who watches a run is handed in: it sees what the run does with the spec, and changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from edusync.spec.due import NamesDue
from edusync.spec.tree import Node, Resource
from edusync.testing.cases import Case, find_cases

CASES = Path(__file__).parents[2] / "connectors"


class Watcher:
    def __init__(self) -> None:
        self.seen = Counter[str]()
        self.lists = Counter[str]()
        self.pages = Counter[tuple[str, str, bool]]()

    def saw(self, part: Node, _found: object) -> None:
        self.seen[type(part).__name__] += 1

    def rows(self, _due: NamesDue, resource: Resource, rows: Iterator[Any]) -> Iterator[Any]:
        for row in rows:
            self.lists[resource.name] += 1
            yield row

    def answer(self, name: str, path: str, *, met: bool) -> None:
        self.pages[name, path, met] += 1


@pytest.fixture
def case(monkeypatch: pytest.MonkeyPatch) -> Case:
    monkeypatch.setenv("EDUSYNC_CASE_SECRET", "canary-of-the-cases")
    (found,) = find_cases(CASES / "ypareo" / "up-states")
    return found


def test_a_watch_sees_texts_values_rows_calls_filters_and_states(case: Case) -> None:
    watcher = Watcher()
    case.run(watch=watcher)
    kinds = {"Expression", "Template", "UrlPath", "PathValue", "Resource", "ReadAs", "HttpCall"}
    assert kinds | {"StateRule"} <= watcher.seen.keys()
    assert watcher.lists["planning"] > 0


def test_a_run_that_is_watched_does_the_same(case: Case) -> None:
    assert case.run(watch=Watcher()) == case.run()


def test_a_watch_sees_nothing_of_a_run_that_is_not_its_own(case: Case) -> None:
    watcher = Watcher()
    case.run(watch=watcher)
    before = watcher.seen.copy()
    case.run()
    assert watcher.seen == before
