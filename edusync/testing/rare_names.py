"""Which names the rows of recorded cases have, by list, and which of them some rows lack."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from edusync.app.files.recordings import case_folders
from edusync.app.files.specs import names_in, rare_file
from edusync.engine.read.bearing import look
from edusync.engine.read.names_there import is_name
from edusync.errors import EdusyncError, FilesInvalid
from edusync.model.marked import Marked
from edusync.plugins import load_registry
from edusync.resources import bundled
from edusync.spec.due import Due, NamesDue, still_due
from edusync.testing.cases import find_cases
from edusync.testing.golden import written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from edusync.spec.tree import Node, Resource
    from edusync.testing.cases import Case


def rare_names(cases: Iterable[Case]) -> dict[str, dict[str, list[str]]]:
    """Return the names of rows when all cases are taken together, as `RareNames.names` does."""
    rare = RareNames()
    for case in cases:
        with suppress(EdusyncError, AssertionError):  # a case that fails says so itself
            rare.written(case)
    return rare.names()


class RareNames:
    """The names that rows of the cases of one spec have, and those that some of them lack."""

    def __init__(self) -> None:
        self.seen = _Seen({}, {}, {}, [])
        self.tried, self.done = set[Path](), set[Path]()
        """The folders of the cases that were run, and of those that came to their end."""

    def written(self, case: Case) -> str:
        """Run a case as `golden.written` does, and note the names of its rows.

        A case whose golden file says that a name was never seen shows one that is not sent any
        more, which is not rare.
        """
        seen, folder = _Seen({}, {}, {}, []), case.folder.absolute()
        self.tried.add(folder)
        found = written(case, seen)
        self.done.add(folder)
        golden = case.golden.read_text(encoding="utf-8") if case.golden.is_file() else ""
        if "SPEC_PATH_NEVER_SEEN" not in golden:
            self.seen.add(seen)
        return found

    def names(self) -> dict[str, dict[str, list[str]]]:
        """Return by list the `names` that its rows have, and the `rare` ones that some lack."""
        seen = self.seen
        rare = {
            name: sorted(path for path in paths if seen.has(name, path))
            for name, paths in seen.lacked.items()
        }
        found = {
            name: {"names": sorted(seen.borne.get(name, ())), "rare": rare.get(name, [])}
            for name in sorted(seen.borne.keys() | rare)
        }
        return {name: kinds for name, kinds in found.items() if any(kinds.values())}

    def outdated(self, spec: Path) -> str | None:
        """Return what the file of rare names beside a spec has to hold, None when it does.

        None, too, when not every case of the spec was run: the others may have other rows. Where
        one did not come to its end, what the file names stays named.
        """
        home, file = next(case_folders(spec), None), rare_file(spec)
        if home is None or {case.folder.absolute() for case in find_cases(home)} != self.tried:
            return None
        names = self.names()
        before = names_in(file.read_text(encoding="utf-8")) if file.is_file() else {}
        if self.tried != self.done:
            names = {
                name: {
                    kind: sorted({*names.get(name, {}).get(kind, ()), *kinds.get(kind, ())})
                    for kind in ("names", "rare")
                }
                for name, kinds in sorted((names | before).items())
            }
        return None if names == before else laid_out(names)


def laid_out(names: Mapping[str, Mapping[str, Sequence[str]]]) -> str:
    """Return the names of rows as their file holds them."""
    return json.dumps(names, indent=2, ensure_ascii=False) + "\n"


def spec_of(case: Case) -> Path | None:
    """Return the file of a case's spec, None for one that cannot be written beside."""
    try:
        connector = load_registry(case.spec_dirs).connectors.get(str(case.told()["spec"]))
    except FilesInvalid:  # a case whose file is broken says so itself
        return None
    if connector is None:
        return None
    spec = connector.thing.spec
    file = spec if isinstance(spec, Path) else bundled("specs") / spec
    return file if isinstance(file, Path) else None


@dataclass(frozen=True, slots=True)
class _Seen:
    """The names that rows had and those that rows lacked, by list. It watches runs.

    `met` and `lacked` are of the names that the spec reads; `borne` are all that stand beside them.
    """

    borne: dict[str, set[str]]
    met: dict[str, set[str]]
    lacked: dict[str, set[str]]
    due: list[NamesDue]

    def has(self, name: str, path: str) -> bool:
        """Whether some row had a name, be it of another list that ends in the same."""
        places = {(name, path)}
        for due in self.due[:1]:
            places.update(due.elsewhere(name, path))
        return any(other_path in self.met.get(other, ()) for other, other_path in places)

    def add(self, other: _Seen) -> None:
        """Add what rows of another case had and lacked."""
        self.due[:] = other.due or self.due
        both = (self.met, other.met), (self.lacked, other.lacked), (self.borne, other.borne)
        for mine, more in both:
            for name, paths in more.items():
                mine.setdefault(name, set()).update(paths)

    def saw(self, part: Node, found: object) -> None:
        """Look at nothing that comes of the parts of the spec."""

    def rows(self, due: NamesDue, resource: Resource, rows: Iterator[Any]) -> Iterator[Any]:
        """Note which names the rows of a list have, and which they lack."""
        tree = due.trees.get(resource.name)
        self.due[:] = [due]
        if tree is None:
            yield from rows
            return
        for row in rows:
            left = still_due(tree, ())
            whole = {one.path: one for one in left.names()}  # before any is struck off
            look(left, row, set())
            _note(whole, self.met.setdefault(resource.name, set()), "was_met")
            _note(whole, self.lacked.setdefault(resource.name, set()), "was_lacked")
            _bear(tree, row, self.borne.setdefault(resource.name, set()))
            yield row

    def answer(self, name: str, path: str, *, met: bool) -> None:
        """Note whether an answer has something beside rows."""
        which = self.met if met else self.lacked
        which.setdefault(name, set()).add(path)


def _note(whole: dict[str, Due], paths: set[str], what: str) -> None:
    paths |= {path for path, due in whole.items() if getattr(due, what)}


def _bear(due: Due, value: Any, paths: set[str]) -> None:
    """Note the names that stand where the spec reads names; keys that are data are none."""
    value = value.members if isinstance(value, Marked) else value
    if isinstance(value, list):
        for item in value:
            _bear(due, item, paths)
    elif isinstance(value, dict):
        if due.each is not None:
            for item in value.values():
                _bear(due.each, item, paths)
            return
        paths |= {f"{due.path}.{name}".lstrip(".") for name in value if is_name(str(name))}
        for name, below in due.below.items():
            if name in value and not below.done():
                _bear(below, value[name], paths)
