"""Try what the way up needs beside its lists: that it is wanted, and that we may write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.app.explaining.tried import Tried
from edusync.app.runs.sides import open_target
from edusync.engine.upward.rights import refusal_to_write
from edusync.engine.verdicts import decided
from edusync.errors import EdusyncError
from edusync.locale import gettext as _

if TYPE_CHECKING:
    from edusync.app.files.connector_file import Account, Instance
    from edusync.engine.read.lists import Lists
    from edusync.engine.read.source import Tools
    from edusync.spec.tree import Writeback


def up_is_wanted(writeback: Writeback, lists: Lists | None, account: Account) -> bool:
    """Whether attendance is to go up, by the answers; also when nobody can say."""
    if writeback.needs is None:
        return True
    answers = account.answers
    names = {"options": answers.options, "connection": answers.connection}
    return decided(writeback.needs, None, lists.names if lists else names) is not False


def right_to_write(instance: Instance, account: Account, lists: Lists, tools: Tools) -> Tried:
    """Try whether we may write attendance into the ERP, without writing any."""
    writeback = instance.spec.writeback
    assert writeback is not None  # noqa: S101 - asked only of a spec with a way up
    what, place = _("right to write"), f"{writeback.place.file}:{writeback.place.line}"
    try:
        with open_target(instance.spec, lists.source, lists.names, tools) as target:
            refusal = refusal_to_write(writeback, target)
    except EdusyncError as error:
        words = f"{error.code}: {error.message}"
        return Tried(account.name, what, works=False, words=words, error=error, place=place)
    if refusal is None:
        words = _("{erp} has no way to try it: the first sheet shows", erp=instance.spec.label)
        return Tried(account.name, what, works=None, words=words)
    if not refusal:
        return Tried(account.name, what, works=True, words=_("is there"))
    words = f"UP_NO_WRITE_PERMISSION: {refusal}"
    return Tried(account.name, what, works=False, words=words, place=place)
