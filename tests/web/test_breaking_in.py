"""A school's user who wants to see or change what is another school's; two people at once; links
and tries that are used once too often.
"""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from edusync.app.console import accounts, identities
from edusync.app.console.identities import Person
from edusync.app.console.waiting import PLAN
from edusync.app.runs.closing import close_run
from edusync.codes import all_codes
from edusync.engine.outcome import Outcome
from edusync.engine.plan.guards import OVERRULED
from edusync.registry import Registry
from edusync.state import visitors
from edusync.state.store import Store
from edusync.web.questions import advice
from tests.state.test_store import store
from tests.web.conftest import PASSWORD, Site
from tests.web.test_access import OPEN, path, rules
from tests.web.test_actions import Live, site
from tests.web.test_api import token_of

__all__ = ["site", "store"]  # fixtures: both sides on sockets; an empty store on each database

CANARY = "canary of sand"


def run_of_sand(site: Site) -> str:
    """Leave a run of another school, with events that name things of it."""
    run = site.store.start_run("sand", "down", site.store.now())
    outcomes = [
        Outcome("DOWN_COURSE_PROFESSOR_INVALID", "course", CANARY, field=CANARY, detail=CANARY),
        Outcome("RUN_DELETIONS_HELD", "course", CANARY, detail=CANARY),
    ]
    close_run(site.store, run, "partial", outcomes)
    return str(run)


def test_nothing_of_another_school_is_on_any_page(site: Live) -> None:
    """Every route that a school may see, asked with the ids of another school."""
    run = run_of_sand(site)
    school, operator = site.visit("school", "hugo"), site.visit("operator")
    query = {"run": run, "q": CANARY, "id": CANARY, "account": "main", "kind": "course"}
    query |= {"show": "all", "code": "RUN_DELETIONS_HELD"}
    headers = {"Authorization": f"Bearer {token_of(site, 'school')}"}
    seen = 0
    for rule in rules(site):
        if "GET" not in (rule.methods or ()) or rule.endpoint in OPEN:
            continue
        for url in {path(site, rule, "hugo"), path(site, rule, "hugo").replace("/x", f"/{run}")}:
            answer = school.get(url, query_string=query, headers=headers)
            page = re.sub(r'(value|href)="[^"]*"|“[^”]*”', "", answer.text)  # what was asked
            page = page.replace(f"<code>{CANARY}</code>", "")  # the id that was asked about
            assert CANARY not in page, rule.endpoint
            assert not re.search(r"\bsand\b", page.replace(CANARY, "")), rule.endpoint
            seen += answer.status_code == 200
    assert seen > 15
    assert CANARY in operator.get("/connectors/sand/").text  # it is there to be seen


def test_every_route_of_the_api_is_not_there_for_another_school(site: Live) -> None:
    site.visit("school", "hugo")
    headers = {"Authorization": f"Bearer {token_of(site, 'school')}"}
    of_connectors = [
        rule
        for rule in rules(site)
        if rule.rule.startswith("/api/") and "connector" in rule.arguments
    ]
    assert len(of_connectors) >= 3
    for name in ("sand", "nobody"):
        found = {
            rule.endpoint: site.app.test_client()
            .get(path(site, rule, name), headers=headers, query_string={"q": "x"})
            .status_code
            for rule in of_connectors
        }
        assert set(found.values()) == {404}, name


def test_a_plan_of_another_school_is_not_let_through_by_ours(site: Live) -> None:
    run_of_sand(site)
    school = site.visit("school", "hugo")
    school.post("/connectors/hugo/approve", plan="of-sand")
    site.settle()
    assert site.acts()[0] == ("approve", "school", "failed", "RUN_PLAN_MOVED")
    page = school.get("/connectors/hugo/").text
    assert all_codes()["RUN_PLAN_MOVED"].meaning.partition(" (")[0].rstrip(".") in page


def test_what_waits_no_more_is_not_left_either(site: Live) -> None:
    school = site.visit("school", "hugo")
    page = school.client.post(
        "/connectors/hugo/leave",
        data={"csrf_token": school.token(), "plan": "of last week"},
        follow_redirects=True,
    ).text
    assert "This plan waits no more" in page
    assert site.acts() == []


def test_every_guard_that_a_plan_overrules_is_let_through_by_a_button() -> None:
    assert PLAN == OVERRULED


def shared(site: Site) -> None:
    """Let `hugo` have the key of `sand`."""
    file = site.folder / "connectors" / "hugo.yaml"
    text = file.read_text(encoding="utf-8").replace("${file:../key}", "${file:./../sand.key}")
    file.write_text(text, encoding="utf-8")
    site.fleet.calendars()


def test_a_secret_that_another_school_has_too_is_no_schools_to_write(site: Live) -> None:
    shared(site)
    school, operator = site.visit("school", "hugo"), site.visit("operator")
    page = school.get("/connectors/hugo/password").text
    assert "Edusign (main): it cannot be written from here" in page
    assert "sand" not in page
    school.post("/connectors/hugo/password", place="main/edusign", secret="of hugo alone")
    assert (site.folder / "sand.key").read_text(encoding="utf-8") == "sandbox-key"
    assert site.acts() == []
    page = operator.get("/connectors/hugo/password").text
    assert "Edusign (main): sand have the same one" in page
    operator.post("/connectors/hugo/password", place="main/edusign", secret="of both")
    site.settle()
    assert (site.folder / "sand.key").read_text(encoding="utf-8") == "of both\n"


