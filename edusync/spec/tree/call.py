"""What is asked of an ERP: over HTTP, as an operation of SOAP, as a statement, as a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from edusync.diagnostics import Location
from edusync.spec.fields import Key, written
from edusync.spec.forms import (
    ANYTHING,
    ANYWHERE,
    CREDENTIALS,
    DOCUMENT,
    HOLES,
    PATTERN_OF_OPERATION,
    SCALAR,
    STATEMENT,
    TEXT,
    TEXT_OF_PIECES,
    mapping,
    whole,
    with_meaning,
)
from edusync.spec.node import Node, key, place, source
from edusync.spec.payload import Document, Members, Payload, Pieces
from edusync.spec.texts import Expression
from edusync.spec.verdicts import Verdict
from edusync.transport.message import JSON, AnswerKind

SOAP, ROWS = AnswerKind("soap"), AnswerKind("rows")
VERBS = ("get", "post", "put", "patch", "delete")
"""The verbs that are keys; any other is named by `method`."""
ANSWERS = (
    "What an answer means; read from the top, the first true line decides. The built-in lines come "
    "last, but those of 401, 403, 429 and 503 win over a line that does not name `answer.status`. "
    "A refused sign-in, a redirect, a rate limit, a failing server or a page for people is `empty` "
    "or `ok` only by a line that asks for words of the answer too (P7)."
)
REPEAT = (
    "Whether the call may be sent again when no answer came: `safe`, it only reads, whatever its "
    "verb; `never`, a second one does harm, and the call fails at once. A step of the way up that "
    "writes says it with `in_doubt`."
)
OMIT_EMPTY = (
    "Members of what is sent that are empty are left out: null, an empty text, list or mapping, "
    "from the inside out; 0 and false are sent, and so are the items of lists. In XML an element "
    "is left out that has no attributes and holds nothing but white space; the root is sent. "
    "Counts for `json`, `form`, `query`, `xml` and `arguments`."
)
ANSWER: dict[str, Any] = {"$ref": "#/$defs/answer"}
_KINDS_OF_ANSWERS = ["json", "xml", "csv", "xlsx", "ics"]
PROMISE = whole(
    {
        "kind": with_meaning("The kind of answer.", {**TEXT, "enum": _KINDS_OF_ANSWERS}),
        "charset": with_meaning(
            "The charset of the answer, whatever it says itself; a byte order mark says more. "
            "UTF-8 when not said.",
            TEXT,
        ),
        "attributes": with_meaning(
            "XML: what goes before the names of attributes, where an attribute and a child have "
            "the same name.",
            TEXT,
        ),
        "separator": with_meaning(
            "CSV: what stands between cells; when not said, what the first line has most: comma, "
            "semicolon or tab.",
            {**TEXT, "minLength": 1, "maxLength": 1},
        ),
        "sheet": with_meaning(
            "Excel: the sheet, by its name, or by its place among those that are not hidden, "
            "from 1; the first of them when not said.",
            {"type": ["string", "integer"], "minLength": 1, "minimum": 1},
        ),
        "header": with_meaning(
            "CSV and Excel: the line that names the columns, from 1; what stands above it is no "
            "row. 0 where no line does: columns are `#1`, `#2` and so on.",
            {"type": "integer", "minimum": 0, "default": 1},
        ),
        "skip": with_meaning(
            "CSV and Excel: so many lines below the header are no rows, such as a line of units.",
            {"type": "integer", "minimum": 0, "default": 0},
        ),
    },
    "kind",
    kind=["string", "object"],
    **{"if": TEXT, "then": {"enum": _KINDS_OF_ANSWERS}},
)
"""The form of what an answer promises to be (`AnswerKind`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(Node):
    """One thing asked of the ERP."""

    beside: ClassVar[frozenset[str]] = frozenset({"failing_call"})
    """The keys of a list, or of a step of the way up, that mean something beside such a call."""

    repeat: Literal["safe", "never"] | None = key(
        REPEAT, default=None, schema={**TEXT, "enum": ["safe", "never"], "default": "safe"}
    )
    answers: tuple[Verdict, ...] = key(ANSWERS, default=())
    answer: AnswerKind = key(
        "The kind of this call's answer, where it differs.",
        default=JSON,
        schema=ANSWER,
    )
    omit_empty: bool = key(OMIT_EMPTY, default=False)
    place: Location = place()

    @property
    def sent(self) -> tuple[Payload | None, ...]:
        """What it sends."""
        raise NotImplementedError

    @property
    def parts(self) -> tuple[Expression, ...]:
        """Every text of what it sends."""
        return tuple(part for payload in self.sent if payload for part in payload.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpCall(Call):
    """A call over HTTP."""

    beside: ClassVar[frozenset[str]] = frozenset({"failing_call", "inner", "paging"})

    also_written: ClassVar[tuple[Key, ...]] = (
        *(written(verb, f"{verb.upper()} this path. {HOLES}", TEXT) for verb in VERBS),
        written(
            "method",
            "Any other verb of HTTP, such as REPORT; what is asked for stands in `path`.",
            {**TEXT, "pattern": "^[A-Z][A-Z-]*$"},
        ),
        written("path", f"What `method` asks for. {HOLES}", TEXT),
        written(
            "call",
            "The name of a call under `calls`; what stands beside it is added to the call, and "
            "nothing is said twice.",
            TEXT,
        ),
        written(
            "with",
            "What fills the holes of the named call: `with.<name>`.",
            mapping(f"One hole. {ANYWHERE}", ANYTHING),
        ),
    )
    """Verbs hold the path, and a named call is put in when the call is built."""

    verb: str
    path: Payload
    """What stands behind the verb."""
    query: Payload | None = key(
        "Query parameters; an empty one is not sent.",
        default=None,
        schema=mapping(f"One parameter. {ANYWHERE}", ANYTHING),
    )
    headers: Payload | None = key(
        "Headers; an empty one is not sent.",
        default=None,
        schema=mapping(f"One header. {HOLES}", SCALAR),
    )
    json: Payload | None = key(f"A JSON body. {ANYWHERE}", default=None, schema=ANYTHING)
    form: Payload | None = key(
        "A form body: its fields, or a text that is one hole and gives them all, as in "
        "`{{ line }}`.",
        default=None,
        schema={
            **mapping(
                f"One field. {ANYWHERE.rstrip('.')}; a document of XML is `{{xml: …}}`.",
                whole(DOCUMENT, "xml", kind=ANYTHING["type"]),
            ),
            "type": ["object", "string"],
        },
    )
    text: Payload | None = key(
        f"A text body, which may have a piece for each line or item. {HOLES}",
        default=None,
        schema=whole(TEXT_OF_PIECES, "text", "each", kind=[*SCALAR["type"], "object"]),
        read_as=Pieces,
    )
    xml: Payload | None = key(
        "An XML body, or as a field of a form. Every value that is put in is escaped, and a "
        "mapping, such as `{{ line }}`, is an element for each of its members, several for a "
        "list; `inner` makes a document that `xml` puts in with `inner | cdata`.",
        default=None,
        schema=whole(DOCUMENT, "xml", kind=["string", "object"]),
        read_as=Document,
    )
    basic: Payload | None = key("HTTP Basic for this call.", default=None, schema=CREDENTIALS)

    @property
    def asks_in(self) -> str:
        """The key in which its path is written."""
        return self.verb.lower() if self.verb.lower() in VERBS else "path"

    @property
    def sent(self) -> tuple[Payload | None, ...]:
        """What it sends."""
        bodies = (self.json, self.form, self.text, self.xml)
        return (self.path, self.query, self.headers, *bodies, self.basic)


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation(Call):
    """An operation of a SOAP service, as Port.Operation."""

    beside: ClassVar[frozenset[str]] = frozenset({"failing_call", "inner", "paging"})

    operation: str = key(
        "SOAP: the operation, as Port.Operation. An element of its answer that may come several "
        "times is a list, even of one, and one that only wraps a list is the list; what stands "
        "alone in an answer is its `answer.body`, and is found by its name as well; attributes "
        "stand among the elements; what is absent or nil is nothing; of a choice each stands "
        "under its name; what the WSDL does not declare is read as XML is.",
        name="soap",
        pattern=PATTERN_OF_OPERATION,
    )
    arguments: Payload | None = key(
        "SOAP: the arguments, by name, or a text that is one hole and gives them all, as in "
        "`{{ batch }}`.",
        default=None,
        schema={
            **mapping(f"One argument. {ANYWHERE}", ANYTHING),
            "type": ["object", "string"],
        },
    )
    answer: AnswerKind = SOAP

    @property
    def sent(self) -> tuple[Payload | None, ...]:
        """What it sends."""
        return (self.arguments,)


@dataclass(frozen=True, slots=True)
class Piece(Node):
    """A piece of a statement, which may count only when a condition holds."""

    plain: ClassVar[str] = "text"

    text: str = source("The text of the piece.", name="sql")
    when: Expression | None = source("When the piece counts.", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Call):
    """A statement of SQL: its text is never a template, its values are bound."""

    not_written: ClassVar[frozenset[str]] = frozenset({"answers", "repeat", "omit_empty"})

    pieces: tuple[Piece, ...] = key(
        "SQL: a statement, or pieces of one; values are bound as :name, never written into the "
        "text.",
        name="sql",
        schema=STATEMENT,
    )
    values: Members | None = key(
        "SQL: what is bound, by name; a list fills `in :name`.",
        default=None,
        schema=mapping(f"One value. {ANYWHERE}", ANYTHING),
    )
    answer: AnswerKind = ROWS

    @property
    def sent(self) -> tuple[Payload | None, ...]:
        """What it sends."""
        return (self.values,)

    @property
    def parts(self) -> tuple[Expression, ...]:
        """Every text of what it sends, and the conditions of its pieces."""
        conditions = tuple(piece.when for piece in self.pieces if piece.when)
        return (*conditions, *(self.values.parts if self.values else ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class FileCall(Call):
    """Files that are read or written, by a name or a pattern below the folder."""

    beside: ClassVar[frozenset[str]] = frozenset({"failing_call", "inner", "csv", "csv_as"})
    not_written: ClassVar[frozenset[str]] = frozenset({"answers", "repeat", "omit_empty"})

    name: Payload = key(
        "Files: a name, or a pattern with *, below the folder; all that fit are read in the order "
        f"of their names. {HOLES}",
        name="file",
        schema=TEXT,
    )

    @property
    def sent(self) -> tuple[Payload | None, ...]:
        """What it sends."""
        return (self.name,)
