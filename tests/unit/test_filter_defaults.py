"""The default of a filter is an answer like any other: it reaches whatever an answer reaches, and
is checked where it is written.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from edusync.app.authoring.connector_page import connector_page
from edusync.cli import command
from edusync.errors import FilesInvalid
from edusync.registry import Registry
from edusync.spec import load_spec
from tests.little import SPEC, Little, lesson, person


@pytest.fixture
def little(tmp_path: Path, registry: Registry) -> Iterator[Little]:
    """Yield a school whose lessons stand at the sites 10, 20 and 30, with a filter of sites that is
    10 unless somebody answers.
    """
    with ExitStack() as stack:
        little = Little(tmp_path, registry, stack)
        little.spec["filters"] = {"sites": {"label": "Sites", "default": [10]}}
        little.spec["resources"]["lessons"]["filter_by"] = {"sites": "site"}
        yield little


def came_down(little: Little) -> list[str]:
    little.sync()
    return [sheet[0] for sheet in little.look().sheets]


def of_account(**filters: Any) -> dict[str, Any]:
    return {"accounts": [{"name": "main", "filters": filters}]}


@pytest.mark.parametrize(
    ("connector", "expected"),
    [
        ({}, ["1"]),
        ({"filters": {"sites": [20]}}, ["2"]),
        ({"filters": {"sites": 20}}, ["2"]),
        ({"filters": {"sites": ""}}, ["1"]),
        ({"filters": {"sites": []}}, ["1", "2", "3"]),
        (of_account(sites=[20]), ["2"]),
        (of_account(sites=""), ["1"]),
        (of_account(sites=[]), ["1", "2", "3"]),
        (of_account(sites=[30]) | {"filters": {"sites": [20]}}, ["3"]),
        (of_account(sites="") | {"filters": {"sites": [20]}}, ["2"]),
        (of_account(sites=[]) | {"filters": {"sites": [20]}}, ["1", "2", "3"]),
        (of_account() | {"filters": {"sites": [20]}}, ["2"]),
    ],
)
def test_own_answer_goes_before_the_common_one_and_that_before_the_default(
    little: Little, connector: dict[str, Any], expected: list[str]
) -> None:
    little.connector = connector
    assert came_down(little) == expected


def test_step_that_the_default_excludes_stays_away_and_is_named(little: Little) -> None:
    little.spec["filters"]["sites"]["reason"] = "DOWN_COURSE_STATUS_EXCLUDED"
    little.sync()
    gone = {(event[0], event[2]) for event in little.seen.events if event[0].endswith("EXCLUDED")}
    assert gone == {("DOWN_COURSE_STATUS_EXCLUDED", "2"), ("DOWN_COURSE_STATUS_EXCLUDED", "3")}


def test_default_that_the_erp_does_not_have_is_said(little: Little) -> None:
    little.spec["filters"]["sites"]["choices"] = {"resource": "sites", "label": "name"}
    little.spec["resources"]["sites"] = {"get": "/sites", "key": "id"}
    little.rows["/sites"] = [{"id": 20, "name": "Lyon"}]
    little.sync()
    assert [said.split()[0] for said in little.seen.stopped] == ["CONF_FILTER_ID_UNKNOWN"]


def test_default_is_shown_by_the_command_and_on_the_page(
    little: Little, capsys: pytest.CaptureFixture[str]
) -> None:
    little.spec["filters"]["sites"]["default"] = [10, 20]
    little.spec["filters"]["families"] = {
        "label": "Families",
        "item": "pair",
        "parts": ["family", "rubric"],
        "default": {"School": ["A", "B"]},
    }
    little.spec["resources"]["lessons"]["filter_by"]["families"] = "site"
    spec = little.instance().spec
    command.main(
        ["connectors", "show", str(little.folder / "little.yaml"), "--no-color"],
        standalone_mode=False,
    )
    shown, page = capsys.readouterr().out, connector_page(spec)
    assert "default 10, 20" in shown
    assert "default `10, 20`" in page
    assert "default School: A, School: B" in shown


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({}, {}, ["CONF_SCOPE_OVERLAP"]),
        ({"sites": [10]}, {"sites": [20]}, []),
        ({"sites": [10]}, {"sites": [10]}, ["CONF_SCOPE_OVERLAP"]),
        ({"sites": [10]}, {}, ["CONF_SCOPE_OVERLAP"]),
        ({}, {"sites": ["Paris - 10"]}, ["CONF_SCOPE_OVERLAP"]),
        ({"sites": [20]}, {}, []),
    ],
)
def test_site_that_feeds_two_accounts_is_a_warning_by_default_too(
    little: Little, first: dict[str, Any], second: dict[str, Any], expected: list[str]
) -> None:
    little.connector = {
        "accounts": [{"name": "a", "filters": first}, {"name": "b", "filters": second}]
    }
    assert [found.code for found in little.instance().warnings] == expected


@pytest.mark.parametrize(
    ("section", "question", "words"),
    [
        ("options", {"type": "boolean", "default": "yes"}, "true or false"),
        ("options", {"type": "integer", "default": "7"}, "a whole number"),
        ("options", {"type": "integer", "default": True}, "a whole number"),
        ("options", {"type": "list", "default": "a, b"}, "a list"),
        ("options", {"type": "text", "default": ["a"]}, "a text"),
        ("options", {"type": "text", "default": True}, "a text"),
        ("options", {"type": "text", "default": None}, "a text"),
        ("connection", {"type": "url", "default": {"a": 1}}, "a text"),
        ("options", {"type": "choice", "values": ["a", "b"], "default": "c"}, "none of its values"),
        ("options", {"type": "choice", "values": {"a": "A"}, "default": "A"}, "none of its values"),
        ("connection", {"type": "secret", "default": "s3cret"}, "in clear"),
        ("filters", {"default": True}, "an id, or a list of ids"),
        ("filters", {"default": 1.5}, "an id, or a list of ids"),
        ("filters", {"default": {"Paris": [10]}}, "an entry that is none"),
        ("filters", {"default": [[10]]}, "an entry that is none"),
        (
            "filters",
            {"item": "pair", "parts": ["family", "rubric"], "default": ["School"]},
            "an entry that is none",
        ),
    ],
)
def test_default_that_is_no_answer_is_found_where_it_stands(
    section: str, question: dict[str, Any], words: str
) -> None:
    spec = SPEC | {section: {**SPEC.get(section, {}), "x": {"label": "X", **question}}}
    text = json.dumps(spec, indent=1)
    built, document = load_spec(text, "little.yaml")
    found = [one for one in document.findings if one.code == "SPEC_BAD_DEFAULT"]
    line = next(n for n, one in enumerate(text.splitlines(), 1) if '"default"' in one)
    assert (built, len(found), found[0].location.line) == (None, 1, line)
    assert words in found[0].message
    assert "s3cret" not in f"{found[0].message} {found[0].hint}"


def test_url_that_is_a_default_is_checked_like_one_that_is_written(little: Little) -> None:
    little.spec["connection"]["other"] = {"type": "url", "label": "X", "default": "erp.example"}
    with pytest.raises(FilesInvalid) as invalid:
        little.instance()
    assert [found.code for found in invalid.value.diagnostics] == ["CONF_URL_INVALID"]


@pytest.mark.parametrize(
    ("common", "first", "second", "expected"),
    [
        (False, False, False, ["/connection"]),
        (False, False, True, ["/accounts/0"]),
        (False, True, False, ["/accounts/1"]),
        (False, True, True, []),
        (True, False, False, []),
    ],
)
def test_answer_that_one_account_lacks_is_missing_there(
    little: Little, *, common: bool, first: bool, second: bool, expected: list[str]
) -> None:
    little.spec["connection"]["school"] = {"type": "text", "label": "School", "per_account": True}
    given = {"school": "x"}
    little.connector = {
        "connection": {"url": little.url, **(given if common else {})},
        "accounts": [
            {"name": "a", "connection": given if first else {}, "filters": {"sites": [10]}},
            {"name": "b", "connection": given if second else {}, "filters": {"sites": [20]}},
        ],
    }
    if not expected:
        assert little.instance().warnings == ()
        return
    with pytest.raises(FilesInvalid) as invalid:
        little.instance()
    found = invalid.value.diagnostics
    assert [one.code for one in found] == ["CONF_FIELD_MISSING"]
    assert ("for this account" in found[0].message) == (expected != ["/connection"])


def test_filter_that_needs_an_answer_says_so(little: Little) -> None:
    little.spec["filters"]["sites"] = {"label": "Sites", "optional": False}
    with pytest.raises(FilesInvalid) as invalid:
        little.instance()
    assert [found.code for found in invalid.value.diagnostics] == ["CONF_FIELD_MISSING"]
    little.spec["filters"]["sites"]["default"] = [10]
    assert came_down(little) == ["1"]


def test_answer_that_has_to_exist_is_looked_for_when_it_is_a_default(little: Little) -> None:
    little.spec["options"] = {
        "professor": {
            "type": "text",
            "label": "X",
            "default": "Nobody",
            "must_exist_in": {"resource": "teachers", "on": "last"},
        }
    }
    little.rows["/lessons"] = [lesson(1)]
    little.sync()
    assert [said.split()[0] for said in little.seen.stopped] == ["CONF_OPTION_VALUE"]
    little.rows["/teachers"] = [person(70), person(71, last="nobody")]
    assert came_down(little) == ["1"]
