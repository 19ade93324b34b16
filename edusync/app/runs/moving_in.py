"""What stands on the accounts of a school that moves in, and what the ERP says of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Self

from edusync.app.runs.account_down import read_account
from edusync.app.runs.downward import Downward
from edusync.engine import calls
from edusync.engine.outcome import Outcome
from edusync.engine.plan.adoption import KINDS, PEOPLE, AccountAdoption, Standing
from edusync.engine.plan.adoption_planner import AdoptionPlanner
from edusync.engine.plan.choosing import Offer
from edusync.engine.plan.incomplete import unread_codes
from edusync.errors import Guarded, LookUpRefused
from edusync.state.adoptions import Apart, apart_on, noted
from edusync.target.records import Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from edusync.app.files.connector_file import Account, Instance
    from edusync.app.files.pairs import Choices
    from edusync.app.runs.account_down import AccountRead
    from edusync.app.runs.moment import Moment
    from edusync.engine.plan.adoption import Adoption
    from edusync.engine.plan.evidence import Pair
    from edusync.registry import Registry
    from edusync.state.store import Store
    from edusync.target.client import EdusignClient
    from edusync.target.records import Person

_LISTED = tuple(kind for kind in PEOPLE if kind != "external")
"""The kinds of people of which Edusign has a list."""
_EVER = datetime(2000, 1, 1, tzinfo=UTC)
DAYS_BACK, SPAN = timedelta(days=28), timedelta(days=89)
"""How far back sheets are looked at, and how long the span is: Edusign lists 90 days at once."""


@dataclass(frozen=True, slots=True)
class Side:
    """One account, read on both sides."""

    account: Account
    read: AccountRead
    standing: Standing
    school: str | None
    at: datetime
    """When Edusign was looked at, by its own clock."""


class MovingIn:
    """Both sides of every account of a connector; a context that signs out at the end."""

    def __init__(
        self,
        instance: Instance,
        store: Store,
        registry: Registry,
        moment: Moment,
        *,
        days: int | None = None,
    ) -> None:
        if days is not None:
            instance = replace(instance, schedule=replace(instance.schedule, window_days=days))
        self.instance, self.store = instance, store
        self.downward = Downward(instance, store, registry, moment)
        self.sides: list[Side] = []

    def __enter__(self) -> Self:
        self.downward.__enter__()
        return self

    def __exit__(self, *ended: object) -> None:
        self.downward.stack.close()

    def read(self) -> Sequence[Side]:
        """Read both sides of every account. Guarded when the ERP could not be read wholly."""
        for account in self.instance.accounts:
            read = read_account(self.downward, account)
            check_whole(read)
            at = read.client.answered_at
            standing = self._standing(read)
            school = self.downward.schools.get(account.name)
            self.sides.append(Side(account, read, standing, school, at))
        return self.sides

    def types(self) -> set[str]:
        """Return the `API_TYPE` of everything that stands on the accounts, edusync's own too."""
        return {
            record.source_type
            for side in self.sides
            for kind in KINDS
            for record in side.standing.records(kind)
            if record.source_type and record.source_id
        }

    def unlinked_types(self) -> set[str]:
        """Return the `API_TYPE` of what no entry of the store stands for, past sheets aside."""
        now = self.downward.window.now
        types = set[str]()
        for side in self.sides:
            for kind in KINDS:
                linked = side.read.view.linked(kind)
                types |= {
                    one.source_type
                    for one in side.standing.records(kind)
                    if one.source_id
                    and one.edusign_id not in linked
                    and not (isinstance(one, Sheet) and one.starts_at <= now)
                }
        return types

    def plan(self, api_type: str, choices: Choices | None = None) -> list[AccountAdoption]:
        """Return what would be taken over of a type, account by account.

        `choices` are what a person said; what of it cannot be is noted there, and waits.
        """
        planned = [self._planned(side, api_type, choices) for side in self.sides]
        return [self._without_elsewhere(one) for one in planned]

    def _planned(self, side: Side, api_type: str, choices: Choices | None) -> AccountAdoption:
        name = side.account.name
        stored = apart_on(self.store, self.instance.name, name)
        chosen_here = [] if choices is None else choices.on(name)
        decided = {one.key for one in chosen_here}
        before = {one for one in stored if one[:2] not in decided}
        planner = self._planner(side, api_type, before)
        offer = Offer(planner, planner.plan(name))
        if choices is None:
            return replace(offer.plan, sights=offer.sights())
        refused = offer.refused(chosen_here)
        choices.refuse(name, refused)
        chosen_here = [
            one for one in chosen_here if one.key not in refused and not offer.is_settled(one)
        ]
        apart = [Apart(*one.key, other) for one in chosen_here for other in one.others]
        chosen = {one.key: one.edusign_id for one in chosen_here if one.edusign_id is not None}
        planner = self._planner(side, api_type, stored | {*apart}, chosen, refused)
        planned = planner.plan(name)
        return replace(planned, apart=apart, sights=Offer(planner, planned).sights())

    def _planner(
        self,
        side: Side,
        api_type: str,
        apart: AbstractSet[Apart],
        chosen: Mapping[tuple[str, str], str] = MappingProxyType({}),
        refused: Mapping[tuple[str, str], str] = MappingProxyType({}),
    ) -> AdoptionPlanner:
        instance = self.instance
        before = noted(self.store, instance.name, side.account.name, api_type)
        namespace = calls.setting(instance.spec.namespace, side.read.lists.names, "namespace")
        return AdoptionPlanner(
            side.read.verdicts,
            side.read.view,
            side.standing,
            instance.spec,
            self.downward.window,
            api_type=api_type,
            prefix=f"{namespace}/" if namespace else "",
            rewrites=instance.rewrites_ids,
            resumed={(one.kind, one.edusign_id): one for one in before if one.state == "planned"},
            chosen=chosen,
            apart=apart,
            refused=refused,
        )

    def _standing(self, read: AccountRead) -> Standing:
        client, window = read.client, self.downward.window
        people: dict[str, Sequence[Person]] = {"external": _externals(client, read)}
        for kind in _LISTED:
            people[kind] = list(client.people(kind, updated_since=_EVER))
        first = window.today - DAYS_BACK
        sheets = list(client.sheets(first, first + SPAN))
        return Standing(people, list(client.groups()), sheets)

    # people of several accounts

    def _without_elsewhere(self, one: AccountAdoption) -> AccountAdoption:
        """Hold people who stand on another school's account too, where the ERP does not have them.

        Nobody but a person can say whether they went from there to here, or belong to both.
        """
        held: dict[str, str] = {}
        own = next(side for side in self.sides if side.account.name == one.name)
        for pair in one.pairs:
            is_open = pair.kind in PEOPLE and pair.evidence != ("chosen",)
            for other in self.sides if is_open else ():
                apart = other.school is None or other.school != own.school
                if other is not own and apart and self._is_only_there(pair, other):
                    held[pair.record.edusign_id] = other.account.name
        if not held:
            return one
        reasons = [
            Outcome(
                "MOVE_ELSEWHERE",
                item.kind,
                item.source_id,
                item.edusign_id,
                detail=f"the account '{held[item.edusign_id]}'",
                account=one.name,
            )
            for item in one.items
            if item.edusign_id in held
        ]
        items = [item for item in one.items if item.edusign_id not in held]
        return replace(one, items=items, reasons=[*one.reasons, *reasons])

    def _is_only_there(self, pair: Pair, other: Side) -> bool:
        """Whether somebody stands on another account on which the ERP has them on no sheet."""
        person: Person = pair.record  # type: ignore[assignment]  # people are matched with people
        email = person.email.casefold()
        is_there = any(
            (email and one.email.casefold() == email)
            or (one.source_id == person.source_id != "" and one.source_type == person.source_type)
            for one in other.standing.people[pair.kind]
        )
        if not is_there:
            return False
        valid = getattr(other.read.verdicts.people, f"{pair.kind}s").valid
        return pair.source_id not in valid


