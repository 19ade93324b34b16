"""A changed spec or connector file: what left the scope by it waits, the rest goes (F14, D5)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from edusync.engine.plan.plan import Plan
from edusync.errors import EdusyncError
from edusync.resources import bundled
from edusync.sandbox.edusign.faults import Fault
from edusync.state.open import open_store
from tests.conftest import World


def waiting(world: World) -> dict[str, tuple[str, ...]]:
    """Return the sheets that wait, and the changed keys."""
    return {
        change.source_id: change.because
        for account in world.plan().accounts
        for change in account.held
        if change.code == "RUN_SCOPE_CHANGED"
    }


def sheets(world: World) -> set[str]:
    return {row["API_ID"] for row in world.book.all("courses")}


def named(plan: Plan) -> list[str | None]:
    """Return what the events of the guard name."""
    outcomes = plan.accounts[0].outcomes
    return [outcome.field for outcome in outcomes if outcome.code == "RUN_SCOPE_CHANGED"]


def with_spec(world: World, *changes: tuple[str, str], **connector: Any) -> None:
    """Let the school run with a spec that differs from the installed one in these texts."""
    text = (bundled("specs") / f"{world.spec}.yaml").read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, (text.count(old), old)
        text = text.replace(old, new)
    (world.folder / "own.yaml").write_text(text, encoding="utf-8")
    world.write(spec="own.yaml", **connector)


def cancel(world: World) -> str:
    """Let the ERP cancel a session, which it still sends."""
    world.simulation.seed.classes[0]["annulee"] = -1
    return "55120"


ALL = {"structureId": [36, 37]}


@pytest.fixture
def ammon(make_world: Callable[..., World]) -> World:
    world = make_world("ammon", filters=ALL)
    world.sync()
    assert sheets(world) == {"55120", "55121", "55122", "55123", "55129", "55130"}
    return world


# the connector file


@pytest.mark.fault("F14")
def test_sessions_that_a_smaller_filter_leaves_out_wait_for_a_person(ammon: World) -> None:
    before = sheets(ammon)
    ammon.write(filters={"structureId": [36]})
    result = ammon.sync()
    assert (result.plan.guards, named(result.plan)) == (
        ["RUN_SCOPE_CHANGED"],
        ["filters.structureId"],
    )
    assert waiting(ammon) == {"55123": ("filters.structureId",)}
    ammon.sync()
    assert (sheets(ammon), waiting(ammon)) == (before, {"55123": ("filters.structureId",)})
    assert ammon.sync(approve=ammon.plan().plan_id).plan.guards == []
    assert (sheets(ammon), waiting(ammon)) == (before - {"55123"}, {})
    assert ammon.sync().plan.is_empty


def test_sessions_that_are_not_sent_any_more_by_a_smaller_filter_wait(
    make_world: Callable[..., World],
) -> None:
    world = make_world()
    world.sync()
    world.write(filters={"siteCodes": [36]})
    assert waiting(world) == {"7712004": ("filters.siteCodes",)}
    assert world.sync().plan.guards == ["RUN_SCOPE_CHANGED"]
    assert "7712004" in sheets(world)


def test_filter_that_is_put_back_lets_everything_be_as_it_was(ammon: World) -> None:
    ammon.write(filters={"structureId": [37]})
    assert len(waiting(ammon)) == 5
    ammon.sync()
    ammon.write(filters=ALL)
    assert ammon.sync().plan.is_empty
    assert len(sheets(ammon)) == 6


def test_scope_of_before_stays_in_force_while_edusign_refuses_to_be_asked(ammon: World) -> None:
    ammon.write(filters={"structureId": [36]})
    path = f"/course/{ammon.course('55123')['ID']}"
    ammon.faults.active.append(Fault("refused", path=path, message="E17", times=99))
    assert "55123" in {outcome.source_id for outcome in ammon.sync().outcomes}
    ammon.faults.active.clear()
    assert waiting(ammon) == {"55123": ("filters.structureId",)}
    ammon.sync()
    assert "55123" in sheets(ammon)


def test_scope_is_remembered_of_a_first_run_that_breaks_off(
    make_world: Callable[..., World],
) -> None:
    world = make_world("ammon", filters=ALL)
    world.faults.active.append(Fault("402", verb="POST", path="/course", skip=5, times=99))
    with pytest.raises(EdusyncError):
        world.sync()
    made = sheets(world)
    world.faults.active.clear()
    assert (len(made), "55123" in made) == (5, True)
    world.write(filters={"structureId": [36]})
    world.sync()
    assert "55123" in sheets(world)


@pytest.mark.parametrize("same", [["Centre Sud - 37", "Centre Nord"], ["37", "36"]])
def test_same_filter_in_other_words_holds_nothing(ammon: World, same: list[str]) -> None:
    ammon.write(filters={"structureId": same})
    ammon.simulation.remove_course()
    assert ammon.sync().plan.guards == []
    assert "55122" not in sheets(ammon)


def test_session_that_is_cancelled_goes_while_others_wait(ammon: World) -> None:
    ammon.write(filters={"structureId": [36]})
    gone = cancel(ammon)
    assert ammon.sync().plan.guards == ["RUN_SCOPE_CHANGED"]
    assert sheets(ammon) == {"55121", "55122", "55123", "55129", "55130"} - {gone}


def test_session_that_vanishes_after_the_change_goes_while_others_wait(
    make_world: Callable[..., World],
) -> None:
    world = make_world()
    world.sync()
    world.write(filters={"siteCodes": [36]})
    world.sync()
    world.simulation.remove_course()
    assert world.sync().plan.guards == ["RUN_SCOPE_CHANGED"]
    assert ("7712003" in sheets(world), "7712004" in sheets(world)) == (False, True)


def test_session_that_waits_goes_once_the_erp_cancels_it(ammon: World) -> None:
    ammon.write(filters={"structureId": [37]})
    ammon.sync()
    assert "55120" in waiting(ammon)
    gone = cancel(ammon)
    ammon.write(filters=ALL)
    assert ammon.sync().plan.guards == []
    assert gone not in sheets(ammon)


def test_sheet_beyond_a_shorter_window_waits_when_it_is_within_again(ammon: World) -> None:
    ammon.write(filters={"structureId": [37]}, schedule={"window_days": 3})
    ammon.sync()
    assert "55130" not in waiting(ammon)
    ammon.write(filters={"structureId": [37]}, schedule={"window_days": 14})
    assert waiting(ammon)["55130"] == ("filters.structureId",)
    ammon.sync()
    assert "55130" in waiting(ammon)
    ammon.write(filters=ALL)
    ammon.sync()
    ammon.simulation.seed.classes = [
        row for row in ammon.simulation.seed.classes if row["idSeance"] != 55130
    ]
    assert ammon.sync().plan.guards == []
    assert "55130" not in sheets(ammon)


@pytest.mark.fault("F14")
def test_option_that_is_switched_off_is_named(make_world: Callable[..., World]) -> None:
    world = make_world("ammon", options={"usesIndividualSessions": True})
    world.sync()
    assert "55901" in sheets(world)
    world.write(options={"usesIndividualSessions": False})
    assert waiting(world) == {"55901": ("options.usesIndividualSessions",)}


def test_policy_that_becomes_delete_lets_nothing_go_that_was_kept(
    make_world: Callable[..., World],
) -> None:
    world = make_world(rules={"vanished": "keep"})
    world.sync()
    world.simulation.remove_course()
    world.sync()
    world.write(rules={"vanished": "delete"})
    assert waiting(world) == {"7712003": ("rules.vanished",)}


def test_new_password_and_new_words_for_people_hold_nothing(ammon: World) -> None:
    ammon.write(filters=ALL, reasons={"sick leave": "Maladie"}, schedule={"down": ["09:00-10:00"]})
    ammon.simulation.remove_course()
    assert ammon.sync().plan.guards == []


@pytest.mark.parametrize("erp", ["ammon", "ypareo"])
def test_shorter_window_deletes_nothing_beyond_it(
    make_world: Callable[..., World], erp: str
) -> None:
    world = make_world(erp, schedule={"window_days": 14})
    world.sync()
    before = sheets(world)
    last = {"ammon": "55130", "ypareo": "7712012"}[erp]
    assert last in before
    world.write(schedule={"window_days": 3})
    result = world.sync()
    assert (result.plan.guards, sheets(world), result.plan.is_empty) == ([], before, True)
    world.write(schedule={"window_days": 14})
    assert world.sync().plan.is_empty


# the spec


STATUS = "filters.filterSessions else row.statut !=\n        'ENCOURS'\n"


@pytest.mark.fault("F14")
def test_rule_of_a_spec_that_drops_more_is_named_and_cancelled_sessions_go(ammon: World) -> None:
    with_spec(ammon, (STATUS, STATUS.replace("'ENCOURS'", "'EN COURS'")), filters=ALL)
    gone = cancel(ammon)
    rule = "resources.seances.drop.DOWN_COURSE_STATUS_EXCLUDED"
    assert named(ammon.sync().plan) == [rule]
    assert (len(waiting(ammon)), sheets(ammon)) == (
        5,
        {"55121", "55122", "55123", "55129", "55130"},
    )
    assert gone not in sheets(ammon)


def test_rule_for_cancelled_sessions_that_changed_holds_them(ammon: World) -> None:
    rule = "DOWN_COURSE_CANCELLED: row.annulee\n"
    with_spec(ammon, (rule, rule.replace("row.annulee", "not row.annulee")), filters=ALL)
    assert set(waiting(ammon).values()) == {("resources.seances.drop.DOWN_COURSE_CANCELLED",)}
    with_spec(ammon, ("yes: [-1], no: [0]", "yes: [0], no: [-1]"), filters=ALL)
    assert set(waiting(ammon).values()) == {("formats.drapeau",)}


def test_upgrade_that_asks_otherwise_lets_cancelled_sessions_go(ammon: World) -> None:
    with_spec(
        ammon, ("size: 100, until: {total: total}", "size: 50, until: {total: total}"), filters=ALL
    )
    gone = cancel(ammon)
    ammon.simulation.remove_course()
    assert ammon.sync().plan.guards == ["RUN_SCOPE_CHANGED"]
    assert waiting(ammon) == {"55122": ("transport.calls.liste",)}
    assert gone not in sheets(ammon)


def test_upgrade_that_has_nothing_to_do_with_the_scope_holds_nothing(ammon: World) -> None:
    with_spec(
        ammon,
        ("label: Ammon\n", "label: Ammon, newer\n"),
        ("    phone: telPortable\n", "    phone: telDomicile\n"),
        ("    name: intitule\n", "    name: intitule\n    description: refExterne\n"),
        filters=ALL,
    )
    cancel(ammon)
    ammon.simulation.remove_course()
    assert ammon.sync().plan.guards == []
    assert sheets(ammon) == {"55121", "55123", "55129", "55130"}


def test_new_source_id_leaves_the_old_sheets_waiting(ammon: World) -> None:
    """Sessions that moved meanwhile; the others are linked anew."""
    for row in (*ammon.simulation.seed.classes, *ammon.simulation.seed.individual):
        row["intitule"] = "AUTRE"
    with_spec(ammon, ("    source_id: idSeance\n", "    source_id: refExterne\n"), filters=ALL)
    assert set(waiting(ammon).values()) == {("entities.course.source_id",)}
    assert len(waiting(ammon)) == 6


# what is remembered


def test_run_that_did_not_read_everything_does_not_use_the_change_up(ammon: World) -> None:
    ammon.write(filters={"structureId": [36]})
    rows = ammon.simulation._rows
    ammon.simulation._rows = lambda name: "broken" if name == "seances" else rows(name)
    assert "RUN_READ_INCOMPLETE" in ammon.sync().plan.guards
    ammon.simulation._rows = rows
    assert waiting(ammon) == {"55123": ("filters.structureId",)}


def test_run_that_broke_off_does_not_use_the_change_up(ammon: World) -> None:
    def explode(_plan: object) -> None:
        raise RuntimeError

    ammon.write(filters={"structureId": [36]})
    with pytest.raises(RuntimeError):
        ammon.sync(planned=explode)
    assert waiting(ammon) == {"55123": ("filters.structureId",)}


def test_store_from_before_there_were_digests_holds_nothing(ammon: World) -> None:
    from sqlalchemy import delete

    from edusync.state.tables import setting

    store = open_store(str(ammon.state))
    with store.writing() as connection:
        connection.execute(delete(setting).where(setting.c.name.startswith("scope/")))
    store.close()
    ammon.write(filters={"structureId": [36]})
    assert ammon.sync().plan.guards == []
    assert "55123" not in sheets(ammon)


def test_plan_remembers_nothing(ammon: World) -> None:
    ammon.write(filters={"structureId": [36]})
    ammon.plan()
    assert waiting(ammon) == {"55123": ("filters.structureId",)}


def test_no_answer_of_the_connector_file_reaches_the_store(ammon: World) -> None:
    stored = b"".join(file.read_bytes() for file in ammon.folder.glob("state.db*"))
    answers = ammon.simulation.answers(ammon.erp_url)["connection"]
    assert [name for name, value in answers.items() if str(value).encode() in stored] == []
    assert b"connection.username" in stored


def test_accounts_are_compared_one_by_one(make_world: Callable[..., World]) -> None:
    def accounts(*south: int) -> list[dict[str, Any]]:
        return [
            {"name": "north", "filters": {"structureId": [36]}},
            {"name": "south", "filters": {"structureId": list(south)}},
        ]

    world = make_world("ammon", accounts=accounts(36, 37))
    world.sync()
    world.write(accounts=accounts(36))
    plan = world.plan()
    assert [account.guards for account in plan.accounts] == [[], ["RUN_SCOPE_CHANGED"]]
