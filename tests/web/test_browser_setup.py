"""A school is set up in a real browser, for every ERP against its sandbox, and run from there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from edusync.app.console import accounts
from edusync.app.runner.web import listening
from edusync.registry import Registry
from edusync.sandbox.edusign import create_app
from edusync.sandbox.serve import serving
from tests.conftest import DAY, NOW
from tests.setup.school import School
from tests.web.browser import NARROW, WIDE, browser, needs_chromium, serious
from tests.web.conftest import PASSWORD, Site
from tests.web.setting_up import Desk, Keyboard, Mouse
from tests.web.test_actions import Ticking

pytestmark = needs_chromium


@dataclass
class Served:
    """A console on a socket, and what the browser of its operator keeps."""

    site: Site
    url: str
    kept: Path


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def served(
    tmp_path_factory: pytest.TempPathFactory, registry: Registry, chromium: Browser
) -> Iterator[Served]:
    with ExitStack() as stack:
        site = Site(tmp_path_factory.mktemp("project"), registry, Ticking(NOW))
        stack.callback(site.store.close)
        stack.callback(site.console.jobs.close)
        url = stack.enter_context(listening(site.app, ("127.0.0.1", 0)))
        kept = tmp_path_factory.mktemp("browser") / "state.json"
        context = chromium.new_context()
        page = context.new_page()
        page.goto(f"{url}/welcome/{accounts.invite(site.store, 'operator', [], NOW)}")
        page.fill("#name", "ada")
        page.fill("#password", PASSWORD)
        page.click("button.main")
        context.storage_state(path=kept)
        context.close()
        yield Served(site, url, kept)


@pytest.fixture
def school(registry: Registry) -> Iterator[Any]:
    with ExitStack() as stack:

        def start(erp: str) -> School:
            edusign = stack.enter_context(serving(create_app(per_minute=1_000_000)))
            simulation: Any = registry.simulators[erp].thing.start(DAY)
            url = stack.enter_context(serving(simulation.door()))
            return School(erp, simulation.answers(url), edusign)

        yield start


def open_page(chromium: Browser, kept: Path | None, language: str, width: int) -> Page:
    context = chromium.new_context(
        viewport={"width": width, "height": 900},
        locale=f"{language}-{'GB' if language == 'en' else 'FR'}",
        storage_state=kept,
    )
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    return page


def fits_and_reads(page: Page, stage: str) -> None:
    """Look at a page of a setup as axe does, and whether it is wider than the screen."""
    wider = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert wider <= 0, f"{stage} is {wider} pixels too wide"
    assert serious(Axe().run(page)) == [], stage


SCHOOLS = [
    ("adesoft", "fr", WIDE),
    ("aimaira", "en", NARROW),
    ("ammon", "fr", NARROW),
    ("aurion", "en", WIDE),
    ("fca", "fr", WIDE),
    ("hyperplanning", "en", NARROW),
    ("scform", "fr", NARROW),
    ("ypareo", "en", WIDE),
    ("ypareo", "fr", NARROW),
]
"""Every ERP once, in one of both languages and on one of both screens, and one in both."""
RUN = {"en": "Run now", "fr": "Lancer maintenant"}


@pytest.mark.parametrize(("erp", "language", "width"), SCHOOLS)
def test_a_school_is_set_up_and_run(
    erp: str, language: str, width: int, served: Served, chromium: Browser, school: Any
) -> None:
    page = open_page(chromium, served.kept, language, width)
    page.goto(f"{served.url}/setup")
    name = f"{erp}-{language}"
    desk = Desk(page, served.site.console, name, school(erp), Mouse(), fits_and_reads)
    seen = desk.set_up()
    assert {"first", "connection", "accounts", "plan", "schedule"} <= set(seen)
    assert page.url == f"{served.url}/connectors/{name}/"
    assert page.locator("html").get_attribute("lang") == language
    page.get_by_role("button", name=RUN[language]).click()
    assert served.site.console.jobs.wait(60)
    runs = {one["direction"]: one["status"] for one in served.site.store.runs(name)}
    assert runs == {"down": "success", "up": "success"}
    page.reload()
    assert re.search(r"\d+ (new|ajout)", page.locator(".facts").inner_text())
    page.context.close()


@pytest.mark.parametrize(("language", "width"), [("en", WIDE), ("fr", NARROW)])
def test_a_school_is_set_up_with_a_keyboard_alone(
    served: Served, chromium: Browser, school: Any, language: str, width: int
) -> None:
    page = open_page(chromium, served.kept, language, width)
    page.goto(f"{served.url}/setup")
    name = f"keys-{language}"
    Desk(page, served.site.console, name, school("ypareo"), Keyboard(page)).set_up()
    assert page.url == f"{served.url}/connectors/{name}/"
    assert page.locator("html").get_attribute("lang") == language
    page.context.close()


@pytest.mark.parametrize(("language", "width"), [("en", WIDE), ("fr", NARROW)])
def test_pages_of_accounts_fit_and_read(
    served: Served, chromium: Browser, language: str, width: int
) -> None:
    """With mail and a provider: what somebody who is signed in sees, and who is not."""
    for kept, paths in (
        (served.kept, ("/account", "/people", "/connectors/hugo/", "/setup")),
        (None, ("/sign-in", "/forgotten", "/welcome/x")),
    ):
        page = open_page(chromium, kept, language, width)
        for path in paths:
            page.goto(served.url + path)
            assert page.locator("html").get_attribute("lang") == language
            fits_and_reads(page, path)
        page.context.close()


def test_a_link_for_a_forgotten_password_is_asked_for(served: Served, chromium: Browser) -> None:
    page = open_page(chromium, None, "fr", NARROW)
    page.goto(f"{served.url}/sign-in")
    page.get_by_role("link", name="Mot de passe oublié").click()
    page.keyboard.type("nobody")  # the field has the focus
    page.keyboard.press("Enter")
    page.locator(".said").wait_for()
    assert "un lien lui est envoyé" in page.locator(".said").inner_text()
    page.context.close()
