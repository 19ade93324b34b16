"""What a recording keeps of a small ERP, what it makes of it, and what it says when the case does
not give what the ERP gave.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, Response, jsonify, request

from edusync.app.files.connector_file import load_instance
from edusync.app.runs.moment import Moment
from edusync.cli import command
from edusync.cli.record import _print_unlike
from edusync.model import PARIS
from edusync.registry import Registry
from edusync.sandbox.serve import serving
from edusync.testing import Case
from edusync.testing.outcomes import Came
from edusync.testing.recording import Recorded, record

AT = Moment(datetime(2026, 3, 16, 11, 30, tzinfo=PARIS))
Answers = dict[str, Any]
SPEC = """
edusync: 1
connector: small
label: Small
connection: {url: {type: url, label: URL}, key: {type: secret, label: Key}, compte: {type: text,
    label: Account, optional: true}}
transport: {kind: http, base_url: "{{ connection.url }}", headers: {X-Key: "{{ connection.key }}"}}
formats: {t: {kind: moment, pattern: iso}, of_last: {kind: person_name, part: last, by: capitals},
    of_first: {kind: person_name, part: first, by: capitals}}
resources:
  lessons: {get: /lessons, as: {begin: t, end: t}, key: id}
  people: {get: /people, key: id}
entities:
  student: {from: people, source_id: id, last_name: last, first_name: first, email: mail}
  professor: {from: people, source_id: id, last_name: last, first_name: first, email: mail}
  course: {from: lessons, source_id: id, name: title, starts_at: begin, ends_at: end,
      classroom_name: room, professors: teacher, students: learners}
