"""The words of the language: keys, kinds, filters, formats, names in scope and verdicts.

Each with what it means, what it takes, and an example: what `edusync help WORD` prints, and of what
the reference is made.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from inspect import getdoc, signature
from typing import TYPE_CHECKING, Any, Literal

from edusync.app.authoring.filter_examples import FILTER_EXAMPLES
from edusync.app.authoring.filter_types import made_of
from edusync.app.authoring.key_examples import key_examples, kind_examples
from edusync.app.authoring.language_answers import EXCHANGES, case_keys
from edusync.app.authoring.language_examples import OPERATORS, ROW
from edusync.app.authoring.path_examples import PATH_FUNCTIONS
from edusync.app.authoring.uses import below, of_what, parts, type_in_words
from edusync.spec.formats import FORMATS, READY_MADE
from edusync.spec.language.filters import BUILT_IN
from edusync.spec.language.path_functions import function_names, written
from edusync.spec.language.paths import compile_path
from edusync.spec.paging import PAGING
from edusync.spec.scopes import LISTS, NAMES
from edusync.spec.tree.sign_in import SIGN_INS
from edusync.spec.tree.transport import WIRES
from edusync.spec.verdicts import VERDICTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from edusync.spec.kinds import Kinds


@dataclass(frozen=True, slots=True)
class Word:
    """One entry. `where` says in which part of a spec it stands, empty for anywhere."""

    name: str
    kind: str
    """Key, filter, function of paths, sign, format, paging, sign-in, wire, verdict, name in scope,
    list, file of a case."""
    meaning: str
    where: str = ""
    takes: str = ""
    default: str | None = None
    example: str = ""
    source: str = ""
    """The file and the line that the example is taken from."""
    members: Mapping[str, str] = field(default_factory=dict)
    also: tuple[str, ...] = ()
    """Other parts in which a key of this name means the same."""


KINDS: tuple[tuple[str, Kinds[Any]], ...] = (
    ("format", FORMATS),
    ("paging", PAGING),
    ("sign-in", SIGN_INS),
    ("verdict", VERDICTS),
)


@cache
def all_words() -> tuple[Word, ...]:
    """Return every entry, keys first."""
    made = (*_kinds(), *_wires(), *_ready_made(), *_filters(), *_functions(), *_signs())
    return (*_keys(), *made, *_names(), *_files())


def words_called(name: str) -> list[Word]:
    """Return the entries of a word; of one below a name in scope, such as `nonce`, that name's."""
    wanted = name.strip().strip("`").lower()
    words = all_words()
    return [one for one in words if wanted in _names_of(one)] or [
        one for one in words if one.kind in {"name in scope", "list"} and wanted in _below(one)
    ]


def _names_of(word: Word) -> set[str]:
    wheres = [where for where in (word.where, *word.also) if where]
    return {word.name.lower(), *(f"{where}.{word.name}".lower() for where in wheres)}


def _below(word: Word) -> set[str]:
    return {name for key in word.members for name in (key, f"{word.name}.{key}")}


def spelled(word: Word) -> str:
    """Return a word with the part that it belongs to: `resources.paging`."""
    return f"{word.where}.{word.name}" if word.where else word.name


def sentences(word: Word) -> Iterator[str]:
    """Yield what is said of a word: what it means, what it takes, what a filter makes of values."""
    yield word.meaning
    if word.takes and word.kind != "name in scope":
        label = "takes" if word.kind == "key" else "written"
        default = f"; {word.default} when not said" if word.default is not None else ""
        yield f"{label}: {word.takes}{default}"
    if word.members and word.kind == "filter":
        yield "makes " + ", ".join(f"{what} → {made}" for what, made in word.members.items())


def _keys() -> Iterator[Word]:
    examples = key_examples()
    same: dict[tuple[str, str, str], list[str]] = {}
    first: dict[tuple[str, str, str], tuple[str, Mapping[str, Any]]] = {}
    for part, key, node in parts():
        meaning = str(node.get("description", ""))
        mark = (key, meaning, takes(node))
        same.setdefault(mark, []).append(part)
        first.setdefault(mark, (part, node))
    for (key, meaning, taken), places in same.items():
        part, node = first[key, meaning, taken]
        example = next((examples[one, key] for one in places if (one, key) in examples), None)
        yield Word(
            key,
            "key",
            meaning,
            where_of(part),
            taken,
            json.dumps(node["default"], ensure_ascii=False) if "default" in node else None,
            example.yaml if example else "",
            f"{example.spec}:{example.line}" if example else "",
            _members(node),
            also=tuple(where_of(one) for one in places[1:]),
        )


