"""What a spec reads is told by list and path, whatever word of the language reads it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from edusync.plugins import load_registry
from edusync.spec import load_spec
from edusync.spec.places import Place
from edusync.spec.reading import Reading
from edusync.spec.recorded import Recorded

ROOT = Path(__file__).parents[3]
SPECS = sorted([*(ROOT / "specs").glob("*.yaml"), *(ROOT / "specs/examples").glob("*.yaml")])


def below(place: Place) -> list[Place]:
    inner = [*place.members.values(), *(chosen for _, chosen in place.picked)]
    inner += [place.each] if place.each else []
    inner += [place.document[1]] if place.document else []
    return [place, *(found for one in inner for found in below(one))]


def read(reading: Reading) -> dict[str, set[str]]:
    """Return every place that is read, and what becomes of it."""
    found: dict[str, set[str]] = {}
    for body in reading.bodies.values():
        for root in (body.root, body.text, body.headers):
            for place in below(root):
                if place.read or place.whole:
                    found.setdefault(place.name, set()).update(place.uses)
    return found


def spec_of(people: dict[str, Any], **more: Any) -> Reading:
    person = {"last_name": "l", "first_name": "f", "email": "m"}
    data = {
        "edusync": 1,
        "connector": "small",
        "label": "Small",
        "connection": {"url": {"type": "url", "label": "URL"}},
        "filters": {"sites": {"label": "Sites"}},
        "transport": {
            "kind": "http",
            "base_url": "{{ connection.url }}",
            **more.pop("transport", {}),
        },
        "formats": {"t": {"kind": "moment", "pattern": "iso"}},
        "resources": {
            "people": {"get": "/people", "key": "id", **people},
            "lessons": {"get": "/lessons", "as": {"b": "t", "e": "t"}, "key": "id"},
            **more.pop("resources", {}),
        },
        "entities": {
            "professor": {
                "from": "people",
                "source_id": "id",
                **person,
                **more.pop("professor", {}),
            },
            "course": {
                "from": "lessons",
                "source_id": "id",
                "name": "n",
                "starts_at": "b",
                "ends_at": "e",
                "professors": "p",
                **more.pop("course", {}),
            },
        },
        **more,
    }
    spec, document = load_spec(json.dumps(data), "small.yaml")
    assert spec is not None, document.findings
    return Reading(spec)


BASE = {f"people.{name}" for name in ("id", "l", "f", "m")} | {
    f"lessons.{name}" for name in ("id", "n", "b", "e", "p")
}
LINKS = {"get": "/links", "key": "k"}
READERS: list[tuple[str, dict[str, Any], set[str]]] = [
    ("nothing more", {"people": {}}, set()),
    ("a deeper path", {"professor": {"email": "mail.work"}}, {"people.mail.work"}),
    ("ignore", {"people": {"ignore": "row.a.b == 'x'"}}, {"people.a.b"}),
    ("drop", {"people": {"drop": {"DOWN_STUDENT_FILTERED": "not row.a"}}}, {"people.a"}),
    ("filter_by", {"people": {"filter_by": {"sites": "site.id"}}}, {"people.site.id"}),
    ("a name in brackets", {"people": {"ignore": "row['@a']"}}, {"people.@a"}),
    ("behind a filter", {"people": {"ignore": "(row.a | first).b"}}, {"people.a.b"}),
    (
        "behind a choice",
        {"people": {"ignore": "(row.a if row.c else row.d).b"}},
        {"people.a.b", "people.c", "people.d.b"},
    ),
    (
        "an add that is read",
        {"people": {"add": {"x": "a.b"}}, "professor": {"phone": "x"}},
        {"people.a.b"},
    ),
    ("an add that is not", {"people": {"add": {"x": "a.b"}}}, set()),
    (
        "columns",
        {"people": {"columns": {"id": "id", "l": "Nom", "f": "Prénom", "m": "E-mail", "x": "X"}}},
        {"people.Nom", "people.Prénom", "people.E-mail"},
    ),
    (
        "a template",
        {"professor": {"email": {"template": "{{ row.u }}@{{ row.d.x }}"}}},
        {"people.u", "people.d.x"},
    ),
    (
        "first_of",
        {"professor": {"phone": {"first_of": ["t1", "t.two"]}}},
        {"people.t1", "people.t.two"},
    ),
    ("when", {"professor": {"phone": {"path": "t", "when": "row.w"}}}, {"people.t", "people.w"}),
    ("entity.ignore", {"professor": {"ignore": "row.k != 'P'"}}, {"people.k"}),
    (
        "a condition of a path",
        {"course": {"groups": "r[?k == 'g'].i"}},
        {"lessons.r.k", "lessons.r.i"},
    ),
    (
        "names that a path gives",
        {
            "resources": {"in": {"from": "lessons", "items": "s[].{a: b, c: d}"}},
            "course": {"classroom_name": {"look_up": "in", "by": "id", "on": "a", "take": "c"}},
        },
        {"lessons.s.b", "lessons.s.d"},
    ),
    (
        "a look-up",
        {
            "resources": {"links": LINKS},
            "course": {
                "professors": {
                    "look_up_all": "links",
                    "by": "x",
                    "on": "lesson",
                    "where": "theirs.w and mine.v",
                    "take": "who.id",
                    "first_by": "o",
                }
            },
        },
        {"lessons.x", "links.lesson", "links.w", "lessons.v", "links.who.id", "links.o", "links.k"},
    ),
    (
        "a row that is looked up",
        {
            "resources": {"links": LINKS},
            "people": {"add": {"l": {"look_up": "links", "by": "x"}}},
            "professor": {"last_name": "l.name"},
        },
        {"people.x", "links.k", "links.name"},
    ),
    (
        "rows out of rows",
        {
            "resources": {"in": {"from": "lessons", "items": "slots", "key": "s"}},
            "course": {"from": "in", "source_id": "s", "name": "lessons.title"},
        },
        {
            "lessons.slots.s",
            "lessons.title",
            "lessons.slots.b",
            "lessons.slots.e",
            "lessons.slots.p",
        },
    ),
    (
        "what is asked for with a row",
        {"resources": {"more": {"for_each": "people", "get": "/x/{{ people.q }}", "key": "k"}}},
        {"people.q", "more.k"},
    ),
    (
        ("what is asked for with values"),
        {
            "resources": {
                "more": {"for_each": {"values": "people.a.q"}, "get": "/x/{{ parent }}", "key": "k"}
            }
        },
        {"people.a.q", "more.k"},
    ),
    (
        "an envelope",
        {
            "people": {
                "items": "data.rows",
                "paging": {"kind": "number", "size": 2, "until": {"total": "meta.count"}},
                "query": {"p": "{{ page.number }}"},
            }
        },
        {"people (answer).meta.count"},
    ),
    (
        "a cursor",
        {
            "people": {
                "items": "rows",
                "paging": {"kind": "cursor", "next": "next.id", "more": "more"},
                "query": {"p": "{{ page.cursor }}"},
            }
        },
        {"people (answer).next.id", "people (answer).more"},
    ),
    (
        "verdicts",
        {
            "transport": {
                "answers": [
                    {
                        "when": "answer.body.error.code == 'x'",
                        "then": "fail",
                        "message": "{{ answer.body.error.said }}",
                    }
                ]
            }
        },
        {
            f"{name} (answer).error.{word}"
            for name in ("people", "lessons")
            for word in ("code", "said")
        },
    ),
    (
        "the sign-in",
        {
            "transport": {
                "auth": {
                    "login": [
                        {"get": "/in", "read": {"t": "session.token", "h": "header.X-Token"}}
                    ],
                    "send": {"headers": {"A": "{{ auth.t }}", "B": "{{ auth.h }}"}},
                }
            }
        },
        {"sign-in (answer).session.token", "sign-in (header).x-token"},
    ),
    ("keyed rows", {"people": {"shape": "list_or_keyed"}}, set()),
    (
        "a document inside",
        {"people": {"inner": {"at": "out", "answer": "json"}, "items": "rows"}},
        {"people (answer).out"},
    ),
    (
        "rows written out",
        {
            "resources": {"in": {"from": "lessons", "items": [{"who": "p1.id"}, {"who": "p2.id"}]}},
            "course": {
                "professors": {"look_up_all": "in", "by": "id", "on": "lessons.id", "take": "who"}
            },
        },
        {"lessons.p1.id", "lessons.p2.id"},
    ),
]


@pytest.mark.parametrize(
    ("said", "more"), [(r[1], r[2]) for r in READERS], ids=[r[0] for r in READERS]
)
def test_each_word_of_the_language_reads_its_place(said: dict[str, Any], more: set[str]) -> None:
    said = dict(said)
    found = read(spec_of(said.pop("people", {}), **said))
    assert more <= found.keys()
    assert found.keys() - more <= BASE


def test_word_that_is_read_elsewhere_is_not_read_here() -> None:
    found = read(spec_of({"ignore": "row.mother.l == 'x'"}))
    assert "people.mother.f" not in found
    assert "lessons.l" not in found
    assert "people.mother.l" in found


def test_person_is_told_by_what_a_value_becomes() -> None:
    reading = spec_of(
        {},
        professor={
            "last_name": {"template": "{{ row.l }}"},
            "email": {"template": "{{ row.u }}@{{ row.site }}.fr"},
            "phone": "t",
        },
        course={"name": {"template": "{{ row.n }} {{ row.who }}"}},
    )
    told = {
        place.name: (place.is_of_a_name, place.is_of_a_person)
        for body in reading.bodies.values()
        for place in below(body.root)
        if place.read
    }
    assert told["people.l"] == (True, False)
    assert told["people.u"] == told["people.t"] == (False, True)
    assert told["people.id"] == told["lessons.n"] == told["lessons.who"] == (False, False)


def test_part_of_an_email_that_is_shown_as_well_tells_nobody() -> None:
    reading = spec_of(
        {},
        professor={"email": {"template": "{{ row.u }}@{{ row.site }}.fr"}},
        resources={"rooms": {"from": "people", "key": "id"}},
        course={"classroom_name": {"look_up": "rooms", "by": "x", "take": "site"}},
    )
    places = [place for body in reading.bodies.values() for place in below(body.root)]
    site = next(place for place in places if place.name == "people.site")
    assert not site.is_of_a_person


@pytest.mark.parametrize("file", SPECS, ids=[file.stem for file in SPECS])
def test_shipped_spec_reads_every_field_of_its_people_as_one(file: Path) -> None:
    spec, _ = load_spec(file.read_text(encoding="utf-8"), str(file), load_registry().functions)
    assert spec is not None
    places = [place for body in Reading(spec).bodies.values() for place in below(body.root)]
    told = {use for place in places for use in place.uses}
    people = {"student", "professor", "external"} & spec.entities.keys()
    wanted = {field for kind in people for field in spec.entities[kind].fields}
    assert wanted & {"last_name", "first_name", "email", "phone", "badge"} <= told
    of_people = {place.name.split(".")[0] for place in places if place.is_of_a_name}
    assert {place.name for place in places if place.whole} & of_people == set()


def test_hints_hold_keys_of_recordings_and_no_values() -> None:
    text = '{"nom": "Delorme", "mail": "a.b@ecole.test"}\n<prenom>Alma</prenom>\nville: Rennes'
    assert Recorded(text).keys == {"nom", "mail", "prenom", "ville"}
