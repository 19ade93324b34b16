"""A small provider of OpenID Connect on a socket. It checks what it is told, as a real one does.

Discovery, code flow with PKCE, nonce, a key set; who signs in is the one that the test says.
"""

from __future__ import annotations

import secrets
import time
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from flask import Flask, abort, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT, SECRET = "edusync", "the secret of the client, which is long"


@dataclass
class IdentityProvider:
    """What it says of whom. `lies` changes claims of its tokens, `header` how they are signed."""

    issuer: str = ""
    subject: str = "248289761001"
    name: str = "Ada"
    refuses: bool = False
    lies: dict[str, Any] = field(default_factory=dict)
    header: dict[str, str] = field(default_factory=lambda: {"alg": "RS256", "kid": "1"})
    key: Any = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "1"}))
    published: Any = None
    """The key that it shows, when that is not the one by which it signs."""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)

    def application(self) -> Flask:
        app = Flask("provider")
        app.add_url_rule("/.well-known/openid-configuration", "discovery", self._discovery)
        app.add_url_rule("/jwks", "jwks", self._jwks)
        app.add_url_rule("/authorize", "authorize", self._authorize)
        app.add_url_rule("/token", "token", self._token, methods=["POST"])
        return app

    def _discovery(self) -> ResponseReturnValue:
        return jsonify(
            issuer=self.issuer,
            authorization_endpoint=f"{self.issuer}/authorize",
            token_endpoint=f"{self.issuer}/token",
            jwks_uri=f"{self.issuer}/jwks",
            response_types_supported=["code"],
            id_token_signing_alg_values_supported=["RS256", "HS256", "none"],
            code_challenge_methods_supported=["S256"],
        )

    def _jwks(self) -> ResponseReturnValue:
        shown = self.published or self.key
        return jsonify(keys=[shown.as_dict(private=False)])

    def _authorize(self) -> ResponseReturnValue:
        said = request.args
        self.seen.append("authorize")
        if said["client_id"] != CLIENT or said["response_type"] != "code":
            abort(400)
        if said["code_challenge_method"] != "S256" or "openid" not in said["scope"].split():
            abort(400)
        if self.refuses:
            answer = {"error": "access_denied", "state": said["state"]}
        else:
            code = secrets.token_urlsafe()
            self.codes[code] = said.to_dict()
            answer = {"code": code, "state": said["state"]}
        return redirect(f"{said['redirect_uri']}?{urlencode(answer)}")

    def _token(self) -> ResponseReturnValue:
        self.seen.append("token")
        basic, form = request.authorization, request.form
        if basic is None or (basic.username, basic.password) != (CLIENT, SECRET):
            return jsonify(error="invalid_client"), 401
        asked = self.codes.pop(form["code"], None)  # once
        challenge = urlsafe_b64encode(sha256(form["code_verifier"].encode()).digest())
        if (
            asked is None
            or asked["redirect_uri"] != form["redirect_uri"]
            or asked["code_challenge"] != challenge.decode().rstrip("=")
        ):
            return jsonify(error="invalid_grant"), 400
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "sub": self.subject,
            "aud": CLIENT,
            "exp": now + 300,
            "iat": now,
            "nonce": asked["nonce"],
            "preferred_username": self.name,
        }
        claims = {name: said for name, said in {**claims, **self.lies}.items() if said is not None}
        token = self._signed(claims)
        return jsonify(access_token="x", token_type="Bearer", expires_in=300, id_token=token)

    def _signed(self, claims: dict[str, Any]) -> str:
        if self.header["alg"] == "none":
            from base64 import urlsafe_b64encode as b64
            from json import dumps

            parts = (dumps(part).encode() for part in (self.header, claims))
            return ".".join(b64(part).decode().rstrip("=") for part in parts) + "."
        key = OctKey.import_key(SECRET) if self.header["alg"] == "HS256" else self.key
        return str(jwt.encode(self.header, claims, key))
