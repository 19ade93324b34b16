"""Days before and after those of a run, for somebody who asks where a session is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from edusync.app.runs.downward import Downward
from edusync.app.runs.scope import settle_scope
from edusync.engine.judge.doubles import Standing
from edusync.engine.judge.judge import judge
from edusync.engine.judge.verdicts import KnownSheets
from edusync.engine.map.snapshot import read
from edusync.engine.outcome import Outcome, Report
from edusync.errors import ConfigurationProblem, SourceError
from edusync.locale import gettext as _
from edusync.locale.details import in_words
from edusync.model import Window

if TYPE_CHECKING:
    from collections.abc import Sequence

    from edusync.app.runs.account_run import AccountRun
    from edusync.engine.plan.plan import Key

DAYS_AHEAD, DAYS_BACK = 60, 30


class Elsewhere(NamedTuple):
    """What the ERP says of days around the window."""

    window: Window
    reasons: Sequence[Outcome] = ()
    """Why the session, or the first sessions that name somebody, are not in the window."""
    failed: str | None = None
    """Why these days could not be read wholly."""


def judge_other_days(downward: Downward, run: AccountRun, key: Key) -> Elsewhere:
    """Read more days of the ERP, and judge them as the run judges its own. Nothing is written."""
    inside = downward.window
    window = Window.around(
        inside.now,
        days=max(DAYS_AHEAD, (inside.last - inside.today).days),
        days_back=max(DAYS_BACK, (inside.today - inside.first).days),
        zone=inside.zone,
    )
    instance = downward.instance
    store, registry, moment = downward.store, downward.registry, downward.moment
    with Downward(instance, store, registry, moment, window=window) as wide:
        lists = wide.erp.open_lists(run.account, Report(run.account.name))
        try:
            settle_scope(lists, run.client, "down")
            nothing = KnownSheets({}, frozenset(), downward.store.key)
            standing = Standing(run.view.fingerprints, run.client.person_by_email)
            verdicts = judge(read(lists), instance.rules, inside, nothing, standing, trace=True)
        except (SourceError, ConfigurationProblem) as error:
            return Elsewhere(window, failed=in_words(error.message))
    sessions = [key[1]] if key[0] == "course" else verdicts.references.get(key, ())
    found = [verdicts.reasons.get(("course", session)) for session in sessions]
    reasons = [reason for reason in found if reason is not None]
    is_whole = verdicts.whole or "course" not in instance.spec.entities
    return Elsewhere(window, reasons, None if is_whole else _("the ERP answered in part"))