def test_who_sees_both_schools_writes_what_they_share(site: Live) -> None:
    shared(site)
    both = site.visit("school", "hugo", "sand", name="both")
    both.post("/connectors/hugo/password", place="main/edusign", secret="of both")
    site.settle()
    assert (site.folder / "sand.key").read_text(encoding="utf-8") == "of both\n"


# links and tries


@pytest.mark.parametrize("by_provider", [False, True])
def test_a_link_of_somebody_who_was_removed_makes_nobody_new(site: Live, by_provider: bool) -> None:
    """As when one is made while the other operator removes them."""
    site.visit("operator", name="ada")
    user = visitors.user_by(site.store, name="ada")
    assert user is not None
    visitors.delete_user(site.store, user.id)
    token = accounts.let_choose_again(site.store, user, site.clock.now)
    person = Person("https://id.example", "1", "eve")
    use = (
        partial(identities.use_invitation, site.store, person, token)
        if by_provider
        else partial(accounts.use_link, site.store, token, "eve", PASSWORD)
    )
    with pytest.raises(accounts.Refused) as refused:
        use(site.clock.now)
    assert refused.value.message == accounts.GONE
    assert site.stranger().get(f"/welcome/{token}").status_code == 410
    assert visitors.users(site.store) == []


def test_an_invitation_is_used_once_and_in_time(site: Live) -> None:
    token = accounts.invite(site.store, "school", ["hugo"], site.clock.now)
    late = accounts.invite(site.store, "school", ["hugo"], site.clock.now)
    first = site.stranger().post(f"/welcome/{token}", name="ada", password=PASSWORD)
    again = site.stranger().post(f"/welcome/{token}", name="eve", password=PASSWORD)
    site.clock.later(days=8)
    after = site.stranger().post(f"/welcome/{late}", name="eve", password=PASSWORD)
    assert (first.status_code, again.status_code, after.status_code) == (302, 410, 410)
    assert [user.name for user in visitors.users(site.store)] == ["ada"]


def test_of_two_who_choose_one_name_at_once_the_other_chooses_again(
    store: Store, registry: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both looked before either wrote; a link that made nobody can still be used."""
    site = Site(tmp_path, registry, store=store)
    first, second = (accounts.invite(store, "school", ["hugo"], site.clock.now) for _ in "ab")
    with monkeypatch.context() as patch:
        patch.setattr(accounts, "_check_name", lambda _store, _name: None)
        accounts.use_link(store, first, "ada", PASSWORD, site.clock.now)
        with pytest.raises(accounts.Refused) as refused:
            accounts.use_link(store, second, "Ada", PASSWORD, site.clock.now)
        with pytest.raises(accounts.Refused) as gone:
            accounts.use_link(store, first, "eve", PASSWORD, site.clock.now)
    assert (refused.value.message, gone.value.message) == (accounts.TAKEN, accounts.GONE)
    accounts.use_link(store, second, "grace", PASSWORD, site.clock.now)
    assert [user.name for user in visitors.users(store)] == ["ada", "grace"]


def wrong(site: Site, address: str, name: str) -> str:
    with pytest.raises(accounts.Refused) as refused:
        accounts.sign_in(site.store, name, "guess", address, site.clock.now)
    return refused.value.message


def test_an_account_of_ones_own_washes_no_tries_off_an_address(site: Live) -> None:
    """Who may sign in tries the passwords of others no oftener than who may not."""
    site.visit("school", "hugo")
    tries = []
    for number in range(accounts.MOST_OF_AN_ADDRESS):
        tries.append(wrong(site, "10.0.0.1", f"name {number}"))
        if number % 10 == 0:
            accounts.sign_in(site.store, "school", PASSWORD, "10.0.0.1", site.clock.now)
    assert set(tries) == {accounts.WRONG}
    assert wrong(site, "10.0.0.1", "name") == accounts.TOO_OFTEN


def test_half_of_an_address_of_ipv6_is_no_new_one(site: Live) -> None:
    for number in range(accounts.MOST_OF_AN_ADDRESS):
        assert wrong(site, f"2001:db8:1:2::{number:x}", f"name {number}") == accounts.WRONG
    assert wrong(site, "2001:db8:1:2:ffff::1", "name") == accounts.TOO_OFTEN
    assert wrong(site, "2001:db8:1:3::1", "name") == accounts.WRONG


HOMES = (
    ("10.0.0.1", "10.0.0.1"),
    ("::ffff:10.0.0.1", "10.0.0.1"),
    ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
    ("fe80::1%eth0", "fe80::/64"),
    ("", ""),
    ("a socket", "a socket"),
)


@pytest.mark.parametrize(("address", "home"), HOMES)
def test_addresses_of_a_household_count_as_one(address: str, home: str) -> None:
    assert accounts.home_of(address) == home


# advice


def test_events_lead_to_the_advice_that_explains_them(site: Live) -> None:
    school = site.visit("school", "hugo")
    explained = sorted(code for code in all_codes() if advice(code))
    assert len(explained) > 15
    run = site.store.start_run("hugo", "down", site.store.now())
    close_run(site.store, run, "partial", [Outcome(code, "course", "1") for code in explained])
    places: dict[str, Any] = {}
    for page in (f"/connectors/hugo/?run={run}&show=all", f"/connectors/hugo/runs/{run}"):
        text = school.get(page).text
        found = set(re.findall(r'href="/advice#([a-z-]+)"', text))
        assert found, page
        places[page] = found
    for language in ("en", "fr"):
        shown = school.get("/advice", headers={"Accept-Language": language}).text
        named = set(re.findall(r'id="([a-z-]+)"', shown))
        assert {advice(code) for code in explained} <= named
