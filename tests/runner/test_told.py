"""Somebody is told what needs a person, once when it begins and once when it is over."""

from __future__ import annotations

import json
import logging
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import time
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
import requests

from edusync.app.runner.alerts import Apprise, tell_digest
from edusync.app.runner.endings import Ended
from edusync.app.runner.log import LOG
from edusync.app.runner.needs import Need
from edusync.app.runner.watch import Watch
from edusync.app.runner.web import create_app, health, listening
from edusync.errors import ConfigurationProblem, StateError
from edusync.sandbox.serve import serving
from edusync.state.episodes import open_episodes
from tests.conftest import World
from tests.runner.conftest import START, Clock, Town
from tests.runner.test_work import slot_at
from tests.support.commands import edusync

# Apprise imports a module of Python 3.11 that 3.13 has no more, where it is there
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
AT = "2026-03-16T12:45"
LATER = "2026-03-16T19:55"


class Mailbox:
    """A server that takes messages and signs of life."""

    def __init__(self) -> None:
        self.messages: list[tuple[str, str]] = []
        self.alive = 0
        self.broken = False

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        length = int(environ.get("CONTENT_LENGTH") or 0)
        body = environ["wsgi.input"].read(length)
        if self.broken:
            start_response("503 Service Unavailable", [("Content-Length", "0")])
            return [b""]
        if environ["PATH_INFO"].startswith("/alive"):
            self.alive += 1
        else:
            data = json.loads(body)
            self.messages.append((data["title"], data["message"]))
        start_response("200 OK", [("Content-Length", "2")])
        return [b"ok"]

    @property
    def titles(self) -> list[str]:
        return [title for title, _ in self.messages]


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def told_town(
    town: Town, make_world: Callable[..., World], mailbox: Mailbox
) -> Iterator[tuple[Town, World]]:
    world = make_world()
    town.write("hugo", world.erp_url, world.edusign)
    with serving(mailbox) as address:
        port = address.rpartition(":")[2]
        (town.folder / "edusync.yaml").write_text(
            "edusync: 1\n"
            f"runner: {{alive_url: '{address}/alive'}}\n"
            f"alerts: {{urls: ['json://127.0.0.1:{port}/'], digest: '19:00'}}\n",
            encoding="utf-8",
        )
        yield town, world
    LOG.handlers = [logging.NullHandler()]


def run_due(town: Town, at: str = AT) -> None:
    edusync("run", "--due", "--at", at, cwd=town.folder)


@pytest.mark.promise("P11")
def test_a_failure_is_told_once_and_once_when_it_is_over(
    told_town: tuple[Town, World], mailbox: Mailbox
) -> None:
    town, _ = told_town
    (town.folder / "key").write_text("wrong")
    run_due(town)
    run_due(town, "2026-03-16T12:50")
    (town.folder / "key").write_text("sandbox-key")
    run_due(town, "2026-03-16T12:55")
    assert mailbox.titles == [
        "edusync: EDU_AUTH_FAILED, 1 connector",
        "edusync: EDU_AUTH_FAILED is over, 1 connector",
    ]


@pytest.mark.promise("P17")
def test_a_message_says_what_to_do_and_names_no_secret(
    told_town: tuple[Town, World], mailbox: Mailbox
) -> None:
    town, _ = told_town
    (town.folder / "key").write_text("wrong-canary")
    run_due(town)
    body = mailbox.messages[0][1]
    assert "hugo: failed 1 times in a row (down: EDU_AUTH_FAILED)" in body
    assert "    edusync run hugo" in body
    assert "canary" not in body


def test_an_alert_that_does_not_arrive_is_sent_again(
    told_town: tuple[Town, World], mailbox: Mailbox
) -> None:
    town, _ = told_town
    (town.folder / "key").write_text("wrong")
    mailbox.broken = True
    run_due(town)
    nobody = open_episodes(town.store)
    mailbox.broken = False
    run_due(town, "2026-03-16T12:50")
    assert (nobody, mailbox.titles) == (set(), ["edusync: EDU_AUTH_FAILED, 1 connector"])


def test_a_digest_comes_once_a_day(told_town: tuple[Town, World], mailbox: Mailbox) -> None:
    town, _ = told_town
    run_due(town)
    before = list(mailbox.titles)
    run_due(town, LATER)
    run_due(town, "2026-03-16T20:00")
    assert (before, mailbox.titles) == ([], ["edusync: 1 connector, 0 things to settle"])


def test_a_round_gives_a_sign_of_life(told_town: tuple[Town, World], mailbox: Mailbox) -> None:
    run_due(told_town[0])
    assert mailbox.alive == 1


@pytest.mark.promise("P19")
def test_the_answer_to_a_sign_of_life_is_not_read(town: Town) -> None:
    read_to_its_end: list[bool] = []

    def endless(_environ: dict[str, Any], start_response: Any) -> Iterator[bytes]:
        start_response("200 OK", [("Content-Length", "30000000")])
        yield from [b"x" * 100_000] * 300
        read_to_its_end.append(True)

    with serving(endless) as address:
        (town.folder / "edusync.yaml").write_text(
            f"edusync: 1\nrunner: {{alive_url: '{address}/alive'}}\n", encoding="utf-8"
        )
        run_due(town)
    LOG.handlers = [logging.NullHandler()]
    assert read_to_its_end == []


