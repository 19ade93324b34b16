"""A provider of OpenID Connect, by Authlib: code flow with PKCE and nonce, keys by discovery."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from edusync.app.console.identities import Person
from edusync.app.runner.log import LOG
from edusync.errors import UsageProblem

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.wrappers import Response

    from edusync.app.files.project_file import OidcSettings

_SECONDS = 10


class NotLetIn(Exception):
    """The provider did not let somebody in, or said so in a way that is not to be believed."""


class Provider:
    """The provider of a console."""

    def __init__(self, app: Flask, settings: OidcSettings) -> None:
        if find_spec("authlib") is None:
            raise UsageProblem(
                "RUN_USAGE",
                "OpenID Connect needs Authlib, which is not installed",
                "pip install 'edusync[oidc]'",
            )
        from authlib.integrations.flask_client import (  # type: ignore[import-untyped]  # no types
            OAuth,
        )

        self.label, self._issuer = settings.label, settings.issuer
        self._client: Any = OAuth(app).register(
            "provider",
            client_id=settings.client_id,
            client_secret=settings.client_secret,
            server_metadata_url=f"{settings.issuer.rstrip('/')}/.well-known/openid-configuration",
            client_kwargs={
                "scope": "openid profile",
                "code_challenge_method": "S256",
                "default_timeout": _SECONDS,
            },
        )

    def leave_for(self, back: str) -> Response:
        """Send the browser to the provider, from where it comes back; NotLetIn when it is away."""
        try:
            response: Response = self._client.authorize_redirect(back)
        except Exception as error:  # noqa: BLE001 - whatever a provider answers
            raise _not_let_in(error) from None
        return response

    def person(self) -> Person:
        """Return whom the provider let in, by the request with which the browser came back."""
        try:
            claims = {
                "iss": {"essential": True, "values": [self._issuer]},
                "aud": {"essential": True, "values": [self._client.client_id]},
            }
            token = self._client.authorize_access_token(claims_options=claims)
            userinfo = token["userinfo"]
            name = userinfo.get("preferred_username") or userinfo.get("name") or ""
            return Person(self._issuer, str(userinfo["sub"]), str(name))
        except Exception as error:  # noqa: BLE001 - whatever a provider answers
            raise _not_let_in(error) from None


def _not_let_in(error: Exception) -> NotLetIn:
    """Note what kind of thing went wrong; the words of a provider may name people."""
    LOG.warning("a provider did not let somebody in: %s", type(error).__name__)
    return NotLetIn()
