"""A new school year, a renumbered ERP: who is sent under another id is linked anew, and nothing
stands twice (D8).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from copy import deepcopy
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.wrappers import Response

from edusync.registry import Registry
from edusync.sandbox.edusign.faults import Fault
from edusync.state.open import open_store
from tests.little import Little, lesson, person
from tests.support.search import examples


@pytest.fixture
def little(tmp_path: Path, registry: Registry) -> Iterator[Little]:
    with ExitStack() as stack:
        found = Little(tmp_path, registry, stack)
        found.has_classes()
        found.rows["/lessons"] = [lesson(n, classes=[5]) for n in range(1, 7)]
        yield found


def ids(little: Little) -> dict[str, dict[str, str]]:
    """Return what stands on Edusign: kind, Edusign's id → ours."""
    return {
        kind: {row["ID"]: str(row["API_ID"]) for row in little.book.all(kind)}
        for kind in ("professors", "students", "groups", "courses")
    }


def rosters(little: Little) -> dict[str, tuple[str, list[str]]]:
    """Return who is on each sheet, by Edusign's ids."""
    return {
        row["ID"]: (row["PROFESSOR"], sorted(one["studentId"] for one in row["STUDENTS"]))
        for row in little.book.all("courses")
    }


def renumbered(number: Any) -> Any:
    return f"2026/{number}"


def new_year(little: Little, *, people: bool = True, lessons: bool = True) -> None:
    """Put the name of the year in front of ids."""
    rows = deepcopy(little.rows)
    for kind in ("/teachers", "/learners") if people else ():
        for row in rows[kind]:
            row["id"] = renumbered(row["id"])
    for row in rows["/classes"] if people else ():
        row["id"] = renumbered(row["id"])
        row["learners"] = list(map(renumbered, row["learners"]))
    for row in rows["/lessons"]:
        if people:
            row["teacher"] = renumbered(row["teacher"])
            row["learners"] = list(map(renumbered, row["learners"]))
            row["classes"] = list(map(renumbered, row["classes"]))
        if lessons:
            row["id"] = renumbered(row["id"])
    little.rows = rows


def codes_of(little: Little) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for code, _kind, source_id, _field, _detail in little.seen.events:
        found.setdefault(code, []).append(source_id)
    return found


def sync(little: Little) -> dict[str, list[str]]:
    """Run, and return which items each event of this run names."""
    little.seen.events, little.seen.stopped = [], []
    little.sync()
    assert little.seen.stopped == []
    return codes_of(little)


def writes(little: Little) -> list[str]:
    return [f"{one['verb']} {one['path']}" for one in little.book.requests if one["verb"] != "GET"]


@pytest.mark.fault("F15")
def test_new_year_links_everything_anew_and_makes_nothing_twice(little: Little) -> None:
    sync(little)
    before, on_sheets = ids(little), rosters(little)
    new_year(little)
    found = sync(little)
    assert ids(little) == {
        kind: {edusign_id: renumbered(ours) for edusign_id, ours in rows.items()}
        for kind, rows in before.items()
    }
    assert rosters(little) == on_sheets
    assert {code: len(items) for code, items in found.items()} == {
        "DOWN_PERSON_RELINKED": 4,
        "DOWN_GROUP_RELINKED": 1,
        "DOWN_COURSE_RELINKED": 6,
        "DOWN_UPDATED": 11,
    }
    sent = len(writes(little))
    assert (sync(little), len(writes(little))) == ({}, sent)


@pytest.mark.parametrize(("people", "lessons"), [(True, False), (False, True)])
def test_people_or_sessions_alone_may_be_renumbered(
    little: Little, people: bool, lessons: bool
) -> None:
    sync(little)
    before, on_sheets = ids(little), rosters(little)
    new_year(little, people=people, lessons=lessons)
    sync(little)
    assert rosters(little) == on_sheets
    assert {kind: set(rows) for kind, rows in ids(little).items()} == {
        kind: set(rows) for kind, rows in before.items()
    }
    sent = len(writes(little))
    assert (sync(little), len(writes(little))) == ({}, sent)


