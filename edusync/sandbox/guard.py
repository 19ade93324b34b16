"""What simulators refuse alike."""

from __future__ import annotations

from flask import request


def signed_in(username: str, password: str) -> bool:
    """Whether the request carries these credentials as HTTP Basic."""
    credentials = request.authorization
    return (
        credentials is not None
        and credentials.type == "basic"
        and (credentials.username, credentials.password) == (username, password)
    )
