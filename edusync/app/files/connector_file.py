"""One school's connector file: read, checked against its spec, and turned into answers.

Same findings as for specs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from edusync.app.files.answers import AnswerReader
from edusync.app.files.overlaps import are_told_apart, in_common, in_words
from edusync.app.files.pins import pinned_spec
from edusync.app.files.secrets import FORMS, SecretMissing, resolve
from edusync.app.files.specs import load_named, shown
from edusync.diagnostics import Severity, did_you_mean
from edusync.errors import EdusyncError, FilesInvalid, UsageProblem
from edusync.spec.build.schedule import build_schedule
from edusync.spec.build.units import seconds
from edusync.spec.document import Document, read_document
from edusync.spec.entries import id_part
from edusync.spec.formats import BadFormat
from edusync.spec.formats.moment import named_zone
from edusync.spec.schema_check import check_schema

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from edusync.diagnostics import Diagnostic
    from edusync.engine.read.names import Answers
    from edusync.registry import Registry
    from edusync.spec import Spec
    from edusync.spec.tree import Rules, Schedule


@dataclass(frozen=True, slots=True)
class Account:
    """One Edusign account, and what it takes."""

    name: str
    base_url: str
    api_key: str
    requests_per_minute: int
    at_once: int
    """How many requests may be under way at once."""
    not_found: tuple[str, ...]
    """What Edusign says of an item that is not there, beside the words that edusync knows."""
    v3: V3 | None
    """How items are created in batches; None for one by one."""
    answers: Answers

    @property
    def address(self) -> str:
        """Return which Edusign it is on, however its `base_url` is written."""
        return self.base_url.lower().rstrip("/").removesuffix("/v1")


class V3(NamedTuple):
    """How v3 of Edusign is reached, and whether it mails credentials, where somebody said that."""

    base_url: str
    mails_credentials: bool | None


@dataclass(frozen=True, slots=True)
class Instance:
    """A connector that can run. `grace` is in seconds."""

    name: str
    file: Path
    spec: Spec
    schedule: Schedule
    rules: Rules
    restore_archived: bool
    rewrites_ids: bool
    """Whether what is taken over from another connector gets our ids on Edusign."""
    grace: float
    reasons: Mapping[str, str]
    """Which reason of Edusign is which of the ERP's, by name or id."""
    accounts: tuple[Account, ...]
    warnings: tuple[Diagnostic, ...]


def load_instance(path: Path, registry: Registry, *, spec: Path | None = None) -> Instance:
    """Load a connector file that is to run, with another spec than its own when one is named.

    FilesInvalid with every finding when it, or its spec, has errors.
    """
    if not path.is_file():
        raise UsageProblem(
            "RUN_USAGE", f"there is no file {path}", "give the path of a connector file"
        )
    instance, findings = read_instance(path, registry, spec)
    if instance is None:
        raise FilesInvalid(sorted(findings, key=lambda found: found.order))
    return instance


def read_instance(
    path: Path, registry: Registry, other: Path | None = None, *, text: str | None = None
) -> tuple[Instance | None, list[Diagnostic]]:
    """Read a connector file; None when it, or its spec, has errors.

    The spec is `other`, else the one that a release pins, else the one that the file names. `text`
    is what will stand in the file, where it is not written yet.
    """
    document = _document(path, text)
    if document.has_errors:
        return None, document.findings
    data = document.data
    try:
        named = str(other or pinned_spec(path, data["connector"]) or data["spec"])
        spec, spec_document = load_named(named, registry, path.parent, _zone(document))
    except EdusyncError as error:
        document.report(
            "CONF_UNKNOWN_SPEC",
            ("spec",),
            error.message,
            error.hint or "edusync connectors lists what is installed",
        )
        return None, document.findings
    if spec is None:
        return None, [*document.findings, *spec_document.findings]
    spec = _columns(document, spec)
    schedule = build_schedule(document, "CONF_BAD_SCHEDULE", spec.schedule)
    accounts = _accounts(document, spec, path.parent)
    if document.has_errors:
        return None, document.findings
    _overlaps(document, spec, accounts)
    rules = data.get("rules") or {}
    return Instance(
        name=data["connector"],
        file=path,
        spec=spec,
        schedule=schedule,
        rules=replace(
            spec.rules,
            vanished=rules.get("vanished", spec.rules.vanished),
            adopt=spec.rules.adopt if rules.get("adopt", True) else None,
        ),
        restore_archived=bool(rules.get("restore_archived")),
        rewrites_ids=rules.get("adopted_ids", "rewrite") == "rewrite",
        grace=seconds(data.get("grace", "70s")),
        reasons={str(name): str(value) for name, value in (data.get("reasons") or {}).items()},
        accounts=accounts,
        warnings=tuple(found for found in document.findings if found.severity is Severity.WARNING),
    ), document.findings