def test_sheets_of_people_who_are_linked_anew_are_not_written(little: Little) -> None:
    sync(little)
    sent = len(writes(little))
    new_year(little, lessons=False)
    sync(little)
    assert {one.rpartition("/")[2] for one in writes(little)[sent:]} == {
        "professor",
        "student",
        "group",
    }


def test_lost_store_finds_who_was_linked_anew(little: Little) -> None:
    sync(little)
    new_year(little)
    sync(little)
    before = ids(little)
    for file in little.folder.glob("state.*"):
        file.unlink()
    assert (set(sync(little)), ids(little)) == ({"DOWN_ADOPTED"}, before)


def test_other_names_are_held_and_nobody_is_taken_off(little: Little) -> None:
    """An e-mail may be that of parents: a brother or sister is somebody else."""
    sync(little)
    on_sheets = rosters(little)
    new_year(little, lessons=False)
    little.rows["/learners"][0]["first"] = "Else"
    found = sync(little)
    assert (rosters(little), found["DOWN_PERSON_EMAIL_CONFLICT"]) == (on_sheets, ["2026/1"])
    assert {row["FIRSTNAME"] for row in little.book.all("students")} == {"First1", "First2"}
    details = [event[4] for event in little.seen.events if event[2] == "2026/1"]
    assert details == ["it was 1 until now, but the names are others"]
    assert (sync(little)["DOWN_PERSON_EMAIL_CONFLICT"], rosters(little)) == (["2026/1"], on_sheets)
    little.rows["/learners"][0]["first"] = "First1"
    assert (sync(little)["DOWN_PERSON_RELINKED"], rosters(little)) == (["2026/1"], on_sheets)


def test_professor_of_other_names_holds_the_sheets_as_they_are(little: Little) -> None:
    sync(little)
    on_sheets = rosters(little)
    new_year(little)
    little.rows["/teachers"][0]["first"] = "Else"
    found = sync(little)
    assert (rosters(little), found["DOWN_PERSON_EMAIL_CONFLICT"]) == (on_sheets, ["2026/70"])
    assert sorted(found["DOWN_COURSE_HELD_DEPENDENCY"]) == ["2026/2", "2026/4", "2026/6"]
    assert "DOWN_DELETED" not in found


def test_two_of_the_same_names_and_email_are_both_held(little: Little) -> None:
    sync(little)
    new_year(little, lessons=False)
    twin = little.rows["/learners"][0] | {"id": "2026/0"}
    little.rows["/learners"].insert(0, twin)
    on_sheets = rosters(little)
    found = sync(little)
    assert "2026/1" not in found["DOWN_PERSON_RELINKED"]
    assert "2026/0" not in found["DOWN_PERSON_RELINKED"]
    assert rosters(little) == on_sheets


@pytest.mark.parametrize("turned", [False, True])
def test_brother_with_the_same_email_does_not_take_the_place(little: Little, turned: bool) -> None:
    """Who stands on Edusign counts, whatever the order and the numbers are."""
    sync(little)
    new_year(little, lessons=False)
    brother = little.rows["/learners"][0] | {"id": "2026/0", "first": "Brother"}
    little.rows["/learners"].insert(0, brother)
    if turned:
        little.rows["/learners"].reverse()
    for row in little.rows["/lessons"]:
        row["learners"] = [*row["learners"], "2026/0"]
    found = sync(little)
    assert sorted(found["DOWN_PERSON_RELINKED"]) == ["2026/1", "2026/2", "2026/70", "2026/71"]
    assert found["DOWN_STUDENT_EMAIL_DUPLICATE"] == ["2026/0"]


def broken(_request: object) -> Response:
    return Response("oops", 500)


def test_half_a_reading_links_nobody_anew(little: Little) -> None:
    """The id of before may only not have been read."""
    little.spec["resources"]["more"] = {"get": "/more", "key": "id"}
    little.spec["resources"]["both"] = {"from": ["learners", "more"], "key": "id"}
    little.spec["entities"]["student"]["from"] = "both"
    little.rows["/more"] = [person(3)]
    sync(little)
    on_sheets = rosters(little)
    new_year(little, lessons=False)
    little.rows["/more"] = broken
    found = sync(little)
    assert sorted(found["DOWN_PERSON_EMAIL_CONFLICT"]) == ["2026/1", "2026/2"]
    assert (sorted(found["DOWN_PERSON_RELINKED"]), rosters(little)) == (
        ["2026/70", "2026/71"],
        on_sheets,
    )


