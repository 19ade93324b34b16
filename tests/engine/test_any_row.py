"""Rows of any JSON, through every kind of value and every shipped spec, end in events."""

from __future__ import annotations

import json
from contextlib import suppress
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edusync.engine.map.mapper import KINDS, Mapper
from edusync.engine.outcome import Report
from edusync.engine.read.leads import Leads
from edusync.engine.read.lists import Lists
from edusync.engine.read.names import Answers, names_in_scope
from edusync.engine.read.reading import Reading
from edusync.engine.read.stages import Stages
from edusync.engine.read.table import Dropped, Status, Table
from edusync.errors import EdusyncError
from edusync.model import Window
from edusync.plugins import load_registry
from edusync.spec import Spec, load_spec
from edusync.spec.compile.payloads import render
from edusync.spec.evaluate import Unreadable
from edusync.spec.names_read import names_read
from edusync.spec.tree import Expression, Payload, walk
from tests.little import NOW, SPEC
from tests.support.anything import CANARY, FORMATS, anything, read_values, rows, scopes
from tests.support.search import examples

SPECS = sorted((Path(__file__).parents[2] / "specs").glob("*.yaml"))
WINDOW = Window.around(NOW, days=14, days_back=7)
ADDED: dict[str, Any] = {
    "p1": "a.b",
    "p2": {"path": "tags[?a > `1`].b"},
    "p3": {"template": "{{ row.a | day }}/{{ row.b | length }}"},
    "p4": {"first_of": ["a", {"path": "b", "as": "clock"}]},
    "p5": {"all_of": ["tags", "c"], "when": "row.a - 1"},
    "p6": {"day": {"path": "a", "as": "iso_day"}, "time": {"path": "b", "as": "clock"}},
    "p7": {
        "day": {"path": "a", "as": "iso_day"},
        "time": {"path": "b", "as": "clock"},
        "zone": "c",
    },
    "p8": {"start": {"path": "a", "as": "iso"}, "plus": {"path": "b", "as": "span"}},
    "p9": ["a", {"path": "b", "as": "iso_day"}],
    "p10": {"edusign_id": "{{ row.a }}"},
    "p11": {"function": "odd", "arguments": {"value": "a"}},
    "p12": {"look_up": "others", "by": "a", "where": "theirs.b - mine.b", "first_by": "c"},
    "p13": {"look_up": "others", "by": "tags", "on": {"path": "b", "as": "clock"}, "take": "a.b"},
    "p14": {"look_up_all": "others", "by": "a", "again": "tags", "alike": True},
    "p15": {"value": [1]},
}
"""A value of every kind, and of each form that reads rows in its own way."""
COLUMNS = ("a", "b", "c", "tags", "title", "id", *(f"d{index}" for index in range(len(FORMATS))))


def odd(value: Any) -> Any:
    """Return a part of a value, as a function of a plugin would that was written for one kind."""
    return value["a"].strip()


@cache
def every_value() -> Spec:
    """Return a spec in which every kind of value, condition and key stands."""
    data = deepcopy(SPEC)
    data["formats"] |= {name: dict(options) for name, options in FORMATS.items()}
    data["filters"] = {"sites": {"label": "Sites"}}
    lists = data["resources"]
    lists["others"] = {"get": "/others", "key": {"template": "{{ row.a | part(row.b) }}"}}
    lists["lessons"] = {
        "get": "/lessons",
        "as": {f"d{index}": name for index, name in enumerate(FORMATS)} | {"a.b": "span"},
        "add": ADDED,
        "ignore": "'x' in row.tags",
        "filter_by": {"sites": {"path": "a", "as": "clock"}},
        "drop": {"DOWN_COURSE_CANCELLED": "-row.b or row.p1"},
        "key": ["a", {"path": "b", "as": "iso_day"}],
    }
    data["entities"]["course"] |= {
        "source_id": {"first_of": [{"path": "a", "as": "code"}, "id"]},
        "name": "title",
        "starts_at": "p6",
        "ends_at": "p8",
        "professors": "p12",
        "drop": {"DOWN_COURSE_CANCELLED": "row.tags | part(row.a)"},
        "ignore": "row.c < -row.b",
        "carry": {"kept": "p7", "whole": "@"},
        "also_known_as": ["p9", {"function": "odd", "arguments": {"value": "b"}}],
    }
    data["rules"] = {"report": {"course": {"DOWN_COURSE_CANCELLED": "row.a in row.b"}}}
    spec, document = load_spec(json.dumps(data), "every.yaml", {"odd": odd})
    assert spec is not None, [found.message for found in document.findings]
    return spec


