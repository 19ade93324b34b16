"""What carries the sign-in in bodies, paths, arguments and headers of SOAP."""

from __future__ import annotations

from edusync.diagnostics import Route
from tests.contract.keys import Pair
from tests.contract.scenes.scene import Scene, School
from tests.contract.scenes.wires import OVER, SITE, laid, rows, says, things
from tests.little import person

_SEND: Route = ("transport", "auth", "send")


def _scenes(wire: str) -> dict[Pair, Scene]:
    place, over, site = f"auth.send({wire})", OVER[wire], SITE[wire]
    answers = rows(things=[{"id": 1, "name": "A"}])
    found = {
        (place, word): Scene(
            laid(over, answers, things({"post": f"{site}/things", **body})), (*_SEND, word), value
        )
        for word, body, value in (
            ("form", {"form": {"a": "1"}}, {"t": "1"}),
            ("json", {"json": {"a": 1}}, {"t": "1"}),
            ("xml", {"xml": "<a/>"}, "<t/>"),
        )
    }
    found[place, "path"] = Scene(
        laid(over, rows(**{"s/things": []}), things({"get": "/things"})),
        (*_SEND, "path"),
        f"{site}/s",
        f"{site}/t",
    )
    if wire == "soap":
        header = {"LoginResponse": {"token": "1"}}
        found |= {
            (place, "arguments"): Scene(over, (*_SEND, "arguments"), {"x": "1"}),
            (place, "soap_header"): Scene(over, (*_SEND, "soap_header"), header),
        }
    return found


def _lexical(school: School) -> None:
    """Let the service write numbers with zeros before them."""
    people = school.rows["/svc"].__self__.people
    people[:] = [one.replace("<id>1<", "<id>001<") for one in people]


SCENES = _scenes("http") | _scenes("soap")
_SIGN: Route = ("transport", "auth", "sign")
SCENES |= {
    ("auth.sign", word): Scene(
        OVER["http"], (*_SIGN, word), {"x": "{{ request.path | hmac('k') }}"}, {"x": "1"}
    )
    for word in ("headers", "query")
}
SCENES["auth.sign", "login"] = Scene(
    laid(
        OVER["http"],
        rows(login={"token": "one"}),
        says([{"post": "/login", "read": {"token": "token"}}], *_SIGN[:2], "login"),
        says({"headers": {"X-Token": "{{ auth.token }}"}}, *_SEND),
        says({"headers": {"X-Signed": "{{ request.path | hmac('k') }}"}}, *_SIGN),
    ),
    (*_SIGN, "login"),
    value=True,
)
SCENES["rules", "people_without_sheet"] = Scene(
    laid(OVER["http"], rows(learners=[person(1), person(2), person(9)])),
    ("rules", "people_without_sheet"),
    "create",
)
SCENES["transport(soap)", "values"] = Scene(
    laid(OVER["soap"], _lexical), ("transport", "values"), "lexical"
)
