"""Take the pictures of the documents: `just screenshots`, or those that are named."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Collection
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Browser, BrowserContext, Page

from edusync.app.authoring.demo_town import SCHOOLS
from edusync.app.console import accounts
from edusync.model import PARIS
from edusync.plugins import load_registry
from edusync.sandbox.edusign import create_app
from edusync.sandbox.serve import serving
from tests.setup.school import School
from tests.web.browser import NARROW, WIDE, browser
from tests.web.conftest import PASSWORD
from tests.web.played import Played, play
from tests.web.setting_up import Desk, Mouse

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
    Picture("playground", "/playground?spec=ypareo", width=1440, height=860),
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
_ATTENDANCE = f"/connectors/{SCHOOLS[2]}/attendance"
ATTENDANCE = (
    Picture("attendance", _ATTENDANCE, height=820),
    Picture("presences", _ATTENDANCE, "fr-FR", height=820, role="school"),
)
"""The attendance of a week, compared by the button of the page."""
SET_UP = "ypareo"
SETUP = (
    (Picture("setup-scope", "/setup", height=740), "lycee-camus", "scope"),
    (Picture("setup-plan", "/setup", height=860), "lycee-curie", "plan"),
    (Picture("mise-en-place-telephone", "/setup", "fr-FR", NARROW, 860), "lycee-monod", "scope"),
)
"""Pages of a setup, each taken of a setup of its own."""


def main(names: Collection[str] = ()) -> None:
    """Play the town, and take every picture of it, or those that are named."""
    FOLDER.mkdir(exist_ok=True)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        town = play(folder, load_registry(), NOW, stack)
        opened = stack.enter_context(browser())
        kept = {"operator": folder / "operator.json", "school": folder / "school.json"}
        _sign_in(town, opened, "operator", kept["operator"])
        _sign_in(town, opened, "school", kept["school"])
        run = town.store.runs(SCHOOLS[2], direction="down")[-1]["id"]
        for picture in (*PICTURES, Picture("run", f"/connectors/{SCHOOLS[2]}/runs/{run}")):
            if names and picture.name not in names:
                continue
            context, page = _opened(opened, kept[picture.role], picture)
            page.goto(town.url + picture.path)
            if picture.name == "playground":
                page.locator("#shown a.value").nth(5).click(timeout=120_000)
            _kept(page, picture.name)
            context.close()
        for picture in ATTENDANCE:
            if names and picture.name not in names:
                continue
            context, page = _opened(opened, kept[picture.role], picture)
            page.goto(town.url + picture.path)
            page.fill("input[name=day]", f"{NOW:%Y-%m-%d}")
            page.click("form.filters button.main")
            town.console.jobs.wait(60)
            page.goto(f"{town.url}{picture.path}?show=all")
            _kept(page, picture.name)
            context.close()
        if not names:
            _set_up(town, opened, kept["operator"], stack)


def _set_up(town: Played, opened: Browser, kept: Path, stack: ExitStack) -> None:
    """Set a school up as somebody would, and take pictures of some of its pages."""
    registry = town.console.fleet.registry
    simulation: Any = registry.simulators[SET_UP].thing.start(NOW.date())
    url = stack.enter_context(serving(simulation.door()))
    edusign = stack.enter_context(serving(create_app(per_minute=1_000_000)))
    school = School(SET_UP, simulation.answers(url), edusign)
    for picture, name, stage in SETUP:
        context, page = _opened(opened, kept, picture)

        def look_at(page: Page, shown: str, picture: Picture = picture, stage: str = stage) -> None:
            if shown == stage:
                page.evaluate("scrollTo(0, 0)")
                _kept(page, picture.name)

        page.goto(town.url + picture.path)
        Desk(page, town.console, name, school, Mouse(), look_at).set_up()
        context.close()


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


def _opened(opened: Browser, kept: Path, picture: Picture) -> tuple[BrowserContext, Page]:
    context = opened.new_context(
        viewport={"width": picture.width, "height": picture.height},
        device_scale_factor=1.5,
        locale=picture.language,
        color_scheme="dark" if picture.scheme == "dark" else "light",
        storage_state=kept,
    )
    return context, context.new_page()


def _kept(page: Page, name: str) -> None:
    page.screenshot(path=FOLDER / f"{name}.png")
    sys.stdout.write(f"docs/images/{name}.png\n")


if __name__ == "__main__":
    main(sys.argv[1:])
