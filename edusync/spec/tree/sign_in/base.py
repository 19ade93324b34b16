"""What all ways to sign in share: what goes with every call afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from edusync.spec.forms import (
    ANYTHING,
    ANYWHERE,
    CREDENTIALS,
    HOLES,
    SCALAR,
    TEXT,
    mapping,
    whole,
    with_meaning,
)
from edusync.spec.kinds import Kinds
from edusync.spec.node import Node, key, source
from edusync.spec.payload import Payload
from edusync.spec.texts import FunctionName

if TYPE_CHECKING:
    from edusync.spec.texts import Expression, Path
    from edusync.spec.tree.call import Call
    from edusync.spec.tree.own_call import OwnCall
    from edusync.transport.message import Answer


class Door(Protocol):
    """The ERP, as somebody meets it who has not signed in."""

    names: Mapping[str, Any]
    """What the holes of a call are filled with."""

    def counts(self, when: Expression | None, read: Mapping[str, Any]) -> bool:
        """Whether a step counts, by what was read so far."""

    def step(self, step: OwnCall, read: Mapping[str, Any]) -> Answer:
        """Make a call that signs in: it carries only what it says itself."""

    def farewell(self, call: Call, values: Mapping[str, Any]) -> None:
        """Make a call with a sign-in that is left."""


SIGNED = (
    "`request` is what is signed: `verb`, `url`, `host`, `path`, `query` (canonical: sorted, "
    "percent-encoded by RFC 3986), `sent_query` (as it is sent), `parameters` (canonical, query "
    "and form), `headers` (names in small letters) and `body`; `now`, the moment of sending, and "
    "`nonce`, a random text, which are new for each try."
)
"""What the texts of a signature may read."""


@dataclass(frozen=True, slots=True)
class Signature(Node):
    """What signs every request: headers and parameters, or a function of a plugin."""

    headers: Payload | None = source(
        f"Headers that sign, the filters `hmac` and `digest` make what stands in them. {SIGNED}",
        default=None,
        schema=mapping(f"One header. {HOLES}", SCALAR),
    )
    query: Payload | None = source(
        "Query parameters that sign, of which `request` holds nothing.",
        default=None,
        schema=mapping(f"One parameter. {HOLES}", SCALAR),
    )
    function: FunctionName | None = source(
        "The name of a function that a plugin registers, for what texts cannot say; it gets verb, "
        "path, query (pairs) and body (bytes), and returns headers.",
        default=None,
    )
    arguments: Payload | None = source(
        "What it gets beside the request, by name.",
        default=None,
        schema=mapping(f"One argument. {HOLES}", SCALAR),
    )
    login: bool = source(
        "Whether the steps that sign in are signed as well; `auth` holds what was read so far.",
        default=False,
    )


@dataclass(frozen=True, slots=True)
class Auth(Node):
    """What to do first, what to send each time, how to leave."""

    gives: ClassVar[frozenset[str]] = frozenset()
    """The names under `auth` that every sign-in of this kind has, beside what its calls read."""

    send: Mapping[str, Payload] = key(
        "What goes with every call, made from `connection` and `auth`.",
        factory=dict,
        schema=whole(
            {
                "headers": with_meaning("Headers.", mapping(f"One header. {HOLES}", SCALAR)),
                "query": with_meaning(
                    "Query parameters.", mapping(f"One parameter. {HOLES}", SCALAR)
                ),
                "cookies": with_meaning("Cookies.", mapping(f"One cookie. {HOLES}", SCALAR)),
                "basic": with_meaning("HTTP Basic.", CREDENTIALS),
                "path": with_meaning(
                    "What comes before the path of every call, as in /sessions/{{ auth.id }}; it "
                    f"is left out of what is said about calls. {HOLES}",
                    TEXT,
                ),
                "form": with_meaning(
                    "Fields of every form that is sent; `form: {}` gives one to a call that has "
                    "none.",
                    mapping(f"One field. {HOLES}", SCALAR),
                ),
                "json": with_meaning(
                    "Members of every JSON body that is sent, which is an object; what both say "
                    "is put together.",
                    mapping(f"One member. {ANYWHERE}", ANYTHING),
                ),
                "xml": with_meaning(
                    "XML that every body of XML begins with, right inside its root; what is put "
                    f"in is escaped. {HOLES}",
                    TEXT,
                ),
                "arguments": with_meaning(
                    "SOAP: arguments of every operation that takes them.",
                    mapping(f"One argument. {ANYWHERE}", ANYTHING),
                ),
                "soap_header": with_meaning(
                    "SOAP: elements of the header of every envelope, by the names that the WSDL "
                    "has for them, with what is in them; or XML as text, for what it does not "
                    f"describe. {ANYWHERE}",
                    {
                        "type": ["object", "string"],
                        "additionalProperties": with_meaning(f"One element. {ANYWHERE}", ANYTHING),
                    },
                ),
            }
        ),
    )
    sign: Signature | None = key(
        "How every request is signed; `request.now` and `request.nonce` may stand in `send`, too.",
        default=None,
    )

    @property
    def signs_in(self) -> bool:
        """Whether anything is done first; a static key is only sent."""
        return True

    @property
    def answers_read(self) -> tuple[tuple[Call, tuple[Path, ...]], ...]:
        """Its calls whose answers are read, each with what is read of it."""
        return ()

    def enter(self, door: Door) -> tuple[Mapping[str, Any], float | None]:
        """Sign in; return what stands under `auth` from then on, and for how many seconds.

        SourceError with CONN_AUTH_FAILED when the ERP refuses.
        """
        raise NotImplementedError

    def leave(self, door: Door, values: Mapping[str, Any]) -> None:
        """Sign out."""


DEFAULT = "steps"
SIGN_INS = Kinds("auth", Auth, "How to sign in.", "edusync.spec.tree.sign_in")
