"""The contract of exit codes: the command line is run into every line of its page, and no other."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, redirect_stdout
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from edusync.app.files.written import keep_facts
from edusync.cli import COMMANDS
from edusync.cli import command as edusync
from edusync.cli.errors import GUARD, run
from edusync.codes import all_codes
from edusync.sandbox.door import Break
from edusync.sandbox.edusign.faults import Fault
from edusync.state.lock import locked
from edusync.state.open import open_store
from edusync.state.releases import digest_of, releases, save_release, texts
from edusync.state.rename import rename_account
from edusync.state.secrets import save_secret
from tests.conftest import World
from tests.support.commands import edusync as edusync_here

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reference" / "exit-codes.md"
ROW = re.compile(r"^\| (\d+) \| (?:`(\w+)`|(any)) \| [^|]+ \| (?:`(\w+)`)? ?\|$", re.MULTILINE)
SHEETS = (7712001, 7712002, 7712003, 7712004, 7712007, 7712011)


class Stage:
    """A school, a folder to work in, and what has to be undone."""

    def __init__(
        self, world: World, folder: Path, patch: pytest.MonkeyPatch, stack: ExitStack
    ) -> None:
        self.world, self.folder, self.patch, self.stack = world, folder, patch, stack
        self.seed: Any = world.simulation.seed

    def of_school(self, *arguments: str) -> list[str]:
        """Return arguments that name the connector file, the store and the moment."""
        where = ("--state", str(self.world.state), "--at", self.world.now.isoformat())
        return [str(self.world.file), *arguments, *where]

    def bench(self) -> Path:
        """Go to a folder with one spec and one case of it."""
        case = ROOT / "tests" / "connectors" / "cursus" / "nominal"
        shutil.copytree(case, self.folder / "cases" / "cursus" / "nominal")
        spec = self.folder / "cursus.yaml"
        shutil.copy(ROOT / "specs" / "examples" / "cursus.yaml", spec)
        self.patch.chdir(self.folder)
        return spec

    def misspelt(self) -> Path:
        """Return a spec with a mistake."""
        spec = self.bench()
        said = spec.read_text(encoding="utf-8")
        spec.write_text(said.replace("label:", "lable:", 1), encoding="utf-8")
        return spec

    def wrong_key(self) -> None:
        url = self.world.simulation.answers(self.world.erp_url)["connection"]["url"]
        self.world.write(connection={"url": url, "apiKey": "wrong"}, grace="50ms")

    def break_store(self, name: str) -> None:
        """Take a table out of the store, so that nothing can be read of it."""
        store = open_store(str(self.world.state))
        with store.writing() as connection:
            connection.execute(text(f"DROP TABLE {name}"))
        store.close()

    def thin_out(self, count: int) -> None:
        """Take that many sheets out of the ERP."""
        for code in SHEETS[:count]:
            del self.seed.courses[code]

    def taken(self) -> None:
        """Let every professor's e-mail belong to another connector on Edusign."""
        for number, row in enumerate(self.seed.staff.values()):
            person = {"ID": f"p{number}", "id": f"p{number}", "EMAIL": row["email"], "HIDDEN": 0}
            names = {"FIRSTNAME": "M", "LASTNAME": "L", "API_ID": f"x{number}", "API_TYPE": "fca"}
            if row["email"]:
                self.world.book.add("professors", person | names)

    def played(self) -> None:
        """Sync, let a class take place and archive its sheet."""
        self.world.sync()
        self.world.to_evening()
        self.world.play("7712001")


Situation = Callable[[Stage], list[str]]
SITUATIONS: dict[tuple[int, str, str], Situation] = {}


def ends_with(code: int, command: str, said: str = "") -> Callable[[Situation], Situation]:
    def note(situation: Situation) -> Situation:
        assert (code, command, said) not in SITUATIONS
        SITUATIONS[code, command, said] = situation
        return situation

    return note


# sync


@ends_with(0, "sync")
def sync_that_brings_everything_down(stage: Stage) -> list[str]:
    return stage.of_school()


@ends_with(1, "sync", "EDU_REJECTED")
def sync_with_an_item_that_edusign_refuses(stage: Stage) -> list[str]:
    stage.world.faults.active.append(Fault("array_message", verb="POST", path="/student"))
    return stage.of_school()


@ends_with(1, "plan", "EDU_LOOKUP_REFUSED")
@ends_with(1, "sync", "EDU_LOOKUP_REFUSED")
def item_of_which_edusign_does_not_say_whether_it_has_it(stage: Stage) -> list[str]:
    refusal = Fault("refused", path="/course/get-id", message="E17", times=8)
    stage.world.faults.active.append(refusal)
    return stage.of_school()


@ends_with(1, "sync", "EDU_IN_DOUBT")
def sync_with_a_write_that_nobody_answers(stage: Stage) -> list[str]:
    stage.world.faults.active.append(Fault("drop_before", verb="POST", path="/group", times=9))
    return stage.of_school()


@ends_with(1, "sync", "DOWN_UNDECIDED")
def sync_with_a_condition_that_nobody_can_decide(stage: Stage) -> list[str]:
    spec = stage.folder / "ypareo.yaml"
    said = (ROOT / "specs" / "ypareo.yaml").read_text(encoding="utf-8")
    line = "    ignore: row.codeSeance == 7712001 and 'x' in row.codeSeance\n"
    spec.write_text(re.sub(r"(  course:\n    from: .*\n)", rf"\1{line}", said), encoding="utf-8")
    stage.world.write(spec=str(spec), grace="50ms")
    return stage.of_school()


@ends_with(1, "plan", "RUN_ALL_REFUSED")
@ends_with(1, "sync", "RUN_ALL_REFUSED")
def school_in_which_every_professor_is_in_conflict(stage: Stage) -> list[str]:
    stage.taken()
    return stage.of_school()


@ends_with(1, "plan", "RUN_ALL_HELD")
@ends_with(1, "sync", "RUN_ALL_HELD")
def school_whose_rosters_are_texts(stage: Stage) -> list[str]:
    for course in stage.seed.courses.values():
        course["codesApprenant"] = ",".join(map(str, course["codesApprenant"]))
    return stage.of_school()


@ends_with(2, "sync", "RUN_USAGE")
def sync_of_a_file_that_is_not_there(stage: Stage) -> list[str]:
    return [str(stage.folder / "nowhere.yaml")]


