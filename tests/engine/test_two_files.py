"""Two connector files of one name in one store are refused, and names can be changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from edusync.app.files.connector_file import load_instance
from edusync.app.runs.moment import Moment
from edusync.app.runs.sync import make_plan, sync
from edusync.app.runs.writeback import plan_writeback, write_back
from edusync.cli.state import command
from edusync.engine.read.source import Tools
from edusync.errors import ConfigurationProblem, Guarded, UsageProblem
from edusync.registry import Registry
from edusync.state.lock import locked
from edusync.state.open import open_store
from edusync.state.rename import rename_account, rename_connector
from tests.little import Little


@pytest.fixture
def little(tmp_path: Path, registry: Registry) -> Iterator[Little]:
    with ExitStack() as stack:
        found = Little(tmp_path, registry, stack)
        found.goes_up()
        found.instance()
        yield found


def another(little: Little, name: str = "other.yaml", **more: Any) -> Path:
    """Write another connector file; without anything more, the same as it is."""
    data = json.loads((little.folder / "school.yaml").read_text(encoding="utf-8")) | more
    text = json.dumps(data) if more else (little.folder / "school.yaml").read_text("utf-8")
    (little.folder / name).write_text(text, encoding="utf-8")
    return little.folder / name


def run(little: Little, file: Path, act: Any = sync) -> Any:
    store = open_store(str(little.folder / "state.db"))
    try:
        moment = Moment(little.now, Tools(lambda: 0.0, lambda _seconds: None))
        return act(load_instance(file, little.registry), store, little.registry, moment)
    finally:
        store.close()


def sheets(little: Little) -> set[str]:
    return {str(row["API_ID"]) for row in little.book.all("courses")}


@pytest.mark.parametrize("act", [sync, make_plan, write_back, plan_writeback])
def test_second_file_of_one_name_is_refused_and_both_are_named(little: Little, act: Any) -> None:
    first = little.folder / "school.yaml"
    run(little, first)
    other = another(little, schedule={"window_days": 7})
    with pytest.raises(ConfigurationProblem) as stopped:
        run(little, other, act)
    assert stopped.value.code == "CONF_CONNECTOR_TWICE"
    assert str(first) in stopped.value.message
    assert str(other) in stopped.value.message
    assert "edusync state rename school NEW" in str(stopped.value.hint)
    assert (sheets(little), run(little, first).plan.is_empty) == ({"1", "2", "3"}, True)


def test_file_that_was_moved_or_copied_goes_on(little: Little) -> None:
    run(little, little.folder / "school.yaml")
    assert run(little, another(little)).plan.is_empty
    (little.folder / "school.yaml").rename(little.folder / "moved.yaml")
    (little.folder / "other.yaml").unlink()
    moved = little.folder / "moved.yaml"
    data = json.loads(moved.read_text(encoding="utf-8"))
    moved.write_text(json.dumps(data | {"grace": "1s"}), encoding="utf-8")
    assert run(little, moved).plan.is_empty


def test_other_file_of_another_name_by_now_is_no_trouble(little: Little) -> None:
    first = little.folder / "school.yaml"
    run(little, first)
    other = another(little, grace="1s")
    first.write_text(first.read_text("utf-8").replace('"school"', '"elsewhere"'), "utf-8")
    assert run(little, other).plan.is_empty


def test_key_of_another_school_is_refused(little: Little) -> None:
    """The links are for sheets that this school does not have: nothing would be made there."""
    file = little.folder / "school.yaml"
    run(little, file)
    little.book.habits.school = "another-school"
    with pytest.raises(ConfigurationProblem) as stopped:
        run(little, file)
    assert stopped.value.code == "CONF_OTHER_SCHOOL"
    assert "another-school" not in stopped.value.message


def test_connector_that_gets_another_name_keeps_its_links(little: Little) -> None:
    file = little.folder / "school.yaml"
    run(little, file)
    file.write_text(file.read_text("utf-8").replace('"school"', '"lille"'), "utf-8")
    said = CliRunner().invoke(
        command, ["rename", "school", "lille", "--state", str(little.folder / "state.db")]
    )
    assert said.output == "7 links of 'school' stand under 'lille' now\n"
    little.rows["/lessons"] = little.rows["/lessons"][1:]
    result = run(little, file)
    assert {outcome.code for outcome in result.outcomes} == {
        "DOWN_COURSE_VANISHED",
        "DOWN_DELETED",
    }
    store = open_store(str(little.folder / "state.db"))
    assert (len(store.runs("lille")), store.runs("school")) == (2, [])
    assert store.scope("lille", "main") is not None
    store.close()


def test_name_that_is_taken_unknown_or_running_is_refused(little: Little) -> None:
    run(little, little.folder / "school.yaml")
    run(little, another(little, connector="lille"))
    store = open_store(str(little.folder / "state.db"))
    with pytest.raises(UsageProblem, match="'lille' has links"):
        rename_connector(store, "school", "lille")
    for name in ("school", "../school", ""):
        with pytest.raises(UsageProblem, match="can not be the new name"):
            rename_connector(store, "school", name)
    with pytest.raises(UsageProblem, match="no links of 'scool'"):
        rename_connector(store, "scool", "new")
    with locked(store, "school"), pytest.raises(Guarded) as stopped:
        rename_connector(store, "school", "new")
    assert stopped.value.code == "RUN_BUSY"
    assert len(store.links("school", "main")) == 7
    store.close()


# accounts


def with_accounts(little: Little, *names: str) -> Path:
    """Write the connector file with these accounts."""
    little.connector["accounts"] = [{"name": name} for name in names]
    little.instance()
    return little.folder / "school.yaml"


def rename_main(little: Little, new: str) -> str:
    state = str(little.folder / "state.db")
    said = CliRunner().invoke(command, ["rename-account", "school", "main", new, "--state", state])
    return said.output


@pytest.mark.parametrize("act", [sync, make_plan, write_back, plan_writeback])
def test_account_that_gets_another_name_is_refused_until_its_links_are_moved(
    little: Little, act: Any
) -> None:
    run(little, with_accounts(little, "main"))
    file = with_accounts(little, "lille")
    with pytest.raises(ConfigurationProblem) as stopped:
        run(little, file, act)
    assert stopped.value.code == "CONF_ACCOUNT_RENAMED"
    assert "rename-account school 'main' 'lille'" in str(stopped.value.hint)
    assert rename_main(little, "lille") == (
        "7 links of the account 'main' stand under 'lille' now\n"
    )
    run(little, file, act)


def test_account_that_was_renamed_goes_on_where_it_was(little: Little) -> None:
    """What went up stays, edits by hand are seen, and the sheet of a cancelled session goes."""
    run(little, with_accounts(little, "main"))
    little.play("1", "present", "absent")
    run(little, little.folder / "school.yaml", write_back)
    assert len(little.seen.written) == 1
    little.now -= timedelta(days=2)
    row = little.book.find("courses", API_ID="2")
    assert row is not None
    row.update(NAME="Hand", DATE_UPDATED=little.book.now())
    little.now += timedelta(minutes=30)
    file = with_accounts(little, "lille")
    rename_main(little, "lille")
    little.rows["/lessons"] = little.rows["/lessons"][:2]
    assert {outcome.code for outcome in run(little, file).outcomes} >= {
        "DOWN_COURSE_OVERWRITTEN",
        "DOWN_DELETED",
    }
    assert sheets(little) == {"1", "2"}
    little.now += timedelta(days=2)
    run(little, file, write_back)
    assert len(little.seen.written) == 1


def test_account_that_is_gone_from_the_file_is_named_once(little: Little) -> None:
    run(little, with_accounts(little, "main", "lille"))
    file = with_accounts(little, "lille")
    named = [
        [one.detail for one in run(little, file).outcomes if one.code == "RUN_ACCOUNT_DROPPED"]
        for _ in range(2)
    ]
    assert named == [["the account 'main'"], []]


def test_new_account_of_another_school_is_none_of_before(little: Little) -> None:
    run(little, with_accounts(little, "main"))
    little.book.habits.school = "another-school"
    result = run(little, with_accounts(little, "lille"))
    assert "RUN_ACCOUNT_DROPPED" in {outcome.code for outcome in result.outcomes}


def test_account_name_that_is_taken_or_unknown_is_refused(little: Little) -> None:
    run(little, with_accounts(little, "main", "lille"))
    store = open_store(str(little.folder / "state.db"))
    with pytest.raises(UsageProblem, match="'lille' has links"):
        rename_account(store, "school", "main", "lille")
    with pytest.raises(UsageProblem, match="can not be the new name"):
        rename_account(store, "school", "main", " ")
    with pytest.raises(UsageProblem, match="no links of the account 'mian'"):
        rename_account(store, "school", "mian", "new")
    store.close()
