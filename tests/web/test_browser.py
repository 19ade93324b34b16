"""The console in a real browser: with a keyboard alone, in both languages and widths, and read by
axe.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from edusync.app.authoring.demo_town import SCHOOLS
from edusync.app.console import accounts
from edusync.locale import speaking
from edusync.model import PARIS
from edusync.registry import Registry
from edusync.web.words import meaning
from tests.web.browser import NARROW, WIDE, browser, needs_chromium, serious
from tests.web.conftest import PASSWORD
from tests.web.played import Played, play

pytestmark = needs_chromium
NOW = datetime(2026, 3, 18, 15, tzinfo=PARIS)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, registry: Registry) -> Iterator[Played]:
    """Three schools that ran for two days and a morning, and their console on a socket."""
    with ExitStack() as stack:
        yield play(tmp_path_factory.mktemp("town"), registry, NOW, stack)


@pytest.fixture(scope="module")
def signed_in(town: Played, chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sign an operator in; return what the browser keeps."""
    kept = tmp_path_factory.mktemp("browser") / "state.json"
    context = chromium.new_context()
    token = accounts.invite(town.store, "operator", [], NOW)
    page = context.new_page()
    page.goto(f"{town.url}/welcome/{token}")
    page.fill("#name", "ada")
    page.fill("#password", PASSWORD)
    page.click("button.main")
    context.storage_state(path=kept)
    context.close()
    return kept


def open_page(
    chromium: Browser, kept: Path | None, language: str = "en-GB", width: int = WIDE
) -> tuple[BrowserContext, Page]:
    size = {"width": width, "height": 900}
    context = chromium.new_context(
        viewport=size,  # type: ignore[arg-type]  # a dict of two numbers
        locale=language,
        storage_state=kept,
    )
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.on("console", lambda said: pytest.fail(said.text) if said.type == "error" else None)
    return context, page


PATHS = (
    "/",
    "/to-settle",
    "/advice",
    "/people",
    "/account",
    f"/connectors/{SCHOOLS[2]}/",
    f"/connectors/{SCHOOLS[2]}/?show=all&run=all",
    f"/connectors/{SCHOOLS[2]}/why/?q=20/03",
    f"/connectors/{SCHOOLS[2]}/why/?q=7712006",
    f"/connectors/{SCHOOLS[0]}/",
    f"/connectors/{SCHOOLS[0]}/password",
)