def test_person_who_is_still_sent_is_not_taken_over(little: Little) -> None:
    sync(little)
    little.rows["/learners"].append(person(9, last="Last1", first="First1", mail="p1@ecole.test"))
    little.rows["/lessons"][0]["learners"] = [1, 2, 9]
    found = sync(little)
    assert (found["DOWN_STUDENT_EMAIL_DUPLICATE"], "DOWN_PERSON_RELINKED" in found) == (
        ["9"],
        False,
    )


def test_person_of_another_connector_is_never_linked_anew(little: Little) -> None:
    sync(little)
    row = little.book.find("students", API_ID="1")
    assert row is not None
    row.update({"API_TYPE": "other", "API_ID": "77"})
    for file in little.folder.glob("state.*"):
        file.unlink()
    new_year(little, lessons=False)
    assert "2026/1" in sync(little)["DOWN_PERSON_EMAIL_CONFLICT"]
    assert (row["API_ID"], row["API_TYPE"]) == ("77", "other")


def test_refused_write_of_an_id_takes_nobody_off(little: Little) -> None:
    sync(little)
    on_sheets = rosters(little)
    new_year(little, lessons=False)
    for row in little.rows["/lessons"]:
        row["title"] = f"{row['title']}!"
    faults = little.faults.active
    faults.append(Fault("refused", verb="PATCH", path="/student", message="E17", times=99))
    assert len(sync(little)["EDU_REJECTED"]) == 2
    assert rosters(little) == on_sheets
    faults.clear()
    sync(little)
    assert (rosters(little), set(ids(little)["students"].values())) == (
        on_sheets,
        {"2026/1", "2026/2"},
    )


@pytest.mark.parametrize("done", [0, 1, 3, 4, 5, 8, 10])
def test_run_that_breaks_off_is_taken_up_by_the_next_one(little: Little, done: int) -> None:
    """4 people, a group and 6 sheets are linked anew."""
    sync(little)
    before, on_sheets = ids(little), rosters(little)
    new_year(little)
    little.faults.active.append(Fault("402", verb="PATCH", skip=done, times=99))
    little.sync()
    assert len(little.seen.stopped) == 1
    assert rosters(little) == on_sheets
    little.faults.active.clear()
    found = sync(little)
    assert not {code for code in found if code.startswith(("RUN", "EDU"))}
    assert rosters(little) == on_sheets
    assert ids(little) == {
        kind: {edusign_id: renumbered(ours) for edusign_id, ours in rows.items()}
        for kind, rows in before.items()
    }
    assert sync(little) == {}


def test_attendance_goes_up_under_the_new_ids(little: Little) -> None:
    little.goes_up()
    sync(little)
    new_year(little)
    sync(little)
    little.play("2026/1", "present", "absent")
    little.write_back()
    assert [line["who"] for line in little.seen.written[0]["lines"]] == ["2026/1", "2026/2"]


def test_student_who_leaves_after_the_new_year_is_taken_off(little: Little) -> None:
    sync(little)
    new_year(little, lessons=False)
    sync(little)
    gone = little.book.find("students", API_ID="2026/2")
    assert gone is not None
    little.rows["/lessons"][0]["learners"] = ["2026/1"]
    sync(little)
    sheet = little.book.find("courses", API_ID="1")
    assert sheet is not None
    assert gone["ID"] not in [one["studentId"] for one in sheet["STUDENTS"]]
    assert sum(gone["ID"] in students for _, students in rosters(little).values()) == 5


