"""Keep of what an ERP answers no more rows than a case needs: some sessions, all that hangs on them, and a few others."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from edusync.engine.read.source import Source
from edusync.spec.formats import Unreadable
from edusync.spec.needs import needs
from edusync.testing.csv_rows import without_lines
from edusync.transport.decode import decode
from edusync.transport.tables import read_csv

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from edusync.spec.paths import Path
    from edusync.spec.types import Call, LookUp, Resource, Spec, Value
    from edusync.testing.tape import Tape
    from edusync.transport.message import Answer, AnswerKind

_WORD = re.compile(r"[\w.@-]+")
_KEYS_A_SESSION = 10
"""Of keys more are kept: some are of what has no place, or of another day."""
_LAST_STEP = re.compile(r"""([^\s.\[\]|"]+)"?(?:\[\])?\s*\Z""")


class CuttingSource(Source):
    """An ERP whose lists of sessions end after some rows: what hangs on the sessions is then asked for those alone, so joins stay whole."""

    tape: Tape
    limit: int

    def cut(self, tape: Tape, limit: int) -> None:
        """Cut the lists that sheets come from to so many rows."""
        self.tape, self.limit = tape, limit
        self.left: dict[str, int] = {
            resource.name: limit * _KEYS_A_SESSION for resource in _asked_first(self.spec)
        }
        self.tokens: list[str] = []
        self.kept: set[str] = set()
        """Keys of the sessions that were kept."""
        self.roots = {
            resource.call.place: resource
            for resource in (*_roots(self.spec), *_asked_first(self.spec))
            if resource.call is not None
        }

    def _login(self) -> tuple[Mapping[str, Any], float | None]:
        read, lasts = super()._login()
        self.tokens += [str(value) for value in read.values()]
        return read, lasts

    def call(self, call: Call, names: Mapping[str, Any], *, url: str | None = None) -> Answer:
        """Make a call of a list."""
        answer = super().call(call, names, url=url)
        self.tape.mine.last |= {"place": call.place, "promised": call.answer}
        resource = self.roots.get(call.place)
        if (
            resource is None
            or answer.type not in {"json", "xml", "soap", "csv"}
            or resource.inner is not None
        ):
            return answer
        rows = resource.items.read(answer.body)
        gone, self.left[resource.name] = _surplus(
            resource, _listed(rows), names, self.left.get(resource.name, self.limit)
        )
        raw = (
            self._cut(answer, call.answer, resource, rows, gone)
            if gone and isinstance(rows, list)
            else None
        )
        self.kept |= _keys(resource, _listed(rows))
        if raw is None:
            return answer
        self.tape.mine.last["raw"] = raw
        return replace(answer, raw=raw)

    def _cut(
        self,
        answer: Answer,
        promised: AnswerKind,
        resource: Resource,
        rows: list[Any],
        gone: set[int],
    ) -> bytes | None:
        """Cut the rows and return what is then the answer; None, and nothing is cut, when nobody can tell where the rows stand in it."""
        whole = self.tape.mine.last["raw"]
        raw = (
            None
            if answer.type == "json"
            else without_lines(whole, promised, gone)
            if answer.type == "csv"
            else _without_elements(whole, resource.items, len(rows), gone)
        )
        if answer.type != "json" and raw is None:
            return None
        rows[:] = [row for at, row in enumerate(rows) if at not in gone]  # the body itself is cut
        if raw is None:
            _end_pages(answer.body, resource, self.limit)
            raw = json.dumps(answer.body, ensure_ascii=False).encode()
        return raw


def cut_tables(exchanges: list[dict[str, Any]], spec: Spec, limit: int) -> set[str]:
    """Cut the tables that sheets come from, read from files; return the keys of the sessions that were kept."""
    roots = {
        resource.call.place: resource for resource in _roots(spec) if resource.call is not None
    }
    left, kept = dict[str, int](), set[str]()
    for exchange in exchanges:
        resource = roots.get(exchange["place"])
        if resource is not None and exchange["promised"].kind == "csv":
            rows = read_csv(exchange["raw"], exchange["promised"])
            gone, left[resource.name] = _surplus(
                resource, rows, exchange["names"], left.get(resource.name, limit)
            )
            exchange["raw"] = without_lines(exchange["raw"], exchange["promised"], gone)
            kept |= _keys(resource, [row for at, row in enumerate(rows) if at not in gone])
    return kept


def _surplus(
    resource: Resource, rows: list[Any], names: Mapping[str, Any], left: int
) -> tuple[set[int], int]:
    """Return which rows are too many, of those that the list ignores and of the others, and how many more of the others may come."""
    counted, gone = Counter[bool](), set[int]()
    for at, row in enumerate(rows):
        is_ignored = _is_ignored(resource, row, names)
        counted[is_ignored] += 1
        if counted[is_ignored] > left:
            gone.add(at)
    return gone, max(left - counted[False], 0)


def _keys(resource: Resource, rows: list[Any]) -> set[str]:
    key = resource.key.path if resource.key else None
    return {found for row in rows if (found := _column(resource, key, row)) is not None}


def cut_whole_lists(
    exchanges: list[dict[str, Any]], spec: Spec, limit: int, sessions: Collection[str]
) -> None:
    """Cut lists that come whole in one answer.

    Of those that are looked into by the session, only the rows of `sessions` stay; of the others the rows that another answer names by their key,
    and so many more.
    """
    roots = {resource.name for resource in _roots(spec)}
    lists = {
        resource.call.place: resource
        for resource in spec.resources.values()
        if resource.call is not None
        and resource.name not in roots
        and resource.for_each is None
        and not resource.paging
        and resource.inner is None
    }
    links = {look.list: look.on.path for look in _by_session(spec) if look.on is not None}
    whole = [
        (exchange, resource)
        for exchange in exchanges
        if exchange["status"] == 200  # noqa: PLR2004 - HTTP
        and "place" in exchange
        and (resource := lists.get(exchange["place"]))
    ]
    for exchange, resource in whole:
        if resource.name in links:

            def is_of_another(row: Any, resource: Resource = resource) -> bool:
                return _column(resource, links[resource.name], row) not in sessions

            _cut(exchange, resource, is_of_another, some=True)
    words = {
        id(exchange): Counter(_WORD.findall(exchange["raw"].decode("utf-8", "replace")))
        for exchange in exchanges
    }
    everywhere = sum(words.values(), Counter[str]())
    for exchange, resource in whole:
        if resource.name in links or resource.key is None or resource.key.path is None:
            continue
        mine, spare = words[id(exchange)], [limit]

        def is_spare(
            row: Any,
            resource: Resource = resource,
            mine: Counter[str] = mine,
            spare: list[int] = spare,
        ) -> bool:
            key = _column(resource, resource.key.path if resource.key else None, row)
            if key is None or everywhere[key] > mine[key]:
                return False
            spare[0] -= 1
            return spare[0] < 0

        _cut(exchange, resource, is_spare)


def _cut(
    exchange: dict[str, Any],
    resource: Resource,
    is_gone: Callable[[Any], bool],
    *,
    some: bool = False,
) -> None:
    """Take rows out of a recorded answer, the last ones first; none when `some` have to stay and none would: then they are told otherwise than we think."""
    promised: AnswerKind = exchange["promised"]
    body, kind, _ = (
        (read_csv(exchange["raw"], promised), "csv", None)
        if promised.kind == "csv"
        else decode(exchange["raw"], {}, promised)
    )
    rows = resource.items.read(body)
    gone = [
        at
        for at, row in list(
            rows.items()
            if isinstance(rows, dict)
            else enumerate(rows)
            if isinstance(rows, list)
            else ()
        )[::-1]
        if is_gone(row)
    ]
    if some and len(gone) == len(rows or ()):
        return
    if kind == "json":
        for at in gone:
            del rows[at]
        exchange["raw"] = json.dumps(body, ensure_ascii=False).encode()
    elif kind == "csv":
        exchange["raw"] = without_lines(exchange["raw"], promised, gone)
    elif kind == "xml" and isinstance(rows, list):
        exchange["raw"] = (
            _without_elements(exchange["raw"], resource.items, len(rows), gone) or exchange["raw"]
        )


def _without_elements(raw: bytes, items: Path, count: int, gone: Collection[int]) -> bytes | None:
    """Return XML without some of the elements that rows were made of; None when it is not plain which these are."""
    from lxml import etree

    root = etree.fromstring(
        raw,
        etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False),
    )
    step = _LAST_STEP.search(items.source)
    families: dict[tuple[Any, str], list[Any]] = {}
    for element in root.iter(etree.Element):
        families.setdefault((element.getparent(), str(element.tag)), []).append(element)
    named = step.group(1) if step and step.group(1) != "@" else None
    rows = [
        family
        for (_, tag), family in families.items()
        if len(family) == count and named in {None, tag.rpartition("}")[2]}
    ]
    if len(rows) != 1 or not count:
        return None
    above: Any = rows[0][0].getparent()
    for at in gone:
        above.remove(rows[0][at])
    return cast(
        "bytes", etree.tostring(root, encoding=root.getroottree().docinfo.encoding or "utf-8")
    )


def _by_session(spec: Spec) -> Iterator[LookUp]:
    """Yield where sheets look for rows by the key of their session."""
    keys = {
        resource.key.path.source
        for resource in _roots(spec)
        if resource.key is not None and resource.key.path is not None
    }
    waiting: list[Value] = [
        *spec.entities["course"].fields.values(),
        *(value for resource in _roots(spec) for _, value in resource.add),
    ]
    while waiting:
        value = waiting.pop()
        waiting += value.parts
        look = value.look_up
        if (
            look is not None
            and look.by.path is not None
            and look.by.path.source in keys
            and look.on is not None
            and look.on.path is not None
        ):
            yield look


def _roots(spec: Spec) -> list[Resource]:
    """Return the lists that sheets come from and that are asked for by themselves."""
    found, waiting = list[str](), [spec.entities["course"].source]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.append(name)
            waiting += [
                other for other, how in needs(spec.resources[name]).items() if how == "from"
            ]
    return [spec.resources[name] for name in found]


def _asked_first(spec: Spec) -> list[Resource]:
    """Return the lists of keys that a SOAP service is asked for sessions with, step by step."""
    found, waiting = (
        list[str](),
        [resource.name for resource in _roots(spec)] if spec.transport.kind == "soap" else [],
    )
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.append(name)
            each = spec.resources[name].for_each
            waiting += [
                *spec.resources[name].sources,
                *(each.lists if each else ()),
                *(other for other, _ in (each.values if each else ())),
            ]
    return [spec.resources[name] for name in found if spec.resources[name].for_each is None]


def _is_ignored(resource: Resource, row: Any, names: Mapping[str, Any]) -> bool:
    """Whether a list ignores a row, as far as the row alone says it: one of another week, say, is no session to keep."""
    test, added = resource.ignore, {name for name, _ in resource.add}
    if (
        test is None
        or not isinstance(row, dict)
        or any(name[0] == "row" and (len(name) == 1 or name[1] in added) for name in test.names)
    ):
        return False
    named = {name: row.get(column) for name, column in resource.columns.items()} or dict(row)
    try:
        for path, format_, _ in resource.formats:
            if len(path.steps) == 1 and path.source in named:
                named[path.source] = format_.read(named[path.source])
        return test.run(named, names) is True
    except Unreadable:
        return False


def _listed(rows: Any) -> list[Any]:
    """Return rows as a list: objects keyed by id, and one alone, too."""
    if isinstance(rows, dict):
        return (
            list(rows.values()) if all(isinstance(row, dict) for row in rows.values()) else [rows]
        )
    return rows if isinstance(rows, list) else []


def _column(resource: Resource, path: Path | None, row: Any) -> str | None:
    """Return what stands in a column of a row, which the ERP may call otherwise than the spec does."""
    if path is None or not isinstance(row, dict):
        return None
    found = (
        row.get(resource.columns[path.source])
        if path.source in resource.columns
        else path.read(row)
    )
    return None if found is None else str(found)


def _end_pages(body: Any, resource: Resource, count: int) -> None:
    """Make an answer say that it is the last page."""
    paging = resource.paging or {}
    until = paging.get("until")
    ends = (
        {until["total"]: count}
        if isinstance(until, dict) and "total" in until
        else {until["pages"]: 1}
        if isinstance(until, dict) and "pages" in until
        else {}
    )
    for path, value in {
        **ends,
        **({paging["next"]: None} if isinstance(paging.get("next"), str) else {}),
    }.items():
        here = body
        *above, last = str(path).split(".")
        for step in above:
            here = here.get(step) if isinstance(here, dict) else None
        if isinstance(here, dict) and last in here:
            here[last] = value
