"""What stands under the cursor, in words: those of `edusync help`, of the codes and of the spec."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from edusync.app.authoring.uses import described_at
from edusync.lsp.fields import fields_of, list_at
from edusync.lsp.words import names_of_rows, of_code, of_declared, of_key, of_kind, of_word
from edusync.spec.scopes import NAMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from edusync.lsp.rows import Rows
    from edusync.lsp.source import Source, Spot
    from edusync.lsp.understood import Named, Understood

_WORD = re.compile(r"[\w$]+")
_KINDS = ("paging", "format", "sign-in", "verdict", "wire")


def hover_spec(
    here: Understood, file: Path, offset: int, rows: Callable[[], Rows | None], *, markdown: bool
) -> tuple[str, int, int] | None:
    """Return what is said of a place of a spec, and from where to where it stands."""
    source = here.source
    spot = source.spot(offset)
    if spot is None:
        return None
    start, end, parts = spot.start, spot.end, list[str]()
    named = here.name_at(offset)
    if named is not None:
        start, end = named.start, named.end
        parts += _of_name(here, named, file, markdown=markdown)
    elif spot.is_key:
        parts += _of_key(here, spot, markdown=markdown)
    else:
        parts += _of_word(here, spot, offset, markdown=markdown)
    if not spot.is_key:
        parts += _of_rows(here, spot, rows)
    return ("\n\n".join(parts), start, end) if parts else None


def _of_name(here: Understood, named: Named, file: Path, *, markdown: bool) -> Iterator[str]:
    text = of_declared(here, named.kind, named.name)
    if text is None and named.kind == "code":
        text = of_code(named.name)
    word = of_kind(named.name, "format", "filter") if named.kind == "format" else None
    if text is None and word is not None:
        text = of_word(word, markdown=markdown)
    if text is not None:
        yield text
    if named.kind == "list" and named.name in here.spec.resources:
        names = fields_of(here, named.name, file)
        if names:
            yield names_of_rows(names)


def _of_key(here: Understood, spot: Spot, *, markdown: bool) -> Iterator[str]:
    from edusync.spec.schema_check import schema_of

    key = str(spot.route[-1])
    for part, node in described_at(schema_of("spec"), here.document.data, spot.route[:-1]):
        if key in node.get("properties", {}):
            word = of_key(part, key)
            if word is not None:
                yield of_word(word, markdown=markdown)
                return


def _of_word(here: Understood, spot: Spot, offset: int, *, markdown: bool) -> Iterator[str]:
    source = here.source
    match = next(
        (one for one in _WORD.finditer(source.text, spot.start, spot.end) if one.end() >= offset),
        None,
    )
    if match is None or match.start() > offset:
        return
    name, before = match.group(), source.text[spot.start : match.start()].rstrip()
    if spot.route[-1] in {"kind", "then", "auth"}:
        word = of_kind(name, *_KINDS)
    elif here.scope_at(spot.route) is None:
        return
    elif before.endswith("|"):
        word = of_kind(name, "filter", "format")
    elif before.endswith("."):
        root = re.search(r"([\w$]+)\s*\.$", before)
        member = NAMES[root[1]].members.get(name) if root and root[1] in NAMES else None
        if member:
            yield f"{root[1] if root else ''}.{name}: {member}"
        return
    else:
        word = of_kind(name, "name in scope")
    if word is not None:
        yield of_word(word, markdown=markdown)


def _of_rows(here: Understood, spot: Spot, rows: Callable[[], Rows | None]) -> Iterator[str]:
    """Yield what the path or the text at a place gives for the first rows."""
    name = list_at(here, spot.route)
    path = next((path for route, path in here.builder.paths if route == spot.route), None)
    text = next((text for route, text in here.builder.texts if route == spot.route), None)
    if name is None or (path is None and text is None) or spot.route[-1] in {"items", "again"}:
        return
    read = rows()
    if read is None:
        return
    sample = read.of_path(path, name) if path else read.of_text(text, name) if text else None
    if sample is not None:
        yield sample


def hover_answers(
    source: Source,
    schema: Mapping[str, Any],
    data: Any,
    offset: int,
    question: Callable[[tuple[str | int, ...]], str | None],
) -> tuple[str, int, int] | None:
    """Return what is said of a key of a connector file or a case; never what stands behind it."""
    spot = source.spot(offset)
    if spot is None or not spot.is_key:
        return None
    for _, node in described_at(schema, data, spot.route[:-1]):
        described = node.get("properties", {}).get(spot.route[-1])
        if isinstance(described, dict) and described.get("description"):
            return str(described["description"]), spot.start, spot.end
    text = question(spot.route)
    return (text, spot.start, spot.end) if text else None
