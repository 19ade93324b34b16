"""Print rows: as a table where they fit, else one below the other, a column a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from edusync.app.authoring.columns import as_sent, cut, leaves

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_LEAST = 8
"""Columns of a value that is cut."""


def print_rows(title: str, rows: Sequence[Any], reads: Callable[[str], bool], count: int) -> None:
    """Print some rows of `count`, and how many columns nothing reads."""
    whole = [leaves(row) for row in rows]
    names = list(dict.fromkeys(name for row in whole for name in row))
    shown = [name for name in names if reads(name)] or names
    hidden = len(names) - len(shown)
    if not shown:
        return
    what = "1 column" if hidden == 1 else f"{hidden} columns"
    more = f", {what} that nothing reads (--all)" if hidden else ""
    many = f"{len(rows)} of {count}" if count > len(rows) else str(count)
    click.echo(f"  {click.style(title, italic=True)}: {many}{more}")
    cells = [[as_sent(row[name]) if name in row else "" for name in shown] for row in whole]
    wide = width()
    sizes = [max(len(name), *(len(row[at]) for row in cells)) for at, name in enumerate(shown)]
    if sum(sizes) + 2 * len(sizes) + 2 <= wide:
        _table(shown, cells, sizes)
    else:
        _vertical(shown, whole, wide)


def _table(names: Sequence[str], cells: Sequence[Sequence[str]], sizes: Sequence[int]) -> None:
    head = "  ".join(f"{name:{size}}" for name, size in zip(names, sizes, strict=True))
    click.echo(f"    {click.style(head.rstrip(), bold=True)}")
    for row in cells:
        line = "  ".join(f"{cell:{size}}" for cell, size in zip(row, sizes, strict=True))
        click.echo(f"    {line.rstrip()}")


def _vertical(names: Sequence[str], rows: Sequence[dict[str, Any]], wide: int) -> None:
    longest = min(max(map(len, names)), wide // 2 - 6)
    for index, row in enumerate(rows):
        if index:
            click.echo(click.style("    " + "-" * 8, dim=True))
        for name in names:
            if name in row:
                label = name if len(name) <= longest else f"…{name[-longest + 1 :]}"
                value = cut(as_sent(row[name]), max(wide - longest - 6, _LEAST))
                click.echo(f"    {label:{longest}}  {value}")


def width() -> int:
    """Return how wide the terminal is."""
    from shutil import get_terminal_size

    return get_terminal_size((80, 24)).columns
