"""Somebody at a browser who sets a school up: with a mouse, or with a keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page

from edusync.app.runs.moment import Moment
from edusync.app.setup.pasted import as_entries, in_text
from edusync.app.setup.prompt import Prompt
from edusync.app.setup.setup import Setup, Tools
from edusync.web.console import Console
from tests.setup.school import School

_PAGES = 30
"""More pages than any setup has."""
_TABS = 120
LOOK_AT = Callable[[Page, str], None]


class Hands(Protocol):
    """How somebody uses a page."""

    def fill(self, field: Locator, text: str) -> None:
        """Write into a field."""

    def tick(self, box: Locator) -> None:
        """Choose a box or a button of a group."""

    def pick(self, field: Locator, value: str) -> None:
        """Choose from a list."""

    def press(self, button: Locator) -> None:
        """Press a button."""


class Mouse:
    """The hands of somebody who clicks."""

    def fill(self, field: Locator, text: str) -> None:
        field.fill(text)

    def tick(self, box: Locator) -> None:
        box.check()

    def pick(self, field: Locator, value: str) -> None:
        field.select_option(value)

    def press(self, button: Locator) -> None:
        button.click()


@dataclass
class Keyboard:
    """The hands of somebody who has no mouse: Tab, arrows, Space and Enter."""

    page: Page

    def fill(self, field: Locator, text: str) -> None:
        self._go_to(field)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.press("Delete")
        self.page.keyboard.type(text)

    def tick(self, box: Locator) -> None:
        if box.is_checked():
            return
        name = box.get_attribute("name")
        if box.get_attribute("type") == "checkbox":
            self._go_to(box)
            self.page.keyboard.press("Space")
            return
        group = self.page.locator(f'[name="{name}"]')
        self._go_to(group.and_(self.page.locator(":checked")) if _chosen(group) else group.first)
        if not box.evaluate("one => one === document.activeElement"):
            for _ in range(group.count()):
                self.page.keyboard.press("ArrowDown")
                if box.is_checked():
                    return
        self.page.keyboard.press("Space")

    def pick(self, field: Locator, value: str) -> None:
        self._go_to(field)
        values = field.locator("option").evaluate_all("all => all.map(one => one.value)")
        self.page.keyboard.press("Home")
        for _ in range(values.index(value)):
            self.page.keyboard.press("ArrowDown")

    def press(self, button: Locator) -> None:
        self._go_to(button)
        self.page.keyboard.press("Enter")

    def _go_to(self, wanted: Locator) -> None:
        for _ in range(_TABS):
            if wanted.evaluate("one => one === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not lead to {wanted}")


def _chosen(group: Locator) -> bool:
    return bool(group.evaluate_all("all => all.some(one => one.checked)"))


@dataclass
class Desk:
    """A page of the console, on which a connector is set up with a school's answers."""

    page: Page
    console: Console
    name: str
    school: School
    hands: Hands
    look_at: LOOK_AT = lambda _page, _stage: None
    """Called on every page that is shown."""

    def set_up(self) -> list[str]:
        """Go from the first page to the connector's; return the pages that were gone through."""
        seen = [self._begin()]
        for _ in range(_PAGES):
            stage = self._stage()
            if not stage:
                return seen
            self._wait_for_both_sides()
            self.look_at(self.page, stage)
            self._answer(stage)
            self._go_on()
            seen.append(stage)
        raise AssertionError(seen)

    def _begin(self) -> str:
        self.look_at(self.page, "first")
        self.hands.fill(self.page.locator("#name"), self.name)
        self.hands.tick(self.page.locator(f'[name=erp][value="{self.school.erp}"]'))
        self._go_on()
        return "first"

    def _go_on(self) -> None:
        with self.page.expect_navigation():
            self.hands.press(self.page.locator("main button.main"))

    def _stage(self) -> str:
        """Return the page of the setup that is shown; nothing when it has ended."""
        first, *rest = urlsplit(self.page.url).path.strip("/").split("/")
        return rest[1] if first == "setup" else ""

    def _wait_for_both_sides(self) -> None:
        """Wait until the page has stopped looking again by itself."""
        self.page.locator(".busy").first.wait_for(state="detached", timeout=60_000)

    def _answer(self, stage: str) -> None:
        groups = {group.name: group.questions for group in self._setup().groups()}
        shown = self.page.locator('input[name="asked"]').evaluate_all(
            "all => all.map(one => one.value)"
        )
        for asked in groups.get(stage, ()):
            if asked.key in shown:
                self._say(asked, self.school.says(asked))

    def _say(self, asked: Prompt, said: Any) -> None:
        field = self.page.locator(f'[name="{asked.key}"]')
        if asked.kind in {"gate", "boolean"}:
            value = "yes" if said else "no"
            self.hands.tick(self.page.locator(f'[name="{asked.key}"][value={value}]'))
        elif said is None:
            return
        elif asked.kind in {"entries", "pairs"}:
            self._choose(asked, as_entries(said))
        elif field.first.evaluate("one => one.tagName") == "SELECT":
            self._pick(field, in_text(said))
        else:
            self.hands.fill(field, in_text(said))

    def _pick(self, field: Locator, said: str) -> None:
        """Choose what is said, or what reads as if it were."""
        choices = field.locator("option").evaluate_all(
            "all => all.map(one => [one.value, one.text])"
        )
        found = [value for value, words in choices if said in {value, *words.split(" · ")}]
        self.hands.pick(field, found[0])

    def _choose(self, asked: Prompt, entries: list[str]) -> None:
        """Tick what the ERP offers, and type the rest."""
        typed = []
        for entry in entries:
            box = self.page.locator(f'[name="{asked.key}"][value="{entry}"]')
            if box.count():
                self.hands.tick(box)
            else:
                typed.append(entry)
        if typed:
            self.hands.fill(self.page.locator(f'[name="{asked.key}.more"]'), "\n".join(typed))

    def _setup(self) -> Setup:
        console = self.console
        fleet, now = console.fleet, Moment(console.now())
        return Setup.open(Tools(fleet.project, fleet.registry, console.store, now), self.name)
