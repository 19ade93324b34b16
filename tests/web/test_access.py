"""Who sees what: every route of the console is tried, also one that is added tomorrow."""

from __future__ import annotations

import pytest
from werkzeug.routing import Rule

from edusync.web.headers import HEADERS
from tests.web.conftest import Site, Visit

ARGUMENTS = {"language": "fr", "token": "x", "user_id": "x", "filename": "console.css"}
ARGUMENTS |= {"run": "x", "school": "hugo", "stage": "connection"}
"""A value for each argument of a route beside `connector`."""
OPEN = {"static", "sign_in.form", "sign_in.enter", "sign_in.leave", "sign_in.link"}
OPEN |= {"sign_in.use_link", "sign_in.speak", "api.described"}
OPEN |= {"mail.forgotten", "mail.send_link", "oidc.leave", "oidc.back"}
OPERATORS = {"people.page", "people.invite", "people.link", "people.delete"}
OPERATORS |= {"setup.page", "setup.begin", "setup.change", "setup.left"}
OPERATORS |= {"setup.group", "setup.answer", "setup.discard"}
OPERATORS |= {"playground.page", "playground.play"}
"""What is there for operators only; a school gets 404."""

ASKED_FOR = {"why.item", "why.ask", "why.bring", "connector.one_run"}
"""Routes that name what is asked for: what is not there is not found by anybody."""


def rules(site: Site) -> list[Rule]:
    return list(site.app.url_map.iter_rules())


def path(site: Site, rule: Rule, connector: str) -> str:
    with site.app.test_request_context():
        values = {name: {**ARGUMENTS, "connector": connector}[name] for name in rule.arguments}
        url = site.app.url_map.bind("localhost").build(rule.endpoint, values)
    return str(url)


def ask(visit: Visit, site: Site, rule: Rule, connector: str = "hugo") -> int:
    url = path(site, rule, connector)
    answer = visit.post(url) if "POST" in (rule.methods or ()) else visit.get(url)
    return int(answer.status_code)


def test_every_route_asks_a_stranger_to_sign_in(site: Site) -> None:
    pages = [rule for rule in rules(site) if not rule.rule.startswith("/api/")]
    asked = {
        rule.endpoint: site.stranger().client.open(
            path(site, rule, "hugo"), method="GET" if "GET" in (rule.methods or ()) else "POST"
        )
        for rule in pages
        if rule.endpoint not in OPEN and "GET" in (rule.methods or ())
    }
    assert len(asked) > 4
    wrong = [
        name
        for name, answer in asked.items()
        if answer.status_code != 302 or not answer.location.startswith("/sign-in")
    ]
    assert wrong == []


def test_every_route_of_the_api_refuses_whoever_has_no_token(
    site: Site, operator: Visit, school: Visit
) -> None:
    """A browser that is signed in has none either: what it sends along counts for pages only."""
    of_api = [rule for rule in rules(site) if rule.rule.startswith("/api/")]
    found = {rule.endpoint: ask(operator, site, rule) for rule in of_api}
    assert found.pop("api.described") == 200
    assert len(found) > 4
    assert set(found.values()) == {401}
    assert site.stranger().get("/api/v1/needs").json == {"status": 401, "title": "Unauthorized"}


def test_every_route_that_changes_something_asks_a_stranger_to_sign_in(site: Site) -> None:
    visit = site.stranger()
    posts = [rule for rule in rules(site) if "POST" in (rule.methods or ())]
    wrong = [
        rule.endpoint
        for rule in posts
        if rule.endpoint not in OPEN and ask(visit, site, rule) != 302
    ]
    assert len(posts) > 8
    assert wrong == []


def test_every_route_of_another_school_is_not_there(site: Site, school: Visit) -> None:
    of_connectors = [
        rule
        for rule in rules(site)
        if "connector" in rule.arguments and not rule.rule.startswith("/api/")
    ]  # the API: test_api.py
    assert len(of_connectors) > 4
    found = {rule.endpoint: ask(school, site, rule, "sand") for rule in of_connectors}
    assert {name for name, status in found.items() if status != 404} == set()
    missing = {rule.endpoint: ask(school, site, rule, "nobody") for rule in of_connectors}
    assert {name for name, status in missing.items() if status != 404} == set()


def test_what_is_for_operators_is_not_there_for_schools(site: Site, school: Visit) -> None:
    others = ASKED_FOR | {"sign_in.leave_everywhere"}
    closed = [rule for rule in rules(site) if rule.endpoint not in others]
    found = {rule.endpoint for rule in closed if ask(school, site, rule) == 404}
    assert found == OPERATORS


def test_every_form_without_its_token_is_refused(site: Site, operator: Visit) -> None:
    posts = [rule for rule in rules(site) if "POST" in (rule.methods or ())]
    found = {
        rule.endpoint: operator.client.post(path(site, rule, "hugo")).status_code for rule in posts
    }
    assert {name for name, status in found.items() if status != 400} == set()


def test_a_school_sees_its_own_and_hears_nothing_of_others(site: Site, school: Visit) -> None:
    first = school.get("/")
    assert first.location == "/connectors/hugo/"
    page = school.get("/connectors/hugo/").text
    assert "hugo" in page
    assert "sand" not in page


def test_an_operator_sees_every_connector(operator: Visit) -> None:
    page = operator.get("/").text
    assert 'href="/connectors/hugo/"' in page
    assert 'href="/connectors/sand/"' in page


@pytest.mark.parametrize("path", ["/sign-in", "/nowhere", "/static/console.css"])
def test_every_answer_bears_the_headers(site: Site, path: str) -> None:
    answer = site.stranger().get(path)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_no_page_holds_inline_style_or_script(operator: Visit) -> None:
    for url in ("/", "/connectors/hugo/", "/people", "/account", "/advice"):
        page = operator.get(url).text
        assert "style=" not in page, url
        assert "<style" not in page, url
        assert page.count("<script") == page.count('<script src="'), url
        assert not [word for word in ("onclick", "onload", "javascript:") if word in page], url


def test_cookies_are_for_this_host_and_this_site(site: Site) -> None:
    answer = site.visit("operator").get("/language/fr")
    assert "HttpOnly" in answer.headers["Set-Cookie"]
    assert "SameSite=Lax" in answer.headers["Set-Cookie"]


@pytest.mark.parametrize(
    "then",
    ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example", "/\n//evil"],
)
def test_nobody_is_led_to_another_site(site: Site, then: str) -> None:
    assert site.stranger().get("/language/fr", query_string={"then": then}).location == "/"
