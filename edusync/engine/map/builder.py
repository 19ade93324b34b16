"""Build the items of an entity from its rows: students, professors, groups and the others."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from edusync.engine.map.fields import FieldMaker, nobody_else
from edusync.engine.map.item_source import ItemSource
from edusync.engine.map.spoilt import LOST, REPLACEMENT
from edusync.engine.outcome import Outcome
from edusync.engine.read.table import UNDECIDED
from edusync.engine.verdicts import decided, why
from edusync.model import UNKNOWN, as_id
from edusync.model.window import day_of, midnight
from edusync.spec.evaluate import Unreadable, is_unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from edusync.diagnostics import Location
    from edusync.engine.map.fields import Ids
    from edusync.engine.map.skipped import Skipped
    from edusync.engine.outcome import Report
    from edusync.spec.compile.values import ValueCompiler
    from edusync.spec.tree import Drop, Entity, Expression

    Row = dict[str, Any]


class ItemBuilder(FieldMaker):
    """Build the items of one entity: what is written of it, and what that calls."""

    def __init__(
        self,
        entity: Entity,
        compiler: ValueCompiler,
        names: Mapping[str, Any],
        ids: Ids,
        report: Report,
        alias: Callable[[str], Mapping[str, str]] = nobody_else,
    ) -> None:
        super().__init__(entity, ids, report, alias)
        self.names, self.zone = names, compiler.zone
        self.whole = True
        """Whether the id of every row could be read, so that items can be told apart."""
        self.source = ItemSource(compiler, self).source
        made = self.source.namespace()
        self.make: Callable[..., Any] = made["item"]
        self.make_skipped: Callable[..., Skipped | None] = made["skipped"]

    def item(self, row: Row) -> Any:
        """Return the item of a row, or what stands for it when the spec drops it.

        None when the row is no item at all, or, with the event, when it has no id.
        """
        return self.make(row, self.names)

    def skipped(self, row: Row, code: str, place: Location, detail: str | None) -> Skipped | None:
        """Return what stands for the item of a row that was dropped; None as for `item`."""
        return self.make_skipped(row, self.names, code, place, detail)

    def report_on(self, row: Row, names: Mapping[str, Any], source_id: str, report: Drop) -> None:
        """Note what the rules want noted of an item, or that it cannot be decided."""
        verdict, kind, place = decided(report.test, row, names), self.entity.kind, report.place
        if verdict is UNKNOWN:
            detail = f"report {report.code}: {why(report.test, row, names)}"
            self.report.add(Outcome(UNDECIDED, kind, source_id, place=place, detail=detail))
        elif verdict:
            self.report.add(Outcome(report.code, kind, source_id, place=place))

    # what is written of an entity calls these

    def ignored(self, skipped: Skipped | None) -> None:
        """Note a row that is none of these."""
        if skipped is not None:
            self.report.add(skipped.outcome)

    def undecided(self, row: Row, test: Expression, word: str) -> tuple[Location, str]:
        """Return where and why nobody can say whether an item counts."""
        return test.place or self.entity.place, f"{word}: {why(test, row, self.names)}"

    def id_of(self, found: Any, dropped: bool) -> str | None:  # noqa: FBT001 - written code calls it
        """Return an id; None, with the event, when there is none.

        Its row may be any item of its kind, so the kind is not whole. A row of a join that has no
        tutor is normal: tutors are not deleted.
        """
        source_id = as_id(found)
        if source_id is not None:
            if REPLACEMENT in source_id:
                raise Unreadable(LOST)
            if not source_id.isspace():
                return self.ids.prefix + source_id
        kind = self.entity.kind
        if kind != "external" or found is UNKNOWN:
            self.whole = False
        if kind != "external" or not dropped:
            code, detail = f"DOWN_{_FAMILY[kind]}_FIELD_MISSING", "a row without an id"
            place = self.place("source_id")
            self.report.add(Outcome(code, kind, field="source_id", place=place, detail=detail))
        return None

    def no_id(self, reason: str) -> None:
        """Note that an id cannot be read; its row may be any item of its kind."""
        self.whole = False
        self.unreadable(None, "source_id", self.place("source_id"), reason)

    def blur(self) -> None:
        """Note that an item may be on any day."""
        self.whole = False

    def end(self, start: datetime, end: datetime) -> datetime:
        """Return the end of a course that lies before its start: 00:00 is of the next day."""
        day = day_of(start, self.zone)
        if end == midnight(day, self.zone):
            return midnight(day + timedelta(days=1), self.zone)
        return end

    def keep(
        self, carried: dict[str, object], name: str, found: Any, source_id: str, place: Location
    ) -> None:
        """Keep a value with an item, unless it is unknown or nothing that can be kept."""
        if is_plain(found):
            carried[name] = found
        elif not is_unknown(found):
            self.unreadable(source_id, f"carry.{name}", place, "this cannot be kept")


def is_plain(value: object) -> bool:
    """Whether a value is what JSON holds, so that the store can keep it."""
    if isinstance(value, dict):
        return all(isinstance(key, str) for key in value) and all(map(is_plain, value.values()))
    if isinstance(value, list | tuple):
        return all(map(is_plain, value))
    return value is None or isinstance(value, str | int | float)


_FAMILY = {
    "student": "STUDENT",
    "professor": "PROFESSOR",
    "external": "TUTOR",
    "group": "GROUP",
    "classroom": "COURSE",
    "course": "COURSE",
}
