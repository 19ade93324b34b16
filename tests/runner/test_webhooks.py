"""Edusign calls when a sheet is archived: it is read once it has settled, and sent up once."""

from __future__ import annotations

import hmac
import json
import logging
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from hashlib import sha256
from threading import Timer
from typing import Any

import pytest
import requests
from sqlalchemy import select

from edusync.app.console.finding import Item
from edusync.app.console.why import why
from edusync.app.files.connector_file import load_instance
from edusync.app.files.project_file import WebhookSettings, load_settings
from edusync.app.runner.endings import Ended
from edusync.app.runner.log import LOG
from edusync.app.runner.metrics import Metrics
from edusync.app.runner.rounds import Rounds
from edusync.app.runner.web import create_app, listening
from edusync.app.runner.webhook_pages import webhook_pages
from edusync.app.runner.webhooks import APPLICATION, LARGEST, Allowance, Webhooks, address_of
from edusync.app.runner.work import Work
from edusync.app.runs.moment import Moment
from edusync.app.runs.sync import sync
from edusync.sandbox.edusign.faults import Fault
from edusync.sandbox.edusign.webhooks import Webhook
from edusync.state.hint_table import hint
from edusync.state.holds import quarantine_of
from edusync.state.slots import SlotRow, claim, due_slot, slots_of
from edusync.state.store import Store
from edusync.web.app import create_console
from edusync.web.console import Console
from tests.conftest import World
from tests.runner.conftest import Clock, Noted, Town
from tests.state.test_store import store
from tests.support.commands import edusync

__all__ = ["store"]  # a fixture: the one with both databases

FIRST = "7712001"
SECRET = "secret of the application"
_METRICS = re.compile(r"(http://\S+)/metrics")
BODY = b'{"type": "on_course_locked", "course": {"ID": "x7"}}'


class Doing(Noted):
    """Workers that do each slot as soon as they take it."""

    def __init__(self, work: Work) -> None:
        super().__init__(work.store, work.runner)
        self.work = work

    def take(self, row: SlotRow) -> None:
        if self.work.do(row) is not None:
            self.done.append(row)


class School:
    """A connector whose sheets came down, with a server that Edusign reaches, and a clock by hand.

    It is 17 March, half past twelve: the class of the sheet is over.
    """

    def __init__(
        self,
        town: Town,
        world: World,
        store: Store,
        up: Any = "at_once",
        *,
        comes_down: bool = True,
    ) -> None:
        self.town, self.world, self.store = town, world, store
        self.clock, self.metrics = town.clock, Metrics()
        self.ended: list[tuple[str, str | None]] = []
        schedule = {"down": ["18:00-21:00"], "up": up}
        file = town.write("hugo", world.erp_url, world.edusign, schedule=schedule)
        self.fleet = town.fleet()
        self.workers = Doing(Work(store, self.fleet, "test", self.moment, self.observe))
        self.rounds = Rounds(store, self.fleet, self.workers, "test", self.clock)
        self.at("2026-03-16T11:30")
        if comes_down:
            sync(load_instance(file, town.registry), store, town.registry, self.moment())
        self.at("2026-03-17T12:30")
        self.turn()

    def moment(self) -> Moment:
        return Moment(self.clock.now, self.world.moment().tools)

    def observe(self, row: SlotRow, ended: Ended, seconds: float) -> None:
        assert seconds >= 0
        self.ended.append((row.direction, ended.code))

    def at(self, text: str) -> None:
        self.clock.at(text)
        self.world.now = self.clock.now

    def later(self, **delta: float) -> list[tuple[str, str | None]]:
        """Let time pass, do a round; return how slots ended in it."""
        self.clock.later(**delta)
        self.world.now = self.clock.now
        return self.turn()

    def turn(self) -> list[tuple[str, str | None]]:
        before = len(self.ended)
        self.rounds.plan()
        while self.rounds.hand_out():
            pass
        return self.ended[before:]

    @contextmanager
    def listening(self, *, secret: str | None = None, a_minute: int = 1200) -> Iterator[str]:
        settings = WebhookSettings(client_secret=secret)
        hooks = Webhooks(self.store, self.fleet, settings, self.clock)
        pages = webhook_pages(hooks, self.metrics, Allowance(self.clock, a_minute))
        with listening(create_app(pages), ("127.0.0.1", 0)) as address:
            yield address

    @contextmanager
    def called(self, *, secret: str | None = None) -> Iterator[str]:
        """Let Edusign call the address of the account, or that of an application."""
        with self.listening(secret=secret) as address:
            path = self.path if secret is None else APPLICATION
            self.world.book.webhooks.registered = [Webhook(address + path, secret=secret)]
            yield address

    @property
    def path(self) -> str:
        return address_of(self.store, "hugo", "main")

    def archive(self, source_id: str = FIRST) -> list[int]:
        """Play a class, archive its sheet; return what Edusign was answered so far."""
        self.world.play(source_id)
        return [answer["status"] for answer in self.world.book.webhooks.settle()]

    def unarchive(self, source_id: str = FIRST) -> None:
        self.world.course(source_id).update({"LOCKED": 0, "DATE_UPDATED": self.world.book.now()})

    def hints(self) -> list[str]:
        with self.store.reading() as connection:
            return sorted(connection.execute(select(hint.c.source_id)).scalars())

    def written(self) -> list[str]:
        """Return the requests with which something was written into the ERP."""
        return [line for line in self.world.erp.seen if not line.startswith("GET")]

    def codes(self) -> set[str]:
        """Return what the last run that Edusign's word led to said of sheets."""
        run = self.store.runs("hugo", direction="at_once")[0]
        found = self.store.events(run["id"], code=None, kind="course", source_id=None)
        return {event["code"] for event in found}

    def counted(self) -> dict[str, float]:
        return {
            sample.labels["answer"]: sample.value
            for metric in self.metrics.webhooks.collect()
            for sample in metric.samples
            if sample.name.endswith("_total")
        }