@ends_with(2, "sync", "CONF_UNKNOWN_KEY")
@ends_with(2, "plan", "CONF_UNKNOWN_KEY")
@ends_with(2, "writeback", "CONF_UNKNOWN_KEY")
@ends_with(2, "check", "CONF_UNKNOWN_KEY")
@ends_with(2, "reasons", "CONF_UNKNOWN_KEY")
def connector_file_with_a_mistake(stage: Stage) -> list[str]:
    stage.world.write(options={"importTutor": True})
    return stage.of_school()


@ends_with(2, "sync", "CONF_FILTER_LABEL_AMBIGUOUS")
def filter_that_names_two(stage: Stage) -> list[str]:
    stage.seed.sites[37]["nomSite"] = stage.seed.sites[36]["nomSite"]
    stage.world.write(filters={"siteCodes": [stage.seed.sites[36]["nomSite"]]})
    return stage.of_school()


@ends_with(2, "sync", "CONF_FILTER_ID_UNKNOWN")
@ends_with(2, "check", "CONF_FILTER_ID_UNKNOWN")
def filter_that_names_nothing(stage: Stage) -> list[str]:
    stage.world.write(filters={"siteCodes": [99]})
    return stage.of_school()


@ends_with(2, "sync", "RUN_STATE_UNUSABLE")
@ends_with(2, "plan", "RUN_STATE_UNUSABLE")
@ends_with(2, "writeback", "RUN_STATE_UNUSABLE")
@ends_with(2, "events", "RUN_STATE_UNUSABLE")
def store_that_is_no_store(stage: Stage) -> list[str]:
    stage.world.state.write_bytes(b"no database, but long enough to be taken for one" * 50)
    return stage.of_school()


@ends_with(2, "explain", "RUN_STATE_UNUSABLE")
def store_that_is_no_store_when_it_is_asked_why(stage: Stage) -> list[str]:
    return [*store_that_is_no_store(stage), "course", "7712001"]


@ends_with(2, "sync", "RUN_STATE_NEWER")
def store_of_a_newer_edusync(stage: Stage) -> list[str]:
    store = open_store(str(stage.world.state))
    with store.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    store.close()
    return stage.of_school()


@ends_with(1, "sync", "DOWN_PERSON_ID_TAKEN")
def ids_of_professors_that_were_exchanged(stage: Stage) -> list[str]:
    stage.world.sync()
    staff = stage.seed.staff
    for name in ("nom", "prenom", "email"):
        staff[42][name], staff[43][name] = staff[43][name], staff[42][name]
    return stage.of_school()


@ends_with(1, "sync", "DOWN_COURSE_TWIN_HELD")
def sheets_of_which_a_lost_store_knows_nothing(stage: Stage) -> list[str]:
    stage.world.sync()
    stage.world.state.unlink()
    for row in stage.world.book.all("courses"):
        row.update(API_ID=f"9{row['API_ID']}", NAME="Before")
    return stage.of_school()


def foreign(stage: Stage, **values: Any) -> dict[str, Any]:
    """Put a sheet to come of another connector beside those that stand there."""
    row = {**stage.world.course("7712001"), "ID": "cother", "id": "cother", "API_TYPE": "other"}
    stage.world.book.add("courses", row | {"API_ID": "o1"} | values)
    return row


@ends_with(1, "sync", "DOWN_COURSE_FOREIGN_HELD")
def session_of_which_another_connector_made_a_sheet(stage: Stage) -> list[str]:
    stage.world.sync()
    foreign(stage)
    store = open_store(str(stage.world.state))
    store.drop_link("school", "main", "course", "7712001")
    store.close()
    del stage.world.book.tables["courses"][stage.world.course("7712001")["ID"]]
    return stage.of_school()


@ends_with(4, "sync", "RUN_FOREIGN_SHEETS")
def school_with_another_connector(stage: Stage) -> list[str]:
    stage.world.sync()
    stage.world.state.unlink()
    for row in stage.world.book.all("courses"):
        row["API_TYPE"] = "other"
    return stage.of_school()


@ends_with(1, "sync", "DOWN_COURSE_MOVED_AFTER_START")
def sync_after_a_sheet_was_archived_and_its_class_postponed(stage: Stage) -> list[str]:
    stage.world.sync()
    stage.world.course("7712001")["LOCKED"] = 1
    stage.seed.courses[7712001]["date"] = stage.seed.courses[7712004]["date"]
    return stage.of_school()


@ends_with(2, "sync", "CONF_CONNECTOR_TWICE")
def second_file_of_one_name(stage: Stage) -> list[str]:
    stage.world.sync()
    other = stage.folder / "other.yaml"
    said = stage.world.file.read_text(encoding="utf-8")
    other.write_text(said.replace("50ms", "60ms"), encoding="utf-8")
    (stage.folder / "key").write_text("sandbox-key", encoding="utf-8")
    return [str(other), *stage.of_school()[1:]]


@ends_with(2, "sync", "CONF_OTHER_SCHOOL")
def key_of_another_school(stage: Stage) -> list[str]:
    stage.world.sync()
    stage.world.book.habits.school = "another"
    return stage.of_school()


@ends_with(2, "sync", "CONF_ACCOUNT_RENAMED")
@ends_with(2, "writeback", "CONF_ACCOUNT_RENAMED")
def account_under_another_name(stage: Stage) -> list[str]:
    stage.world.sync()
    store = open_store(str(stage.world.state))
    accounts = sorted(store.accounts("school"))
    rename_account(store, "school", accounts[0], "before")
    store.close()
    return stage.of_school()


@ends_with(2, "sync", "CONF_STATE_KEY")
def store_without_its_key(stage: Stage) -> list[str]:
    stage.world.sync()
    stage.world.state.with_suffix(".key").unlink()
    return stage.of_school()


@ends_with(4, "sync", "RUN_DELETIONS_HELD")
@ends_with(4, "plan", "RUN_DELETIONS_HELD")
def half_of_the_sheets_gone(stage: Stage) -> list[str]:
    stage.world.sync()
    stage.thin_out(3)
    return stage.of_school()


@ends_with(4, "sync", "RUN_CREATIONS_HELD")
def timetable_that_was_made_anew(stage: Stage) -> list[str]:
    stage.world.sync()
    courses = stage.seed.courses
    for code in SHEETS[:3]:
        courses[code + 10_000] = courses.pop(code) | {
            "codeSeance": code + 10_000,
            "nomMatiere": "AUTRE",
        }
    return stage.of_school()


