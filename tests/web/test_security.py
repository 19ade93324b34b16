"""What an attacker would try first, beside who sees what (test_access) and HTML (test_safe)."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import requests

from edusync.app.console import accounts
from edusync.app.runner.web import listening
from edusync.registry import Registry
from edusync.sandbox.edusign import create_app
from edusync.sandbox.serve import serving
from edusync.web.app import create_console
from edusync.web.console import Console
from tests.conftest import DAY
from tests.setup.school import School
from tests.web.conftest import PASSWORD, Site, Visit
from tests.web.test_access import path, rules
from tests.web.test_safe import EVIL
from tests.web.test_setup import ASKED, answered, filled, question

HTTPS = "https://edusync.example"
_HALF_A_YEAR = 15_768_000


def encrypted(site: Site) -> Visit:
    """Return a browser of a console behind https."""
    site.console = Console(site.store, site.fleet, site.clock, HTTPS)
    site.app = create_console(site.console)
    return site.stranger()


def directives(policy: str) -> dict[str, list[str]]:
    return {name: values for name, *values in (one.split() for one in policy.split(";"))}


def test_headers_are_those_that_the_observatory_asks_for(site: Site) -> None:
    """Its checks, said anew: policy of content, HSTS, frames, types, referrers, cookies."""
    answer = encrypted(site).get("/sign-in")
    policy = directives(answer.headers["Content-Security-Policy"])
    assert policy["default-src"] == ["'none'"]
    assert policy["frame-ancestors"] == ["'none'"]
    assert policy["base-uri"] == ["'none'"]
    assert policy["form-action"] == ["'self'"]
    said = [word for values in policy.values() for word in values]
    assert set(said) == {"'none'", "'self'"}  # nothing inline, no evaluation, no other host
    age = re.search(r"max-age=(\d+)", answer.headers["Strict-Transport-Security"])
    assert age is not None
    assert int(age[1]) >= _HALF_A_YEAR
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] in {"no-referrer", "same-origin"}
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "no-store"
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-edusync=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))


def test_every_answer_of_every_route_bears_the_policy(site: Site, operator: Visit) -> None:
    without = [
        rule.endpoint
        for rule in rules(site)
        if "GET" in (rule.methods or ())
        and "Content-Security-Policy" not in operator.get(path(site, rule, "hugo")).headers
    ]
    assert without == []


def test_nothing_is_done_by_looking(site: Site, operator: Visit) -> None:
    """No page that is looked at leaves anything in the project or in the store.

    Those of the provider are left out: they go there, and keep nothing but a cookie.
    """

    def kept() -> list[object]:
        tables = ("web_user", "act", "pause", "run", "web_mail", "web_weekly", "web_identity")
        with site.store.reading() as connection:
            rows = [connection.exec_driver_sql(f"SELECT * FROM {name}").all() for name in tables]
        files = sorted(str(one) for one in site.folder.rglob("*") if "state.db" not in one.name)
        return [*rows, *files]

    before = kept()
    looked = [rule for rule in rules(site) if "GET" in (rule.methods or ())]
    assert len(looked) > 20
    for rule in looked:
        operator.get(path(site, rule, "hugo"))
    site.console.jobs.wait(30)
    assert kept() == before


def test_a_link_leads_to_this_console_whatever_the_browser_calls_it(site: Site) -> None:
    operator = site.visit("operator")
    token = operator.token()
    page = operator.client.post(
        "/people/invite",
        data={"csrf_token": token, "role": "operator"},
        headers={"Host": "evil.example"},
    ).text
    assert "evil.example" not in page
    sent = operator.client.get("/connectors/hugo/run", headers={"Host": "evil.example"})
    assert "evil.example" not in sent.headers.get("Location", "")


def test_what_is_too_large_is_refused(operator: Visit) -> None:
    assert operator.post("/people/invite", role="x" * 2_000_000).status_code == 413


@pytest.mark.fault("F33")
@pytest.mark.parametrize("name", ["..", "../hugo", "..%2Fhugo", "%2e%2e%2fkey", "hugo%00", "."])
def test_no_name_leads_out_of_the_project(operator: Visit, name: str) -> None:
    assert operator.get(f"/setup/{name}/connection").status_code in {308, 400, 404}
    assert "is set up" not in operator.post("/setup", name=name, erp="ypareo").text
    assert operator.post("/setup", name=name, erp="ypareo").status_code == 400


def test_who_asks_is_not_taken_from_a_header(site: Site) -> None:
    """Without a proxy that is trusted, a stranger cannot be a new address with each try."""
    with listening(site.app, ("127.0.0.1", 0)) as url:
        session = requests.Session()
        form = session.get(f"{url}/sign-in", timeout=20).text
        token = re.findall(r'csrf_token" value="([^"]+)', form)[0]
        for number in range(accounts.MOST_OF_AN_ADDRESS + 1):
            answer = session.post(
                f"{url}/sign-in",
                data={"csrf_token": token, "name": f"name {number}", "password": "guess"},
                headers={"X-Forwarded-For": f"10.0.0.{number}"},
                timeout=20,
            )
    assert answer.status_code == 429


def test_a_token_of_another_browser_is_refused(site: Site, operator: Visit, school: Visit) -> None:
    answer = school.client.post("/connectors/hugo/run", data={"csrf_token": operator.token()})
    assert answer.status_code == 400
    assert site.store.runs("hugo") == []


def test_a_cookie_that_was_changed_opens_nothing(site: Site, operator: Visit) -> None:
    cookie: Any = operator.client.get_cookie("edusync")
    head, _, tail = cookie.value.partition(".")
    operator.client.set_cookie("edusync", f"{head[:-2]}AA.{tail}")
    assert operator.get("/people").status_code == 302


def test_a_cookie_of_before_signing_in_is_worth_nothing_after(site: Site) -> None:
    """Whoever put a cookie into a browser beforehand is not signed in by it."""
    site.visit("school", "hugo")
    victim, attacker = site.stranger(), site.stranger()
    attacker.get("/sign-in")
    planted: Any = attacker.client.get_cookie("edusync")
    victim.client.set_cookie("edusync", planted.value)
    assert victim.post("/sign-in", name="school", password=PASSWORD).status_code == 302
    assert victim.get("/connectors/hugo/").status_code == 200
    assert attacker.get("/connectors/hugo/").status_code == 302


# setups


@pytest.fixture
def ypareo(registry: Registry) -> Iterator[School]:
    """A school whose ERP and Edusign are on sockets, with HTML in the names of its sites."""
    with ExitStack() as stack:
        edusign = stack.enter_context(serving(create_app(per_minute=1_000_000)))
        simulation: Any = registry.simulators["ypareo"].thing.start(DAY)
        for row in simulation.seed.sites.values():
            row["nomSite"] = EVIL
        for row in simulation.seed.courses.values():
            row["nomMatiere"] = EVIL
        url = stack.enter_context(serving(simulation.door()))
        yield School("ypareo", simulation.answers(url), edusign)


STAGES = ("connection", "accounts", "scope", "options", "reasons", "plan", "schedule")


def test_names_of_the_erp_are_text_in_a_setup(site: Site, operator: Visit, ypareo: School) -> None:
    setup = answered(site, ypareo)
    setup.answer(question(setup, "gates.filters.siteCodes"), answer=True)
    for stage in STAGES:
        setup.finish(stage)
    pages = {stage: operator.get(f"/setup/zola/{stage}").text for stage in STAGES}
    assert [stage for stage, page in pages.items() if "<img src=x" in page] == []
    assert "&lt;img src=x onerror=alert(1)&gt;" in pages["scope"]
    assert {page.count("<script") for page in pages.values()} == {1}


@pytest.mark.fault("F36")
@pytest.mark.promise("P17")
def test_a_secret_that_was_typed_is_shown_nowhere_and_logged_nowhere(
    site: Site, operator: Visit, ypareo: School, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    here = operator.post("/setup", name="zola", erp="ypareo").location
    shown = []
    while "setup" in here:
        here = here.partition("#")[0]
        page = operator.get(here)
        shown.append(page.text)
        stage = here.rpartition("/")[2]
        form = {} if stage == "plan" else filled(site, ypareo, stage)
        if stage == "reasons":
            form = {"asked": ASKED.findall(page.text)}
        more = {"do": "save"} if stage == "schedule" else {}
        answer = operator.post(here, **form, **more)
        shown.append(answer.text)
        here = answer.location
    shown += [operator.get(one).text for one in (here, f"{here}password")]
    assert len(shown) > 14
    for secret in ("sandbox-token", "sandbox-key"):
        assert [page for page in shown if secret in page] == []
        assert secret not in caplog.text
    assert operator.post("/connectors/zola/setup").status_code == 302
    assert "sandbox-token" not in operator.get("/setup/zola/connection").text


def test_files_of_a_setup_are_for_their_owner_alone(
    site: Site, operator: Visit, ypareo: School
) -> None:
    operator.post("/setup", name="zola", erp="ypareo")
    form = filled(site, ypareo, "connection")
    operator.post("/setup/zola/connection", **form)
    kept = [*(site.folder / "setups").iterdir(), *(site.folder / "secrets" / "zola").iterdir()]
    assert len(kept) >= 2
    assert {oct(file.stat().st_mode & 0o777) for file in kept} == {"0o600"}
    assert not [file for file in kept if file.suffix == ".json" and "sandbox-token" in text(file)]


def text(file: Path) -> str:
    return file.read_text(encoding="utf-8")
