"""`edusync try`: what is shown of rows, how much of it, and that the counts add up."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from edusync.app.authoring.columns import as_sent, is_read, leaves
from edusync.cli.render.rows import print_rows
from edusync.spec import load_spec
from edusync.spec.reading import Reading
from tests.support.commands import edusync

ROOT = Path(__file__).parents[2]
SPECS = (
    *("adesoft", "aimaira", "ammon", "aurion", "fca", "hyperplanning", "scform", "ypareo"),
    *(f"examples/{name}" for name in ("agenda", "cursus", "horizon", "orme", "solfege")),
)


def tried(erp: str, *more: str) -> dict[str, Any]:
    told = edusync("try", f"specs/{erp}.yaml", "--format", "json", *more, cwd=ROOT)
    assert told.returncode == 0, told.stderr
    found: dict[str, Any] = json.loads(told.stdout)
    return found


@pytest.mark.parametrize("erp", SPECS)
def test_counts_add_up_in_every_list(erp: str) -> None:
    lists = tried(erp, "--limit", "1")["lists"]
    assert len(lists) > 1
    for one in lists:
        counts = one["counts"]
        assert counts["sent"] == sum(count for name, count in counts.items() if name != "sent")
        assert min(counts.values()) >= 0


@pytest.mark.parametrize(
    ("erp", "name", "counts"),
    [
        ("fca", "inscrits", {"sent": 36, "kept": 27, "dropped": 9, "ignored": 0, "came_before": 0}),
        (
            "hyperplanning",
            "etudiants_cles",
            {"sent": 31, "kept": 6, "dropped": 0, "ignored": 0, "came_before": 25},
        ),
        (
            "aurion",
            "seances",
            {"sent": 13, "kept": 11, "dropped": 1, "ignored": 0, "came_before": 1},
        ),
    ],
)
def test_unions_fan_outs_and_merged_rows_are_counted(
    erp: str, name: str, counts: dict[str, int]
) -> None:
    found = next(one for one in tried(erp)["lists"] if one["name"] == name)
    assert found["counts"] == counts


@pytest.mark.parametrize("erp", SPECS)
def test_text_reads_at_80_columns(erp: str) -> None:
    told = edusync("try", f"specs/{erp}.yaml", "--no-color", cwd=ROOT, env={"COLUMNS": "80"})
    assert told.returncode == 0, told.stderr
    rows = [line for line in told.stdout.splitlines() if "[specs/" not in line]
    assert [line for line in rows if len(line) > 80] == []


def test_values_stand_as_they_were_sent() -> None:
    told = edusync("try", "specs/ypareo.yaml", "--resource", "planning", "--no-color", cwd=ROOT)
    assert '"17/03/2026"' in told.stdout
    assert re.search(r"codeSeance +7712\d+$", told.stdout, re.MULTILINE)
    assert "2026-03-17" in told.stdout
    assert [as_sent(value) for value in ("007", 7, None, True, "", ["a", 1])] == [
        '"007"',
        "7",
        "null",
        "true",
        '""',
        '["a", 1]',
    ]


def test_columns_that_nothing_reads_are_left_out_and_counted(tmp_path: Path) -> None:
    less, all_of = (
        edusync(
            "try", "specs/fca.yaml", "--resource", "inscriptions", "--no-color", *more, cwd=ROOT
        )
        for more in ((), ("--all",))
    )
    assert "that nothing reads (--all)" in less.stdout
    assert "that nothing reads" not in all_of.stdout
    assert len(all_of.stdout.splitlines()) > len(less.stdout.splitlines())


def test_classroom_name_is_shown() -> None:
    fields = tried("fca")["items"]["course"]["items"][0]["fields"]
    named = tried("examples/agenda")["items"]["course"]["items"]
    assert fields["classroom"]["value"]
    assert any(one["fields"]["classroom_name"]["value"] for one in named)


def test_row_of_twenty_columns_stands_one_below_the_other(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    rows = [{f"column_{n}": "x" * n for n in range(100, 120)} for _ in range(2)]
    print_rows("as sent", rows, lambda path: path != "column_119", 5)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "  as sent: 2 of 5, 1 column that nothing reads (--all)"
    assert len(lines) == 1 + 19 + 1 + 19
    assert max(map(len, lines)) <= 80


def test_leaves_of_a_row_stand_by_their_path() -> None:
    row = {"a": {"b": 1}, "c": [{"d": 1}, {"d": 2}], "e": [1, 2], "f": [], "parent": {"x": 1}}
    assert leaves(row) == {"a.b": 1, "c[].d": [1, 2], "e": [1, 2], "f": []}


def test_what_is_read_is_told_by_the_spec() -> None:
    text = (ROOT / "specs/ypareo.yaml").read_text(encoding="utf-8")
    from edusync.plugins import load_registry

    spec, _ = load_spec(text, "ypareo.yaml", load_registry(()).functions)
    assert spec is not None
    reading = Reading(spec)
    seen = reading.sent["planning"]
    assert is_read("codeSeance", seen)
    assert is_read("codesApprenant", seen)
    assert not is_read("couleurFond", seen)