@ends_with(4, "sync", "RUN_SCOPE_CHANGED")
def smaller_filter(stage: Stage) -> list[str]:
    stage.world.sync()
    stage.world.write(filters={"siteCodes": [36]})
    return stage.of_school()


@ends_with(4, "sync", "RUN_MOVES_HELD")
def lessons_an_hour_later(stage: Stage) -> list[str]:
    stage.world.sync()
    for code in SHEETS:
        stage.seed.courses[code]["heureFin"] = "19:30:00"
    return stage.of_school()


@ends_with(4, "sync", "RUN_CONTENTS_HELD")
def lessons_of_another_name(stage: Stage) -> list[str]:
    stage.world.sync()
    for code in SHEETS:
        stage.seed.courses[code]["nomMatiere"] = "AUTRE"
    return stage.of_school()


@ends_with(4, "sync", "RUN_ADDITIONS_HELD")
def three_times_the_lessons(stage: Stage) -> list[str]:
    stage.world.sync()
    courses = stage.seed.courses
    for code in SHEETS:
        for more in (10_000, 20_000, 30_000):
            courses[code + more] = courses[code] | {"codeSeance": code + more}
    return stage.of_school()


@ends_with(4, "sync", "RUN_REMOVALS_HELD")
def sheets_with_one_student_left(stage: Stage) -> list[str]:
    stage.world.sync()
    for code in SHEETS:
        course = stage.seed.courses[code]
        course["codesApprenant"] = course["codesApprenant"][1:2]
    return stage.of_school()


@ends_with(4, "sync", "RUN_READ_INCOMPLETE")
def list_that_cannot_be_read(stage: Stage) -> list[str]:
    stage.world.simulation.wsgi.view_functions.update(students=lambda: ("no", 500))
    return stage.of_school()


@ends_with(4, "sync", "RUN_SUSPICIOUS_EMPTY")
def list_that_is_empty_where_it_had_rows(stage: Stage) -> list[str]:
    stage.world.sync()
    stage.seed.students.clear()
    return stage.of_school()


@ends_with(4, "sync", "RUN_PLAN_MOVED")
def plan_of_another_day(stage: Stage) -> list[str]:
    return stage.of_school("--approve", "000000000000")


@ends_with(4, "sync", "RUN_BUSY")
@ends_with(4, "writeback", "RUN_BUSY")
def another_run_under_way(stage: Stage) -> list[str]:
    store = open_store(str(stage.world.state))
    stage.stack.callback(store.close)
    stage.stack.enter_context(locked(store, "school"))
    return stage.of_school()


@ends_with(4, "sync", "RUN_LOCK_LOST")
def run_that_is_taken_over(stage: Stage) -> list[str]:
    def take_over(verb: str, _path: str) -> None:
        if verb != "GET":
            store = open_store(str(stage.world.state))
            store.take_lease("school", "another one")
            store.close()

    stage.world.faults.before = take_over
    return stage.of_school()


@ends_with(5, "sync", "CONN_AUTH_FAILED")
@ends_with(5, "plan", "CONN_AUTH_FAILED")
@ends_with(5, "check", "CONN_AUTH_FAILED")
@ends_with(5, "reasons", "CONN_AUTH_FAILED")
def key_that_the_erp_refuses(stage: Stage) -> list[str]:
    stage.wrong_key()
    return stage.of_school()


@ends_with(5, "explain", "CONN_AUTH_FAILED")
def key_that_the_erp_refuses_when_it_is_asked_why(stage: Stage) -> list[str]:
    stage.wrong_key()
    return [*stage.of_school(), "course", "7712001"]


@ends_with(5, "sync", "CONN_NETWORK_BLOCKED")
def erp_that_is_not_there(stage: Stage) -> list[str]:
    stage.world.write(connection={"url": "http://127.0.0.1:9", "apiKey": "x"})
    return stage.of_school()


@ends_with(5, "sync", "EDU_UNREACHABLE")
def edusign_that_is_not_there(stage: Stage) -> list[str]:
    stage.world.faults.active.append(Fault("502", times=9, path="/school"))
    return stage.of_school()


@ends_with(5, "sync", "EDU_AUTH_FAILED")
def key_that_edusign_refuses(stage: Stage) -> list[str]:
    (stage.world.folder / "key").write_text("wrong", encoding="utf-8")
    return stage.of_school()


# plan, writeback, check, explain, events


@ends_with(0, "plan")
@ends_with(0, "check")
def school_with_which_all_is_well(stage: Stage) -> list[str]:
    return stage.of_school()


@ends_with(2, "plan", "RUN_USAGE")
def plan_into_a_file_that_cannot_be_written(stage: Stage) -> list[str]:
    return stage.of_school("--out", str(stage.folder / "nowhere" / "plan.json"))


@ends_with(0, "writeback")
def archived_sheet(stage: Stage) -> list[str]:
    stage.played()
    return stage.of_school()


@ends_with(1, "writeback", "UP_COURSE_POSTPONED")
def attendance_of_a_session_that_was_postponed(stage: Stage) -> list[str]:
    stage.played()
    stage.seed.courses[7712001]["date"] = "24/03/2026"
    stage.world.sync()
    return stage.of_school()


@ends_with(1, "writeback", "UP_ERP_REJECTED")
def erp_that_refuses_every_line(stage: Stage) -> list[str]:
    from flask import Response

    stage.played()
    stage.world.erp.before = lambda _verb, _path: Response("Motif inconnu", 400)
    return stage.of_school()


@ends_with(5, "writeback", "CONN_AUTH_FAILED")
def key_that_the_erp_refuses_on_the_way_up(stage: Stage) -> list[str]:
    stage.played()
    stage.wrong_key()
    return stage.of_school()


@ends_with(0, "reasons")
def school_with_the_reasons_of_edusign(stage: Stage) -> list[str]:
    stage.seed.reasons[:] = [
        {"codeMotifAbsence": row["ID"], "nomMotifAbsence": row["NAME"]}
        for row in stage.world.book.all("reasons")
    ]
    return stage.of_school()


@ends_with(1, "reasons")
def school_with_reasons_of_its_own(stage: Stage) -> list[str]:
    return stage.of_school()


