"""Edusign's side: it is taken for what it means, and what is recorded is what was sent."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from edusync.app.explaining.check import check_connector
from edusync.app.files.connector_file import load_instance
from edusync.app.runs.moment import Moment
from edusync.app.runs.sync import Result, sync
from edusync.engine.digest import Facts
from edusync.engine.read.source import Tools
from edusync.errors import EdusyncError
from edusync.sandbox.edusign.faults import Fault
from edusync.state import tables
from edusync.state.open import open_store
from edusync.target.answers import LOOK_UPS, Absences
from edusync.target.attendance import read_attendance
from edusync.target.wire import parse_instant
from tests.conftest import NOW, World
from tests.support.search import examples

TABLES = {
    "student": "students",
    "professor": "professors",
    "external": "externals",
    "group": "groups",
    "course": "courses",
}


def said(result: Result, code: str) -> list[str]:
    return [str(outcome.source_id) for outcome in result.outcomes if outcome.code == code]


# what is recorded is what was sent


def standing(world: World, kind: str, row: dict[str, Any]) -> dict[str, Any]:
    """Return what stands on Edusign of one item, in the words of the store."""
    owner = {
        found["ID"]: str(found["API_ID"])
        for table in TABLES.values()
        for found in world.book.all(table)
    }

    def refs(found: Any) -> tuple[str, ...]:
        return tuple(owner[ref] for ref in found if ref)

    if kind == "group":
        return {"name": row["NAME"], "students": tuple(sorted(refs(row["STUDENTS"])))}
    if kind == "course":
        return {
            "name": row["NAME"],
            "starts_at": parse_instant(row["START"]),
            "ends_at": parse_instant(row["END"]),
            "professors": refs([row.get("PROFESSOR"), row.get("PROFESSOR_2")]),
            "students": refs(item["studentId"] for item in row["STUDENTS"]),
            "groups": refs(row["SCHOOL_GROUP"]),
            "classroom": row["CLASSROOM"],
            "description": row["DESCRIPTION"],
        }
    return {
        "last_name": row["LASTNAME"],
        "first_name": row["FIRSTNAME"],
        "email": row["EMAIL"],
        "phone": row["PHONE"],
        "tags": tuple(sorted(row.get("TAGS", ()))),
        "badge": row.get("BADGE_ID", ""),
        "externals": tuple(sorted(refs(row.get("STUDENT_FOLLOWER_ID", ())))),
    }


def untrue(world: World) -> list[tuple[str, str, str]]:
    """Return the fields of which the store says something else than stands on Edusign."""
    store, found = open_store(str(world.state)), []
    for (kind, source_id), link in store.links("school", "main").items():
        row = world.book.get(TABLES[kind], link.edusign_id)
        if row is None:
            found.append((kind, source_id, "it is not there"))
            continue
        fields, _ = store.details("school", "main", kind, source_id)
        there = Facts(standing(world, kind, row)).field_digests(store.key)
        found += [(kind, source_id, name) for name in fields if fields[name] != there[name]]
    store.close()
    return found


REFUSED = st.builds(
    Fault,
    kind=st.sampled_from(["refused", "array_message"]),
    times=st.integers(1, 3),
    skip=st.integers(0, 5),
    verb=st.sampled_from(["POST", "PATCH", "PUT", "DELETE"]),
    path=st.sampled_from(
        ["/student", "/professor", "/externals", "/group", "/course", "/attendance", ""]
    ),
    message=st.sampled_from(["The email is not valid", "Student was deleted", "No"]),
)


def test_what_is_recorded_is_what_was_sent(make_world: Callable[..., World]) -> None:
    world = make_world(options={"importTutors": True}, grace="1ms")
    seed = world.simulation.seed

    @examples(6)
    @given(runs=st.lists(st.lists(REFUSED, max_size=3), min_size=2, max_size=4))
    def holds(runs: list[list[Fault]]) -> None:
        for file in world.folder.glob("state.*"):
            file.unlink()
        for table in TABLES.values():
            world.book.tables[table].clear()
        for number, faults in enumerate(runs):
            world.faults.active[:] = copy.deepcopy(faults)
            seed.staff[42]["nom"] = f"Nom{number}"
            seed.students[90211]["prenomApprenant"] = f"Prénom{number}"
            with suppress(EdusyncError):
                world.sync()
            assert untrue(world) == []

    holds()


def test_tutor_who_was_refused_once_is_linked_to_the_student_later(
    make_world: Callable[..., World],
) -> None:
    world = make_world(options={"importTutors": True})
    world.faults.active.append(Fault("refused", verb="POST", path="/externals", message="No"))
    refused = said(world.sync(), "EDU_REJECTED")
    assert world.sync().status == "success"
    tutor = world.book.find("externals", API_ID=refused[0])
    assert tutor is not None
    followed = [
        row for row in world.book.all("students") if tutor["ID"] in row["STUDENT_FOLLOWER_ID"]
    ]
    assert len(followed) > 0
    assert world.sync().plan.is_empty


# what was refused for its data


def test_what_was_refused_for_its_data_is_not_sent_again_and_counts_as_refused(
    make_world: Callable[..., World],
) -> None:
    world = make_world("ammon")
    world.write(**world.simulation.answers(world.erp_url))
    world.book.habits.email_needed = True
    first = world.sync()
    refused = said(first, "EDU_REJECTED")
    before = len(world.writes())
    second = world.sync()
    assert len(refused) > 0
    assert said(second, "EDU_REJECTED") == refused
    assert world.writes()[before:] == []
    assert (second.status, second.plan.is_empty) == ("failed", True)


REMEMBERED = [
    ("array_message", "", True),
    ("refused", "The email is not valid", True),
    ("refused", "LASTNAME is required", True),
    ("refused", "course locked", False),
    ("refused", "professor was deleted", False),
    ("refused", "Student already exists in this school", False),
    ("refused", "No", False),
]


@pytest.mark.walk(every=3)
@pytest.mark.parametrize(("kind", "message", "remembered"), REMEMBERED)
@pytest.mark.parametrize("path", ["/student", "/professor", "/group", "/course"])
def test_only_a_refusal_of_the_data_is_remembered(
    world: World, kind: str, message: str, remembered: bool, path: str
) -> None:
    world.faults.active.append(Fault(kind, verb="POST", path=path, message=message))
    first = said(world.sync(), "EDU_REJECTED")
    again = world.sync()
    assert (said(again, "EDU_REJECTED") == first) == remembered
    assert len(first) == 1


# words


def test_words_of_edusign_are_kept_short_and_without_people(world: World) -> None:
    name = "ZQMARTINEZ-ZQDURAND"
    world.simulation.seed.students[90211]["nomApprenant"] = name
    message = f"L'apprenant {name.title()} <zq@ecole.test> n'est pas accepté. " + "x" * 200_000
    world.faults.active.append(
        Fault("refused", verb="POST", path="/student", times=99, message=message)
    )
    result = world.sync()
    details = [outcome.detail or "" for outcome in result.outcomes]
    kept = (world.folder / "state.db").read_bytes()
    kept += b"".join(file.read_bytes() for file in world.folder.glob("state.db-*"))
    assert any("n'est pas accepté" in detail for detail in details)
    assert max(map(len, details)) <= 200 + len("refused before with the same data: ")
    assert [part for part in (b"zqmartinez", b"zqdurand", b"zq@") if part in kept.lower()] == []


# writes in doubt that landed


@pytest.mark.parametrize("path", ["/student", "/professor", "/externals", "/group", "/course"])
def test_creation_that_landed_without_an_answer_is_not_patched(
    make_world: Callable[..., World], path: str
) -> None:
    world = make_world(options={"importTutors": True}, grace="1ms")
    world.faults.active.append(Fault("drop_after", verb="POST", path=path, times=99))
    result = world.sync()
    assert [write for write in world.writes() if not write.startswith("POST")] == []
    assert result.status == "success"


# somebody else was quicker


def test_what_another_machine_made_since_the_plan_is_taken_over(world: World) -> None:
    other = world.folder / "elsewhere" / "state.db"

    def elsewhere(_plan: object) -> None:
        world.state, mine = other, world.state
        world.sync()
        world.state = mine

    result = world.sync(planned=elsewhere)
    for table in TABLES.values():
        ids = [row["API_ID"] for row in world.book.all(table)]
        assert len(ids) == len(set(ids)), table
    assert result.status == "success"
    assert said(result, "DOWN_CREATED") == []
    assert len(said(result, "DOWN_ADOPTED")) == len(result.plan.accounts[0].changes)


# the clock


class Clock:
    """A clock that a test moves while a run goes on."""

    def __init__(self, world: World) -> None:
        self.world, self.passed = world, 0.0

    def sync(self) -> Result:
        store = open_store(str(self.world.state))
        try:
            moment = Moment(self.world.now, Tools(lambda: self.passed, self.sleep))
            return sync(
                load_instance(self.world.file, self.world.registry),
                store,
                self.world.registry,
                moment,
            )
        finally:
            store.close()

    def sleep(self, seconds: float) -> None:
        self.passed += seconds

    def at(self, verb: str, path: str, number: int, passed: timedelta) -> None:
        """Let time pass before the nth request of a kind."""
        seen = 0

        def hook(found: str, where: str) -> None:
            nonlocal seen
            seen += found == verb and path in where
            if seen == number and found == verb and path in where:
                self.passed += passed.total_seconds()

        self.world.faults.before = hook


def before_class(world: World, api_id: str) -> timedelta:
    """Go to an hour before a class; return how long it takes to be in it."""
    world.now = parse_instant(world.course(api_id)["START"]) - timedelta(hours=1)
    return timedelta(hours=1, minutes=1)


def moved(world: World) -> None:
    world.simulation.seed.courses[7712001]["nomMatiere"] = "AUTRE"


def gone(world: World) -> None:
    del world.simulation.seed.courses[7712001]


def fewer(world: World) -> None:
    world.simulation.seed.courses[7712001]["codesApprenant"] = world.simulation.seed.courses[
        7712001
    ]["codesApprenant"][:-1]


@pytest.mark.fault("F17")
@pytest.mark.parametrize("change", [moved, gone, fewer])
@pytest.mark.parametrize("late", [False, True])
def test_sheet_that_begins_while_the_run_goes_on_is_left_alone(
    world: World, change: Callable[[World], None], late: bool
) -> None:
    world.sync()
    begins, clock = before_class(world, "7712001"), Clock(world)
    change(world)
    # late: after the plan has looked at the sheet, when it is read once more before the write
    clock.at("GET", f"/course/{world.course('7712001')['ID']}", 2 if late else 1, begins)
    before, edusign_id = len(world.book.requests), world.course("7712001")["ID"]
    result = clock.sync()
    about = [
        request
        for request in world.book.requests[before:]
        if request["verb"] != "GET" and edusign_id in f"{request['path']} {request['body']}"
    ]
    assert about == []
    told = [outcome.code for outcome in result.outcomes if outcome.source_id == "7712001"]
    assert set(told) & {"DOWN_COURSE_STARTED", "DOWN_COURSE_VANISHED"}


def test_students_are_not_moved_any_further_once_the_class_has_begun(world: World) -> None:
    world.sync()
    begins, clock = before_class(world, "7712002"), Clock(world)
    seed = world.simulation.seed
    seed.courses[7712002]["codesApprenant"] = seed.courses[7712002]["codesApprenant"][:-3]
    clock.at("DELETE", "/course/attendance", 1, begins)
    before = len(world.writes())
    result = clock.sync()
    assert len([write for write in world.writes()[before:] if "attendance" in write]) == 1
    assert said(result, "DOWN_COURSE_STARTED") == ["7712002"]


def test_class_that_began_while_a_write_in_doubt_was_waited_for_gets_no_sheet(
    make_world: Callable[..., World],
) -> None:
    world = make_world(grace="70s")
    world.simulation.seed.courses[7712001]["heureDebut"] = "00:00:30"
    world.now = NOW.replace(hour=23, minute=59, second=30)
    world.faults.active.append(Fault("drop_before", verb="POST", path="/course"))
    clock = Clock(world)
    clock.at("GET", "/course/get-id/7712001", 3, timedelta(seconds=61))
    result = clock.sync()
    assert world.book.find("courses", API_ID="7712001") is None
    assert said(result, "DOWN_COURSE_STARTED") == ["7712001"]


# pages and clocks of their own


@pytest.mark.walk(every=3)
@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 6, 39, 40, 41, 1000])
def test_pages_of_any_size_are_read_to_the_end(world: World, size: int) -> None:
    world.sync()
    archived = [row["API_ID"] for row in world.book.all("courses")]
    world.now = NOW + timedelta(days=10)
    world.play(*archived)
    world.book.habits.page = size
    result = world.write_back()
    assert {sheet.source_id for sheet in result.accounts[0].sheets} == set(archived)


@pytest.mark.parametrize("path", ["/professor/get-id", "/course/get-id", "/group/get-id"])
def test_item_of_which_edusign_says_nothing_is_held_and_named(world: World, path: str) -> None:
    world.faults.active.append(Fault("refused", path=path, times=8, message="E17"))
    result = world.sync()
    held = said(result, "EDU_LOOKUP_REFUSED")
    assert len(held) == 1
    assert result.status == "partial"
    made = {row["API_ID"] for table in TABLES.values() for row in world.book.all(table)}
    assert made.isdisjoint(held)
    assert world.sync().status == "success"


WORDS_OF_ABSENCE = [
    "No student, professor, external, group or course found",
    "Unknown student, professor, external, group or course",
    "Aucun apprenant, formateur, tuteur, groupe ou cours trouvé",
    "Apprenant, formateur, tuteur, groupe ou cours introuvable",
]


@pytest.mark.parametrize("words", WORDS_OF_ABSENCE)
def test_words_of_absence_are_learned_by_asking_for_what_cannot_exist(
    world: World, words: str
) -> None:
    world.book.habits.not_found = words
    assert world.sync().status == "success"
    world.state.unlink()
    assert world.sync().status == "success"
    ids = [row["API_ID"] for row in world.book.all("courses")]
    assert len(ids) == len(set(ids))


OUTAGES = [
    "An unknown error occurred",
    "Erreur inconnue",
    "School not found",
    "API key not found",
    "Service not found",
    "Resource not found",
    "Host unknown",
    "Aucune réponse de la base",
    "Request not found in cache, retry",
    "Not found",
    "Unknown",
    "Student service error: student not found",
]


@pytest.mark.walk(every=5)
@pytest.mark.parametrize("words", OUTAGES)
@pytest.mark.parametrize("path", ["/course/get-id", "/group/get-id", "/student/get-id"])
def test_outage_that_speaks_of_absence_doubles_nothing(world: World, words: str, path: str) -> None:
    world.sync()
    world.state.unlink()
    world.faults.active.append(Fault("refused", path=path, times=10_000, message=words))
    with suppress(EdusyncError):
        assert world.sync().status != "success"
    for table in TABLES.values():
        ids = [row["API_ID"] for row in world.book.all(table)]
        assert len(ids) == len(set(ids)), table


@pytest.mark.parametrize("words", ["Unexpected error", "Timeout", "Created, e-mail follows later"])
def test_create_that_landed_under_words_of_trouble_is_not_sent_again(
    make_world: Callable[..., World], words: str
) -> None:
    world = make_world(grace="1ms")
    world.faults.active.append(
        Fault("refused_after", verb="POST", path="/course", times=2, message=words)
    )
    world.sync()
    world.faults.active.clear()
    assert world.sync().status == "success"
    ids = [row["API_ID"] for row in world.book.all("courses")]
    assert len(ids) == len(set(ids))


def lose_a_write(world: World, path: str) -> None:
    """Let Edusign make one item and be out of reach from then on, so that its write is in doubt."""

    def cut(verb: str, where: str) -> None:
        if verb == "POST" and where.endswith(path):
            world.faults.active.append(Fault("drop_before", times=10_000))

    world.faults.active.append(Fault("drop_after", verb="POST", path=path))
    world.faults.after = cut
    with suppress(EdusyncError):
        world.sync()
    world.faults.after = lambda _verb, _path: None
    world.faults.active.clear()


@pytest.mark.parametrize(("table", "path"), [("groups", "/group"), ("courses", "/course")])
def test_write_in_doubt_that_landed_behind_another_connectors_item_is_found(
    world: World, table: str, path: str
) -> None:
    """Edusign shows one item of an id, and lists both."""
    lose_a_write(world, path)
    ours, *_ = world.book.all(table)
    theirs = dict(ours, ID="A-THEIRS", API_TYPE="another")
    world.book.tables[table] = {"A-THEIRS": theirs, **world.book.tables[table]}
    assert world.sync().status == "success"
    assert len([r for r in world.book.all(table) if r["API_ID"] == ours["API_ID"]]) == 2


@pytest.mark.parametrize(("table", "path"), [("groups", "/group"), ("courses", "/course")])
def test_write_in_doubt_is_held_while_only_another_connectors_item_is_listed(
    world: World, table: str, path: str
) -> None:
    """What was written a moment ago may not be listed yet."""
    lose_a_write(world, path)
    ours, *_ = world.book.all(table)
    theirs = dict(ours, ID="A-THEIRS", API_TYPE="another")
    del world.book.tables[table][ours["ID"]]
    world.book.tables[table] = {"A-THEIRS": theirs, **world.book.tables[table]}
    for _ in range(2):
        result = world.sync()
        assert said(result, "EDU_LOOKUP_REFUSED") == [ours["API_ID"]]
        assert len([r for r in world.book.all(table) if r["API_ID"] == ours["API_ID"]]) == 1
    del world.book.tables[table]["A-THEIRS"]
    assert world.sync().status == "success"
    assert len([r for r in world.book.all(table) if r["API_ID"] == ours["API_ID"]]) == 1


def test_write_in_doubt_from_the_future_is_waited_for_no_longer_than_the_grace_time(
    make_world: Callable[..., World],
) -> None:
    """A store that came from a machine whose clock is a year ahead."""
    world = make_world(grace="70s")
    lose_a_write(world, "/group")
    store = open_store(str(world.state))
    with store.engine.begin() as connection:
        ahead = datetime.now(UTC) + timedelta(days=365)
        moved = connection.execute(update(tables.intent).values(intended_at=ahead)).rowcount
    store.close()
    assert moved
    world.slept.clear()
    assert world.sync().status == "success"
    assert max(world.slept, default=0) <= 70


def test_words_of_the_data_are_no_words_of_trouble(world: World) -> None:
    world.simulation.seed.groups[1201]["etenduGroupe"] = "BTS Maintenance"
    message = "Le groupe BTS Maintenance n'est pas valide"
    world.faults.active.append(
        Fault("refused", verb="POST", path="/group", times=99, message=message)
    )
    result = world.sync()
    assert (result.status, "1201" in said(result, "EDU_REJECTED")) == ("partial", True)


def test_edit_by_hand_that_could_not_be_put_right_is_seen_again(world: World) -> None:
    world.sync()
    world.later(hours=7)
    world.course("7712001").update({"NAME": "À LA MAIN", "DATE_UPDATED": world.book.now()})
    world.simulation.seed.courses[7712011]["nomMatiere"] = "AUTRE"
    edusign_id = world.course("7712001")["ID"]
    world.faults.active.append(
        Fault("refused", path=f"/course/{edusign_id}", message="E17", times=4)
    )
    assert world.sync().status == "partial"
    world.later(hours=7)
    world.sync()
    assert world.course("7712001")["NAME"] == "COMPTABILITÉ"


@pytest.mark.parametrize("goes_on", [True, False])
def test_sheet_that_another_account_of_the_school_goes_on_with_is_not_deleted(
    world: World, goes_on: bool
) -> None:
    """An account that was renamed, or taken out of the file, goes on with nothing."""
    world.sync()
    store = open_store(str(world.state))
    link = store.links("school", "main")["course", "7712011"]
    row: dict[str, Any] = {"kind": "course", "source_id": "7712011"}
    row |= {"edusign_id": link.edusign_id}
    row |= {"created": True, "manual": False, "fingerprint": "", "fields": {}, "members": []}
    store.save_link("school", "other", row | {"starts_at": None, "carry": {}})
    if goes_on:
        world.write(accounts=[{"name": "main"}, {"name": "other"}])
    del world.simulation.seed.courses[7712011]
    assert world.sync().status == "success"
    assert (world.book.get("courses", link.edusign_id) is not None) == goes_on
    assert ("course", "7712011") not in store.links("school", "main")
    store.close()


@pytest.mark.parametrize("words", ["E17", "An error occurred", "Please contact support"])
def test_words_that_say_nothing_stop_the_run_until_the_connector_file_says_what_they_mean(
    make_world: Callable[..., World], words: str
) -> None:
    world = make_world()
    world.book.habits.not_found = words
    with pytest.raises(EdusyncError) as stopped:
        world.sync()
    assert (stopped.value.code, world.writes()) == ("EDU_UNREADABLE", [])
    edusign = {"base_url": world.edusign, "api_key": "${file:key}", "not_found": [words]}
    world.write(accounts=[{"name": "main", "edusign": edusign | {"requests_per_minute": 9999}}])
    assert world.sync().status == "success"


@pytest.mark.parametrize(
    ("words", "works"), [(None, True), (WORDS_OF_ABSENCE[-1], True), ("E17", False)]
)
def test_check_says_whether_the_words_of_absence_are_understood(
    world: World, words: str | None, works: bool
) -> None:
    world.book.habits.not_found = words
    store = open_store(str(world.state))
    instance = load_instance(world.file, world.registry)
    tried = {
        found.what: found
        for found in check_connector(instance, store, world.registry, world.moment())
    }
    store.close()
    assert tried["Edusign look-ups"].works == works
    assert ("E17" in tried["Edusign look-ups"].words) != works


ROUTES = [
    (name, kind) for name in LOOK_UPS for kind in ("words of the page", "other words", "nothing")
]


@pytest.mark.parametrize(("route", "kind"), ROUTES)
def test_every_look_up_tells_absence_from_refusal(route: str, kind: str) -> None:
    absences = Absences()
    row = LOOK_UPS[route]
    if kind == "words of the page":
        assert absences.are_meant(route, "x", row.absent.title())
    elif kind == "other words":
        absences.learn(route, f"no thing called {row.nobody} found")
        assert absences.are_meant(route, "x", "No thing called x found")
        assert not absences.are_meant(route, "x", "No thing called y found")
    else:
        for said in ("", "Too many requests", "Service unavailable: not found", "ERROR"):
            absences.learn(route, said)
            assert not absences.are_meant(route, "x", said)


@pytest.mark.walk(every=5)
@pytest.mark.parametrize("answer", [None, {}, "", 0, "a text", "gone"])
@pytest.mark.parametrize("route", ["/course/", "/group/"])
def test_students_that_were_not_shown_are_not_none(
    world: World, answer: object, route: str
) -> None:
    """A sheet without its list of students was taken for unsigned and empty, and deleted."""
    world.sync()
    row = world.course("7712001")
    row["STUDENTS"][0]["signature"] = "signed"
    row["STUDENTS"][0]["state"] = True
    before = {table: copy.deepcopy(world.book.all(table)) for table in ("courses", "groups")}
    del world.simulation.seed.courses[7712001]
    world.simulation.seed.groups[1201]["etenduGroupe"] = "Autre nom"
    world.later(hours=7)
    with hiding_students(world, route, answer), suppress(EdusyncError):
        assert world.sync().status != "success"
    students = {row["ID"]: row["STUDENTS"] for table in before for row in before[table]}
    there = {row["ID"]: row["STUDENTS"] for table in before for row in world.book.all(table)}
    kind = "courses" if route == "/course/" else "groups"
    for row in before[kind]:
        if row.get("API_ID") in {"7712001", "1201"}:
            assert there[row["ID"]] == students[row["ID"]]


@contextmanager
def hiding_students(world: World, route: str, answer: object) -> Iterator[None]:
    """Let Edusign show items of a route with something else in the place of their students."""
    original: Any = world.app.wsgi_app

    def changed(environ: dict[str, Any], start_response: Any) -> Any:
        path = environ["PATH_INFO"]
        if environ["REQUEST_METHOD"] != "GET" or route not in path or "get-id" in path:
            return original(environ, start_response)
        kept: list[Any] = []
        body = json.loads(b"".join(original(environ, lambda *given: kept.append(given))))
        if isinstance(body.get("result"), dict):
            body["result"]["STUDENTS"] = answer
            if answer == "gone":
                del body["result"]["STUDENTS"]
        data = json.dumps(body).encode()
        headers = [one for one in kept[0][1] if one[0].lower() != "content-length"]
        start_response(kept[0][0], [*headers, ("Content-Length", str(len(data)))])
        return [data]

    world.app.wsgi_app = changed  # type: ignore[method-assign]  # Flask says so
    yield
    world.app.wsgi_app = original  # type: ignore[method-assign]  # Flask says so


@pytest.mark.walk(every=4)
@pytest.mark.parametrize("result", [True, "Created", 1, ["x1"], {"ID": True}, {"ID": {"a": 1}}])
@pytest.mark.parametrize("path", ["/course", "/group", "/student"])
def test_success_without_an_id_is_looked_up(world: World, path: str, result: object) -> None:
    """What a creation says in the place of an id is no id: whether it landed is looked up."""
    original: Any = world.app.wsgi_app

    def changed(environ: dict[str, Any], start_response: Any) -> Any:
        if environ["REQUEST_METHOD"] != "POST" or not environ["PATH_INFO"].endswith(path):
            return original(environ, start_response)
        kept: list[Any] = []
        body = json.loads(b"".join(original(environ, lambda *given: kept.append(given))))
        data = json.dumps(body | {"result": result}).encode()
        headers = [one for one in kept[0][1] if one[0].lower() != "content-length"]
        start_response(kept[0][0], [*headers, ("Content-Length", str(len(data)))])
        return [data]

    world.app.wsgi_app = changed  # type: ignore[method-assign]  # Flask says so
    world.sync()
    world.app.wsgi_app = original  # type: ignore[method-assign]  # Flask says so
    world.sync()
    assert world.sync().status == "success"
    store = open_store(str(world.state))
    for (kind, _), link in store.links("school", "main").items():
        assert world.book.get(TABLES[kind], link.edusign_id) is not None
    store.close()
    for table in TABLES.values():
        ids = [row["API_ID"] for row in world.book.all(table)]
        assert len(ids) == len(set(ids)), table


@pytest.mark.parametrize("state", [1, "1", "true", True])
def test_present_is_present_however_edusign_writes_it(state: object) -> None:
    row = {"studentId": "s1", "state": state}
    assert read_attendance(row).states == ("present",)


@pytest.mark.parametrize(
    "date", ["Fri, 31 Dec 9999 23:59:59 GMT", "Fri, 31 Dec 9999 23:59:59 -1400"]
)
def test_clock_that_is_none_stops_no_later_run(world: World, date: str) -> None:
    original: Any = world.app.wsgi_app

    def dated(environ: dict[str, Any], start_response: Any) -> Any:
        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            others = [one for one in headers if one[0].lower() != "date"]
            return start_response(status, [*others, ("Date", date)], *more)

        return original(environ, start)

    world.app.wsgi_app = dated  # type: ignore[method-assign]  # Flask says so
    world.sync()
    world.app.wsgi_app = original  # type: ignore[method-assign]  # Flask says so
    assert world.sync().status == "success"


def test_key_is_not_repeated_when_edusigns_words_do(world: World) -> None:
    words = "Bearer sandbox-key is over its quota"
    world.faults.active.append(Fault("refused", verb="POST", path="/student", message=words))
    details = [str(outcome.detail) for outcome in world.sync().outcomes]
    assert not [detail for detail in details if "sandbox-key" in detail]
