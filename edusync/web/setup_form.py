"""A page of a setup as a form: how each answer is read, and what is wrong with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from edusync.app.setup.answering import NotAnAnswer
from edusync.app.setup.pasted import as_entries, by_account, in_text, listed
from edusync.errors import EdusyncError
from edusync.web.console import here

if TYPE_CHECKING:
    from collections.abc import Sequence

    from werkzeug.datastructures import MultiDict

    from edusync.app.setup.offers import Offered
    from edusync.app.setup.prompt import Group, Prompt
    from edusync.app.setup.setup import Setup


class Form:
    """The questions of one page."""

    def __init__(
        self,
        setup: Setup,
        group: Group,
        *,
        is_reading: bool = False,
        unreadable: EdusyncError | None = None,
    ) -> None:
        self.setup, self.group = setup, group
        self.is_reading, self.unreadable = is_reading, unreadable
        """Whether the questions themselves are still read of both sides, or cannot be."""
        self.problems: dict[str, str] = {}
        """What is wrong with an answer, by its question."""
        self.typed: dict[str, Any] = {}
        """What was typed and is no answer."""
        self._offers: dict[str, Sequence[Offered] | None] = {}
        self.unread: dict[str, EdusyncError] = {}
        """Why the ERP could not be read for a question."""

    @property
    def questions(self) -> Sequence[Prompt]:
        """The questions, in their order."""
        return self.group.questions

    def offers(self, prompt: Prompt) -> Sequence[Offered] | None:
        """Return what can be chosen; None while it is read."""
        if not prompt.has_offers or prompt.key in self.unread:
            return ()
        if prompt.key not in self._offers:
            try:
                self._offers[prompt.key] = here().setups.offers(self.setup, prompt)
            except EdusyncError as error:
                self.unread[prompt.key] = error
                return ()
        return self._offers[prompt.key]

    @property
    def is_whole(self) -> bool:
        """Whether every question of the page is known."""
        return not self.is_reading and self.unreadable is None

    def text(self, prompt: Prompt) -> str:
        """Return what stands in a field: what was typed, else the answer; never a secret."""
        if prompt.key in self.typed:
            return in_text(self.typed[prompt.key])
        return "" if prompt.kind == "secret" else in_text(prompt.value)

    def pairs(self, offers: Sequence[Offered]) -> list[tuple[str, str]]:
        """Return what can be chosen, each with how it reads."""
        return [(one.value, one.label) for one in offers]

    def others(self, prompt: Prompt) -> str:
        """Return the entries of an answer that the ERP does not offer."""
        known = {one.value for one in self.offers(prompt) or ()}
        return ", ".join(one for one in as_entries(prompt.value) if one not in known)

    def chosen(self, prompt: Prompt) -> list[str]:
        """Return the entries of an answer."""
        return as_entries(prompt.value)

    def take(self, form: MultiDict[str, str]) -> None:
        """Take every answer of a page; what is none is among the problems."""
        shown = set(form.getlist("asked"))
        for prompt in self.questions:
            if prompt.key not in shown:
                continue
            answer = _answer_in(prompt, form)
            try:
                self.setup.answer(prompt, answer)
            except NotAnAnswer as problem:
                self.problems[prompt.key] = str(problem)
                if prompt.kind != "secret":
                    self.typed[prompt.key] = answer

    def first_new(self, form: MultiDict[str, str]) -> Prompt | None:
        """Return the first question that was not on the page, and that an answer has led to."""
        shown = set(form.getlist("asked"))
        return next((one for one in self.questions if one.key not in shown), None)


def field_id(prompt: Prompt) -> str:
    """Return the id of the field of a question."""
    return re.sub(r"[^A-Za-z0-9_-]", "-", prompt.key)


def _answer_in(prompt: Prompt, form: MultiDict[str, str]) -> Any:
    """Return what was answered: ticked entries, and those that were typed beside them."""
    ticked, typed = form.getlist(prompt.key), form.get(f"{prompt.key}.more", "").strip()
    if prompt.kind == "slots":
        return next((one for one in prompt.values if one in ticked), ticked[0] if ticked else "")
    if prompt.kind == "pairs":
        return "\n".join([*ticked, *([typed] if typed else [])])
    if prompt.kind == "entries":
        return typed if len(by_account(typed)) > 1 else [*ticked, *listed(typed)]
    return typed or (ticked[0] if ticked else "")
