"""Accounts that take the same, once the entries of their filters are resolved (R29, D12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.app.files.overlaps import are_told_apart, in_common, in_words
from edusync.engine.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from edusync.app.runs.account_run import AccountRun
    from edusync.spec import Spec


def with_overlaps(spec: Spec, run: AccountRun, earlier: Sequence[AccountRun]) -> AccountRun:
    """Return a run of an account of which it is noted what others before it take as well."""
    run.plan = run.plan.with_outcomes([*_overlaps(spec, run, earlier)])
    return run


def _overlaps(spec: Spec, run: AccountRun, earlier: Sequence[AccountRun]) -> Iterator[Outcome]:
    for other in earlier:
        if other.account.answers.connection != run.account.answers.connection:
            continue
        common = in_common(spec, other.names["filters"], run.names["filters"])
        apart = are_told_apart(spec, other.account.answers, run.account.answers)
        words = _both_take(run, other) if common is None or apart else in_words(common)
        if words:
            detail = f"'{other.account.name}' takes it as well: {words}"
            yield Outcome("CONF_SCOPE_OVERLAP", detail=f"{detail}; sheets and students are doubled")


def _both_take(run: AccountRun, other: AccountRun) -> str:
    """Say which sessions come down for both with the same students, such as of nested folders."""
    sessions = run.verdicts.seen & other.verdicts.seen
    students = set(run.verdicts.students_on_sheets) & set(other.verdicts.students_on_sheets)
    return f"{len(sessions)} session(s)" if sessions and students else ""
