"""Every name of a spec misspelt, one at a time, and what comes of it.

It is found by `validate`, or by a case, or it is harmless: a run with it changes nothing on Edusign
that the right spec would not have changed.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from edusync.app.files.recordings import recorded
from edusync.app.files.specs import rare_file, shown
from edusync.errors import EdusyncError
from edusync.spec import load_spec
from edusync.spec.build.spec import build_spec
from edusync.spec.document import read_document
from edusync.spec.schema_check import check_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from edusync.spec.build.builder import Builder
    from edusync.testing.cases import Case

_WORD = re.compile(r"[^\W\d][\w-]*")
_LITERAL = re.compile(r"'[^']*'|`[^`]*`")
_CARRIED = ("entities", "course", "carry")


@dataclass(frozen=True, slots=True)
class Misspelt:
    """A name at a place, and the whole text in which it is misspelt."""

    line: int
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Fate:
    """What comes of a misspelt name: `validate`, `cases`, `harmless` or `harmful`."""

    misspelt: Misspelt
    ends: str


def misspelt_names(file: Path, functions: Mapping[str, Callable[..., Any]]) -> list[Misspelt]:
    """Return every name at every place of a spec, misspelt."""
    text = file.read_text(encoding="utf-8")
    document = read_document(text, shown(file))
    whole = check_schema(document, "spec")
    assert whole is not None  # noqa: S101 - a spec that is shipped
    _, builder = build_spec(whole, text, functions)
    by_place: dict[int, Misspelt] = {}
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    for route, words in [*_read(builder), *_named(builder)]:
        is_key = isinstance(words, str)
        place = document.at(route, key=is_key)
        begin = starts[place.line - 1] + place.column - 1
        for word in [words] if isinstance(words, str) else words:
            pattern = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])")
            hit = pattern.search(text, begin, begin + _room(document.get(route), is_key=is_key))
            if hit is not None:
                wrong = f"{text[: hit.end()]}X{text[hit.end() :]}"
                by_place[hit.start()] = Misspelt(text.count("\n", 0, hit.start()) + 1, word, wrong)
    return [by_place[at] for at in sorted(by_place)]


def fates(
    file: Path,
    cases: Sequence[Case],
    functions: Mapping[str, Callable[..., Any]],
    misspelt: Iterable[Misspelt],
) -> Iterator[Fate]:
    """Yield what comes of each misspelt name.

    A run comes before the recordings: `harmless` are those that need neither them nor a case.
    """
    text = file.read_text(encoding="utf-8")
    answers = recorded(file)
    known = _codes(text, functions, None), _codes(text, functions, answers)
    played = [case for case in cases if case.folder.name in {"nominal", "cancelled"}][:1]
    played = played or list(cases[:1])
    with tempfile.TemporaryDirectory() as folder:
        changed = Path(folder) / file.name
        rare_file(changed).parent.mkdir()
        if rare_file(file).is_file():
            shutil.copy(rare_file(file), rare_file(changed))
        for one in misspelt:
            if _codes(one.text, functions, None) - known[0]:
                yield Fate(one, "validate")
                continue
            changed.write_text(one.text, encoding="utf-8")
            if all(_is_harmless(case, changed) for case in played):
                yield Fate(one, "harmless")
            elif _codes(one.text, functions, answers) - known[1]:
                yield Fate(one, "validate")
            else:
                noticed = any(_ran(case) != _ran(replace(case, spec=changed)) for case in cases)
                yield Fate(one, "cases" if noticed else "harmful")


def _is_harmless(case: Case, spec: Path) -> bool:
    """Whether a run with a misspelt name changes nothing; one that asks the unrecorded may."""
    try:
        before, after = case.run_then(spec)
    except AssertionError:
        return False
    return before == after


def _codes(text: str, functions: Mapping[str, Callable[..., Any]], answers: Any) -> Counter[str]:
    _, document = load_spec(text, "spec", functions, answers)
    return Counter(finding.code for finding in document.findings)


def _ran(case: Case) -> Any:
    try:
        return case.run()
    except (EdusyncError, AssertionError) as error:
        return f"{type(error).__name__}: {error}"


def _read(builder: Builder) -> Iterator[tuple[Any, list[str]]]:
    """Yield where names are read, and which."""
    for route, path in builder.paths:
        yield route, _WORD.findall(_LITERAL.sub("", path.source))
    for route, text in builder.texts:
        yield route, [word for name in sorted(text.names) for word in name]


def _named(builder: Builder) -> Iterator[tuple[Any, str | list[str]]]:
    """Yield where rows and answers get names of their own, and the captions of columns."""
    for place in dict.fromkeys([*builder.naming, _CARRIED]):
        for name, caption in (builder.get(place) or {}).items():
            yield (*place, name), name
            if place[-1] == "columns":
                yield (*place, name), _WORD.findall(str(caption))


def _room(value: Any, *, is_key: bool) -> int:
    return 200 if is_key else len(str(value)) + 400 * str(value).count("\n") + 2
