"""Take the pictures of the documents: `just screenshots`, or `python -m tests.web.screenshots`."""

from __future__ import annotations

import sys
import tempfile
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser

from edusync.app.authoring.demo_town import SCHOOLS
from edusync.app.console import accounts
from edusync.model import PARIS
from edusync.plugins import load_registry
from tests.web.browser import NARROW, WIDE, browser
from tests.web.conftest import PASSWORD
from tests.web.played import Played, play

NOW = datetime(2026, 3, 18, 15, tzinfo=PARIS)
FOLDER = Path(__file__).parents[2] / "docs" / "images"


class Picture(NamedTuple):
    """One picture: what it shows, in which language, how wide and how high."""

    name: str
    path: str
    language: str = "en-GB"
    width: int = WIDE
    height: int = 800
    scheme: str = "light"
    role: str = "operator"


_WHY = f"/connectors/{SCHOOLS[2]}/why/?q=7712006"
PICTURES = (
    Picture("overview", "/", height=460),
    Picture("overview-dark", "/", "fr-FR", height=460, scheme="dark"),
    Picture("connector", f"/connectors/{SCHOOLS[2]}/", height=1000),
    Picture("to-settle", "/to-settle", height=480),
    Picture("people", "/people", height=640),
    Picture("connecteur", f"/connectors/{SCHOOLS[2]}/", "fr-FR", height=1000, role="school"),
    Picture("pourquoi", _WHY, "fr-FR", height=980, role="school"),
    Picture(
        "pourquoi-telephone",
        _WHY,
        "fr-FR",
        NARROW,
        760,
        role="school",
    ),
    Picture("why", _WHY, height=980, role="school"),
)


def main() -> None:
    """Play the town, and take every picture of it."""
    FOLDER.mkdir(exist_ok=True)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        town = play(folder, load_registry(), NOW, stack)
        opened = stack.enter_context(browser())
        kept = {"operator": folder / "operator.json", "school": folder / "school.json"}
        _sign_in(town, opened, "operator", kept["operator"])
        _sign_in(town, opened, "school", kept["school"])
        for picture in PICTURES:
            _take(town, opened, kept[picture.role], picture)
            sys.stdout.write(f"docs/images/{picture.name}.png\n")


def _sign_in(town: Played, opened: Browser, role: str, kept: Path) -> None:
    connectors = [SCHOOLS[2]] if role == "school" else []
    token = accounts.invite(town.store, role, connectors, NOW)
    context = opened.new_context()
    page = context.new_page()
    page.goto(f"{town.url}/welcome/{token}")
    page.fill("#name", "ada" if role == "operator" else "scolarite")
    page.fill("#password", PASSWORD)
    page.click("button.main")
    context.storage_state(path=kept)
    context.close()


def _take(town: Played, opened: Browser, kept: Path, picture: Picture) -> None:
    context = opened.new_context(
        viewport={"width": picture.width, "height": picture.height},
        device_scale_factor=1.5,
        locale=picture.language,
        color_scheme="dark" if picture.scheme == "dark" else "light",
        storage_state=kept,
    )
    page = context.new_page()
    page.goto(town.url + picture.path)
    page.screenshot(path=FOLDER / f"{picture.name}.png")
    context.close()


if __name__ == "__main__":
    main()
