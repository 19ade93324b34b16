"""Take over what another connector made, give it back, or leave it to whose it is."""

from __future__ import annotations

from contextlib import ExitStack, closing
from datetime import timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING

import orjson

from edusync.app.runs.adopting import Result, Work, moved
from edusync.app.runs.claims import check_file, refuse_in_shadow
from edusync.app.runs.moving_in import SPAN, MovingIn
from edusync.app.runs.sides import open_edusign
from edusync.diagnostics import did_you_mean
from edusync.engine.collector import collector_at_rest
from edusync.engine.outcome import Outcome
from edusync.engine.plan.adoption import Adoption
from edusync.errors import UsageProblem
from edusync.state.adoptions import Decision, accounts_of, decide, decisions, noted
from edusync.state.lock import locked

if TYPE_CHECKING:
    from collections.abc import Callable

    from edusync.app.files.connector_file import Instance
    from edusync.app.files.pairs import Choices
    from edusync.app.runs.moment import Moment
    from edusync.app.runs.moving_in import Side
    from edusync.registry import Registry
    from edusync.state.adoptions import Adopted
    from edusync.state.store import Store

_LATELY = timedelta(hours=24)


def adopt(
    instance: Instance,
    store: Store,
    registry: Registry,
    moment: Moment,
    api_type: str,
    *,
    days: int | None = None,
    apply: str | None = None,
    choices: Choices | None = None,
    progress: Callable[[], None] = lambda: None,
) -> Result:
    """Plan what is taken over of a type; with the id of that plan as `apply`, take it over.

    `choices` are what a person said about what waited; what of it cannot be stands in their
    document. Guarded when the plan is another one by now, when the ERP could not be read wholly,
    or when something is to be written in shadow.
    """
    if apply is not None:
        refuse_in_shadow(instance)
    check_file(instance, store)
    with collector_at_rest(), ExitStack() as stack:
        fence = stack.enter_context(locked(store, instance.name)) if apply is not None else 0
        both = stack.enter_context(MovingIn(instance, store, registry, moment, days=days))
        sides = both.read()
        if api_type not in both.types() and not _is_begun(instance, store, api_type):
            raise UsageProblem(
                "RUN_USAGE",
                f"nothing on Edusign is of '{api_type}'",
                did_you_mean(api_type, sorted(both.types())) or "`edusync survey` lists all types",
            )
        adoption = Adoption(instance.name, api_type, both.plan(api_type, choices))
        writing = [one for side in sides for one in _lately(side, api_type)]
        outcomes = [*adoption.reasons, *writing]
        if apply is None:
            return Result(adoption.plan_id, None, adoption, outcomes=outcomes)
        return Work(instance, store, moment, progress).take(both, adoption, outcomes, apply, fence)


def give_back(
    instance: Instance,
    store: Store,
    moment: Moment,
    api_type: str,
    *,
    apply: str | None = None,
    progress: Callable[[], None] = lambda: None,
) -> Result:
    """Plan what is given back of a type; with the id of that plan as `apply`, give it back.

    UsageProblem when nothing of it was taken over. Guarded when the plan is another one by now, or
    when something is to be written in shadow.
    """
    if apply is not None:
        refuse_in_shadow(instance)
    check_file(instance, store)
    if apply is None:
        plan_id, items = _given_back(instance, store, api_type)
        return Result(plan_id, None, given_back=items)
    with locked(store, instance.name) as fence:
        plan_id, items = _given_back(instance, store, api_type)
        if apply != plan_id and not _goes_on(instance, store, api_type, apply):
            raise moved(plan_id, apply)
        return Work(instance, store, moment, progress).give(api_type, items, apply, fence)


def _goes_on(instance: Instance, store: Store, api_type: str, asked: str) -> bool:
    """Whether giving back broke off under an id: what is left is part of its plan."""
    found = [decisions(store, instance.name, one.name).get(api_type) for one in instance.accounts]
    begun = {one.plan_id for one in found if one is not None and one.choice == "undoing"}
    return begun == {asked} and not any(one and one.choice == "adopting" for one in found)


