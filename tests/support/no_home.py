"""No test reads or writes what the person who runs it keeps: the store and caches in their folders.

`edusync` without `--state` uses the store of whoever is signed in. In a run of the tests that is a
folder of the run's own, which goes with it.
"""

from __future__ import annotations

import os
import shutil
import tempfile

import pytest

FOLDERS = ("XDG_DATA_HOME", "XDG_CACHE_HOME")
_made = pytest.StashKey[str]()


def pytest_configure(config: pytest.Config) -> None:
    """Let the folders of a person be empty ones."""
    config.stash[_made] = tempfile.mkdtemp(prefix="edusync-home-")
    for name in FOLDERS:
        os.environ[name] = f"{config.stash[_made]}/{name.lower()}"


def pytest_unconfigure(config: pytest.Config) -> None:
    """Take them away."""
    shutil.rmtree(config.stash[_made], ignore_errors=True)
