"""Signing in: links that work once, passwords, sessions, and how often somebody may try."""

from __future__ import annotations

import pytest

from edusync.app.console import accounts
from edusync.state import visitors
from tests.web.conftest import PASSWORD, Site, Visit


def test_first_start_makes_one_link_for_the_first_operator(site: Site) -> None:
    first = accounts.invite_first(site.store, site.clock.now)
    second = accounts.invite_first(site.store, site.clock.now)
    assert first is not None
    assert second is not None
    visit = site.stranger()
    assert visit.get(f"/welcome/{first}").status_code == 410  # the newer one is in its place
    answer = visit.post(f"/welcome/{second}", name="Ada", password=PASSWORD)
    assert answer.location == "/"
    assert visit.get("/people").status_code == 200
    assert accounts.invite_first(site.store, site.clock.now) is None


def test_a_link_works_once(site: Site) -> None:
    token = accounts.invite(site.store, "school", ["hugo"], site.clock.now)
    one, other = site.stranger(), site.stranger()
    one.post(f"/welcome/{token}", name="one", password=PASSWORD)
    answer = other.post(f"/welcome/{token}", name="other", password=PASSWORD)
    assert answer.status_code == 410
    assert [user.name for user in visitors.users(site.store)] == ["one"]


def test_a_link_of_last_week_does_not_work(site: Site) -> None:
    token = accounts.invite(site.store, "school", ["hugo"], site.clock.now)
    site.clock.later(days=8)
    assert site.stranger().get(f"/welcome/{token}").status_code == 410


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"name": "x", "password": "short"}, "at least 12 characters"),
        ({"name": "  ", "password": PASSWORD}, "Choose a name"),
        ({"name": "Operator", "password": PASSWORD}, "this name already"),
    ],
)
def test_a_link_says_what_is_wrong(
    site: Site, operator: Visit, form: dict[str, str], words: str
) -> None:
    token = accounts.invite(site.store, "school", ["hugo"], site.clock.now)
    answer = site.stranger().post(f"/welcome/{token}", **form)
    assert (answer.status_code, words in answer.text) == (400, True)


def sign_in(site: Site, name: str = "operator", password: str = PASSWORD) -> int:
    return int(site.stranger().post("/sign-in", name=name, password=password).status_code)


def test_the_right_password_lets_in_and_a_wrong_one_does_not(site: Site, operator: Visit) -> None:
    found = sign_in(site), sign_in(site, " OPERATOR "), sign_in(site, password="wrong wrong wrong")
    assert found == (302, 302, 403)
    assert sign_in(site, "nobody") == 403


def test_no_password_and_no_token_stands_in_the_store(site: Site, operator: Visit) -> None:
    token = accounts.invite(site.store, "school", ["hugo"], site.clock.now)
    kept = (site.folder / "state.db").read_bytes() + (site.folder / "state.db-wal").read_bytes()
    with operator.client.session_transaction() as session:
        cookie = session["token"]
    assert [text for text in (PASSWORD, token, cookie) if text.encode() in kept] == []


def test_ten_thousand_tries_are_stopped_after_ten(site: Site, operator: Visit) -> None:
    told = []
    for number in range(10_000):
        try:
            accounts.sign_in(
                site.store, "operator", f"guess {number}", f"10.0.{number % 250}.1", site.clock.now
            )
        except accounts.Refused as refused:
            told.append(refused.message)
    assert told.count(accounts.WRONG) == accounts.MOST_OF_A_NAME
    assert told.count(accounts.TOO_OFTEN) == 10_000 - accounts.MOST_OF_A_NAME
    assert sign_in(site) == 429  # the right one tells nothing either
    site.clock.later(minutes=16)
    assert sign_in(site) == 302


def test_an_address_that_tries_many_names_is_stopped(site: Site) -> None:
    def attempt(name: str) -> str:
        with pytest.raises(accounts.Refused) as refused:
            accounts.sign_in(site.store, name, "guess", "10.0.0.1", site.clock.now)
        return refused.value.message

    told = [attempt(f"name {number}") for number in range(accounts.MOST_OF_AN_ADDRESS + 1)]
    assert told.count(accounts.TOO_OFTEN) == 1


def test_a_session_ends_by_itself(site: Site, operator: Visit) -> None:
    site.clock.later(hours=13)
    assert operator.get("/").status_code == 302


def test_signing_out_ends_the_session_and_not_only_the_cookie(site: Site, operator: Visit) -> None:
    with operator.client.session_transaction() as session:
        token = session["token"]
    operator.post("/sign-out")
    assert visitors.user_of_session(site.store, token, site.clock.now) is None


def test_signing_out_everywhere_ends_every_session(site: Site, operator: Visit) -> None:
    other = site.stranger()
    other.post("/sign-in", name="operator", password=PASSWORD)
    assert other.get("/").status_code == 200
    operator.post("/sign-out-everywhere")
    assert (other.get("/").status_code, operator.get("/").status_code) == (302, 302)


def test_a_new_password_signs_other_browsers_out(site: Site, operator: Visit) -> None:
    other = site.stranger()
    other.post("/sign-in", name="operator", password=PASSWORD)
    new = "another horse battery"
    wrong = operator.post("/account/password", old="wrong", new=new)
    right = operator.post("/account/password", old=PASSWORD, new=new)
    assert (wrong.status_code, right.status_code) == (400, 302)
    assert (operator.get("/").status_code, other.get("/").status_code) == (200, 302)
    assert sign_in(site, password=new) == 302


def test_somebody_who_was_removed_is_signed_out(site: Site, operator: Visit, school: Visit) -> None:
    user = visitors.user_by(site.store, name="school")
    assert user is not None
    operator.post(f"/people/{user.id}/delete")
    assert school.get("/").status_code == 302


def test_an_operator_makes_links_for_others(site: Site, operator: Visit, school: Visit) -> None:
    user = visitors.user_by(site.store, name="school")
    assert user is not None
    page = operator.post(f"/people/{user.id}/link").text
    path = page.split("http://127.0.0.1:8550")[1].split('"')[0]
    assert site.stranger().post(path, password="another horse battery").status_code == 302
    assert school.get("/").status_code == 302  # whoever knew the old password is out
    said = operator.get("/people").text
    assert "link" in said.split("Done by people")[1]
    invited = operator.post("/people/invite", role="school", connectors="sand").text
    assert "http://127.0.0.1:8550/welcome/" in invited
    assert operator.post("/people/invite", role="school").status_code == 400
