"""`auth: {kind: derived, secret: "{{ connection.password }}"}`: a key made of a secret.

No call is made; `auth.key` goes where `send` says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, ClassVar

from edusync.spec.node import key
from edusync.spec.texts import Template
from edusync.spec.tree.sign_in import Auth, Door


@dataclass(frozen=True, slots=True)
class DerivedAuth(Auth):
    """A key that is made of a secret, without asking the ERP."""

    gives: ClassVar[frozenset[str]] = frozenset({"key"})

    secret: Template = key("What the key is made of.")
    seconds: int | None = key("How long it holds.", default=None, minimum=1)

    def enter(self, door: Door) -> tuple[Mapping[str, Any], float | None]:
        """Make the key."""
        secret = str(self.secret.run(None, door.names))
        return {"key": sha256(secret.encode()).hexdigest()[:8]}, self.seconds
