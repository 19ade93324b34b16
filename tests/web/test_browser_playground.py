"""The playground as an integrator works in it, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from edusync.app.console import accounts
from edusync.app.console.playground import Playground
from edusync.app.runner.web import listening
from edusync.registry import Registry
from tests.web.browser import NARROW, WIDE, browser, needs_chromium, serious
from tests.web.conftest import PASSWORD, Site

pytestmark = needs_chromium
SOON = 60_000
"""Milliseconds; a machine that does much else takes its time."""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def playground() -> Iterator[Playground]:
    with closing(Playground(60)) as one:
        yield one


@pytest.fixture
def page(
    tmp_path: Path, registry: Registry, chromium: Browser, playground: Playground
) -> Iterator[Page]:
    """An operator before the playground, with a spec that nobody saved yet."""
    with ExitStack() as stack:
        site = Site(tmp_path, registry)
        stack.callback(site.store.close)
        vars(site.console)["playground"] = playground
        stack.callback(site.console.jobs.close)
        url = stack.enter_context(listening(site.app, ("127.0.0.1", 0)))
        context = chromium.new_context(
            viewport={"width": WIDE, "height": 900}, locale="en-GB", base_url=url
        )
        stack.callback(context.close)
        page = context.new_page()
        page.set_default_timeout(SOON)
        page.on("pageerror", lambda error: pytest.fail(str(error)))
        token = accounts.invite(site.store, "operator", [], site.clock.now)
        page.goto(f"/welcome/{token}")
        page.fill("#name", "ada")
        page.fill("#password", PASSWORD)
        page.click("button.main")
        page.goto("/playground")
        expect(page.locator("#shown")).to_contain_text("1 sheet on Edusign", timeout=SOON)
        yield page


def retype(page: Page, old: str, new: str) -> None:
    """Select a word of the spec, and type another one, key by key."""
    start = page.input_value("#text").index(old)
    page.evaluate(
        "([start, end]) => { const text = document.getElementById('text'); text.focus();"
        " text.setSelectionRange(start, end); }",
        [start, start + len(old)],
    )
    page.keyboard.type(new)


def test_a_mistake_is_seen_while_it_is_typed_and_a_row_once_it_is_mended(page: Page) -> None:
    shown, gutter = page.locator("#shown"), page.locator(".gutter div")
    retype(page, "last_name: name", "last_nam: name")
    expect(shown).to_contain_text("unknown key 'last_nam'", timeout=SOON)
    expect(gutter.nth(35)).to_have_class(re.compile("has-finding is-error"))
    expect(shown).not_to_contain_text("sheet on Edusign")
    retype(page, "last_nam: name", "last_name: first")
    expect(shown.locator("a.value", has_text=re.compile("^Anne$"))).to_have_count(2, timeout=SOON)
    retype(page, "row.state == 'cancelled'", "row.state == 'lost'")
    expect(shown).to_contain_text("2 sheets on Edusign", timeout=SOON)
    expect(shown.get_by_role("cell", name="Law").first).to_be_visible()


def test_a_value_leads_to_its_line_and_a_line_to_its_values(page: Page) -> None:
    shown, gutter = page.locator("#shown"), page.locator(".gutter div")
    shown.locator("a.value", has_text=re.compile("^Moreau$")).click()
    lines = page.input_value("#text").splitlines()
    line = lines.index("    last_name: name")
    expect(page.locator(".gutter .lit")).to_have_text(str(line + 1))
    expect(gutter.nth(line)).to_be_in_viewport()
    other = lines.index("    first_name: first")
    retype(page, lines[other], lines[other])
    expect(page.locator(".gutter .lit")).to_have_text(str(other + 1))
    expect(shown.locator("a.value.lit")).to_have_text(["Anne"])
    expect(shown.locator("th.lit")).to_contain_text("first")


def test_lines_are_coloured_by_what_the_case_shows(page: Page) -> None:
    retype(page, "row.state == 'cancelled'", "row.state == 'lost'")
    line = (
        page.input_value("#text")
        .splitlines()
        .index("    drop: {DOWN_COURSE_CANCELLED: row.state == 'lost'}")
    )
    expect(page.locator(".gutter div").nth(line)).to_have_class("is-part lit", timeout=SOON)


def test_what_is_pasted_is_played_and_what_was_closed_stays_closed(page: Page) -> None:
    page.locator("[data-part=sheets] summary").click()
    answers = page.input_value("#answers").replace("name: Moreau", "name: Martin")
    page.fill("#answers", answers)
    expect(page.locator("#shown a.value", has_text=re.compile("^Martin$"))).to_be_visible(
        timeout=SOON
    )
    expect(page.locator("[data-part=sheets] table")).to_be_hidden()


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_nothing_is_wider_than_the_window_and_axe_finds_nothing(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert serious(Axe().run(page)) == []


def test_without_scripts_the_button_does_the_same(page: Page, chromium: Browser) -> None:
    context = chromium.new_context(
        java_script_enabled=False,
        storage_state=page.context.storage_state(),
        locale="en-GB",
    )
    plain = context.new_page()
    plain.goto(page.url)
    plain.get_by_role("button", name="Play", exact=True).click(timeout=SOON)
    plain.locator("a.value", has_text=re.compile("^Moreau$")).click()
    expect(plain.locator(".listing li:target")).to_contain_text("last_name: name")
    context.close()