def test_store_of_an_old_write_in_doubt_compares_the_names_on_edusign(little: Little) -> None:
    sync(little)
    store = open_store(str(little.folder / "state.db"))
    links = store.links("school", "main")
    for (kind, source_id), link in links.items():
        if kind in {"student", "professor"}:
            row: dict[str, Any] = {"kind": kind, "source_id": source_id}
            row["edusign_id"] = link.edusign_id
            row |= {"created": True, "manual": False, "fingerprint": "-", "fields": {}}
            store.save_link("school", "main", row | {"members": [], "carry": {}})
    store.close()
    new_year(little, lessons=False)
    little.rows["/learners"][0]["first"] = "Else"
    found = sync(little)
    assert (sorted(found["DOWN_PERSON_RELINKED"]), found["DOWN_PERSON_EMAIL_CONFLICT"]) == (
        ["2026/2", "2026/70", "2026/71"],
        ["2026/1"],
    )


def test_held_person_goes_on_once_somebody_wrote_the_new_id_on_edusign(little: Little) -> None:
    """What the page for operators says: it is the same person, with another name by now."""
    sync(little)
    on_sheets = rosters(little)
    new_year(little, lessons=False)
    little.rows["/learners"][0]["last"] = "Married"
    sync(little)
    row = little.book.find("students", API_ID="1")
    assert row is not None
    row["API_ID"] = "2026/1"
    assert "DOWN_PERSON_EMAIL_CONFLICT" not in sync(little)
    assert (row["LASTNAME"], rosters(little)) == ("Married", on_sheets)
    assert sync(little) == {}


def test_ids_that_are_given_anew_among_the_same_people_change_nothing(little: Little) -> None:
    """Every number moves on by one: the id of one is that of another by now."""
    sync(little)
    on_sheets, before = rosters(little), ids(little)
    little.rows["/learners"] = [row | {"id": row["id"] + 1} for row in little.rows["/learners"]]
    little.rows["/lessons"] = [lesson(n, classes=[5], learners=[2, 3]) for n in range(1, 6)]
    little.rows["/lessons"].append(lesson(6, classes=[5], learners=[3]))
    little.rows["/classes"][0]["learners"] = [2, 3]
    found = sync(little)
    assert (rosters(little), ids(little)) == (on_sheets, before)
    assert (found["DOWN_PERSON_ID_TAKEN"], found["DOWN_PERSON_EMAIL_CONFLICT"]) == (["2"], ["3"])
    assert {row["LASTNAME"] for row in little.book.all("students")} == {"Last1", "Last2"}
    assert len(groups(little)["5"]) == 2


def test_person_whose_data_are_all_new_waits_until_somebody_says_who_it_is(little: Little) -> None:
    """The id of who left, or somebody who was to be named and has a name by now: nobody can say.

    Whoever writes the names into the record on Edusign has said so.
    """
    sync(little)
    little.rows["/teachers"][0] |= {"last": "New", "first": "Here", "mail": "new@ecole.test"}
    for _ in range(2):
        assert sync(little)["DOWN_PERSON_ID_TAKEN"] == ["70"]
    record = next(row for row in little.book.all("professors") if row["API_ID"] == "70")
    record |= {"LASTNAME": "New", "FIRSTNAME": "Here", "EMAIL": "new@ecole.test"}
    assert "DOWN_PERSON_ID_TAKEN" not in sync(little)
    assert sync(little) == {}


# groups


def groups(little: Little) -> dict[str, list[str]]:
    return {str(row["API_ID"]): row["STUDENTS"] for row in little.book.all("groups")}


def test_group_of_the_same_name_with_other_students_is_another_one(little: Little) -> None:
    sync(little)
    before = groups(little)
    little.rows["/learners"].append(person(3))
    little.rows["/classes"] = [{"id": 6, "title": "BTS 1", "learners": [3]}]
    for row in little.rows["/lessons"]:
        row.update(classes=[6], learners=[1, 2, 3])
    assert "DOWN_GROUP_RELINKED" not in sync(little)
    assert groups(little).keys() == {"5", "6"}
    assert groups(little)["5"] == before["5"]


def test_two_groups_of_one_name_are_not_told_apart(little: Little) -> None:
    sync(little)
    little.rows["/classes"] = [{"id": n, "title": "BTS 1", "learners": [1, 2]} for n in (6, 7)]
    for row in little.rows["/lessons"]:
        row["classes"] = [6, 7]
    assert "DOWN_GROUP_RELINKED" not in sync(little)
    assert groups(little).keys() == {"5", "6", "7"}


