"""What Edusign calls people, sheets and groups at this moment; nothing of it is kept (P18)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from edusync.app.runs.sides import open_edusign
from edusync.engine.read.source import Tools
from edusync.errors import EdusyncError, LookUpRefused

if TYPE_CHECKING:
    from collections.abc import Collection

    from edusync.app.files.connector_file import Instance
    from edusync.target.client import EdusignClient


class Called(NamedTuple):
    """Something on Edusign whose name is asked for: the account, the kind and the id there."""

    account: str
    kind: str
    edusign_id: str


def record_of(client: EdusignClient, kind: str, edusign_id: str) -> Any:
    """Return something on Edusign, by one call; None when it is not there."""
    if kind == "course":
        return client.sheet(edusign_id)
    if kind == "group":
        return client.group(edusign_id)
    return client.person(kind, edusign_id)


def name_of(client: EdusignClient, kind: str, edusign_id: str) -> str | None:
    """Return the name of something, by one call; None when it is not there.

    EdusyncError when Edusign does not say.
    """
    record = record_of(client, kind, edusign_id)
    if record is None:
        return None
    name = getattr(record, "name", "") or f"{record.first_name} {record.last_name}"
    return str(name).strip()


def ask_names(instance: Instance, wanted: Collection[Called], names: dict[Called, str]) -> bool:
    """Ask Edusign for names, one call each, and put them into `names` as they come.

    Whatever is not there, or whose look-up is refused, has none.

    Returns:
        Whether everything was asked: False when Edusign does not answer at once.

    """
    for account in instance.accounts:
        mine = [one for one in wanted if one.account == account.name]
        client = open_edusign(account, AT_ONCE)
        try:
            for one in mine:
                try:
                    name = name_of(client, one.kind, one.edusign_id)
                except LookUpRefused:
                    continue
                if name:
                    names[one] = name
        except EdusyncError:
            return False
        finally:
            client.close()
    return True


def _no_waiting(_seconds: float) -> None:
    raise EdusyncError("EDU_UNREACHABLE", "Edusign does not answer at once")


AT_ONCE = Tools(lambda: 0.0, _no_waiting)
"""The tools of a page: it waits for nobody."""
