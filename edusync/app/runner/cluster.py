"""Several machines: whether this project and this installation can do it."""

from __future__ import annotations

import logging
from importlib.util import find_spec
from typing import TYPE_CHECKING

from edusync.errors import ConfigurationProblem, UsageProblem

if TYPE_CHECKING:
    from edusync.app.files.project_file import Settings
    from edusync.app.runner.queue import Queue
    from edusync.state.store import Store


def check_queue(store: Store) -> None:
    """Raise UsageProblem for a store without a server, ConfigurationProblem without the extra.

    The libraries below keep their own log to themselves from then on: a line of theirs among those
    of the runner would be no JSON.
    """
    if store.engine.dialect.name != "postgresql":
        raise UsageProblem(
            "RUN_USAGE",
            "a queue needs a store on PostgreSQL, and this store is a file",
            "`edusync state move` takes a store there; or take `queue: true` out of edusync.yaml",
        )
    if find_spec("procrastinate") is None:
        raise ConfigurationProblem(
            "CONF_DRIVER_MISSING",
            "the queue is kept by Procrastinate, which is not installed",
            "pip install 'edusync[cluster]'",
        )
    everything = logging.getLogger()
    if not everything.handlers:  # what happens is said in the runner's log, line by line
        everything.addHandler(logging.NullHandler())


def open_queue(store: Store, settings: Settings) -> Queue | None:
    """Return the queue that a project names, connected; None when it names none."""
    if not settings.queue:
        return None
    check_queue(store)
    from edusync.app.runner.queue import Queue

    queue = Queue(store, settings.lost_after)
    queue.open()
    return queue