@ends_with(1, "check", "CONN_CALL_FAILED")
@ends_with(1, "try", "CONN_CALL_FAILED")
def school_with_a_list_that_fails(stage: Stage) -> list[str]:
    stage.world.simulation.wsgi.view_functions.update(students=lambda: ("no", 500))
    return stage.of_school()


@ends_with(0, "try")
def school_whose_rows_are_shown(stage: Stage) -> list[str]:
    return stage.of_school()


@ends_with(0, "explain")
def code_that_is_explained(_stage: Stage) -> list[str]:
    return ["RUN_ALL_REFUSED"]


@ends_with(2, "explain", "RUN_USAGE")
def code_that_is_none(_stage: Stage) -> list[str]:
    return ["DOWN_NOTHING"]


@ends_with(0, "state")
def connector_that_gets_another_name(stage: Stage) -> list[str]:
    stage.world.sync()
    return ["rename", "school", "lille", *stage.of_school()[1:]]


@ends_with(2, "state", "RUN_USAGE")
def connector_of_which_nothing_is_kept(stage: Stage) -> list[str]:
    return ["rename", "school", "lille", *stage.of_school()[1:]]


@ends_with(4, "state", "RUN_BUSY")
def connector_that_runs_while_its_name_is_changed(stage: Stage) -> list[str]:
    stage.world.sync()
    store = open_store(str(stage.world.state))
    stage.stack.callback(store.close)
    stage.stack.enter_context(locked(store, "school"))
    return ["rename", "school", "lille", *stage.of_school()[1:]]


@ends_with(0, "events")
def school_that_has_run(stage: Stage) -> list[str]:
    stage.world.sync()
    return stage.of_school()


@ends_with(2, "events", "RUN_USAGE")
def school_that_has_not_run(stage: Stage) -> list[str]:
    return stage.of_school()


# the bench


@ends_with(0, "help")
def word_of_the_language(_stage: Stage) -> list[str]:
    return ["drop"]


@ends_with(2, "help", "RUN_USAGE")
def word_that_there_is_not(_stage: Stage) -> list[str]:
    return ["dorp"]


@ends_with(0, "validate")
@ends_with(0, "fmt")
@ends_with(0, "docs")
def spec_that_is_right(stage: Stage) -> list[str]:
    return [str(stage.bench())]


@ends_with(1, "validate", "SPEC_UNKNOWN_KEY")
@ends_with(2, "docs", "SPEC_UNKNOWN_KEY")
def spec_with_a_mistake(stage: Stage) -> list[str]:
    return [str(stage.misspelt())]


@ends_with(2, "validate")
def file_that_is_not_there(stage: Stage) -> list[str]:
    return [str(stage.folder / "nowhere.yaml")]


@ends_with(1, "fmt")
def spec_that_is_laid_out_otherwise(stage: Stage) -> list[str]:
    spec = stage.bench()
    said = spec.read_text(encoding="utf-8")
    spec.write_text(said.replace("label: ", "label:    ", 1), encoding="utf-8")
    return [str(spec), "--check"]


@ends_with(2, "fmt", "SPEC_UNREADABLE")
def spec_that_is_no_yaml(stage: Stage) -> list[str]:
    (stage.folder / "own.yaml").write_text("edusync: 1\nresources: {a: [}\n", encoding="utf-8")
    return [str(stage.folder / "own.yaml")]


@ends_with(0, "test")
def case_that_ends_as_it_should(stage: Stage) -> list[str]:
    return [str(stage.bench()), "--update"]  # the names of its rows are those of one case


@ends_with(1, "test")
def case_that_ends_otherwise(stage: Stage) -> list[str]:
    spec = stage.bench()
    golden = stage.folder / "cases" / "cursus" / "nominal" / "expected.yml"
    golden.write_text("exit: 7\n", encoding="utf-8")
    return [str(spec)]


@ends_with(2, "test", "RUN_USAGE")
@ends_with(2, "coverage", "RUN_USAGE")
@ends_with(2, "mutate", "RUN_USAGE")
@ends_with(2, "try", "RUN_USAGE")
def spec_without_cases(stage: Stage) -> list[str]:
    spec = stage.bench()
    shutil.rmtree(stage.folder / "cases")
    return [str(spec)]


@ends_with(0, "new")
def connector_that_is_new(stage: Stage) -> list[str]:
    return ["lumen", "--label", "Lumen", "--url", "https://x.test", "--into", str(stage.folder)]


@ends_with(2, "new", "RUN_USAGE")
def connector_that_is_there_already(stage: Stage) -> list[str]:
    (stage.folder / "specs").mkdir()
    (stage.folder / "specs" / "lumen.yaml").touch()
    return connector_that_is_new(stage)


def recorded(stage: Stage) -> list[str]:
    return [*stage.of_school()[:1], "--case", "mine", "--into", str(stage.folder / "recorded")]


@ends_with(0, "record")
def case_that_replays(stage: Stage) -> list[str]:
    return [*recorded(stage), *stage.of_school()[1:]]


@ends_with(1, "record")
def case_that_does_not_replay(stage: Stage) -> list[str]:
    def refuse(_case: object, **_how: object) -> dict[str, object]:
        raise AssertionError

    stage.patch.setattr("edusync.testing.cases.Case.run", refuse)
    return case_that_replays(stage)


@ends_with(2, "record", "RUN_USAGE")
def case_that_is_there_already(stage: Stage) -> list[str]:
    (stage.folder / "recorded" / "mine").mkdir(parents=True)
    return case_that_replays(stage)


@ends_with(5, "record", "CONN_AUTH_FAILED")
def case_of_an_erp_that_refuses(stage: Stage) -> list[str]:
    stage.wrong_key()
    return case_that_replays(stage)


@ends_with(0, "coverage")
def cases_that_are_counted(stage: Stage) -> list[str]:
    return [str(stage.bench())]


@ends_with(1, "coverage")
def cases_that_are_too_few(stage: Stage) -> list[str]:
    return [str(stage.bench()), "--fail-under", "100"]


@ends_with(0, "mutate")
@ends_with(1, "mutate")
def mistake_that_nobody_notices(stage: Stage) -> list[str]:
    from edusync.testing.mutation import Verdict

    spec = stage.bench()

    def unnoticed(*given: Any) -> list[Verdict]:
        return [Verdict(one, None) for one in given[-1]]

    stage.patch.setattr("edusync.testing.mutation.judge", unnoticed)
    return [str(spec), "--every", "1000"]


