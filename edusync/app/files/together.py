"""Whether connector files go together: names, keys of Edusign, and what each brings down."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from edusync.app.files.project import listed_in
from edusync.app.files.specs import shown
from edusync.spec.document import read_document

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from edusync.app.files.connector_file import Account, Instance
    from edusync.diagnostics import Diagnostic, Route

    Fed = tuple[Instance, int]
    """An account of a connector, by its place in the file."""


def check_together(files: Sequence[Path], instances: Sequence[Instance]) -> list[Diagnostic]:
    """Return what is wrong with connector files that run together, and with none of them alone.

    `instances` are those of the files that have no errors of their own.
    """
    return [*_names(files), *_keys(instances), *_scopes(instances)]


def _names(files: Sequence[Path]) -> Iterator[Diagnostic]:
    first: dict[str, Path] = {}
    for file in files:
        listed = listed_in(file)
        if listed is None:
            continue
        other = first.setdefault(listed.name, file)
        if other != file:
            yield from _finding(
                file,
                ("connector",),
                "CONF_CONNECTOR_TWICE",
                f"'{listed.name}' is the connector of {shown(other)} already",
                "give each its own name: they would take each other's sheets for those of sessions "
                "that are gone",
            )


def _keys(instances: Sequence[Instance]) -> Iterator[Diagnostic]:
    first: dict[tuple[str, str], Fed] = {}
    for instance, index, account in _accounts(instances):
        owner, _ = first.setdefault((account.base_url, account.api_key), (instance, index))
        if owner is not instance:
            yield from _finding(
                instance.file,
                ("accounts", index, "edusign", "api_key"),
                "CONF_KEY_SHARED",
                f"{shown(owner.file)} feeds the same account of Edusign",
                "that is right when one school has two ERPs; else write the key of the other one",
            )


def _scopes(instances: Sequence[Instance]) -> Iterator[Diagnostic]:
    same: dict[str, list[Fed]] = {}
    for instance, index, account in _accounts(instances):
        connection = sorted(
            (name, str(value)) for name, value in account.answers.connection.items()
        )
        same.setdefault(f"{instance.spec.connector} {connection}", []).append((instance, index))
    for fed in same.values():
        for (one, at), (other, index) in combinations(fed, 2):
            words = _met(one.accounts[at], other.accounts[index])
            if one is not other and words is not None:
                yield from _finding(
                    other.file,
                    ("accounts", index, "filters"),
                    "CONF_SCOPE_OVERLAP",
                    f"{words} feeds '{one.accounts[at].name}' of {shown(one.file)} already",
                    "its sheets and students are doubled",
                )


def _met(one: Account, other: Account) -> str | None:
    """Return what two accounts of the same ERP both take, None when they share nothing."""
    filters, others = one.answers.filters, other.answers.filters
    words = "what this account takes"
    for name in sorted(filters.keys() | others.keys()):
        mine, theirs = set(filters.get(name, ())), set(others.get(name, ()))
        if mine and theirs:
            if mine.isdisjoint(theirs):
                return None
            words = f"'{min(mine & theirs)}' of the filter '{name}'"
    return words


def _accounts(instances: Sequence[Instance]) -> Iterator[tuple[Instance, int, Account]]:
    for instance in instances:
        for index, account in enumerate(instance.accounts):
            yield instance, index, account


def _finding(file: Path, route: Route, code: str, message: str, hint: str) -> list[Diagnostic]:
    document = read_document(file.read_text(encoding="utf-8", errors="replace"), shown(file))
    document.report(code, route, message, hint)
    return document.findings[-1:]
