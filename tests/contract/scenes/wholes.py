"""A spec as a whole, what rows mean to Edusign, and the rules."""

from __future__ import annotations

from copy import deepcopy
from functools import partial
from typing import Any

from edusync.app.authoring.connector_page import connector_page
from edusync.app.explaining.reconcile import reconcile
from edusync.app.files.specs import load_named
from edusync.app.runs.moment import Moment
from edusync.engine.read.source import Tools
from edusync.state.open import open_store
from tests.contract.keys import Pair
from tests.contract.scenes.scene import Act, Scene, School, evening, page, up
from tests.contract.scenes.wires import goes_up, laid, over_http, says
from tests.contract.test_defaults import by_hand
from tests.little import SPEC, lesson, person


def _changed(*route: str, to: Any) -> dict[str, Any]:
    """Return a section of the little spec with something else in it."""
    data: dict[str, Any] = deepcopy(SPEC)
    inner = data
    for step in route[:-1]:
        inner = inner[step]
    inner[route[-1]] = to
    found: dict[str, Any] = data[route[0]]
    return found


def _french(school: School) -> None:
    school.instance()
    spec, _ = load_named("little.yaml", school.registry, school.folder)
    assert spec is not None
    school.seen.more.append(connector_page(spec, "fr"))


def _whole() -> dict[Pair, Scene]:
    def nothing(_school: School) -> None:
        """Leave the school as it is."""

    one = {"on": {"type": "boolean", "label": "On"}}
    two = {"on": {"type": "boolean", "label": "Off"}}
    site = {"sites": {"label": "Sites"}}
    return {
        ("spec", "connector"): Scene(nothing, ("connector",), "little", "other"),
        ("spec", "edusync"): Scene(nothing, ("edusync",), 1, 2, only=True),
        ("spec", "connection"): Scene(
            nothing,
            ("connection",),
            SPEC["connection"],
            _changed("connection", "url", "label", to="Other"),
            page,
        ),
        ("spec", "options"): Scene(nothing, ("options",), one, two, page),
        ("spec", "filters"): Scene(nothing, ("filters",), site, act=page),
        ("spec", "formats"): Scene(
            nothing,
            ("formats",),
            SPEC["formats"],
            _changed("formats", "clock", "pattern", to="%M:%H"),
        ),
        ("spec", "resources"): Scene(
            nothing,
            ("resources",),
            SPEC["resources"],
            _changed("resources", "lessons", "get", to="/others"),
        ),
        ("label", "fr"): Scene(
            says(one, "options"),
            ("options", "on", "label"),
            {"en": "On", "fr": "Oui"},
            {"en": "On", "fr": "Non"},
            _french,
        ),
    }


def _everything(school: School) -> None:
    """Give the school groups, rooms and tutors, each in two lists."""
    over_http(school)
    school.has_classes()
    school.rows["/lessons"] = [lesson(n, room=n, classes=[5]) for n in (1, 2)]
    lists, entities = school.spec["resources"], school.spec["entities"]
    lists["tutors"] = {"get": "/tutors", "key": "id"}
    entities["classroom"] = {"from": "rooms", "source_id": "id", "name": "name"}
    entities["course"]["classroom"] = "room"
    entities["external"] = {
        "from": "tutors",
        "source_id": "id",
        "last_name": "last",
        "first_name": "first",
        "email": "mail",
        "students": "of",
    }
    school.rows["/tutors"] = [person(90, of=[1], other="q90@ecole.test")]
    for name in ("lessons", "teachers", "learners", "classes", "rooms", "tutors"):
        lists[f"{name}_too"] = {**lists[name], "get": f"/{name}_too"}
        school.rows[f"/{name}_too"] = school.rows[f"/{name}"][:1]
    school.rows["/teachers"].append(person(72))
    school.rows["/classes_too"] = [{"id": 5, "title": "BTS 2", "learners": [1]}]
    school.rows["/rooms_too"] = [{"id": 1, "name": "Other room"}]


_FROM = {
    "student": "learners",
    "professor": "teachers",
    "group": "classes",
    "classroom": "rooms",
    "course": "lessons",
    "external": "tutors",
}


def _identities() -> dict[Pair, Scene]:
    """Return how a session that comes under another id is known, and what is kept with a sheet."""

    def renumbered(school: School) -> None:
        school.sync()
        school.rows["/lessons"] = [lesson(9, old=1, on="2026-03-18"), lesson(2)]
        school.sync()

    kept = laid(
        _everything,
        goes_up(),
        says(
            {"who": "{{ person.source_id }}", "x": "{{ course.carry.x }}"},
            *("writeback", "line", "student"),
        ),
    )
    return {
        ("entities.course", "also_known_as"): Scene(
            _everything, ("entities", "course", "also_known_as"), ["old"], act=renumbered
        ),
        ("entities.course", "carry"): Scene(
            kept, ("entities", "course", "carry"), {"x": "id"}, {"x": "title"}, up
        ),
    }


