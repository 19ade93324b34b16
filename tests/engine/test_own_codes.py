"""Reason codes that a spec brings itself, in each place where a code may stand: real runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from edusync.codes import get_code, is_code
from edusync.codes.own import Words, declare, meant_by
from edusync.diagnostics import Severity
from edusync.locale import speaking
from edusync.registry import Registry
from edusync.state.open import open_store
from tests.little import Little, lesson, person

NO_CENTRE = {
    "en": "The lesson has no centre.",
    "fr": "La séance n’a pas de centre.",
    "remedy": {"en": "Give it one.", "fr": "Donnez-lui-en un."},
    "severity": "info",
}


@pytest.fixture
def little(tmp_path: Path, registry: Registry) -> Iterator[Little]:
    with ExitStack() as stack:
        found = Little(tmp_path, registry, stack)
        found.spec["codes"] = {"X_NO_CENTRE": NO_CENTRE}
        found.rows["/lessons"] = [lesson(1, centre="A"), lesson(2, centre=None)]
        yield found


def told(little: Little, code: str = "X_NO_CENTRE") -> list[tuple[str, str, str]]:
    return [event[1:4] for event in little.seen.events if event[0] == code]


def sheets(little: Little) -> list[str]:
    return [sheet[0] for sheet in little.look().sheets]


def test_dropped_with_a_code_of_its_own(little: Little) -> None:
    little.spec["resources"]["lessons"]["drop"] = {"X_NO_CENTRE": "not row.centre"}
    little.sync()
    assert (told(little), sheets(little)) == ([("course", "2", "")], ["1"])


def test_row_of_a_list_that_is_ignored_leaves_a_trace(little: Little) -> None:
    little.spec["resources"]["lessons"]["ignore"] = {"X_NO_CENTRE": "not row.centre"}
    little.sync()
    assert (told(little), sheets(little)) == ([("", "2", "lessons")], ["1"])


def test_item_that_is_none_leaves_a_trace(little: Little) -> None:
    little.spec["entities"]["student"]["ignore"] = {"X_NO_CENTRE": "row.id == 2"}
    little.sync()
    assert told(little) == [("student", "2", "")]
    assert [who for *_, who in little.look().sheets] == [["1"], ["1"]]


def test_sheet_of_a_row_that_is_ignored_now_is_gone_as_without_a_trace(little: Little) -> None:
    little.sync()
    little.spec["resources"]["lessons"]["ignore"] = {"X_NO_CENTRE": "not row.centre"}
    little.sync()
    traced = sheets(little)
    little.spec["resources"]["lessons"]["ignore"] = "not row.centre"
    little.sync()
    assert traced == sheets(little)


def test_item_that_comes_down_is_reported(little: Little) -> None:
    little.spec["rules"] = {"report": {"course": {"X_NO_CENTRE": "not row.centre"}}}
    little.sync()
    assert (told(little), sheets(little)) == ([("course", "2", "")], ["1", "2"])


@pytest.mark.parametrize(("severity", "sent"), [("info", 1), ("error", 1)])
def test_line_of_the_way_up_is_held(little: Little, severity: str, sent: int) -> None:
    little.goes_up(hold={"X_NO_CENTRE": "state == 'absent'"})
    little.spec["codes"]["X_NO_CENTRE"] = NO_CENTRE | {"severity": severity}
    little.sync()
    little.play("1", "present", "absent")
    little.write_back()
    assert [len(body["lines"]) for body in little.seen.written] == [sent]
    assert told(little) == [("student", "2", "1")]


def test_code_of_a_sheet_holds_the_whole_sheet(little: Little) -> None:
    little.goes_up(hold={"X_COURSE_NO_CENTRE": "state == 'absent'"})
    little.spec["codes"] = {"X_COURSE_NO_CENTRE": NO_CENTRE}
    little.sync()
    little.play("1", "present", "absent")
    little.write_back()
    assert little.seen.written == []
    assert told(little, "X_COURSE_NO_CENTRE") == [("course", "1", "")]


def test_words_are_those_of_the_spec_in_both_languages(little: Little) -> None:
    little.instance()
    with meant_by(little.spec["connector"]):
        code = get_code("X_NO_CENTRE")
    assert (code.severity, code.meaning) == (Severity.INFO, "The lesson has no centre.")
    with meant_by(little.spec["connector"]), speaking("fr"):
        assert get_code("X_NO_CENTRE").remedy == "Donnez-lui-en un."


def test_what_another_spec_means_by_a_code_changes_nothing_in_a_run(little: Little) -> None:
    little.goes_up(hold={"X_NO_CENTRE": "state == 'absent'"})
    little.spec["rules"] = {"report": {"course": {"X_NO_CENTRE": "not row.centre"}}}
    other = Words(Severity.ERROR, {"en": "It is bad.", "fr": "C’est mauvais."}, {})
    declare("other", {"X_NO_CENTRE": other})
    try:
        little.sync()
        little.play("1", "present", "absent")
        little.write_back()
    finally:
        declare("other", {})
    with closing(open_store(str(little.folder / "state.db"))) as store:
        runs = {run["direction"]: run["status"] for run in store.runs(little.instance().name)}
    assert runs == {"down": "success", "up": "success"}


def test_two_connectors_with_one_name_are_both_told() -> None:
    declare("a", {"X_SHARED": Words(Severity.INFO, {"en": "One.", "fr": "Un."}, {})})
    declare("b", {"X_SHARED": Words(Severity.ERROR, {"en": "Two.", "fr": "Deux."}, {})})
    try:
        code = get_code("X_SHARED")
        assert (code.meaning, code.severity) == ("a: One.; b: Two.", Severity.ERROR)
    finally:
        declare("a", {})
        declare("b", {})


def test_code_whose_spec_was_not_loaded_is_told_by_its_name() -> None:
    assert get_code("X_NOWHERE").meaning == "X_NOWHERE"
    assert is_code("X_NOWHERE")
    assert not is_code("NOWHERE")


def test_several_conditions_are_told_apart(little: Little) -> None:
    little.spec["codes"]["X_LATE"] = NO_CENTRE
    little.rows["/learners"] = [person(1, left=True), person(2, late=True)]
    little.spec["resources"]["learners"]["ignore"] = {
        "X_NO_CENTRE": "row.left",
        "X_LATE": "row.late",
    }
    little.sync()
    assert (told(little), told(little, "X_LATE")) == (
        [("", "1", "learners")],
        [("", "2", "learners")],
    )