def test_group_of_a_new_id_waits_for_a_whole_reading(little: Little) -> None:
    little.spec["resources"]["more"] = {"get": "/more", "key": "id"}
    little.spec["resources"]["both"] = {"from": ["classes", "more"], "key": "id"}
    little.spec["entities"]["group"]["from"] = "both"
    little.rows["/more"] = [{"id": 9, "title": "BTS 2", "learners": [2]}]
    sync(little)
    before, on_sheets = ids(little), [row["SCHOOL_GROUP"] for row in little.book.all("courses")]
    little.rows["/more"] = broken
    little.rows["/classes"][0]["id"] = 6
    for row in little.rows["/lessons"]:
        row["classes"] = [6]
    assert sync(little)["DOWN_GROUP_HELD"] == ["6"]
    assert ids(little) == before
    assert [row["SCHOOL_GROUP"] for row in little.book.all("courses")] == on_sheets
    little.rows["/more"] = [{"id": 9, "title": "BTS 2", "learners": [2]}]
    assert sync(little)["DOWN_GROUP_RELINKED"] == ["6"]
    assert [row["SCHOOL_GROUP"] for row in little.book.all("courses")] == on_sheets


# whatever is renumbered, in whatever order


@pytest.mark.fault("F15")
@examples(8)
@given(data=st.data())
def test_nothing_stands_twice_whatever_is_renumbered_and_in_whatever_order(
    tmp_path_factory: Any, registry: Registry, data: st.DataObject
) -> None:
    """Only some ids change, rows come in another order: the same stands on Edusign."""
    with ExitStack() as stack:
        little = Little(tmp_path_factory.mktemp("school"), registry, stack)
        little.rows["/learners"] = [person(n) for n in range(1, 5)]
        little.rows["/teachers"] = [person(n) for n in (70, 71)]
        little.rows["/lessons"] = [lesson(n, learners=[1, 2, 3, 4]) for n in range(1, 5)]
        sync(little)
        before, on_sheets = ids(little), rosters(little)
        moved = data.draw(st.sets(st.sampled_from([1, 2, 3, 4, 70, 71])))

        def now(number: int) -> int:
            return number + 1000 if number in moved else number

        for row in (*little.rows["/learners"], *little.rows["/teachers"]):
            row["id"] = now(row["id"])
        for row in little.rows["/lessons"]:
            row.update(teacher=now(row["teacher"]), id=now(row["id"]))
            row["learners"] = data.draw(st.permutations([now(n) for n in row["learners"]]))
        for path in ("/learners", "/teachers", "/lessons"):
            little.rows[path] = data.draw(st.permutations(little.rows[path]))
        sync(little)
        assert rosters(little) == on_sheets
        assert ids(little) == {
            kind: {found: str(now(int(ours))) for found, ours in rows.items()}
            for kind, rows in before.items()
        }
        assert sync(little) == {}


@pytest.mark.parametrize("times", [1, 2], ids=["once", "twice"])
def test_attendance_follows_people_who_were_linked_anew(little: Little, times: int) -> None:
    little.goes_up()
    little.spec["writeback"]["reasons"]["when_unknown"] = "hold"
    sync(little)
    little.book.add("reasons", {"ID": "r9", "NAME": "Flu"})
    little.play("1", "present", {"justified": "Flu"})
    little.write_back()
    assert [line["who"] for one in little.seen.written for line in one["lines"]] == ["1"]
    little.rows["/lessons"] = [lesson(9, on="2026-03-20", classes=[5])]
    for _ in range(times):
        new_year(little, lessons=False)
        little.now += timedelta(hours=1)
        assert "DOWN_PERSON_RELINKED" in sync(little)
    little.rows["/reasons"].append({"id": 9, "label": "Flu"})
    little.seen.written.clear()
    for _ in range(2):
        little.seen.events.clear()
        little.write_back()
        assert "UP_COURSE_CHANGED_AFTER_SEND" not in codes_of(little)
    now = "2026/" * times + "2"
    assert [line["who"] for one in little.seen.written for line in one["lines"]] == [now]
