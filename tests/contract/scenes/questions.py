"""What is asked of a school: connection, options, filters."""

from __future__ import annotations

from typing import Any

from edusync.diagnostics import Route
from tests.contract.keys import ITEMS, QUESTIONS, Pair
from tests.contract.scenes.scene import Act, Scene, School, page
from tests.little import lesson

WRONG: dict[str, tuple[Any, str]] = {
    "text": ("12", "integer"),
    "secret": ("in clear", "text"),
    "url": ("nowhere", "text"),
    "boolean": ("maybe", "text"),
    "integer": ("12", "text"),
    "list": ("a", "text"),
}
"""For each kind of a question: an answer that is one of these kinds only, and the other kind."""
UNKNOWN: dict[str, Any] = {
    "text": "Nobody",
    "secret": "${file:key}",
    "url": "https://erp.example",
    "boolean": True,
    "integer": 12,
    "choice": "a",
    "list": ["Nobody"],
}
"""An answer that the ERP does not have."""


def asked(section: str, kind: str, answer: Any = None, **more: Any) -> Act:
    """Return what asks a question, whose answer goes into a header."""

    def lay(school: School) -> None:
        school.spec["options"] = {"on": {"type": "boolean", "label": "On"}}
        school.spec.setdefault(section, {})["x"] = {"type": kind, "label": "X", **more}
        hole = f"{section}.x | join('-')" if kind == "list" else f"{section}.x"
        school.spec["transport"]["headers"] = {"X-Of": f"{{{{ {hole} }}}}"}  # secrets may go there
        answers: dict[str, Any] = {} if section == "connection" else {section: {}}
        school.connector |= {"connection": {"url": school.url}, **answers}
        if answer is not None:
            school.connector[section]["x"] = answer

    return lay


def questions() -> dict[Pair, Scene]:
    """Return how the keys of questions are shown."""
    found: dict[Pair, Scene] = {}
    for section in ("connection", "options"):
        for kind in QUESTIONS:
            place, route = f"{section}({kind})", (section, "x")
            said: dict[str, Any] = {"values": ["a", "b"]} if kind == "choice" else {}
            found |= {
                (place, key): Scene(asked(section, kind, **said), (*route, key), value, act=page)
                for key, value in _SHOWN.items()
            }
            label = Scene(asked(section, kind, **said), (*route, "label"), "Words", "X", page)
            found[place, "label"] = label
            if kind in WRONG:
                answer, other = WRONG[kind]
                lay = asked(section, kind, answer)
                found[place, "type"] = Scene(lay, (*route, "type"), kind, other)
            if kind in UNKNOWN:
                rule = {"resource": "teachers", "on": "last"}
                lay = asked(section, kind, UNKNOWN[kind], **said)
                found[place, "must_exist_in"] = Scene(lay, (*route, "must_exist_in"), rule)
        choice: Route = (section, "x")
        found |= {
            (f"{section}(choice)", "type"): Scene(
                asked(section, "choice", "c"),
                choice,
                {"type": "choice", "label": "X", "values": ["a", "b"]},
                {"type": "text", "label": "X"},
            ),
            (f"{section}(choice)", "values"): Scene(
                asked(section, "choice", "c"), (*choice, "values"), ["a", "c"], ["a", "b"]
            ),
            (f"{section}(url)", "drop_end"): Scene(
                asked(section, "url", "https://erp.example/a/"), (*choice, "drop_end"), ["/"]
            ),
            (f"{section}.must_exist_in", "resource"): Scene(
                asked(section, "text", "Last1", must_exist_in={"on": "last"}),
                (*choice, "must_exist_in", "resource"),
                "teachers",
                "learners",
            ),
            (f"{section}.must_exist_in", "on"): Scene(
                asked(section, "text", "Last70", must_exist_in={"resource": "teachers"}),
                (*choice, "must_exist_in", "on"),
                "last",
                "first",
            ),
        }
    return found


_SHOWN = {
    "assumed": "Nobody has said so.",
    "per_account": True,
    "example": "x",
    "help": "A sentence.",
    "asked_when": "options.on",
    "optional": True,
    "gate": {"en": "Is there one?", "fr": "En avez-vous ?"},
}


