"""What the store holds of one account, as a run finds it; nothing is written through it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from edusync.model.window import midnight
from edusync.state.forget import forgotten, mark_of
from edusync.state.formers import formers
from edusync.state.holders import holders, is_of_another, linked
from edusync.state.mixed_up import mixed_up
from edusync.state.refusals import refusals

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import date, datetime
    from typing import Self
    from zoneinfo import ZoneInfo

    from edusync.model import Window
    from edusync.state.intents import Intent
    from edusync.state.links import Link
    from edusync.state.refusals import Refusal
    from edusync.state.store import Store


@dataclass(frozen=True)
class StoreView:
    """What the store holds of one account.

    The fingerprints and the writes in doubt are read at once. The rest is read when it is first
    asked for: when nothing changed, the fingerprints say so, and no link is loaded.
    """

    connector: str
    account: str
    fingerprints: Mapping[str, Mapping[str, str]]
    """What was brought down as it was then, by kind and source id."""
    in_doubt: Sequence[Intent]
    """Writes of which nobody knows whether they landed."""
    store: Store = field(repr=False)
    _digests: dict[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict, repr=False)

    @classmethod
    def read(cls, store: Store, connector: str, account: str) -> Self:
        """Return what the store holds of an account; StateError when it cannot be read."""
        doubts = [doubt for doubt in store.in_doubt(connector) if doubt.account == account]
        return cls(connector, account, store.fingerprints(connector, account), doubts, store)

    @property
    def key(self) -> bytes:
        """The key of every digest."""
        return self.store.key

    @cached_property
    def links(self) -> Mapping[tuple[str, str], Link]:
        """Everything that was brought down, by kind and source id."""
        return self.store.links(self.connector, self.account)

    @cached_property
    def aliases(self) -> Mapping[str, str]:
        """The other identities of every sheet, each with the source id that has it."""
        return self.store.aliases(self.connector, self.account)

    @cached_property
    def formers(self) -> Mapping[tuple[str, str], Sequence[str]]:
        """Which ids people and groups had before they were linked anew, by kind and source id.

        One that is linked itself by now says nothing of another.
        """
        every = formers(self.store, self.connector, self.account)
        free = {
            (kind, now): [one for one in before if one not in self.fingerprints[kind]]
            for (kind, now), before in every.items()
        }
        return {key: before for key, before in free.items() if before}

    @cached_property
    def shared(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """The source ids of links that lead to one item, by kind and Edusign id."""
        return self.store.shared(self.connector, self.account)

    @cached_property
    def refusals(self) -> Mapping[tuple[str, str], Refusal]:
        """What Edusign refused for its data, by kind and source id."""
        return refusals(self.store, self.connector, self.account)

    @cached_property
    def forgotten(self) -> AbstractSet[str]:
        """The marks of everybody who was forgotten."""
        return forgotten(self.store, self.connector)

    def is_forgotten(self, kind: str, source_id: str) -> bool:
        """Whether somebody was forgotten at a person's word."""
        return bool(self.forgotten) and mark_of(self.key, kind, source_id) in self.forgotten

    @cached_property
    def mixed_up(self) -> AbstractSet[tuple[str, str]]:
        """What the ERP had something else under the id of, in the last run."""
        return mixed_up(self.store, self.connector, self.account)

    def is_of_another(self, kind: str, edusign_id: str) -> bool:
        """Whether another connector of the store has a link of an item."""
        return is_of_another(self.store, self.connector, self.account, kind, edusign_id)

    def is_shared(self, kind: str, edusign_id: str) -> bool:
        """Whether another account, or connector, has a link of an item."""
        return bool(holders(self.store, self.connector, self.account, kind, edusign_id))

    def linked(self, kind: str) -> set[str]:
        """Return the Edusign ids of everything of a kind that any account or connector has."""
        return linked(self.store, self.connector, self.account, kind)

    def sheets(self) -> Mapping[str, tuple[str, datetime]]:
        """Return, by Edusign id, the source id of each sheet and when it was written last."""
        return self.store.written(self.connector, self.account, "course")

    def written(self, kind: str) -> Mapping[str, tuple[str, datetime]]:
        """Return, by Edusign id, the source id of each item and when it was written last."""
        return self.store.written(self.connector, self.account, kind)

    def coming(self, window: Window) -> set[str]:
        """Return the source ids of the sheets that are still to come in a window."""
        return self.store.coming(self.connector, self.account, window.now, window.ends_at)

    def written_since(self, moment: datetime, window: Window) -> Mapping[str, str]:
        """Return the Edusign ids of sheets to come that were written since a moment."""
        ours = (self.connector, self.account)
        return self.store.written_since(*ours, moment, window.now, window.ends_at)

    def begun(self, source_ids: Collection[str], now: datetime) -> Mapping[str, datetime]:
        """Return when those of some sheets start that have begun, by source id."""
        return self.store.begun(self.connector, self.account, source_ids, now)

    def on_days(self, days: Iterable[tuple[date, date]], zone: ZoneInfo) -> set[str]:
        """Return the source ids of the sheets that start on some days, first and last included."""
        source_ids: set[str] = set()
        for first, last in days:
            begins = midnight(first, zone) - timedelta(microseconds=1)
            ends = midnight(last + timedelta(days=1), zone)
            source_ids |= self.store.coming(self.connector, self.account, begins, ends)
        return source_ids

    def seats(self, window: Window) -> Mapping[str, int]:
        """Return how many students are on each sheet that is still to come in a window."""
        return self.store.seats(self.connector, self.account, window.now, window.ends_at)

    def rosters(self, window: Window, last: date) -> Mapping[str, Sequence[str]]:
        """Return who is on each sheet that is still to come, up to the end of a day."""
        ends = midnight(last + timedelta(days=1), window.zone)
        return self.store.rosters(self.connector, self.account, window.now, ends)

    def details(self, kind: str, source_id: str) -> tuple[Mapping[str, str], Sequence[str]]:
        """Return the digests of the fields and the members of one item; empty without a link."""
        return self.store.details(self.connector, self.account, kind, source_id)

    def field_digests(self, kind: str) -> Mapping[str, Mapping[str, str]]:
        """Return the digests of the fields of every item of a kind; they are read once."""
        if kind not in self._digests:
            self._digests[kind] = self.store.field_digests(self.connector, self.account, kind)
        return self._digests[kind]
