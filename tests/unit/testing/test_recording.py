"""Recording from an honest server: the case replays, joins are whole, and nobody real is in it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from flask import Flask, Response, jsonify

from edusync.app.authoring.demo import Demo
from edusync.app.authoring.trying import try_spec
from edusync.app.files.connector_file import load_instance
from edusync.app.runs.moment import Moment
from edusync.cli import command
from edusync.errors import UsageProblem
from edusync.model import PARIS
from edusync.registry import Registry
from edusync.sandbox.serve import serving
from edusync.testing import Case
from edusync.testing.recording import record
from edusync.testing.sessions import any_session, one_session
from edusync.testing.xml_rows import parsed, put_back_soap, text_of
from tests.conftest import World

DAY = date(2026, 3, 16)
AT = Moment(datetime(2026, 3, 16, 11, 30, tzinfo=PARIS))
ERPS = ("adesoft", "aimaira", "ammon", "aurion", "fca", "hyperplanning", "scform", "ypareo")


@pytest.fixture(autouse=True)
def invented_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDUSYNC_CASE_SECRET", "canary-of-the-cases")


@pytest.mark.walk(every=3)
@pytest.mark.parametrize("erp", ERPS)
def test_recording_replays_without_anybody_real(
    erp: str, registry: Registry, tmp_path: Path
) -> None:
    with Demo(registry, erp, tmp_path / "demo", DAY) as demo:
        stage = demo.set_up()
        record(stage.instance, registry, AT, tmp_path / "cases", name="nominal", limit=3)
        tried = try_spec(stage.instance, registry, AT)
        host = stage.erp
        answers = stage.instance.accounts[0].answers.connection
    text = (tmp_path / "cases/nominal/exchanges.yaml").read_text(encoding="utf-8").casefold()
    case = (tmp_path / "cases/nominal/case.yaml").read_text(encoding="utf-8")
    found = Case(tmp_path / "cases" / "nominal").run()
    assert "stopped" not in found
    assert 0 < len(found["edusign"]["courses"]) <= 5
    assert all(course["PROFESSOR"] for course in found["edusign"]["courses"])
    assert not any(
        event.split()[1] in {"DOWN_KEY_MISSING", "DOWN_COURSE_PROFESSOR_INVALID"}
        and "no professor" in event
        for event in found["events"]
    )
    emails = {str(fields["email"]).casefold() for fields in tried.persons if fields.get("email")}
    assert len(emails) > 3
    assert [email for email in emails if email in text] == []
    assert host.casefold() not in text + case
    secrets = [
        str(answers[name])
        for name, question in stage.instance.spec.connection.items()
        if question.type == "secret" and len(str(answers.get(name) or "")) > 3
    ]
    assert [secret for secret in secrets if secret.casefold() in text + case] == []


def test_sessions_are_cut_and_what_hangs_on_them_is_whole(
    registry: Registry, tmp_path: Path
) -> None:
    counts = {}
    for limit in (1, 50):
        with Demo(registry, "ammon", tmp_path / "demo", DAY) as demo:
            record(
                demo.set_up().instance,
                registry,
                AT,
                tmp_path / str(limit),
                name="nominal",
                limit=limit,
            )
        found = Case(tmp_path / str(limit) / "nominal").run()
        counts[limit] = len([event for event in found["events"] if " course " in event])
        assert all(course["PROFESSOR"] for course in found["edusign"]["courses"])
    assert 0 < counts[1] < counts[50]


SMALL = """
edusync: 1
connector: small
label: Small
connection: {url: {type: url, label: URL}}
transport: {kind: http, base_url: "{{ connection.url }}"}
resources:
  lessons: {get: /lessons, as: {begin: iso, end: iso}, key: id}
  people: {get: /people, shape: list_or_keyed, key: id}
entities:
  student: {from: people, source_id: id, last_name: last, first_name: first, email: mail}
  professor: {from: people, source_id: id, last_name: last, first_name: first, email: mail}
  course: {from: lessons, source_id: id, name: title, starts_at: begin, ends_at: end,
      professors: teacher, students: learners}
