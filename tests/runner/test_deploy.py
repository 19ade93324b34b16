"""The units, containers and manifests of the page about deploying are ones that are taken."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import kubernetes_validate
import pytest
from ruamel.yaml import YAML

from edusync.app.files.project_file import load_settings

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "deploy.md"
FILES = PAGE.parents[1] / "deploy"
UNIT = re.compile(r"```ini\n# /etc/systemd/system/(\S+)\n(.*?)```", re.DOTALL)
HERE = {
    "/opt/edusync/bin/edusync": "/bin/true",
    "User=edusync": "User=root",
    "EnvironmentFile=": "EnvironmentFile=-",
}
"""What this machine has in the place of a user and paths of a server."""


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed here")
def test_units_are_verified_by_systemd(tmp_path: Path) -> None:
    names = []
    for name, text in UNIT.findall(PAGE.read_text(encoding="utf-8")):
        here = text
        for there, instead in HERE.items():
            here = here.replace(there, instead)
        (tmp_path / name).write_text(here, encoding="utf-8")
        names.append(str(tmp_path / name))
    done = subprocess.run(
        ["systemd-analyze", "verify", *names], capture_output=True, text=True, check=False
    )
    assert (len(names), done.returncode, done.stderr) == (4, 0, "")


def test_the_compose_file_is_one_of_compose() -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]
    file = str(FILES / "compose.yaml")
    done = subprocess.run([*command, file], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "ok -- validation done\n")


def test_the_manifests_are_ones_of_kubernetes() -> None:
    manifests = list(YAML(typ="safe").load_all(FILES / "kubernetes.yaml"))
    assert [one["kind"] for one in manifests] == [
        "ConfigMap",
        "Deployment",
        "Deployment",
        "Service",
    ]
    for one in manifests:
        kubernetes_validate.validate(one, "1.37", strict=True)
    one["spec"]["strange"] = 1
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(one, "1.37", strict=True)


def test_projects_of_containers_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDUSYNC_STORE", "postgresql://db/edusync")
    config = next(YAML(typ="safe").load_all(FILES / "kubernetes.yaml"))["data"]["edusync.yaml"]
    for text in (config, (FILES / "edusync.yaml").read_text(encoding="utf-8")):
        (tmp_path / "edusync.yaml").write_text(text, encoding="utf-8")
        settings = load_settings(tmp_path / "edusync.yaml")
        assert (settings.queue, settings.deployed, settings.private) == (True, True, ())
        assert settings.store == "postgresql://db/edusync"
