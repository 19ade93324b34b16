"""Another connector's sheets on an account: what stops its first run, and who writes there still.

A school that comes from another connector has its planning on Edusign already. Nothing is made
beside it until somebody decided: `edusync adopt` takes it over, or leaves it to whose it is.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from edusync.engine.outcome import Outcome
from edusync.state.adoptions import decisions, noted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from edusync.app.files.connector_file import Instance
    from edusync.engine.plan.plan import AccountPlan
    from edusync.model import Window
    from edusync.state.adoptions import Choice, Decision
    from edusync.state.store import Store
    from edusync.state.view import StoreView
    from edusync.target.client import EdusignClient
    from edusync.target.records import Sheet

GUARD = "RUN_FOREIGN_SHEETS"
WRITES = "RUN_OLD_CONNECTOR_WRITES"
_NAMED = 20
"""How many sheets of another connector one run names, one by one."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What is said of another connector; with `guard`, nothing is planned."""

    outcomes: Sequence[Outcome] = field(default_factory=list)
    guard: bool = False

    def noted(self, plan: AccountPlan) -> AccountPlan:
        """Return a plan with what is said."""
        return plan.with_outcomes(self.outcomes, guard=GUARD if self.guard else None)


def beside_another(
    store: Store, instance: Instance, view: StoreView, client: EdusignClient, window: Window
) -> Beside:
    """Return what another connector means for the run of an account.

    Its coming sheets stop a first run, in which the store knows nothing but what was taken over and
    nothing of ours stands there, and one while an adoption is under way. After an adoption those
    that it made or changed since are named.
    """
    decided = decisions(store, instance.name, view.account)
    is_first = not view.in_doubt and _is_all_taken_over(store, view, decided)
    is_open = any(not one.is_settled for one in decided.values())
    if is_first or is_open:
        foreign = _undecided(instance, view, client, window, decided)
        if foreign or any(one.choice in {"adopting", "undoing"} for one in decided.values()):
            return Beside([*_told(foreign, decided, window)], guard=True)
    taken = [one for one in decided.values() if one.choice == "adopted"]
    own = instance.spec.connector
    writing = (_writing(view, client, window, decision, own) for decision in taken)
    return Beside([one for some in writing for one in some])


def _is_all_taken_over(store: Store, view: StoreView, decided: Iterable[str]) -> bool:
    """Whether no run has made, or found, anything yet: adoptions alone brought what is known."""
    count = sum(map(len, view.fingerprints.values()))
    taken = {
        (one.kind, one.source_id)
        for api_type in (decided if count else ())
        for one in noted(store, view.connector, view.account, api_type)
    }
    if count > len(taken):
        return False
    return all((kind, ref) in taken for kind, some in view.fingerprints.items() for ref in some)


def decided_types(store: Store, connector: str, account: str, choice: Choice) -> frozenset[str]:
    """Return the other connectors of an account about which somebody decided so."""
    decided = decisions(store, connector, account).values()
    return frozenset(one.api_type for one in decided if one.choice == choice)


def _undecided(
    instance: Instance,
    view: StoreView,
    client: EdusignClient,
    window: Window,
    decided: Mapping[str, Decision],
) -> list[Sheet]:
    """Return the coming sheets of other connectors about which nobody decided."""
    settled = {one.api_type for one in decided.values() if one.is_settled}
    ours = {"", *settled} | ({instance.spec.connector} - decided.keys())
    coming = [
        sheet for sheet in client.sheets(window.today, window.last) if sheet.starts_at > window.now
    ]
    if not decided and any(sheet.source_type == instance.spec.connector for sheet in coming):
        return []  # it has run here before: the store was lost
    foreign = [sheet for sheet in coming if sheet.source_type not in ours]
    linked = view.linked("course") if foreign else set()
    return [sheet for sheet in foreign if sheet.edusign_id not in linked]


def _told(
    foreign: Sequence[Sheet], decided: Mapping[str, Decision], window: Window
) -> Iterator[Outcome]:
    """Yield an event for each connector that stops the run."""
    counts = Counter(sheet.source_type for sheet in foreign)
    for api_type, count in sorted(counts.items()):
        first = min(sheet.starts_at for sheet in foreign if sheet.source_type == api_type)
        day = window.day_of(first)
        yield Outcome(GUARD, detail=f"{count} of '{api_type}', the first on {day}")
    for decision in decided.values():
        if decision.choice in {"adopting", "undoing"}:
            yield Outcome(GUARD, detail=f"the adoption of '{decision.api_type}' is not over")


def _writing(
    view: StoreView, client: EdusignClient, window: Window, decision: Decision, own: str
) -> Iterator[Outcome]:
    """Yield an event for each coming sheet that the old connector made or changed since then."""
    changed = client.sheets(window.today, window.last, updated_since=decision.at)
    its = [
        sheet
        for sheet in changed
        if sheet.source_type == decision.api_type
        and sheet.source_id
        and sheet.starts_at > window.now
        and not sheet.signed
    ]
    if not its:
        return
    linked = view.linked("course")
    rewritten = {
        one.edusign_id
        for one in noted(view.store, view.connector, view.account, decision.api_type)
        if one.kind == "course" and one.rewritten
    }
    if decision.api_type == own:  # by their type ours are not told from theirs
        rewritten = set()
    its = [one for one in its if one.edusign_id not in linked or one.edusign_id in rewritten]
    for sheet in its[:_NAMED]:
        detail = f"it has the id {sheet.source_id} of '{decision.api_type}'"
        yield Outcome(WRITES, "course", edusign_id=sheet.edusign_id, detail=detail)
    if len(its) > _NAMED:
        yield Outcome(WRITES, detail=f"{len(its) - _NAMED} more of '{decision.api_type}'")
