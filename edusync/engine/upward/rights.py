"""Whether the ERP lets us write, tried without writing: where its wire has a way to tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.engine.read.folder_source import FolderSource
from edusync.engine.read.sql_source import SqlSource
from edusync.transport.judging import Forbidden

if TYPE_CHECKING:
    from edusync.engine.read.source import AnySource
    from edusync.spec.tree import Writeback


def refusal_to_write(writeback: Writeback, target: AnySource) -> str | None:
    """Return what refuses us the right to write, empty when we have it, None when nothing can tell.

    A database runs the statements of `writeback.check` and takes them back, a folder of this
    machine says who may write into it. CallFailed when it cannot be tried.
    """
    if isinstance(target, SqlSource) and writeback.check:
        try:
            target.database.rehearse(writeback.check)
        except Forbidden as forbidden:
            return forbidden.message
        return ""
    if isinstance(target, FolderSource):
        may = target.files.may_write()
        return None if may is None else "" if may else "the folder cannot be written"
    return None
