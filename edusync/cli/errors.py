"""From exceptions to exit codes; the contract is `docs/reference/exit-codes.md`."""

from __future__ import annotations

import os
import sys
from contextvars import copy_context
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from edusync.errors import EdusyncError

UNREACHABLE, GUARD, UNEXPECTED, USAGE = 5, 4, 3, 2
INTERRUPTED = 130
UNHEARD = 141
"""What a shell says of a program that nobody reads any more: how it ended cannot be said."""
_STREAMS = ("stdin", "stdout", "stderr")


class Unheard(Exception):
    """What a command says cannot be written: nobody reads it, or the disk is full."""


def is_unheard(error: OSError) -> bool:
    """Whether an error came up as something was said, and not in what a command does."""
    step = error.__traceback__
    while step is not None and step.tb_frame.f_globals.get("__name__") != "click.utils":
        step = step.tb_next
    return step is not None


def run(command: click.Command) -> int:
    """Run a command and return its exit code, UNHEARD when what it says cannot be written.

    Nobody ever sees a traceback unless EDUSYNC_TRACEBACK is set.
    """
    _open_streams()
    try:
        code = _ended(command)
    except OSError:
        code = UNHEARD
    return code if _is_heard() else UNHEARD


def _open_streams() -> None:
    """Let a stream that the shell closed lead nowhere: else the next file would be in its place."""
    with open(os.devnull, "rb") as nowhere:  # noqa: PTH123 - a device
        number = nowhere.fileno()
    if number >= len(_STREAMS):
        return
    while os.open(os.devnull, os.O_RDWR) < len(_STREAMS) - 1:
        pass
    for number, name in enumerate(_STREAMS):
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, "w" if number else "r", closefd=False))  # noqa: SIM115 - it lasts as long as the process


def _is_heard() -> bool:
    """Whether all that was said is written; what cannot be is let go of."""
    is_heard = True
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            is_heard = False
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    return is_heard


def _ended(command: click.Command) -> int:
    """Run a command and say how it ended; OSError when that cannot be said."""
    from edusync.engine.interruption import listen
    from edusync.errors import EdusyncError

    listen()
    if any(not _is_text(word) for word in sys.argv):
        click.echo("error RUN_USAGE: a word of the command is not written in UTF-8", err=True)
        click.echo("  hint: set a locale of UTF-8, and rename what is named otherwise", err=True)
        return USAGE
    try:  # in a context of its own: the language that was asked for ends with the command
        result = copy_context().run(command.main, standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("interrupted", err=True)
        return INTERRUPTED
    except KeyboardInterrupt:
        click.echo("interrupted", err=True)
        return INTERRUPTED
    except click.ClickException as error:
        error.show()
        return USAGE
    except EdusyncError as error:
        return shown(error)
    except Unheard:
        return UNHEARD
    except Exception as error:  # noqa: BLE001 - the last border before the user
        if isinstance(error, OSError) and error.filename is not None:
            return _file(error)
        return _unexpected(error)
    return result if isinstance(result, int) else 0


def _is_text(word: str) -> bool:
    """Whether a word of the command line can be written: bytes that are no UTF-8 cannot."""
    try:
        word.encode()
    except UnicodeEncodeError:
        return False
    return True


def code_of(error: EdusyncError) -> int:
    """Return the exit code of an exception."""
    from edusync.errors import (
        CallFailed,
        ConfigurationProblem,
        FilesInvalid,
        Guarded,
        PluginBroken,
        SourceError,
        StateError,
        TargetError,
        UsageProblem,
    )

    if isinstance(error, SourceError | TargetError | CallFailed):
        return UNREACHABLE
    if isinstance(error, Guarded):
        return GUARD
    if isinstance(
        error, UsageProblem | FilesInvalid | ConfigurationProblem | PluginBroken | StateError
    ):
        return USAGE
    return UNEXPECTED


def shown(error: EdusyncError) -> int:
    """Say what an exception says; return its exit code."""
    from edusync.errors import FilesInvalid

    if isinstance(error, FilesInvalid):
        from edusync.cli.render.findings import print_findings

        print_findings(error.diagnostics, err=True)
    else:
        _show(error)
    return code_of(error)


def _show(error: EdusyncError) -> None:
    click.echo(
        f"{click.style('error', fg='red', bold=True)} {error.code}: {error.message}", err=True
    )
    if error.hint:
        click.echo(f"  hint: {error.hint}", err=True)


def _file(error: OSError) -> int:
    """Say that a file cannot be read or written, which is not for edusync to repair."""
    reason = error.strerror or type(error).__name__
    click.echo(
        f"{click.style('error', fg='red', bold=True)} RUN_USAGE: {error.filename}: {reason}",
        err=True,
    )
    click.echo("  hint: check the path, the disk and the rights", err=True)
    return USAGE


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
        f"error RUN_UNEXPECTED: {type(error).__name__}{where} (edusync {__version__}, Python "
        f"{sys.version.split()[0]})",
        err=True,
    )
    click.echo(
        "  hint: nothing that was written is lost; please report this with the command, and "
        "EDUSYNC_TRACEBACK=1 if you can",
        err=True,
    )
    return UNEXPECTED
