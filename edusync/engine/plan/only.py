"""The plan of one item out of that of a whole account: nothing else is created or changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from edusync.engine.digest import REFERENCES
from edusync.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from edusync.engine.judge.people import People
    from edusync.engine.judge.verdicts import Verdicts
    from edusync.engine.plan.plan import AccountPlan, Change, Key
    from edusync.state.view import StoreView

_MOST_NAMED = 10
OF_ACCOUNT = frozenset({"RUN_FOREIGN_SHEETS"})
"""Guards that stop an account as a whole, whatever item is asked for."""


def item_named(asked: Key, accounts: Sequence[tuple[Verdicts, StoreView]]) -> Key:
    """Return the item that is meant: by its id, what follows the school in it, or that on Edusign.

    UsageProblem when no account knows it, or when several are called so.
    """
    kind, text = asked
    met = {found for verdicts, view in accounts for found in _known(kind, verdicts, view)}
    if text in met:
        return asked
    on_edusign = {
        link.source_id
        for _, view in accounts
        for link in view.links.values()
        if (link.kind, link.edusign_id) == asked
    }
    best = sorted(on_edusign or {found for found in met if found.endswith(f"/{text}")})
    if len(best) == 1:
        return kind, best[0]
    if best:
        message = f"{len(best)} items are called so: {', '.join(best[:_MOST_NAMED])}"
        raise UsageProblem("RUN_USAGE", message, "name one of these ids")
    message = f"neither the ERP nor the store knows the {kind} '{text}'"
    hint = f"`edusync explain NAME {kind} '{text}'` looks for it by name, day and e-mail as well"
    raise UsageProblem("RUN_USAGE", message, hint)


def _known(kind: str, verdicts: Verdicts, view: StoreView) -> Iterator[str]:
    """Yield the ids of a kind that the ERP sent, valid or not, and those that were brought down."""
    yield from (source_id for of, source_id in (*view.links, *verdicts.reasons) if of == kind)
    everybody = verdicts.people
    match kind:
        case "course":
            yield from (*verdicts.seen, *verdicts.dropped)
        case "group":
            yield from (*verdicts.groups.all, *verdicts.groups.reasons)
        case _:
            found: Mapping[str, People[Any]] = {
                "student": everybody.students,
                "professor": everybody.professors,
                "external": everybody.externals,
            }
            people = found[kind]
            yield from (*people.valid, *people.reasons, *people.unknown, *people.undecided)


def only(plan: AccountPlan, key: Key) -> AccountPlan:
    """Return what the plan of an account says of one item.

    Of the guards those that hold it; of the events its own, and those of a side as a whole.
    UsageProblem when it needs somebody who is not on Edusign yet.
    """
    changes = [change for change in plan.changes if change.key == key]
    held = [change for change in plan.held if change.key == key]
    missing = sorted({name for change in (*changes, *held) for name in _missing(plan, change)})
    if missing:
        named = ", ".join(missing[:_MOST_NAMED]) + (" …" if missing[_MOST_NAMED:] else "")
        message = f"the {key[0]} '{key[1]}' needs what is not on Edusign yet: {named}"
        hint = "bring these first, each with --only KIND ID, or all with a run without --only"
        raise UsageProblem("RUN_USAGE", message, hint)
    guards = {change.code for change in held} | (OF_ACCOUNT & {*plan.guards})
    return replace(
        plan,
        changes=changes,
        held=held,
        guards=[code for code in plan.guards if code in guards],
        outcomes=[
            event
            for event in plan.outcomes
            if event.key == key
            or event.code in guards
            or (event.key == ("", "") and event.code.startswith(("CONN_", "CONF_")))
        ],
    )


def _missing(plan: AccountPlan, change: Change) -> Iterator[str]:
    """Yield what a change refers to and the same plan would create, take over or link anew."""
    values = change.facts.values if change.facts else {}
    wanted = {(kind, ref) for field, kind in REFERENCES.items() for ref in values.get(field, ())}
    for other in plan.changes:
        is_new = other.action in {"create", "adopt"} or other.replaces is not None
        if is_new and other.key in wanted:
            yield f"{other.kind} {other.source_id}"
