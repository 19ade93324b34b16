"""What puts a finding right, wherever its hint says what to type."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from edusync.lsp.findings import meant_by

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from edusync.lsp.findings import PlacedFinding
    from edusync.lsp.source import Source

    Edit = tuple[int, int, str]
    """From where to where, and what is written there."""

_ADD = re.compile(r"add '([\w$]+): …'")
_IN_QUOTES = re.compile(r'write "([^"]+)" in quotes')
_NO_BRACES = "write it without {{ and }}"
_COMMENT = re.compile(r"\s*#.*$")


def actions(
    source: Source, found: Sequence[PlacedFinding], uri: str, start: int, end: int
) -> list[lsp.CodeAction]:
    """Return what puts right the findings that touch a part of the text."""
    return [
        lsp.CodeAction(
            title,
            kind=lsp.CodeActionKind.QuickFix,
            is_preferred=True,
            edit=lsp.WorkspaceEdit({uri: [lsp.TextEdit(source.range(low, high), text)]}),
        )
        for one in found
        if one.start <= end and start <= one.end
        for title, (low, high, text) in _mends(source, one)
    ]


def _mends(source: Source, found: PlacedFinding) -> Iterator[tuple[str, Edit]]:
    hint = found.finding.hint or ""
    meant, written = meant_by(found.finding), source.text[found.start : found.end]
    if meant is not None and found.end > found.start:
        yield f"write '{meant}'", (*_inside(source, found), meant)
    elif (match := _ADD.search(hint)) is not None:
        edit = _added(source, found, match.group(1))
        if edit is not None:
            yield f"add '{match.group(1)}'", edit
    elif (match := _IN_QUOTES.match(hint)) is not None and written == match.group(1):
        yield f'write "{written}"', (found.start, found.end, f'"{written}"')
    elif hint == _NO_BRACES:
        yield "write it without braces", (found.start, found.end, _without_braces(written))
    elif hint.startswith("remove the comment"):
        line = source.lines[found.finding.location.line - 1]
        at = source.starts[found.finding.location.line - 1]
        rest = _COMMENT.sub("", line)
        cut = (at, at + len(line) + 1) if not rest.strip() else (at + len(rest), at + len(line))
        yield "remove the comment", (*cut, "")


def _inside(source: Source, found: PlacedFinding) -> tuple[int, int]:
    """Return from where to where a word stands, without the quotes around it."""
    text = source.text[found.start : found.end]
    is_quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "'\""
    return found.start + is_quoted, found.end - is_quoted


def _without_braces(written: str) -> str:
    inner = written.strip("\"'")
    bare = re.sub(r"\{\{\s*(.*?)\s*\}\}", r"\1", inner)
    return f'"{bare}"' if re.search(r": |^[&*!|>%@`{\[]| #", bare) else bare


def _added(source: Source, found: PlacedFinding, key: str) -> Edit | None:
    """Return what adds a key to the mapping that a finding is about, at its beginning."""
    spot = source.spot(found.start)
    if spot is None or spot.start != found.start or not spot.is_key:
        return None
    inside = [one for one in source.spots if one.route[:-1] == spot.route and one.is_key]
    if not inside:
        return None
    first = inside[0]
    before = source.text[spot.end : first.start]
    if "{" in before:
        return (first.start, first.start, f"{key}: , ")
    margin = source.position(first.start).character
    return (first.start, first.start, f"{key}: \n{' ' * margin}")