@pytest.fixture
def bare(town: Town, make_world: Callable[..., World]) -> School:
    """One that nothing came down of."""
    return School(town, make_world(), town.store, comes_down=False)


@pytest.fixture
def school(town: Town, make_world: Callable[..., World], store: Store) -> School:
    return School(town, make_world(), store)


def body_of(school: School, source_id: str = FIRST) -> bytes:
    course = {"ID": school.world.course(source_id)["ID"]}
    return json.dumps({"type": "on_course_locked", "course": course}).encode()


def signed(body: bytes, secret: str = SECRET) -> dict[str, str]:
    return {"x-edusign-hmac": hmac.new(secret.encode(), body, sha256).hexdigest()}


def post(url: str, body: bytes, **headers: str) -> tuple[int, str]:
    answer = requests.post(url, data=body, headers=headers, timeout=10)
    return answer.status_code, answer.text


def test_an_archived_sheet_goes_up_once_it_has_settled(school: School) -> None:
    with school.called():
        assert school.archive() == [202]
    assert school.later(minutes=9) == []
    before = school.written()
    assert school.later(minutes=1) == [("at_once", None)]
    assert (before, len(school.written()) > 0) == ([], True)
    assert (school.codes(), school.hints()) == ({"UP_SENT"}, [])


def test_the_slot_that_follows_sends_nothing_twice(school: School) -> None:
    with school.called():
        school.archive()
    school.later(minutes=10)
    sent = school.written()
    school.at("2026-03-17T20:50")
    assert ("up", None) in school.turn()
    assert school.written() == sent
    up = school.store.runs("hugo", direction="up")[0]
    events = school.store.events(up["id"], code=None, kind="course", source_id=FIRST)
    assert [event["code"] for event in events] == ["UP_COURSE_ALREADY_SENT"]