def _reconciled(school: School, played: Act = up) -> None:
    """Bring the planning down, play a class, and compare its attendance with the ERP's."""
    played(school)
    if school.seen.findings:
        return
    store = open_store(str(school.folder / "state.db"))
    try:
        moment = Moment(school.now, Tools(lambda: 0.0, lambda _: None))
        day = school.now.date()
        arguments = school.instance(), store, school.registry, moment, day, day
        for account in reconcile(*arguments)[0]:
            school.seen.more += [
                (held.source_id, held.verdict, held.on_edusign, held.in_erp, held.detail)
                for held in account.people
            ]
    finally:
        store.close()


def _beside_the_state(lay: Act) -> dict[Pair, Scene]:
    """Return how it is read when somebody came or left, and why they were away."""

    def of(state: str) -> Act:
        def found(school: School) -> None:
            school.spec["writeback"]["states"][state] = {"set": {"state": state}}
            school.rows["/marks"] = [{**row, "is": state} for row in school.rows["/marks"]]
            school.rows["/reasons"] = [{"id": "M", "label": "sick leave"}]

        return laid(lay, found)

    moment, unsaid = {"day": "day", "time": "at"}, {"day": "day", "time": {"value": None}}
    ways: dict[str, tuple[str, Any, Any, Any]] = {
        "arrived_at": ("late", {"late": 12}, moment, unsaid),
        "left_at": ("early_departure", {"left": 45}, moment, unsaid),
        "reason": ("absent_justified", {"justified": "sick leave"}, {"value": "M"}, "is"),
    }
    return {
        ("entities.attendance", key): Scene(
            of(state),
            ("entities", "attendance", key),
            one,
            other,
            partial(_reconciled, played=evening(said)),
        )
        for key, (state, said, one, other) in ways.items()
    }


def _read_back() -> dict[Pair, Scene]:
    """Return how the attendance that the ERP holds is read."""

    def lay(school: School) -> None:
        over_http(school)
        goes_up()(school)
        found = {"id": 1, "who": 1, "else": 2, "of": 1, "is": "late", "at": "08:00"}
        school.rows["/marks"] = [{**found, "to": 2}]
        school.rows["/marks_too"] = [{**found, "is": "absent"}]
        clock = {"as": {"at": "clock", "day": "day"}, "key": "id"}
        for name in ("marks", "marks_too"):
            school.rows[f"/{name}"] = [
                {**row, "day": "2026-03-18"} for row in school.rows[f"/{name}"]
            ]
            school.spec["resources"][name] = {"get": f"/{name}", **clock}
        school.spec["entities"]["attendance"] = dict(read)

    route = ("entities", "attendance")
    read = {"from": "marks", "student": "who", "course": "of", "state": "is"}
    by_time = laid(lay, lambda school: school.spec["entities"]["attendance"].pop("course"))
    later = {"day": "day", "time": {"value": None}}
    ways: dict[str, tuple[Any, Any, Any]] = {
        "from": (lay, "marks", "marks_too"),
        "ignore": (lay, "row.id > 0", "row.id > 1"),
        "student": (lay, "who", "else"),
        "course": (lay, "of", "to"),
        "starts_at": (by_time, {"day": "day", "time": "at"}, later),
        "state": (lay, "is", {"value": "absent"}),
        "otherwise": (lay, {"value": "present"}, {"value": "absent"}),
    }
    found = {
        ("entities.attendance", key): Scene(before, (*route, key), one, other, _reconciled)
        for key, (before, one, other) in ways.items()
    } | _beside_the_state(lay)
    assumed = Scene(lay, (*route, "assumed"), "Nobody has said so.", act=page)
    whole = Scene(lay, route, read, act=_reconciled)
    return found | {("entities.attendance", "assumed"): assumed, ("entities", "attendance"): whole}


def _entities() -> dict[Pair, Scene]:
    found: dict[Pair, Scene] = {}
    for kind, source in _FROM.items():
        place, route = f"entities.{kind}", ("entities", kind)
        found |= {
            (place, "from"): Scene(_everything, (*route, "from"), source, f"{source}_too"),
            (place, "ignore"): Scene(_everything, (*route, "ignore"), "row.id > 0"),
            (place, "drop"): Scene(
                _everything, (*route, "drop"), {"DOWN_COURSE_CANCELLED": "row.id > 0"}
            ),
        }
        found[place, "assumed"] = Scene(
            _everything, (*route, "assumed"), "Nobody has said so.", act=page
        )
        if kind != "classroom":
            said = {"DOWN_COURSE_CANCELLED": "row.id > 0"}
            found["rules.report", kind] = Scene(_everything, ("rules", "report", kind), said)
    found["entities.external", "email"] = Scene(
        _everything, ("entities", "external", "email"), "mail", "other"
    )
    for kind, field in (
        ("student", "phone"),
        ("student", "badge"),
        ("professor", "phone"),
        ("external", "phone"),
        ("course", "description"),
    ):
        here = ("entities", kind, field)
        found[f"entities.{kind}", field] = Scene(_everything, here, {"value": "0612345678"})
    found |= _identities()
    handmade = by_hand("2026-03-18")

    def made(school: School) -> None:
        handmade(school)
        school.rows["/lessons"][0]["title"] = "Another name"

    return found | {
        ("rules", "adopt"): Scene(handmade, ("rules", "adopt"), value=False),
        ("rules.adopt", "match"): Scene(made, ("rules", "adopt", "match"), ["starts_at"], ["name"]),
    }


SCENES = _whole() | _entities() | _read_back()
