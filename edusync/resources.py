"""The files that travel with edusync: specs and schemas, from the wheel or from a checkout."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from edusync.errors import InstallationError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


def bundled(kind: Literal["specs", "schemas"]) -> Traversable:
    """Return the folder of files shipped with edusync."""
    checkout = Path(__file__).parent.parent / kind
    if checkout.is_dir() and (checkout.parent / "pyproject.toml").is_file():
        return checkout
    packaged = files("edusync") / "_bundled" / kind
    if packaged.is_dir():
        return packaged
    raise InstallationError(
        "RUN_UNEXPECTED", f"edusync was installed without its {kind}", "install it again"
    )
