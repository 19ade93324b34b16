"""`edusync validate` without a path says which files of the project it left out."""

from __future__ import annotations

from pathlib import Path

from tests.support.commands import edusync


def test_files_of_the_project_that_are_left_out_are_named(tmp_path: Path) -> None:
    (tmp_path / "edusync.yaml").write_text("edusync: 1\n", encoding="utf-8")
    (tmp_path / "connectors").mkdir()
    for number in range(5):
        text = f"edusync: 1\nconnector: s{number}\nspec: ypareo\nacounts: []\n"
        (tmp_path / f"connectors/s{number}.yaml").write_text(text, encoding="utf-8")
    told = edusync("validate", cwd=tmp_path)
    assert told.returncode == 0
    (said,) = [line for line in told.stdout.splitlines() if line.startswith("left out")]
    assert said.endswith(
        "edusync.yaml, connectors/s0.yaml, connectors/s1.yaml, connectors/s2.yaml and 2 more; "
        "`edusync validate .` checks them"
    )
    whole = edusync("validate", ".", cwd=tmp_path)
    assert (whole.returncode, "left out" in whole.stdout) == (1, False)