def _document(path: Path, text: str | None) -> Document:
    """Return a connector file, or what will stand in it, after a look at its schema."""
    if text is None:
        text = path.read_text(encoding="utf-8", errors="replace")
    document = read_document(text, shown(path))
    if document.data is not None or not document.has_errors:
        check_schema(document, "connector")
    return document


def _zone(document: Document) -> ZoneInfo | None:
    """Return the zone of the school, None when that of the spec is meant."""
    name = document.data.get("zone")
    try:
        return None if name is None else named_zone(str(name))
    except BadFormat as error:
        hint = "write a name such as Indian/Reunion"
        document.report("CONF_WRONG_TYPE", ("zone",), str(error), hint)
        return None


def _columns(document: Document, spec: Spec) -> Spec:
    """Return the spec with the columns that this school calls otherwise."""
    resources = dict(spec.resources)
    for name, columns in (document.data.get("columns") or {}).items():
        if name not in resources:
            document.report(
                "CONF_UNKNOWN_KEY",
                ("columns", name),
                f"{spec.label} has no list '{name}'",
                did_you_mean(name, list(resources)),
                key=True,
            )
            continue
        known = resources[name].columns
        for column in columns.keys() - known.keys():
            document.report(
                "CONF_UNKNOWN_KEY",
                ("columns", name, column),
                f"the list '{name}' has no column '{column}' to be named",
                did_you_mean(column, list(known)),
                key=True,
            )
        resources[name] = replace(resources[name], columns={**known, **columns})
    return replace(spec, resources=resources)


def _accounts(document: Document, spec: Spec, folder: Path) -> tuple[Account, ...]:
    data = document.data
    reader = AnswerReader(document, spec, folder)
    accounts: list[Account] = []
    for index, account in enumerate(data["accounts"]):
        route = ("accounts", index)
        if account["name"] in {other.name for other in accounts}:
            document.report(
                "CONF_ACCOUNT_TWICE",
                (*route, "name"),
                f"two accounts are called '{account['name']}'",
                "give each its own name",
            )
        answers = reader.answers(account["name"], route, first=index == 0)
        edusign = account["edusign"]
        base_url = edusign.get("base_url", "https://ext.edusign.fr")
        reader.check_url((*route, "edusign", "base_url"), base_url)
        accounts.append(
            Account(
                account["name"],
                base_url,
                _key(document, (*route, "edusign", "api_key"), edusign["api_key"], folder),
                edusign.get("requests_per_minute", 480),
                edusign.get("at_once", 4),
                tuple(edusign.get("not_found", ())),
                _v3(document, (*route, "edusign"), reader),
                answers,
            )
        )
    return tuple(accounts)


def _v3(document: Document, route: tuple[str | int, ...], reader: AnswerReader) -> V3 | None:
    """Return how an account is written in batches; None without `api: v3`."""
    edusign = document.get(route)
    own = [name for name in ("v3_url", "v3_mails_credentials") if name in edusign]
    if edusign.get("api", "v1") != "v3":
        for name in own:
            document.report(
                "CONF_UNKNOWN_KEY",
                (*route, name),
                f"'{name}' does nothing without `api: v3`",
                "write `api: v3` beside it, or take it out",
                key=True,
            )
        return None
    url = edusign.get("v3_url", edusign.get("base_url", "https://api.edusign.com"))
    reader.check_url((*route, "v3_url"), url)
    return V3(url, edusign.get("v3_mails_credentials"))


def _key(document: Document, route: tuple[str | int, ...], value: str, folder: Path) -> str:
    try:
        found = resolve(value, folder)
    except SecretMissing as missing:
        document.report(missing.code, route, str(missing), missing.hint)
        return ""
    if found == value:
        document.report(
            "CONF_SECRET_PLAIN",
            route,
            "the API key stands in clear",
            f"write {FORMS}",
        )
    return found


def _overlaps(document: Document, spec: Spec, accounts: tuple[Account, ...]) -> None:
    """Warn of accounts that take the same, as far as the file says; a run knows the rest."""
    for index, account in enumerate(accounts):
        for earlier in accounts[:index]:
            common = in_common(spec, _by_id(spec, earlier), _by_id(spec, account))
            if common is None or are_told_apart(spec, earlier.answers, account.answers):
                continue
            here = ("accounts", index)
            own = next((name for name in common if document.get((*here, "filters", name))), None)
            document.report(
                "CONF_SCOPE_OVERLAP",
                (*here, "filters", own) if own else here,
                f"'{account.name}' takes what '{earlier.name}' takes already: {in_words(common)}",
                "its sheets and students are doubled",
            )


def _by_id(spec: Spec, account: Account) -> dict[str, list[str]]:
    """Return the entries of the filters of an account, those of `NAME - ID` by their id."""
    return {
        name: [id_part(one) if spec.filters[name].choices else one for one in entries]
        for name, entries in account.answers.filters.items()
    }
