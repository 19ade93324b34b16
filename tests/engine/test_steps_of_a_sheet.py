"""What a step of a sheet says acts: what it reads is there for the next one, and each statement of
a transaction is run for the lines that it is due for.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest

from edusync.plugins import load_registry
from tests.contract.test_defaults import database
from tests.little import UPWARD, Little


@pytest.fixture
def little(tmp_path: Path) -> Iterator[Little]:
    with ExitStack() as stack:
        yield Little(tmp_path, load_registry(), stack)


def sent_up(little: Little, *said: str) -> list[str]:
    """Bring the sheets down, play the first class, send it up; return the codes of the way up."""
    little.sync()
    assert (little.seen.findings, little.seen.stopped) == ([], [])
    little.play("1", *said)
    told = len(little.seen.events)
    little.write_back()
    return [event[0] for event in little.seen.events[told:]]


def test_what_a_step_of_a_sheet_reads_is_sent_by_the_next_one(little: Little) -> None:
    little.goes_up(
        for_sheet=[
            {"get": "/version", "read": {"version": "etag"}},
            {
                "post": "/presences",
                "json": {"version": "{{ got.version }}", "lines": "{{ lines }}"},
                "in_doubt": "repeat",
            },
        ]
    )
    little.rows["/version"] = {"etag": "v7"}
    assert sent_up(little, "present", "absent") == ["UP_SENT"]
    lines = [{"who": "1", "state": "P"}, {"who": "2", "state": "A"}]
    assert little.seen.written == [{"version": "v7", "lines": lines}]


def in_a_database(little: Little, *steps: dict[str, Any]) -> Path:
    """Let the attendance of a school whose ERP is a database go up by statements."""
    database(little)
    file = little.folder / "erp.db"
    with closing(sqlite3.connect(file)) as erp, erp:
        erp.execute("create table reasons (id, label)")
        erp.execute("create table marks (who, state)")
        erp.execute("create table sheets (id)")
        erp.execute("update lessons set id = '1'")
    little.spec["resources"]["reasons"] = {"sql": "select * from reasons", "key": "id"}
    little.spec["writeback"] = UPWARD | {"for_sheet": list(steps)}
    return file


def stored(file: Path, table: str) -> list[tuple[Any, ...]]:
    """Return the rows of a table."""
    with closing(sqlite3.connect(file)) as erp:
        return erp.execute(f"select * from {table}").fetchall()


MARK = {
    "sql": "insert into marks values (:who, :state)",
    "values": ["who", "state"],
    "in_doubt": "repeat",
}


def test_statement_whose_condition_is_false_is_not_run(little: Little) -> None:
    late = MARK | {"sql": "insert into marks values (:who, 'again ' || :state)"}
    steps = MARK, late | {"when": "line.state == 'A'"}
    file = in_a_database(little, *steps)
    assert sent_up(little, "absent") == ["UP_SENT"]
    assert stored(file, "marks") == [("1", "A"), ("1", "again A")]


def test_statement_that_is_due_for_nobody_leaves_the_others_alone(little: Little) -> None:
    never = MARK | {"when": "line.state == 'never'"}
    file = in_a_database(little, never, MARK)
    assert sent_up(little, "absent") == ["UP_SENT"]
    assert stored(file, "marks") == [("1", "A")]


def test_statement_that_reads_does_not_take_the_place_of_those_that_write(
    little: Little,
) -> None:
    reads = {"sql": "select max(id) as top from lessons", "read": {"top": "[0].top"}}
    writes = MARK | {
        "sql": "insert into marks values (:who, :state)",
        "values": {"who": "{{ line.who }}", "state": "{{ got.top }}"},
    }
    file = in_a_database(little, reads, writes)
    assert sent_up(little, "absent") == ["UP_SENT"]
    assert stored(file, "marks") == [("1", "1")]


@pytest.mark.parametrize("section", ["for_person", "then"])
def test_file_outside_of_a_sheet_is_a_mistake_at_its_place(little: Little, section: str) -> None:
    step = {"file": "x.csv", "csv": ["who"], "in_doubt": "repeat"}
    little.goes_up(transport={"kind": "files", "url": str(little.folder)}, **{section: [step]})
    little.spec["writeback"]["for_sheet"] = [step]
    little.sync()
    assert "SPEC_WRONG_VALUE a file holds lines" in little.seen.findings


def test_file_without_columns_is_a_mistake_at_its_place(little: Little) -> None:
    little.goes_up(transport={"kind": "files", "url": str(little.folder)})
    little.spec["writeback"]["for_sheet"] = [{"file": "x.csv", "in_doubt": "repeat"}]
    little.sync()
    assert little.seen.findings == ["SPEC_MISSING_KEY 'file' needs 'csv'"]
