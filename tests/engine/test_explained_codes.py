"""Each reason code that a run down can raise is explained by itself, and by no wrong one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from edusync.codes import all_codes
from edusync.registry import Registry
from tests.engine.explained import (
    WAYS,
    Way,
    archive,
    ask,
    lesson_of,
    option,
    prepare,
    sheet,
)
from tests.little import Little

OF_NO_ITEM = {
    "DOWN_CREATED": "done",
    "DOWN_ADOPTED": "done",
    "DOWN_UPDATED": "done",
    "DOWN_COMPLETED": "done",
    "DOWN_CREDENTIALS_NOT_SENT": "counts people of a kind",
    "DOWN_SHEETS_UNLINKED": "counts sheets whose sessions are not sent",
    "DOWN_COURSE_NOT_REMADE": "`edusync undo` alone says so, of a run of before",
    "DOWN_SEAT_NOT_RESTORED": "`edusync undo` alone says so, of a run of before",
    "DOWN_LOOK_UP_SEVERAL": "is about a line of the spec",
    "EDU_AUTH_FAILED": "stops an account",
    "EDU_BATCH_REFUSED": "counts what a batch refused; each goes again alone",
    "EDU_NO_BATCHES": "stops an account",
    "EDU_NO_EFFECT": "is about a run of before; `explain` says what stands on both sides",
    "EDU_PEOPLE_NOT_LISTED": "is about people of a kind",
    "EDU_UNREACHABLE": "stops an account",
    "EDU_UNREADABLE": "stops an account",
}
"""Why nobody is told such a code of an item."""


@pytest.fixture
def school(tmp_path: Path, registry: Registry) -> Iterator[Little]:
    with ExitStack() as stack:
        yield Little(tmp_path, registry, stack)


@pytest.mark.walk(every=3)
@pytest.mark.parametrize(
    "way", [pytest.param(way, id=f"{n}-{way.code}-{way.kind}") for n, way in enumerate(WAYS)]
)
@pytest.mark.promise("P24")
def test_code_is_explained_by_itself(school: Little, way: Way) -> None:
    way.act(school)
    assert (school.seen.stopped, school.seen.findings) == ([], [])
    told = ask(school, way.kind, way.source_id)
    codes = [code for code, _ in told if code and (code != "RUN_LATE" or way.code == code)]
    assert codes[:1] == [way.code], told
    assert {*codes} <= {way.code, *way.also}, told
    assert way.words in " ".join(words for _, words in told)


def test_every_code_of_the_way_down_is_walked() -> None:
    known = {code for code in all_codes() if code.startswith(("DOWN_", "EDU_"))}
    assert known - {way.code for way in WAYS} == OF_NO_ITEM.keys() & known


def test_group_option_that_is_off_counts_more_than_a_cancelled_session(
    school: Little,
) -> None:
    prepare(school)
    named = {"from": "lessons", "items": "groups", "key": "value", "same_key": "first"}
    off = {"drop": {"DOWN_GROUP_OFF": "not options.groups"}}
    school.spec["resources"]["groups"] = named | off
    school.spec["entities"]["group"] = {"from": "groups", "source_id": "value", "name": "value"}
    school.rows["lessons"][7]["state"] = "cancelled"
    option("groups", value=False)(school)
    school.rows["lessons"][6] |= {"state": "draft", "groups": ["G2"]}
    school.sync()
    told = [ask(school, "group", name)[1:] for name in ("G1", "G2")]
    assert [[code for code, _ in answers] for answers in told] == [
        ["DOWN_GROUP_OFF"],
        ["DOWN_PERSON_COURSES_BLOCKED"],
    ]


def test_archived_professor_comes_back_with_a_new_sheet_when_that_is_wanted(
    school: Little,
) -> None:
    prepare(school)
    school.sync()
    archive("professors", "70")(school)
    school.rows["lessons"].append(lesson_of(20))
    school.connector["rules"] = {"restore_archived": True}
    school.seen.events.clear()
    school.sync()
    assert [event[:4] for event in school.seen.events] == [
        ("DOWN_CREATED", "course", "20", ""),
        ("DOWN_UPDATED", "professor", "70", "archived"),
    ]
    told = ask(school, "course", "20")
    assert [code for code, _ in told] == [None] * 3, told


def test_sheet_can_be_asked_for_by_its_id_on_edusign(school: Little) -> None:
    prepare(school)
    school.sync()
    told = ask(school, "course", sheet(school)["ID"])
    assert told.pop(1) == (None, "it has the id 1")
    assert told == ask(school, "course", "1")
