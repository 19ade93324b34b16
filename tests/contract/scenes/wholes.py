"""A spec as a whole: what rows mean to Edusign, the rules, and the way up without its steps."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from edusync.app.authoring.connector_page import connector_page
from edusync.app.files.specs import load_named
from edusync.diagnostics import Route
from tests.contract.keys import Pair
from tests.contract.scenes.scene import Act, Scene, School, evening, page, up
from tests.contract.scenes.wires import goes_up, laid, over_http, rows, says
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
    handmade = by_hand("2026-03-18")

    def made(school: School) -> None:
        handmade(school)
        school.rows["/lessons"][0]["title"] = "Another name"

    return found | {
        ("rules", "adopt"): Scene(handmade, ("rules", "adopt"), value=False),
        ("rules.adopt", "match"): Scene(made, ("rules", "adopt", "match"), ["starts_at"], ["name"]),
    }


_UP: Route = ("writeback",)
_SAID: dict[str, Any] = {
    "present": "present",
    "absent": "absent",
    "absent_justified": {"justified": "sick leave"},
    "late": {"late": 12},
    "excluded": {"excluded": 60},
    "early_departure": {"left": 45},
}


def _upward(**more: Any) -> Act:
    return laid(
        over_http,
        goes_up(**more),
        lambda school: school.connector.update(reasons={"sick leave": "Illness"}),
        rows(
            reasons=[{"id": 4, "label": "Illness", "other": "X"}],
            others=[{"id": 9, "label": "Illness"}],
        ),
        says({"get": "/others", "key": "id"}, "resources", "others"),
        says({"on": {"type": "boolean", "label": "On"}}, "options"),
    )


def _states() -> dict[Pair, Scene]:
    found: dict[Pair, Scene] = {}
    for state, said in _SAID.items():
        do = evening(said, said)
        here: Route = (*_UP, "states", state)
        lay = _upward()
        found |= {
            ("writeback.states", state): Scene(
                lay, here, {"set": {"state": "X"}}, {"set": {"state": "Y"}}, do
            ),
            (f"state({state})", "set"): Scene(
                laid(lay, says({}, *here)), (*here, "set"), {"state": "X"}, {"state": "Y"}, do
            ),
            (f"state({state})", "skip"): Scene(
                laid(lay, says({}, *here)),
                here,
                {"skip": True},
                {"set": {"state": "X"}},
                do,
            ),
        }
        if state == "present":
            continue
        given = {"set": {"state": "X"}, "else": "present"}
        found |= {
            (f"state({state})", "needs"): Scene(
                laid(lay, says(given, *here)), (*here, "needs"), "options.on", "not options.on", do
            ),
            (f"state({state})", "else"): Scene(
                laid(lay, says({}, *here)),
                (*here, "else"),
                "present",
                "late" if state == "absent" else "absent",
                do,
            ),
        }
    return found


def _rest() -> dict[Pair, Scene]:
    lay, justified = _upward(), evening({"justified": "sick leave"}, "absent")
    looked = laid(lay, says({"who": "{{ x }}"}, *_UP, "line", "student"))
    late = {"when": "state == 'absent'", "state": "late"}

    def let(level: str, one: int) -> dict[str, Any]:
        return {level: {"x": {"value": one}}}

    return {
        ("writeback", "states"): Scene(
            lay,
            (*_UP, "states", "absent"),
            {"set": {"state": "X"}},
            {"set": {"state": "Y"}},
            up,
        ),
        ("writeback", "hold"): Scene(
            lay, (*_UP, "hold"), {"UP_ERP_REJECTED": "state == 'absent'"}, act=up
        ),
        ("writeback", "report"): Scene(
            lay, (*_UP, "report"), {"UP_PLANNING_NOT_COMPLETED": "not options.on"}, act=up
        ),
        ("writeback", "let"): Scene(looked, (*_UP, "let"), let("person", 1), let("person", 2), up),
        ("writeback.let", "person"): Scene(
            looked, (*_UP, "let", "person"), {"x": {"value": 1}}, {"x": {"value": 2}}, up
        ),
        ("writeback.let", "sheet"): Scene(
            looked, (*_UP, "let", "sheet"), {"x": {"value": 1}}, {"x": {"value": 2}}, up
        ),
        ("writeback", "needs"): Scene(lay, (*_UP, "needs"), "options.on", act=up),
        ("writeback", "override"): Scene(lay, (*_UP, "override"), [late], act=up),
        ("override", "when"): Scene(
            laid(lay, says([late], *_UP, "override")),
            (*_UP, "override", 0, "when"),
            "state == 'absent'",
            "state == 'present'",
            up,
        ),
        ("override", "state"): Scene(
            laid(lay, says([late], *_UP, "override")),
            (*_UP, "override", 0, "state"),
            "present",
            "absent",
            up,
        ),
        ("writeback.reasons", "from"): Scene(
            lay, (*_UP, "reasons", "from"), "reasons", "others", justified
        ),
        ("writeback.reasons", "label"): Scene(
            lay, (*_UP, "reasons", "label"), "label", "other", justified
        ),
    }


def _folders(school: School) -> None:
    """Let attendance go into one of two folders."""
    write = {"file": "up.csv", "csv": {"who": "{{ line.who }}"}, "in_doubt": "repeat"}
    _upward(for_sheet=[write])(school)
    answers = {"url": school.url}
    for name in ("here", "there"):
        school.spec["connection"][name] = {"type": "text", "label": name}
        folder = school.folder / name
        folder.mkdir()
        school.places.append(folder)
        answers[name] = str(folder)
    school.connector["connection"] = answers
    own = {"kind": "files", "url": "{{ connection.here }}"}
    school.spec["transport"]["headers"] = {"X-There": "{{ connection.there }}"}
    school.spec["writeback"]["transport"] = own


def _own_folder() -> dict[Pair, Scene]:
    place, route = "writeback.transport", (*_UP, "transport")
    far = laid(_folders, says("sftp://user:p@erp.example/up", *route, "url"))
    key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJWFcbeAcmI7a24Ncjw2KxJKiaVzeFvBCyK2QPBC/wya"
    return {
        (place, "url"): Scene(
            _folders, (*route, "url"), "{{ connection.here }}", "{{ connection.there }}", up
        ),
        (place, "kind"): Scene(_folders, (*route, "kind"), "files", "http", up, only=True),
        (place, "assumed"): Scene(_folders, (*route, "assumed"), "Nobody says so.", act=page),
        (place, "host_key"): Scene(far, (*route, "host_key"), key, act=up),
        (place, "limits"): Scene(far, (*route, "limits"), {"connect": "3s"}, act=up),
        ("writeback.transport.limits", "connect"): Scene(
            far, (*route, "limits", "connect"), "3s", act=up
        ),
    }


SCENES = _whole() | _entities() | _states() | _rest() | _own_folder()
