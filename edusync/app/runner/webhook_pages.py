"""The addresses at which Edusign calls."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from edusync.app.runner.log import LOG
from edusync.app.runner.webhooks import (
    APPLICATION,
    LARGEST,
    NOT_NOW,
    ROOT,
    TOO_BIG,
    TOO_MANY,
    Allowance,
)
from edusync.errors import EdusyncError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flask import Blueprint, Response

    from edusync.app.runner.metrics import Metrics
    from edusync.app.runner.webhooks import Reply, Webhooks

_EVENT, _SIGNATURE = "x-edusign-webhook-type", "x-edusign-hmac"


def webhook_pages(
    hooks: Webhooks, metrics: Metrics, allowance: Allowance | None = None
) -> Blueprint:
    """Return the pages that take the calls of Edusign; nobody signs in for them."""
    from flask import Blueprint, Response, request

    pages, allowance = Blueprint("webhooks", __name__), allowance or Allowance(hooks.now)

    def answered(take: Callable[[bytes, str], Reply]) -> Response:
        reply = _reply(take)
        metrics.webhooks.labels(reply.word).inc()
        text = f"{reply.sentence}\n"
        return Response(text, status=reply.status, mimetype="text/plain")

    def _reply(take: Callable[[bytes, str], Reply]) -> Reply:
        if not allowance.take(request.remote_addr or ""):
            return TOO_MANY
        if (request.content_length or 0) > LARGEST:
            return TOO_BIG
        body = request.stream.read(LARGEST + 1)
        if len(body) > LARGEST:
            return TOO_BIG
        try:
            return take(body, request.headers.get(_EVENT, ""))
        except EdusyncError as error:
            LOG.warning("a call of Edusign was not taken", extra={"code": error.code})
            return NOT_NOW

    def of_application() -> Response:
        """Take a signed call."""
        signature = request.headers.get(_SIGNATURE, "")
        return answered(lambda body, event: hooks.of_application(body, signature, event))

    def of_school(connector: str, account: str, token: str) -> Response:
        """Take a call to an address that nobody can guess."""
        return answered(partial(hooks.of_school, connector, account, token))

    views: Mapping[str, Callable[..., Response]] = {
        APPLICATION: of_application,
        f"{ROOT}/<connector>/<account>/<token>": of_school,
    }
    for path, view in views.items():
        view.for_everybody = True  # type: ignore[attr-defined]  # the console asks nobody to sign in
        pages.add_url_rule(path, view.__name__, view, methods=["POST"])
    return pages
