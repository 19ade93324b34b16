"""One example a key: the shortest that a shipped spec, or one written for the examples, holds.

Every spec here validates, so every example does.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import StringIO
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

from edusync.app.authoring.uses import alike, parts, uses
from edusync.resources import bundled
from edusync.spec.document import read_document
from edusync.spec.layout import formatted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

    from edusync.diagnostics import Route

_SHORT = 3
"""An example of so many lines is short enough to be preferred as it stands."""
_BEST = 40
"""So many characters are the best length."""
_WRITING = Lock()
"""Who writes holds it: a writer of YAML writes one thing at a time."""


@dataclass(frozen=True, slots=True)
class Example:
    """What a spec writes behind a key."""

    yaml: str
    spec: str
    """The file that it stands in."""
    line: int


def example_specs() -> list[Traversable]:
    """Return the specs that examples are taken from."""
    shipped = bundled("specs")
    folders = (shipped, shipped / "examples", files("edusync.app.authoring") / "examples")
    found = [one for folder in folders for one in folder.iterdir() if one.name.endswith(".yaml")]
    return sorted(found, key=lambda one: one.name)


class Use(NamedTuple):
    """One key where a spec writes it, and what stands behind it."""

    part: str
    key: str
    spec: str
    route: Route
    line: int
    data: Any

    @property
    def yaml(self) -> str:
        """The key and what stands behind it, as a spec writes them."""
        return written(self.key, self.data)


@cache
def every_use() -> tuple[Use, ...]:
    """Return every key of every spec that examples are taken from."""
    found = []
    for one in example_specs():
        document = read_document(one.read_text(encoding="utf-8"), one.name)
        for (part, key), route in uses(document.data):
            line, data = document.at(route, key=True).line, at_route(document.data, route)
            found.append(Use(part, str(key), one.name, route, line, data))
    return tuple(found)


@cache
def key_examples() -> Mapping[tuple[str, str], Example]:
    """Return one example for each key, by the part that it belongs to and its name.

    Where no spec uses the key in this part, that of a part in which it means the same.
    """
    examples: dict[tuple[str, str], Example] = {}
    for use in every_use():
        pair = use.part, use.key
        known = examples.get(pair)
        if known is not None and _cannot_win(_least(use.data), known.yaml):
            continue
        if known is None or _length(use.yaml) < _length(known.yaml):
            examples[pair] = Example(use.yaml, use.spec, use.line)
    every = [(part, key) for part, key, _ in parts()]
    known_parts = sorted({part for part, _ in every})
    for part, key in every:
        for other in alike(part, known_parts):
            if (part, key) not in examples and (other, key) in examples:
                examples[part, key] = examples[other, key]
    return examples


@cache
def kind_examples() -> Mapping[tuple[str, str], Example]:
    """Return a whole example of each kind of a part, by the name of the part and of the kind."""
    examples: dict[tuple[str, str], Example] = {}
    for one in example_specs():
        document = read_document(one.read_text(encoding="utf-8"), one.name)
        for (part, key), route in uses(document.data):
            if key not in {"kind", "then"} or not part.startswith("$"):
                continue
            whole = at_route(document.data, route[:-1])
            whole = [whole] if isinstance(route[-2], int) else whole
            pair = part.removeprefix("$"), str(at_route(document.data, route))
            known = examples.get(pair)
            if known is not None and _least(whole) >= len(known.yaml):
                continue
            text = written(_above(route[:-1]), whole)
            if known is None or len(text) < len(known.yaml):
                examples[pair] = Example(text, one.name, document.at(route, key=True).line)
    return examples


def _above(route: Route) -> str:
    """Return the name that a part stands under."""
    return str(next(step for step in reversed(route) if isinstance(step, str)))


def at_route(data: Any, route: Route) -> Any:
    """Return what stands at a route."""
    for step in route:
        data = data[step]
    return data


def _length(text: str) -> tuple[bool, int]:
    """Order examples: those of some lines first, then the shorter one; too short says little."""
    return (text.count("\n") > _SHORT, abs(len(text) - _BEST))


def _cannot_win(least: int, known: str) -> bool:
    """Whether a text of so many characters or more is no better example than the known one."""
    return least > _BEST and (False, least - _BEST) >= _length(known)


def _least(data: Any) -> int:
    """Return how many characters something has at least when it is written."""
    if isinstance(data, dict):
        return sum(len(str(key)) + _least(value) for key, value in data.items())
    if isinstance(data, list):
        return sum(map(_least, data))
    return len("".join(data.split())) if isinstance(data, str) else 0


def written(key: str, data: Any) -> str:
    """Write a key and what stands behind it."""
    return _written_once(json.dumps({key: _plain(data)}))


@cache
def _written_once(data: str) -> str:
    out = StringIO()
    with _WRITING:
        _writer().dump(json.loads(data), out)
    text = out.getvalue().rstrip("\n").removesuffix("\n...")
    return formatted((text[1:-1] if text.startswith("{") else text) + "\n").rstrip()


@cache
def _writer() -> Any:
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.width = 10_000
    yaml.default_flow_style = None
    return yaml


def _plain(data: Any) -> Any:
    if isinstance(data, dict):
        return {str(key): _plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_plain(value) for value in data]
    return data if isinstance(data, bool | int | float | type(None)) else str(data)
