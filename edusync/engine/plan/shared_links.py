"""One item of Edusign that the store links to several of the ERP, by a fault of an earlier spec.

Nobody can say what becomes of it, so nothing is done with any of them. Whose it is, its id on
Edusign says; the links of the others are forgotten by the run, and the next one makes these anew.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from edusync.engine.outcome import Outcome
from edusync.errors import LookUpRefused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from edusync.engine.plan.draft import Draft
    from edusync.engine.plan.plan import Key
    from edusync.state.view import StoreView
    from edusync.target.client import EdusignClient


class SharedLink(NamedTuple):
    """A link to an item that others are linked to as well."""

    edusign_id: str
    others: tuple[str, ...]
    is_false: bool
    """Whether Edusign says that the item is not this one: it is another's, or is gone."""

    @property
    def words(self) -> str:
        """Return what an event says of it."""
        return f"{self.edusign_id} on Edusign is linked to {', '.join(self.others)} as well"


def shared_links(
    view: StoreView, client: EdusignClient, source_type: str
) -> Mapping[Key, SharedLink]:
    """Return the links that lead to one item of Edusign, by kind and source id."""
    found: dict[Key, SharedLink] = {}
    for (kind, edusign_id), refs in view.shared.items():
        owner = _owner(client, kind, edusign_id, source_type)
        for ref in refs:
            others = tuple(other for other in refs if other != ref)
            is_false = owner is not None and owner != ref and (not owner or owner in refs)
            found[kind, ref] = SharedLink(edusign_id, others, is_false)
    return found


def _owner(client: EdusignClient, kind: str, edusign_id: str, source_type: str) -> str | None:
    """Return whose an item is by its id, empty when it is gone; None when nobody can say."""
    with suppress(LookUpRefused):
        record = (
            client.sheet(edusign_id)
            if kind == "course"
            else client.group(edusign_id)
            if kind == "group"
            else client.person(kind, edusign_id)
        )
        if record is None:
            return ""
        if record.source_type in {source_type, ""} and record.source_id:
            return record.source_id
    return None


def block_shared(draft: Draft) -> None:
    """Name everything that shares a link, and block it; nobody is put on a sheet by such a link."""
    for (kind, ref), link in draft.setting.shared.items():
        draft.blocked.add((kind, ref))
        if kind in {"student", "professor"}:
            draft.mixed_up.add((kind, ref))
        draft.report.add(Outcome("RUN_LINK_SHARED", kind, ref, link.edusign_id, detail=link.words))


def leave_shared(draft: Draft) -> None:
    """Take every change of what shares a link out of the plan."""
    shared = draft.setting.shared
    for changes in (draft.changes, draft.held):
        changes[:] = [
            change
            for change in changes
            if change.key not in shared and (change.kind, change.replaces or "") not in shared
        ]
