"""Print one thing that was tried on a connection."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from edusync.app.explaining.check import Tried


def print_tried(tried: Tried) -> int:
    """Print whether it works, and what to do where it does not; return its exit code."""
    from edusync.cli.errors import code_of
    from edusync.codes import get_code
    from edusync.locale import gettext as _
    from edusync.locale import spoken

    mark = (
        click.style(_("ok "), fg="green")
        if tried.works
        else click.style(_("bad"), fg="red", bold=True)
    )
    account = f"{tried.account}: " if tried.account else ""
    click.echo(f"{mark} {account}{tried.what}: {tried.words}")
    if tried.error is not None and spoken() != "en":
        click.echo(f"    {get_code(tried.error.code).meaning}")
    if tried.error is not None:
        if tried.error.hint:
            click.echo(f"    hint: {tried.error.hint}")
        return code_of(tried.error)
    return 0 if tried.works else 1
