"""The servers of the command line: the sandbox alone, an ERP alone, and a demo that stays."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests


@contextmanager
def running(until: str, *arguments: str, cwd: Path) -> Iterator[str]:
    """Run a command until it has said something; yield what it said, then interrupt it as a person
    would.
    """
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "edusync", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=cwd,
    ) as process:
        assert process.stdout is not None
        said = ""
        for line in process.stdout:
            said += line
            if until in line:
                break
        try:
            yield said
        finally:
            process.send_signal(signal.SIGINT)
            process.stdout.read()
            assert process.wait(timeout=20) == 0


def address(said: str, before: str) -> str:
    match = re.search(before + r".*?(http://127\.0\.0\.1:\d+)", said)
    assert match is not None, said
    return match.group(1)


def test_edusign_sandbox_serves_alone_and_can_be_played_with(tmp_path: Path) -> None:
    with running("Ctrl-C", "sandbox", "edusign", "--file", "book.json", cwd=tmp_path) as said:
        base, key = address(said, "Edusign sandbox"), {"Authorization": "Bearer sandbox-key"}
        professor = {"professor": {"FIRSTNAME": "A", "LASTNAME": "B", "EMAIL": "a@ecole.test"}}
        made = requests.post(f"{base}/v1/professor", json=professor, headers=key, timeout=5).json()[
            "result"
        ]["ID"]
        sheet = requests.post(
            f"{base}/_sandbox/course",
            json={
                "NAME": "N",
                "START": "2026-03-17T08:00:00Z",
                "END": "2026-03-17T09:00:00Z",
                "PROFESSOR": made,
            },
            timeout=5,
        ).json()["ID"]
        assert requests.post(
            f"{base}/_sandbox/course/{sheet}/professor-sign", timeout=5
        ).json() == {"signed": 1}
        assert requests.post(f"{base}/_sandbox/course/{sheet}/lock", timeout=5).json() == {
            "locked": 1
        }
        assert (
            requests.post(f"{base}/_sandbox/faults", json={"kind": "502"}, timeout=5).json()[
                "faults"
            ][0]["kind"]
            == "502"
        )
        assert requests.get(f"{base}/v1/school", headers=key, timeout=5).status_code == 502
        assert (
            requests.get(f"{base}/v1/course/{sheet}", headers=key, timeout=5).json()["result"][
                "LOCKED"
            ]
            == 1
        )
        assert "Edusign sandbox" in requests.get(f"{base}/_sandbox/", timeout=5).text
        assert len(requests.get(f"{base}/_sandbox/requests", timeout=5).json()["requests"]) == 3
    assert (tmp_path / "book.json").is_file()


@pytest.mark.parametrize(
    ("erp", "path", "headers"),
    [
        ("ypareo", "/index.php/r/v1/sites", {"X-Auth-Token": "sandbox-token"}),
        ("ammon", "/api/v1/structures", {"X-Auth-Token": "sandbox-token"}),
    ],
)
def test_erp_simulator_serves_alone_and_refuses_strangers(
    tmp_path: Path, erp: str, path: str, headers: dict[str, str]
) -> None:
    with running("Ctrl-C", "sandbox", erp, cwd=tmp_path) as said:
        base = address(said, f"{erp} simulator")
        assert requests.get(base + path, timeout=5).status_code == 401
        assert requests.get(base + path, headers=headers, timeout=5).status_code == (
            200 if erp == "ypareo" else 401
        )


def test_ypareo_simulator_speaks_four_date_styles_and_refuses_the_wrong_one(tmp_path: Path) -> None:
    key = {"X-Auth-Token": "sandbox-token"}
    with running("Ctrl-C", "sandbox", "ypareo", "--at", "2026-03-16", cwd=tmp_path) as said:
        base = address(said, "ypareo simulator") + "/index.php/r/v1"
        (absence,) = (
            requests.get(f"{base}/absences/15-03-2026/16-03-2026", headers=key, timeout=5)
            .json()
            .values()
        )
        (course,) = requests.get(
            f"{base}/planning/15-03-2026/15-03-2026/groupes/1201", headers=key, timeout=5
        ).json()["cours"]
        assert (absence["dateDeb"], absence["heureDeb"], course["heureDebut"]) == (
            "15/03/2026",
            510,
            "08:30:00",
        )
        assert [
            requests.get(
                f"{base}/{path}/2026-03-15/2026-03-16{rest}", headers=key, timeout=5
            ).status_code
            for path, rest in (("planning", "/groupes/1201"), ("absences", ""))
        ] == [400, 400]
        assert (
            requests.get(
                f"{base}/planning/15-03-2026/16-03-2026/groupes", headers=key, timeout=5
            ).status_code
            == 504
        )


def test_demo_can_stay(tmp_path: Path) -> None:
    with running("The servers run", "demo", "--erp", "ypareo", "--keep", cwd=tmp_path) as said:
        state = requests.get(address(said, "look at Edusign") + "/_sandbox/state", timeout=5).json()
        assert {row["API_TYPE"] for row in state["courses"]} == {"ypareo"}
