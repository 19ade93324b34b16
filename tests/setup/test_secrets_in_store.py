"""A setup whose project keeps secrets in its store: encrypted, named, and never written over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from edusync.app.files.connector_file import load_instance
from edusync.app.files.project import Project, find_project
from edusync.app.files.secrets import stored_in
from edusync.app.setup.setup import Setup, Tools
from edusync.state.secrets import kept_secrets, read_secret
from tests.setup.school import School
from tests.setup.test_setup import question, read

SECRETS = (b"sandbox-token", b"sandbox-key", b"another-token")


@pytest.fixture
def project(project: Project) -> Project:
    text = project.file.read_text(encoding="utf-8")
    project.file.write_text(text.replace("secrets: files", "secrets: store"), encoding="utf-8")
    found = find_project(project.file.parent)
    assert found is not None
    return found


@pytest.fixture
def tools(tools: Tools, project: Project) -> Iterator[Tools]:
    with stored_in(lambda: tools.store):
        yield replace(tools, project=project)


def names(tools: Tools) -> list[str]:
    return [one.name for one in kept_secrets(tools.store)]


@pytest.fixture
def setup(tools: Tools, school: Callable[[str], School]) -> Setup:
    """A setup in which every question is answered."""
    made = Setup.open(tools, "hugo", "ypareo")
    for _ in school("ypareo").go_through(made):
        pass
    return made


def test_secrets_stand_in_the_store_and_in_no_file(setup: Setup, tools: Tools) -> None:
    file = setup.save()
    assert read(file)["connection"]["apiKey"] == "${store:hugo/apiKey}"
    assert read(file)["accounts"][0]["edusign"]["api_key"] == "${store:hugo/main-api_key}"
    assert names(tools) == ["hugo/apiKey", "hugo/main-api_key"]
    instance = load_instance(file, tools.registry)
    assert (instance.warnings, instance.accounts[0].api_key) == ((), "sandbox-key")
    for path in tools.project.file.parent.rglob("*"):
        if path.is_file():
            assert not any(one in path.read_bytes() for one in SECRETS), path.name


def test_a_new_one_waits_beside_the_one_that_runs_use(setup: Setup, tools: Tools) -> None:
    file = setup.save()
    again = Setup.open(tools, "hugo")
    again.answer(question(again, "connection.apiKey"), "another-token")
    assert read_secret(tools.store, "hugo/apiKey") == "sandbox-token"
    assert read(file)["connection"]["apiKey"] == "${store:hugo/apiKey}"
    again.save()
    assert read(file)["connection"]["apiKey"] == "${store:hugo/apiKey-2}"
    assert names(tools) == ["hugo/apiKey-2", "hugo/main-api_key"]


def test_discarded_it_leaves_no_secret(setup: Setup, tools: Tools) -> None:
    setup.discard()
    assert names(tools) == []


def test_what_another_file_names_stays(setup: Setup, tools: Tools) -> None:
    text = setup.save().read_text(encoding="utf-8").replace("connector: hugo", "connector: zola")
    (tools.project.settings.connectors / "zola.yaml").write_text(text, encoding="utf-8")
    again = Setup.open(tools, "hugo")
    again.answer(question(again, "connection.apiKey"), "another-token")
    again.save()
    assert names(tools) == ["hugo/apiKey", "hugo/apiKey-2", "hugo/main-api_key"]