def filtered(item: str, entries: Any = None, **more: Any) -> Act:
    """Return what asks for a filter, with the entries of the school."""

    def lay(school: School) -> None:
        parts = {"parts": ["family", "rubric"]} if item == "pair" else {}
        school.spec["options"] = {"on": {"type": "boolean", "label": "On"}}
        school.spec["filters"] = {"x": {"label": "X", "item": item, **parts, **more}}
        school.spec["resources"]["lessons"]["filter_by"] = {"x": "site"}
        school.spec["resources"]["sites"] = {"get": "/sites", "key": "id"}
        school.rows["/sites"] = [{"id": 10, "name": "Paris"}, {"id": "A/B", "name": "Lyon"}]
        sites = {"pair": ["A/B", "a/b", "C/D"]}.get(item, [10, "Paris - 10", "paris - 10", "AB"])
        school.rows["/lessons"] = [lesson(n, site=site) for n, site in enumerate(sites, 1)]
        if entries is not None:
            school.connector["filters"] = {"x": entries}

    return lay


_ENTRIES: dict[str, Any] = {
    "id": [10],
    "text": ["Paris - 10"],
    "integer": [10],
    "glob": ["Paris*"],
    "pair": {"A": ["B"]},
}
_OTHER_LETTERS = {"glob": ["PARIS*"], "id": ["ab"], "integer": ["ab"]}


def filters() -> dict[Pair, Scene]:
    """Return how the keys of filters are shown."""
    found: dict[Pair, Scene] = {}
    for item in ITEMS:
        place, route, entries = f"filters({item})", ("filters", "x"), _ENTRIES[item]
        found |= {
            (place, key): Scene(filtered(item), (*route, key), value, act=page)
            for key, value in _SHOWN.items()
        }
        found[place, "label"] = Scene(filtered(item), (*route, "label"), "Words", "X", page)
        label = {"A": "B"} if item == "pair" else "paris"
        found |= {
            (place, "optional"): Scene(filtered(item), (*route, "optional"), value=False),
            (place, "default"): Scene(filtered(item), (*route, "default"), entries),
            (place, "reason"): Scene(
                filtered(item, entries), (*route, "reason"), "DOWN_COURSE_RESOURCE_FILTERED"
            ),
            (place, "alike"): Scene(
                filtered(item, _OTHER_LETTERS.get(item, entries)),
                (*route, "alike"),
                value=True,
            ),
        }
        offered = [{"resource": "sites", "on": "id"}] * (2 if item == "pair" else 1)
        found[place, "offer"] = Scene(filtered(item), (*route, "offer"), offered, act=page)
        if item != "glob":
            rule = {"resource": "sites", "label": "name"}
            found[place, "choices"] = Scene(filtered(item, label), (*route, "choices"), rule)
        if item != "pair":
            other = "text" if item in {"id", "integer"} else "id"
            answer = ["Paris*"] if item == "glob" else ["Paris - 10"]
            found[place, "item"] = Scene(filtered(item, answer), (*route, "item"), item, other)
    pair: Route = ("filters", "x")
    one = filtered("id", offer=[{"resource": "sites", "on": "id"}])
    found |= {
        ("filters.offer", "resource"): Scene(
            one, (*pair, "offer", 0, "resource"), "sites", "teachers", page
        ),
        ("filters.offer", "on"): Scene(one, (*pair, "offer", 0, "on"), "id", "name", page),
        ("filters.offer", "label"): Scene(one, (*pair, "offer", 0, "label"), "name", act=page),
        ("filters(pair)", "item"): Scene(
            filtered("pair", {"A": ["B"]}),
            pair,
            {"label": "X", "item": "pair", "parts": ["a", "b"]},
            {"label": "X", "item": "text"},
        ),
        ("filters(pair)", "parts"): Scene(
            filtered("pair"), (*pair, "parts"), ["a", "b"], ["c", "d"], page
        ),
        ("filters.choices", "resource"): Scene(
            filtered("id", ["Paris"], choices={"label": "name"}),
            (*pair, "choices", "resource"),
            "sites",
            "teachers",
        ),
        ("filters.choices", "label"): Scene(
            filtered("id", ["Paris"], choices={"resource": "sites"}),
            (*pair, "choices", "label"),
            "name",
            "other",
        ),
    }
    return found


SCENES = questions() | filters()
