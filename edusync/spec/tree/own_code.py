"""A reason code that a spec brings itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from edusync.codes.own import Words
from edusync.diagnostics import Location, Severity
from edusync.spec.node import Node, key, place
from edusync.spec.tree.connection import LABEL, Label


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCode(Node):
    """A reason code of this spec: X_ and a name, for `drop`, `ignore`, `hold` and `report`."""

    en: str = key("What it means, in English: one sentence.", minLength=1)
    fr: str = key("What it means, in French.", minLength=1)
    remedy: Label | None = key("What the reader can do.", default=None, schema=LABEL)
    severity: Literal["info", "warning", "error"] = key(
        "How bad it is: info is expected, warning is data to fix, error blocks. A line of the way "
        "up that is held by an error is waited for, by any other it is left out.",
        default="warning",
    )
    place: Location = place()

    @property
    def words(self) -> Words:
        """What the connector means by it."""
        translated = self.remedy
        remedy = {} if translated is None else {"en": translated.en, "fr": translated.fr}
        return Words(Severity(self.severity), {"en": self.en, "fr": self.fr}, remedy)
