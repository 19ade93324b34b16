"""A run that takes over, or gives back, what another connector made."""

from __future__ import annotations

from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from edusync.app.runs.claims import remember_file
from edusync.app.runs.closing import close_run, event_row
from edusync.app.runs.sides import open_edusign
from edusync.engine.apply.adoption import Adopter, Hands
from edusync.engine.grace import Grace
from edusync.engine.outcome import Outcome, Report
from edusync.engine.plan.adoption import KINDS, Adoption
from edusync.errors import EdusyncError, Guarded
from edusync.state.adoptions import (
    Adopted,
    Decision,
    begin,
    decide,
    decisions,
    join_again,
    noted,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from edusync.app.files.connector_file import Instance
    from edusync.app.runs.moment import Moment
    from edusync.app.runs.moving_in import MovingIn
    from edusync.app.runs.sync import Status
    from edusync.engine.plan.adoption import AccountAdoption
    from edusync.state.adoptions import Choice
    from edusync.state.store import Store
    from edusync.target.client import EdusignClient

DIRECTION = "adopt"
"""The direction of a run that takes over or gives back."""
HELD = frozenset(
    {
        "MOVE_AMBIGUOUS",
        "MOVE_EMAIL_SHARED",
        "MOVE_ELSEWHERE",
        "MOVE_DIFFERS",
        "MOVE_NAME_ONLY",
        "MOVE_DOUBLED",
        "MOVE_CHOICE_REFUSED",
    }
)
"""Why an item waits for a person, who alone can say what it is."""


@dataclass(frozen=True, slots=True)
class Result:
    """What an adoption would do, or did; a plan alone has no `status`."""

    plan_id: str
    status: Status | None
    adoption: Adoption | None = None
    given_back: Mapping[str, Sequence[Adopted]] = field(default_factory=dict)
    """What would be given back, or was, by account."""
    outcomes: Sequence[Outcome] = ()
    run_id: str | None = None

    @property
    def held(self) -> list[Outcome]:
        """What waits for a person."""
        return [outcome for outcome in self.outcomes if outcome.code in HELD]

    @property
    def sights(self) -> Mapping[tuple[str, str, str, str], str]:
        """How each item looks beside each one that it may be: account, kind and both ids."""
        accounts = [] if self.adoption is None else self.adoption.accounts
        return {(one.name, *key): sight for one in accounts for key, sight in one.sights.items()}

    @property
    def size(self) -> int:
        """How many items it takes over or gives back."""
        if self.adoption is not None:
            return sum(len(one.items) for one in self.adoption.accounts)
        return sum(len(some) for some in self.given_back.values())

    def as_dict(self) -> dict[str, Any]:
        """Return it as `schemas/adopt.v1.schema.json` describes it: ids and names of fields."""
        taken = {} if self.adoption is None else {one.name: one for one in self.adoption.accounts}
        return {
            "version": 1,
            "plan_id": self.plan_id,
            "status": self.status,
            "run": self.run_id,
            "taken_over": {
                name: [item.as_dict() for item in one.items] for name, one in taken.items()
            },
            "given_back": {
                name: [item._asdict() for item in some] for name, some in self.given_back.items()
            },
            "events": [
                event_row(outcome) | {"detail": outcome.words, "remedy": outcome.remedy}
                for outcome in self.outcomes
            ],
        }


@dataclass(slots=True)
class Work:
    """One run that takes over or gives back, and what it said so far."""

    instance: Instance
    store: Store
    moment: Moment
    progress: Callable[[], None]
    said: list[Outcome] = field(default_factory=list)
    run_id: str = ""

    def take(
        self,
        both: MovingIn,
        adoption: Adoption,
        outcomes: Sequence[Outcome],
        asked: str,
        fence: int,
    ) -> Result:
        """Take over what a plan says, account by account."""
        if asked != adoption.plan_id and not self._goes_on(adoption, asked):
            raise moved(adoption.plan_id, asked)
        remember_file(self.instance, self.store)
        both.downward.remember_schools()
        self.said += outcomes
        with self._running(asked):
            is_known = True
            sides = [*zip(both.sides, adoption.accounts, strict=True)]
            for side, one in sides:  # all of it is noted before any of it is sent
                decision = Decision(one.api_type, "adopting", asked, side.at)
                begin(self.store, self.instance.name, one.name, decision, _notes(one), one.apart)
            for side, one in sides:
                decision = Decision(one.api_type, "adopting", asked, side.at)
                adopter, report = self._adopter(one.name, side.read.client, fence)
                is_whole = adopter.take(one.items)
                is_known = (
                    self._ended(one.name, decision, report, "adopted", is_whole=is_whole)
                    and is_known
                )
        status = self._close(asked, is_known=is_known)
        return Result(asked, status, adoption, outcomes=self.said, run_id=self.run_id)

    def give(
        self, api_type: str, items: Mapping[str, Sequence[Adopted]], plan_id: str, fence: int
    ) -> Result:
        """Give items back, sheets first: their people come after them."""
        with self._running(plan_id):
            is_known = True
            for account in self.instance.accounts:
                decision = Decision(api_type, "undoing", plan_id, self.moment.now)
                decide(self.store, self.instance.name, account.name, decision)
                with closing(open_edusign(account, self.moment.tools)) as client:
                    adopter, report = self._adopter(account.name, client, fence)
                    mine = sorted(items[account.name], key=lambda one: KINDS[::-1].index(one.kind))
                    is_whole = adopter.give(mine)
                is_known = (
                    self._ended(account.name, decision, report, "undone", is_whole=is_whole)
                    and is_known
                )
        status = self._close(plan_id, is_known=is_known)
        return Result(plan_id, status, given_back=items, outcomes=self.said, run_id=self.run_id)

    def _goes_on(self, adoption: Adoption, asked: str) -> bool:
        """Whether an adoption that broke off goes on under its id: nothing new is in the plan."""
        for one in adoption.accounts:
            begun = decisions(self.store, self.instance.name, one.name).get(one.api_type)
            if begun is not None and (begun.choice, begun.plan_id) != ("adopting", asked):
                return False
            before = noted(self.store, self.instance.name, one.name, one.api_type)
            if not set(_notes(one)) <= {item for item in before if item.state == "planned"}:
                return False
        return True

    def _adopter(self, account: str, client: EdusignClient, fence: int) -> tuple[Adopter, Report]:
        instance, report = self.instance, Report(account)
        hands = Hands(
            instance.name,
            account,
            instance.spec.connector,
            self.run_id,
            fence,
            Grace(instance.grace, self.moment.tools.clock, self.moment.tools.sleep),
            self.moment.current,
            self.progress,
        )
        return Adopter(hands, self.store, client, report), report

    def _ended(
        self, account: str, decision: Decision, report: Report, choice: Choice, *, is_whole: bool
    ) -> bool:
        """Note what became of an account; return whether all of it is known."""
        self.said += report.outcomes
        if is_whole and choice == "undone":
            join_again(self.store, self.instance.name, account, decision.api_type)
        if is_whole:
            decide(self.store, self.instance.name, account, decision._replace(choice=choice))
        return is_whole

    @contextmanager
    def _running(self, plan_id: str) -> Iterator[None]:
        """Keep a run of the store open; close it when it breaks off."""
        self.run_id = self.store.start_run(self.instance.name, DIRECTION, self.store.now())
        try:
            yield
        except EdusyncError as error:
            self.said.append(Outcome(error.code, detail=error.message))
            close_run(self.store, self.run_id, "failed", self.said, plan_id=plan_id)
            raise

    def _close(self, plan_id: str, *, is_known: bool) -> Status:
        status = _status(self.said, is_known=is_known)
        close_run(self.store, self.run_id, status, self.said, plan_id=plan_id)
        return status


def _notes(one: AccountAdoption) -> list[Adopted]:
    """Return what each item was, as the store keeps it."""
    return [
        Adopted(
            item.kind,
            item.edusign_id,
            one.api_type,
            item.source_id,
            item.former_id,
            item.former_type,
            item.rewrites,
            "planned",
        )
        for item in one.items
    ]


def moved(plan_id: str, asked: str) -> Guarded:
    """Return the refusal of a plan that is another one by now."""
    return Guarded(
        "RUN_PLAN_MOVED",
        f"the plan is now {plan_id}, not {asked}",
        "look at the plan of now: the same command without --apply",
    )


def _status(said: Sequence[Outcome], *, is_known: bool) -> Status:
    done = any(one.code in {"MOVE_ADOPTED", "MOVE_GIVEN_BACK"} for one in said)
    if not is_known or any(one.severity == "error" for one in said):
        return "partial" if done else "failed"
    held = HELD | {"MOVE_NOT_GIVEN_BACK"}
    return "held" if any(one.code in held for one in said) else "success"
