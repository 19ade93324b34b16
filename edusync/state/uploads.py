"""What went up: the lines of every sheet, and the steps of those that are under way.

A step is recorded as intended before it is sent (U5).
"""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - a NamedTuple's types are read when it is made
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import and_, delete, insert, not_, or_, select, update

from edusync.errors import Guarded
from edusync.state.tables import lease, step, upload
from edusync.state.upsert import upsert

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from edusync.state.store import Store

WHOLE = "sheet"
"""What stands among the lines of a sheet for the whole sheet, when it cannot go at all."""
OF_ANOTHER = "of_another"
"""What a line has when it was sent while the ERP had somebody else under the id of the person."""
Lines = dict[str, dict[str, Any]]
"""Role and id of a person → `content` (a keyed digest), `status`, and when it was refused `tries`
and `code`."""


class Upload(NamedTuple):
    """What is known of a sheet on its way up."""

    source_id: str
    edusign_id: str
    status: str
    lines: Lines

    @property
    def is_begun(self) -> bool:
        """Whether a line of it was sent, refused or held, or was about to be sent."""
        return self.status != "held" or bool(self.lines.keys() - {WHOLE})


class StepKey(NamedTuple):
    """One step of one sheet, or of one person on it (`person` is empty for the whole sheet)."""

    source_id: str
    person: str
    step: str


class Progress(NamedTuple):
    """How far a step came."""

    status: str
    got: Mapping[str, Any]
    at: datetime


class Uploads:
    """The way up of one account.

    `renamed` leads from the lines of people who were linked anew to the keys that they have now:
    what was noted before is read under these.
    """

    def __init__(
        self,
        store: Store,
        connector: str,
        account: str,
        fence: int,
        renamed: Mapping[str, str] | None = None,
    ) -> None:
        self.store, self.connector, self.account, self.fence = store, connector, account, fence
        self.renamed = renamed or {}

    def since(self, moment: datetime) -> dict[str, Upload]:
        """Return the sheets that went up since a moment.

        And those of which something is still to go, however old they are.
        """
        recent = or_(upload.c.updated_at >= moment, upload.c.status.in_(("partial", "held")))
        query = select(
            upload.c.source_id, upload.c.edusign_id, upload.c.status, upload.c.lines
        ).where(*self._mine(upload), recent)
        with self.store.reading() as connection:
            return {row[0]: self._upload(row) for row in connection.execute(query)}

    def one(self, source_id: str) -> Upload | None:
        """Return one sheet."""
        query = select(
            upload.c.source_id, upload.c.edusign_id, upload.c.status, upload.c.lines
        ).where(*self._mine(upload), upload.c.source_id == source_id)
        with self.store.reading() as connection:
            row = connection.execute(query).first()
        return self._upload(row) if row else None

    def steps(self) -> dict[StepKey, Progress]:
        """Return every step of the sheets that are under way."""
        query = select(
            step.c.source_id, step.c.person, step.c.step, step.c.status, step.c.got, step.c.at
        ).where(*self._mine(step))
        with self.store.reading() as connection:
            return {
                StepKey(row[0], self.renamed.get(row[1], row[1]), row[2]): Progress(*row[3:])
                for row in connection.execute(query)
            }

    def intend(self, keys: Iterable[StepKey]) -> None:
        """Record that steps are about to be sent; Guarded when another run took over (P5)."""
        now = self.store.now()
        rows = [
            {**self._own(), **key._asdict(), "status": "intended", "got": {}, "at": now}
            for key in keys
        ]
        with self.store.writing() as connection:
            if (
                connection.execute(
                    select(lease.c.fence)
                    .where(lease.c.connector == self.connector)
                    .with_for_update(read=True)
                ).scalar()
                != self.fence
            ):
                raise Guarded(
                    "RUN_LOCK_LOST", "another run took this connector over", "the other run goes on"
                )
            connection.execute(
                delete(step).where(*self._mine(step), or_(*(_is(row) for row in rows)))
            )
            connection.execute(insert(step), rows)

    def done(self, keys: Iterable[StepKey], got: Mapping[str, Any]) -> None:
        """Record that the ERP confirmed steps, with what later ones need of the answer."""
        with self.store.writing() as connection:
            connection.execute(
                update(step)
                .where(*self._mine(step), or_(*(_is(key._asdict()) for key in keys)))
                .values(status="done", got=dict(got))
            )

    def undo(self, keys: Iterable[StepKey]) -> None:
        """Record that the ERP refused steps: they did not happen."""
        with self.store.writing() as connection:
            connection.execute(
                delete(step).where(*self._mine(step), or_(*(_is(key._asdict()) for key in keys)))
            )

    def save(self, sheets: Iterable[Upload], *, keep: Collection[StepKey] | None = None) -> None:
        """Write what became of sheets; all their steps are kept, or only those to `keep`."""
        now = self.store.now()
        with self.store.writing() as connection:
            for sheet in sheets:
                values = {**self._own(), **sheet._asdict(), "updated_at": now}
                upsert(connection, upload, values)
                if keep is not None:
                    kept = (not_(_is(key._asdict())) for key in keep)
                    connection.execute(
                        delete(step).where(
                            *self._mine(step), step.c.source_id == sheet.source_id, *kept
                        )
                    )

    def forget(self, source_id: str) -> None:
        """Forget what was sent of a sheet, since the operator wants it sent again (U3)."""
        with self.store.writing() as connection:
            for table in (upload, step):
                connection.execute(
                    delete(table).where(*self._mine(table), table.c.source_id == source_id)
                )

    def _upload(self, row: Any) -> Upload:
        stored = Upload(*row)
        lines: Lines = {}
        for key, record in stored.lines.items():
            now = self.renamed.get(key, key)
            if lines.get(now, {}).get("status") != "sent":
                lines[now] = record
        return stored._replace(lines=lines)

    def _own(self) -> dict[str, str]:
        return {"connector": self.connector, "account": self.account}

    def _mine(self, table: Any) -> tuple[Any, ...]:
        return (table.c.connector == self.connector, table.c.account == self.account)


