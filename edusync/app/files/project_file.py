"""`edusync.yaml`, the file of a project: read and checked as connector files are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta
from ipaddress import ip_network
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from edusync.app.files.secrets import SecretMissing, resolve
from edusync.app.files.specs import shown
from edusync.errors import FilesInvalid, UsageProblem
from edusync.spec.build.units import seconds
from edusync.spec.document import read_document
from edusync.spec.schema_check import check_schema

if TYPE_CHECKING:
    from pathlib import Path

    from edusync.diagnostics import Diagnostic, Route
    from edusync.spec.document import Document

FILE = "edusync.yaml"
_BEFORE_THE_STORE: tuple[Route, ...] = (("store",), ("web", "url"), ("web", "oidc", "issuer"))
_PORTS = range(65536)


@dataclass(frozen=True, slots=True)
class MailSettings:
    """How mail is sent: the server as a URL, and whom it is from."""

    server: str
    sender: str


@dataclass(frozen=True, slots=True)
class OidcSettings:
    """The provider of OpenID Connect at which people sign in."""

    issuer: str
    client_id: str
    client_secret: str
    label: str


@dataclass(frozen=True, slots=True)
class WebhookSettings:
    """How calls of Edusign are taken. `settle` is how long a sheet is left alone after one."""

    settle: timedelta = timedelta(minutes=10)
    client_secret: str | None = None
    """With what the calls of an application are signed; None where there is none."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a project says of itself.

    `store` is a path or a URL, `listen` a host and a port, `lost_after` in seconds.
    """

    store: str
    deployed: bool
    connectors: Path
    specs: Path
    secrets: str
    at_once: int
    queue: bool
    lost_after: float
    keep_days: int
    private: tuple[str, ...] | None
    alive_url: str | None
    alert_urls: tuple[str, ...]
    digest: time | None
    listen: tuple[str, int] | None
    web_url: str | None = None
    """Where people reach the console; what it listens on when not said."""
    trusted_proxy: str | None = None
    """The address of a proxy whose word on who asks is taken."""
    mail: MailSettings | None = None
    oidc: OidcSettings | None = None
    webhooks: WebhookSettings = WebhookSettings()


def load_settings(file: Path, *, secrets: bool = False) -> Settings:
    """Load the file of a project; FilesInvalid with every finding when it has errors.

    Addresses of alerts, of the mail server and the provider hold secrets: they are looked up when
    `secrets` says that they are needed, else left as they are written.
    """
    settings, findings = read_settings(file, secrets=secrets)
    if settings is None:
        raise FilesInvalid(sorted(findings, key=lambda found: found.order))
    return settings


def read_settings(
    file: Path, *, secrets: bool = True, text: str | None = None
) -> tuple[Settings | None, list[Diagnostic]]:
    """Read the file of a project; None when it has errors.

    `text` is what will stand in the file, where it is not written yet.
    """
    if text is None:
        text = file.read_text(encoding="utf-8", errors="replace")
    document = read_document(text, shown(file))
    if document.data is None and document.has_errors:
        return None, document.findings
    if check_schema(document, "project") is not document:
        return None, document.findings
    settings = _settings(document, file.parent, secrets=secrets)
    return (None if document.has_errors else settings), document.findings


def _settings(document: Document, folder: Path, *, secrets: bool) -> Settings:
    data = document.data
    runner, alerts = data.get("runner") or {}, data.get("alerts") or {}
    connectors = folder / data.get("connectors", "connectors")
    deployed = data.get("deployed", False)
    if not deployed and not connectors.is_dir():
        document.report(
            "CONF_FOLDER_MISSING",
            ("connectors",),
            f"there is no folder {shown(connectors)}",
            "make it, or name the folder that the connector files are in",
        )
    store = _filled(document, ("store",), data.get("store", "state.db"), folder)
    web = data.get("web") or {}
    listen = web.get("listen")
    digest = alerts.get("digest")
    alive_url = runner.get("alive_url")
    urls = alerts.get("urls", [])
    if secrets:
        routes = [("alerts", "urls", index) for index in range(len(urls))]
        urls = [_filled(document, *at, folder) for at in zip(routes, urls, strict=True)]
        if alive_url is not None:
            alive_url = _url(document, ("runner", "alive_url"), alive_url, folder)
    return Settings(
        store=store if "://" in store else str(folder / store),
        deployed=deployed,
        connectors=connectors,
        specs=folder / data.get("specs", "specs"),
        secrets=data.get("secrets", "files"),
        at_once=runner.get("at_once", 8),
        queue=runner.get("queue", False),
        lost_after=seconds(runner.get("lost_after", "30s")),
        keep_days=runner.get("keep_days", 180),
        private=_ranges(document),
        alive_url=alive_url,
        alert_urls=tuple(urls),
        digest=None if digest is None else time.fromisoformat(digest),
        listen=None if listen is None else _listen(document, listen),
        web_url=_url(document, ("web", "url"), web["url"], folder) if "url" in web else None,
        trusted_proxy=web.get("trusted_proxy"),
        mail=_mail(document, folder, secrets=secrets),
        oidc=_oidc(document, folder, secrets=secrets),
        webhooks=_webhooks(document, folder, secrets=secrets),
    )


def _webhooks(document: Document, folder: Path, *, secrets: bool) -> WebhookSettings:
    section = document.data.get("webhooks") or {}
    secret = section.get("client_secret")
    if secret is not None and secrets:
        secret = _filled(document, ("webhooks", "client_secret"), secret, folder)
    return WebhookSettings(timedelta(seconds=seconds(section.get("settle", "10min"))), secret)


def _mail(document: Document, folder: Path, *, secrets: bool) -> MailSettings | None:
    section = document.data.get("mail")
    if section is None:
        return None
    route, server = ("mail", "server"), section["server"]
    if secrets:
        server = _filled(document, route, server, folder)
        parts = urlsplit(server)
        if not document.has_errors and not (parts.scheme in {"smtp", "smtps"} and parts.hostname):
            hint = "write it whole, such as smtps://user:password@smtp.example"
            document.report("CONF_URL_INVALID", route, "it is no smtp:// or smtps:// URL", hint)
    return MailSettings(server, section["from"])


def _oidc(document: Document, folder: Path, *, secrets: bool) -> OidcSettings | None:
    section = (document.data.get("web") or {}).get("oidc")
    if section is None:
        return None
    route = ("web", "oidc", "issuer")
    issuer = _url(document, route, section["issuer"], folder)
    own = {"localhost", "127.0.0.1", "::1"}
    if issuer.startswith("http:") and urlsplit(issuer).hostname not in own:
        hint = "write the address that begins with https"
        document.report("CONF_URL_INVALID", route, "a provider is asked over https only", hint)
    secret = section["client_secret"]
    if secrets:
        secret = _filled(document, ("web", "oidc", "client_secret"), secret, folder)
    label = section.get("label", "OpenID Connect")
    return OidcSettings(issuer, section["client_id"], secret, label)


def _ranges(document: Document) -> tuple[str, ...] | None:
    """Return the ranges of private addresses that may be reached, None for all of them."""
    network = document.data.get("network")
    if network is None:
        return None
    for index, text in enumerate(network["private"]):
        try:
            ip_network(text)
        except ValueError as error:
            hint = "write it as 10.20.0.0/16 or fd00::/8"
            document.report("CONF_OPTION_VALUE", ("network", "private", index), str(error), hint)
    return tuple(network["private"])


def _filled(document: Document, route: Route, text: str, folder: Path) -> str:
    if route in _BEFORE_THE_STORE and text.startswith("${store:"):
        reason = "this is read before the store is opened, so no secret of the store can be meant"
        hint = "write ${env:NAME} or ${file:PATH}"
        document.report("CONF_SECRET_MISSING", route, reason, hint)
        return text
    try:
        return resolve(text, folder)
    except SecretMissing as missing:
        document.report(missing.code, route, str(missing), missing.hint)
        return text


def _url(document: Document, route: Route, text: str, folder: Path) -> str:
    url = _filled(document, route, text, folder)
    parts = urlsplit(url)
    if not document.has_errors and not (parts.scheme in {"http", "https"} and parts.hostname):
        document.report(
            "CONF_URL_INVALID",
            route,
            "a URL needs a scheme and a host",
            "write it whole, such as https://watch.example/ping/edusync",
        )
    return url


def _listen(document: Document, text: str) -> tuple[str, int]:
    try:
        return read_listen(text)
    except UsageProblem as problem:
        route = ("web", "listen")
        document.report("CONF_OPTION_VALUE", route, problem.message, problem.hint or "")
        return "", 0


def read_listen(text: str) -> tuple[str, int]:
    """Return the host and the port of a text such as 127.0.0.1:8550; else UsageProblem."""
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal():
        hint = "write it as 127.0.0.1:8550"
        raise UsageProblem("RUN_USAGE", f"'{text}' is no host and port", hint)
    if int(port) not in _PORTS:
        hint = "write one from 1 to 65535, or 0 for any that is free"
        raise UsageProblem("RUN_USAGE", f"there is no port {port}", hint)
    return host.strip("[]"), int(port)
