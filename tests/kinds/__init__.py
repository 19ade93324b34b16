"""Each kind of paging and of format as the walks over all kinds need it: one module a kind.

A module bears the name of its kind, and is found by being there. `WRITTEN` is how the kind is
written, `KEYS` two things for each key that may stand behind it: with the second, something else
is seen of the ERP or of Edusign (`tests/contract/test_keys_act.py`). Then,

- for paging: `WAYS`, every way in which the end of the list may be said, by a name; each is tried
  against all wrong pages (`tests/bugs/test_pages.py`). The ERPs of both tests answer with `rows`,
  and with `next` (a cursor), `url`, `more` and `total`; they take `n`, `number`, `offset`, `cursor`
  and `last`. Where the kind reads something else, `answer(is_last)` returns what its answers hold
  beside these, and `headers(url, cursor)` the headers that lead to the next page, none of which
  when both are None.
- for a format: `VALUE`, something that it reads, and `MORE`: the keys that act on other values,
  each with what else is written, the value, and one or two things behind the key.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

SIZE = 3
"""Rows a page of the ERP that sends wrong pages."""


def shown(part: str) -> dict[str, ModuleType]:
    """Return the module of each kind of a part, `paging` or `formats`, by the name of the kind."""
    folder = Path(__file__).parent / part
    names = sorted(file.stem for file in folder.glob("*.py") if file.stem != "__init__")
    return {name: import_module(f"{__name__}.{part}.{name}") for name in names}


def written(part: str) -> dict[str, dict[str, Any]]:
    """Return how each kind is written."""
    return {kind: {"kind": kind, **module.WRITTEN} for kind, module in shown(part).items()}


def samples(part: str, called: str) -> dict[str, dict[str, Any]]:
    """Return what may be written behind the keys of each kind, by the kind's part of the schema."""
    found = {}
    for kind, module in shown(part).items():
        more = {key: values[2] for key, values in getattr(module, "MORE", {}).items()}
        found[f"{called}.{kind}"] = {key: one for key, (one, _) in module.KEYS.items()} | more
    return found


def answered(*, is_last: bool) -> dict[str, Any]:
    """Return what single kinds of paging read of an answer beside what all do."""
    found: dict[str, Any] = {}
    for module in shown("paging").values():
        found |= module.answer(is_last=is_last) if hasattr(module, "answer") else {}
    return found


def leading(url: str | None, cursor: object) -> dict[str, str]:
    """Return the headers by which kinds of paging are led to the next page, None after the last."""
    headers: dict[str, str] = {}
    for module in shown("paging").values():
        headers |= module.headers(url, cursor) if hasattr(module, "headers") else {}
    return headers


def ways() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every way to end a list: its name, and the paging."""
    for kind, module in shown("paging").items():
        for way, more in module.WAYS.items():
            yield f"{kind}-{way}" if way else kind, {"kind": kind, **more}
