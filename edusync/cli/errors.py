"""From exceptions to exit codes: 0 fine, 1 findings or failed items, 2 wrong usage or files, 3 unexpected, 4 a guard, 5 out of reach."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from edusync.errors import EdusyncError

UNREACHABLE, GUARD, UNEXPECTED, USAGE = 5, 4, 3, 2
INTERRUPTED = 130


def run(command: click.Command) -> int:
    """Run a command and return its exit code; nobody ever sees a traceback unless EDUSYNC_TRACEBACK is set."""
    from edusync.engine.interruption import listen
    from edusync.errors import EdusyncError, FilesInvalid

    listen()
    try:
        result = command.main(standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("interrupted", err=True)
        return INTERRUPTED
    except KeyboardInterrupt:
        click.echo("interrupted", err=True)
        return INTERRUPTED
    except click.ClickException as error:
        error.show()
        return USAGE
    except FilesInvalid as invalid:
        from edusync.cli.render.findings import print_findings

        print_findings(invalid.diagnostics, err=True)
        return USAGE
    except EdusyncError as error:
        _show(error)
        return code_of(error)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001 - the last border before the user
        return _unexpected(error)
    return result if isinstance(result, int) else 0


def code_of(error: EdusyncError) -> int:
    """Return the exit code of an exception."""
    from edusync.errors import (
        ConfigurationProblem,
        FilesInvalid,
        Guarded,
        PluginBroken,
        SourceError,
        StateError,
        TargetError,
        UsageProblem,
    )

    if isinstance(error, SourceError | TargetError):
        return UNREACHABLE
    if isinstance(error, Guarded):
        return GUARD
    if isinstance(
        error, UsageProblem | FilesInvalid | ConfigurationProblem | PluginBroken | StateError
    ):
        return USAGE
    return UNEXPECTED


def _show(error: EdusyncError) -> None:
    click.echo(
        f"{click.style('error', fg='red', bold=True)} {error.code}: {error.message}", err=True
    )
    if error.hint:
        click.echo(f"  hint: {error.hint}", err=True)


def _unexpected(error: Exception) -> int:
    from edusync import __version__

    if os.environ.get("EDUSYNC_TRACEBACK"):
        import traceback

        traceback.print_exc()
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    where = f" at {last.tb_frame.f_globals.get('__name__')}:{last.tb_lineno}" if last else ""
    click.echo(
        f"error RUN_UNEXPECTED: {type(error).__name__}{where} (edusync {__version__}, Python {sys.version.split()[0]})",
        err=True,
    )
    click.echo(
        "  hint: nothing that was written is lost; please report this with the command, and EDUSYNC_TRACEBACK=1 if you can",
        err=True,
    )
    return UNEXPECTED
