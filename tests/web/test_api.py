"""`/api/v1`: what the console shows, as its description says, for whoever has a token."""

from __future__ import annotations

import re
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings

from edusync.app.console.accounts import TOKEN_FOR
from edusync.state.visitors import open_session, user_by
from tests.web.conftest import Site, Visit
from tests.web.test_actions import Live, site  # the console with both sides on sockets

__all__ = ["site"]


@pytest.fixture
def ran(site: Live) -> Live:
    """A console whose connector ran once."""
    site.visit("operator").post("/connectors/hugo/run")
    site.settle()
    return site


def token_of(site: Site, name: str) -> str:
    user = user_by(site.store, name=name)
    assert user is not None
    return open_session(site.store, user.id, site.clock.now + TOKEN_FOR)


OPERATIONS = ("connectors", "runs", "events", "why", "needs")


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_answer_is_one_that_is_described(ran: Live, name: str) -> None:
    """Schemathesis asks with what the description allows, and with what it does not."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", ran.app)
    headers = {"Authorization": f"Bearer {token_of(ran, 'operator')}"}
    operations: Any = schema.get_all_operations()
    found = {one.ok().definition.raw["operationId"]: one.ok() for one in operations}
    assert found.keys() == set(OPERATIONS)

    @given(case=found[name].as_strategy())
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    def ask(case: Any) -> None:
        case.call_and_validate(headers=headers)
        if case.path_parameters:
            case.path_parameters["connector"] = "hugo"
            case.call_and_validate(headers=headers)

    ask()


def read(site: Site, path: str, name: str = "operator", **query: str) -> Any:
    headers = {"Authorization": f"Bearer {token_of(site, name)}"}
    return site.app.test_client().get(f"/api/v1{path}", headers=headers, query_string=query)


def test_why_is_answered_with_the_reason_and_the_steps(ran: Live) -> None:
    found = read(ran, "/connectors/hugo/why", q="90214").json["items"]
    assert [(one["kind"], one["source_id"]) for one in found] == [("student", "90214")]
    assert [one["code"] for one in found[0]["reasons"]] == ["DOWN_STUDENT_FIELD_MISSING"]
    assert found[0]["steps"][-1] == {"step": "person", "state": "reason"}
    assert found[0]["reasons"][0]["spec"].startswith("specs/ypareo.yaml:")


def test_a_school_reads_its_own_and_no_line_of_the_spec(ran: Live) -> None:
    ran.visit("school", "hugo")
    names = [one["name"] for one in read(ran, "/connectors", "school").json["connectors"]]
    assert names == ["hugo"]
    assert read(ran, "/connectors/sand/runs", "school").status_code == 404
    assert read(ran, "/connectors/sand/events", "school").json["title"] == "Not Found"
    told = read(ran, "/connectors/hugo/events", "school").json["events"]
    assert told
    assert {one["spec"] for one in told} == {None}


def test_a_token_is_shown_once_and_ends_with_the_sessions(ran: Live) -> None:
    visit = ran.visit("school", "hugo")
    page = visit.post("/account/token").text
    token = re.findall(r'class="copied" readonly value="([^"]+)"', page)[0]
    headers = {"Authorization": f"Bearer {token}"}
    client = ran.app.test_client()
    assert client.get("/api/v1/needs", headers=headers).status_code == 200
    assert token not in visit.get("/account").text
    visit.post("/sign-out-everywhere")
    assert client.get("/api/v1/needs", headers=headers).status_code == 401


def test_a_cookie_opens_no_page_with_a_token(ran: Live) -> None:
    headers = {"Authorization": f"Bearer {token_of(ran, 'operator')}"}
    page: Visit = ran.stranger()
    assert page.client.get("/people", headers=headers).status_code == 302
