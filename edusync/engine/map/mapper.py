"""Map the rows of lists to students, professors, groups, classrooms, courses and externals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.engine import calls
from edusync.engine.map.builder import ItemBuilder, Skipped
from edusync.engine.map.fields import Ids
from edusync.engine.outcome import Outcome
from edusync.engine.read.table import Dropped
from edusync.model import UNKNOWN
from edusync.spec.needs import value_expressions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from edusync.engine.outcome import Report
    from edusync.engine.read.lists import Lists
    from edusync.spec.paths import Path
    from edusync.spec.types import Entity, Value

    Row = dict[str, Any]

__all__ = ["KINDS", "Mapper", "Skipped", "entity_expressions", "plain_paths"]

KINDS = ("professor", "external", "student", "group", "classroom", "course")


class Mapper:
    """Turn rows into what they mean. References and ids carry the namespace of the spec."""

    def __init__(self, lists: Lists, report: Report) -> None:
        self.lists, self.report = lists, report
        self.never_seen: set[tuple[str, str]] = set()
        """Fields whose path no row had: a renamed column. They are unknown, not empty (L3)."""
        self.not_whole: set[str] = set()
        """Kinds of which some row could not be told from others, since its id could not be read."""
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
        tests = [test for _, test, _ in reports]
        names = self.lists.scope([*entity_expressions(entity), *tests])
        build = ItemBuilder(entity, self.lists, names, self.ids, self.report)
        unseen = _Unseen(entity)
        for found in self.lists.rows(entity.source):
            if type(found) is Dropped:
                skipped = build.skipped(found.row, found.code, found.place, found.detail)
                if skipped is not None:
                    yield skipped
                continue
            row: Row = found  # type: ignore[assignment]  # the only other type
            ignored = build.ignored(row)
            if ignored is True:
                continue
            unseen.look(row)
            gone = build.gone(row, ignored=ignored) if entity.drop or ignored is UNKNOWN else None
            item = build.skipped(row, *gone) if gone else build.item(row)
            if item is None:
                continue
            yield item
            for code, test, place in reports:
                build.report_on(row, item.source_id, code, test, place)
        if not build.whole:
            self.not_whole.add(kind)
        for field, outcome in unseen.outcomes():
            self.never_seen.add((kind, field))
            self.report.add(outcome)

    def is_whole(self, kind: str) -> bool:
        """Whether every row of a kind was read and can be told apart, also when it has none."""
        entity = self.lists.spec.entities.get(kind)
        return entity is None or (
            self.lists.is_whole(entity.source)
            and kind not in self.not_whole
            and not self.never_seen & {(kind, "source_id"), (kind, "starts_at")}
        )


class _Unseen:
    """The fields of an entity whose path no row had so far."""

    def __init__(self, entity: Entity) -> None:
        self.entity, self.some = entity, False
        self.fields = {
            name: paths for name, value in entity.fields.items() if (paths := plain_paths(value))
        }

    def look(self, row: Row) -> None:
        """Look which paths a row has."""
        self.some = True
        if self.fields:
            self.fields = {
                name: paths
                for name, paths in self.fields.items()
                if not any(path.is_present(row) for path in paths)
            }

    def outcomes(self) -> Iterator[tuple[str, Outcome]]:
        """Yield each field with what has to be noted, when there were rows at all."""
        for name, paths in self.fields.items() if self.some else ():
            yield (
                name,
                Outcome(
                    "SPEC_PATH_NEVER_SEEN",
                    self.entity.kind,
                    field=" or ".join(path.source for path in paths),
                    place=self.entity.fields[name].place,
                    detail=f"no row of '{self.entity.source}' has it",
                ),
            )


def plain_paths(value: Value) -> tuple[Path, ...]:
    """Return the paths of a value, nothing when every row may lack it or it has none."""
    if value.optional:
        return ()
    if value.kind == "path" and value.path is not None and value.path.steps:
        return (value.path,)
    if value.kind in {"first_of", "all_of"}:
        parts = [plain_paths(part) for part in value.parts]
        return tuple(path for paths in parts for path in paths) if all(parts) else ()
    return ()


def entity_expressions(entity: Entity) -> Iterator[Any]:
    """Yield every expression of an entity."""
    if entity.ignore:
        yield entity.ignore
    yield from (test for _, test, _ in entity.drop)
    for value in (*entity.fields.values(), *entity.carry.values(), *entity.also_known_as):
        yield from value_expressions(value)
