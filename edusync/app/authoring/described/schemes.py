"""How a security scheme of OpenAPI is written in a spec."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.app.authoring.samples import as_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

_KEY = "  key: {type: secret, label: {en: API key, fr: Clé d'API}}"
_USER = [
    "  user: {type: text, label: {en: User, fr: Utilisateur}}",
    "  password: {type: secret, label: {en: Password, fr: Mot de passe}}",
]


def sign_in(scheme: Mapping[str, Any]) -> tuple[list[str], list[str]] | None:
    """Return the lines of the connection and of the transport; None for what is not known."""
    kind, how = scheme.get("type"), str(scheme.get("scheme", "")).lower()
    if kind == "basic" or (kind == "http" and how == "basic"):
        inner = 'username: "{{ connection.user }}", password: "{{ connection.password }}"'
        return _USER, [f"  auth: {{send: {{basic: {{{inner}}}}}}}"]
    if kind == "http" and how == "bearer":
        return [_KEY], ['  headers: {Authorization: "Bearer {{ connection.key }}"}']
    if kind == "apiKey" and scheme.get("in") in {"header", "query", "cookie"}:
        where = {"header": "headers", "query": "query", "cookie": "cookies"}[scheme["in"]]
        name = as_yaml(str(scheme["name"]))
        return [_KEY], [f'  auth: {{send: {{{where}: {{{name}: "{{{{ connection.key }}}}"}}}}}}']
    flows = scheme.get("flows") or {str(scheme.get("flow")): scheme}
    flow = flows.get("clientCredentials") or flows.get("application")
    if kind == "oauth2" and isinstance(flow, dict):
        connection = [
            "  client: {type: text, label: {en: Client id, fr: Identifiant client}}",
            "  secret: {type: secret, label: {en: Client secret, fr: Secret client}}",
        ]
        basic = 'username: "{{ connection.client }}", password: "{{ connection.secret }}"'
        return connection, [
            "  auth:",
            "    login:",
            f"      - post: '{flow.get('tokenUrl')}'",
            f"        basic: {{{basic}}}",
            "        form: {grant_type: client_credentials}",
            "        read: {token: access_token}",
            "    expires_in: expires_in",
            '    send: {headers: {Authorization: "Bearer {{ auth.token }}"}}',
        ]
    return None