"""


@pytest.mark.parametrize("keyed", [False, True])
def test_whole_lists_keep_the_rows_that_are_referred_to_and_a_few_others(
    registry: Registry, tmp_path: Path, *, keyed: bool
) -> None:
    people = [
        {
            "id": number,
            "last": f"Zqname{number}",
            "first": "Zq",
            "mail": f"zq{number}@school.example",
            "born": "x",
        }
        for number in range(5000, 5300)
    ]
    lessons = [
        {
            "id": 1,
            "title": "A",
            "begin": "2026-03-17T09:00",
            "end": "2026-03-17T10:00",
            "teacher": 5007,
            "learners": [5200, 5299],
        }
    ]
    app = Flask("small")
    app.add_url_rule("/lessons", "lessons", lambda: jsonify(lessons))
    app.add_url_rule(
        "/people",
        "people",
        lambda: jsonify({str(row["id"]): row for row in people} if keyed else people),
    )
    (tmp_path / "small.yaml").write_text(SMALL, encoding="utf-8")
    with serving(app) as address:
        school = {
            "edusync": 1,
            "connector": "s",
            "spec": "small.yaml",
            "connection": {"url": address},
            "accounts": [{"name": "main", "edusign": {"api_key": "x"}}],
        }
        (tmp_path / "school.yaml").write_text(json.dumps(school), encoding="utf-8")
        record(
            load_instance(tmp_path / "school.yaml", registry),
            registry,
            AT,
            tmp_path / "cases",
            name="nominal",
            limit=4,
        )
    text = (tmp_path / "cases/nominal/exchanges.yaml").read_text(encoding="utf-8")
    assert len(re.findall(r'"id": 5\d\d\d', text)) == 3 + 4
    assert all(f'"id": {number}' in text for number in (5007, 5200, 5299))
    assert "zqname" not in text.casefold()
    found = Case(tmp_path / "cases/nominal", (tmp_path,)).run()
    assert [
        (len(course["STUDENTS"]), bool(course["PROFESSOR"]))
        for course in found["edusign"]["courses"]
    ] == [(2, True)]


@pytest.mark.parametrize(("prefix", "kept"), [("", 2 * 3), ("L", 20 * 3)])
def test_of_a_link_table_the_rows_of_the_kept_sessions_stay_or_all_when_nobody_can_tell(
    prefix: str, kept: int, registry: Registry, tmp_path: Path
) -> None:
    spec = (
        SMALL.replace("  people:", "  links: {get: /links, as: {lesson: bare}}\n  people:")
        .replace("resources:", "formats: {bare: {kind: text, replace: L, with: ''}}\nresources:")
        .replace(
            "students: learners", "students: {look_up_all: links, by: id, on: lesson, take: who}"
        )
    )
    lessons = [
        {
            "id": str(number),
            "title": "A",
            "begin": "2026-03-17T09:00",
            "end": "2026-03-17T10:00",
            "teacher": 1,
        }
        for number in range(20)
    ]
    people = [
        {
            "id": number,
            "last": f"Zqname{number}",
            "first": "Zq",
            "mail": f"zq{number}@school.example",
        }
        for number in range(70)
    ]
    app = Flask("small")
    for name, rows in (
        ("lessons", lessons),
        ("people", people),
        (
            "links",
            [
                {"lesson": f"{prefix}{number}", "who": 3 * number + n}
                for number in range(20)
                for n in (1, 2, 3)
            ],
        ),
    ):
        app.add_url_rule(f"/{name}", name, lambda rows=rows: jsonify(rows))
    (tmp_path / "small.yaml").write_text(spec, encoding="utf-8")
    with serving(app) as address:
        school = {
            "edusync": 1,
            "connector": "s",
            "spec": "small.yaml",
            "connection": {"url": address},
            "accounts": [{"name": "main", "edusign": {"api_key": "x"}}],
        }
        (tmp_path / "school.yaml").write_text(json.dumps(school), encoding="utf-8")
        record(
            load_instance(tmp_path / "school.yaml", registry),
            registry,
            AT,
            tmp_path / "cases",
            name="nominal",
            limit=2,
        )
    assert (tmp_path / "cases/nominal/exchanges.yaml").read_text(encoding="utf-8").count(
        '"who"'
    ) == kept
    found = Case(tmp_path / "cases/nominal", (tmp_path,)).run()
    assert [len(course["STUDENTS"]) for course in found["edusign"]["courses"]] == [3, 3]


UNREAD = """<?xml version="1.0"?><!-- Zqcomment --><answer note="zqattribute"><people>
<person><id>7</id><last>ZQLAST</last><first>Zqfirst</first><mail>zq@school.example</mail><born>12/12/2003</born></person>zqtail
</people><births><birth>13/12/2003</birth></births><inside>&lt;old&gt;&lt;born&gt;14/12/2003&lt;/born&gt;&lt;/old&gt;</inside>
<lessons><lesson><id>1</id><title>A</title><begin>2026-03-17T09:00</begin><end>2026-03-17T10:00</end><teacher>7</teacher></lesson></lessons></answer>"""


def small_xml(tmp_path: Path, address: str, answer: str) -> Path:
    spec = (
        SMALL.replace(
            'base_url: "{{ connection.url }}"', 'base_url: "{{ connection.url }}", answer: xml'
        )
        .replace("get: /lessons,", "get: /all, items: lessons.lesson,")
        .replace("get: /people, shape: list_or_keyed,", "get: /all, items: people.person,")
        .replace("answer: xml", f"answer: {answer}")
    )
    if answer == "xlsx":  # a workbook is rows already
        spec = spec.replace(" items: lessons.lesson,", "").replace(" items: people.person,", "")
    (tmp_path / "small.yaml").write_text(spec, encoding="utf-8")
    school = {
        "edusync": 1,
        "connector": "s",
        "spec": "small.yaml",
        "connection": {"url": address},
        "accounts": [{"name": "main", "edusign": {"api_key": "x"}}],
    }
    (tmp_path / "school.yaml").write_text(json.dumps(school), encoding="utf-8")
    return tmp_path / "school.yaml"


def test_xml_holds_nothing_that_the_spec_does_not_read(registry: Registry, tmp_path: Path) -> None:
    app = Flask("small")
    app.add_url_rule("/all", "all", lambda: Response(UNREAD, content_type="text/xml"))
    with serving(app) as address:
        record(
            load_instance(small_xml(tmp_path, address, "xml"), registry),
            registry,
            AT,
            tmp_path / "cases",
            name="nominal",
            limit=4,
        )
    text = (tmp_path / "cases/nominal/exchanges.yaml").read_text(encoding="utf-8")
    assert [
        word
        for word in (
            "/12/2003",
            "zqtail",
            "zqattribute",
            "Zqcomment",
            "ZQLAST",
            "Zqfirst",
            "zq@school",
        )
        if word in text
    ] == []
    assert "<title>A</title>" in text
    assert "<born/>" in text or "<born></born>" in text


LESSONS = "id;Le titre;begin;end;teacher;learners;remark\n" + "".join(
    f"{n};A{n};2026-03-{17 + n % 2}T09:00;2026-03-{17 + n % 2}T10:00;7;{100 + n};Zqremark\n"
    for n in range(1, 30)
)
PEOPLE = (
    "\ufeffid;last;first;mail;born\n7;ZQLÉAST;Zqfirst;zq@school.example;12/12/2003\n"
    + "".join(f"{100 + n};Zqname{n};Zq;zq{n}@school.example;13/12/2003\n" for n in range(1, 60))
)


@pytest.mark.parametrize("said", ["csv", "{kind: csv, charset: cp1252}"])
def test_tables_are_cut_and_hold_nothing_that_the_spec_does_not_read(
    said: str, registry: Registry, tmp_path: Path
) -> None:
    spec = (
        SMALL.replace(
            'base_url: "{{ connection.url }}"',
            f'base_url: "{{{{ connection.url }}}}", answer: {said}',
        )
        .replace("get: /people, shape: list_or_keyed,", "get: /people,")
        .replace("name: title", """name: '"Le titre"'""")
    )
    charset = "cp1252" if "cp1252" in said else "utf-8"
    app = Flask("small")
    for name, table in (
        ("lessons", LESSONS),
        ("people", PEOPLE.removeprefix("\ufeff") if charset == "cp1252" else PEOPLE),
    ):
        app.add_url_rule(
            f"/{name}",
            name,
            lambda table=table: Response(table.encode(charset), content_type="text/csv"),
        )
    (tmp_path / "small.yaml").write_text(spec, encoding="utf-8")
    with serving(app) as address:
        school = {
            "edusync": 1,
            "connector": "s",
            "spec": "small.yaml",
            "connection": {"url": address},
            "accounts": [{"name": "main", "edusign": {"api_key": "x"}}],
        }
        (tmp_path / "school.yaml").write_text(json.dumps(school), encoding="utf-8")
        record(
            load_instance(tmp_path / "school.yaml", registry),
            registry,
            AT,
            tmp_path / "cases",
            name="nominal",
            limit=4,
        )
    text = (tmp_path / "cases/nominal/exchanges.yaml").read_text(encoding="utf-8")
    assert [word for word in ("/12/2003", "zq", "�") if word in text.casefold()] == []
    assert (len(re.findall("2026-03-1", text)), len(re.findall("@ecole.test", text))) == (8, 9)
    found = Case(tmp_path / "cases/nominal", (tmp_path,)).run()
    assert [len(course["STUDENTS"]) for course in found["edusign"]["courses"]] == [1, 1, 1, 1]


FOLDER = """edusync: 1
connector: desk
label: Desk
connection: {folder: {type: text, label: Folder}}
transport: {kind: files, url: "{{ connection.folder }}"}
formats: {iso: {kind: moment, pattern: iso}}
resources:
  lessons: {file: lessons*.csv, answer: csv, as: {begin: iso, end: iso}, ignore: row.id == '3',
      key: id}
  people: {file: people.csv, answer: csv, key: id}
