"""New passwords of the console in a project that keeps secrets in its store."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from edusync.app.files.secrets import stored_in
from edusync.registry import Registry
from edusync.state.secret_keys import key_file
from edusync.state.secrets import kept_secrets, read_secret, save_secret
from tests.web.conftest import Visit
from tests.web.test_actions import Live


class Stored(Live):
    """A console whose project keeps secrets in the store."""

    PROJECT = "edusync: 1\nsecrets: store\n"

    def key(self) -> str:
        """Return how the connector file refers to the key of Edusign."""
        text = (self.folder / "connectors" / "hugo.yaml").read_text(encoding="utf-8")
        return str(json.loads(text)["accounts"][0]["edusign"]["api_key"])


@pytest.fixture
def site(tmp_path: Path, registry: Registry) -> Iterator[Stored]:
    with ExitStack() as stack:
        site = Stored(tmp_path, registry, stack)
        stack.callback(site.store.close)
        stack.enter_context(stored_in(lambda: site.store))
        yield site
        site.console.jobs.wait(60)
        site.console.jobs.close()


@pytest.fixture
def school(site: Stored) -> Visit:
    return site.visit("school", "hugo")


def new_password(site: Stored, school: Visit, secret: str) -> str:
    answer = school.post("/connectors/hugo/password", place="main/edusign", secret=secret)
    site.settle()
    assert answer.status_code == 302
    return str(school.get("/connectors/hugo/password").text)


def test_a_new_password_goes_into_the_store_with_who_wrote_it(site: Stored, school: Visit) -> None:
    (site.folder / "key").write_text("wrong", encoding="utf-8")
    new_password(site, school, "sandbox-key")
    assert site.key() == "${store:hugo/main-edusign}"
    known = kept_secrets(site.store)
    assert [(one.name, one.who) for one in known] == [("hugo/main-edusign", "school")]
    assert [(what, status) for what, _, status, _ in site.acts()[:2]] == [
        ("run", "success"),
        ("password", "success"),
    ]
    assert (site.folder / "key").read_text(encoding="utf-8") == "wrong"


def test_the_next_one_takes_its_place(site: Stored, school: Visit) -> None:
    new_password(site, school, "wrong")
    new_password(site, school, "sandbox-key")
    assert site.key() == "${store:hugo/main-edusign}"
    assert read_secret(site.store, "hugo/main-edusign") == "sandbox-key"


def test_one_that_others_share_is_left_to_them(site: Stored, school: Visit) -> None:
    """A school writes its own secrets, never one that another connector uses, too."""
    save_secret(site.store, "shared", "sandbox-key")
    file = site.folder / "connectors" / "hugo.yaml"
    text = file.read_text(encoding="utf-8").replace("${file:../key}", "${store:shared}")
    file.write_text(text, encoding="utf-8")
    new_password(site, school, "of hugo")
    assert site.key() == "${store:hugo/main-edusign}"
    assert read_secret(site.store, "shared") == "sandbox-key"


def test_without_its_key_the_page_says_that_it_cannot(site: Stored, school: Visit) -> None:
    new_password(site, school, "sandbox-key")
    file = key_file(site.store)
    assert file is not None
    file.unlink()
    page = new_password(site, school, "another")
    assert "It cannot be written from here: ask who runs edusync." in page
