"""How to talk to the ERP."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from edusync.diagnostics import Location
from edusync.spec.fields import Key, written
from edusync.spec.forms import A_WHILE, HOLES, SCALAR, TEXT, mapping, with_meaning
from edusync.spec.node import ASSUMED, Node, key, place
from edusync.spec.payload import Fixed, Payload
from edusync.spec.texts import Bytes, Seconds
from edusync.spec.tree.call import ANSWER, ANSWERS
from edusync.spec.tree.list import SHAPE
from edusync.spec.tree.own_call import OwnCall
from edusync.spec.tree.sign_in import Auth
from edusync.spec.tree.sign_in.steps import StepsAuth
from edusync.spec.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

_LENGTH: dict[str, Any] = {**TEXT, "pattern": A_WHILE}
UNSET = Fixed(None)
"""In place of an entrance that is missing, which is reported."""
_HOSTS: dict[str, Any] = {
    "type": "array",
    "items": with_meaning(
        f"One host, with its port unless it is the usual one. {HOLES}", {**TEXT, "minLength": 1}
    ),
}


@dataclass(frozen=True, slots=True)
class Limits(Node):
    """How hard the ERP may be asked. Lengths of time are kept in seconds, sizes in bytes."""

    at_once: int = key("Calls at the same time.", default=4, minimum=1, maximum=32)
    connect: Seconds = key(
        "How long the ERP may take to let us in, such as 10s.", default=Seconds(10), schema=_LENGTH
    )
    read: Seconds = key(
        "How long it may be silent before and amid an answer, such as 5min; a database, over a "
        "statement.",
        default=Seconds(60),
        schema=_LENGTH,
    )
    tries: int = key("How often a call is tried.", default=3, minimum=1, maximum=10)
    per_second: float | None = key("Calls a second, at most.", default=None, exclusiveMinimum=0)
    body: Bytes = key(
        "The largest answer, such as 64MB.",
        default=Bytes(64 * 1024 * 1024),
        schema={**TEXT, "pattern": "^[0-9]+(kB|MB)$"},
    )
    url_length: int | None = key(
        "The longest URL in characters; batches are cut to fit.", default=None, minimum=500
    )


_DESCRIBED_ONCE: tuple[Key, ...] = (
    written("answer", "The kind of every answer; json when not said.", ANSWER),
    written(
        "shape",
        "What answers look like where a list does not say: how the rows come.",
        {**SHAPE, "default": "list"},
    ),
    written(
        "calls",
        "Calls described once, wholly or in part: who names one adds the rest, and "
        "`with.<name>` are holes that are filled.",
        {"type": "object"},
    ),
)
"""What is said of all lists; the lists hold it."""
_URL = (
    "SQL: the database, as an SQLAlchemy URL. Files: the folder, a path or "
    "sftp://user:password@host/path. A path that begins with no / starts at the folder in which "
    f"edusync is started, so write a whole one for what runs by itself. {HOLES}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transport(Node):
    """How to talk to the ERP."""

    also_written: ClassVar[tuple[Key, ...]] = _DESCRIBED_ONCE
    kind: ClassVar[str]
    """What a spec writes behind `kind`."""
    entrance: ClassVar[str]
    """The key that says where the ERP is."""

    auth: Auth = key("", schema={"$ref": "#/$defs/auth"}, factory=StepsAuth)
    answers: tuple[Verdict, ...] = key(ANSWERS, default=())
    limits: Limits = key("How hard the ERP may be asked.", factory=Limits)
    probe: OwnCall | None = key(
        "The call of the connection test.", default=None, schema={"$ref": "#/$defs/step"}
    )
    assumed: str | None = key(ASSUMED, default=None)
    place: Location = place()

    @property
    def where(self) -> Payload:
        """Where the ERP is: what stands behind the entrance."""
        address: Payload = getattr(self, self.entrance)
        return address


@dataclass(frozen=True, slots=True, kw_only=True)
class WebTransport(Transport):
    """What goes over HTTP, as SOAP does too."""

    hosts: Payload | None = key(
        "Further hosts of the ERP that may be asked and get the sign-in, such as "
        "files.erp.example; any other is refused. Those that `connection` answers name count as "
        "well.",
        default=None,
        schema=_HOSTS,
    )
    inner_hosts: Payload | None = key(
        "Names that the ERP gives itself, in links to next pages or in its WSDL, and that are "
        "known inside the school only, such as erp.intern:8080; its own host is asked in their "
        "place.",
        default=None,
        schema=_HOSTS,
    )
    headers: Payload | None = key(
        "Sent with every call.", default=None, schema=mapping(f"One header. {HOLES}", SCALAR)
    )
    lists: Literal["comma", "repeat", "brackets", "indexed", "pipe"] = key(
        "How a list goes into a query.", default="comma"
    )
    proxy: Payload | None = key(
        f"The proxy to go through; empty for none. {HOLES}", default=None, schema=SCALAR
    )
    ca: Payload | None = key(
        "A file with the certificate authority of the ERP; empty for the public ones. " + HOLES,
        default=None,
        schema=SCALAR,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpTransport(WebTransport):
    """Calls over HTTP."""

    kind: ClassVar[str] = "http"
    entrance: ClassVar[str] = "base_url"

    base_url: Payload = key(f"What comes before every path. {HOLES}", default=UNSET, schema=SCALAR)


@dataclass(frozen=True, slots=True, kw_only=True)
class SoapTransport(WebTransport):
    """Operations of a SOAP service."""

    kind: ClassVar[str] = "soap"
    entrance: ClassVar[str] = "wsdl"

    wsdl: Payload = key(
        "SOAP: where the description of the service is read. A copy of it that lies beside the "
        "spec as `NAME.wsdl` is what `validate` knows operations and arguments from. "
        f"{HOLES}",
        default=UNSET,
        schema=TEXT,
    )
    address: Payload | None = key(
        "SOAP: replaces scheme and host of the addresses that the WSDL names; their paths stay. "
        f"{HOLES}",
        default=None,
        schema=TEXT,
    )
    values: Literal["typed", "lexical"] = key(
        "SOAP: how answers are read: `typed`, numbers are numbers; `lexical`, numbers, dates and "
        "times are the texts that were written, such as 007, 1.50 or 24:00:00. What a type cannot "
        "read is its text in any case.",
        default="typed",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SqlTransport(Transport):
    """Statements in a database."""

    kind: ClassVar[str] = "sql"
    entrance: ClassVar[str] = "url"

    url: Payload = key(_URL, default=UNSET, schema=TEXT)
    charset: Payload | None = key(
        "SQL: the charset of texts that the driver hands over undecoded.",
        default=None,
        schema=TEXT,
    )
    trim: bool = key(
        "SQL: take blanks off the end of texts, which columns of a fixed length pad.",
        default=False,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FilesTransport(Transport):
    """Files in a folder."""

    kind: ClassVar[str] = "files"
    entrance: ClassVar[str] = "url"

    url: Payload = key(_URL, default=UNSET, schema=TEXT)
    host_key: Payload | None = key(
        "Files over SFTP: the key of the host, such as ssh-ed25519 AAAA…; the known hosts of this "
        f"machine when not said. {HOLES}",
        default=None,
        schema=TEXT,
    )


WIRES: Mapping[str, type[HttpTransport | SoapTransport | SqlTransport | FilesTransport]] = {
    wire.kind: wire for wire in (HttpTransport, SoapTransport, SqlTransport, FilesTransport)
}
"""The transports by what a spec writes behind `kind`."""