@ends_with(1, "docs")
def page_that_is_old(stage: Stage) -> list[str]:
    spec = stage.bench()
    (stage.folder / "page.md").write_text("# Old\n", encoding="utf-8")
    return [str(spec), "--into", str(stage.folder / "page.md"), "--check"]


@ends_with(0, "connectors")
def everything_that_is_installed(_stage: Stage) -> list[str]:
    return []


@ends_with(2, "connectors", "CONF_UNKNOWN_SPEC")
def connector_that_nobody_knows(_stage: Stage) -> list[str]:
    return ["show", "nobody"]


@ends_with(0, "schema")
def schema_of_a_spec(_stage: Stage) -> list[str]:
    return ["spec"]


@ends_with(0, "completion")
def shell_that_is_known(_stage: Stage) -> list[str]:
    return ["bash"]


@ends_with(0, "lsp")
def editor_that_ends_it(stage: Stage) -> list[str]:
    asked: list[dict[str, Any]] = [
        {"id": 1, "method": "initialize", "params": {"capabilities": {}}},
        {"id": 2, "method": "shutdown"},
        {"method": "exit"},
    ]
    bodies = [json.dumps({"jsonrpc": "2.0", **one}).encode() for one in asked]
    framed = b"".join(b"Content-Length: %d\r\n\r\n%s" % (len(body), body) for body in bodies)
    stage.patch.setattr(sys, "stdin", TextIOWrapper(BytesIO(framed)))
    return ["--stdio"]


@ends_with(2, "lsp", "RUN_USAGE")
def language_server_that_is_not_installed(stage: Stage) -> list[str]:
    for name in [one for one in sys.modules if one.startswith("edusync.lsp")]:
        stage.patch.delitem(sys.modules, name)
    for name in ("pygls", "lsprotocol"):
        stage.patch.setitem(sys.modules, name, None)
    return []


@ends_with(2, "schema")
@ends_with(2, "completion")
def word_that_is_not_known(_stage: Stage) -> list[str]:
    return ["nothing"]


@ends_with(0, "demo")
def day_that_is_played(stage: Stage) -> list[str]:
    return ["--folder", str(stage.folder / "demo")]


@ends_with(2, "demo", "RUN_USAGE")
def folder_of_somebody_else(stage: Stage) -> list[str]:
    (stage.folder / "mine.txt").touch()
    return ["--folder", str(stage.folder)]


# a project


def in_a_project(stage: Stage) -> list[str]:
    """Put the connector file into a project; return arguments that name it and the moment."""
    folder = stage.folder / "fleet"
    (folder / "connectors").mkdir(parents=True)
    shutil.copy(stage.world.file, folder / "connectors" / "school.yaml")
    shutil.copy(stage.world.folder / "key", folder / "connectors" / "key")
    (folder / "edusync.yaml").write_text("edusync: 1\n", encoding="utf-8")
    return ["--project", str(folder), "--at", "2026-03-16T12:45"]


def with_a_wrong_key(stage: Stage) -> list[str]:
    where = in_a_project(stage)
    (stage.folder / "fleet" / "connectors" / "key").write_text("wrong", encoding="utf-8")
    return where


@ends_with(0, "init")
def new_project(stage: Stage) -> list[str]:
    return [str(stage.folder / "new")]


@ends_with(2, "init", "RUN_USAGE")
def project_that_is_there(stage: Stage) -> list[str]:
    in_a_project(stage)
    return [str(stage.folder / "fleet")]


@ends_with(0, "run")
def slot_that_is_due(stage: Stage) -> list[str]:
    return ["--due", *in_a_project(stage)]


@ends_with(1, "run", "EDU_UNREACHABLE")
def slot_that_fails(stage: Stage) -> list[str]:
    stage.world.faults.active.append(Fault("502", times=9, path="/school"))
    return ["--due", *in_a_project(stage)]


@ends_with(2, "run", "RUN_USAGE")
@ends_with(2, "pause", "RUN_USAGE")
@ends_with(2, "resume", "RUN_USAGE")
@ends_with(2, "webhooks", "RUN_USAGE")
def connector_that_the_project_does_not_have(stage: Stage) -> list[str]:
    return ["nobody", *in_a_project(stage)]


@ends_with(4, "run", "RUN_BUSY")
def connector_that_runs_already(stage: Stage) -> list[str]:
    where = in_a_project(stage)
    store = open_store(str(stage.folder / "fleet" / "state.db"))
    stage.stack.callback(store.close)
    stage.stack.enter_context(locked(store, "school"))
    return ["school", *where]


@ends_with(5, "run", "EDU_AUTH_FAILED")
def connector_whose_key_is_refused(stage: Stage) -> list[str]:
    return ["school", *with_a_wrong_key(stage)]


@ends_with(0, "serve")
def runner_that_is_told_to_stop(stage: Stage) -> list[str]:
    stage.patch.setattr("edusync.app.runner.runner.Runner.serve", lambda _self: None)
    return in_a_project(stage)


@ends_with(0, "setup")
def school_that_is_set_up(stage: Stage) -> list[str]:
    stage.patch.setattr("edusync.cli.asking.check_terminal", lambda: None)
    stage.patch.setattr("edusync.cli.setup._opened", lambda *_asked, **_more: None)
    return in_a_project(stage)


@ends_with(0, "web")
def console_that_is_told_to_stop(stage: Stage) -> list[str]:
    stage.patch.setattr("edusync.cli.web.serve_console", lambda _fleet, _clock: None)
    return in_a_project(stage)


@ends_with(0, "worker")
def worker_that_is_told_to_stop(stage: Stage) -> list[str]:
    stage.patch.setattr("edusync.app.runner.cluster.check_queue", lambda _store: None)
    stage.patch.setattr("edusync.app.runner.queue_worker.QueueWorker.serve", lambda _self: None)
    stage.patch.setattr("edusync.cli.serve.leave", lambda _code, **_more: None)
    where = in_a_project(stage)
    with (stage.folder / "fleet" / "edusync.yaml").open("a", encoding="utf-8") as file:
        file.write("runner: {queue: true}\n")
    return where


@ends_with(2, "worker", "RUN_USAGE")
def project_that_has_no_queue(stage: Stage) -> list[str]:
    return in_a_project(stage)


@ends_with(0, "deploy")
def release_that_is_shown(stage: Stage) -> list[str]:
    return [*with_whole_paths(stage), *in_an_own_store(stage)]


