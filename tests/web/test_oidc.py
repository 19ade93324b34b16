"""Signing in at a provider of OpenID Connect, over real HTTP to a provider that checks, too."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from joserfc.jwk import RSAKey

from edusync.app.console import accounts
from edusync.app.files.project_file import OidcSettings, load_settings
from edusync.errors import FilesInvalid, UsageProblem
from edusync.registry import Registry
from edusync.sandbox.serve import serving
from edusync.state import visitors
from edusync.web import provider as provider_module
from edusync.web.app import create_console
from edusync.web.console import Console
from tests.web.conftest import ADDRESS, NO_PROVIDER, PASSWORD, Site, Visit
from tests.web.identity_provider import CLIENT, SECRET, IdentityProvider


@pytest.fixture
def provider() -> IdentityProvider:
    return IdentityProvider()


@pytest.fixture
def site(tmp_path: Path, registry: Registry, provider: IdentityProvider) -> Iterator[Site]:
    with ExitStack() as stack:
        url = stack.enter_context(serving(provider.application()))
        provider.issuer = url.replace("127.0.0.1", "localhost")
        site = Site(tmp_path, registry)
        stack.callback(site.store.close)
        stack.callback(site.console.jobs.close)
        settings = OidcSettings(provider.issuer, CLIENT, SECRET, "School ID")
        console = Console(site.store, site.fleet, site.clock, ADDRESS, None, settings)
        site.console, site.app = console, create_console(console)
        yield site


def go(visit: Visit, start: str) -> Any:
    """Follow the browser to the provider and back; return the answer of the console."""
    left = visit.get(start)
    assert left.status_code == 302, left.text
    there = requests.get(left.location, allow_redirects=False, timeout=10)
    assert there.status_code == 302, there.text
    assert there.headers["Location"].startswith(f"{ADDRESS}/sign-in/provider/back?")
    return visit.get(there.headers["Location"].removeprefix(ADDRESS))


def invited(site: Site, *connectors: str) -> Visit:
    """Let somebody new use an invitation at the provider."""
    token = accounts.invite(site.store, "school", connectors, site.clock.now)
    visit = site.stranger()
    assert f"/sign-in/provider?ticket={token}" in visit.get(f"/welcome/{token}").text
    assert go(visit, f"/sign-in/provider?ticket={token}").location == "/"
    return visit


def names(site: Site) -> list[str]:
    return [user.name for user in visitors.users(site.store)]


def test_who_was_invited_signs_in_at_the_provider(site: Site) -> None:
    visit = invited(site, "hugo")
    assert visit.get("/connectors/hugo/").status_code == 200
    assert visit.get("/connectors/sand/").status_code == 404
    assert names(site) == ["ada"]
    again = site.stranger()
    assert "Sign in with School ID" in again.get("/sign-in").text
    assert go(again, "/sign-in/provider?then=/advice").location == "/advice"
    assert again.get("/connectors/hugo/").status_code == 200
    assert names(site) == ["ada"]


def test_nobody_is_made_by_signing_in(site: Site) -> None:
    visit = site.stranger()
    answer = go(visit, "/sign-in/provider")
    assert answer.status_code == 403
    assert "Nobody was invited with this account" in answer.text
    assert names(site) == []
    assert visit.get("/").status_code == 302


def test_an_invitation_is_used_once_at_the_provider_too(
    site: Site, provider: IdentityProvider
) -> None:
    token = accounts.invite(site.store, "school", ["hugo"], site.clock.now)
    go(site.stranger(), f"/sign-in/provider?ticket={token}")
    provider.subject = "another"
    answer = go(site.stranger(), f"/sign-in/provider?ticket={token}")
    assert (answer.status_code, "too old" in answer.text) == (403, True)
    assert names(site) == ["ada"]


def test_one_identity_is_one_person(site: Site) -> None:
    invited(site, "hugo")
    token = accounts.invite(site.store, "operator", [], site.clock.now)
    answer = go(site.stranger(), f"/sign-in/provider?ticket={token}")
    assert "Somebody else signs in with this account" in answer.text
    assert visitors.ticket_of(site.store, token, site.clock.now) is not None  # still to be used


def test_a_name_that_is_taken_gets_a_number(site: Site, provider: IdentityProvider) -> None:
    site.visit("operator", name="Ada")
    provider.name = "ADA"
    invited(site, "hugo")
    assert sorted(names(site)) == ["ada", "ada 2"]


def test_no_password_opens_an_account_without_one(site: Site) -> None:
    visit = invited(site, "hugo")
    for guess in ("!", "", PASSWORD):
        answer = site.stranger().post("/sign-in", name="ada", password=guess)
        assert answer.status_code == 403
    visit.post("/account/provider/forget")
    assert "You have no password yet" in visit.get("/account").text
    assert go(site.stranger(), "/sign-in/provider").status_code == 302


def test_who_has_a_password_lets_themselves_in_there_too(site: Site) -> None:
    school = site.visit("school", "hugo")
    assert school.get("/sign-in/provider?link=1").status_code == 404  # not without the password
    school.post("/account/provider", password="wrong")
    assert school.get("/sign-in/provider?link=1").status_code == 404
    page = school.post("/account/provider", password=PASSWORD).text
    assert 'href="/sign-in/provider?link=1"' in page
    assert go(school, "/sign-in/provider?link=1").location == "/account"
    other = site.stranger()
    assert go(other, "/sign-in/provider").location == "/"
    assert other.get("/connectors/hugo/").status_code == 200
    school.post("/account/provider/forget")
    assert go(site.stranger(), "/sign-in/provider").status_code == 403


def test_who_was_removed_does_not_come_back(site: Site) -> None:
    visit = invited(site, "hugo")
    user = visitors.user_by(site.store, name="ada")
    assert user is not None
    site.visit("operator").post(f"/people/{user.id}/delete")
    assert visit.get("/connectors/hugo/").status_code == 302
    assert go(site.stranger(), "/sign-in/provider").status_code == 403


LIES: dict[str, dict[str, Any]] = {
    "another nonce": {"nonce": "x"},
    "no nonce": {"nonce": None},
    "for another client": {"aud": "another"},
    "for another client, by this one": {"aud": "another", "azp": CLIENT},
    "of another provider": {"iss": "https://evil.example"},
    "of the past": {"exp": 1_000_000},
    "without an end": {"exp": None},
    "of nobody": {"sub": None},
}


@pytest.mark.parametrize("lie", LIES)
def test_a_token_that_is_not_right_lets_nobody_in(
    site: Site, provider: IdentityProvider, lie: str
) -> None:
    invited(site, "hugo")
    provider.lies = LIES[lie]
    answer = go(site.stranger(), "/sign-in/provider")
    assert (answer.status_code, "did not let you in" in answer.text) == (403, True)


@pytest.mark.parametrize("algorithm", ["none", "HS256", "another key"])
def test_a_token_that_the_provider_did_not_sign_lets_nobody_in(
    site: Site, provider: IdentityProvider, algorithm: str
) -> None:
    invited(site, "hugo")
    if algorithm == "another key":
        provider.published = provider.key
        provider.key = RSAKey.generate_key(2048, {"kid": "1"})
    else:
        provider.header = {"alg": algorithm}
    assert go(site.stranger(), "/sign-in/provider").status_code == 403


def test_new_keys_of_the_provider_are_read(site: Site, provider: IdentityProvider) -> None:
    invited(site, "hugo")
    provider.key = RSAKey.generate_key(2048, {"kid": "2"})
    provider.header = {"alg": "RS256", "kid": "2"}
    assert go(site.stranger(), "/sign-in/provider").status_code == 302


def test_what_was_not_asked_for_from_this_browser_lets_nobody_in(site: Site) -> None:
    """Somebody else's code and state: without the cookie that they belong to they say nothing."""
    invited(site, "hugo")
    other = site.stranger()
    left = other.get("/sign-in/provider")
    back = requests.get(left.location, allow_redirects=False, timeout=10).headers["Location"]
    victim = site.stranger()
    assert victim.get(back.removeprefix(ADDRESS)).status_code == 403
    victim.get("/sign-in/provider")
    assert victim.get(back.removeprefix(ADDRESS)).status_code == 403
    assert victim.get("/").status_code == 302


