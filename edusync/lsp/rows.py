"""What a path or an expression gives for the first rows of a case: invented people alone.

The rows are those of the spec as it was saved. What the school answered about its connection is
never looked at.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from edusync.app.authoring.trying import try_spec
from edusync.app.authoring.words import shown
from edusync.app.files.recordings import case_folders
from edusync.errors import EdusyncError
from edusync.model import UNKNOWN
from edusync.spec.evaluate import Unreadable
from edusync.testing.cases import Case
from edusync.testing.replay import Unexpected

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from edusync.app.authoring.trying import Tried
    from edusync.spec.texts import Expression
    from edusync.spec.tree import Path as RowPath

_MOST = 3
_WIDE = 60
_NAMES = frozenset({"row", "options", "filters", "window", "now"})
"""What an expression may begin with to be shown: nothing that may hold a secret."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The first rows of each list of a case, as they were kept, and the names in scope."""

    case: str
    lists: Mapping[str, Sequence[Any]]
    names: Mapping[str, Any]
    counts: Mapping[tuple[str, str], str]
    """How many rows of a list were sent and kept, how many items an entity has, by their route."""

    def of_path(self, path: RowPath, name: str) -> str | None:
        """Return what a path gives for the first rows of a list, in words."""
        return self._in_words([path.read(row) for row in self.lists.get(name, ())])

    def of_text(self, text: Expression, name: str) -> str | None:
        """Return what a text gives for the first rows of a list, in words."""
        if "row" not in text.roots or not text.roots <= _NAMES:
            return None
        values = []
        for row in self.lists.get(name, ()):
            try:
                values.append(text.run(row, self.names))
            except Unreadable:
                values.append(UNKNOWN)
        return self._in_words(values)

    def _in_words(self, values: list[Any]) -> str | None:
        known = [value for value in values if value is not UNKNOWN]
        if not known:
            return None
        return f"first rows of {self.case}: {', '.join(map(_short, known))}"


def rows_of(spec: Path, spec_dirs: tuple[Path, ...]) -> Rows | None:
    """Run the case `nominal` of a spec, or its first one; None when there is none that answers."""
    cases = [
        file.parent for folder in case_folders(spec) for file in sorted(folder.glob("*/case.yaml"))
    ]
    cases.sort(key=lambda folder: folder.name != "nominal")
    for folder in cases[:1]:
        try:
            with Case(folder, spec_dirs).opened() as (instance, registry, moment):
                tried = try_spec(instance, registry, moment)
        except (EdusyncError, Unexpected):
            return None
        rows = {one.name: one.kept[:_MOST] for one in tried.lists}
        return Rows(folder.name, rows, tried.names, _counts(tried))
    return None


def _counts(tried: Tried) -> dict[tuple[str, str], str]:
    lists = {
        ("resources", one.name): f"{one.came} sent, {len(one.kept)} kept" for one in tried.lists
    }
    items = Counter(one.kind for one in tried.items)
    return lists | {("entities", kind): f"{count} made" for kind, count in items.items()}


def _short(value: Any) -> str:
    if value is None:
        return "nothing"
    try:
        text = shown(value)
    except TypeError:
        text = str(value)
    return text if len(text) <= _WIDE else f"{text[: _WIDE - 1]}…"
