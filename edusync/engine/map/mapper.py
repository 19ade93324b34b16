"""Map the rows of lists to students, professors, groups, classrooms, courses and externals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.engine import calls
from edusync.engine.map.builder import Builder
from edusync.engine.outcome import Outcome
from edusync.engine.read.table import UNDECIDED, Dropped
from edusync.engine.verdicts import decided, why
from edusync.model import UNKNOWN
from edusync.model.ids import ON_EDUSIGN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from edusync.diagnostics import Location
    from edusync.engine.outcome import Report
    from edusync.engine.read.lists import Lists
    from edusync.spec.expressions import Expression
    from edusync.spec.types import Entity

    Row = dict[str, Any]
    Make = Callable[[Row, Mapping[str, Any]], Any]

KINDS = ("professor", "external", "student", "group", "classroom", "course")


class Mapper:
    """Turn rows into what they mean. References and ids carry the namespace of the spec."""

    def __init__(self, lists: Lists, report: Report) -> None:
        self.lists, self.report, self.names = lists, report, lists.names
        self.not_whole: set[str] = set()
        """Kinds of which some row could not be told from others: its id or its day is unknown."""
        prefix = calls.setting(lists.spec.namespace, lists.names, "namespace")
        self.prefix = f"{prefix}/" if prefix else ""
        self.ids = _References(self.prefix)

    def items(self, kind: str) -> Iterator[Any]:
        """Yield the items of a kind, and a `Skipped` for each row that was dropped.

        Nothing when the spec has no such kind.
        """
        entity = self.lists.spec.entities.get(kind)
        if entity is None:
            return
        self.lists.prepare(entity_expressions(entity))
        makes = {name: self.lists.compile(value) for name, value in entity.fields.items()}
        build = Builder(self, entity, makes)
        reports = self.lists.spec.rules.report.get(kind, ())
        for row in self.lists.rows(entity.source):
            if type(row) is Dropped:
                skipped = build.skipped(row.row, row.code, row.place, row.detail)
                if skipped is not None:
                    yield skipped
                continue
            ignored = entity.ignore is not None and decided(entity.ignore, row, self.names)
            if ignored is True:
                continue
            asked = entity.drop or ignored is UNKNOWN
            gone = build.gone(row, ignored=ignored) if asked else None  # type: ignore[arg-type]  # dropped rows are gone
            item = build.skipped(row, *gone) if gone else build.item(row)  # type: ignore[arg-type]  # as above
            if item is None:
                continue
            yield item
            for code, test, place in reports:
                self._report(row, code, test, place, kind, item.source_id)  # type: ignore[arg-type]  # as above

    def _report(
        self, row: Row, code: str, test: Expression, place: Location, kind: str, source_id: str
    ) -> None:
        """Note what the rules want to be told of an item, or that it cannot be decided."""
        verdict = decided(test, row, self.names)
        if verdict is UNKNOWN:
            detail = f"report {code}: {why(test, row, self.names)}"
            self.report.add(Outcome(UNDECIDED, kind, source_id, place=place, detail=detail))
        elif verdict:
            self.report.add(Outcome(code, kind, source_id, place=place))

    def is_whole(self, kind: str) -> bool:
        """Whether every row of a kind was read and can be told apart.

        A kind that the spec does not have is whole.
        """
        entity = self.lists.spec.entities.get(kind)
        return entity is None or (self.lists.is_whole(entity.source) and kind not in self.not_whole)


def entity_expressions(entity: Entity) -> Iterator[Any]:
    """Yield every expression of an entity."""
    from edusync.spec.needs import value_expressions

    if entity.ignore:
        yield entity.ignore
    yield from (test for _, test, _ in entity.drop)
    for value in (*entity.fields.values(), *entity.carry.values(), *entity.also_known_as):
        yield from value_expressions(value)


class _References(dict[Any, str]):
    """References by what the ERP writes, a number or a text.

    One object for each, however often it is met.
    """

    def __init__(self, prefix: str) -> None:
        super().__init__()
        self.prefix = prefix

    def __missing__(self, found: int | str) -> str:
        text = str(found)
        text = self[found] = text if text.startswith(ON_EDUSIGN) else self.prefix + text
        return text
