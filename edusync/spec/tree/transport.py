"""How to talk to the ERP."""

from __future__ import annotations

from dataclasses import dataclass

from edusync.diagnostics import Location
from edusync.spec.node import Node, place
from edusync.spec.payload import Payload
from edusync.spec.tree.call import Call
from edusync.spec.tree.sign_in import Auth
from edusync.spec.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Limits(Node):
    """How hard the ERP may be asked. Seconds and bytes."""

    at_once: int = 4
    connect: float = 10.0
    read: float = 60.0
    tries: int = 3
    per_second: float | None = None
    body: int = 64 * 1024 * 1024
    url_length: int | None = None


@dataclass(frozen=True, slots=True)
class Transport(Node):
    """How to talk to the ERP."""

    kind: str
    base_url: Payload
    """The base URL of http, the WSDL of soap, the database of sql."""
    address: Payload | None
    charset: Payload | None
    host_key: Payload | None
    trim: bool
    auth: Auth
    headers: Payload | None
    lists: str
    answers: tuple[Verdict, ...]
    limits: Limits
    proxy: Payload | None
    ca: Payload | None
    probe: Call | None
    assumed: str | None
    place: Location = place()
    hosts: Payload | None = None
    """Further hosts of the ERP, which may be asked and get the sign-in."""
    inner_hosts: Payload | None = None
    """Names of the ERP's host that are known inside the school only."""
