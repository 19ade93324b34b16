"""What no shipped spec shows, shown by a little school: with a key something else is seen than
without it, be it a request, a sheet, an event or the page of the connector.

`python -m tests.contract.keys_shown` tries every key that is open, and notes what is seen.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from copy import deepcopy
from pathlib import Path
from typing import Any

from werkzeug.wrappers import Request, Response

from edusync.app.authoring.connector_page import connector_page
from edusync.plugins import load_registry
from edusync.registry import Registry
from edusync.spec import load_spec
from tests.contract.key_places import sample, standing
from tests.contract.keys import Pair
from tests.contract.test_defaults import SHOWN as DEFAULTS
from tests.little import Little, lesson

TABLE = Path(__file__).with_name("keys_shown.json")
FUNCTIONS: dict[str, Callable[..., Any]] = {
    "shout": lambda word=None: f"{word}!",
    "signed": lambda **_named: {"X-Signed": "1"},
    "shouts": lambda word=None, **_named: {"X-Shouts": f"{word}!"},
}
ON_THE_PAGE = {"label", "help", "example", "per_account", "assumed", "en", "fr"}
_OF_EVERY_REQUEST = {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}


class Watched(Little):
    """A school of which every request is seen whole."""

    def _answer(self, request: Request) -> Response:
        headers = sorted(
            (name, value) for name, value in request.headers if name not in _OF_EVERY_REQUEST
        )
        with self.lock:
            self.seen.more.append(
                (request.method, request.full_path, headers, request.get_data(as_text=True))
            )
        if request.method != "GET" and not request.is_json:
            found = self.rows.get(request.path)
            return Response(json.dumps(found or {}), content_type="application/json")
        return super()._answer(request)


def seen(pair: Pair, *, without: bool, registry: Registry, folder: Path) -> str | None:
    """Return all that is seen of a school with a key or without it, None when it is refused."""
    place, key = pair
    spec, route = deepcopy(standing(place))
    inner: Any = spec
    for step in route:
        inner = inner[step]
    if without:
        inner.pop(key, None)
    elif key not in inner:
        inner[key] = sample(place, key)
    lists = spec["resources"]
    if "things" in lists:
        spec["entities"]["course"]["classroom_name"] = {
            "look_up": "things",
            "by": "id",
            "on": "id",
            "take": "name",
            "missing": "ok",
        }
    if place.startswith(("connection(", "options(")):
        many = " | join('-')" if place.endswith("(list)") else ""
        lists["lessons"]["query"] = {"x": f"{{{{ {route[0]}.x{many} }}}}"}
    if key in ON_THE_PAGE:
        built = load_spec(json.dumps(spec), "little.yaml", registry.functions, None)[0]
        return None if built is None else connector_page(built)
    folder.mkdir()
    with ExitStack() as stack:
        little = Watched(folder, registry, stack)
        little.spec = spec
        things: list[dict[str, Any]] = [
            {"id": n, "name": f"Thing {n}", "data": [], "x": n == 1} for n in (1, 2, 3)
        ]
        for path in ("/things", "/a", "/things/1", "/things/2", "/things/3", "/rooms"):
            little.rows[path] = deepcopy(things)
        little.rows["/lessons"] = [
            lesson(n, room=n, long=30, x=n == 1, name=f"Name {n}") for n in (1, 2, 3)
        ]
        little.sync()
        goes_up = isinstance(spec["writeback"], dict) and not little.seen.findings
        if goes_up and little.book.find("courses", API_ID="1") is not None:
            little.play("1", {"late": 12}, "absent")
            little.write_back()
        little.seen.more.sort(key=str)
        found = little.look()
        told = {name: value for name, value in vars(found).items() if name != "page"}
        told["courses"] = [
            {name: row.get(name) for name in ("API_ID", "DESCRIPTION", "CLASSROOM")}
            for row in little.book.all("courses")
        ]
        told["students"] = [
            {name: str(row.get(name)) for name in sorted(row) if name not in {"ID", "id"}}
            for row in little.book.all("students")
        ]
        if not found.page:
            return None
        text = json.dumps(told, default=str, sort_keys=True)
        return text.replace(little.url, "ERP").replace(str(folder), "FOLDER")


def acts(pair: Pair, registry: Registry) -> bool:
    """Whether something else is seen with a key than without it."""
    with tempfile.TemporaryDirectory() as folder:
        one = seen(pair, without=False, registry=registry, folder=Path(folder) / "with")
        other = seen(pair, without=True, registry=registry, folder=Path(folder) / "without")
        if one is None or other is None or one == other:
            return False
        again = seen(pair, without=True, registry=registry, folder=Path(folder) / "again")
    return other == again


def school() -> Registry:
    """Return a registry with two functions."""
    registry = load_registry()
    registry.functions.update(FUNCTIONS)  # type: ignore[attr-defined]  # a plain dictionary
    return registry


_PLACES_OF: dict[str, tuple[str, ...]] = {
    "": ("spec",),
    "connection.*": ("connection(text)",),
    "options.*": ("options(text)",),
    "filters.*": ("filters(id)",),
    "transport": ("transport(http)",),
    "transport.limits": ("limits(http)",),
    "resources.*": ("list(http)",),
    "resources.*.for_each": ("for_each(values)",),
    "$value": ("value(look_up)",),
    "$paging.number": ("paging(number, http)",),
    "$state": ("state(present)",),
}
"""Where the demonstrations of defaults write a key."""
_OTHERWISE: dict[str, tuple[str, ...]] = {
    "transport.trim": ("transport(sql)",),
    "$value.optional": ("value(path)",),
    "$auth.kind": ("auth(steps, http)",),
    **{
        f"{section}.*.default": tuple(
            f"{section}({kind})" for kind in ("text", "url", "integer", "boolean", "choice", "list")
        )
        for section in ("connection", "options")
    },
    "filters.*.default": tuple(
        f"filters({item})" for item in ("id", "text", "integer", "glob", "pair")
    ),
}


def by_defaults() -> set[Pair]:
    """Return what the demonstrations of defaults show (`test_defaults.py`)."""
    found = set()
    for place in DEFAULTS:
        schema, _, rest = place.partition(".")
        part, _, key = rest.rpartition(".")
        if schema != "spec":
            continue
        named = part.replace(".*", "")
        named = f"format({part[8:]})" if part.startswith("$format.") else named
        found |= {(one, key) for one in _OTHERWISE.get(rest, _PLACES_OF.get(part, (named,)))}
    return found


def tried() -> list[Pair]:
    """Return what was tried by itself, and acts."""
    found = json.loads(TABLE.read_text(encoding="utf-8"))
    return [(place, key) for place, keys in found.items() for key in keys]


def main(places: dict[str, set[str]]) -> None:
    """Try what is open, and keep what acts."""
    registry, found = school(), dict[str, list[str]]()
    for place, key in tried() if TABLE.is_file() else ():
        found.setdefault(place, []).append(key)
    for place, keys in places.items():
        for key in sorted(keys):
            try:
                if acts((place, key), registry):
                    found[place] = sorted({*found.get(place, []), key})
            except Exception as error:  # noqa: BLE001 - a skeleton that does not fit is left open
                sys.stdout.write(f"{place} {key}: {type(error).__name__} {error}\n")
        lines = [f"{json.dumps(one)}: {json.dumps(some)}" for one, some in found.items()]
        TABLE.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    from tests.contract.test_keys_act import still_open

    main(still_open())
