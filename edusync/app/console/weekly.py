"""A weekly summary of a connector by mail, for whoever wants it: Mondays, in their language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from edusync.app.console.overview import PEOPLE, Counts, add, standing
from edusync.app.console.waiting import waiting_of
from edusync.app.runner.log import LOG
from edusync.codes import get_code
from edusync.locale import gettext as _
from edusync.locale import speaking
from edusync.locale.labels import label
from edusync.model import PARIS
from edusync.state.mails import claim_weekly, return_weekly, weekly_before
from edusync.state.overview import short_runs, tallies
from edusync.state.runs import UPWARD
from edusync.state.visitors import user_by

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from edusync.app.console.mailer import Mailer
    from edusync.app.console.overview import Row
    from edusync.app.runner.fleet import Fleet
    from edusync.locale import Language
    from edusync.state.mails import Weekly
    from edusync.state.overview import ShortRun
    from edusync.state.store import Store
    from edusync.state.visitors import User

AT = time(7)
_WEEK = timedelta(days=7)
_AFTER_A_FAILURE = timedelta(minutes=30)
_MOST = 20


@dataclass(slots=True)
class Summaries:
    """Sends the summaries of a project. `url` is where its console is."""

    store: Store
    fleet: Fleet
    mailer: Mailer
    now: Callable[[], datetime]
    url: str
    _not_before: datetime | None = None

    def send_due(self) -> None:
        """Send what is due since Monday. Each is noted before it is sent, so none is sent twice.

        When the server of mail takes none, the rest waits for half an hour.
        """
        now = self.now()
        if self._not_before is not None and now < self._not_before:
            return
        for wish in weekly_before(self.store, last_monday(now)):
            user = user_by(self.store, id=wish.user)
            is_there = user is not None and user.sees(wish.connector)
            if user is None or not is_there or wish.connector not in self.fleet.known():
                continue
            if not claim_weekly(self.store, wish, now):
                continue
            if not self._send(wish, user, now):
                return_weekly(self.store, wish, now)
                self._not_before = now + _AFTER_A_FAILURE
                LOG.warning("a weekly summary was not sent; it is tried again")
                return

    def _send(self, wish: Weekly, user: User, now: datetime) -> bool:
        language: Language = "fr" if wish.language == "fr" else "en"
        with speaking(language):
            title, body = summary(self.store, self.fleet, user, wish.connector, self.url, now)
        return self.mailer.send(wish.address, title, body)


def last_monday(now: datetime) -> datetime:
    """Return when summaries were due last, Paris time."""
    local = now.astimezone(PARIS)
    monday = datetime.combine(local.date() - timedelta(days=local.weekday()), AT, PARIS)
    return monday if monday <= local else monday - _WEEK


def summary(
    store: Store, fleet: Fleet, user: User, connector: str, url: str, now: datetime
) -> tuple[str, str]:
    """Return the title and the words of a summary, in the language that is spoken."""
    row = standing(store, fleet, user, connector, now)
    runs = short_runs(store, [connector], now - _WEEK)
    page = f"{url}/connectors/{connector}/"
    lines = [
        _("The last seven days of {name}", name=connector),
        "",
        *_runs(runs),
        *_done(store, row, runs),
        "",
        *_to_settle(store, fleet, connector, user),
        "",
        _("Look at it: {url}", url=page),
        _("To get this no longer: the same page, at its end."),
    ]
    return _("edusync: the week of {name}", name=connector), "\n".join(lines) + "\n"


def _runs(runs: Sequence[ShortRun]) -> Iterator[str]:
    grades: dict[str, int] = {}
    for run in runs:
        grades[run.status] = grades.get(run.status, 0) + 1
    counts = ", ".join(
        f"{label('grade', grade)} {times}" for grade, times in sorted(grades.items())
    )
    if runs:
        yield _("Runs: {count} ({grades})", count=len(runs), grades=counts)
    else:
        yield _("It did not run.")


def _done(store: Store, row: Row, runs: Sequence[ShortRun]) -> Iterator[str]:
    sheets, people = Counts(), Counts()
    for tally in tallies(store, [run.id for run in runs if run.direction not in UPWARD]):
        if tally.kind == "course":
            add(sheets, tally)
        elif tally.kind in PEOPLE:
            add(people, tally)
    for words, week, last in (
        (_("Sheets"), sheets, row.sheets),
        (_("People"), people, row.people),
    ):
        yield _(
            "{what}: {created} new, {changed} changed, {deleted} deleted; {left_out} left out by "
            "the last run",
            what=words,
            created=week.created,
            changed=week.changed,
            deleted=week.deleted,
            left_out=last.left_out if row.looked else "?",
        )


def _to_settle(store: Store, fleet: Fleet, connector: str, user: User) -> Iterator[str]:
    found = waiting_of(store, fleet, [connector])
    if not found:
        yield _("Nothing waits for you.")
        return
    yield _("This waits for you:")
    for one in found[:_MOST]:
        code = get_code(one.code)
        yield f"- {code.meaning}"
        yield f"  {code.remedy_for(operator=user.is_operator)}"
