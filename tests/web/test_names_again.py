"""The name of a connector is given again: who saw the one of before does not see the new one."""

from __future__ import annotations

from edusync.app.console import accounts
from edusync.state import visitors
from edusync.state.purge import purge_connector
from tests.web.conftest import PASSWORD, Site, Visit
from tests.web.test_mail import rename_connector_of


def seen_by(site: Site, visit: Visit) -> set[str]:
    names = site.fleet.known()
    return {name for name in names if visit.get(f"/connectors/{name}/").status_code == 200}


def invited(site: Site, *connectors: str) -> str:
    return accounts.invite(site.store, "school", connectors, site.clock.now)


def enter(site: Site, token: str, name: str) -> Visit:
    visit = site.stranger()
    visit.post(f"/welcome/{token}", name=name, password=PASSWORD)
    return visit


def test_a_school_that_left_does_not_see_the_next_one_of_its_name(
    site: Site, school: Visit
) -> None:
    both, open_link = site.visit("school", "hugo", "sand", name="both"), invited(site, "hugo")
    site.store.start_run("hugo", "down", site.clock.now)
    purge_connector(site.store, "hugo")  # and another school gets the name
    assert (seen_by(site, school), seen_by(site, both)) == (set(), {"sand"})
    assert seen_by(site, enter(site, open_link, "late")) == set()


def test_a_new_name_is_seen_by_those_who_saw_the_old_one_alone(site: Site, school: Visit) -> None:
    """Users and links go along; who saw an earlier connector of the new name sees nothing."""
    former, open_link = site.visit("school", "zola", name="former"), invited(site, "hugo")
    rename_connector_of(site, "hugo", "zola")
    for name in ("zola", "hugo"):  # another school gets the old name
        site.write(name)
    site.fleet.calendars()
    assert seen_by(site, school) == {"zola"}
    assert seen_by(site, former) == set()
    assert seen_by(site, enter(site, open_link, "late")) == {"zola"}
    assert {user.name: user.connectors for user in visitors.users(site.store)}["school"] == ["zola"]