@ends_with(2, "deploy", "CONF_SECRET_NEARBY")
def secret_that_does_not_go_along(stage: Stage) -> list[str]:
    in_a_project(stage)
    return [str(stage.folder / "fleet"), *in_an_own_store(stage)]


@ends_with(4, "deploy", "RUN_EDIT_HELD")
def change_of_a_page_that_the_files_lack(stage: Stage) -> list[str]:
    arguments = release_that_is_shown(stage)
    edusync_here("deploy", *arguments, "--yes")
    store = open_store(str(stage.folder / "releases.db"))
    made = releases(store)[0]
    (name, one), *_ = made.connectors.items()
    text = texts(store, [one.file])[one.file] + "\n"
    changed = one._replace(file=digest_of(text), edited=made.id + 1)
    save_release(store, made.id, "a page", {name: changed}, {changed.file: text})
    store.close()
    return arguments


@ends_with(0, "release")
def releases_that_are_listed(stage: Stage) -> list[str]:
    return ["list", *in_an_own_store(stage)]


@ends_with(2, "release", "RUN_USAGE")
def release_that_is_not_there(stage: Stage) -> list[str]:
    return ["back", *in_an_own_store(stage)]


def in_an_own_store(stage: Stage) -> list[str]:
    return ["--state", str(stage.folder / "releases.db")]


def with_whole_paths(stage: Stage) -> list[str]:
    in_a_project(stage)
    file = stage.folder / "fleet" / "connectors" / "school.yaml"
    key = f"${{file:{stage.world.folder / 'key'}}}"
    text = file.read_text(encoding="utf-8").replace("${file:key}", key)
    file.write_text(re.sub(r'"apiKey": "[^"$]*"', f'"apiKey": "{key}"', text), encoding="utf-8")
    return [str(stage.folder / "fleet")]


@ends_with(2, "serve", "RUN_USAGE")
@ends_with(2, "web", "RUN_USAGE")
@ends_with(2, "setup", "RUN_USAGE")
@ends_with(2, "status", "RUN_USAGE")
def folder_that_is_in_no_project(stage: Stage) -> list[str]:
    stage.patch.chdir(stage.folder)
    return []


@ends_with(0, "pause")
def connector_that_is_paused(stage: Stage) -> list[str]:
    return ["school", *in_a_project(stage)]


@ends_with(0, "resume")
def connector_that_is_resumed(stage: Stage) -> list[str]:
    return ["school", *in_a_project(stage)]


@ends_with(0, "secret")
def secrets_that_are_listed(stage: Stage) -> list[str]:
    return ["list", *in_an_own_store(stage)]


@ends_with(2, "secret", "RUN_USAGE")
def secret_that_is_not_there(stage: Stage) -> list[str]:
    return ["remove", "nobody", *in_an_own_store(stage)]


@ends_with(2, "secret", "CONF_SECRET_KEY")
def secrets_whose_key_is_gone(stage: Stage) -> list[str]:
    store = open_store(str(stage.folder / "releases.db"))
    save_secret(store, "hugo/password", "x")
    store.close()
    (stage.folder / "releases.db.secrets.key").unlink()
    return ["rotate", *in_an_own_store(stage)]


@ends_with(0, "webhooks")
@ends_with(0, "status")
@ends_with(0, "purge")
def project_in_which_all_is_well(stage: Stage) -> list[str]:
    return in_a_project(stage)


@ends_with(1, "status", "EDU_AUTH_FAILED")
def project_with_something_to_settle(stage: Stage) -> list[str]:
    where = with_a_wrong_key(stage)
    stage.patch.setattr(sys, "argv", ["edusync", "run", "--due", *where])
    assert run(edusync) == 1
    return where


@ends_with(0, "forget")
def student_who_is_forgotten(stage: Stage) -> list[str]:
    stage.world.sync()
    return [*stage.of_school(), "90211"]


@ends_with(2, "forget", "RUN_USAGE")
def student_whom_nobody_knows(stage: Stage) -> list[str]:
    return [*stage.of_school(), "nobody"]


@ends_with(2, "purge", "RUN_USAGE")
def connector_whose_links_would_go(stage: Stage) -> list[str]:
    return ["--connector", "school", *in_a_project(stage)]


@ends_with(0, "sandbox")
def server_that_is_stopped(stage: Stage) -> list[str]:
    stage.patch.setattr("edusync.cli.sandbox.until_interrupted", lambda _words: None)
    return ["edusign"]


@ends_with(2, "sandbox", "RUN_USAGE")
def simulator_that_is_not_there(_stage: Stage) -> list[str]:
    return ["nobody"]


# moving in


def of_another(stage: Stage, *more: str) -> list[str]:
    """Let everything have been brought down by another connector; return arguments."""
    stage.world.sync()
    stage.world.state.unlink()
    for kind in ("students", "professors", "externals", "groups", "courses"):
        for row in stage.world.book.all(kind):
            row["API_TYPE"] = "other"
    return [*stage.of_school(), "--from-type", "other", *more]


@ends_with(0, "survey")
def school_that_is_looked_at(stage: Stage) -> list[str]:
    return of_another(stage)[:-2]


@ends_with(2, "survey", "RUN_USAGE")
def survey_of_a_file_that_is_not_there(stage: Stage) -> list[str]:
    return [str(stage.folder / "nothing.yaml"), "--state", str(stage.world.state)]


@ends_with(4, "survey", "RUN_READ_INCOMPLETE")
def survey_of_half_an_erp(stage: Stage) -> list[str]:
    stage.world.door.broken.append(Break("/apprenants"))
    return stage.of_school()


@ends_with(5, "survey", "CONN_AUTH_FAILED")
def survey_with_a_key_that_the_erp_refuses(stage: Stage) -> list[str]:
    stage.wrong_key()
    return stage.of_school()


@ends_with(0, "adopt")
def school_of_another_connector_in_which_all_is_clear(stage: Stage) -> list[str]:
    del stage.seed.staff[46]  # who has the e-mail of professor 44
    return of_another(stage)


@ends_with(1, "adopt", "MOVE_CHANGED")
def item_that_changes_while_it_is_taken_over(stage: Stage) -> list[str]:
    del stage.seed.staff[46]
    arguments = of_another(stage, "--format", "json")
    stage.patch.setattr(sys, "argv", ["edusync", "adopt", *arguments])
    with redirect_stdout(StringIO()) as said:
        assert run(edusync) == 0
    row = stage.world.course("7712001")
    stage.world.faults.before = lambda verb, _path: (
        row.update(API_ID="else") if verb == "PATCH" else None
    )
    return [*arguments[:-2], "-v", "--apply", json.loads(said.getvalue())["plan_id"]]