def test_a_digest_lists_what_to_settle(town: Town) -> None:
    sent: list[tuple[str, str]] = []

    def send(title: str, body: str) -> bool:
        sent.append((title, body))
        return True

    need = Need("hugo", "UP_IN_DOUBT", "2 in the run up", "edusync explain hugo attendance 7")
    at = START.replace(hour=9)
    assert tell_digest(town.store, [need], 3, send, at, time(8))
    assert sent == [
        (
            "edusync: 3 connectors, 1 things to settle",
            "hugo: UP_IN_DOUBT: 2 in the run up\n    edusync explain hugo attendance 7",
        )
    ]


def test_an_address_that_nobody_knows_is_said_without_repeating_it() -> None:
    with pytest.raises(ConfigurationProblem) as stopped:
        Apprise(["json://127.0.0.1/", "carrier-pigeon-canary"])
    assert stopped.value.message == "Apprise does not know the address number 2 of alerts.urls"


class Dripping:
    """A server that takes each message and drips its answer, a byte when it is told to."""

    def __init__(self) -> None:
        self.goes_on, self.taken = threading.Event(), 0

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        self.taken += 1
        start_response("200 OK", [("Content-Length", "30000000")])
        while not self.goes_on.wait(0.01):
            yield b"."


@pytest.mark.fault("F21")
@pytest.mark.promise("P11")
def test_a_receiver_that_drips_holds_up_nobody(mailbox: Mailbox) -> None:
    """Who got a message does not get it again while another address does not take it."""
    dripping = Dripping()
    with serving(mailbox) as good, serving(dripping) as bad:
        send = Apprise([url.replace("http", "json") for url in (bad, good)], within=2)
        began = monotonic()
        arrived = [send("edusync: a", "words") for _ in range(2)]
        took = monotonic() - began
        dripping.goes_on.set()
    assert (arrived, took < 10) == ([False, False], True)
    assert (mailbox.titles, dripping.taken) == (["edusync: a"], 1)


@pytest.mark.promise("P11")
def test_what_arrived_everywhere_is_sent_when_it_is_so_again(mailbox: Mailbox) -> None:
    with serving(mailbox) as address:
        send = Apprise([address.replace("http", "json")])
        assert [send("edusync: a", "words") for _ in range(2)] == [True, True]
    assert mailbox.titles == ["edusync: a"] * 2


@contextmanager
def watched() -> Iterator[tuple[Watch, str]]:
    watch = Watch(Clock(START))
    with listening(create_app(health(watch)), ("127.0.0.1", 0)) as address:
        yield watch, address


def code(address: str, page: str) -> int:
    return requests.get(f"{address}/{page}", timeout=10).status_code


def test_a_runner_is_alive_before_it_is_ready() -> None:
    with watched() as (watch, address):
        before = code(address, "healthz"), code(address, "readyz")
        watch.round()
        after = code(address, "healthz"), code(address, "readyz")
    assert (before, after) == ((200, 503), (200, 200))


def test_a_store_that_cannot_be_used_is_not_ready() -> None:
    with watched() as (watch, address):
        watch.round()
        watch.trouble(StateError("RUN_STATE_UNUSABLE", "the disk is full"))
        answer = requests.get(f"{address}/readyz", timeout=10)
    assert (answer.status_code, answer.text) == (503, "RUN_STATE_UNUSABLE: the disk is full\n")


def test_metrics_count_slots_by_how_they_ended() -> None:
    with watched() as (watch, address):
        watch.slot(slot_at(0), Ended("done", status="success"), 2.0)
        watch.slot(slot_at(0), Ended("sign_in", "EDU_AUTH_FAILED"), 1.0)
        page = requests.get(f"{address}/metrics", timeout=10).text
    assert 'edusync_slots_total{direction="down",ended="done"} 1.0' in page
    assert 'edusync_slots_total{direction="down",ended="sign_in"} 1.0' in page
    assert 'edusync_last_success_timestamp_seconds{connector="hugo",direction="down"}' in page


MONITORING = Path(__file__).parents[2] / "docs" / "monitoring"


@pytest.mark.parametrize("file", ["grafana.json", "alert-rules.yaml"])
def test_rules_and_dashboard_name_counters_that_there_are(file: str) -> None:
    text = (MONITORING / file).read_text(encoding="utf-8")
    page = Watch(Clock(START)).metrics.page().decode("utf-8")
    known = set(re.findall(r"^# TYPE (\w+)", page, re.MULTILINE))
    named = {name.removesuffix("_bucket") for name in re.findall(r"\bedusync_\w+", text)}
    assert len(named) > 3
    assert named - known == set()


def test_rules_and_dashboard_can_be_read() -> None:
    from ruamel.yaml import YAML

    rules = YAML(typ="safe").load((MONITORING / "alert-rules.yaml").read_text(encoding="utf-8"))
    dashboard = json.loads((MONITORING / "grafana.json").read_text(encoding="utf-8"))
    assert len(rules["groups"][0]["rules"]) == 4
    assert len({panel["id"] for panel in dashboard["panels"]}) == 6


def test_nothing_can_be_changed_through_the_server() -> None:
    with watched() as (_, address):
        answers = {
            requests.post(f"{address}/{page}", timeout=10).status_code
            for page in ("healthz", "readyz", "metrics")
        }
    assert answers == {405}


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    with watched() as (_, address):
        (tmp_path / "connectors").mkdir()
        (tmp_path / "edusync.yaml").write_text(
            f"edusync: 1\nweb: {{listen: '{address.removeprefix('http://')}'}}\n", encoding="utf-8"
        )
        done = edusync("serve", cwd=tmp_path)
    assert (done.returncode, "nothing can listen at 127.0.0.1" in done.stderr) == (2, True)
