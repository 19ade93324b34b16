"""An open file: what kind it is, and what answers are given about places in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from edusync.app.files.specs import load_named
from edusync.errors import EdusyncError
from edusync.lsp.completion import complete_answers, complete_spec
from edusync.lsp.hover import hover_answers, hover_spec
from edusync.lsp.rows import Rows, rows_of
from edusync.lsp.understood import Understood, understand
from edusync.lsp.words import of_question
from edusync.spec.document import read_document
from edusync.spec.schema_check import schema_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lsprotocol import types as lsp

    from edusync.app.authoring.validate import Door
    from edusync.diagnostics import Route
    from edusync.lsp.source import Source
    from edusync.spec.schema_check import Name
    from edusync.spec.tree import Spec

_KINDS: tuple[tuple[Name, re.Pattern[str]], ...] = (
    ("case", re.compile(r"^shows\s*:", re.MULTILINE)),
    ("connector", re.compile(r"^(spec|accounts)\s*:", re.MULTILINE)),
    ("spec", re.compile(r"^(edusync|transport|entities|resources)\s*:", re.MULTILINE)),
)
_SECTIONS = {"connection": "answer", "options": "option", "filters": "filter"}


class OpenFile:
    """What is known of an open file, kept from one text of it to the next."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.last: Understood | None = None
        """The spec as it was last understood."""
        self._text: str | None = None
        self._rows: tuple[tuple[int, int], Rows | None] | None = None

    def kind(self, source: Source) -> Name | None:
        """Return what the file is, None for what is none of ours."""
        if self.file.name == "edusync.yaml":
            return "project"
        return next((kind for kind, sign in _KINDS if sign.search(source.text)), None)

    def understood(self, source: Source, door: Door) -> Understood | None:
        """Return the spec of a text, None where the text cannot be understood."""
        if self.last is None or self._text != source.text:
            functions = door.registry.functions if "function:" in source.text else {}
            current = understand(source, str(self.file), functions)
            if current is None:
                return None
            self.last, self._text = current, source.text
        return self.last

    def rows(self, spec_dirs: tuple[Path, ...]) -> Rows | None:
        """Return the first rows of a case, read anew when the spec was saved."""
        try:
            is_now = self.file.stat()
        except OSError:
            return None
        stamp = (is_now.st_mtime_ns, is_now.st_size)
        if self._rows is None or self._rows[0] != stamp:
            self._rows = (stamp, rows_of(self.file, spec_dirs))
        return self._rows[1]

    def hover(
        self, source: Source, offset: int, door: Door, *, markdown: bool
    ) -> tuple[str, int, int] | None:
        """Return what is said of a place, and from where to where it stands."""
        kind = self.kind(source)
        if kind == "spec":
            here = self.understood(source, door)
            if here is None:
                return None
            dirs = tuple(door.spec_dirs)
            return hover_spec(here, self.file, offset, lambda: self.rows(dirs), markdown=markdown)
        if kind is None:
            return None
        data = read_document(source.text, "").data

        def question(route: Route) -> str | None:
            texts = dict(self._questions(route[:-1], data, door))
            return texts.get(str(route[-1]))

        return hover_answers(source, schema_of(kind), data, offset, question)

    def complete(
        self, source: Source, offset: int, door: Door, *, markdown: bool
    ) -> list[lsp.CompletionItem]:
        """Return what may be typed at a place."""
        kind = self.kind(source)
        if kind == "spec":
            self.understood(source, door)
            return complete_spec(
                source, self.file, offset, schema_of(kind), self.last, markdown=markdown
            )
        if kind is None:
            return []

        def questions(route: Route, data: Any) -> Iterator[tuple[str, str]]:
            return self._questions(route, data, door)

        return complete_answers(
            source, self.file, offset, schema_of(kind), questions, markdown=markdown
        )

    def _questions(self, route: Route, data: Any, door: Door) -> Iterator[tuple[str, str]]:
        """Yield what the spec asks at a place of a connector file or a case, in words."""
        is_case = route[:1] == ("connector",)
        inner = route[1:] if is_case else route
        if not inner or inner[-1] not in _SECTIONS:
            return
        connector = data.get("connector") if is_case and isinstance(data, dict) else data
        spec = self._spec(connector.get("spec") if isinstance(connector, dict) else None, door)
        kind = _SECTIONS[str(inner[-1])]
        for name, one in (getattr(spec, str(inner[-1])) if spec else {}).items():
            yield name, of_question(kind, name, one)

    def _spec(self, name: object, door: Door) -> Spec | None:
        if not isinstance(name, str):
            return None
        try:
            return load_named(name, door.registry, self.file.parent)[0]
        except (EdusyncError, OSError):
            return None