def test_a_sheet_of_which_no_call_came_goes_up_in_the_slot(school: School) -> None:
    with school.called():
        school.archive()
        school.world.book.webhooks.registered.clear()
        school.archive("7712002")
    school.later(minutes=10)
    run = school.store.runs("hugo", direction="at_once")[0]
    named = {
        event["source_id"]
        for event in school.store.events(run["id"], code="UP_SENT", kind=None, source_id=None)
    }
    school.at("2026-03-17T20:50")
    school.turn()
    up = school.store.runs("hugo", direction="up")[0]
    later = {
        event["source_id"]
        for event in school.store.events(up["id"], code="UP_SENT", kind=None, source_id=None)
    }
    assert (named, later) == ({FIRST}, {"7712002"})


def test_a_sheet_that_is_unarchived_meanwhile_does_not_go(school: School) -> None:
    with school.called():
        school.archive()
    school.unarchive()
    assert school.later(minutes=10) == [("at_once", None)]
    assert (school.codes(), school.written()) == ({"UP_COURSE_NOT_ARCHIVED"}, [])


def test_a_sheet_that_is_archived_again_settles_anew(school: School) -> None:
    with school.called():
        school.archive()
        assert school.later(minutes=8) == []
        school.unarchive()
        assert school.archive() == [202, 202]
    assert school.later(minutes=8) == []
    assert school.later(minutes=2) == [("at_once", None)]
    assert (school.codes(), school.counted()) == ({"UP_SENT"}, {"noted": 1, "again": 1})


def test_calls_without_end_keep_no_sheet_for_ever(school: School) -> None:
    school.world.play(FIRST)
    with school.listening() as address:
        for _ in range(12):
            assert post(address + school.path, body_of(school))[0] == 202
            school.clock.later(minutes=5)
    assert school.later() == [("at_once", None)]


def test_a_signed_call_needs_no_address_of_its_own(school: School) -> None:
    with school.called(secret=SECRET):
        assert school.archive() == [202]
    school.later(minutes=10)
    assert school.codes() == {"UP_SENT"}


def test_what_is_signed_may_have_other_spaces_than_what_is_sent(school: School) -> None:
    compact = json.dumps(json.loads(body_of(school)), separators=(",", ":")).encode()
    with school.listening(secret=SECRET) as address:
        found = post(address + APPLICATION, body_of(school), **signed(compact))
    assert found == (202, "the sheet is read once it has settled\n")


@pytest.mark.parametrize(
    ("path", "headers", "status", "word"),
    [
        ("application", {}, 401, "forged"),
        ("application", {"x-edusign-hmac": "0" * 64}, 401, "forged"),
        ("application", {"x-edusign-hmac": "é"}, 401, "forged"),
        ("hugo/main/0123456789abcdef0123456789abcdef01234567", {}, 404, "unknown"),
        ("hugo/main/%C3%A9", {}, 404, "unknown"),
        ("nobody/main/0123", {}, 404, "unknown"),
    ],
)
def test_a_forged_call_leaves_nothing(
    path: str, headers: dict[str, str], status: int, word: str, bare: School
) -> None:
    said = {name: value.encode().decode("latin-1") for name, value in headers.items()}
    with bare.listening(secret=SECRET) as address:
        found = post(f"{address}/webhooks/{path}", BODY, **said)
    assert (found[0], bare.hints(), bare.counted()) == (status, [], {word: 1})


def test_an_address_is_good_for_its_own_account(bare: School) -> None:
    other = address_of(bare.store, "hugo", "other")
    with bare.listening() as address:
        assert post(address + other, BODY)[0] == 404
        moved = bare.path.replace("/main/", "/other/")
        assert post(address + moved, BODY)[0] == 404


def test_without_a_secret_there_is_no_address_of_an_application(bare: School) -> None:
    with bare.listening() as address:
        body = BODY
        assert post(address + APPLICATION, body, **signed(body, ""))[0] == 404


def test_a_call_that_is_replayed_has_the_sheet_read_once_more_at_most(school: School) -> None:
    body = body_of(school)
    school.world.play(FIRST)
    with school.listening(secret=SECRET) as address:
        for _ in range(20):
            assert post(address + APPLICATION, body, **signed(body))[0] == 202
        assert school.hints() == [FIRST]
        school.later(minutes=10)
        sent = school.written()
        for _ in range(20):
            post(address + APPLICATION, body, **signed(body))
    assert school.later(minutes=10) == [("at_once", None)]
    assert (school.written(), school.codes()) == (sent, {"UP_COURSE_ALREADY_SENT"})
    assert school.counted() == {"noted": 2, "again": 38}


