"""The way up is recorded: classes take place, reads are asked, what would be written is seen."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from edusync.app.authoring.demo import Demo
from edusync.app.files.connector_file import load_instance
from edusync.app.runs.moment import Moment
from edusync.model import PARIS
from edusync.registry import Registry
from edusync.testing import Case
from edusync.testing.recorded_up import WayUp
from edusync.testing.recording import record
from tests.support.commands import edusync

DAY = date(2026, 3, 16)
AT = Moment(datetime(2026, 3, 16, 11, 30, tzinfo=PARIS))
ERPS = ("adesoft", "aimaira", "ammon", "aurion", "fca", "hyperplanning", "scform", "ypareo")
SENT_NOWHERE = frozenset({"adesoft", "scform"})
"""They take a file, or statements: what a test system would answer is no answer."""


@pytest.mark.walk(every=4)
@pytest.mark.parametrize("sends", [False, True])
@pytest.mark.parametrize("erp", ERPS)
def test_way_up_of_every_erp_is_recorded(
    erp: str, registry: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, sends: bool
) -> None:
    monkeypatch.setenv("EDUSYNC_CASE_SECRET", "canary-of-the-cases")
    up = WayUp(sends=sends)
    with Demo(registry, erp, tmp_path / "demo", DAY) as demo:
        stage = demo.set_up()
        found = record(stage.instance, registry, AT, tmp_path / "cases", name="up", limit=3, up=up)
    assert found.unlike == []
    assert len(up.sheets) == found.real.counts["sheets"] > 0
    run = Case(tmp_path / "cases/up").run()["attendance"]
    assert run.get("sent") or run.get("files") or run.get("tables"), run
    assert run["exit"] == 0 or not sends, run
    assert any("UP_SENT" in line or "UP_IN_DOUBT" in line for line in run["events"])


EXPORT = """\
Id;Day;From;To;Title;Teacher;Learner
old1;05/01/2026;9h;10h;Law;7;8
old2;06/01/2026;9h;10h;Law;7;8
old3;07/01/2026;9h;10h;Law;7;8
new;17/03/2026;9h;10h;Law;7;8
"""
PEOPLE = (
    "Id;Last;First;Mail\n7;ZQROY;Anne;a.zqroy@vraie.example\n8;ZQMAS;Léo;l.zqmas@vraie.example\n"
)
SPEC = """\
edusync: 1
connector: paper
label: Paper
connection: {folder: {type: text, label: Folder}}
transport: {kind: files, url: "{{ connection.folder }}", answer: {kind: csv, charset: cp1252}}
formats:
  day: {kind: date, pattern: "%d/%m/%Y"}
  hour: {kind: time, pattern: "%Hh"}
resources:
  lessons: {file: lessons.csv, as: {Day: day, From: hour, To: hour}, key: Id}
  people: {file: people.csv, key: Id}
entities:
  student: {from: people, source_id: Id, last_name: Last, first_name: First, email: Mail}
  professor: {from: people, source_id: Id, last_name: Last, first_name: First, email: Mail}
  course: {from: lessons, source_id: Id, name: Title, starts_at: {day: Day, time: From},
    ends_at: {day: Day, time: To}, professors: Teacher, students: Learner}
writeback:
  transport: {kind: files, url: "{{ connection.folder }}/back"}
  line: {student: {who: "{{ person.source_id }}"}}
  states:
    present: {set: {state: là}}
    absent: {set: {state: absent}}
    absent_justified: {else: absent}
    late: {else: present}
    excluded: {else: absent}
    early_departure: {else: present}
  for_sheet:
    - {file: "{{ course.source_id }}.csv", csv: [who, state], csv_as: {charset: cp1252},
       in_doubt: repeat}
"""


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A school whose folder is told as people tell one: from where they stand."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EDUSYNC_CASE_SECRET", "canary-of-the-cases")
    (tmp_path / "exports/back").mkdir(parents=True)
    for name, text in (("lessons", EXPORT), ("people", PEOPLE)):
        (tmp_path / f"exports/{name}.csv").write_bytes(text.encode("cp1252"))
    (tmp_path / "paper.yaml").write_text(SPEC, encoding="utf-8")
    (tmp_path / "school.yaml").write_text(
        "edusync: 1\nconnector: s\nspec: paper.yaml\nconnection: {folder: exports}\n"
        "accounts: [{name: main, edusign: {api_key: x}}]\n",
        encoding="utf-8",
    )
    return tmp_path


def test_case_of_a_folder_is_its_own_however_the_folder_was_told(
    paper: Path, registry: Registry
) -> None:
    instance = load_instance(paper / "school.yaml", registry)
    found = record(instance, registry, AT, paper / "cases/paper", name="up", limit=1, up=WayUp())
    assert (found.unlike, found.real.counts["sheets"]) == ([], 1)  # the rows of January do not come
    case = paper / "cases/paper/up"
    assert "folder: CASE_FOLDER" in (case / "case.yaml").read_text(encoding="utf-8")
    told = edusync("test", "paper.yaml", "--update", cwd=paper)
    assert told.returncode == 0, told.stdout
    golden = (case / "expected.yml").read_text(encoding="utf-8")
    assert [golden.casefold().count(word) for word in ("zq", "vraie")] == [0, 0]
    assert "- '8;là'" in golden or "- 8;là" in golden
    assert [*(paper / "exports/back").iterdir()] == []  # nothing was written into the real one


def test_case_that_leads_to_a_real_folder_is_not_run(paper: Path, registry: Registry) -> None:
    instance = load_instance(paper / "school.yaml", registry)
    record(instance, registry, AT, paper / "cases/paper", name="own", limit=1)
    file = paper / "cases/paper/own/case.yaml"
    for place in ("exports", str(paper / "exports"), f"file://{paper}/exports"):
        text = file.read_text(encoding="utf-8").replace("CASE_FOLDER", place)
        file.write_text(text, encoding="utf-8")
        told = edusync("test", "paper.yaml", "--update", cwd=paper)
        assert (told.returncode, "write CASE_FOLDER for it" in told.stdout) == (1, True), (
            told.stdout
        )
        file.write_text(text.replace(place, "CASE_FOLDER"), encoding="utf-8")


def test_nothing_is_sent_but_to_the_host_that_is_named_twice(tmp_path: Path) -> None:
    (tmp_path / "school.yaml").write_text(
        "edusync: 1\nconnector: s\nspec: horizon\n"
        'connection: {url: "https://real.example", client: c, secret: "${env:S}"}\n'
        'accounts: [{name: main, edusign: {api_key: "${env:S}"}}]\n',
        encoding="utf-8",
    )
    told = edusync(
        "record", "school.yaml", "--case", "up", "--send-to", "test.example",
        "--spec-dir", str(Path("specs/examples").absolute()), cwd=tmp_path, env={"S": "x"},
    )  # fmt: skip
    assert told.returncode == 2, told.stdout + told.stderr
    assert "Horizon is not at test.example: the connector file names real.example" in told.stderr
