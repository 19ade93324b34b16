"""Map the rows of lists to students, professors, groups, classrooms, courses and externals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.engine import calls
from edusync.engine.map.builder import ItemBuilder
from edusync.engine.map.fields import Ids
from edusync.engine.map.skipped import Skipped
from edusync.engine.read.files_seen import follower
from edusync.engine.read.ordered import aliases
from edusync.engine.read.table import Dropped
from edusync.spec.needs import is_merged, mentioned

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from edusync.engine.outcome import Report
    from edusync.engine.read.lists import Lists
    from edusync.spec.tree import Entity

    Row = dict[str, Any]

__all__ = ["KINDS", "Mapper", "Skipped", "entity_expressions"]

KINDS = ("professor", "external", "student", "group", "classroom", "course")


class Mapper:
    """Turn rows into what they mean. References and ids carry the namespace of the spec."""

    def __init__(self, lists: Lists, report: Report) -> None:
        self.lists, self.report = lists, report
        self.decided: Mapping[str, Any] = {}
        """What the engine decided about the item of the moment, for reports to look at."""
        self.aliases: dict[str, dict[str, str]] = {}
        self.not_whole: set[str] = set()
        """Kinds of which some row could be any item: it has no id that can be read, or no day."""
        prefix = calls.setting(lists.spec.namespace, lists.names, "namespace")
        self.ids = Ids(f"{prefix}/" if prefix else "")

    def items(self, kind: str) -> Iterator[Any]:
        """Yield the items of a kind, and a `Skipped` for each row that was dropped.

        Nothing comes when the spec has no such kind.
        """
        entity = self.lists.spec.entities.get(kind)
        if entity is None:
            return
        reports = self.lists.spec.rules.report.get(kind, ())
        tests = [drop.test for drop in reports]
        names = self.lists.scope([*entity_expressions(entity), *tests])
        build = ItemBuilder(entity, self.lists, names, self.ids, self.report, self.alias)
        make = build.make
        follow = follower(self.lists, entity.source) if kind == "course" else None
        for found in self.lists.rows(entity.source):
            if type(found) is Dropped:
                skipped = build.skipped(found.row, found.code, found.place, found.detail)
                if skipped is not None:
                    if follow is not None:
                        follow([skipped.starts_at])
                    yield skipped
                continue
            row: Row = found  # type: ignore[assignment]  # the only other type
            item = make(row, names)
            if item is None:
                continue
            if follow is not None:
                follow([item.starts_at])
            yield item
            if reports:
                about = {**names, "decided": self.decided}
                for drop in reports:
                    build.report_on(row, about, item.source_id, drop)
        if not build.whole:
            self.not_whole.add(kind)

    def alias(self, kind: str) -> Mapping[str, str]:
        """Return the ids of records that were merged, each with that of the one that is kept.

        Both with the namespace; nothing for a kind whose rows are never merged.
        """
        found = self.aliases.get(kind)
        if found is None:
            entity, lists = self.lists.spec.entities.get(kind), self.lists
            self.aliases[kind] = found = {}
            if entity is not None and is_merged(lists.spec, entity.source):
                value = entity.fields["source_id"]
                names = lists.scope(mentioned(value))
                rows = lists.table(entity.source).rows
                found |= {
                    self.ids.prefix + one: self.ids.prefix + kept
                    for one, kept in aliases(rows, lists.compile(value), names).items()
                }
        return found

    def is_whole(self, kind: str) -> bool:
        """Whether every row of a kind was read and can be told apart, also when it has none."""
        entity = self.lists.spec.entities.get(kind)
        return entity is None or (self.lists.is_whole(entity.source) and kind not in self.not_whole)


def entity_expressions(entity: Entity) -> Iterator[Any]:
    """Yield every expression of an entity."""
    yield from entity.ignores
    yield from (drop.test for drop in entity.drop)
    for value in (*entity.fields.values(), *entity.carry.values(), *entity.also_known_as):
        yield from mentioned(value)
