"""`--trace FILE`, on every command that calls an ERP."""

from __future__ import annotations

from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from edusync.cli.options import common_options

if TYPE_CHECKING:
    from collections.abc import Callable

Function = TypeVar("Function", bound="Callable[..., Any]")


def traced(function: Function) -> Function:
    """Let a command write what goes over its wires into a file, however the command ends."""

    @wraps(function)
    def command(*args: Any, trace: Path | None, trace_people: bool, **more: Any) -> Any:
        if trace is None:
            if trace_people:
                raise click.UsageError("--trace-people goes with --trace FILE")
            return function(*args, **more)
        from edusync.testing.har import har
        from edusync.transport.trace import Trace

        common_options().trace = recorded = Trace()
        trace.write_text("", encoding="utf-8")  # a file that cannot be written is said at once
        try:
            return function(*args, **more)
        finally:
            trace.write_text(har(recorded, with_people=trace_people), encoding="utf-8")
            hidden = "secrets" if trace_people else "secrets and people"
            count = len(recorded.exchanged)
            many = "1 exchange" if count == 1 else f"{count} exchanges"
            click.echo(f"trace: {trace}, {many}, {hidden} masked", err=True)

    for add in (
        click.option(
            "--trace-people",
            is_flag=True,
            help="Leave people in the trace readable: names, e-mails, all that rows hold.",
        ),
        click.option(
            "--trace",
            metavar="FILE",
            type=click.Path(dir_okay=False, path_type=Path),
            help="Write what goes over the wires as HAR, which browsers and others open; secrets "
            "and people are masked.",
        ),
    ):
        command = add(command)
    return command  # type: ignore[return-value]  # it takes two options more
