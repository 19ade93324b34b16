"""Print how the attendance of both sides compares."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from edusync.cli.render.plan import fold, print_meanings
from edusync.locale import gettext as _
from edusync.locale import ngettext
from edusync.locale.labels import label

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from edusync.app.explaining.reconcile_account import Reconciled
    from edusync.engine.upward.held_against import Held, HeldSheet

VERDICTS = ("equal", "different", "missing", "only_there", "unread")
_COLORS = {"different": "yellow", "missing": "red", "only_there": "cyan", "unread": "magenta"}
WIDTH = 80


def print_reconciled(
    accounts: Sequence[Reconciled], days: tuple[date, date], erp: str, zone: str
) -> None:
    """Print, account by account, who is not equal, and what the codes mean."""
    codes = dict[str, None]()
    for account in accounts:
        click.echo(click.style(_("account {name}", name=account.name), bold=True))
        if not account.is_read:
            words = _(
                "The attendance in {erp} cannot be read: what edusync sent is compared.", erp=erp
            )
            fold(words, 2)
        for sheet in account.sheets:
            shown = [person for person in sheet.people if person.verdict != "equal"]
            if shown or sheet.code is not None:
                _print_sheet(sheet, zone)
            if sheet.code is not None:
                codes[sheet.code] = None
                click.echo(f"    {sheet.code}")
            for person in shown:
                _print_person(account, person, zone)
                if person.code is not None:
                    codes[person.code] = None
        _print_counts(account, days)
    print_meanings([*codes])


def _print_sheet(sheet: HeldSheet, zone: str) -> None:
    at = _moment(sheet.starts_at, zone)
    words = " ".join(
        filter(None, [at, sheet.name, f"({sheet.source_id or sheet.edusign_id or '?'})"])
    )
    click.echo("  " + click.style(_cut(words, WIDTH - 2), bold=True))


def _print_person(account: Reconciled, person: Held, zone: str) -> None:
    who = account.names.get((person.role, person.source_id or person.edusign_id or ""))
    who = who or person.source_id or person.edusign_id or "?"
    verdict = label("compared", person.verdict)
    sides = _(
        "Edusign: {one}, ERP: {other}",
        one=_state(person.on_edusign),
        other=_state(person.in_erp),
    )
    colored = click.style(f"{_cut(verdict, 12):12}", fg=_COLORS[person.verdict])
    click.echo(f"    {colored} {_cut(who, 24):24} {_cut(sides, 38)}")
    if person.detail is not None:
        name, on_edusign, in_erp = person.detail
        words = _(
            "{name}: Edusign: {one}, ERP: {other}",
            name=label("field", name),
            one=_shown(name, on_edusign, zone),
            other=_shown(name, in_erp, zone),
        )
        click.echo(f"      {_cut(words, WIDTH - 6)}")
    if person.code is not None:
        click.echo(f"      {person.code}")


def _shown(name: str, value: str | None, zone: str) -> str:
    """Return a time of day, or a reason, as it is shown."""
    if value is None:
        return "–"
    if name == "reason":
        return value
    return f"{datetime.fromisoformat(value).astimezone(ZoneInfo(zone)):%H:%M}"


def _state(state: str | None) -> str:
    return "–" if state is None else label("state", state)


def _print_counts(account: Reconciled, days: tuple[date, date]) -> None:
    sheets = sum(bool(sheet.people) and sheet.edusign_id is not None for sheet in account.sheets)
    words = [
        ngettext("{count} sheet", "{count} sheets", sheets),
        *(
            f"{count} {label('compared', verdict)}"
            for verdict in VERDICTS
            if (count := account.count(verdict))
        ),
    ]
    fold(
        _("from {first} to {last}: {words}", first=days[0], last=days[1], words=", ".join(words)), 2
    )


def _cut(words: str, width: int) -> str:
    return words if len(words) <= width else words[: width - 1] + "…"


def _moment(at: datetime | None, zone: str) -> str:
    return "" if at is None else f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


def as_dict(
    connector: str, days: tuple[date, date], accounts: Sequence[Reconciled]
) -> dict[str, Any]:
    """Return the comparison as JSON: ids, states and codes, and names of those who differ."""
    return {
        "version": 1,
        "connector": connector,
        "from": days[0].isoformat(),
        "to": days[1].isoformat(),
        "accounts": [
            {
                "name": account.name,
                "erp_is_read": account.is_read,
                "counts": {verdict: account.count(verdict) for verdict in VERDICTS},
                "sheets": [
                    {
                        "source_id": sheet.source_id,
                        "edusign_id": sheet.edusign_id,
                        "name": sheet.name,
                        "starts_at": None
                        if sheet.starts_at is None
                        else sheet.starts_at.isoformat(),
                        "code": sheet.code,
                        "people": [_person(account, person) for person in sheet.people],
                    }
                    for sheet in account.sheets
                ],
            }
            for account in accounts
        ],
    }


def _person(account: Reconciled, person: Held) -> dict[str, Any]:
    return {
        "verdict": person.verdict,
        "role": person.role,
        "source_id": person.source_id,
        "edusign_id": person.edusign_id,
        "name": account.names.get((person.role, person.source_id or person.edusign_id or "")),
        "on_edusign": person.on_edusign,
        "in_erp": person.in_erp,
        "code": person.code,
        "detail": None if person.detail is None else person.detail._asdict(),
    }
