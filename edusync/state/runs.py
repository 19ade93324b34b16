"""Runs, and what they reported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import bindparam, insert, select, update

from edusync.state.connected import Connected
from edusync.state.tables import event, run

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime


ENDED = ("success", "held", "partial")
"""How a run ended that looked at both sides; `failed` and `crashed` ones did not, or not surely."""

ONE_ITEM = "one"
"""The direction of a run that brought one item down; no later run goes on from it."""
AT_ONCE = "at_once"
"""The direction of a run that sent named sheets up; no later run goes on from it either."""
UPWARD = ("up", AT_ONCE)
"""The directions of runs that sent attendance up."""


class Runs(Connected):
    """The runs of every connector and their events."""

    def start_run(self, connector: str, direction: str, at: datetime) -> str:
        """Open a run; earlier ones that never ended are marked as crashed."""
        identity = uuid4().hex
        with self.writing() as connection:
            connection.execute(
                update(run)
                .where(run.c.connector == connector, run.c.status == "running")
                .values(status="crashed")
            )
            connection.execute(
                insert(run).values(
                    id=identity,
                    connector=connector,
                    direction=direction,
                    started_at=at,
                    status="running",
                    counts={},
                )
            )
        return identity

    def finish_run(
        self,
        run_id: str,
        status: str,
        at: datetime,
        plan_id: str | None,
        counts: Mapping[str, Any],
        events: Sequence[Mapping[str, Any]],
    ) -> None:
        """Close a run and write its events, both or neither."""
        with self.writing() as connection:
            if events:
                connection.execute(insert(event), [{"run": run_id, **row} for row in events])
            connection.execute(
                update(run)
                .where(run.c.id == run_id)
                .values(status=status, finished_at=at, plan_id=plan_id, counts=dict(counts))
            )

    def runs(
        self,
        connector: str,
        limit: int = 50,
        *,
        direction: str | tuple[str, ...] | None = None,
    ) -> list[Mapping[str, Any]]:
        """Return the runs of a connector, newest first; only those of a direction, or of some."""
        query = (
            select(run)
            .where(run.c.connector == connector)
            .order_by(run.c.started_at.desc())
            .limit(limit)
        )
        if direction is not None:
            wanted = (direction,) if isinstance(direction, str) else direction
            query = query.where(run.c.direction.in_(wanted))
        with self.reading() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def run(self, connector: str, run_id: str) -> Mapping[str, Any] | None:
        """Return one run of a connector, None when it has no such run."""
        query = select(run).where(run.c.connector == connector, run.c.id == run_id)
        with self.reading() as connection:
            row = connection.execute(query).mappings().first()
            return None if row is None else dict(row)

    def events(
        self, run_id: str, *, code: str | None, kind: str | None, source_id: str | None
    ) -> list[Mapping[str, Any]]:
        """Return the events of a run in their order, as far as the filters let them."""
        query = select(event).where(event.c.run == run_id).order_by(event.c.id)
        for column, value in (
            (event.c.code, code),
            (event.c.kind, kind),
            (event.c.source_id, source_id),
        ):
            if value is not None:
                query = query.where(column == bindparam(None, value))
        with self.reading() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]
