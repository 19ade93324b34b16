"""What stands on Edusign at this moment in the fields that a run changed; nothing is kept (P18)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from edusync.app.console.names import AT_ONCE, record_of
from edusync.app.runs.sides import open_edusign
from edusync.errors import EdusyncError, LookUpRefused
from edusync.locale import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from edusync.app.console.ran import Line
    from edusync.app.files.connector_file import Instance
    from edusync.target.client import EdusignClient

MOST = 30
"""Of how many items values are asked for, one call each."""
_COUNTED = {"students", "groups", "professors", "externals"}


class Shown(NamedTuple):
    """What stands there, in words, by the id on Edusign and the field.

    `is_whole` is False when Edusign did not answer for everything.
    """

    values: Mapping[tuple[str, str], str]
    is_whole: bool


def values_now(load: Callable[[], Instance], lines: Sequence[Line], zone: ZoneInfo) -> Shown:
    """Ask Edusign what stands in the fields that were changed, and do not wait for it."""
    try:
        accounts = load().accounts
    except EdusyncError:
        return Shown({}, is_whole=False)
    wanted = [line for line in lines if line.fields and line.event.edusign_id][:MOST]
    found: dict[tuple[str, str], str] = {}
    is_whole = True
    for account in accounts:
        mine = [line for line in wanted if line.event.account == account.name]
        client = open_edusign(account, AT_ONCE)
        try:
            for line in mine:
                is_whole = _ask(client, line, zone, found) and is_whole
        except EdusyncError:
            is_whole = False
        finally:
            client.close()
    return Shown(found, is_whole)


def _ask(
    client: EdusignClient, line: Line, zone: ZoneInfo, found: dict[tuple[str, str], str]
) -> bool:
    kind, edusign_id = str(line.event.kind), str(line.event.edusign_id)
    try:
        record = record_of(client, kind, edusign_id)
    except LookUpRefused:
        return False
    for field in line.fields:
        value = getattr(record, field, None)
        if value is not None:
            found[edusign_id, field] = in_words(field, value, zone)
    return True


def in_words(field: str, value: object, zone: ZoneInfo) -> str:
    """Return a value as a page shows it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return f"{value.astimezone(zone):%Y-%m-%d %H:%M}"
    if isinstance(value, tuple) and field in _COUNTED:
        return str(len(value))
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or _("empty")
    return str(value) or _("empty")
