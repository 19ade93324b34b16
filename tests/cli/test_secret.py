"""`edusync secret`: what is printed, what is refused, and what runs make of it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from edusync.app.files.project import find_project
from edusync.app.files.secrets import SecretMissing, resolve, stored_in
from edusync.app.runner.fleet import Fleet
from edusync.locale import spoken
from edusync.registry import Registry
from edusync.state.open import open_store
from edusync.state.secrets import read_secret
from tests.conftest import World
from tests.support.commands import edusync

VALUE = "Cnry-secret-of-hugo"
FILE = "connectors/hugo.yaml"


class Site:
    """A project with one connector, whose keys are in the store."""

    def __init__(self, folder: Path, world: World) -> None:
        self.folder, self.world = folder, world
        (folder / "connectors").mkdir(parents=True)
        (folder / "edusync.yaml").write_text("edusync: 1\nsecrets: store\n", encoding="utf-8")
        data: Any = json.loads(world.file.read_text(encoding="utf-8"))
        self.key = str(data["connection"]["apiKey"])
        data["connector"] = "hugo"
        data["connection"]["apiKey"] = "${store:hugo/apiKey}"
        data["accounts"][0]["edusign"]["api_key"] = "${store:edusign}"
        (folder / FILE).write_text(json.dumps(data), encoding="utf-8")

    def keep(self) -> None:
        """Put both keys into the store."""
        for name, value in (("hugo/apiKey", self.key), ("edusign", "sandbox-key")):
            assert self.run("secret", "set", name, typed=f"{value}\n").returncode == 0

    def run(self, *words: str, typed: str | None = None) -> CompletedProcess[str]:
        return edusync(*words, cwd=self.folder, stdin=typed)

    def sync(self) -> CompletedProcess[str]:
        return self.run("sync", "hugo", "--at", "2026-03-16T12:45")

    def secret(self, name: str) -> str | None:
        with closing(open_store(str(self.folder / "state.db"))) as store:
            return read_secret(store, name)


@pytest.fixture
def site(tmp_path: Path, make_world: Callable[..., World]) -> Site:
    return Site(tmp_path / "site", make_world())


def test_a_run_takes_its_secrets_from_the_store(site: Site) -> None:
    missing = site.sync()
    assert (missing.returncode, "sandbox-key" in missing.stderr) == (2, False)
    assert missing.stderr.count("CONF_SECRET_MISSING: the store has no secret") == 2
    assert "hint: `edusync secret set hugo/apiKey` puts it there" in missing.stderr
    site.keep()
    done = site.sync()
    assert (done.returncode, "success" in done.stdout) == (0, True), done.stdout + done.stderr
    assert site.run("validate", FILE).returncode == 0


def test_looking_for_a_secret_makes_no_store(site: Site) -> None:
    found = site.run("validate", FILE)
    assert (found.returncode, "the store has no secret 'edusign'" in found.stdout) == (1, True)
    assert not (site.folder / "state.db").exists()


def test_names_are_listed_and_never_what_they_are(site: Site) -> None:
    site.keep()
    listed = site.run("secret", "list")
    assert [line.split()[0] for line in listed.stdout.splitlines()] == ["edusign", "hugo/apiKey"]
    assert "by the command line" in listed.stdout
    assert site.key not in listed.stdout


def test_it_is_typed_or_read_and_never_an_argument(site: Site) -> None:
    refused = site.run("secret", "set", "hugo/apiKey", VALUE)
    empty = site.run("secret", "set", "hugo/apiKey", typed="\n")
    assert (refused.returncode, empty.returncode) == (2, 2)
    assert "no secret was given" in empty.stderr
    done = site.run("secret", "set", "hugo/apiKey", typed=f"{VALUE}\n")
    assert done.stdout == "kept: ${store:hugo/apiKey} names it\n"
    assert site.secret("hugo/apiKey") == VALUE


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_what_is_typed_is_not_seen(site: Site) -> None:
    import pexpect  # type: ignore[import-untyped]  # it has no types

    words = ["-m", "edusync", "secret", "set", "hugo/apiKey"]
    child = pexpect.spawn(sys.executable, words, cwd=str(site.folder), timeout=30)
    for prompt in (b"the secret: ", b"Repeat for confirmation: "):
        child.expect_exact(prompt)
        child.sendline(VALUE)
    child.expect_exact(b"${store:hugo/apiKey} names it")
    seen = child.before + child.read()
    assert VALUE.encode() not in seen
    assert site.secret("hugo/apiKey") == VALUE


def test_one_that_a_file_names_is_removed_on_purpose_only(site: Site) -> None:
    site.keep()
    (site.folder / "edusync.yaml").write_text(
        'edusync: 1\nalerts: {urls: ["${store:alerts}"]}\n', encoding="utf-8"
    )
    site.run("secret", "set", "alerts", typed="json://127.0.0.1:9")
    for name, where in (("edusign", "connectors/hugo.yaml"), ("alerts", "edusync.yaml")):
        refused = site.run("secret", "remove", name)
        assert (refused.returncode, f"{where} names the secret '{name}'" in refused.stderr) == (
            2,
            True,
        )
        assert site.run("secret", "remove", name, "--yes").returncode == 0
    unknown = site.run("secret", "remove", "hugo/apikey")
    assert (unknown.returncode, "did you mean 'hugo/apiKey'" in unknown.stderr) == (2, True)
    assert site.secret("edusign") is None


def test_a_rotation_is_said_and_runs_go_on(site: Site) -> None:
    site.keep()
    before = (site.folder / "state.db.secrets.key").read_text(encoding="ascii")
    done = site.run("secret", "rotate")
    assert done.stdout.startswith("2 secrets stand under the key ")
    assert (site.folder / "state.db.secrets.key").read_text(encoding="ascii") != before
    assert site.sync().returncode == 0


def test_a_lost_key_stops_a_run_with_its_code(site: Site) -> None:
    site.keep()
    (site.folder / "state.db.secrets.key").unlink()
    stopped = site.sync()
    assert (stopped.returncode, stopped.stderr.count("error CONF_SECRET_KEY: ")) == (2, 2)
    assert "set EDUSYNC_SECRET_KEY to the key" in stopped.stderr
    listed = site.run("secret", "list")
    assert (listed.returncode, listed.stdout.count("is not at hand")) == (0, 2)
    assert site.run("secret", "rotate").returncode == 2


def test_the_store_itself_cannot_be_a_secret_of_the_store(site: Site) -> None:
    (site.folder / "edusync.yaml").write_text('edusync: 1\nstore: "${store:x}"\n', encoding="utf-8")
    refused = site.run("status")
    assert (refused.returncode, "before the store is opened" in refused.stderr) == (2, True)


def test_purging_a_connector_takes_its_secrets_unless_a_file_names_them(site: Site) -> None:
    site.keep()
    site.run("secret", "set", "hugo/old", typed="x")
    named = site.run("purge", "--connector", "hugo", "--yes")
    assert "its secrets are deleted: hugo/old" in named.stdout
    assert "these secrets stay, since a file or a release names them: hugo/apiKey" in named.stdout
    (site.folder / FILE).unlink()
    done = site.run("purge", "--connector", "hugo", "--yes")
    assert (done.returncode, "its secrets are deleted: hugo/apiKey" in done.stdout) == (0, True)
    assert (site.secret("hugo/apiKey"), site.secret("edusign")) == (None, "sandbox-key")
    assert site.run("purge", "--connector", "hugo", "--yes").returncode == 2


def test_alerts_and_mail_may_be_secrets_of_the_store(site: Site) -> None:
    (site.folder / "edusync.yaml").write_text(
        'edusync: 1\nalerts: {urls: ["${store:alerts}"]}\n', encoding="utf-8"
    )
    assert site.run("validate", "edusync.yaml").returncode == 1
    site.run("secret", "set", "alerts", typed="json://127.0.0.1:9")
    assert site.run("validate", "edusync.yaml").returncode == 0


def test_a_process_that_stays_sees_a_secret_that_comes_later(
    site: Site, registry: Registry
) -> None:
    project = find_project(site.folder)
    assert project is not None
    fleet = Fleet(project, registry)
    with (
        closing(open_store(str(site.folder / "state.db"))) as store,
        stored_in(lambda: store),
    ):
        before = dict(fleet.calendars()["hugo"])
        site.keep()
        after = fleet.calendars()["hugo"]
    assert (fleet.known()["hugo"].label, after == before) == ("Yparéo", False)


@pytest.mark.parametrize("wrong", [["--only", "pupil", "1"], ["--format", "x"], ["--at"]])
def test_a_refused_command_leaves_neither_its_store_nor_its_language(
    site: Site, wrong: list[str]
) -> None:
    site.keep()
    assert site.run("sync", "hugo", "--state", "x.db", "--lang", "fr", *wrong).returncode == 2
    with pytest.raises(SecretMissing, match="the store has no secret"):
        resolve("${store:hugo/apiKey}", site.folder)
    assert spoken() == "en"


def test_bytes_that_are_no_text_are_a_key_and_no_word(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = site.run("writeback", "hugo", "--only", "\udcff")
    assert (refused.returncode, "is not written in UTF-8" in refused.stderr) == (2, True)
    monkeypatch.setenv("EDUSYNC_STATE_KEY", "\udcff" * 32)
    site.keep()
    assert site.secret("hugo/apiKey") == site.key


def test_it_speaks_french(site: Site) -> None:
    """Each sentence of the four commands, and why something was refused."""
    said = [
        site.run("secret", *words, "--lang", "fr", typed=typed)
        for words, typed in (
            (("set", "hugo/apiKey"), "x\n"),
            (("set", "other"), ""),
            (("list",), None),
            (("remove", "hugo/apiKey"), None),
            (("remove", "nobody"), None),
            (("rotate",), None),
            (("remove", "hugo/apiKey", "--yes"), None),
        )
    ]
    expected = (
        "conservé\u00a0: ${store:hugo/apiKey} le désigne",
        "aucun secret n’a été donné",
        "UTC  par la ligne de commande",
        "désigne le secret 'hugo/apiKey'",
        "la base n’a pas de secret 'nobody'",
        "1 secret est sous la clé",
        "'hugo/apiKey' est supprimé",
    )
    for one, words in zip(said, expected, strict=True):
        assert words in one.stdout + one.stderr
