"""What a school answers to the questions of a setup, by the answers of its simulator."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from edusync.app.setup.prompt import Prompt
from edusync.app.setup.setup import Setup


@dataclass(frozen=True)
class School:
    erp: str
    answers: Any
    edusign: str

    def says(self, asked: Prompt) -> Any:
        """Return the answer to a question; None leaves it as it is."""
        if asked.kind == "gate":
            section, _, name = str(asked.route[1]).partition(".")
            return bool(self.answers.get(section, {}).get(name))
        match asked.route:
            case ("accounts",):
                return "1"
            case (*_, "edusign", "base_url"):
                return self.edusign
            case (*_, "edusign", "api_key"):
                return "sandbox-key"
            case (*_, str(section), str(name)):
                found = self.answers.get(section, {}).get(name)
                return False if found is None and asked.kind == "boolean" else found
        return None

    def go_through(self, setup: Setup) -> Iterator[tuple[Prompt, Any]]:
        """Answer each question in its turn; yield it and what was said."""
        before = set[str]()
        while True:
            waiting = (one for group in setup.groups() for one in group.questions)
            asked = next((one for one in waiting if one.key not in before), None)
            if asked is None:
                return
            before.add(asked.key)
            said = self.says(asked)
            setup.answer(asked, said)
            yield asked, said