@pytest.mark.parametrize(
    ("body", "status", "word"),
    [
        (b"", 400, "unreadable"),
        (b"{", 400, "unreadable"),
        (b"[" * 100_000, 400, "unreadable"),
        (b"[]", 400, "unreadable"),
        (b'{"type": "on_course_locked"}', 400, "unreadable"),
        (b'{"type": "on_course_locked", "course": {"ID": 7}}', 400, "unreadable"),
        (b'{"type": "on_course_locked", "course": {"ID": "nobody"}}', 200, "not_ours"),
        (b'{"type": "on_course_locked", "course": {"ID": "a\\u0000b"}}', 400, "unreadable"),
        (b'{"type": "on_course_locked", "course": {"ID": "a\\ud800b"}}', 400, "unreadable"),
        (b'{"type": "on_student_sign", "course": {"ID": "x"}}', 200, "other_event"),
        (b" " * (LARGEST + 1), 413, "too_big"),
    ],
    ids=[
        "empty",
        "half",
        "deep",
        "list",
        "no-sheet",
        "number",
        "unknown",
        "nul",
        "half-pair",
        "event",
        "big",
    ],
)
def test_what_a_call_says_that_is_of_no_use_leaves_nothing(
    body: bytes, status: int, word: str, bare: School
) -> None:
    with bare.listening() as address:
        found = post(address + bare.path, body)
    assert (found[0], bare.hints(), bare.counted()) == (status, [], {word: 1})


