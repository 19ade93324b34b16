"""One function an entity: it is written for whatever fields a spec maps."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from edusync.engine.map.builder import ItemBuilder
from edusync.engine.map.fields import Ids
from edusync.engine.outcome import Report
from edusync.engine.read.lists import Lists
from edusync.model import Course
from edusync.plugins import load_registry
from edusync.spec import Spec, load_spec
from edusync.spec.tree import Entity
from tests.little import SPEC

SPECS = sorted((Path(__file__).parents[3] / "specs").glob("*.yaml"))
NAMES: dict[str, Any] = {"the": {}, "filters": {}}


def build(spec: Spec, entity: Entity, functions: Any = None) -> ItemBuilder:
    """Write the function of an entity."""
    report, source = Report(), None
    lists = Lists(spec, source, NAMES, report, functions or {})  # type: ignore[arg-type]  # it is asked nothing
    return ItemBuilder(entity, lists, NAMES, Ids(""), report)


@pytest.mark.parametrize("file", SPECS, ids=lambda file: file.stem)
def test_entity_without_one_of_its_fields_or_any_is_written(file: Path) -> None:
    functions = load_registry().functions
    spec, _ = load_spec(file.read_text(encoding="utf-8"), file.name, functions)
    assert spec is not None
    items = spec.items.values()
    for entity in items:
        for left_out in (*entity.fields, None):
            fields = {
                name: value
                for name, value in entity.fields.items()
                if name == "source_id" or left_out not in (None, name)
            }
            assert callable(build(spec, replace(entity, fields=fields), functions).make)


def little(**fields: Any) -> ItemBuilder:
    """Return the builder of a course with these fields."""
    data = deepcopy(SPEC)
    data["entities"]["course"] |= fields
    spec, document = load_spec(json.dumps(data), "little.yaml")
    assert spec is not None, document.findings
    return build(spec, spec.entities["course"])


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Cours", "Cours"),
        ("  ", None),
        ("", None),
        (7, "7"),
        (True, None),
        (None, None),
    ],
)
def test_text_is_what_it_was_and_blank_is_nothing(value: object, text: object) -> None:
    course = little(name="title").make({"id": 1, "title": value}, NAMES)
    assert isinstance(course, Course)
    assert course.name == text


def test_value_that_cannot_be_read_is_noted_at_its_line() -> None:
    builder = little(name={"template": "{{ row.title | part(row.id) }}"})
    builder.make({"id": "x", "title": "y"}, NAMES)
    assert [
        (one.code, one.source_id, one.field, str(one.place).split(":")[0])
        for one in builder.report.outcomes
        if one.field == "name"
    ] == [("DOWN_VALUE_UNREADABLE", "x", "name", "little.yaml")]


def test_remark_names_the_line_of_each_field() -> None:
    builder = little()
    place = builder.entity.fields["starts_at"].place
    assert f"# starts_at: {place}" in builder.source.text


def test_start_of_a_dropped_row_that_cannot_be_read_is_noted_at_its_own_line() -> None:
    builder = little(starts_at={"start": "on", "plus": {"value": 1}}, name="title")
    drop = builder.entity.place
    skipped = builder.skipped({"id": 1, "on": "x"}, "DOWN_COURSE_CANCELLED", drop, "why")
    assert skipped is not None
    assert (skipped.code, skipped.place, skipped.detail) == ("DOWN_COURSE_CANCELLED", drop, "why")
    place = builder.entity.fields["starts_at"].place
    assert [(one.code, one.place) for one in builder.report.outcomes] == [
        ("DOWN_VALUE_UNREADABLE", place)
    ]
