"""`edusync worker`."""

from __future__ import annotations

from contextlib import ExitStack

import click

from edusync.cli.options import common, common_options


@click.command("worker")
@click.option(
    "--log",
    "log_form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How what happens is said on the error stream.",
)
@click.option(
    "--listen",
    metavar="HOST:PORT",
    help="Answer /healthz, /readyz and /metrics there; a worker listens nowhere when not said.",
)
@common
def command(log_form: str, listen: str | None) -> None:
    """Do slots of the project that stand in its queue, until Ctrl-C or SIGTERM.

    For projects with `queue: true`, on as many machines as one likes; one `edusync serve` puts the
    slots there. A write under way is finished and recorded within 10 seconds; others go on with the
    rest. Exit code 0 when it was told to stop.
    """
    from edusync.app.files.project_file import read_listen
    from edusync.app.runner.cluster import check_queue
    from edusync.app.runner.log import LOG, log_to_stderr
    from edusync.app.runner.watch import Watch
    from edusync.app.runner.web import create_app, health, listening
    from edusync.cli.serve import leave
    from edusync.errors import UsageProblem

    options = common_options()
    log_to_stderr("json" if log_form == "json" else "text")
    project = options.needed_project()
    settings, store, clock = project.settings, options.store(), options.clock()
    if not settings.queue:
        hint = "write `runner: {queue: true}` into edusync.yaml, or use `edusync serve` alone"
        raise UsageProblem("RUN_USAGE", "the project has no queue", hint)
    check_queue(store)
    from edusync.app.runner.queue_worker import QueueWorker

    fleet, watch = options.fleet(project), Watch(clock)
    worker = QueueWorker(store, fleet, clock, settings.at_once, watch, settings.lost_after)
    with ExitStack() as stack:
        words = ""
        if listen is not None:
            served = listening(create_app(health(watch)), read_listen(listen))
            words = f", {stack.enter_context(served)}/metrics"
        LOG.info("working%s", words)
        worker.serve()
    LOG.info("stopped")
    leave(0, is_idle=False)
