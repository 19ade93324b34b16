"""`edusync fmt`, as somebody who writes specs meets it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_workshop import edusync, horizon

__all__ = ["horizon"]

UNTIDY = """\
# Lumen
connector:   lumen
edusync: 1   # the version
label: Lumen
transport: {kind: http, base_url: "{{ connection.url }}"}
connection:
    url: {type: url,label: URL}
resources:
    lessons:
        key: id   # ours
        get: /lessons
"""
TIDY = """\
# Lumen
edusync: 1   # the version
connector: lumen
label: Lumen

connection:
  url: {type: url, label: URL}

transport: {kind: http, base_url: "{{ connection.url }}"}

resources:
  lessons:
    get: /lessons
    key: id       # ours
"""


@pytest.fixture
def lumen(tmp_path: Path) -> Path:
    (tmp_path / "lumen.yaml").write_text(UNTIDY, encoding="utf-8")
    return tmp_path / "lumen.yaml"


def test_spec_is_written_in_the_one_form(lumen: Path) -> None:
    done = edusync(lumen.parent, "fmt", "lumen.yaml")
    assert (done.returncode, done.stdout, lumen.read_text(encoding="utf-8")) == (
        0,
        "written: lumen.yaml\n1 spec looked at, 1 changed\n",
        TIDY,
    )
    again = edusync(lumen.parent, "fmt", ".")
    assert (again.returncode, again.stdout) == (0, "1 spec looked at, 0 changed\n")
    assert [path.name for path in lumen.parent.iterdir()] == ["lumen.yaml"]


@pytest.mark.parametrize(
    ("option", "said"),
    [("--check", "would change: lumen.yaml\n"), ("--diff", "--- lumen.yaml\n+++ lumen.yaml\n")],
)
def test_nothing_is_written_when_it_is_only_asked(lumen: Path, option: str, said: str) -> None:
    done = edusync(lumen.parent, "fmt", option, "lumen.yaml")
    assert (done.returncode, done.stdout.startswith(said), lumen.read_text(encoding="utf-8")) == (
        1,
        True,
        UNTIDY,
    )


def test_file_that_cannot_be_read_is_left_alone_and_the_others_are_not(lumen: Path) -> None:
    broken = lumen.with_name("broken.yaml")
    broken.write_text("resources: [\n", encoding="utf-8")
    done = edusync(lumen.parent, "fmt", ".")
    assert (
        done.returncode,
        "broken.yaml:2:1: error SPEC_UNREADABLE" in done.stderr,
        "Traceback" in done.stderr,
    ) == (2, True, False), done.stderr
    assert (broken.read_text(encoding="utf-8"), lumen.read_text(encoding="utf-8")) == (
        "resources: [\n",
        TIDY,
    )


def test_file_that_is_not_in_utf_8_is_left_alone(lumen: Path) -> None:
    lumen.write_bytes(UNTIDY.replace("Lumen", "Lumière").encode("latin-1"))
    done = edusync(lumen.parent, "fmt", "lumen.yaml")
    assert (
        done.returncode,
        "save it as plain text in UTF-8" in done.stderr,
        "Lumière".encode("latin-1") in lumen.read_bytes(),
    ) == (2, True, True)


def test_file_of_another_kind_is_passed_over_in_a_folder_and_refused_by_name(horizon: Path) -> None:
    assert edusync(horizon, "fmt", "--check", ".").stdout == "1 spec looked at, 0 to be changed\n"
    refused = edusync(horizon, "fmt", "cases/horizon/nominal/case.yaml")
    assert (
        refused.returncode,
        "RUN_USAGE: cases/horizon/nominal/case.yaml is no spec" in refused.stderr,
    ) == (2, True)


def test_a_new_spec_has_the_one_form(tmp_path: Path) -> None:
    edusync(tmp_path, "new", "lumen")
    assert edusync(tmp_path, "fmt", "--diff", "specs").stdout == ""