def _given_back(
    instance: Instance, store: Store, api_type: str
) -> tuple[str, dict[str, list[Adopted]]]:
    """Return what was taken over of a type, by account, and the id of the plan to give it back.

    UsageProblem when nothing was, or when the file does not name an account on which something was.
    """
    names = [account.name for account in instance.accounts]
    gone = sorted(accounts_of(store, instance.name, api_type) - set(names))
    if gone:
        raise UsageProblem(
            "RUN_USAGE",
            f"items of '{api_type}' were taken over on the account '{gone[0]}', which the "
            "connector file does not name",
            "write the account into the file again; `edusync state rename-account` when it has "
            "another name by now",
        )
    items = {name: noted(store, instance.name, name, api_type) for name in names}
    if not any(items.values()) and not _is_begun(instance, store, api_type):
        raise UsageProblem(
            "RUN_USAGE",
            f"nothing of '{api_type}' was taken over",
            "`edusync survey` lists what stands",
        )
    content = [
        instance.name,
        api_type,
        [[name, [[*one] for one in some]] for name, some in items.items()],
    ]
    return blake2b(orjson.dumps(content), digest_size=6).hexdigest(), items


def leave(instance: Instance, store: Store, moment: Moment, api_type: str) -> None:
    """Decide that what another connector made is left to it, and ours is made beside it.

    UsageProblem when no sheet of that type is to come on any account, or when some was taken over.
    """
    check_file(instance, store)
    _refuse_ours(instance, api_type)
    _check_type(instance, moment, api_type)
    with locked(store, instance.name):
        for account in instance.accounts:
            decided = decisions(store, instance.name, account.name).get(api_type)
            if decided is not None and decided.choice in {"adopting", "adopted", "undoing"}:
                raise UsageProblem(
                    "RUN_USAGE",
                    f"items of '{api_type}' were taken over on the account '{account.name}'",
                    "give them back first: --undo",
                )
            decide(store, instance.name, account.name, Decision(api_type, "left", "", moment.now))


def _refuse_ours(instance: Instance, api_type: str) -> None:
    """Refuse to leave what has the type that edusync gives: runs find it by its ids."""
    if api_type == instance.spec.connector:
        raise UsageProblem(
            "RUN_USAGE",
            f"'{api_type}' is the type that edusync itself gives to what it makes",
            "what another connector made under it can be taken over, and not be left",
        )


def _check_type(instance: Instance, moment: Moment, api_type: str) -> None:
    """Refuse a type of which no sheet is to come: it is most likely misspelt."""
    today, found = moment.now.date(), set[str]()
    for account in instance.accounts:
        with closing(open_edusign(account, moment.tools)) as client:
            sheets = client.sheets(today, today + SPAN)
            found |= {one.source_type for one in sheets if one.source_id and one.source_type}
    if api_type not in found:
        raise UsageProblem(
            "RUN_USAGE",
            f"no sheet to come is of '{api_type}'",
            did_you_mean(api_type, sorted(found)) or "`edusync survey` lists all types",
        )


def _is_begun(instance: Instance, store: Store, api_type: str) -> bool:
    """Whether an adoption of a type, or its end, broke off."""
    found = [decisions(store, instance.name, one.name).get(api_type) for one in instance.accounts]
    return any(one is not None and one.choice in {"adopting", "undoing"} for one in found)


def _lately(side: Side, api_type: str) -> list[Outcome]:
    """Return whether the other connector wrote within the last day: it may not be off."""
    ours = side.read.view.linked("course")
    coming = [
        sheet
        for sheet in side.standing.sheets
        if sheet.source_type == api_type
        and sheet.starts_at > side.read.verdicts.window.now
        and sheet.edusign_id not in ours
    ]
    moments = [one.changed_at for one in coming if one.changed_at is not None]
    recent = [one for one in moments if one > side.at - _LATELY]
    if not recent:
        return []
    zone = side.read.verdicts.window.zone
    last = f"{max(recent).astimezone(zone):%Y-%m-%d %H:%M}"
    detail = f"{len(recent)} of {len(coming)}, the last on {last}"
    return [Outcome("MOVE_STILL_WRITES", detail=detail, account=side.account.name)]