@ends_with(2, "adopt", "RUN_USAGE")
def type_that_nothing_is_of(stage: Stage) -> list[str]:
    return [*stage.of_school(), "--from-type", "nobody"]


@ends_with(4, "adopt", "MOVE_EMAIL_SHARED")
def school_in_which_two_have_one_email(stage: Stage) -> list[str]:
    return of_another(stage)


@ends_with(4, "adopt", "MOVE_CHOICE_REFUSED")
def choice_of_nobody(stage: Stage) -> list[str]:
    del stage.seed.staff[46]  # who has the e-mail of professor 44
    pair = "{account: main, kind: student, source_id: '90211', choose: nobody}"
    file = stage.folder / "pairs.yaml"
    file.write_text(f"edusync: 1\nfrom_type: other\npairs:\n  - {pair}\n", encoding="utf-8")
    return of_another(stage, "--match", str(file))


@ends_with(4, "adopt", "RUN_PLAN_MOVED")
def adoption_of_another_plan(stage: Stage) -> list[str]:
    return of_another(stage, "--apply", "0" * 12)


@ends_with(5, "adopt", "EDU_AUTH_FAILED")
def adoption_with_a_key_that_edusign_refuses(stage: Stage) -> list[str]:
    arguments = of_another(stage)
    (stage.world.folder / "key").write_text("wrong", encoding="utf-8")
    return arguments


# any command


@ends_with(2, "any", "RUN_USAGE")
def file_that_cannot_be_written(stage: Stage) -> list[str]:
    spec = stage.bench()
    (stage.folder / "file").touch()
    return ["docs", str(spec), "--into", str(stage.folder / "file" / "page.md")]


@ends_with(3, "any", "RUN_UNEXPECTED")
def mistake_in_edusync(stage: Stage) -> list[str]:
    def explode(*_given: object) -> None:
        raise RuntimeError

    stage.patch.setattr("edusync.app.runs.sync.make_plan", explode)
    return ["plan", *stage.of_school()]


# beside another connector, afterwards, and what is assumed


@ends_with(1, "check")
def sheets_that_come_two_a_page(stage: Stage) -> list[str]:
    stage.world.sync()
    stage.world.book.habits.page = 2
    return stage.of_school("--assumptions")


@ends_with(2, "check", "RUN_USAGE")
def trials_on_the_account_of_the_school(stage: Stage) -> list[str]:
    where = ("--sandbox", stage.world.edusign, "--sandbox-key", "${file:key}")
    return stage.of_school("--assumptions", *where)


@ends_with(0, "facts")
def facts_that_were_kept(stage: Stage) -> list[str]:
    keep_facts(stage.world.file, {"looked_at": "2026-03-16", "erp": {"transport": "as assumed"}})
    return [str(stage.world.file)]


@ends_with(2, "facts", "RUN_USAGE")
def facts_that_nobody_tried(stage: Stage) -> list[str]:
    return [str(stage.world.file)]


@ends_with(0, "reconcile")
def attendance_that_is_equal(stage: Stage) -> list[str]:
    stage.played()
    stage.world.write_back()
    return stage.of_school("--week", "2026-03-17")


@ends_with(1, "reconcile", "UP_CHANGED_IN_ERP")
def attendance_that_was_changed_in_the_erp(stage: Stage) -> list[str]:
    stage.played()
    stage.world.write_back()
    stage.seed.absences.clear()
    return stage.of_school("--week", "2026-03-17")


@ends_with(2, "reconcile", "RUN_USAGE")
def days_that_are_none(stage: Stage) -> list[str]:
    return stage.of_school("--week", "yesterday")


@ends_with(5, "reconcile", "CONN_AUTH_FAILED")
def key_that_the_erp_refuses_afterwards(stage: Stage) -> list[str]:
    stage.played()
    stage.wrong_key()
    return stage.of_school("--week", "2026-03-17")


def a_sheet_was_deleted(stage: Stage) -> None:
    stage.world.sync()
    course = stage.seed.courses.pop(7712011)
    stage.world.sync()
    stage.seed.courses[7712011] = course


@ends_with(0, "undo")
def deleted_sheet_to_be_made_again(stage: Stage) -> list[str]:
    a_sheet_was_deleted(stage)
    return stage.of_school("last")


@ends_with(1, "undo", "EDU_REJECTED")
def sheet_that_edusign_refuses_to_have_again(stage: Stage) -> list[str]:
    a_sheet_was_deleted(stage)
    plan = re.search(r"plan (\w+)", edusync_here("undo", *stage.of_school("last")).stdout)
    words = "NAME is not valid"
    fault = Fault("refused", times=9, verb="POST", path="/course", message=words)
    stage.world.faults.active.append(fault)
    return stage.of_school("last", "--apply", str(plan and plan[1]))


@ends_with(2, "undo", "RUN_USAGE")
def nothing_to_undo(stage: Stage) -> list[str]:
    stage.world.sync()
    return stage.of_school("last")


@ends_with(4, "undo", "RUN_PLAN_MOVED")
def undoing_by_another_plan(stage: Stage) -> list[str]:
    a_sheet_was_deleted(stage)
    return stage.of_school("last", "--apply", "000000000000")


@ends_with(5, "undo", "CONN_AUTH_FAILED")
def key_that_the_erp_refuses_for_undoing(stage: Stage) -> list[str]:
    a_sheet_was_deleted(stage)
    stage.wrong_key()
    return stage.of_school("last")


def beside(stage: Stage, *, changed: bool) -> None:
    stage.world.sync()
    if changed:
        stage.world.course("7712003")["CLASSROOM"] = "Ailleurs"
    result = edusync_here("sync", *stage.of_school("--shadow"))
    assert result.returncode == int(changed)


@ends_with(0, "shadow")
def nothing_that_differs(stage: Stage) -> list[str]:
    beside(stage, changed=False)
    return [str(stage.world.file), "--state", str(stage.world.state)]


@ends_with(1, "shadow", "SHADOW_WOULD_CHANGE")
def sheet_in_another_room(stage: Stage) -> list[str]:
    beside(stage, changed=True)
    return [str(stage.world.file), "--state", str(stage.world.state)]


