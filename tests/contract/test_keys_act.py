"""Every key of the language acts in each place where the schema lets it stand, or is a mistake
there: a shipped spec shows it with its cases, a little school shows it, or `validate` names it.

What is neither shown nor refused yet stands in `keys_open.txt`, which only ever gets shorter.
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
from tests.contract.key_places import sample, standing
from tests.contract.keys import PLACES, Pair, keys_of_schema, pairs, placed
from tests.contract.keys_in_specs import is_noticed, table
from tests.contract.keys_shown import FUNCTIONS, acts, by_defaults, school, tried
from tests.contract.scenes import scenes
from tests.support.walks import Sample

OPEN_FILE = Path(__file__).with_name("keys_open.txt")
KINDS = {"$auth", "$format", "$paging"}
"""Parts that only say the kind, which stands in each kind as well."""
WANTS_MORE: set[Pair] = {
    ("for_each(items)", "batch"),
    ("for_each(values)", "batch"),
    ("for_each(values)", "again"),
    ("paging(next_url, http)", "header"),
    ("paging(next_url, soap)", "header"),
    ("format(moment)", "epoch"),
    ("format(time)", "unit"),
    *(("refused(for_sheet)", key) for key in ("items", "who", "is", "when", "message")),
}
"""What stands only beside other keys, so that it is refused when it is put in alone."""


def still_open() -> dict[str, set[str]]:
    """Return the keys of each place that nothing shows and nothing refuses yet."""
    lines = OPEN_FILE.read_text(encoding="utf-8").splitlines()
    return {place: set(keys.split()) for place, _, keys in (line.partition(": ") for line in lines)}


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


def shown() -> set[Pair]:
    """Return the keys that something shows acting."""
    return {*table(), *tried(), *by_defaults(), *scenes()}


def test_every_part_of_the_schema_is_a_place() -> None:
    assert {part for _, part in PLACES} | KINDS == keys_of_schema().keys()


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


def test_what_is_open_is_shown_nowhere(capsys: pytest.CaptureFixture[str]) -> None:
    open_ = {(place, key) for place, keys in still_open().items() for key in keys}
    every = pairs()
    with capsys.disabled():
        sys.stdout.write(
            f"keys in places: {len(every)}, shown {len(shown())} (by shipped specs "
            f"{len(table())}, by a little school {len({*tried(), *scenes()} | by_defaults())}), "
            f"refused "
            f"{len(every - shown() - open_)}, open {len(open_)}\n"
        )
    assert (open_ - every, open_ & shown(), shown() - every) == (set(), set(), set())


@pytest.mark.walk(every=9)
def test_what_nothing_shows_is_refused_at_its_place(sample: Sample) -> None:
    """Of each place: what is neither shown nor refused is what is open."""
    every, open_ = pairs(), still_open()
    wrong = {}
    for place in sample(dict.fromkeys(place for place, _ in PLACES)):
        keys = {key for name, key in every if name == place}
        seen = {key for name, key in shown() if name == place}
        found = refused(place) - {key for name, key in WANTS_MORE if name == place}
        if keys - seen - found != open_.get(place, set()):
            wrong[place] = sorted((keys - seen - found) ^ open_.get(place, set()))
    assert wrong == {}


@pytest.mark.walk(every=45)
def test_shipped_spec_shows_it(sample: Sample) -> None:
    silent = [pair for pair, change in sample(table().items()) if not is_noticed(change)]
    assert silent == []


@pytest.mark.walk(every=15)
def test_little_school_shows_it(sample: Sample) -> None:
    registry = school()
    assert [pair for pair in sample(tried()) if not acts(pair, registry)] == []


@pytest.mark.walk(every=30)
def test_scene_shows_it(sample: Sample) -> None:
    registry = school()
    told = ((pair, scene.acts(registry)) for pair, scene in sample(scenes().items()))
    assert [(pair, why) for pair, why in told if why] == []
