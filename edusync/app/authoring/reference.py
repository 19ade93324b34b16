"""Pages of the reference that are made from what the program knows.

The codes, the language from its schema, and the schema from the classes of the tree.
"""

from __future__ import annotations

import json
from inspect import getdoc, signature
from typing import TYPE_CHECKING, Any

from edusync.app.authoring.language_page import language_page
from edusync.app.authoring.part_examples import examples_of
from edusync.app.authoring.uses import below, of_what, type_in_words
from edusync.codes import all_codes
from edusync.spec.language.filters import BUILT_IN
from edusync.spec.schema_check import schema_text
from edusync.spec.whole_schema import spec_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

_FAMILIES = {
    "SPEC": "Mistakes in a spec",
    "CONF": "Mistakes in a connector file, or of the machine",
    "CONN": "The ERP cannot be read",
    "DOWN": "On the way down",
    "UP": "On the way up",
    "EDU": "Edusign",
    "MOVE": "Moving in from another connector",
    "SHADOW": "In shadow, beside another connector",
    "RUN": "A whole run",
    "PLUGIN": "Plugins",
}

_DEEPEST = 5
"""Sections below it stand beside each other, with what their kinds say one below."""


def codes_page() -> str:
    """Return docs/reference/codes.md."""
    lines = [
        "# Codes",
        "",
        (
            "Made from `edusync/codes/` by `just reference`; `edusync explain CODE` prints "
            "one of them, with an example."
        ),
        "Numbers such as (D5) are explained in [the rules](rules.md).",
        "",
    ]
    for family, title in _FAMILIES.items():
        lines += [
            f"## {title}",
            "",
            "| code | severity | meaning | what to do |",
            "| --- | --- | --- | --- |",
        ]
        lines += [
            f"| `{code.name}` | {code.severity} | {_cell(code.meaning)} | {_cell(code.remedy)} |"
            for code in all_codes().values()
            if code.name.startswith(f"{family}_")
        ]
        lines.append("")
    return "\n".join(lines)


def spec_schema_file() -> str:
    """Return schemas/spec.v1.schema.json, from what the classes of the tree declare."""
    return json.dumps(spec_schema(), indent=2, ensure_ascii=False) + "\n"


def spec_page() -> str:
    """Return docs/reference/spec.md."""
    schema = json.loads(schema_text("spec"))
    lines = [
        "# The spec language, key by key",
        "",
        (
            "Made from `schemas/spec.v1.schema.json` by `just reference`. How paths, templates, "
            "scopes and answers work, and in which order keys act: [the language](language.md)."
        ),
        "Examples are lines of specs that validate: the shipped ones, and some written for this.",
        "Why it is so: [the spec language](../explanation/spec-language.md).",
        "Numbers such as (U7) are explained in [the rules](rules.md).",
        "",
        *_table(schema),
        "",
    ]
    for name, inner in schema["properties"].items():
        lines += [*_section(name, inner, schema, 2, name)]
    for name, inner in schema["$defs"].items():
        section = [*_section(name, inner, schema, 2, f"${name}")]
        lines += section or [f"## `{name}`", "", _cell(str(inner.get("description", ""))), ""]
    lines += _filters()
    return "\n".join(lines)


def write_pages(root: Path) -> None:
    """Write the schema and every page that is made from what the program knows."""
    schema = root / "schemas" / "spec.v1.schema.json"
    schema.write_text(spec_schema_file(), encoding="utf-8")
    schema_text.cache_clear()
    for name, page in PAGES.items():
        (root / "docs" / "reference" / name).write_text(page(), encoding="utf-8")


def project_page() -> str:
    """Return docs/reference/project.md."""
    schema = json.loads(schema_text("project"))
    lines = [
        "# edusync.yaml, key by key",
        "",
        "Made from `schemas/project.v1.schema.json` by `just reference`.",
        "How it is used: [run a fleet](../how-to/run-a-fleet.md).",
        "",
        *_table(schema),
        "",
    ]
    for name, inner in schema["properties"].items():
        lines += [*_section(name, inner, schema, 2, name)]
    return "\n".join(lines)


def _filters() -> Iterator[str]:
    """Yield the section about filters, from what each says of itself."""
    yield from ("## Filters", "", "Formats of the spec are filters too, and write.", "")
    yield from ("| filter | what it makes of the value |", "| --- | --- |")
    for name, function in sorted(BUILT_IN.items()):
        arguments = [*signature(function).parameters][1:]
        written = f"{name}({', '.join(arguments)})" if arguments else name
        yield f"| `{written}` | {_cell(getdoc(function) or '')} |"
    yield ""


def _examples(part: str, node: Mapping[str, Any]) -> Iterator[str]:
    """Yield examples of a part, each as one spec writes it, until every key was shown."""
    keys = [
        key
        for key, inner in node["properties"].items()
        if isinstance(inner, dict) and key != "assumed"
    ]
    for spec, lines in examples_of(part, keys):
        yield from ("```yaml", f"# {spec}", *lines, "```", "")


def _section(
    name: str, node: Mapping[str, Any], schema: Mapping[str, Any], level: int, part: str
) -> Iterator[str]:
    inner = below(node)
    if not inner.get("properties"):
        return
    about = " ".join(
        part["description"]
        for part in ([node] if inner is node else [node, inner])
        if "description" in part
    )
    part = part if inner is node else f"{part}.*"
    level = min(level, _DEEPEST)
    yield from (f"{'#' * level} `{name}`", "", about, "", *_table(inner, name), "")
    yield from _examples(part, inner)
    for key, one in inner["properties"].items():
        yield from _section(f"{name}.{key}", one, schema, level + 1, f"{part}.{key}")
    for branch in node.get("allOf", ()):
        kind, then = branch["if"]["properties"]["kind"]["const"], branch["then"]
        yield from (f"{'#' * (level + 1)} `kind: {kind}`", "", *_table(then, name), "")
        yield from _examples(f"{part}.{kind}", then)
        for key, one in then["properties"].items():
            yield from _section(f"{name}.{key}", one, schema, level + 2, f"{part}.{kind}.{key}")


def _table(node: Mapping[str, Any], name: str = "") -> Iterator[str]:
    """Yield the keys of a part; what stands below one has a section of its own."""
    yield from ("| key | takes | meaning |", "| --- | --- | --- |")
    for key, inner in node["properties"].items():
        if inner is True:
            continue
        needed = " (needed)" if key in node.get("required", ()) else ""
        default = f" Default: `{json.dumps(inner['default'])}`." if "default" in inner else ""
        takes = _takes(inner)
        if below(inner).get("properties"):
            takes = f"[{takes}](#{f'{name}.{key}'.strip('.').replace('.', '')})"
        yield (
            f"| `{key}`{needed} | {takes} | {_cell(str(inner.get('description', '')))}{default} |"
        )


def _takes(node: Mapping[str, Any]) -> str:
    if "$ref" in node:
        return f"[{node['$ref'].rpartition('/')[2]}](#{node['$ref'].rpartition('/')[2]})"
    if "enum" in node:
        return ", ".join(f"`{value}`" for value in node["enum"])
    if "const" in node:
        return f"`{node['const']}`"
    of = of_what(node)
    return f"{type_in_words(node)} of [{of}](#{of})" if of else type_in_words(node)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


PAGES: Mapping[str, Callable[[], str]] = {
    "codes.md": codes_page,
    "spec.md": spec_page,
    "project.md": project_page,
    "language.md": language_page,
}
"""The pages of docs/reference that are made."""
