"""Reasons of absences: those of the ERP that are justified, compared with those of Edusign."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from edusync.app.explaining.reasons import compare_reasons
from edusync.app.files.connector_file import load_instance
from edusync.state.open import open_store
from tests.conftest import World
from tests.support.commands import edusync


def compared(world: World) -> dict[str, tuple[str, bool]]:
    store = open_store(str(world.state))
    try:
        instance = load_instance(world.file, world.registry)
        found = compare_reasons(instance, store, world.registry, world.moment())
        return {one.label: (one.words.partition(",")[0], one.is_to_do) for one in found}
    finally:
        store.close()


@pytest.mark.source("S121")
def test_only_justified_reasons_of_fca_are_to_be_entered(make_world: Callable[..., World]) -> None:
    world = make_world("fca", options={"sendAttendance": True}, reasons={"sick leave": "Maladie"})
    found = compared(world)
    assert found["Maladie"] == ("is on both sides", False)
    assert found["Convocation"] == ("enter it on Edusign", True)
    assert found["Sans motif"] == ("is not imported (UP_REASON_NOT_JUSTIFIED_TYPE)", False)


@pytest.mark.source("S121", "S119")
def test_reason_of_edusign_that_fca_does_not_have_is_named(
    make_world: Callable[..., World],
) -> None:
    options = {"sendAttendance": True, "defaultAbsenceReason": "Convocation"}
    found = compared(make_world("fca", options=options))
    assert found["funeral"] == ("is on Edusign alone: the default goes up", False)
    found = compared(make_world("fca", options={"sendAttendance": True}))
    assert found["funeral"] == ("is on Edusign alone: none goes up", True)


def test_command_says_what_is_to_enter_and_check_lists_it(world: World) -> None:
    of = ("--state", str(world.state), "--at", "2026-03-16T11:30")
    told = edusync("reasons", str(world.file), *of)
    assert (told.returncode, "'Maladie' enter it on Edusign" in told.stdout) == (1, True)
    checked = edusync("check", str(world.file), *of)
    assert "reasons: on one side only: " in checked.stdout
    assert world.writes() == []


def test_erp_without_reasons_says_so(make_world: Callable[..., World]) -> None:
    world = make_world("adesoft")
    world.write(options=world.simulation.answers(world.erp_url)["options"])
    told = edusync("reasons", str(world.file), "--state", str(world.state))
    assert (told.returncode, "UP_IMPOSSIBLE" in told.stdout + told.stderr) == (2, True)


def test_reasons_and_status_are_said_in_french(world: World) -> None:
    of = ("--state", str(world.state), "--at", "2026-03-16T11:30", "--lang", "fr")
    told = edusync("reasons", str(world.file), *of)
    assert "'Maladie' à saisir sur Edusign" in told.stdout
    checked = edusync("check", str(world.file), *of)
    assert "droit d’écriture" in checked.stdout
    (world.folder / "connectors").mkdir()
    (world.folder / "edusync.yaml").write_text("edusync: 1\n", encoding="utf-8")
    listed = edusync("status", "--project", str(world.folder), *of)
    assert "le projet n’a aucun connecteur" in listed.stdout
