"""Find what Edusign took and did not do, so that no run after it is a success until it is so (R33).

What we wrote since the last look, and what Edusign dates before it, is compared once more. Of each
kind some of many are read one by one: where Edusign's lists of changes leave out what we do, all of
them would be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from edusync.engine.outcome import Outcome
from edusync.errors import LookUpRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from edusync.model import Window
    from edusync.state.view import StoreView
    from edusync.target.client import EdusignClient
    from edusync.target.records import GroupRecord, Person, Sheet

_MOST = 20
"""So many items of a kind are looked at one by one."""


class _Dated(Protocol):
    @property
    def changed_at(self) -> datetime | None: ...


Item = TypeVar("Item", bound=_Dated)


def no_effect(kind: str, source_id: str, edusign_id: str, fields: Iterable[str]) -> Outcome:
    """Return that a change had no effect."""
    detail = f"it took a change of {', '.join(fields)}, and shows none"
    return Outcome("EDU_NO_EFFECT", kind, source_id, edusign_id, detail=detail)


class Unheard:
    """Look for what is on Edusign as it was before we wrote it.

    `since` is when the last look was. `unmade` collects the people and groups that we wrote and
    that are nowhere, `outcomes` what could not be looked at.
    """

    def __init__(self, client: EdusignClient, view: StoreView, since: datetime) -> None:
        self.client, self.view, self.since = client, view, since
        self.unmade: set[tuple[str, str]] = set()
        self.outcomes: list[Outcome] = []

    def sheets(self, window: Window, listed: AbstractSet[str]) -> dict[str, Sheet]:
        """Return the sheets that we wrote, and Edusign does not list as changed, by source id.

        `listed` are the Edusign ids of those that it does.
        """
        shared = {
            ref for (one, _), refs in self.view.shared.items() for ref in refs if one == "course"
        }
        written = self.view.written_since(self.since, window)
        asked = {
            ref: there
            for ref, there in written.items()
            if there not in listed and ref not in shared
        }
        found = self._asked("course", asked, self.client.sheet)
        when = dict(self.view.sheets().values()) if found else {}
        return {ref: sheet for ref, sheet in found.items() if _is_older(sheet, when[ref])}

    def people(self, kind: str, listed: Mapping[str, Person]) -> dict[str, Person]:
        """Return the people whom we wrote, and who have not changed, by source id.

        `listed` are the people whom Edusign lists as changed, or all, by id; others are looked up.
        """
        written = self._written(kind)
        found = {ref: listed[there] for ref, there in written.items() if there in listed}
        others = {ref: there for ref, there in written.items() if there not in listed}
        found |= self._asked(kind, others, lambda there: self.client.person(kind, there))
        return {
            ref: person
            for ref, person in found.items()
            if not person.archived and _is_older(person, self.since)
        }

    def groups(self) -> dict[str, GroupRecord]:
        """Return the groups that we wrote, and that have not changed, by source id."""
        found = self._asked("group", self._written("group"), self.client.group)
        return {ref: group for ref, group in found.items() if _is_older(group, self.since)}

    def _written(self, kind: str) -> dict[str, str]:
        """Return the Edusign ids of what was written and has a link of its own, by source id.

        Of what several share, nobody knows whose fields were written.
        """
        if not self.view.fingerprints[kind]:
            return {}
        shared = {edusign_id for other, edusign_id in self.view.shared if other == kind}
        return {
            source_id: edusign_id
            for edusign_id, (source_id, written_at) in self.view.written(kind).items()
            if written_at > self.since and edusign_id not in shared
        }

    def _asked(
        self, kind: str, asked: Mapping[str, str], get: Callable[[str], Item | None]
    ) -> dict[str, Item]:
        """Return what Edusign shows of some items, by source id; one that it refuses is named."""
        found: dict[str, Item] = {}
        for source_id, edusign_id in sorted(asked.items())[:_MOST]:
            try:
                item = get(edusign_id)
            except LookUpRefused as refused:
                words = refused.message
                self.outcomes.append(
                    Outcome("EDU_PEOPLE_NOT_LISTED", kind, source_id, edusign_id, detail=words)
                )
                continue
            if item is not None:
                found[source_id] = item
            elif kind != "course":  # of sheets those that are missing are known
                self.unmade.add((kind, source_id))
        return found


def standing(
    client: EdusignClient, view: StoreView, deleted: Mapping[str, str]
) -> Iterator[Outcome]:
    """Yield that a sheet stands on Edusign although it took its deletion; some of many are read."""
    if not deleted:
        return
    ours = view.sheets()
    for edusign_id, source_id in sorted(deleted.items())[:_MOST]:
        if edusign_id not in ours and client.sheet(edusign_id) is not None:
            detail = "it took the deletion, and the sheet stands"
            yield Outcome("EDU_NO_EFFECT", "course", source_id, edusign_id, detail=detail)


def _is_older(item: _Dated, moment: datetime) -> bool:
    """Whether an item was changed before a moment; what is not dated says nothing."""
    return item.changed_at is not None and item.changed_at < moment
