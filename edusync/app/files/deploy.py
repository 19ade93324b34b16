"""Bring the connector files of a project into the store, each with the spec that it names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import unified_diff
from typing import TYPE_CHECKING, Any

from edusync.app.files.connector_file import read_instance
from edusync.app.files.specs import shown, spec_texts
from edusync.app.files.together import check_together
from edusync.errors import FilesInvalid, UsageProblem
from edusync.spec.document import read_document
from edusync.state.releases import (
    Deployed,
    digest_of,
    newest_release,
    releases,
    save_release,
    texts,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from edusync.app.files.project import Listed, Project
    from edusync.diagnostics import Diagnostic, Route
    from edusync.registry import Registry
    from edusync.state.store import Store

_NEARBY = re.compile(r"\$\{file:(?!/)([^}]+)\}\Z")
_ELSEWHERE = frozenset({"CONF_SECRET_MISSING", "CONF_SECRET_KEY"})
"""What is right on the machines that run, and need not be where a release is made."""
_PLAIN = frozenset({"CONF_SECRET_PLAIN"})
"""What is a warning in a file, and never goes into the store."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A connector that a release has otherwise than the one before; `lines` as diff writes them."""

    connector: str
    what: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A release that could be made: on which it rests, and what it changes."""

    before: int
    connectors: Mapping[str, Deployed]
    texts: Mapping[str, str]
    differences: Sequence[Difference]
    held: Sequence[Difference] = ()
    """What the files would take back of changes that were made in their place; it stays."""

    def save(self, store: Store, note: str) -> int:
        """Make the release; return its number. Guarded when another one was made meanwhile."""
        return save_release(store, self.before, note, self.connectors, self.texts)


def draft_release(
    store: Store,
    project: Project,
    registry: Registry,
    words: Sequence[str],
    *,
    overwrite: bool = False,
) -> Draft:
    """Return what a release of the files of a project would change; nothing is written.

    `words` choose connectors as `--select` does; the others stay as they are in the store. Without
    words the release has what the project has, and nothing else; but a connector that was changed
    in its place, such as in the console, stays as it is unless its file has the change, or
    `overwrite` was said. FilesInvalid when a file has errors, names no connector, or holds a secret
    in clear.
    """
    chosen = project.chosen(words)
    _check(project, chosen, registry)
    before = newest_release(store)
    known = releases(store, before)[0].connectors if before else {}
    fresh: dict[str, Deployed] = {}
    written: dict[str, str] = {}
    for one in chosen:
        fresh[one.name] = _deployed(one, registry, written)
    wanted = {**known, **fresh} if words else fresh
    by_digest = {**texts(store, {d for one in known.values() for d in one.digests}), **written}
    taken_back = {} if overwrite else _taken_back(known, wanted)
    lost = {name: wanted[name] for name in taken_back if name in wanted}
    stays = _differences(taken_back, lost, by_digest)
    wanted = {**wanted, **taken_back}
    return Draft(before, wanted, written, list(_differences(known, wanted, by_digest)), list(stays))


def _taken_back(
    known: Mapping[str, Deployed], wanted: Mapping[str, Deployed]
) -> dict[str, Deployed]:
    """Return the connectors that were changed in their place, and whose files lack the change."""
    return {
        name: one
        for name, one in known.items()
        if one.edited is not None and (name not in wanted or wanted[name].file != one.file)
    }


def draft_back(store: Store, number: int) -> Draft:
    """Return what it would change to go back to a release."""
    before = newest_release(store)
    wanted = releases(store, number)[0].connectors
    known = releases(store, before)[0].connectors
    by_digest = texts(
        store, {d for one in (*known.values(), *wanted.values()) for d in one.digests}
    )
    return Draft(before, wanted, {}, list(_differences(known, wanted, by_digest)))


def _check(project: Project, chosen: Sequence[Listed], registry: Registry) -> None:
    findings: list[Diagnostic] = []
    instances = []
    for one in chosen:
        instance, own = read_instance(one.file, registry)
        instances += [] if instance is None else [instance]
        text = one.file.read_text(encoding="utf-8", errors="replace")
        findings += own + nearby_secrets(text, shown(one.file))
    listing = project.listing()
    findings += check_together([one.file for one in chosen], instances)
    if listing.strays:
        names = ", ".join(map(shown, listing.strays))
        raise UsageProblem(
            "RUN_USAGE",
            f"nobody can say what connector these are: {names}",
            "`edusync validate` on the folder says why; nothing was deployed",
        )
    refused = [
        found
        for found in findings
        if (found.severity == "error" and found.code not in _ELSEWHERE) or found.code in _PLAIN
    ]
    if refused:
        raise FilesInvalid(sorted(refused, key=lambda found: found.order))


def nearby_secrets(text: str, file: str) -> list[Diagnostic]:
    """Return a finding for a secret beside the file: there is no such place on other machines."""
    document = read_document(text, file)
    for route, value in _strings(document.data, ()):
        match = _NEARBY.match(value)
        if match is not None:
            document.report(
                "CONF_SECRET_NEARBY",
                route,
                f"'{match[1]}' is relative to this file, which the machines that run do not have",
                "write the whole path, the same on every machine, ${env:NAME} or ${store:NAME}",
            )
    return document.findings


def _strings(data: Any, route: Route) -> Iterator[tuple[Route, str]]:
    if isinstance(data, str):
        yield route, data
    elif isinstance(data, dict | list):
        for at, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from _strings(value, (*route, at))


def _deployed(one: Listed, registry: Registry, written: dict[str, str]) -> Deployed:
    def keep(text: str) -> str:
        digest = digest_of(text)
        written[digest] = text
        return digest

    spec = spec_texts(one.erp, registry, one.file.parent)
    return Deployed(
        keep(one.file.read_text(encoding="utf-8")),
        keep(spec.text),
        one.erp,
        None if spec.rare is None else keep(spec.rare),
    )


def _differences(
    known: Mapping[str, Deployed], wanted: Mapping[str, Deployed], by_digest: Mapping[str, str]
) -> Iterator[Difference]:
    for name in sorted(known.keys() | wanted.keys()):
        old, new = known.get(name), wanted.get(name)
        if old is None or new is None:
            yield Difference(name, "added" if old is None else "taken away")
            continue
        for what, before, after in (("file", old.file, new.file), ("spec", old.spec, new.spec)):
            if before != after:
                lines = unified_diff(
                    by_digest[before].splitlines(), by_digest[after].splitlines(), lineterm="", n=1
                )
                yield Difference(name, f"another {what}", tuple(lines)[2:])
        if old.edited is not None and new.edited is None and old.file == new.file:
            yield Difference(name, f"the change of release {old.edited} stands in its file by now")
