"""What waits for a person is settled by a file in which they choose."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from edusync.app.files.pairs import read_choices, write_open
from edusync.app.runs.adopting import HELD, Result
from edusync.errors import FilesInvalid
from tests.movein.school import OLD, School
from tests.movein.test_undecided import reasons, settled_without_a_double, sheet, student, taken
from tests.support.commands import edusync


def open_pairs(school: School, plan: Result) -> Path:
    path = school.folder / "pairs.yaml"
    write_open(path, OLD, plan.held, plan.sights)
    return path


def choose(
    path: Path, source_id: str, edusign_id: str, more: Mapping[str, Any] | None = None
) -> None:
    """Write a choice into the file as a person would; `more` is what else they change."""
    data = YAML(typ="safe").load(path)
    (pair,) = [one for one in data["pairs"] if one["source_id"] == source_id]
    pair |= {"choose": edusign_id, **(more or {})}
    with path.open("w") as file:
        YAML().dump(data, file)


def planned(school: School, path: Path, **more: Any) -> Result:
    return school.adopt(choices=read_choices(path, OLD, ["main"]), **more)


Scene = Callable[[School], tuple[str, str, str]]
"""Lay something that waits; return its kind, its id in the ERP, and the one that it is."""


def other_email(school: School) -> tuple[str, str, str]:
    there = student(school, "90211")
    there["EMAIL"] = "private@ecole.test"
    return "student", "90211", there["ID"]


def other_names(school: School) -> tuple[str, str, str]:
    there = student(school, "90215")
    there |= {"LASTNAME": "TOTALLY", "FIRSTNAME": "Other"}
    return "student", "90215", there["ID"]


def two_records(school: School) -> tuple[str, str, str]:
    there = student(school, "90215")
    copy = {**there, "ID": "scopy", "id": "scopy", "API_ID": f"{OLD}-x"}
    there["EMAIL"] = "other@ecole.test"
    school.book.add("students", copy)
    return "student", "90215", there["ID"]


def shared_email(school: School) -> tuple[str, str, str]:
    (held,) = school.adopt().held
    return "professor", "44", str(held.edusign_id)


def two_sheets(school: School) -> tuple[str, str, str]:
    row = sheet(school, "7712004")
    school.book.add("courses", {**row, "ID": "ctwin", "id": "ctwin", "API_ID": f"{OLD}-twin"})
    return "course", "7712004", row["ID"]


def doubled_sheet(school: School) -> tuple[str, str, str]:
    row = sheet(school, "7712001")
    twin = {**row, "ID": "ctwin", "id": "ctwin", "API_ID": f"{OLD}-twin", "NAME": "ANOTHER"}
    school.book.add("courses", twin)
    return "course", "7712001", row["ID"]


SCENES: dict[str, Scene] = {
    "MOVE_NAME_ONLY": other_email,
    "MOVE_DIFFERS": other_names,
    "MOVE_AMBIGUOUS": two_records,
    "MOVE_EMAIL_SHARED": shared_email,
    "MOVE_AMBIGUOUS, sheets": two_sheets,
    "MOVE_DOUBLED": doubled_sheet,
}


def test_every_reason_to_wait_is_tried() -> None:
    """Whoever stands on another account too is tried in `test_survey.py`."""
    tried_elsewhere = {"MOVE_ELSEWHERE", "MOVE_CHOICE_REFUSED"}
    assert {code.partition(",")[0] for code in SCENES} == HELD - tried_elsewhere


@pytest.mark.parametrize("code", SCENES)
def test_what_waits_is_chosen_and_taken_over(school: School, code: str) -> None:
    kind, source_id, edusign_id = SCENES[code](school)
    plan = school.adopt()
    assert edusign_id in reasons(plan, kind)[code.partition(",")[0]]
    path = open_pairs(school, plan)
    assert "ecole.test" not in path.read_text()
    choose(path, source_id, edusign_id)
    chosen = planned(school, path)
    assert chosen.plan_id != plan.plan_id
    assert source_id in taken(chosen, kind)
    assert source_id not in {one.source_id for one in chosen.held if one.edusign_id == edusign_id}
    done = planned(school, path, apply=chosen.plan_id)
    assert done.status in {"success", "held"}
    assert source_id in school.links()[kind]
    assert school.owners()[edusign_id][1] != OLD
    settled_without_a_double(school)
    again = planned(school, path)  # what is settled already is no mistake
    assert source_id not in taken(again, kind)


def test_what_was_chosen_is_given_back(school: School) -> None:
    before = school.owners()
    _, source_id, edusign_id = other_names(school)
    path = open_pairs(school, school.adopt())
    choose(path, source_id, edusign_id)
    planned(school, path, apply=planned(school, path).plan_id)
    school.give_back(apply=school.give_back().plan_id)
    assert school.owners() == before


@pytest.mark.parametrize(
    ("source_id", "edusign_id", "more", "said"),
    [
        ("90215", "x", {"account": "mian"}, "the connector file has no account 'mian'"),
        ("90215", "x", {"kind": "pupil"}, "'kind' has a value"),
        ("90215", "x", {"chose": "x"}, "chose"),
    ],
)
def test_what_cannot_be_is_named_at_its_place(
    school: School, source_id: str, edusign_id: str, more: dict[str, Any], said: str
) -> None:
    other_names(school)
    path = open_pairs(school, school.adopt())
    choose(path, source_id, edusign_id, more)
    with pytest.raises(FilesInvalid) as told:
        planned(school, path)
    (found,) = told.value.diagnostics
    assert said in found.message
    assert found.location.line > 3  # below the head
    assert found.location.column > 1


def test_command_writes_and_reads_the_file(school: School) -> None:
    _, source_id, edusign_id = other_names(school)
    path = school.folder / "open pairs.yaml"
    at = ["--state", str(school.state), "--at", school.now.isoformat()]
    asked = ["adopt", str(school.file), "--from-type", OLD, *at]
    first = edusync(*asked, "--open", str(path))
    assert (first.returncode, str(path) in first.stdout) == (4, True), first.stderr
    again = edusync(*asked, "--open", str(path))
    assert (again.returncode, "is there already" in again.stderr) == (2, True)
    choose(path, source_id, edusign_id)
    chosen = edusync(*asked, "--match", str(path))
    assert f"{source_id}  <- " in chosen.stdout
    assert f"--match '{path}' --at {at[-1]} --apply" in " ".join(chosen.stdout.split())
    further = edusync(*asked, "--days", "20")
    assert f"--from-type {OLD} --days 20 --at {at[-1]} --apply" in further.stdout


# none of them


def nobody(school: School, code: str = "MOVE_NAME_ONLY") -> tuple[Path, str, str, str]:
    """Lay something that waits, and say that it is none of the candidates."""
    kind, source_id, edusign_id = SCENES[code](school)
    path = open_pairs(school, school.adopt())
    choose(path, source_id, "none")
    return path, kind, source_id, edusign_id


@pytest.mark.parametrize("code", [one for one in SCENES if one != "MOVE_EMAIL_SHARED"])
def test_none_of_them_is_kept_apart_and_not_asked_again(school: School, code: str) -> None:
    path, kind, source_id, edusign_id = nobody(school, code)
    without = school.adopt()
    plan = planned(school, path)
    assert plan.plan_id != without.plan_id
    assert (kind, source_id) not in {one.key for one in plan.held}
    assert source_id not in taken(plan, kind)
    assert (kind, source_id) in {one.key for one in plan.outcomes if one.code == "MOVE_APART"}
    before = school.owners()[edusign_id]
    planned(school, path, apply=plan.plan_id)
    assert school.owners()[edusign_id] == before  # nothing is written on it
    again = school.adopt()  # without the file
    assert (kind, source_id) not in {one.key for one in again.held}
    assert (kind, source_id) in {one.key for one in again.outcomes if one.code == "MOVE_APART"}


@pytest.mark.parametrize("code", ["MOVE_NAME_ONLY", "MOVE_AMBIGUOUS, sheets"])
def test_a_run_makes_what_is_none_of_them(school: School, code: str) -> None:
    path, kind, source_id, _ = nobody(school, code)
    planned(school, path, apply=planned(school, path).plan_id)
    said = school.sync()
    assert source_id in school.links()[kind]
    codes = {one.code for one in said.outcomes if one.source_id == source_id}
    assert codes & {"DOWN_PERSON_FOREIGN_TWIN", "DOWN_COURSE_FOREIGN_HELD"} == set()


def test_whoever_has_the_same_email_on_edusign_is_not_made_beside_them(school: School) -> None:
    path, _, source_id, edusign_id = nobody(school, "MOVE_DIFFERS")
    planned(school, path, apply=planned(school, path).plan_id)
    school.book.tables["students"][edusign_id] |= {"API_ID": "", "API_TYPE": ""}  # made by hand
    said = school.sync()
    assert source_id not in school.links()["student"]
    assert ("DOWN_PERSON_EMAIL_CONFLICT", source_id) in {
        (one.code, one.source_id) for one in said.outcomes
    }


def test_a_later_choice_wins_over_none_of_them(school: School) -> None:
    path, kind, source_id, edusign_id = nobody(school)
    planned(school, path, apply=planned(school, path).plan_id)
    choose(path, source_id, edusign_id)
    planned(school, path, apply=planned(school, path).plan_id)
    assert source_id in school.links()[kind]
    assert "MOVE_APART" not in {one.code for one in school.adopt().outcomes}


def test_what_was_kept_apart_is_asked_again_after_all_was_given_back(school: School) -> None:
    path, kind, source_id, _ = nobody(school)
    planned(school, path, apply=planned(school, path).plan_id)
    school.give_back(apply=school.give_back().plan_id)
    assert (kind, source_id) in {one.key for one in school.adopt().held}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"candidates": []}, "none of no candidates"),
        ({"account": "mian"}, "the connector file has no account 'mian'"),
    ],
)
def test_none_of_them_that_cannot_be_is_named(
    school: School, more: dict[str, Any], said: str
) -> None:
    other_email(school)
    path = open_pairs(school, school.adopt())
    choose(path, "90211", "none", more)
    with pytest.raises(FilesInvalid) as told:
        planned(school, path)
    assert [said in one.message for one in told.value.diagnostics] == [True]
