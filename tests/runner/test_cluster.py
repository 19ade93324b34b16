"""Workers as processes that share PostgreSQL: killed, frozen, told to stop, and the queue lost."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import Popen
from typing import Any
from urllib.request import urlopen

import pytest
from sqlalchemy import text

from edusync.app.runner.queue import Queue, prepare, schema_of
from edusync.state.sessions import APPLICATION, KEEPALIVE
from edusync.state.slots import SlotRow, slots_of
from edusync.state.store import Store
from tests.conftest import World
from tests.runner.conftest import Town
from tests.runner.test_processes import DAY, Fleet, doubles, lines, until
from tests.runner.test_work import slot_at
from tests.state.test_store import store
from tests.support.commands import edusync
from tests.support.written import once_written

__all__ = ["store"]  # a fixture: here the one with PostgreSQL

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("store", ["postgres"], indirect=True)]
LOST_AFTER = 3


class Cluster(Fleet):
    """A scheduler and workers of one connector, with a store on PostgreSQL."""

    def __init__(self, town: Town, world: World, store: Store) -> None:
        super().__init__(town, world)
        self.store = store
        self.url = store.engine.url.render_as_string(hide_password=False)
        runner = {"queue": True, "lost_after": f"{LOST_AFTER}s", "at_once": 2}
        project = {"edusync": 1, "store": self.url, "runner": runner}
        (self.folder / "edusync.yaml").write_text(json.dumps(project), encoding="utf-8")
        self.writes: list[str] = []
        inner = world.sides[0].application

        def counted(environ: dict[str, Any], start_response: Any) -> Any:
            if environ["REQUEST_METHOD"] != "GET":
                self.writes.append(environ["PATH_INFO"])
            return inner(environ, start_response)

        world.sides[0].application = counted

    @contextmanager
    def working(self, *more: str) -> Iterator[Popen[str]]:
        with self.serving(*more, command="worker") as process:
            until(process, "working" if not more else f"working, http://{more[1]}/metrics")
            yield process

    def slots(self, direction: str = "down") -> list[SlotRow]:
        return slots_of(self.store, "hugo", direction)

    def runs(self) -> list[tuple[str, str]]:
        return [(run["direction"], run["status"]) for run in self.store.runs("hugo")]

    def jobs(self) -> list[dict[str, Any]]:
        with self.store.reading() as connection:
            found = connection.execute(text(f"SELECT * FROM {schema_of()}.procrastinate_jobs"))
            return [dict(row) for row in found.mappings()]

    def until_done(self, direction: str) -> None:
        """Wait until any of several processes has done the first slot."""
        once_written(
            self.store, "slot", lambda: [row.state for row in self.slots(direction)[:1]] == ["done"]
        )

    def until_queued(self) -> list[dict[str, Any]]:
        """Wait until a scheduler has put jobs into the queue; return them."""
        prepare(self.store)  # as the scheduler does, whoever comes first
        return once_written(self.store, self.queue, self.jobs)

    @property
    def queue(self) -> str:
        """The table of the jobs."""
        return f"{schema_of()}.procrastinate_jobs"


@pytest.fixture
def cluster(town: Town, make_world: Callable[..., World], store: Store) -> Cluster:
    return Cluster(town, make_world(), store)


@pytest.mark.fault("F8")
@pytest.mark.promise("P4")
def test_two_workers_do_each_slot_once(cluster: Cluster) -> None:
    with cluster.serving(), cluster.working() as one, cluster.working() as other:
        cluster.until_done("down")
        for worker in (one, other):
            worker.send_signal(signal.SIGTERM)
            assert worker.wait(15) == 0
    assert cluster.runs() == [("down", "success")]


def test_the_queue_holds_ids_only(cluster: Cluster) -> None:
    with cluster.serving():
        (job,) = cluster.until_queued()
    slot = "11:30-13:30"
    assert (job["lock"], job["queueing_lock"]) == ("hugo", f"hugo/down/{DAY}/{slot}")
    assert job["args"] == {"connector": "hugo", "direction": "down", "day": DAY, "slot": slot}
    assert cluster.slots()[0].state == "due"


def test_a_queue_that_was_lost_is_filled_from_the_slots(cluster: Cluster) -> None:
    with cluster.serving():
        cluster.until_queued()
        with cluster.store.writing() as connection:
            connection.execute(text(f"DROP SCHEMA {schema_of()} CASCADE"))
        with cluster.working() as worker:
            until(worker, "success")
    assert cluster.slots()[0].state == "done"


@pytest.mark.fault("F11")
@pytest.mark.promise("P1")
def test_a_worker_that_is_killed_is_gone_on_after(cluster: Cluster) -> None:
    came, go = cluster.halt_at_a_write()
    with cluster.serving(), cluster.working() as first:
        assert came.wait(60)
        first.kill()
        first.wait(15)
        began = time.monotonic()
        go.set()
        cluster.world.settle()
        with cluster.working() as second:
            until(second, "success")
        took = time.monotonic() - began
    assert cluster.slots()[0].state == "done"
    assert doubles(cluster.world) == []
    assert took < 60


@pytest.mark.fault("F9")
@pytest.mark.promise("P5")
def test_a_worker_that_is_frozen_loses_its_slot_and_writes_no_more(cluster: Cluster) -> None:
    came, go = cluster.halt_at_a_write()
    with cluster.serving(), cluster.working() as first:
        assert came.wait(60)
        first.send_signal(signal.SIGSTOP)
        began = time.monotonic()
        go.set()
        cluster.world.settle()
        with cluster.working() as second:
            until(second, "success")
            took = time.monotonic() - began
            writes = len(cluster.writes)
            first.send_signal(signal.SIGCONT)
            trouble = next(line for line in lines(first) if line["level"] == "error")
            for worker in (first, second):
                worker.send_signal(signal.SIGTERM)
                assert worker.wait(15) == 0
                assert list(lines(worker))[-1]["words"] == "stopped"  # each line is JSON
    assert trouble["code"] == "RUN_STATE_UNUSABLE"
    assert len(cluster.writes) == writes
    assert doubles(cluster.world) == []
    assert took < 60
    ended = [status for way, status in cluster.runs() if way == "down"]
    assert (len(ended), ended.count("success")) == (2, 1)


@pytest.mark.fault("F26")
@pytest.mark.promise("P22")
def test_a_worker_that_is_told_to_stop_finishes_the_write_under_way(cluster: Cluster) -> None:
    came, go = cluster.halt_at_a_write()
    with cluster.serving() as scheduler, cluster.working() as worker:
        assert came.wait(60)
        scheduler.kill()
        worker.send_signal(signal.SIGTERM)
        began = time.monotonic()
        go.set()
        assert worker.wait(15) == 0
        took = time.monotonic() - began
    assert (cluster.slots()[0].state, took < 10) == ("due", True)
    assert 1 <= len(cluster.world.book.tables["courses"]) <= 4  # so many are made at once


def test_a_job_whose_slot_is_paused_meanwhile_does_nothing(cluster: Cluster) -> None:
    with cluster.serving() as scheduler:
        cluster.until_queued()
        scheduler.kill()
    paused = edusync(
        "pause",
        "hugo",
        "--reason",
        "holidays",
        "--until",
        "2026-03-17T00:00",
        "--at",
        "2026-03-16T12:45",
        cwd=cluster.folder,
    )
    assert paused.returncode == 0, paused.stderr
    with cluster.working():
        once_written(cluster.store, cluster.queue, lambda: not cluster.jobs())
    assert (cluster.jobs(), cluster.runs(), cluster.slots()[0].state) == ([], [], "due")


def test_a_slot_stands_in_the_queue_once(store: Store) -> None:
    first, second = Queue(store, 30), Queue(store, 30)
    for queue in (first, second):
        queue.open()
    row = slot_at(0)
    for queue in (first, second, first):
        queue.room()
        queue.take(row)
    second._queued = set()  # as one who looked before the other put it there
    second.take(row)
    count = len(list(first.app.job_manager.list_jobs()))
    for queue in (first, second):
        queue.close()
    assert count == 1


def test_a_machine_that_is_gone_is_asked_for_a_sign(store: Store) -> None:
    with store.reading() as connection:
        said = [
            connection.execute(text(f"SHOW {name}")).scalar()
            for name in (*KEEPALIVE, "application_name")
        ]
    assert said == ["10", "5", "3", APPLICATION]


def test_a_worker_elsewhere_runs_what_was_deployed(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    file = cluster.folder / "connectors" / "hugo.yaml"
    nearby = file.read_text(encoding="utf-8")
    file.write_text(nearby.replace("${file:..", f"${{file:{cluster.folder}"), encoding="utf-8")
    project = json.loads((cluster.folder / "edusync.yaml").read_text(encoding="utf-8"))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    settings = json.dumps({**project, "deployed": True})
    (elsewhere / "edusync.yaml").write_text(settings, encoding="utf-8")
    there = ("--project", str(elsewhere))
    with cluster.serving(*there), cluster.serving(*there, command="worker") as worker:
        deployed = edusync("deploy", str(cluster.folder), "--yes")
        assert deployed.returncode == 0, deployed.stderr
        until(worker, "success")
    assert cluster.slots()[0].state == "done"


def test_a_worker_elsewhere_reads_secrets_of_the_store(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("EDUSYNC_SECRET_KEY", "a long random text of the operator such as this")
    file = cluster.folder / "connectors" / "hugo.yaml"
    data = json.loads(file.read_text(encoding="utf-8"))
    keys = {"hugo/erp": (cluster.folder / "erp.key").read_text(), "hugo/edusign": "sandbox-key"}
    data["connection"]["apiKey"] = "${store:hugo/erp}"
    data["accounts"][0]["edusign"]["api_key"] = "${store:hugo/edusign}"
    file.write_text(json.dumps(data), encoding="utf-8")
    project = json.loads((cluster.folder / "edusync.yaml").read_text(encoding="utf-8"))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    settings = json.dumps({**project, "deployed": True})
    (elsewhere / "edusync.yaml").write_text(settings, encoding="utf-8")
    there = ("--project", str(elsewhere))
    for name, value in keys.items():
        assert edusync("secret", "set", name, *there, stdin=value).returncode == 0
    assert edusync("deploy", str(cluster.folder), "--yes").returncode == 0
    with cluster.serving(*there), cluster.serving(*there, command="worker") as worker:
        said = until(worker, "success")
    assert cluster.slots()[0].state == "done"
    assert not any(value in str(said) for value in keys.values())
    exported = edusync("release", "export", str(tmp_path / "out"), *there)
    written = (tmp_path / "out" / "connectors" / "hugo.yaml").read_text(encoding="utf-8")
    assert (exported.returncode, written) == (0, file.read_text(encoding="utf-8"))


def test_a_worker_answers_whether_it_is_ready(cluster: Cluster) -> None:
    address = "127.0.0.1:18553"
    with cluster.serving(), cluster.working("--listen", address) as worker:
        with urlopen(f"http://{address}/healthz") as answer:
            assert answer.status == 200
        until(worker, "success")  # so it has been in a round
        with urlopen(f"http://{address}/readyz") as answer:
            assert answer.status == 200
        with urlopen(f"http://{address}/metrics") as answer:
            assert b"edusync_last_round_timestamp_seconds 0.0" not in answer.read()


def test_a_project_without_a_queue_has_no_workers(cluster: Cluster) -> None:
    (cluster.folder / "edusync.yaml").write_text("edusync: 1\n", encoding="utf-8")
    said = edusync("worker", "--state", cluster.url, cwd=cluster.folder)
    assert (said.returncode, "has no queue" in said.stderr) == (2, True)


def test_a_queue_needs_a_server(cluster: Cluster) -> None:
    state = str(cluster.folder / "other.db")
    for command in ("serve", "worker"):
        said = edusync(command, "--state", state, cwd=cluster.folder)
        assert (said.returncode, "needs a store on PostgreSQL" in said.stderr) == (2, True)