@ends_with(1, "shadow")
def day_that_no_look_read_whole(stage: Stage) -> list[str]:
    stage.world.door.broken.append(Break("/apprenants"))
    assert edusync_here("sync", *stage.of_school("--shadow")).returncode == GUARD
    return [str(stage.world.file), "--state", str(stage.world.state)]


@ends_with(2, "shadow", "RUN_USAGE")
def nobody_looked(stage: Stage) -> list[str]:
    return [str(stage.world.file), "--state", str(stage.world.state)]


@ends_with(1, "sync", "SHADOW_WOULD_CHANGE")
def look_at_a_sheet_in_another_room(stage: Stage) -> list[str]:
    stage.world.sync()
    stage.world.course("7712003")["CLASSROOM"] = "Ailleurs"
    return stage.of_school("--shadow")


@ends_with(4, "sync", "RUN_IN_SHADOW")
@ends_with(4, "writeback", "RUN_IN_SHADOW")
def connector_in_the_shadow(stage: Stage) -> list[str]:
    stage.world.write(schedule={"shadow": True})
    return stage.of_school()


@pytest.fixture
def stage(
    make_world: Callable[..., World], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    with ExitStack() as stack, pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("work")
        patch.setattr("edusync.engine.interruption.listen", lambda: None)
        yield Stage(make_world(grace="50ms"), folder, patch, stack)


PAUSE = ["--reason", "x", "--until", "2026-03-20"]
MORE = {
    (1, "mutate", ""): ["--fail-over", "0"],
    (0, "pause", ""): PAUSE,
    (2, "pause", "RUN_USAGE"): PAUSE,
}


@pytest.mark.parametrize(
    "line", SITUATIONS, ids=["-".join(filter(None, map(str, line))) for line in SITUATIONS]
)
def test_command_ends_with_the_code_of_the_contract(
    stage: Stage, line: tuple[int, str, str], capfd: pytest.CaptureFixture[str]
) -> None:
    code, command, said = line
    arguments = SITUATIONS[line](stage) + MORE.get(line, [])
    stage.patch.setattr(
        sys, "argv", ["edusync", *([] if command == "any" else [command]), *arguments]
    )
    capfd.readouterr()
    ended = run(edusync)
    out, err = capfd.readouterr()
    assert ended == code, out + err
    assert said in out + err
    assert "Traceback" not in err
    if command in {"sync", "writeback"}:
        assert bool(re.search("^success: ", out, re.MULTILINE)) is (code == 0), out


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_interrupted_command_ends_with_130(world: World, sent: signal.Signals) -> None:
    process: dict[str, subprocess.Popen[str]] = {}
    world.faults.before = lambda verb, _path: (
        os.kill(process["it"].pid, sent) if verb != "GET" else None
    )
    where = ["--state", str(world.state), "--at", world.now.isoformat()]
    command = [sys.executable, "-m", "edusync", "sync", str(world.file), *where]
    process["it"] = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    out, _ = process["it"].communicate(timeout=60)
    assert (process["it"].returncode, out.splitlines()[-1]) == (130, "interrupted")


UNHEARD = {
    "nobody reads it": "| true",
    "nobody reads anything": "2>&1 | true",
    "the disk is full": ">/dev/full",
    "the disk is full for mistakes": "2>/dev/full",
    "the disk is full for all": ">/dev/full 2>&1",
}
CLOSED = {"output": ">&-", "mistakes": "2>&-", "everything": "<&- >&- 2>&-"}


def in_a_shell(world: World, name: str, led: str, *, unbuffered: str) -> int:
    """Run a command in bash, with its streams led elsewhere; return how it ended."""
    where = ["--state", str(world.state), "--at", world.now.isoformat()]
    words = shlex.join([sys.executable, "-m", "edusync", name, str(world.file), *where])
    ended = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {words} {led}"],
        env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=120,
        check=False,
    )
    return ended.returncode


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("led", UNHEARD.values(), ids=UNHEARD)
def test_command_that_nobody_reads_does_not_say_that_all_is_well(
    world: World, led: str, unbuffered: str
) -> None:
    assert in_a_shell(world, "sync", led, unbuffered=unbuffered) == 141


@pytest.mark.parametrize("led", CLOSED.values(), ids=CLOSED)
def test_command_whose_streams_are_closed_does_its_work(world: World, led: str) -> None:
    """The first file that it opens would be in the place of the stream."""
    assert in_a_shell(world, "sync", led, unbuffered="") == 0
    assert world.plan().is_empty


def test_page_lists_what_was_tried_and_nothing_else() -> None:
    rows = ROW.findall(PAGE.read_text(encoding="utf-8"))
    listed = {(int(code), command or every, said) for code, command, every, said in rows}
    assert len(rows) == len(listed), "a line stands there twice"
    assert listed - {(130, "any", ""), (141, "any", "")} == SITUATIONS.keys()
    assert {command for _, command, _ in listed} == {*COMMANDS, "any"}
    assert {said for *_, said in listed if said} <= all_codes().keys()
    assert {code for code, *_ in listed} == {0, 1, 2, 3, 4, 5, 130, 141}


def test_every_code_of_the_contract_is_explained() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert re.findall(r"^\| (\d+) \| [^`|]+ \| [^|]+ \|$", page, re.MULTILINE) == [
        "0",
        "1",
        "2",
        "3",
        "4",
        "5",
        "130",
        "141",
    ]


@pytest.mark.parametrize("table", ["link", "run", "intent", "lease", "event", "setting"])
def test_store_that_breaks_later_is_no_surprise_either(
    stage: Stage, table: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """Every table that a sync reads or writes, one after the other."""
    stage.world.sync()
    stage.seed.courses.pop(7712003)
    stage.break_store(table)
    stage.patch.setattr(sys, "argv", ["edusync", "sync", *stage.of_school()])
    assert (run(edusync), "RUN_STATE_UNUSABLE" in capfd.readouterr().err) == (2, True)


def test_store_that_cannot_be_locked_is_no_surprise_either(
    stage: Stage, capfd: pytest.CaptureFixture[str]
) -> None:
    (stage.world.state.parent / "locks").write_text("a file, where a folder should be")
    stage.patch.setattr(sys, "argv", ["edusync", "sync", *stage.of_school()])
    assert (run(edusync), "RUN_STATE_UNUSABLE" in capfd.readouterr().err) == (2, True)
    assert stage.world.writes() == []
