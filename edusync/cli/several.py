"""Commands that take a connector file take many: `--all`, `--select`, inside a project."""

from __future__ import annotations

from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from edusync.cli.options import common_options

if TYPE_CHECKING:
    from collections.abc import Callable

Function = TypeVar("Function", bound="Callable[..., Any]")


def several(*single: str) -> Callable[[Function], Function]:
    """Let a command with the argument `connector_file` do one connector, or many in a row.

    The exit code of many is the largest one. `single` are options that concern one connector.
    """

    def decorate(function: Function) -> Function:
        @wraps(function)
        def command(
            connector_file: Path | None, select: tuple[str, ...], *, everything: bool, **rest: Any
        ) -> int:
            many = everything or bool(select)
            if many == (connector_file is not None):
                raise click.UsageError("name one connector, or choose some: --all, --select")
            if connector_file is not None:
                return function(common_options().connector(connector_file), **rest) or 0
            single_option = next((name for name in single if rest[name]), None)
            if single_option is not None:
                raise click.UsageError(
                    f"--{single_option.removesuffix('_file')} is for one connector"
                )
            return _in_a_row(function, select, rest)

        for add in (
            click.option(
                "--select",
                multiple=True,
                metavar="WORD",
                help="Connectors of the project: a name, erp=NAME or label=WORD, with * and ?; "
                "may be given several times.",
            ),
            click.option("--all", "everything", is_flag=True, help="Every connector."),
            click.argument(
                "connector_file",
                type=click.Path(path_type=Path),
                metavar="CONNECTOR",
                required=False,
            ),
        ):
            command = add(command)
        return command  # type: ignore[return-value]  # it takes two options more

    return decorate


def _in_a_row(function: Callable[..., Any], select: tuple[str, ...], rest: Any) -> int:
    from edusync.cli.errors import shown
    from edusync.errors import EdusyncError, UsageProblem

    worst = 0
    chosen = common_options().needed_project().chosen(select)
    if not chosen:
        raise UsageProblem(
            "RUN_USAGE", "the project has no connector", "put connector files into connectors/"
        )
    for one in chosen:
        click.echo(click.style(f"connector {one.name}", bold=True), err=rest.get("form") == "json")
        try:
            code = function(one.file, **rest) or 0
        except EdusyncError as error:  # one school's fault stops no other's
            code = shown(error)
        worst = max(worst, code)
    return worst
