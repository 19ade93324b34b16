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

    from edusync.app.setup.asked import Asked, Group
    from edusync.app.setup.offers import Offered
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
    def questions(self) -> Sequence[Asked]:
        """The questions, in their order."""
        return self.group.questions

    def offers(self, asked: Asked) -> Sequence[Offered] | None:
        """Return what can be chosen; None while it is read."""
        if not asked.has_offers or asked.key in self.unread:
            return ()
        if asked.key not in self._offers:
            try:
                self._offers[asked.key] = here().setups.offers(self.setup, asked)
            except EdusyncError as error:
                self.unread[asked.key] = error
                return ()
        return self._offers[asked.key]

    @property
    def is_whole(self) -> bool:
        """Whether every question of the page is known."""
        return not self.is_reading and self.unreadable is None

    def text(self, asked: Asked) -> str:
        """Return what stands in a field: what was typed, else the answer; never a secret."""
        if asked.key in self.typed:
            return in_text(self.typed[asked.key])
        return "" if asked.kind == "secret" else in_text(asked.value)

    def pairs(self, offers: Sequence[Offered]) -> list[tuple[str, str]]:
        """Return what can be chosen, each with how it reads."""
        return [(one.value, one.label) for one in offers]

    def others(self, asked: Asked) -> str:
        """Return the entries of an answer that the ERP does not offer."""
        known = {one.value for one in self.offers(asked) or ()}
        return ", ".join(one for one in as_entries(asked.value) if one not in known)

    def chosen(self, asked: Asked) -> list[str]:
        """Return the entries of an answer."""
        return as_entries(asked.value)

    def take(self, said: MultiDict[str, str]) -> None:
        """Take every answer of a page; what is none is among the problems."""
        shown = set(said.getlist("asked"))
        for asked in self.questions:
            if asked.key not in shown:
                continue
            given = _given(asked, said)
            try:
                self.setup.answer(asked, given)
            except NotAnAnswer as problem:
                self.problems[asked.key] = str(problem)
                if asked.kind != "secret":
                    self.typed[asked.key] = given

    def first_new(self, said: MultiDict[str, str]) -> Asked | None:
        """Return the first question that was not on the page, and that an answer has led to."""
        shown = set(said.getlist("asked"))
        return next((one for one in self.questions if one.key not in shown), None)


def field_id(asked: Asked) -> str:
    """Return the id of the field of a question."""
    return re.sub(r"[^A-Za-z0-9_-]", "-", asked.key)


def _given(asked: Asked, said: MultiDict[str, str]) -> Any:
    """Return what was answered: ticked entries, and those that were typed beside them."""
    ticked, typed = said.getlist(asked.key), said.get(f"{asked.key}.more", "").strip()
    if asked.kind == "slots":
        return next((one for one in asked.values if one in ticked), ticked[0] if ticked else "")
    if asked.kind == "pairs":
        return "\n".join([*ticked, *([typed] if typed else [])])
    if asked.kind == "entries":
        return typed if len(by_account(typed)) > 1 else [*ticked, *listed(typed)]
    return typed or (ticked[0] if ticked else "")