def _members(node: Mapping[str, Any]) -> dict[str, str]:
    """Return the keys that stand below a key, with what they mean."""
    return {
        key: str(inner.get("description", ""))
        for key, inner in below(node).get("properties", {}).items()
        if isinstance(inner, dict)
    }


def where_of(part: str) -> str:
    """Return a part of the language as people name it: `resources.for_each`, `step.xml`."""
    return part.replace(".*", "").replace("$", "")


def takes(node: Mapping[str, Any]) -> str:
    """Return what may be written behind a key, in words."""
    if "$ref" in node:
        return str(node["$ref"].rpartition("/")[2])
    if "enum" in node:
        return ", ".join(str(value) for value in node["enum"])
    if "const" in node:
        return str(node["const"])
    of = of_what(node)
    return f"{type_in_words(node)} of {of}" if of else type_in_words(node)


def _kinds() -> Iterator[Word]:
    for what, kinds in KINDS:
        word = kinds.word
        for name, made in kinds.pairs():
            keys = {
                key: str(node.get("description", ""))
                for part, key, node in parts()
                if part == f"${kinds.name}.{name}"
            }
            shown_by = kind_examples().get((kinds.name, name))
            text = shown_by.yaml if shown_by else f"{word}: {name}"
            at = f"{shown_by.spec}:{shown_by.line}" if shown_by else ""
            yield Word(name, what, _description(made), "", f"{word}: {name}", None, text, at, keys)


def _description(made: type) -> str:
    described: str | None = getattr(made, "described", None)
    return described or " ".join((made.__doc__ or "").split())


def _wires() -> Iterator[Word]:
    for name, made in WIRES.items():
        text = f"transport: {{kind: {name}}}"
        yield Word(name, "wire", _description(made), "transport", f"kind: {name}", None, text)


def _ready_made() -> Iterator[Word]:
    for name, options in READY_MADE.items():
        written = json.dumps(dict(options), ensure_ascii=False).replace('"', "")
        meaning = f"A format that is there without being declared: {written}"
        yield Word(name, "format", meaning, "", "as, or a filter", None, f"as: {{column: {name}}}")


def _filters() -> Iterator[Word]:
    for name, function in sorted(BUILT_IN.items()):
        arguments = [*signature(function).parameters][1:]
        written = f"{name}({', '.join(arguments)})" if arguments else name
        example = ""
        if name in FILTER_EXAMPLES:
            value, filter_, result = FILTER_EXAMPLES[name]
            example = f"{shown(value)} | {filter_}  →  {shown(result)}"
        meaning = " ".join((getdoc(function) or "").split())
        yield Word(name, "filter", meaning, "", written, None, example, members=made_of(name))


def _functions() -> Iterator[Word]:
    for name in function_names():
        path, meaning = PATH_FUNCTIONS[name]
        example = f"{path}  →  {shown(compile_path(path).read(ROW))}"
        yield Word(name, "function of paths", meaning, "", written(name), None, example)


def _signs() -> Iterator[Word]:
    for sign, (meaning, example) in OPERATORS.items():
        yield Word(sign, "sign", meaning, example=example)


def _names() -> Iterator[Word]:
    for kind, known in (("name in scope", NAMES), ("list", LISTS)):
        for name, one in known.items():
            yield Word(name, kind, one.meaning, example=one.example, members=one.members)


def _files() -> Iterator[Word]:
    from edusync.spec.schema_check import schema_text

    for name in _OF_CASES:
        meaning = str(json.loads(schema_text(name))["description"])
        example = EXCHANGES.strip() if name == "exchanges" else ""
        yield Word(name, "file of a case", meaning, example=example, members=case_keys(name))


_OF_CASES: tuple[Literal["case", "exchanges"], ...] = ("case", "exchanges")


def shown(value: Any) -> str:
    """Return a value as an example of the reference writes it."""
    if isinstance(value, date | datetime):
        return str(value)
    return json.dumps(value, ensure_ascii=False)


def nearest(name: str, most: int = 5) -> list[str]:
    """Return the words that are spelled nearly like one."""
    from difflib import get_close_matches

    known = {spelling for one in all_words() for spelling in (one.name, spelled(one))}
    found = get_close_matches(name.lower(), sorted(known), n=most, cutoff=0.5)
    inside = sorted({one.name for one in all_words() if name.lower() in one.name.lower()})
    return _once([*found, *inside])[:most]


def _once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