def sent_by_others(store: Store, connector: str, account: str) -> dict[str, str]:
    """Return the sheets of which another account of a connector sent something, or was about to.

    Each Edusign id with the account.
    """
    query = select(upload.c.edusign_id, upload.c.account, upload.c.status, upload.c.lines).where(
        upload.c.connector == connector, upload.c.account != account
    )
    with store.reading() as connection:
        rows = connection.execute(query).fetchall()
    return {row[0]: row[1] for row in rows if Upload("", row[0], row[2], row[3]).is_begun}


def mark_of_another(
    store: Store, connector: str, account: str, keys: Collection[str], since: datetime
) -> list[Upload]:
    """Mark lines that were sent, or may have been, since a moment; return the sheets with theirs.

    The mark is gone when the sheet is sent again, or entered by hand.
    """
    mine = upload.c.connector == connector, upload.c.account == account
    query = select(upload.c.source_id, upload.c.edusign_id, upload.c.status, upload.c.lines).where(
        *mine, upload.c.updated_at >= since
    )
    sheets: list[Upload] = []
    with store.writing() as connection:
        for row in connection.execute(query).fetchall():
            marked = {
                key: {**record, OF_ANOTHER: True}
                for key, record in row[3].items()
                if key in keys and record["status"] in {"sent", "doubt"}
            }
            if marked:
                connection.execute(
                    update(upload)
                    .where(*mine, upload.c.source_id == row[0])
                    .values(lines={**row[3], **marked})
                )
                sheets.append(Upload(row[0], row[1], row[2], marked))
    return sheets


def _is(row: Mapping[str, Any]) -> Any:
    return and_(
        step.c.source_id == row["source_id"],
        step.c.person == row["person"],
        step.c.step == row["step"],
    )
