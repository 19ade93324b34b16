"""`edusync reconcile CONNECTOR_FILE`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from edusync.cli.errors import code_of
from edusync.cli.options import common, common_options
from edusync.cli.several import several
from edusync.cli.tracing import traced

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path


@click.command("reconcile")
@several()
@click.option(
    "--week",
    is_flag=False,
    flag_value="last",
    metavar="[DATE]",
    help="The week of a day, such as 2026-03-17, from Monday to Sunday; the last week when no "
    "day is said, and when nothing is.",
)
@click.option("--from", "first", metavar="DATE", help="From this day on.")
@click.option("--to", "last", metavar="DATE", help="Up to this day; today when not said.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How the result is printed.",
)
@common
@traced
def command(
    connector_file: Path, week: str | None, first: str | None, last: str | None, form: str
) -> int:
    """Hold the attendance of past days on Edusign against what the ERP says, and explain.

    Both sides are read anew and nothing is written. Where the ERP's attendance cannot be read, what
    edusync sent is compared. Names are those of Edusign at this moment; they are kept nowhere.

    Exit code 1 when something differs, is missing in the ERP, is only there or could not be read;
    2 when the ERP has no way for attendance, 5 when a side is out of reach.
    """
    from edusync.app.explaining.reconcile import reconcile
    from edusync.app.files.connector_file import load_instance
    from edusync.cli.render.findings import print_findings
    from edusync.cli.render.reconciled import as_dict, print_reconciled

    options = common_options()
    registry = options.registry()
    instance = load_instance(connector_file, registry)
    print_findings(instance.warnings, err=True)
    days = days_asked(week, first, last, options.now(), instance.spec.zone)
    reconciled, stopped = reconcile(
        instance, options.store(), registry, options.begins(), days[0], days[1]
    )
    if form == "json":
        import json

        document = as_dict(instance.name, days, reconciled)
        click.echo(json.dumps(document, indent=2, ensure_ascii=False))
    else:
        print_reconciled(reconciled, days, instance.spec.label, instance.spec.zone)
    if stopped is not None:
        return code_of(stopped)
    return int(
        any(person.verdict != "equal" for account in reconciled for person in account.people)
    )


def days_asked(
    week: str | None, first: str | None, last: str | None, now: datetime, zone: str
) -> tuple[date, date]:
    """Return the days that were asked for; UsageProblem when these are no days, or both are said.

    Nothing said is the last week.
    """
    from datetime import timedelta
    from zoneinfo import ZoneInfo

    from edusync.app.explaining.reconcile import week_of
    from edusync.errors import UsageProblem

    today = now.astimezone(ZoneInfo(zone)).date()
    if week is not None and (first is not None or last is not None):
        raise UsageProblem("RUN_USAGE", "--week says the days already", "say one of both")
    if first is not None:
        return _day(first), today if last is None else _day(last)
    if last is not None:
        raise UsageProblem("RUN_USAGE", "--to needs --from", "say the first day, too")
    return week_of(today - timedelta(days=7) if week in {None, "last"} else _day(week))


def _day(text: Any) -> date:
    from datetime import date

    from edusync.errors import UsageProblem

    try:
        return date.fromisoformat(str(text))
    except ValueError:
        raise UsageProblem(
            "RUN_USAGE", f"'{text}' is not a day", "write it as 2026-03-17"
        ) from None
