"""The way up without its steps: states, reasons, what is looked up, a folder of its own."""

from __future__ import annotations

from typing import Any

from edusync.diagnostics import Route
from tests.contract.keys import Pair
from tests.contract.scenes.scene import Act, Scene, School, evening, page, up
from tests.contract.scenes.wires import goes_up, laid, over_http, rows, says

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
        instead = "absent" if state == "present" else "present"
        given = {"set": {"state": "X"}, "else": instead}
        found |= {
            (f"state({state})", "needs"): Scene(
                laid(lay, says(given, *here)), (*here, "needs"), "options.on", "not options.on", do
            ),
            (f"state({state})", "else"): Scene(
                laid(lay, says({}, *here)),
                (*here, "else"),
                instead,
                "absent_justified" if state in {"absent", "present"} else "absent",
                do,
            ),
        }
    return found


def _rest() -> dict[Pair, Scene]:
    lay, justified = _upward(), evening({"justified": "sick leave"}, "absent")
    looked = laid(
        lay, says({"who": "{{ person.source_id }}", "more": "{{ x }}"}, *_UP, "line", "student")
    )
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
        ("writeback.reasons", "when_none"): Scene(
            laid(lay, says("Illness", *_UP, "reasons", "default")),
            (*_UP, "reasons", "when_none"),
            "default",
            "send_without",
            evening({"justified": None}, "absent"),
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
        ("writeback", "transport"): Scene(
            _folders,
            route,
            {"kind": "files", "url": "{{ connection.here }}"},
            {"kind": "files", "url": "{{ connection.there }}"},
            up,
        ),
        (place, "kind"): Scene(_folders, (*route, "kind"), "files", "http", up, only=True),
        (place, "assumed"): Scene(_folders, (*route, "assumed"), "Nobody says so.", act=page),
        (place, "host_key"): Scene(far, (*route, "host_key"), key, act=up),
        (place, "limits"): Scene(far, (*route, "limits"), {"connect": "3s"}, act=up),
        ("writeback.transport.limits", "connect"): Scene(
            far, (*route, "limits", "connect"), "3s", act=up
        ),
    }


SCENES = _states() | _rest() | _own_folder()