entities:
  student: {from: people, source_id: id, last_name: last, first_name: first, email: mail}
  professor: {from: people, source_id: id, last_name: last, first_name: first, email: mail}
  course: {from: lessons, source_id: id, name: '"Le titre"', starts_at: begin, ends_at: end,
      professors: teacher, students: learners}
"""


def test_folder_is_recorded_as_files(registry: Registry, tmp_path: Path) -> None:
    real = tmp_path / "real"
    real.mkdir()
    (real / "lessons-1.csv").write_text(LESSONS, encoding="utf-8")
    (real / "people.csv").write_text(PEOPLE, encoding="utf-8")
    (tmp_path / "desk.yaml").write_text(FOLDER, encoding="utf-8")
    school = {
        "edusync": 1,
        "connector": "s",
        "spec": "desk.yaml",
        "connection": {"folder": str(real)},
        "accounts": [{"name": "main", "edusign": {"api_key": "x"}}],
    }
    (tmp_path / "school.yaml").write_text(json.dumps(school), encoding="utf-8")
    assert (
        record(
            load_instance(tmp_path / "school.yaml", registry),
            registry,
            AT,
            tmp_path / "cases",
            name="nominal",
            limit=4,
        ).count
        == 2
    )
    case = tmp_path / "cases/nominal"
    text = "".join(file.read_text(encoding="utf-8") for file in sorted(case.rglob("*.*")))
    assert [word for word in ("/12/2003", "zq", str(tmp_path)) if word in text.casefold()] == []
    found = Case(case, (tmp_path,)).run()
    assert [len(course["STUDENTS"]) for course in found["edusign"]["courses"]] == [1, 1, 1, 1]
    assert (real / "people.csv").read_text(encoding="utf-8") == PEOPLE


def test_workbooks_over_http_are_not_recorded_because_what_is_not_read_would_stay(
    registry: Registry, tmp_path: Path
) -> None:
    instance = load_instance(small_xml(tmp_path, "http://127.0.0.1:9", "xlsx"), registry)
    with pytest.raises(UsageProblem, match="cannot be blanked"):
        record(instance, registry, AT, tmp_path / "cases", name="nominal", limit=4)
    assert not (tmp_path / "cases").exists()


def test_case_that_is_there_is_never_overwritten(
    registry: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cases/ypareo/nominal").mkdir(parents=True)
    with Demo(registry, "ypareo", tmp_path / "demo", DAY) as demo:
        stage = demo.set_up()
        with pytest.raises(UsageProblem, match="there is a case at"):
            command.main(
                [
                    "record",
                    str(stage.connector_file),
                    "--case",
                    "nominal",
                    "--at",
                    "2026-03-16T11:30",
                ],
                standalone_mode=False,
            )


@pytest.mark.walk(every=3)
@pytest.mark.parametrize(
    ("erp", "sent"),
    [("adesoft", "<event "), ("aurion", "<row>"), ("hyperplanning", "<JourEtHeureDebut>")],
)
def test_xml_is_cut_too(erp: str, sent: str, registry: Registry, tmp_path: Path) -> None:
    sizes, courses = {}, {}
    for limit in (1, 50):
        with Demo(registry, erp, tmp_path / f"demo{limit}", DAY) as demo:
            record(
                demo.set_up().instance,
                registry,
                AT,
                tmp_path / str(limit),
                name="nominal",
                limit=limit,
            )
        sizes[limit] = (
            (tmp_path / str(limit) / "nominal/exchanges.yaml")
            .read_text(encoding="utf-8")
            .count(sent)
        )
        found = Case(tmp_path / str(limit) / "nominal").run()
        assert not any(event.split()[1] == "DOWN_KEY_MISSING" for event in found["events"])
        courses[limit] = len([event for event in found["events"] if " course " in event])
    assert courses[1] < courses[50]
    assert sizes[1] < sizes[50] / 2


@pytest.mark.parametrize(
    ("said", "declaration"),
    [
        ("xml", '<?xml version="1.0" encoding="ISO-8859-1"?>'),
        ("{kind: xml, charset: ISO-8859-1}", ""),
    ],
)
def test_nobody_gets_through_in_another_charset(
    said: str, declaration: str, registry: Registry, tmp_path: Path
) -> None:
    answer = (
        f"{declaration}<answer>{UNREAD.partition('<answer note=')[2].partition('>')[2]}".replace(
            "ZQLAST", "ÉZQLAST"
        )
        .replace("<title>A", "<title>Éducation")
        .replace("<teacher>7", "<learners>7</learners><teacher>7")
    )
    app = Flask("small")
    app.add_url_rule(
        "/all", "all", lambda: Response(answer.encode("latin-1"), content_type="text/xml")
    )
    with serving(app) as address:
        record(
            load_instance(small_xml(tmp_path, address, said), registry),
            registry,
            AT,
            tmp_path / "cases",
            name="nominal",
            limit=4,
        )
    text = (tmp_path / "cases/nominal/exchanges.yaml").read_text(encoding="utf-8")
    assert ("zqlast" in text.casefold(), "�" in text, "<title>Éducation</title>" in text) == (
        False,
        False,
        True,
    )
    found = Case(tmp_path / "cases/nominal", (tmp_path,)).run()
    assert [course["NAME"] for course in found["edusign"]["courses"]] == ["Éducation"]


@pytest.mark.parametrize("lifetime", [3, 6])
def test_case_of_a_connector_that_signs_in_again_in_mid_run_replays(
    lifetime: int, make_world: Callable[..., World], registry: Registry, tmp_path: Path
) -> None:
    world = make_world("adesoft")
    answers = world.simulation.answers(world.erp_url)
    world.write(options=dict(answers["options"]))
    world.simulation.lifetime = lifetime  # requests that a session lasts
    instance = load_instance(world.file, registry)
    recorded = record(instance, registry, AT, tmp_path / "cases", name="dies", limit=3)
    assert world.simulation.opened > 1
    assert recorded.case.stopped is None
    assert (recorded.unlike, recorded.case.counts["sheets"]) == ([], 3)
    text = (tmp_path / "cases/dies/exchanges.yaml").read_text(encoding="utf-8")
    assert "session1" not in text
    assert "error" in text


@pytest.mark.parametrize("name", ["t{}", "a-long-token-{}"])
def test_sign_ins_of_any_length_are_told_apart_by_nothing_but_their_order(name: str) -> None:
    tokens = [name.format(number) for number in (1, 2)]
    requests = [{"path": "/x", "query": {"token": token, "id": "7"}} for token in tokens]
    first, second = (any_session(one_session(one, tokens), tokens) for one in requests)
    assert first == second == {"path": "/x", "query": {"token": "*", "id": "7"}}
    assert any_session(requests[0], []) == requests[0]


def test_attributes_of_soap_that_are_false_or_zero_stay() -> None:
    element = parsed(b'<r gone="false" there="true" count="0" who="Zq"><x>1</x></r>')
    value = {"gone": False, "there": True, "count": 0, "who": "Zq", "x": 1}
    put_back_soap(element, value, {**value, "there": False, "who": None})
    assert text_of(element) == '<r gone="false" there="false" count="0" who=""><x>1</x></r>'
