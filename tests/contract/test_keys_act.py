"""Every key of the language acts in each place where the schema lets it stand, or is a mistake
there: a shipped spec shows it with its cases, a little school shows it, or `validate` names it.
"""

from __future__ import annotations

import json
import sys
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from edusync.diagnostics import Severity
from edusync.spec import load_spec
from edusync.spec.document import Document
from edusync.spec.formats import FORMATS
from edusync.spec.kinds import Kinds
from edusync.spec.paging import PAGING
from tests.contract.key_places import sample, standing
from tests.contract.keys import PLACES, VERBS, Pair, keys_of_schema, pairs, placed
from tests.contract.keys_by_defaults import by_defaults
from tests.contract.keys_in_specs import is_noticed, is_there, table
from tests.contract.scenes import scenes
from tests.contract.scenes.scene import FUNCTIONS
from tests.kinds import shown
from tests.support.walks import Sample


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a school whose file stands in the working folder leave it in that of the test."""
    monkeypatch.chdir(tmp_path)


KINDS = {"$auth", "$format", "$paging"}
"""Parts that only say the kind, which stands in each kind as well."""


def errors(data: Any) -> tuple[Document, set[tuple[str, str, int, int]]]:
    """Return the errors of a spec: code, message, line and column."""
    _, document = load_spec(json.dumps(data, indent=1), "little.yaml", FUNCTIONS, None)
    return document, {
        (one.code, one.message, one.location.line, one.location.column)
        for one in document.findings
        if one.severity is Severity.ERROR
    }


def refused(place: str) -> set[str]:
    """Return the keys of a place that are mistakes there, by what is said at the place."""
    base, route = standing(place)
    keys = {key for name, key in pairs() if name == place}
    document, before = errors(base)
    above = {document.keys.get(route[:end]) for end in range(len(route) + 1)}
    above.add(document.values.get(route))
    below = {at for of, at in document.keys.items() if of[: len(route)] == route}
    if any((line, column) in above | below for _, _, line, column in before):
        return keys  # the place itself is a mistake
    inner: Any = base
    for step in route:
        inner = inner[step]
    found = set()
    for key in keys - set(inner or ()):
        data: Any = deepcopy(base)
        inside = data
        for step in route:
            inside = inside[step]
        if key in {*VERBS, "method"}:
            _without_verb(data, inside)
        inside[key] = sample(place, key)
        document, after = errors(data)
        here = {
            at
            for kept in (document.keys, document.values)
            for of, at in kept.items()
            if of[: len(route)] == route
        }
        known = {(code, message) for code, message, _, _ in before}
        new = [one for one in after if one[:2] not in known]
        if any((line, column) in here for _, _, line, column in new):
            found.add(key)
    return found


def _without_verb(data: Any, call: Any) -> None:
    """Take the verb out of a call, and of the one that it names: another one is to stand there."""
    named = data["transport"].get("calls", {}).get(call.get("call"), {})
    for verb in VERBS:
        call.pop(verb, None)
        if call is not named:
            named.pop(verb, None)


def acting() -> set[Pair]:
    """Return the keys that something shows acting."""
    return {*table(), *by_defaults(), *scenes()}


def test_every_part_of_the_schema_is_a_place() -> None:
    assert {part for _, part in PLACES} | KINDS == keys_of_schema().keys()


@pytest.mark.parametrize(("part", "kinds"), [("paging", PAGING), ("formats", FORMATS)])
def test_every_kind_says_in_its_own_module_how_it_is_shown(part: str, kinds: Kinds[Any]) -> None:
    """A new kind fails here until `tests/kinds/<part>/<kind>.py` is there (tests/kinds)."""
    assert {*shown(part)} == {*kinds}


def test_every_place_stands_in_a_spec_that_has_it() -> None:
    missed = []
    for place in dict.fromkeys(place for place, _ in PLACES):
        spec, route = standing(place)
        inner: Any = spec
        for step in route:
            inner = inner[step]
        known = {pair[0] for pair, _ in placed(spec)}
        of_call = place.startswith("step(")  # what a call sends, which may be nothing more
        if inner and not of_call and place not in known:
            missed.append(place)
    assert missed == []


def test_what_is_shown_may_stand_there(capsys: pytest.CaptureFixture[str]) -> None:
    every, seen = pairs(), acting()
    with capsys.disabled():
        sys.stdout.write(
            f"keys in places: {len(every)}, shown {len(seen)} (by shipped specs {len(table())}, "
            f"by a little school {len({*scenes()} | by_defaults())}), refused {len(every - seen)}\n"
        )
    assert seen - every == set()


@pytest.mark.walk(every=9)
def test_what_nothing_shows_is_refused_at_its_place(sample: Sample) -> None:
    every, idle = pairs(), {}
    for place in sample(dict.fromkeys(place for place, _ in PLACES)):
        left = {key for name, key in every - acting() if name == place}
        if left and left - refused(place):
            idle[place] = sorted(left - refused(place))
    assert idle == {}


def test_places_in_shipped_specs_are_there() -> None:
    """Every one, also in a run that tries a sample: a spec moves on, and the table does not."""
    gone = [pair for pair, change in table().items() if not is_there(change)]
    assert gone == []


@pytest.mark.walk(every=45)
def test_shipped_spec_shows_it(sample: Sample) -> None:
    silent = [pair for pair, change in sample(table().items()) if not is_noticed(change)]
    assert silent == []


@pytest.mark.walk(every=45)
def test_little_school_shows_it(sample: Sample) -> None:
    told = ((pair, scene.acts()) for pair, scene in sample(scenes().items()))
    assert [(pair, why) for pair, why in told if why] == []
