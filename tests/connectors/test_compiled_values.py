"""Every value of every entity and list, compiled and interpreted, over the rows of the cases."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from edusync.engine.map import mapper
from edusync.engine.map.builder import ItemBuilder
from edusync.engine.read import lists as reading
from edusync.engine.read.stages import Stages
from edusync.spec.evaluate import Unreadable
from edusync.spec.tree import Expression, Value, walk
from edusync.testing.cases import find_cases
from tests.interpreted.values import Values, text

if TYPE_CHECKING:
    from edusync.engine.read.lists import Lists
    from edusync.testing import Case

ROOT = Path(__file__).parents[2]
CASES = [
    case
    for folder in sorted(path for path in Path(__file__).parent.iterdir() if path.is_dir())
    for case in find_cases(folder, (ROOT / "specs" / "examples",))
]
MOST_ROWS = 20


class Compared:
    """Compares each value of a part of a spec over the rows that came by."""

    def __init__(self, lists: Lists, part: Any, counted: Counter[str]) -> None:
        self.counted, self.rows = counted, 0
        values = Values(lists)
        self.values: list[tuple[Any, Any]] = []
        for met in walk(part):
            one = met.node
            if isinstance(one, Value):
                self.values.append((lists.compile(one), values.compile(one)))
            elif type(one) is Expression and one.roots <= {"row", *lists.names}:
                self.values.append((one.run, text(one)))

    def look(self, row: dict[str, Any], names: Any) -> None:
        """Compare over one row."""
        self.rows += 1
        if self.rows > MOST_ROWS:
            return
        for compiled, interpreted in self.values:
            assert settled(compiled, row, names) == settled(interpreted, row, names)
            self.counted["values"] += 1


def settled(make: Any, row: Any, names: Any) -> Any:
    """Return what something gives with its type, or why it cannot be read."""
    try:
        found = make(deepcopy(row), names)
    except Unreadable as error:
        return "unreadable", str(error)
    return type(found), found


def comparing(counted: Counter[str]) -> tuple[type[ItemBuilder], type[Stages]]:
    """Return builders that compare before they build."""

    class ComparingBuilder(ItemBuilder):
        def __init__(self, entity: Any, lists: Any, *more: Any) -> None:
            super().__init__(entity, lists, *more)
            compared, make = Compared(lists, entity, counted), self.make

            def looked_at(row: Any, scope: Any) -> Any:
                compared.look(row, scope)
                return make(row, scope)

            self.make = looked_at

    class ComparingStages(Stages):
        def __init__(self, lists: Any, reading: Any) -> None:
            super().__init__(lists, reading)
            compared, stage = Compared(lists, self.resource, counted), self.stage

            def looked_at(row: Any, names: Any) -> Any:
                compared.look(row, names)
                return stage(row, names)

            self.stage = looked_at

    return ComparingBuilder, ComparingStages


@pytest.mark.walk(every=4)
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.folder.parent.name}/{case.name}")
def test_compiled_values_are_those_of_the_interpreter(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDUSYNC_CASE_SECRET", "canary-of-the-cases")
    counted = Counter[str]()
    builder, stages = comparing(counted)
    monkeypatch.setattr(mapper, "ItemBuilder", builder)
    monkeypatch.setattr(reading, "Stages", stages)
    case.run()
    assert counted["values"] or not case.golden.exists() or "row" not in case.golden.read_text()
