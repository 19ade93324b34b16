"""One account's fault stops that account and no other (issue 13, part 6)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from edusync.errors import EdusyncError
from edusync.sandbox.edusign import Book, create_app
from edusync.sandbox.serve import serving
from tests.conftest import NOW, World, codes
from tests.support.commands import edusync

NOWHERE = {"base_url": "http://127.0.0.1:9", "api_key": "${file:key}"}
FAULTS: dict[str, tuple[dict[str, Any], str, int]] = {
    "Edusign is out of reach": ({"edusign": NOWHERE}, "EDU_UNREACHABLE", 5),
    "the ERP refuses the sign-in": (
        {"connection": {"apiKey": "another"}},
        "CONN_AUTH_FAILED",
        5,
    ),
    "a filter names what is not there": (
        {"filters": {"siteCodes": [99]}},
        "CONF_FILTER_ID_UNKNOWN",
        2,
    ),
}
ORDERS = ["first", "last"]


def two_accounts(world: World, fault: dict[str, Any], order: str) -> None:
    accounts = [{"name": "main"}, {"name": "faulty", **fault}]
    world.write(accounts=accounts if order == "last" else accounts[::-1])


@pytest.fixture(params=FAULTS)
def fault(request: pytest.FixtureRequest) -> tuple[dict[str, Any], str, int]:
    return FAULTS[request.param]


@pytest.mark.parametrize("order", ORDERS)
def test_other_accounts_come_down(
    world: World, fault: tuple[dict[str, Any], str, int], order: str
) -> None:
    given, code, exit_code = fault
    two_accounts(world, given, order)
    result = world.sync()
    assert (result.status, len(world.book.all("courses"))) == ("partial", 6)
    assert [one.account for one in result.outcomes if one.code == code] == ["faulty"]
    ended = edusync(
        *("sync", str(world.file), "--state", str(world.state), "--at", world.now.isoformat())
    )
    assert ended.returncode == exit_code, ended.stdout


@pytest.mark.parametrize("order", ORDERS)
def test_attendance_of_other_accounts_goes_up(
    world: World, fault: tuple[dict[str, Any], str, int], order: str
) -> None:
    world.sync()
    ids = [row["API_ID"] for row in world.book.all("courses")]
    world.now = NOW + timedelta(days=10)
    world.play(*ids)
    given, code, _ = fault
    two_accounts(world, given, order)
    result = world.write_back()
    sent = {sheet.source_id for account in result.accounts for sheet in account.sheets}
    is_asked = code != "CONN_AUTH_FAILED"  # all sheets are the other's: the ERP is not asked for it
    assert (result.status, sent) == ("partial" if is_asked else "success", set(ids))
    named = [one.account for one in result.outcomes if one.code == code]
    assert named == (["faulty"] if is_asked else [])
    assert (result.stopped is not None) == is_asked


def test_what_stops_every_account_stops_the_run(world: World) -> None:
    world.write(accounts=[{"name": "one", "edusign": NOWHERE}, {"name": "two", "edusign": NOWHERE}])
    with pytest.raises(EdusyncError) as stopped:
        world.sync()
    assert stopped.value.code == "EDU_UNREACHABLE"


def test_account_that_was_stopped_catches_up(make_world: Callable[..., World]) -> None:
    """An edit by hand while the account was stopped is put right by the first run that can."""
    world = make_world()
    other = Book(clock=lambda: world.now)
    with serving(create_app(other, per_minute=1_000_000)) as url:
        school = {"base_url": url, "api_key": "${file:key}", "requests_per_minute": 100_000}
        two_accounts(world, {"edusign": school}, "last")
        assert world.sync().status == "success"
        two_accounts(world, {"edusign": NOWHERE}, "last")
        world.later(hours=7)
        (row,) = [row for row in other.all("courses") if row["API_ID"] == "7712001"]
        row.update({"NAME": "À LA MAIN", "DATE_UPDATED": other.now()})
        world.simulation.move_course()
        assert world.sync().status == "partial"
        world.later(hours=7)
        two_accounts(world, {"edusign": school}, "last")
        assert world.sync().status == "success"
        assert row["NAME"] == "COMPTABILITÉ"


def test_default_professor_who_is_archived_holds_what_needs_them_and_nothing_else(
    make_world: Callable[..., World],
) -> None:
    world = make_world("aimaira")
    world.sync()
    (professor,) = (row for row in world.book.all("professors") if row["API_ID"] == "P00000001")
    chosen = {
        "importEvenementsCommuns": True,
        "defaultProfsForEvenementsCommun": professor["ID"],
    }
    world.write(options=chosen)
    world.sync()
    assert world.book.find("courses", API_ID="4100233") is not None
    sheets = len(world.book.all("courses"))
    professor["HIDDEN"] = ["school"]
    result = world.sync()
    found = codes(result)
    assert (result.status, len(world.book.all("courses"))) == ("failed", sheets)
    assert found["4100233"] == "DOWN_UNDECIDED"
    (event,) = (one for one in result.outcomes if one.code.endswith("_PROFESSOR_UNKNOWN"))
    assert event.field == "options.defaultProfsForEvenementsCommun"
