"""Templates and expressions: Jinja2's syntax, compiled once into plain functions (ruling L8).

Jinja2 parses; a small allow-list of its nodes is written as Python. A dot looks into a mapping
and never reaches a Python attribute, there are no calls and no loops, and text has an upper length:
nothing can be reached but the names that are handed in. Empty is None; what is unknown makes the
whole expression unknown.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from edusync.spec.language.code import BadExpression, Code, late
from edusync.spec.language.positions import (
    Heard,
    Token,
    place_of,
    place_of_argument,
    place_of_filter,
)
from edusync.spec.language.template_source import LongText, PathSegments, TextSource, XmlSource

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from edusync.spec.language.source import Source

    Filters = Mapping[str, Callable[..., Any]]


def compile_expression(source: str, filters: Mapping[str, Callable[..., Any]]) -> Code:
    """Compile a bare expression, such as `row.status != 'open'`."""
    hint = "write it as in row.status != 'open'"
    heard = Heard(_environment(), source, bare=True)
    with _mistakes("SPEC_BAD_EXPRESSION", "an expression", hint, heard):
        parser = heard.parser()
        node = parser.parse_expression()
        if not parser.stream.eos:
            raise BadExpression(
                "SPEC_BAD_EXPRESSION",
                f"the expression goes on after '{parser.stream.current.value}'",
                "one expression stands here; put parts together with 'and', 'or' or a comparison",
                at=heard.at,
            )
        is_fact = type(node).__name__ == "Const" and isinstance(getattr(node, "value", None), bool)
        return _code(
            source, filters, TextSource, lambda written: written.value(node), constant=is_fact
        )


def _code(
    text: str,
    filters: Filters,
    kind: type[TextSource],
    write: Callable[[Any], str],
    *,
    constant: bool = False,
) -> Code:
    """Return the code of what writes into a source of a kind."""
    names: set[tuple[str, ...]] = set()
    used: set[str] = set()

    def lines(source: Source, row: str, scope: str) -> str:
        written = kind(filters, source, row, scope)
        result = write(written)
        names.update(written.names)
        used.update(written.filters)
        return result

    run = late(lines, text)  # names and filters are known from here on
    return Code(lines, run, frozenset(names), frozenset(used), constant=constant)


@contextmanager
def _mistakes(code: str, what: str, hint: str, heard: Heard) -> Iterator[None]:
    """Turn what the parser and the compiler stumble over into BadExpression."""
    from jinja2.exceptions import TemplateError

    try:
        yield
    except TemplateError as error:
        message = f"not {what}: {str(error.message or error).lower().rstrip('.')}"
        raise BadExpression(code, message, hint, at=heard.at) from error
    except RecursionError:
        raise BadExpression(
            "SPEC_BAD_EXPRESSION",
            "it is nested too deeply, or too long",
            "put parts of it into columns of their own with `add`",
        ) from None
    except ValueError as error:
        if isinstance(error, BadExpression):
            raise
        raise BadExpression(code, f"not {what}: a number is too long", hint) from error


def compile_template(source: str, filters: Mapping[str, Callable[..., Any]]) -> Code:
    """Compile a template.

    One that is exactly `{{ … }}` keeps the type of what is inside, any other is text.
    """
    return _template(source, filters, TextSource, always_text=False)


def compile_body(source: str, filters: Mapping[str, Callable[..., Any]]) -> Code:
    """Compile a template of a body, which may be a long text."""
    return _template(source, filters, LongText, always_text=True)


def compile_xml(source: str, filters: Mapping[str, Callable[..., Any]]) -> Code:
    """Compile a template of XML.

    Every value that is put in is escaped, except a finished document (`| cdata`).
    """
    return _template(source, filters, XmlSource, always_text=True)


def compile_url_path(source: str, filters: Mapping[str, Callable[..., Any]]) -> Code:
    """Compile the path of a URL: what fills a hole is percent-encoded, after its filters.

    It is never empty. Texts that the spec itself writes into a hole (`'a/b' if …`), and answers of
    the connection, stay as they are.
    """
    return _template(source, filters, PathSegments, always_text=True)


def _template(text: str, filters: Filters, kind: type[TextSource], *, always_text: bool) -> Code:
    if "{{" not in text and "{%" not in text and "{#" not in text:
        return Code(
            lambda source, _row, _names: source.constant(text),
            lambda _row, _names: text,
            constant=True,
        )
    from jinja2 import nodes

    hint = "write what varies as in {{ row.name }}"
    heard = Heard(_environment(), text, bare=False)
    with _mistakes("SPEC_BAD_TEMPLATE", "a template", hint, heard):
        body = heard.parser().parse().body
        only = (
            body[0].nodes[0]
            if len(body) == 1 and isinstance(body[0], nodes.Output) and len(body[0].nodes) == 1
            else None
        )
        if always_text or only is None:
            return _code(text, filters, kind, lambda written: written.text(body))
        if isinstance(only, nodes.TemplateData):
            return _code(text, filters, kind, lambda written: written.text_part(only))
        return _code(text, filters, kind, lambda written: written.value(only))


def where(
    source: str,
    *,
    bare: bool,
    name: tuple[str, ...] | None = None,
    used: str | None = None,
    argument: tuple[int, object] | None = None,
) -> int | None:
    """Return where a name is read, or a filter or test used, in a text; None when it is not.

    Of a filter that is used with an argument, which has an index and is a value, where that stands.
    """
    tokens = tokens_of(source, bare=bare)
    if name:
        return place_of(tokens, name)
    at = place_of_argument(tokens, used, argument) if used and argument else None
    return place_of_filter(tokens, used) if used and at is None else at


def tokens_of(source: str, *, bare: bool) -> list[Token]:
    """Return the tokens of a text without blanks; nothing when it cannot be read."""
    from jinja2.exceptions import TemplateError

    try:
        found = [*Heard(_environment(), source, bare=bare).tokens()]
    except TemplateError:
        return []
    return [token for token in found if token.kind != "whitespace"]


def _environment() -> Any:
    from jinja2 import Environment

    global _ENVIRONMENT  # noqa: PLW0603 - built once, never changed
    if _ENVIRONMENT is None:
        _ENVIRONMENT = Environment(autoescape=False, keep_trailing_newline=True)  # noqa: S701 - it only parses
    return _ENVIRONMENT


_ENVIRONMENT: Any = None
