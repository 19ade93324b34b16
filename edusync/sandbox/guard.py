"""What simulators refuse alike."""

from __future__ import annotations

from flask import request


def signed_in(username: str, password: str) -> bool:
    """Whether the request carries these credentials as HTTP Basic."""
    given = request.authorization
    return (
        given is not None
        and given.type == "basic"
        and (given.username, given.password) == (username, password)
    )
