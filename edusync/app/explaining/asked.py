"""An item that somebody asks about, and the facts that answer: the store, Edusign and the ERP."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from edusync.app.explaining.elsewhere import Elsewhere, judge_other_days
from edusync.app.runs.history import acted_at
from edusync.engine.digest import REFERENCES, Facts
from edusync.engine.edusign_ids import EdusignIds
from edusync.engine.judge.desired import Desired
from edusync.engine.plan.differences import differing_fields
from edusync.errors import LookUpRefused
from edusync.locale import gettext as _
from edusync.locale.details import in_words
from edusync.state.runs import ONE_ITEM

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from edusync.app.files.connector_file import Instance
    from edusync.app.runs.account_run import AccountRun
    from edusync.app.runs.downward import Downward
    from edusync.engine.judge.people import People
    from edusync.engine.judge.verdicts import Verdicts
    from edusync.engine.outcome import Outcome
    from edusync.engine.plan.plan import Change, Key
    from edusync.state.links import Link
    from edusync.state.store import Store
    from edusync.target.records import GroupRecord, Person, Sheet


class Standing(NamedTuple):
    """What Edusign shows at this moment under the id of an item."""

    record: Person | GroupRecord | Sheet | None
    unclear: str | None = None
    """What Edusign said when it did not say whether the item is there."""

    @property
    def is_archived(self) -> bool:
        """Whether it is somebody who is archived."""
        return bool(getattr(self.record, "archived", False))


@dataclass(frozen=True)
class Asked:
    """One item of one account. Each fact is looked up when it is first needed."""

    downward: Downward
    run: AccountRun
    key: Key

    @property
    def kind(self) -> str:
        """Return what kind of item it is."""
        return self.key[0]

    @property
    def source_id(self) -> str:
        """Return the id in the ERP."""
        return self.key[1]

    @property
    def instance(self) -> Instance:
        """Return the connector."""
        return self.downward.instance

    @property
    def store(self) -> Store:
        """Return the store."""
        return self.downward.store

    @property
    def verdicts(self) -> Verdicts:
        """Return what the ERP's answers of this moment come to."""
        return self.run.verdicts

    @property
    def window(self) -> str:
        """Return the days that were read, in words."""
        window = self.verdicts.window
        return _("from {first} to {last}", first=window.first, last=window.last)

    # the store

    @property
    def link(self) -> Link | None:
        """Return what was brought down."""
        return self.run.view.links.get(self.key)

    @cached_property
    def said_last(self) -> Sequence[Mapping[str, Any]]:
        """The events of the last run that was finished, of this item or of the whole account.

        And those of runs of one item since.
        """
        last = next((run for run in self.downward.runs if run["finished_at"] is not None), None)
        if last is None:
            return ()
        since = self.store.runs(self.instance.name, direction=ONE_ITEM)
        runs = [run for run in since if run["started_at"] > last["started_at"]]
        events = [
            event
            for run in (*runs, last)
            for event in self.store.events(run["id"], code=None, kind=None, source_id=None)
        ]
        return [event for event in events if event["account"] in {None, self.run.account.name}]

    def said_before(self) -> Mapping[str, Any] | None:
        """Return the newest event of this item in any run."""
        for run in self.downward.runs:
            events = self.store.events(
                run["id"], code=None, kind=self.kind, source_id=self.source_id
            )
            mine = [found for found in events if found["account"] == self.run.account.name]
            if mine:
                return {**mine[-1], "at": acted_at(run)}
        return None

    # Edusign

    def standing(self, kind: str, source_id: str) -> Standing | None:
        """Return what Edusign shows now of something that was brought down; None for what was not.

        A reference of the spec to what stands on Edusign counts as well.
        """
        edusign_id = self.ids.get((kind, source_id))
        if edusign_id is None:
            return None
        client = self.run.client
        try:
            if kind == "course":
                return Standing(client.sheet(edusign_id))
            if kind == "group":
                return Standing(client.group(edusign_id))
            return Standing(client.person(kind, edusign_id))
        except LookUpRefused as refused:
            return Standing(None, in_words(refused.message))

    @cached_property
    def own_standing(self) -> Standing | None:
        """What Edusign shows now of the item itself."""
        return None if self.link is None else self.standing(*self.key)

    @cached_property
    def ids(self) -> EdusignIds:
        """What stands on Edusign."""
        linked = {key: link.edusign_id for key, link in self.run.view.links.items()}
        return EdusignIds({**linked, **self.verdicts.ids_in_spec})

    # the plan

    def is_of_its_row(self, outcome: Outcome) -> bool:
        """Whether an event is about the row of the ERP that the item is made of."""
        spec, place = self.instance.spec, outcome.place
        entity = spec.entities.get(self.kind)
        if entity is None or place is None or outcome.kind is not None or not outcome.source_id:
            return False
        above = [
            (resource.place.line, resource.place.column, name)
            for name, resource in spec.resources.items()
            if resource.place.file == place.file
            and (resource.place.line, resource.place.column) <= (place.line, place.column)
        ]
        is_its_list = bool(above) and max(above)[2] == entity.source
        return is_its_list and f"/{self.source_id}".endswith(f"/{outcome.source_id}")

    @property
    def reason(self) -> Outcome | None:
        """Return why the item stays away, or stays as it is."""
        return self.run.plan.reasons.get(self.key)

    @cached_property
    def change(self) -> Change | None:
        """What would be done with the item, or what a guard holds."""
        plan = self.run.plan
        return next((one for one in (*plan.held, *plan.changes) if one.key == self.key), None)

    # the ERP

    @cached_property
    def sessions(self) -> Sequence[str]:
        """The sessions of the window that name the item, valid or not."""
        return self.verdicts.references.get(self.key, ())

    def named_by(self, session: str) -> list[Key]:
        """Return the people and groups that a session names, valid or not."""
        return [
            key for key, sessions in self.verdicts.references.items() if session in set(sessions)
        ]

    def people(self, kind: str) -> People[Any] | None:
        """Return the people of a kind; None when the kind is none of people."""
        everybody = self.verdicts.people
        found: dict[str, People[Any]] = {
            "student": everybody.students,
            "professor": everybody.professors,
            "external": everybody.externals,
        }
        return found.get(kind)

    def why_away(self, key: Key) -> Outcome | None:
        """Return why somebody, or a group, does not come down."""
        kind, source_id = key
        known = self.run.plan.reasons.get(key)
        if known is not None:
            return known
        people = self.people(kind)
        if people is not None:
            return people.reasons.get(source_id)
        return self.verdicts.groups.reasons.get(source_id) if kind == "group" else None

    def stays(self, key: Key) -> bool:
        """Whether somebody stays on sheets all the same: what the ERP lost is on Edusign."""
        people = self.people(key[0])
        return people is not None and key[1] in people.valid

    def is_absent(self, key: Key) -> bool:
        """Whether no list of the ERP holds somebody or a group, and all of them were read."""
        kind, source_id = key
        people = self.people(kind)
        if people is not None:
            return people.is_absent(source_id)
        return kind == "group" and self.verdicts.groups.is_absent(source_id)

    def is_unread(self, key: Key) -> bool:
        """Whether the ERP was not read wholly enough to say anything of an item."""
        kind, source_id = key
        people = self.people(kind)
        if people is not None:
            return people.is_unknown(source_id)
        if kind == "group":
            groups = self.verdicts.groups
            return not groups.whole and source_id not in groups.all
        verdicts = self.verdicts
        sent = source_id in verdicts.seen or source_id in verdicts.dropped
        return not sent and not verdicts.whole

    @cached_property
    def elsewhere(self) -> Elsewhere:
        """What the ERP says of days before and after the window."""
        return judge_other_days(self.downward, self.run, self.key)

    # both sides

    def wanted(self) -> Facts | None:
        """Return what Edusign should hold of an item that comes down, None for any other."""
        plan, desired = self.run.plan, Desired(self.instance.spec)
        if self.kind == "course":
            sheet = self.verdicts.sheets.get(self.source_id)
            return None if sheet is None else self._without_blocked(sheet.facts)
        if self.kind == "group":
            group = plan.people.groups.get(self.source_id)
            present = {ref for kind, ref in self.ids if kind == "student"}
            return None if group is None else desired.group(group, present)
        people: dict[str, Mapping[str, Any]] = {
            "student": plan.people.students,
            "professor": plan.people.professors,
            "external": plan.people.externals,
        }
        person = people[self.kind].get(self.source_id)
        return None if person is None else Facts(desired.person(self.kind, person))

    def differing(self, wanted: Facts) -> tuple[str, ...]:
        """Return the fields in which what stands on Edusign now differs from what is wanted."""
        standing = self.own_standing
        if standing is None or standing.record is None:
            return ()
        return differing_fields(wanted, standing.record, self.ids)

    def _without_blocked(self, facts: Facts) -> Facts:
        blocked = self.run.plan.blocked
        values = dict(facts.values)
        for name, kind in REFERENCES.items():
            if name in values:
                values[name] = tuple(ref for ref in values[name] if (kind, ref) not in blocked)
        return Facts(values)
