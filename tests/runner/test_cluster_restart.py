"""PostgreSQL is restarted, or crashes, in the middle of a run: everybody goes on by themselves."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Callable
from contextlib import closing

import pytest

from edusync.state.open import open_store
from tests.conftest import World
from tests.runner.conftest import Town
from tests.runner.test_cluster import Cluster
from tests.runner.test_processes import doubles, lines
from tests.support.own_postgres import own_postgres


@pytest.mark.fault("F10")
@pytest.mark.slow
@pytest.mark.parametrize("how", ["fast", "immediate"])
def test_a_restart_in_the_middle_of_a_run_doubles_nothing(
    town: Town, make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setenv("EDUSYNC_STATE_KEY", "a key of the tests")
    with own_postgres() as server, closing(open_store(server.url)) as store:
        cluster = Cluster(town, make_world(), store)
        came, go = cluster.halt_at_a_write()
        with cluster.serving() as scheduler, cluster.working() as worker:
            assert came.wait(60)
            server.stop(how)
            go.set()
            cluster.world.settle()
            server.start()
            began = time.monotonic()
            store.engine.dispose()
            cluster.until_done("down")
            took = time.monotonic() - began
            for process in (worker, scheduler):
                process.send_signal(signal.SIGTERM)
                assert process.wait(15) == 0
                assert list(lines(process))[-1]["words"] == "stopped"  # each line is JSON
        ended = [status for way, status in cluster.runs() if way == "down"]
    assert ended.count("success") == 1
    assert doubles(cluster.world) == []
    assert took < 60


@pytest.mark.fault("F10")
@pytest.mark.slow
def test_runners_without_a_queue_go_on_after_a_restart(
    town: Town, make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDUSYNC_STATE_KEY", "a key of the tests")
    with own_postgres() as server, closing(open_store(server.url)) as store:
        cluster = Cluster(town, make_world(), store)
        project = json.dumps({"edusync": 1, "store": server.url})
        (cluster.folder / "edusync.yaml").write_text(project, encoding="utf-8")
        came, go = cluster.halt_at_a_write()
        with cluster.serving() as one, cluster.serving() as other:
            assert came.wait(60)
            server.stop("fast")
            go.set()
            cluster.world.settle()
            server.start()
            store.engine.dispose()
            cluster.until_done("down")
            for process in (one, other):
                process.send_signal(signal.SIGTERM)
                assert process.wait(15) == 0
        ended = [status for way, status in cluster.runs() if way == "down"]
    assert ended.count("success") == 1
    assert doubles(cluster.world) == []
