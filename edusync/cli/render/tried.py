"""Print one thing that was tried on a connection."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from edusync.codes import get_code
from edusync.locale import gettext as _
from edusync.locale import spoken

if TYPE_CHECKING:
    from edusync.app.explaining.tried import Tried


def print_tried(tried: Tried) -> int:
    """Print whether it works, where and why not, and what to do; return its exit code."""
    from edusync.cli.errors import code_of

    account = f"{tried.account}: " if tried.account else ""
    click.echo(f"{_mark(tried.works)} {account}{tried.what}: {tried.words}")
    if tried.place and not tried.works:
        click.echo(f"    {tried.place}")
    if tried.error is None:
        return int(tried.works is False)
    if spoken() != "en":
        click.echo(f"    {get_code(tried.error.code).meaning}")
    if tried.error.hint:
        click.echo(f"    hint: {tried.error.hint}")
    return code_of(tried.error)


def _mark(works: bool | None) -> str:  # noqa: FBT001 - what was found
    if works is None:
        return click.style("?? ", fg="yellow")
    return (
        click.style(_("ok "), fg="green") if works else click.style(_("bad"), fg="red", bold=True)
    )