def test_a_body_without_a_length_is_bounded_too(bare: School) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(LARGEST // 1024 + 1):
            yield b" " * 1024

    with bare.listening() as address:
        answer = requests.post(address + bare.path, data=endless(), timeout=10)
    assert (answer.status_code, bare.counted()) == (413, {"too_big": 1})


def test_an_address_has_so_many_calls_a_minute(bare: School) -> None:
    clock = Clock(bare.clock.now)
    allowance = Allowance(clock, 2)
    found = [allowance.take("192.0.2.1") for _ in range(3)]
    other = allowance.take("192.0.2.2")
    clock.later(minutes=1)
    assert (found, other, allowance.take("192.0.2.1")) == ([True, True, False], True, True)


def test_too_many_calls_are_refused_over_http(bare: School) -> None:
    with bare.listening(a_minute=2) as address:
        found = [post(address + bare.path, BODY)[0] for _ in range(3)]
    assert (found, bare.counted()) == ([200, 200, 429], {"not_ours": 2, "too_many": 1})


def test_a_hand_made_sheet_is_not_looked_at(school: School) -> None:
    row = dict(school.world.course(FIRST), API_ID="", API_TYPE="", ID="hand-made", id="hand-made")
    school.world.book.add("courses", row)
    with school.called():
        school.world.courses.archive(row)
        assert [one["status"] for one in school.world.book.webhooks.settle()] == [200]
    assert school.later(minutes=10) == []
    assert (school.hints(), school.counted()) == ([], {"not_ours": 1})


@pytest.mark.parametrize("up", [["20:30"], "with_down"])
def test_a_connector_without_at_once_says_so(
    up: Any, town: Town, make_world: Callable[..., World], store: Store
) -> None:
    school = School(town, make_world(), store, up)
    with school.listening() as address:
        found = post(address + school.path, body_of(school))
    words = "its attendance does not go up at once: `schedule: {up: at_once}`\n"
    assert (found, school.hints()) == ((403, words), [])


def test_what_waits_is_dropped_when_at_once_is_taken_out(school: School) -> None:
    with school.called():
        school.archive()
    schedule = {"down": ["18:00-21:00"], "up": ["20:30"]}
    school.town.write("hugo", school.world.erp_url, school.world.edusign, schedule=schedule)
    assert school.later(minutes=10) == []
    assert school.hints() == []


def test_a_runner_that_was_killed_between_is_gone_on_after(school: School) -> None:
    with school.called():
        school.archive()
    school.clock.later(minutes=10)
    school.world.now = school.clock.now
    school.rounds.planner.plan(school.clock.now)
    (row,) = slots_of(school.store, "hugo", "at_once")
    assert claim(school.store, row, "a runner that is gone")
    assert school.turn() == [("at_once", None)]
    assert (school.codes(), school.hints()) == ({"UP_SENT"}, [])


def test_a_note_that_was_lost_after_the_run_sends_nothing_again(school: School) -> None:
    with school.called():
        school.archive()
    school.later(minutes=10)
    sent = school.written()
    with school.listening() as address:  # as if the run had ended, and the hint had stayed
        post(address + school.path, body_of(school))
    assert school.later(minutes=10) == [("at_once", None)]
    assert school.written() == sent


def test_a_side_out_of_reach_is_tried_again_and_then_left_to_the_slots(school: School) -> None:
    with school.called():
        school.archive()
    school.world.faults.active.append(Fault("502", times=10_000))
    found = school.later(minutes=10)
    while (row := slots_of(school.store, "hugo", "at_once")[-1]).state == "due":
        school.clock.now = school.world.now = row.again_at
        found += [one for one in school.turn() if one[0] == "at_once"]
    school.world.faults.active.clear()
    assert set(found) == {("at_once", "EDU_UNREACHABLE")}
    assert (row.state, school.hints()) == ("failed", [])
    assert quarantine_of(school.store, "hugo", "up") is None
    school.at("2026-03-17T20:50")
    assert ("up", None) in school.turn()
    assert school.written() != []


def test_a_refused_sign_in_counts_for_the_way_up(school: School) -> None:
    (school.town.folder / "key").write_text("wrong")
    found = []
    for source_id in (FIRST, "7712002", "7712003"):
        with school.called():
            school.archive(source_id)
        found.append(school.later(minutes=10))
    held = quarantine_of(school.store, "hugo", "up")
    refused = [("at_once", "EDU_AUTH_FAILED")]
    assert (found, held and held.failures) == ([refused, refused, []], 2)
    states = [(row.state, row.code) for row in slots_of(school.store, "hugo", "at_once")]
    assert states[-1] == ("missed", "RUN_QUARANTINED")
    assert school.hints() == []


def test_the_console_lets_a_call_through_without_a_form_of_its_own(school: School) -> None:
    pages = webhook_pages(
        Webhooks(school.store, school.fleet, WebhookSettings(), school.clock), school.metrics
    )
    console = Console(school.store, school.fleet, school.clock, "http://127.0.0.1:8550")
    with listening(create_console(console, pages), ("127.0.0.1", 0)) as address:
        found = post(address + school.path, body_of(school))[0], requests.get(address, timeout=10)
    assert (found[0], found[1].url, school.hints()) == (202, f"{address}/sign-in", [FIRST])


@pytest.mark.parametrize("store", ["postgres"], indirect=True)
def test_a_worker_on_another_machine_finds_it_in_the_queue(school: School) -> None:
    from edusync.app.runner.queue import Queue

    with school.called():
        school.archive()
    school.clock.later(minutes=10)
    school.world.now = school.clock.now
    queue = Queue(school.store, 30)
    queue.open()
    rounds = Rounds(school.store, school.fleet, queue, "scheduler", school.clock)
    rounds.plan()
    rounds.hand_out()
    (job,) = queue.app.job_manager.list_jobs()
    queue.close()
    names = ("connector", "direction", "day", "slot")
    connector, direction, day, slot = (str(job.task_kwargs[name]) for name in names)
    key = (connector, direction, date.fromisoformat(day), slot)
    row = due_slot(school.store, school.clock(), *key)
    assert row is not None
    school.workers.work.do(row)
    assert (school.ended, school.codes()) == ([("at_once", None)], {"UP_SENT"})


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_what_a_server_heard_before_it_was_killed_is_not_lost(school: School) -> None:
    folder = school.town.folder
    (folder / "edusync.yaml").write_text(
        "edusync: 1\nweb: {listen: '127.0.0.1:0'}\nwebhooks: {settle: 5min}\n", encoding="utf-8"
    )
    start = [sys.executable, "-u", "-m", "edusync", "serve", "--at", "2026-03-17T12:30"]
    with subprocess.Popen(start, stderr=subprocess.PIPE, text=True, cwd=folder) as process:
        watchdog = Timer(60, process.kill)
        watchdog.start()
        assert process.stderr is not None
        said = next(found for line in process.stderr if (found := _METRICS.search(line)))
        school.world.book.webhooks.registered = [Webhook(said[1] + school.path)]
        answered = school.archive()
        process.kill()
        watchdog.cancel()
    assert (answered, school.hints()) == ([202], [FIRST])
    early = edusync("run", "--due", "--at", "2026-03-17T12:34", cwd=folder)
    assert (early.returncode, school.written()) == (0, [])
    late = edusync("run", "--due", "--at", "2026-03-17T12:36", cwd=folder)
    assert (late.returncode, school.codes()) == (0, {"UP_SENT"})
    LOG.handlers = [logging.NullHandler()]


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_one_sheet_goes_up_by_hand_and_the_next_run_looks_at_the_others(school: School) -> None:
    school.world.play(FIRST, "7712002")
    at = ("--at", "2026-03-17T19:30")
    folder = school.town.folder
    one = edusync("writeback", "hugo", "--only", FIRST, *at, cwd=folder)
    assert (one.returncode, school.codes()) == (0, {"UP_SENT"})
    assert "7712002" not in one.stdout
    rest = edusync("writeback", "hugo", *at, cwd=folder)
    assert rest.returncode == 0, rest.stdout
    run = school.store.runs("hugo", direction="up")[0]
    found = {
        (event["source_id"], event["code"])
        for event in school.store.events(run["id"], code=None, kind="course", source_id=None)
    }
    assert found == {(FIRST, "UP_COURSE_ALREADY_SENT"), ("7712002", "UP_SENT")}
    nobody = edusync("writeback", "hugo", "--only", "404", *at, cwd=folder)
    assert nobody.returncode == 1
    LOG.handlers = [logging.NullHandler()]


def test_the_command_prints_an_address_for_each_account(bare: School) -> None:
    folder = bare.town.folder
    bare.town.write("zola")
    (folder / "edusync.yaml").write_text(
        "edusync: 1\nweb: {listen: '127.0.0.1:0', url: 'https://edusync.example'}\n"
        "webhooks: {client_secret: 'x'}\n",
        encoding="utf-8",
    )
    said = edusync("webhooks", cwd=folder)
    other = address_of(bare.store, "zola", "main")
    assert (said.returncode, said.stdout.splitlines()) == (
        0,
        [
            "application",
            f"    https://edusync.example{APPLICATION}",
            "hugo",
            f"    main: https://edusync.example{bare.path}",
            "zola  (off: `schedule: {up: at_once}` switches it on)",
            f"    main: https://edusync.example{other}",
        ],
    )
    assert edusync("webhooks", "hugo", cwd=folder).stdout.splitlines()[0] == "hugo"
    assert edusync("webhooks", "nobody", cwd=folder).returncode == 2


def test_how_long_a_sheet_settles_stands_in_the_project(bare: School) -> None:
    file = bare.town.folder / "edusync.yaml"
    file.write_text("edusync: 1\nwebhooks: {settle: 90s}\n", encoding="utf-8")
    assert load_settings(file).webhooks == WebhookSettings(timedelta(seconds=90))
    file.write_text("edusync: 1\n", encoding="utf-8")
    assert load_settings(file).webhooks == WebhookSettings(timedelta(minutes=10))


def test_the_console_says_why_it_did_not_go(school: School) -> None:
    with school.called():
        school.archive()
    school.unarchive()
    school.later(minutes=10)
    item = Item("course", "main", FIRST, None, None)
    found = why(school.store, "hugo", item)
    assert [one.code for one in found.reasons] == ["UP_COURSE_NOT_ARCHIVED"]
    assert dict(found.steps)["up"] == "reason"
