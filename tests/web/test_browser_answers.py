"""What a form answers, in a real browser: refused, held, done. Axe reads it, and it fits."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from edusync.app.authoring.demo_town import SCHOOLS
from edusync.app.console import accounts
from edusync.locale import speaking
from edusync.registry import Registry
from edusync.web.words import meaning
from tests.web.browser import NARROW, WIDE, browser, needs_chromium, serious
from tests.web.conftest import PASSWORD
from tests.web.played import Played, play
from tests.web.test_browser import NOW

pytestmark = needs_chromium
PICTURES = os.environ.get("EDUSYNC_TEST_PICTURES")
"""A folder for pictures of every answer, for whoever wants to look at them."""
HELD = SCHOOLS[2]
HUGO, ALL = f"/connectors/{HELD}", f"/connectors/{HELD}/"


class Answer(NamedTuple):
    """A form of a page, what is sent by it, and where the answer says what became of it."""

    page: str
    action: str
    fields: dict[str, str]
    says: str = ".said"


ANSWERS = {
    "no-name": Answer("/setup", "/setup", {"name": "no name", "erp": "ypareo"}),
    "no-erp": Answer("/setup", "/setup", {"name": "lycee-zola", "erp": ""}),
    "other": Answer("/setup", "/setup", {"name": "x", "erp": "other", "software": "Own"}, "h1"),
    "set-up": Answer("/setup", "/setup", {"name": "lycee-zola", "erp": "ypareo"}, "main form"),
    "set-up-empty": Answer("/setup/lycee-zola", "/connection", {"do": "on"}, "[aria-invalid=true]"),
    "set-up-refused": Answer(
        "/setup/lycee-zola",
        "/connection",
        {"connection.url": "http://127.0.0.1:9", "connection.apiKey": "key"},
        ".tried .is-bad, form.setup .said.error",
    ),
    "plan-too-early": Answer("/setup/lycee-zola/plan", "", {}, "main"),
    "invite-nothing": Answer("/people", "/people/invite", {"role": "school"}),
    "invite": Answer("/people", "/people/invite", {"role": "operator"}, "input.copied"),
    "old-password": Answer("/account", "/account/password", {"old": "x", "new": "x" * 12}),
    "token": Answer("/account", "/account/token", {}, "input.copied"),
    "pause-in-the-past": Answer(
        ALL, f"{HUGO}/pause", {"reason": "x", "until": "2020-01-01"}, ".said.error"
    ),
    "no-secret": Answer(f"{HUGO}/password", "/password", {"secret": " "}, ".said.error"),
    "no-reason": Answer(f"{HUGO}/reasons", "/reasons", {"theirs": "x", "ours": ""}, ".said.error"),
    "no-day": Answer(f"{HUGO}/attendance", "/attendance", {"day": "31/12/9999"}, ".said.error"),
    "stale-plan": Answer("/to-settle", "/leave", {"plan": "of last week"}, ".said.error"),
    "leave": Answer("/to-settle", "/leave", {}, ".head"),
    "approve": Answer("/to-settle", "/approve", {}),
    "no-mistakes": Answer(
        "/playground", "/playground", {"text": "edusync: 1\nx: [", "do": "look"}, ".finding"
    ),
    "no-token": Answer("/account", "/account/token", {"csrf_token": "x"}, "h1"),
    "too-long": Answer(ALL, f"{HUGO}/pause", {"reason": "x" * 5000, "until": "2026-03-20"}, "h1"),
}
"""Forms of an operator. Those of a setup come one after the other."""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, registry: Registry) -> Iterator[Played]:
    with ExitStack() as stack:
        yield play(tmp_path_factory.mktemp("town"), registry, NOW, stack)


@pytest.fixture(scope="module")
def kept(town: Played, chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("browser") / "state.json"
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{town.url}/welcome/{accounts.invite(town.store, 'operator', [], NOW)}")
    page.fill("#name", "ada")
    page.fill("#password", PASSWORD)
    page.click("button.main")
    context.storage_state(path=file)
    context.close()
    return file


def opened(chromium: Browser, state: Path | None, language: str) -> Page:
    context = chromium.new_context(
        viewport={"width": WIDE, "height": 900},
        locale="fr-FR" if language == "fr" else "en-GB",
        storage_state=state,
    )
    return context.new_page()


SEND = """([action, fields]) => {
    const form = [...document.forms].find((one) => one.method === "post"
        && new URL(one.action).pathname.endsWith(action));
    for (const [name, value] of Object.entries(fields)) {
        const known = form.elements.namedItem(name);
        if (known && "value" in known && known.type !== "radio") { known.value = value; continue; }
        const field = document.createElement("input");
        field.name = name; field.value = value; form.append(field);
        if (known) [...form.querySelectorAll(`[name="${name}"]`)].slice(0, -1)
            .forEach((one) => one.remove());
    }
    form.noValidate = true;
    HTMLFormElement.prototype.submit.call(form);
}"""


def send(page: Page, answer: Answer) -> None:
    """Send a form as somebody may whose browser checks nothing."""
    with page.expect_navigation():
        page.evaluate(SEND, [answer.action, answer.fields])


def look(page: Page, name: str, language: str) -> None:
    """Read a page with axe on both screens, and see whether it fits."""
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        wider = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{name}-{language}-{width}.png")
        assert wider <= 0, f"{name} is {wider} pixels wider than {width}"
        assert serious(Axe().run(page)) == [], (name, width)
    page.set_viewport_size({"width": WIDE, "height": 900})


def meaning_of(code: str, language: str) -> str:
    with speaking("fr" if language == "fr" else "en"):
        return meaning(code)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_answer_of_a_form_fits_and_axe_finds_nothing_serious(
    town: Played, chromium: Browser, kept: Path, language: str
) -> None:
    page = opened(chromium, kept, language)
    school = f"lycee-{language}"
    for name, always in ANSWERS.items():
        answer = always._replace(page=always.page.replace("lycee-zola", school))
        if answer.fields.get("name") == "lycee-zola":
            answer = answer._replace(fields={**answer.fields, "name": school})
        page.goto(town.url + answer.page)
        if name == "approve" and language == "en":
            continue  # what waits is left first, and let through in the other language
        if answer.action.endswith("/leave") and not page.locator("form[action$='/leave']").count():
            assert language == "fr"  # it was left in the other language
            continue
        if answer.action:
            forms = (
                f"form[action{how}']" for how in (f"$='{answer.action}", f"*='{answer.action}#")
            )
            form = page.locator(", ".join((*forms, "form:not([action])"))).first
            form.wait_for(state="attached", timeout=60_000)
            send(page, answer)
        page.locator(answer.says).first.wait_for(timeout=20_000)
        assert page.locator("html").get_attribute("lang") == language
        look(page, name, language)
        if name == "set-up-refused":
            assert page.locator(".stages .is-done").count() == 0  # nothing of it is done yet
            assert (
                meaning_of("CONN_NETWORK_BLOCKED", language) in page.locator(".tried").inner_text()
            )
        assert town.console.jobs.wait(60)
    page.context.close()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_a_stranger_is_answered_fits_and_reads(
    town: Played, chromium: Browser, language: str
) -> None:
    page = opened(chromium, None, language)
    link = f"/welcome/{accounts.invite(town.store, 'school', [HELD], NOW)}"
    answers = {
        "wrong-password": Answer("/sign-in", "/sign-in", {"name": "ada", "password": "x"}),
        "short-password": Answer(link, link, {"name": "eve", "password": "x"}),
        "taken": Answer(link, link, {"name": "ada", "password": PASSWORD}),
        "gone": Answer(link, "", {}, "main"),
        "used": Answer("/welcome/used", "", {}, "h1"),
    }
    for name, answer in answers.items():
        page.goto(town.url + answer.page)
        if answer.action:
            send(page, answer)
        page.locator(answer.says).first.wait_for(timeout=20_000)
        assert page.locator("html").get_attribute("lang") == language
        look(page, name, language)
    page.context.close()


# a keyboard alone


def reached(page: Page, selector: str) -> Any:
    """Go to something by Tab."""
    wanted = page.locator(selector).first
    wanted.wait_for()
    for _ in range(150):
        if wanted.evaluate("one => one === document.activeElement"):
            return wanted
        page.keyboard.press("Tab")
    raise AssertionError(selector)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_pausing_and_resuming_with_a_keyboard_alone(
    town: Played, chromium: Browser, kept: Path, language: str
) -> None:
    page = opened(chromium, kept, language)
    page.goto(f"{town.url}/connectors/{SCHOOLS[0]}/")
    reached(page, ".acts .menu summary")
    page.keyboard.press("Enter")
    reached(page, "#reason")
    page.keyboard.type("holidays")
    page.keyboard.press("Enter")
    page.locator("form[action$='/resume']").wait_for()
    assert "holidays" in page.locator(".head").inner_text()
    reached(page, "form[action$='/resume'] button")
    page.keyboard.press("Enter")
    page.locator("form[action$='/pause']").first.wait_for(state="attached")
    assert "holidays" not in page.locator(".head").inner_text()
    page.context.close()


def test_a_reason_is_chosen_with_a_keyboard_alone(
    town: Played, chromium: Browser, kept: Path
) -> None:
    page = opened(chromium, kept, "fr")
    page.goto(f"{town.url}{HUGO}/reasons")
    page.locator(".line select").first.wait_for(timeout=60_000)
    theirs = page.locator(".line strong").first.inner_text()
    field = reached(page, ".line select")
    page.keyboard.press("ArrowDown")
    ours = field.input_value()
    assert ours
    reached(page, ".line button")
    page.keyboard.press("Enter")
    page.locator(".said").wait_for()
    file = town.console.fleet.files()[HELD]
    text = file.read_text(encoding="utf-8").replace("'", "").replace('"', "")
    assert f"{theirs}: {ours}" in text
    page.context.close()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_why_is_it_not_there_is_two_clicks_from_the_first_page(
    town: Played, chromium: Browser, language: str
) -> None:
    """What a school does after `edusync demo --web`: it asks, and reads the reason."""
    name = f"school in {language}"
    link = accounts.invite(town.store, "school", [HELD], NOW)
    accounts.use_link(town.store, link, name, PASSWORD, NOW)
    page = opened(chromium, None, language)
    page.goto(town.url)
    page.fill("#name", name)
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{ALL}")  # its own connector, at once
    page.locator("#why").click()  # one
    page.keyboard.type("7712006")
    page.locator("form:has(#why) button").click()  # two
    page.wait_for_url("**/why/item?*")
    assert (
        meaning_of("DOWN_COURSE_PROFESSOR_INVALID", language)
        in page.locator(".verdict").inner_text()
    )
    page.context.close()
