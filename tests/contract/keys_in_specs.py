"""Which keys the shipped specs and their cases show acting.

`python -m tests.contract.keys_in_specs` goes through every key of every shipped spec that is not
shown yet, leaves it out or writes something else there, and notes the first case that notices.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from edusync.app.authoring.connector_page import connector_page
from edusync.app.files.specs import shown
from edusync.diagnostics import Route, Severity
from edusync.errors import EdusyncError
from edusync.plugins import load_registry
from edusync.spec import load_spec
from edusync.spec.document import read_document
from edusync.spec.tree import Spec
from edusync.testing.cases import Case, find_cases
from edusync.testing.replay import CANARY
from tests.contract.key_places import sample
from tests.contract.keys import Pair, placed

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "specs/examples"
TABLE = Path(__file__).with_name("keys_in_specs.json")
SPECS = {file.stem: file for file in sorted([*ROOT.glob("specs/*.yaml"), *EXAMPLES.glob("*.yaml")])}
LEFT_OUT = "left out"
ON_THE_PAGE = {"label", "help", "example", "per_account", "assumed", "en", "fr"}
"""What is for people to read: it acts on the page of the connector."""
_OCCURRENCES, _CASES = 3, 8


@dataclass(frozen=True, slots=True)
class Change:
    """A key of a shipped spec, what is written there in its place, and the case that notices."""

    spec: str
    route: Route
    value: Any
    case: str
    """The folder of the case, or `page`."""


def changed(data: Any, route: Route, value: Any) -> Any:
    """Return a spec with something else behind a key, or without it."""
    data = deepcopy(data)
    inner = data
    for step in route[:-1]:
        inner = inner[step]
    if value == LEFT_OUT:
        del inner[route[-1]]
    else:
        inner[route[-1]] = value
    return data


def plain(data: Any) -> Any:
    """Return what a YAML file says as JSON has it."""
    return json.loads(json.dumps(data, default=str))


@cache
def written(spec: str) -> Any:
    """Return a shipped spec as it is written."""
    return plain(read_document(SPECS[spec].read_text(encoding="utf-8"), shown(SPECS[spec])).data)


def loaded(data: Any) -> Spec | None:
    """Return a spec, None for one that `validate` refuses."""
    spec, document = load_spec(json.dumps(data), "spec", load_registry((EXAMPLES,)).functions, None)
    errors = [one for one in document.findings if one.severity is Severity.ERROR]
    return None if errors else spec


def is_there(change: Change) -> bool:
    """Whether the place of a change is one of its spec, with something written at it."""
    inner = written(change.spec)
    for step in change.route if change.value == LEFT_OUT else change.route[:-1]:
        found = isinstance(inner, list) and isinstance(step, int) and step < len(inner)
        if not found and not (isinstance(inner, dict) and step in inner):
            return False
        inner = inner[step]
    return True


def is_noticed(change: Change) -> bool:
    """Whether a case, or the page, notices a change."""
    data = changed(written(change.spec), change.route, change.value)
    spec = loaded(data)
    if spec is None:
        return False
    if change.case == "page":
        return _page(change.spec) != connector_page(spec)
    return _ended(change.spec, change.case) != _ran(_case(change.spec, change.case), data)


@cache
def _page(spec: str) -> str:
    found = loaded(written(spec))
    assert found is not None, spec
    return connector_page(found)


@cache
def cases(spec: str) -> dict[str, Case]:
    """Return the cases of a shipped spec, those that show most before the others."""
    found = find_cases(ROOT / "tests/connectors" / spec, (EXAMPLES,))
    first = {"nominal": 0, "up-states": 1}
    ordered = sorted(found, key=lambda case: (first.get(case.folder.name, 2), case.folder.name))
    return {case.folder.name: case for case in ordered}


def _case(spec: str, case: str) -> Case:
    return cases(spec)[case]


@cache
def _ended(spec: str, case: str) -> str:
    return _ran(_case(spec, case), written(spec))


def _ran(case: Case, data: Any) -> str:
    """Return what comes of a case with a spec."""
    os.environ.setdefault("EDUSYNC_CASE_SECRET", CANARY)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "changed.yaml"
        file.write_text(json.dumps(data), encoding="utf-8")
        try:
            found: Any = replace(case, spec=file).run()
        except (EdusyncError, AssertionError) as error:
            found = f"{type(error).__name__}: {error}"
        return json.dumps(found, default=str, sort_keys=True)


def table() -> dict[Pair, Change]:
    """Return what was found: for each key in a place the change that is noticed."""
    return {
        (one["place"], one["key"]): Change(
            one["spec"], tuple(one["route"]), one["value"], one["case"]
        )
        for one in json.loads(TABLE.read_text(encoding="utf-8"))
    }


# finding them


def find(spec: str, known: dict[Pair, Change]) -> Iterator[tuple[Pair, Change]]:
    """Yield the changes in a shipped spec that are noticed, for keys that are not known yet."""
    routes: dict[Pair, list[Route]] = {}
    for pair, route in placed(written(spec)):
        routes.setdefault(pair, []).append(route)
    for pair, places in routes.items():
        if pair in known:
            continue
        found = next(
            (
                change
                for route in places[:_OCCURRENCES]
                for value in _others(pair, written(spec), route)
                for change in _tries(pair, spec, route, value)
                if is_noticed(change)
            ),
            None,
        )
        if found is not None:
            yield pair, found


def _tries(pair: Pair, spec: str, route: Route, value: Any) -> Iterator[Change]:
    if pair[1] in ON_THE_PAGE:
        yield Change(spec, route, value, "page")
        return
    if loaded(changed(written(spec), route, value)) is not None:
        yield from (Change(spec, route, value, case) for case in list(cases(spec))[:_CASES])


def _others(pair: Pair, data: Any, route: Route) -> Iterator[Any]:
    """Yield what is written in place of a key."""
    inner = data
    for step in route:
        inner = inner[step]
    if isinstance(route[-1], str):
        yield LEFT_OUT
    match inner:
        case bool():
            yield not inner
        case int() | float():
            yield inner + 1
        case str():
            yield from _samples(pair)
            yield f"{inner}X"
        case [_, _, *_]:
            yield inner[1:]
        case {} if len(inner) > 1:
            yield from (dict(list(inner.items())[:n]) for n in range(1, len(inner)))


def _samples(pair: Pair) -> Iterator[Any]:
    with suppress(KeyError):
        yield sample(*pair)


def write(found: dict[Pair, Change]) -> None:
    """Write the table, with what is in it already."""
    found = (table() if TABLE.is_file() else {}) | found
    lines = [
        json.dumps(
            {"place": place, "key": key, "spec": one.spec, "route": one.route, "value": one.value}
            | {"case": one.case}
        )
        for (place, key), one in sorted(found.items())
    ]
    TABLE.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")


def main(specs: list[str]) -> None:
    """Look through shipped specs, and keep what was found."""
    for spec in specs or SPECS:
        for pair, change in find(spec, table() if TABLE.is_file() else {}):
            write({pair: change})


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
