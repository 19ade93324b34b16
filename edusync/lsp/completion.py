"""What may be typed at a place: keys, words, names that are declared, names of recorded rows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp

from edusync.app.authoring.uses import described_at
from edusync.codes import all_codes
from edusync.lsp.fields import fields_of, list_at
from edusync.lsp.typed import WORD, typed_at
from edusync.lsp.understood import DECLARED, Understood, understand
from edusync.lsp.words import content, of_code, of_declared, of_key, of_kind, of_word
from edusync.spec.build.declared import declared_below
from edusync.spec.formats import READY_MADE
from edusync.spec.language.filters import BUILT_IN
from edusync.spec.scopes import NAMES
from edusync.spec.tree.list import SHEETS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from edusync.diagnostics import Route
    from edusync.lsp.source import Source
    from edusync.lsp.typed import Typed

_KINDS = lsp.CompletionItemKind
_ROOT = re.compile(r"([\w$]+)\.(?:[\w$.]*)$")


class Completion:
    """Everything that may be typed at one place of a file that a schema describes."""

    def __init__(
        self, file: Path, typed: Typed, schema: Mapping[str, Any], *, markdown: bool
    ) -> None:
        self.file, self.typed, self.schema, self.markdown = file, typed, schema, markdown
        self.items: dict[str, lsp.CompletionItem] = {}
        self.is_of_spec = str(schema.get("$id", "")).endswith("/spec.v1.schema.json")

    @classmethod
    def at(
        cls, source: Source, offset: int, file: Path, schema: Mapping[str, Any], *, markdown: bool
    ) -> Completion | None:
        """Return what is known of the place at an offset, None where nothing can be said of it."""
        typed = typed_at(source, offset)
        return None if typed is None else cls(file, typed, schema, markdown=markdown)

    def offered(self) -> list[lsp.CompletionItem]:
        """Return what is offered, in the order in which it was."""
        return list(self.items.values())

    def add(
        self, label: str, kind: lsp.CompletionItemKind, text: str | None = None, behind: str = ""
    ) -> None:
        """Offer a word; `text` is its text, `behind` what is written after it."""
        if label in self.items or WORD in label:
            return
        typed = self.typed
        span = typed.source.range(typed.start, typed.start)
        end = lsp.Position(span.start.line, span.start.character + typed.end - typed.start)
        self.items[label] = lsp.CompletionItem(
            label,
            kind=kind,
            documentation=content(text, markdown=self.markdown) if text else None,
            sort_text=f"{len(self.items):04}",
            filter_text=label,
            text_edit=lsp.TextEdit(lsp.Range(span.start, end), label + behind),
        )

    def keys(self) -> None:
        """Offer the keys of the mapping in which somebody types that are not there yet."""
        above = self.typed.spot.route[:-1]
        present = self._present(above)
        for part, node in described_at(self.schema, self.typed.data, above):
            for key, described in node.get("properties", {}).items():
                if key not in present and isinstance(described, dict):
                    word = of_key(part, key) if self.is_of_spec else None
                    text = (
                        of_word(word, markdown=self.markdown)
                        if word
                        else described.get("description")
                    )
                    self.add(key, _KINDS.Property, text, self.colon)

    @property
    def colon(self) -> str:
        """What is written behind a key."""
        return "" if self.typed.is_followed else ": "

    def _present(self, above: Route) -> set[str]:
        data: Any = self.typed.data
        for step in above:
            data = data[step]
        return set(data) - {WORD} if isinstance(data, dict) else set()

    def values(self) -> None:
        """Offer the words that may stand behind a key."""
        route = self.typed.spot.route
        for _, node in described_at(self.schema, self.typed.data, route):
            words = [*node.get("enum", ()), *node.get("then", {}).get("enum", ())]
            if node.get("type") == "boolean":
                words += ["true", "false"]
            for word in map(str, words):
                known = of_kind(word, "paging", "format", "sign-in", "verdict", "wire")
                text = of_word(known, markdown=self.markdown) if known else None
                self.add(word, _KINDS.EnumMember, text)


def complete_spec(
    source: Source,
    file: Path,
    offset: int,
    schema: Mapping[str, Any],
    last: Understood | None,
    *,
    markdown: bool,
) -> list[lsp.CompletionItem]:
    """Return what may be typed at a place of a spec.

    `last` is the spec as it was last understood, where it cannot be understood with what is typed.
    """
    completion = Completion.at(source, offset, file, schema, markdown=markdown)
    if completion is None:
        return []
    here, is_now = understand(completion.typed.source, file.name), True
    if here is None:
        here, is_now = last, False
    is_key = completion.typed.spot.is_key
    if is_key:
        completion.keys()
    else:
        completion.values()
    if here is not None:
        place = _now(completion, here) if is_now else _as_before(completion, here)
        _names(completion, here, place)
        if not is_key:
            _texts(completion, here, place)
    return completion.offered()


@dataclass(frozen=True, slots=True)
class Place:
    """What a spec expects at a place: names of some kinds, a text with names in scope, a path."""

    kinds: frozenset[str]
    scope: frozenset[str] | None
    is_path: bool


def _now(completion: Completion, here: Understood) -> Place:
    """Return what a spec expects where somebody types, by what it makes of the word there."""
    spot = completion.typed.spot
    return Place(
        frozenset(
            kind
            for kind, name, route, is_key in here.builder.references
            if WORD in name and is_key == spot.is_key and route in {spot.route, spot.route[:-1]}
        ),
        here.scope_at(spot.route),
        any(at == spot.route and WORD in path.source for at, path in here.builder.paths),
    )


def _as_before(completion: Completion, here: Understood) -> Place:
    """Return what a spec expected at such places as it was last understood."""
    spot, builder, old = completion.typed.spot, here.builder, here.document.data

    def part(data: Any, route: Route) -> tuple[str, ...]:
        return tuple(part for part, _ in described_at(completion.schema, data, route))

    wanted = part(completion.typed.data, spot.route), spot.is_key
    return Place(
        frozenset(
            kind
            for kind, _, route, is_key in builder.references
            if (part(old, route), is_key) == wanted
        ),
        next((text.scope for at, text in builder.texts if (part(old, at), False) == wanted), None),
        any((part(old, at), False) == wanted for at, _ in builder.paths),
    )


def _names(completion: Completion, here: Understood, place: Place) -> None:
    """Offer what is declared, where the spec refers to something of the kind."""
    spot = completion.typed.spot
    for kind in sorted(place.kinds):
        for name in _declared(here, kind):
            text = of_declared(here, kind, name) or (of_code(name) if kind == "code" else None)
            completion.add(name, _KINDS.Reference, text, completion.colon if spot.is_key else "")
        if kind == "format":
            _filters(completion)


def _declared(here: Understood, kind: str) -> Iterator[str]:
    if kind in DECLARED:
        yield from map(str, here.builder.get(DECLARED[kind]) or ())
    if kind == "code":
        yield from all_codes()
    elif kind == "function":
        yield from here.functions
    elif kind == "list":
        yield SHEETS


def _filters(completion: Completion) -> None:
    """Offer the filters of the language, and the formats that every spec has."""
    for name in (*READY_MADE, *sorted(BUILT_IN)):
        word = of_kind(name, "filter", "format")
        text = of_word(word, markdown=completion.markdown) if word else None
        completion.add(name, _KINDS.Function, text)


def _texts(completion: Completion, here: Understood, place: Place) -> None:
    """Offer what an expression, a template or a path may go on with."""
    typed, route = completion.typed, completion.typed.spot.route
    scope = place.scope
    if typed.before.rstrip().endswith("|") and not typed.word.count("."):
        for name in here.builder.get(("formats",)) or ():
            completion.add(str(name), _KINDS.Reference, of_declared(here, "format", str(name)))
        _filters(completion)
    elif scope is not None and (holes := _in_a_hole(typed)) is not None:
        _in_text(completion, here, scope if holes else frozenset())
    elif place.is_path:
        name = list_at(here, route)
        for path in fields_of(here, name, completion.file) if name else ():
            completion.add(path, _KINDS.Field)


def _in_a_hole(typed: Typed) -> bool | None:
    """Whether somebody types where names may stand; None in the text around holes."""
    written = typed.source.written(typed.spot)
    if "{{" not in written and "{%" not in written:
        return True
    inside = typed.before.rfind("{{") > typed.before.rfind("}}")
    return True if inside or typed.before.rfind("{%") > typed.before.rfind("%}") else None


def _in_text(completion: Completion, here: Understood, scope: frozenset[str]) -> None:
    """Offer names in scope, or what stands below the one that was typed."""
    route, root = completion.typed.spot.route, _ROOT.match(completion.typed.word)
    if root is None:
        for name in sorted(scope):
            word = of_kind(name, "name in scope")
            text = of_word(word, markdown=completion.markdown) if word else None
            completion.add(name, _KINDS.Variable, text or of_declared(here, "list", name))
        return
    name = root[1]
    members = declared_below(here.builder, route).get(name)
    of_rows = _rows_of(here, route, name)
    if of_rows is not None:
        for path in fields_of(here, of_rows, completion.file):
            completion.add(f"{name}.{path}", _KINDS.Field)
    kind = {"options": "option", "filters": "filter", "connection": "answer", "the": "list"}
    for member in sorted(members or (NAMES[name].members if name in NAMES else ())):
        text = NAMES[name].members.get(member) if name in NAMES else None
        text = text or (of_declared(here, kind[name], member) if name in kind else None)
        completion.add(f"{name}.{member}", _KINDS.Field, text)


def _rows_of(here: Understood, route: Route, name: str) -> str | None:
    """Return the list whose rows a name in scope stands for."""
    if name in {"row", "theirs"}:
        return list_at(here, route)
    if name in here.spec.resources:
        return name
    resource = here.spec.resources.get(str(route[1])) if route[0] == "resources" else None
    if name == "parent" and resource is not None:
        each = resource.for_each
        return next(iter((*resource.sources, *(each.lists if each else ()))), None)
    return None


def complete_answers(
    source: Source,
    file: Path,
    offset: int,
    schema: Mapping[str, Any],
    questions: Callable[[Route, Any], Iterator[tuple[str, str]]],
    *,
    markdown: bool,
) -> list[lsp.CompletionItem]:
    """Return what may be typed in a connector file or a case: keys, and what the spec asks."""
    completion = Completion.at(source, offset, file, schema, markdown=markdown)
    if completion is None:
        return []
    spot = completion.typed.spot
    if spot.is_key:
        for name, text in questions(spot.route[:-1], completion.typed.data):
            completion.add(name, _KINDS.Property, text, completion.colon)
        completion.keys()
    else:
        completion.values()
    return completion.offered()