"""


@pytest.fixture(autouse=True)
def invented_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDUSYNC_CASE_SECRET", "canary-of-the-cases")


def lesson(number: int = 1, **more: Any) -> dict[str, Any]:
    row = {
        "id": number,
        "title": "A" * number,
        "room": "B1",
        "begin": "2026-03-17T09:00",
        "end": "2026-03-17T10:00",
    }
    return {**row, "teacher": 7, "learners": [8], **more}


def person(number: int, last: str, first: str, **more: Any) -> dict[str, Any]:
    mail = f"{first}.{last}@vraie.example".lower()
    return {"id": number, "last": last, "first": first, "mail": mail, **more}


PEOPLE = [person(7, "Zqmartin", "Zqanna"), person(8, "Zqdurand", "Zqleo")]


class Small:
    """A small ERP: what it answers under each path, and the spec that reads it."""

    def __init__(self, folder: Path, registry: Registry, spec: str, answers: Answers) -> None:
        self.folder, self.registry = folder, registry
        (folder / "small.yaml").write_text(spec, encoding="utf-8")
        self.app = Flask("small")
        for path, answer in answers.items():
            given: Callable[..., Any] = (
                answer if callable(answer) else lambda answer=answer: jsonify(answer)
            )
            self.app.add_url_rule(path, path, given, methods=["GET", "POST"])

    def school(self, address: str, **connection: str) -> Path:
        told = {
            "edusync": 1,
            "connector": "s",
            "spec": "small.yaml",
            "connection": {"url": address, "key": "zqsecret-of-the-school", **connection},
            "accounts": [{"name": "main", "edusign": {"api_key": "x"}}],
        }
        (self.folder / "school.yaml").write_text(json.dumps(told), encoding="utf-8")
        return self.folder / "school.yaml"

    def record(self, limit: int = 9, **connection: str) -> Recorded:
        with serving(self.app) as address:
            instance = load_instance(self.school(address, **connection), self.registry)
            cases = self.folder / "cases/small"
            return record(instance, self.registry, AT, cases, name="nominal", limit=limit)

    @property
    def text(self) -> str:
        return (self.folder / "cases/small/nominal/exchanges.yaml").read_text(encoding="utf-8")

    def run(self) -> dict[str, Any]:
        return Case(self.folder / "cases/small/nominal", (self.folder,)).run()


def test_field_of_the_same_last_word_at_another_place_is_blank(
    registry: Registry, tmp_path: Path
) -> None:
    other = {"last": "Zqelse", "first": "Zqother", "mail": "zq@else.example", "id": "zq-log-in"}
    small = Small(
        tmp_path,
        registry,
        SPEC.replace("lessons: {get: /lessons,", "lessons: {get: /lessons, items: data.rows,"),
        {
            "/lessons": {
                "data": {"rows": [lesson(contact=other, last="Zqelse")], **other},
                **other,
            },
            "/people": [{**row, "mother": other, "title": "Zqtitle"} for row in PEOPLE],
        },
    )
    recorded = small.record()
    assert (recorded.unlike, recorded.real.counts["sheets"]) == ([], 1)
    assert "zq" not in small.text.casefold()
    assert '"mother": {}' in small.text


@pytest.mark.parametrize(
    "email",
    [
        '{template: "{{ row.login }}@vraie.example"}',
        '{template: "{{ row.login | lower }}@{{ row.campus.domain }}"}',
        '{first_of: [mail, {template: "{{ row.login }}@vraie.example"}]}',
    ],
)
def test_log_in_that_an_email_is_made_of_is_invented(
    email: str, registry: Registry, tmp_path: Path
) -> None:
    people = [
        {
            **row,
            "mail": None,
            "login": f"zqlog{row['id']}x",
            "campus": {"domain": "zq.vraie.example"},
        }
        for row in PEOPLE
    ]
    spec = SPEC.replace("email: mail", f"email: {email}")
    small = Small(tmp_path, registry, spec, {"/lessons": [lesson()], "/people": people})
    recorded = small.record()
    assert (recorded.unlike, recorded.real.counts["sheets"]) == ([], 1)
    found = json.dumps(small.run(), default=str) + small.text
    assert "zq" not in found.casefold()
    assert '"login": ""' not in small.text


def test_name_in_one_field_keeps_its_sheets(registry: Registry, tmp_path: Path) -> None:
    spec = SPEC.replace(
        "last_name: last, first_name: first",
        "last_name: {path: name, as: of_last}, first_name: {path: name, as: of_first}",
    )
    people = [
        {"id": 7, "name": "ZQMARTIN Zqanna", "mail": "a@vraie.example"},
        {"id": 8, "name": "ZQ DURAND-ZQPETIT Zqleo", "mail": "b@vraie.example"},
    ]
    small = Small(tmp_path, registry, spec, {"/lessons": [lesson()], "/people": people})
    recorded = small.record()
    assert (recorded.unlike, recorded.case.counts["sheets"]) == ([], 1)
    held = small.run()["edusign"]
    assert all(
        one["LASTNAME"] and one["FIRSTNAME"] for one in [*held["students"], *held["professors"]]
    )
    assert "zq" not in small.text.casefold()


def test_rooms_keep_their_names_unless_somebody_bears_them(
    registry: Registry, tmp_path: Path
) -> None:
    rooms = ["Amphi Pasteur", "Salle Zqmartin", "ZQDURAND"]
    lessons = [lesson(n, room=room, title=f"Cours {n}") for n, room in enumerate(rooms)]
    spec = SPEC.replace("classroom_name: room", 'classroom_name: {template: "{{ row.last }}"}')
    spec = spec.replace("key: id}\n  people", "key: id, add: {last: room}}\n  people")
    small = Small(tmp_path, registry, spec, {"/lessons": lessons, "/people": PEOPLE})
    assert small.record().unlike == []
    made = [course["CLASSROOM"] for course in small.run()["edusign"]["courses"]]
    names = {one["LASTNAME"] for one in [*small.run()["edusign"]["students"]]}
    assert made[0] == "Amphi Pasteur"
    assert re.fullmatch(r"Salle (?!Zq)\w+", made[1])
    assert made[2].title() in {name.title() for name in names}


@pytest.mark.parametrize("each", ["groups", "{values: groups.code}", "chosen"])
def test_parent_whose_call_stays_is_not_cut_while_other_lists_are(
    each: str, registry: Registry, tmp_path: Path
) -> None:
    name = {"{values: groups.code}": "parent"}.get(each, f"{each}.code")
    spec = SPEC.replace(
        "people: {get: /people, key: id}",
        "groups: {get: /groups, key: code}\n"
        "  chosen: {from: groups, ignore: row.code == 'G0', key: code}\n"
        "  rooms: {get: /rooms, key: code}\n"
        f'  people: {{for_each: {each}, get: "/groups/{{{{ {name} }}}}/people", key: id}}',
    ).replace("classroom_name: room", "classroom_name: {look_up: rooms, by: room, take: name}")
    small = Small(
        tmp_path,
        registry,
        spec,
        {
            "/lessons": [lesson(room="R7")],
            "/groups": [{"code": f"G{number}"} for number in range(30)],
            "/rooms": [{"code": f"R{n}", "name": f"Salle {n}"} for n in range(30)],
            "/groups/<code>/people": lambda code: jsonify(PEOPLE if code == "G3" else []),
        },
    )
    assert small.record(limit=2).unlike == []
    assert all(f'"code": "G{number}"' in small.text for number in range(30))
    assert small.text.count('"code": "R') == 3


def test_window_and_rules_of_the_school_are_those_of_the_case(
    registry: Registry, tmp_path: Path
) -> None:
    spec = SPEC.replace(
        "lessons: {get: /lessons,",
        'lessons: {get: /lessons, query: {to: "{{ window.last | iso_day }}", now: "{{ now | '
        'iso }}"},',
    )
    small = Small(tmp_path, registry, spec, {"/lessons": [lesson()], "/people": PEOPLE})
    with serving(small.app) as address:
        file = small.school(address)
        told = json.loads(file.read_text(encoding="utf-8"))
        more = {"schedule": {"window_days": 3}, "rules": {"vanished": "keep"}}
        file.write_text(json.dumps({**told, **more}), encoding="utf-8")
        moment = Moment(AT.now.replace(second=17))
        cases = tmp_path / "cases/small"
        instance = load_instance(file, registry)
        recorded = record(instance, registry, moment, cases, name="nominal", limit=2)
    assert (recorded.unlike, recorded.case.counts["sheets"]) == ([], 1)
    assert "2026-03-19" in small.text


def test_list_that_is_referred_to_in_another_writing_stays_whole(
    registry: Registry, tmp_path: Path
) -> None:
    people = [person(number, f"Zqname{number}x", "Zq") for number in range(100, 160)]
    rows = [{**row, "id": f"P-{row['id']}"} for row in people]
    spec = SPEC.replace(
        "people: {get: /people, key: id}", "people: {get: /people, as: {id: bare}, key: id}"
    ).replace("formats: {", 'formats: {bare: {kind: id, strip: "^P-"}, ')
    lessons = [lesson(teacher=150, learners=[155, 159])]
    small = Small(tmp_path, registry, spec, {"/lessons": lessons, "/people": rows})
    recorded = small.record(limit=2)
    assert (recorded.unlike, recorded.case.counts["students"]) == ([], 2)


@pytest.mark.parametrize(("limit", "pages", "sheets"), [(2, 1, 2), (9, 3, 7)])
def test_pages_that_say_how_many_rows_there_are_end_with_the_first(
    limit: int, pages: int, sheets: int, registry: Registry, tmp_path: Path
) -> None:
    lessons = [lesson(n, title=f"Cours {n}") for n in range(7)]

    def page() -> Response:
        first = 3 * (int(request.args["page"]) - 1)
        return jsonify({"total": len(lessons), "rows": lessons[first : first + 3]})

    spec = SPEC.replace(
        "lessons: {get: /lessons,",
        'lessons: {get: /lessons, query: {page: "{{ page.number }}"}, items: rows, paging: {kind: '
        "number, size: 3, until: {total: total}},",
    )
    small = Small(tmp_path, registry, spec, {"/lessons": page, "/people": PEOPLE})
    recorded = small.record(limit=limit)
    assert (recorded.unlike, recorded.case.counts["sheets"]) == ([], sheets)
    assert small.text.count('"path": "/lessons"') == pages


def test_token_in_a_header_and_addresses_of_the_erp_are_taken_out(
    registry: Registry, tmp_path: Path
) -> None:
    def sign_in() -> Response:
        return Response(
            "{}", headers={"X-Token": "zqtoken-12345678"}, content_type="application/json"
        )

    def page() -> Response:
        if "next" in request.args:
            return jsonify([lesson(2)])
        answer = jsonify([lesson(1)])
        answer.headers["Link"] = f'<{request.base_url}?next=2>; rel="next"'
        return answer

    spec = SPEC.replace(
        'headers: {X-Key: "{{ connection.key }}"}',
        'auth: {login: [{post: /in, form: {u: "{{ connection.compte }}", p: "{{ connection.key '
        '}}"}, read: {t: header.X-Token}}],'
        ' send: {query: {t: "{{ auth.t }}"}}}',
    ).replace(
        "lessons: {get: /lessons,",
        "lessons: {get: /lessons, paging: {kind: next_url, header: Link},",
    )
    small = Small(tmp_path, registry, spec, {"/in": sign_in, "/lessons": page, "/people": PEOPLE})
    recorded = small.record(compte="zqadmin.42")
    assert (recorded.unlike, recorded.case.counts["sheets"]) == ([], 2)
    case = (recorded.folder / "case.yaml").read_text(encoding="utf-8")
    assert "zq" not in (small.text + case).casefold()
    assert "127.0.0.1" not in small.text + case
    assert "https://small.example/lessons" in small.text


def test_error_is_kept_without_its_words_unless_the_spec_reads_them(
    registry: Registry, tmp_path: Path
) -> None:
    def broken() -> tuple[Response, int]:
        return jsonify({"code": "E7", "said": "Zqmartin is not there", "who": "Zqsomebody"}), 422

    spec = SPEC.replace(
        "key: id}\n  people",
        "key: id}\n  more: {get: /more, optional: true, key: id, answers: [{when: answer.body.code "
        "== 'E7', then: empty}]}\n  people",
    ).replace(
        "student: {from: people",
        "student: {from: people, tags: {look_up: more, by: id, take: id, missing: ok}",
    )
    small = Small(
        tmp_path, registry, spec, {"/lessons": [lesson()], "/people": PEOPLE, "/more": broken}
    )
    assert small.record().unlike == []
    assert '{"code": "E7", "said": "", "who": ""}' in small.text


NEVER = SPEC.replace(
    "people: {get: /people, key: id}",
    "people: {get: /people, ignore: \"'Zq' not in row.last\", key: id}",
)


def run(folder: Path, *arguments: str) -> int:
    at = () if arguments[0] == "test" else ("--at", "2026-03-16T11:30")
    code = command.main([*arguments, *at], standalone_mode=False)
    return int(code or 0)


def test_recording_says_what_it_kept_and_why(
    registry: Registry,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    small = Small(tmp_path, registry, SPEC, {"/lessons": [lesson()], "/people": PEOPLE})
    monkeypatch.chdir(tmp_path)
    with serving(small.app) as address:
        small.school(address)
        assert run(tmp_path, "record", "school.yaml", "--case", "nominal") == 0
    said = capsys.readouterr().out
    lines = {line.split()[0]: line.split() for line in said.splitlines() if line.startswith("  ")}
    assert lines["people.last"][1:5] == ["invented", "for", "student.last_name", "[small.yaml:14]"]
    assert lines["people.id"][1:4] == ["as", "it", "is"]
    counts = {line.split()[0]: line.split()[1:] for line in said.splitlines() if line[:1].isalpha()}
    assert (counts["sheets"], counts["students"], counts["professors"]) == (
        ["1", "1"],
        ["1", "1"],
        ["1", "1"],
    )
    assert "next: edusync test cases/small/nominal --update" in said


def test_case_of_no_sheets_is_said_and_never_accepted(
    registry: Registry,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    small = Small(tmp_path, registry, NEVER, {"/lessons": [lesson()], "/people": PEOPLE})
    monkeypatch.chdir(tmp_path)
    with serving(small.app) as address:
        small.school(address)
        assert run(tmp_path, "record", "school.yaml", "--case", "nominal") == 1
    assert (
        "error RUN_CASE_EMPTY: sheets: 0 where the real answers gave 1" in capsys.readouterr().out
    )
    for more in ((), ("--update",)):
        assert run(tmp_path, "test", "small.yaml", *more) == 1
        said = capsys.readouterr().out
        assert "RUN_CASE_EMPTY: it gives no sheet, and was recorded from 1" in said
    case = tmp_path / "cases/small/nominal"
    assert not (case / "expected.yml").exists()
    file = case / "case.yaml"
    told = file.read_text(encoding="utf-8").replace("sheets: 1", "sheets: 0")
    file.write_text(told, encoding="utf-8")
    assert run(tmp_path, "test", "small.yaml", "--update") == 0
    assert (case / "expected.yml").is_file()


def test_case_that_gives_less_is_said(registry: Registry, tmp_path: Path) -> None:
    spec = SPEC.replace(
        "people: {get: /people, key: id}",
        "people: {get: /people, ignore: row.id > 8 and 'Zq' not in row.last, key: id}",
    )
    people = [*PEOPLE, person(9, "Zqthird", "Zqana")]
    lessons = [lesson(learners=[8, 9])]
    small = Small(tmp_path, registry, spec, {"/lessons": lessons, "/people": people})
    recorded = small.record()
    assert "students: 1 where the real answers gave 2" in recorded.unlike
    assert recorded.case.counts["sheets"] == 1


def test_case_that_gives_less_than_the_real_answers_is_said(
    capsys: pytest.CaptureFixture[str],
) -> None:
    kinds = dict.fromkeys(("students", "professors", "groups"), 0)
    real, case = Came({**kinds, "sheets": 2}, (0, 0)), Came({**kinds, "sheets": 1}, (0,))
    _print_unlike(Recorded(Path("case"), 0, real, case, {}))
    said = capsys.readouterr().out
    assert "error RUN_CASE_DIFFERS: sheets: 1 where the real answers gave 2" in said
