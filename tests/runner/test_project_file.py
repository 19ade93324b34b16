"""The file of a project is read with the same care as a connector file."""

from __future__ import annotations

from pathlib import Path

import pytest

from edusync.app.files.project import find_project
from edusync.app.files.project_file import read_settings
from edusync.errors import UsageProblem


def written(folder: Path, text: str) -> Path:
    (folder / "connectors").mkdir(exist_ok=True)
    file = folder / "edusync.yaml"
    file.write_text(text, encoding="utf-8")
    return file


MISTAKES = [
    ("edusync: 1\nstores: x\n", 2, 1, "CONF_UNKNOWN_KEY", "did you mean 'store'?"),
    (
        "edusync: 1\nrunner: {at_ones: 3}\n",
        2,
        10,
        "CONF_UNKNOWN_KEY",
        "did you mean 'at_once'?",
    ),
    (
        "edusync: 1\nrunner:\n  at_once: many\n",
        3,
        12,
        "CONF_WRONG_TYPE",
        "How many connectors run at the same time.",
    ),
    (
        "edusync: 1\nrunner:\n  at_once: 0\n",
        3,
        12,
        "CONF_OPTION_VALUE",
        "How many connectors run at the same time.",
    ),
    ("store: x\n", 1, 1, "CONF_FIELD_MISSING", "add 'edusync: …' (the version of the language)"),
    (
        "edusync: 1\nconnectors: schools\n",
        2,
        13,
        "CONF_FOLDER_MISSING",
        "make it, or name the folder that the connector files are in",
    ),
    (
        "edusync: 1\nalerts:\n  urls:\n    - ${env:NOT_THERE}\n",
        4,
        7,
        "CONF_SECRET_MISSING",
        "set it, or name another secret",
    ),
    (
        "edusync: 1\nnetwork:\n  private:\n    - 10.20.0.1/16\n",
        4,
        7,
        "CONF_OPTION_VALUE",
        "write it as 10.20.0.0/16 or fd00::/8",
    ),
    (
        "edusync: 1\nrunner: {alive_url: nowhere}\n",
        2,
        21,
        "CONF_URL_INVALID",
        "write it whole, such as https://watch.example/ping/edusync",
    ),
    (
        "edusync: 1\nweb: {listen: 127.0.0.1:70000}\n",
        2,
        15,
        "CONF_OPTION_VALUE",
        "write one from 1 to 65535, or 0 for any that is free",
    ),
    (
        "edusync: 1\n\tstore: x\n",
        2,
        1,
        "SPEC_UNREADABLE",
        "mind the indentation, the colon and the quotes here",
    ),
]


@pytest.mark.parametrize(("text", "line", "column", "code", "hint"), MISTAKES)
def test_a_mistake_is_named_at_its_place(
    text: str, line: int, column: int, code: str, hint: str, tmp_path: Path
) -> None:
    settings, findings = read_settings(written(tmp_path, text))
    found = [(f.location.line, f.location.column, f.code, f.hint) for f in findings]
    assert (settings, found) == (None, [(line, column, code, hint)])


def test_what_is_not_said_has_a_default(tmp_path: Path) -> None:
    settings, findings = read_settings(written(tmp_path, "edusync: 1\n"))
    assert (findings, settings is not None) == ([], True)
    assert settings is not None
    assert (settings.store, settings.at_once, settings.keep_days, settings.listen) == (
        str(tmp_path / "state.db"),
        8,
        180,
        None,
    )


def test_a_project_is_found_from_a_folder_below(tmp_path: Path) -> None:
    written(tmp_path, "edusync: 1\n")
    project = find_project(tmp_path / "connectors")
    assert project is not None
    assert project.file == tmp_path / "edusync.yaml"


@pytest.fixture
def fleet(tmp_path: Path) -> Path:
    written(tmp_path, "edusync: 1\n")
    for name, erp, labels in (
        ("hugo", "ypareo", "[pilot]"),
        ("zola", "ammon", "[]"),
        ("sand", "ypareo", "[pilot, north]"),
    ):
        (tmp_path / "connectors" / f"{name}.yaml").write_text(
            f"edusync: 1\nconnector: {name}\nspec: {erp}\nlabels: {labels}\n", encoding="utf-8"
        )
    return tmp_path


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ([], ["hugo", "sand", "zola"]),
        (["zola"], ["zola"]),
        (["*o*"], ["hugo", "zola"]),
        (["erp=ypareo"], ["hugo", "sand"]),
        (["label=north", "zola"], ["sand", "zola"]),
    ],
)
def test_connectors_are_chosen_by_name_erp_and_label(
    words: list[str], names: list[str], fleet: Path
) -> None:
    project = find_project(fleet)
    assert project is not None
    assert [one.name for one in project.chosen(words)] == names


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("hugoo", "did you mean 'hugo'?"),
        ("town=paris", "write a name, erp=NAME or label=WORD"),
        ("label=x", "known here: hugo, sand, zola"),
    ],
)
def test_a_word_that_chooses_nothing_is_said(word: str, hint: str, fleet: Path) -> None:
    project = find_project(fleet)
    assert project is not None
    with pytest.raises(UsageProblem) as stopped:
        project.chosen([word])
    assert stopped.value.hint == hint


def test_a_file_of_which_nobody_knows_the_name_is_kept_apart(fleet: Path) -> None:
    (fleet / "connectors" / "broken.yaml").write_text("connector: [\n", encoding="utf-8")
    (fleet / "connectors" / "twin.yaml").write_text("connector: zola\n", encoding="utf-8")
    project = find_project(fleet)
    assert project is not None
    listing = project.listing()
    assert [file.name for file in listing.strays] == ["broken.yaml", "zola.yaml"]