@cache
def shipped(file: Path) -> Spec:
    """Return a shipped spec."""
    functions = load_registry().functions
    spec, _ = load_spec(file.read_text(encoding="utf-8"), file.name, functions)
    assert spec is not None
    return spec


class NoSource:
    """An ERP that is asked nothing."""

    at_once = 1


def mapped(spec: Spec, sent: dict[str, list[dict[str, Any]]], functions: Any, names: Any) -> Report:
    """Put rows through the keys of lists, map them, and return the events."""
    report = Report()
    lists = Lists(spec, NoSource(), names, report, functions)  # type: ignore[arg-type]  # it is asked nothing
    for name in spec.resources:
        lists.statuses[name] = Status()
        lists.read_tables[name] = Table(name, [], [], whole=True)
    for name, some in sent.items():
        _staged(lists, name, some)
    for kind in KINDS:
        list(Mapper(lists, report).items(kind))
    return report


def _staged(lists: Lists, name: str, sent: list[dict[str, Any]]) -> None:
    reading = Reading(
        lists.spec.resources[name],
        lists.statuses[name],
        lists.spec,
        lists.source,
        lists.names,
        lists.report,
        lists.rows,
        Leads(lists.spec.resources[name], lists.spec, {}, None),
    )
    stages = Stages(lists, reading)
    found = list(stages.run(iter(deepcopy(sent))))
    dropped = [row for row in found if type(row) is Dropped]
    kept: list[Any] = [row for row in found if type(row) is not Dropped]
    gaps = [row.row for row in dropped if row.undecided]
    lists.read_tables[name] = Table(name, kept, dropped, whole=True, gaps=gaps)


def scope(spec: Spec, answers: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Return the names of a run, with any answers to the options."""
    options = st.fixed_dictionaries(dict.fromkeys(spec.options, answers))
    filters = dict.fromkeys(spec.filters, ("1", "x"))
    return options.map(
        lambda said: {
            **names_in_scope(Answers("main", {}, said, filters), WINDOW),
            "the": {name: {} for name in spec.resources},
        }
    )


def assert_events_are_placed(report: Report) -> None:
    assert not [outcome for outcome in report.outcomes if CANARY in (outcome.detail or "")]
    assert all(
        outcome.place is not None
        for outcome in report.outcomes
        if outcome.code in {"DOWN_UNDECIDED", "DOWN_VALUE_UNREADABLE"}
    )


@pytest.mark.fault("F16")
@examples(100)
@given(data=st.data())
def test_every_kind_of_value_over_any_row(data: st.DataObject) -> None:
    spec = every_value()
    some = st.lists(rows(*COLUMNS), max_size=3)
    sent = {"others": data.draw(some), "lessons": data.draw(some)}
    names = data.draw(scope(spec, st.booleans()))
    assert_events_are_placed(mapped(spec, sent, {"odd": odd}, names))


@pytest.mark.fault("F16")
@examples(10)
@pytest.mark.parametrize("file", SPECS, ids=lambda file: file.stem)
@given(data=st.data())
def test_lists_and_entities_of_a_shipped_spec_over_any_row(file: Path, data: st.DataObject) -> None:
    spec = shipped(file)
    heads = sorted(name for name in names_read(spec) if name.isidentifier())
    sent = {
        name: data.draw(st.lists(rows(*heads), max_size=2), label=name)
        for name in data.draw(st.permutations(sorted(spec.resources)))
    }
    names = data.draw(scope(spec, st.one_of(st.booleans(), anything())))
    with suppress(EdusyncError):  # answers that fit nothing may end a run with a code
        assert_events_are_placed(mapped(spec, sent, load_registry().functions, names))


def texts(spec: Spec) -> list[Expression | Payload]:
    """Return every text of a spec, and whatever is put together of some."""
    return [met.node for met in walk(spec) if isinstance(met.node, Expression | Payload)]


@examples(10)
@pytest.mark.parametrize("file", SPECS, ids=lambda file: file.stem)
@given(data=st.data())
def test_every_text_of_a_shipped_spec_over_any_names(file: Path, data: st.DataObject) -> None:
    tried = texts(shipped(file))
    roots = sorted({root for one in tried if isinstance(one, Expression) for root in one.roots})
    names = data.draw(st.fixed_dictionaries(dict.fromkeys(roots, read_values()))) if roots else {}
    names |= data.draw(scopes()) if data.draw(st.booleans()) else {}
    row = data.draw(rows())
    assert len(tried) > 20
    for one in tried:
        try:
            one.run(row, names) if isinstance(one, Expression) else render(one, row, names)
        except Unreadable as error:
            reason = str(error)
        else:
            continue
        assert CANARY not in reason
