"""What every answer says to the browser, as Mozilla's observatory asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

if TYPE_CHECKING:
    from flask import Flask, Response

_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_A_YEAR = 365 * 24 * 3600


def harden(app: Flask, *, is_plain: bool) -> None:
    """Send the headers, and cookies that only this host and only pages of it get."""
    app.config.update(
        SESSION_COOKIE_NAME="edusync" if is_plain else "__Host-edusync",
        SESSION_COOKIE_SECURE=not is_plain,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        MAX_CONTENT_LENGTH=1024 * 1024,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the cookie; its secret is in there
        WTF_CSRF_SSL_STRICT=not is_plain,
    )

    @app.after_request
    def add(response: Response) -> Response:
        response.headers.update(HEADERS)
        if not is_plain:
            response.headers["Strict-Transport-Security"] = f"max-age={_A_YEAR}"
        if request.endpoint != "static":
            response.headers["Cache-Control"] = "no-store"
        return response
