"""`edusync web`."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from threading import Event
from typing import TYPE_CHECKING

import click

from edusync.cli.options import common, common_options

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from edusync.app.files.project_file import Settings
    from edusync.app.runner.fleet import Fleet
    from edusync.app.runner.watch import Watch
    from edusync.web.console import Console

_DEFAULT = ("127.0.0.1", 8550)
_LOOKS_EVERY = 15.0
"""Seconds after which connector files are looked at again."""


@click.command("web")
@common
def command() -> None:
    """Open the console of the project, without running its connectors, until Ctrl-C or SIGTERM.

    `edusync serve` has it, too, where `web` in edusync.yaml says on which port. The first start
    prints a link by which the first operator chooses a name and a password.
    """
    from edusync.app.runner.log import log_to_stderr

    options = common_options()
    log_to_stderr("text")
    serve_console(options.fleet(options.needed_project(secrets=True)), options.clock())


def serve_console(fleet: Fleet, clock: Callable[[], datetime]) -> None:
    """Serve the console of a project until KeyboardInterrupt, and look at its files meanwhile."""
    from edusync.app.runner.watch import Watch

    check_installed()
    settings, watch, stop = fleet.project.settings, Watch(clock), Event()
    fleet.calendars()
    with open_console(fleet, settings, watch, settings.listen or _DEFAULT):
        try:
            while True:
                fleet.calendars()
                watch.round()
                stop.wait(_LOOKS_EVERY)
        except KeyboardInterrupt:
            click.echo("stopped", err=True)


def check_installed() -> None:
    """UsageProblem when the extra `web` is not there."""
    from edusync.errors import UsageProblem

    if not is_installed():
        raise UsageProblem(
            "RUN_USAGE", "the console is not installed", "pip install 'edusync[web]'"
        )


def is_installed() -> bool:
    """Whether the extra `web` is there."""
    return all(find_spec(name) is not None for name in ("flask_wtf", "argon2", "babel"))


@contextmanager
def open_console(
    fleet: Fleet, settings: Settings, watch: Watch, listen: tuple[str, int]
) -> Iterator[str]:
    """Serve the console, what the runner says of itself, and what Edusign calls; yield the address.

    Without the extra `web` only the latter two.
    """
    from edusync.app.runner.log import LOG
    from edusync.app.runner.web import create_app, health, is_own_machine, listening
    from edusync.app.runner.webhook_pages import webhook_pages
    from edusync.app.runner.webhooks import Webhooks

    url = settings.web_url or _url(listen)
    hooks = Webhooks(common_options().store(), fleet, settings.webhooks, watch.now)
    beside = health(watch), webhook_pages(hooks, watch.metrics)
    with ExitStack() as stack:
        if is_installed():
            from edusync.web.app import create_console

            application = create_console(_console(stack, fleet, settings, watch, url), *beside)
        else:
            application = create_app(*beside)
        proxy = settings.trusted_proxy
        address = stack.enter_context(listening(application, listen, trusted_proxy=proxy))
        if is_installed():
            LOG.info("the console is at %s", settings.web_url or address)
            if not url.startswith("https:") and not is_own_machine(url):
                LOG.warning("nobody can sign in without https: say `url` below `web`")
            _invite_first(settings.web_url or address, watch)
        yield address


def weekly_summaries(
    fleet: Fleet, watch: Watch, settings: Settings, url: str
) -> Callable[[], None] | None:
    """Return what sends the weekly summaries that are due, None where no mail is sent."""
    if settings.mail is None or not is_installed():
        return None
    from edusync.app.console.mailer import Mailer
    from edusync.app.console.weekly import Summaries

    mailer = Mailer(settings.mail)
    return Summaries(common_options().store(), fleet, mailer, watch.now, url).send_due


def _console(stack: ExitStack, fleet: Fleet, settings: Settings, watch: Watch, url: str) -> Console:
    from edusync.app.console.mailer import Mailer
    from edusync.web.console import Console

    mailer = None if settings.mail is None else Mailer(settings.mail)
    console = Console(common_options().store(), fleet, watch.now, url, mailer, settings.oidc)
    stack.callback(console.close)
    return console


def _invite_first(url: str, watch: Watch) -> None:
    """Print the link of the first operator; on the terminal alone, for it opens everything."""
    from edusync.app.console.accounts import invite_first

    token = invite_first(common_options().store(), watch.now())
    if token is not None:
        click.echo(
            "The first operator chooses a name and a password here, once, within a day:\n\n"
            f"    {url}/welcome/{token}\n"
        )


def _url(listen: tuple[str, int]) -> str:
    host, port = listen
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"