def test_a_code_is_worth_nothing_twice(site: Site) -> None:
    invited(site, "hugo")
    visit = site.stranger()
    left = visit.get("/sign-in/provider")
    asked = parse_qs(urlsplit(left.location).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == [f"{ADDRESS}/sign-in/provider/back"]
    back = requests.get(left.location, allow_redirects=False, timeout=10).headers["Location"]
    assert visit.get(back.removeprefix(ADDRESS)).status_code == 302
    assert visit.get(back.removeprefix(ADDRESS)).status_code == 403


def test_a_provider_that_refuses_or_is_away_is_said(site: Site, provider: IdentityProvider) -> None:
    provider.refuses = True
    assert "did not let you in" in go(site.stranger(), "/sign-in/provider").text
    console = Console(site.store, site.fleet, site.clock, ADDRESS, None, NO_PROVIDER)
    site.app = create_console(console)
    answer = site.stranger().get("/sign-in/provider")
    assert (answer.status_code, "does not answer" in answer.text) == (403, True)


def test_nothing_of_people_or_secrets_is_logged(
    site: Site, provider: IdentityProvider, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "edusync")
    invited(site, "hugo")
    provider.lies = {"nonce": "x"}
    go(site.stranger(), "/sign-in/provider")
    assert "a provider did not let somebody in: InvalidClaimError" in caplog.text
    assert [word for word in (provider.name, provider.subject, SECRET) if word in caplog.text] == []


def test_the_store_has_digests_of_identities_only(site: Site, provider: IdentityProvider) -> None:
    invited(site, "hugo")
    kept = (site.folder / "state.db").read_bytes() + (site.folder / "state.db-wal").read_bytes()
    assert provider.subject.encode() not in kept


def test_without_a_provider_nothing_of_it_is_there(tmp_path: Path, registry: Registry) -> None:
    site = Site(tmp_path, registry)
    site.app = create_console(Console(site.store, site.fleet, site.clock, ADDRESS))
    assert site.stranger().get("/sign-in/provider").status_code == 404
    assert "provider" not in site.stranger().get("/sign-in").text
    site.store.close()


def test_without_the_extra_it_says_what_to_install(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(provider_module, "find_spec", lambda _name: None)
    with pytest.raises(UsageProblem) as problem:
        create_console(site.console)
    assert problem.value.hint == "pip install 'edusync[oidc]'"


OIDC = """edusync: 1
web:
  listen: 127.0.0.1:0
  oidc: {{issuer: "{issuer}", client_id: a, client_secret: "${{env:S}}"}}
"""


def test_a_project_names_the_provider(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("S", "secret")
    (tmp_path / "connectors").mkdir()
    file = tmp_path / "edusync.yaml"
    file.write_text(OIDC.format(issuer="https://id.example/realms/a"), encoding="utf-8")
    assert load_settings(file, secrets=True).oidc == OidcSettings(
        "https://id.example/realms/a", "a", "secret", "OpenID Connect"
    )
    file.write_text(OIDC.format(issuer="http://id.example"), encoding="utf-8")
    with pytest.raises(FilesInvalid) as invalid:
        load_settings(file, secrets=True)
    assert [one.code for one in invalid.value.diagnostics] == ["CONF_URL_INVALID"]