@pytest.mark.parametrize("language", ["en-GB", "fr-FR"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_pages_fit_and_axe_finds_nothing_serious(
    town: Played, chromium: Browser, signed_in: Path, language: str, width: int
) -> None:
    context, page = open_page(chromium, signed_in, language, width)
    run = town.store.runs(SCHOOLS[2], direction="down")[-1]["id"]
    for path in (*PATHS, f"/connectors/{SCHOOLS[2]}/runs/{run}"):
        page.goto(town.url + path)
        assert page.locator("html").get_attribute("lang") == language[:2]
        wider = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wider <= 0, f"{path} is {wider} pixels wider than {width}"
        assert serious(Axe().run(page)) == [], path
    context.close()


def test_dark_pages_can_be_read(town: Played, chromium: Browser, signed_in: Path) -> None:
    context, page = open_page(chromium, signed_in)
    page.emulate_media(color_scheme="dark")
    for path in PATHS[:1] + PATHS[5:9:3]:
        page.goto(town.url + path)
        assert serious(Axe().run(page)) == [], path
    context.close()


@pytest.mark.parametrize("language", ["en-GB", "fr-FR"])
def test_why_is_answered_with_a_keyboard_alone(
    town: Played, chromium: Browser, language: str
) -> None:
    """From signing in to the reason: a school finds why a sheet is missing."""
    name = f"school {language}"
    accounts.use_link(
        town.store,
        accounts.invite(town.store, "school", [SCHOOLS[2]], NOW),
        name,
        PASSWORD,
        NOW,
    )
    context, page = open_page(chromium, None, language, NARROW)
    page.goto(town.url)
    page.keyboard.type(name)  # the first field has the focus
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/connectors/{SCHOOLS[2]}/")
    for _ in range(40):
        if page.evaluate("document.activeElement.id") == "why":
            break
        page.keyboard.press("Tab")
    page.keyboard.type("7712006")
    page.keyboard.press("Enter")
    page.wait_for_url("**/why/item?*")
    with speaking("fr" if language == "fr-FR" else "en"):
        reason = meaning("DOWN_COURSE_PROFESSOR_INVALID")
    assert reason in page.locator(".verdict").inner_text()
    steps = page.locator(".step").evaluate_all("all => all.map(one => one.className)")
    states = [one.split("is-")[1] for one in steps]
    assert states == ["passed"] * 4 + ["reason"] + ["open"] * 3
    context.close()


def test_the_skip_link_and_the_menu_work_with_keys(
    town: Played, chromium: Browser, signed_in: Path
) -> None:
    context, page = open_page(chromium, signed_in)
    page.goto(town.url)
    page.keyboard.press("Tab")
    assert page.locator(".skip").evaluate("link => link === document.activeElement")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.locator("details.menu summary").focus()
    page.keyboard.press("Enter")
    assert page.locator("details.menu .sheet").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("details.menu .sheet").is_visible()
    context.close()


def test_language_is_switched_and_kept(town: Played, chromium: Browser, signed_in: Path) -> None:
    context, page = open_page(chromium, signed_in, "en-GB")
    page.goto(f"{town.url}/to-settle")
    page.get_by_role("link", name="Français").click()
    assert page.url == f"{town.url}/to-settle"
    assert page.locator("h1").inner_text() == "À régler"
    page.goto(town.url)
    assert page.locator("h1").inner_text() == "Connecteurs"
    context.close()


def test_everything_works_without_javascript(
    town: Played, chromium: Browser, signed_in: Path
) -> None:
    context = chromium.new_context(java_script_enabled=False, storage_state=signed_in)
    page = context.new_page()
    page.goto(f"{town.url}/connectors/{SCHOOLS[1]}/")
    page.locator(".acts .menu summary").click()
    page.fill("#reason", "holidays")
    page.locator(".acts .menu button").click()
    assert "holidays" in page.locator(".head").inner_text()
    page.get_by_role("button", name="Resume").click()
    assert "holidays" not in page.locator(".head").inner_text()
    page.select_option("select[name=show]", "all")
    page.locator(".filters button").click()
    assert "show=all" in page.url
    context.close()


def test_held_deletions_are_let_through_with_a_keyboard_alone(
    town: Played, chromium: Browser, signed_in: Path
) -> None:
    context, page = open_page(chromium, signed_in, "fr-FR")
    page.goto(f"{town.url}/to-settle")
    lets_through = page.get_by_role("button", name="Laisser passer ce plan précis")
    for _ in range(100):
        page.keyboard.press("Tab")
        if lets_through.evaluate("one => one === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.locator(".said").first.wait_for()
    assert "Il est lancé." in page.locator("main").inner_text()
    assert town.console.jobs.wait(60)
    page.goto(f"{town.url}/to-settle")
    page.locator("main").wait_for()
    assert page.get_by_role("button", name="Laisser passer ce plan précis").count() == 0
    context.close()


@pytest.mark.parametrize(("language", "keep"), [("en-GB", "Keep"), ("fr-FR", "Conserver")])
def test_a_reason_is_chosen_in_the_browser(
    town: Played, chromium: Browser, signed_in: Path, language: str, keep: str
) -> None:
    """From the list of both sides to the connector file, once in each language."""
    context, page = open_page(chromium, signed_in, language, NARROW)
    page.goto(f"{town.url}/connectors/{SCHOOLS[2]}/reasons")
    line = page.locator(".line").first
    line.wait_for(timeout=60_000)  # the page looks again until both sides are read
    assert serious(Axe().run(page)) == []
    theirs = line.locator("strong").inner_text()
    ours = line.locator("option").nth(1).inner_text()
    line.locator("select").select_option(ours)
    line.get_by_role("button", name=keep).click()
    page.locator(".said").wait_for()
    assert theirs not in page.locator(".card").inner_text()
    file = town.console.fleet.files()[SCHOOLS[2]]
    assert f"{theirs}: {ours}" in file.read_text(encoding="utf-8").replace("'", "").replace('"', "")
    context.close()
