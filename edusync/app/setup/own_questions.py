"""The questions that every setup has, whatever its ERP: accounts of Edusign, and when it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.app.setup.prompt import Prompt
from edusync.locale import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from edusync.app.setup.draft import Draft
    from edusync.diagnostics import Route
    from edusync.spec import Spec

EDUSIGN = "https://ext.edusign.fr"
MOST_ACCOUNTS = 50


def accounts(draft: Draft) -> Iterator[Prompt]:
    """Yield the questions about the accounts of Edusign."""
    accounts = draft.data["accounts"]
    yield Prompt(
        route=("accounts",),
        kind="integer",
        label=_("How many Edusign accounts does it feed?"),
        help=_("One account takes everything; several share what you choose for each."),
        value=len(accounts),
    )
    for number, account in enumerate(accounts):
        here: Route = ("accounts", number)
        several = account["name"] if len(accounts) > 1 else None
        of: dict[str, Any] = {"account": number, "of_account": several}
        if several:
            yield Prompt(
                route=(*here, "name"),
                kind="text",
                label=_("Name of this account"),
                help=_("Links of sheets are kept under it."),
                value=account["name"],
                **of,
            )
        edusign = account.get("edusign") or {}
        yield Prompt(
            route=(*here, "edusign", "base_url"),
            kind="url",
            label=_("Address of Edusign"),
            value=edusign.get("base_url", EDUSIGN),
            default=EDUSIGN,
            **of,
        )
        yield Prompt(
            route=(*here, "edusign", "api_key"),
            kind="secret",
            label=_("API key of the Edusign account"),
            help=_("On Edusign, in the settings of the account, under the API."),
            value=edusign.get("api_key"),
            **of,
        )


def schedule(spec: Spec, draft: Draft) -> Iterator[Prompt]:
    """Yield the questions about when the connector runs."""
    own, answers = spec.schedule, draft.data.get("schedule") or {}
    down = [str(slot) for slot in own.down]
    yield Prompt(
        route=("schedule", "down"),
        kind="slots",
        label=_("When planning comes down (zone {zone})", zone=spec.zone),
        help=_("Ranges within a day; the connector starts at its own minute in each."),
        value=answers.get("down", down),
        default=down,
        example="11:30-13:30, 18:00-21:00",
    )
    if spec.writeback is not None:
        up: Any = own.up if own.up == "with_down" else [str(slot) for slot in own.up]
        default = "at_once" if own.at_once else up
        yield Prompt(
            route=("schedule", "up"),
            kind="slots",
            label=_("When attendance goes up"),
            help=_(
                "Times or ranges; with_down: in the same runs; at_once: also as soon as Edusign "
                "says that a sheet was archived, which needs a webhook there."
            ),
            value=answers.get("up", default),
            default=default,
            values={
                "with_down": _("In the same runs as the planning"),
                "at_once": _("Once a sheet is archived, and in slots"),
            },
            example="10:30, 20:30",
        )
    yield Prompt(
        route=("schedule", "window_days"),
        kind="integer",
        label=_("How many days ahead come down"),
        value=answers.get("window_days", own.window_days),
        default=own.window_days,
    )