def check_whole(read: AccountRead) -> None:
    """Refuse to decide by half a reading: whoever was not read may be who stands there."""
    verdicts = read.verdicts
    people = verdicts.people
    parts = (people.professors, people.students, people.externals, verdicts.groups, verdicts)
    if all(part.whole for part in parts) and not verdicts.unknown_days:
        return
    codes = ", ".join(unread_codes(verdicts.outcomes)) or "what was not read"
    raise Guarded(
        "RUN_READ_INCOMPLETE",
        "the ERP could not be read wholly, so nobody can say what is whose",
        f"`edusync plan` names it: {codes}; run again when everything can be read",
    )


def _externals(client: EdusignClient, read: AccountRead) -> list[Person]:
    """Return the tutors of the ERP who stand on Edusign, each once: there is no list of them."""
    by_id: dict[str, Person] = {}
    for external in read.verdicts.people.externals.valid.values():
        try:
            tutor = client.person_by_email("external", str(external.email or ""))
        except LookUpRefused:
            continue  # the next run names it when it looks them up
        if tutor is not None and not tutor.archived:
            by_id[tutor.edusign_id] = tutor
    return list(by_id.values())


def all_reasons(adoption: Adoption) -> Mapping[str, list[Outcome]]:
    """Return why items are not taken over, by code."""
    by_code: dict[str, list[Outcome]] = {}
    for reason in adoption.reasons:
        by_code.setdefault(reason.code, []).append(reason)
    return by_code
