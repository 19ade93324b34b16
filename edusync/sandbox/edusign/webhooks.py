"""Webhooks as Edusign has them: one call, fifteen seconds for the answer, never a second one."""

from __future__ import annotations

import hmac
import json
from dataclasses import dataclass, field
from hashlib import sha256
from threading import Condition, Thread
from typing import TYPE_CHECKING, Any

import requests
from flask import Blueprint, request

if TYPE_CHECKING:
    from edusync.sandbox.edusign.book import Book

ARCHIVED = "on_course_locked"
TYPES = (ARCHIVED,)
"""The events of which somebody is told here."""
_SECONDS = 15.0
_NO_ANSWER = 0


@dataclass(frozen=True)
class Webhook:
    """A hook of the school, or of an application that signs with its secret."""

    url: str
    type: str = ARCHIVED
    secret: str | None = None


@dataclass
class Webhooks:
    """Who is told of what, and how each call was answered, as the dashboard shows it."""

    registered: list[Webhook] = field(default_factory=list)
    answers: list[dict[str, Any]] = field(default_factory=list)
    under_way: int = 0
    changed: Condition = field(default_factory=Condition)

    def tell(self, kind: str, school: str, more: dict[str, Any]) -> None:
        """Call everybody who wants to know of an event, in threads of their own."""
        body = json.dumps({"type": kind, **more}, ensure_ascii=False, separators=(",", ":"))
        for hook in [one for one in self.registered if one.type == kind]:
            with self.changed:
                self.under_way += 1
            Thread(target=self._call, args=(hook, school, body.encode()), daemon=True).start()

    def settle(self) -> list[dict[str, Any]]:
        """Wait until every call has its answer, or none in time; return the answers so far."""
        with self.changed:
            self.changed.wait_for(lambda: not self.under_way, _SECONDS * 2)
            return list(self.answers)

    def _call(self, hook: Webhook, school: str, body: bytes) -> None:
        headers = {
            "content-type": "application/json",
            "x-edusign-webhook-type": hook.type,
            "x-edusign-school-id": school,
            "x-edusign-version": "1.0",
        }
        if hook.secret is not None:
            signature = hmac.new(hook.secret.encode(), body, sha256).hexdigest()
            headers |= {"x-edusign-hmac": signature, "x-edusign-app-id": "app-sandbox"}
        try:
            answer = requests.post(hook.url, data=body, headers=headers, timeout=_SECONDS)
            status = answer.status_code
        except requests.RequestException:
            status = _NO_ANSWER
        with self.changed:
            self.answers.append({"type": hook.type, "url": hook.url, "status": status})
            self.under_way -= 1
            self.changed.notify_all()


def webhook_routes(book: Book) -> Blueprint:
    """Return the routes by which hooks are set, for people."""
    routes = Blueprint("webhooks", __name__)

    @routes.get("/webhooks")
    def listed() -> dict[str, Any]:
        """Show which hooks there are and how calls were answered; status 0 is no answer."""
        return {"webhooks": _listing(book.webhooks), "answers": book.webhooks.answers}

    @routes.post("/webhooks")
    def add() -> tuple[dict[str, Any], int]:
        """Set one: {"url": …}, with a "secret" when it is that of an application."""
        body = request.get_json(force=True, silent=True)
        data = body if isinstance(body, dict) else {}
        kind = data.get("type", ARCHIVED)
        if not isinstance(data.get("url"), str) or kind not in TYPES:
            return {"error": f"send a 'url'; 'type' is one of {', '.join(TYPES)}"}, 400
        book.webhooks.registered.append(Webhook(data["url"], kind, data.get("secret")))
        return {"webhooks": _listing(book.webhooks)}, 200

    @routes.delete("/webhooks")
    def clear() -> dict[str, Any]:
        """Take all of them away."""
        book.webhooks.registered.clear()
        return {"webhooks": []}

    return routes


def _listing(hooks: Webhooks) -> list[dict[str, Any]]:
    return [
        {"type": one.type, "url": one.url, "signed": one.secret is not None}
        for one in hooks.registered
    ]
