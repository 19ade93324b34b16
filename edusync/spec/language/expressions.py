"""Templates and expressions: Jinja2's syntax, compiled once into plain functions (ruling L8).

Jinja2 parses; a small allow-list of its nodes is turned into closures. A dot looks into a mapping
and never reaches a Python attribute, there are no calls and no loops, and text has an upper length:
nothing can be reached but the names that are handed in. Empty is None; what is unknown makes the
whole expression unknown.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from edusync.spec.language.code import BadExpression, Code
from edusync.spec.language.nodes import Compiler, PathCompiler
from edusync.spec.language.written import as_xml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


def compile_expression(source: str, filters: Mapping[str, Callable[..., Any]]) -> Code:
    """Compile a bare expression, such as `row.status != 'open'`."""
    from jinja2.parser import Parser

    compiler = Compiler(filters)
    with _mistakes("SPEC_BAD_EXPRESSION", "an expression", "write it as in row.status != 'open'"):
        parser = Parser(_environment(), source, state="variable")
        node = parser.parse_expression()
        if not parser.stream.eos:
            raise BadExpression(
                "SPEC_BAD_EXPRESSION",
                f"the expression goes on after '{parser.stream.current.value}'",
                "one expression stands here; put parts together with 'and', 'or' or a comparison",
            )
        run = compiler.value(node)
    is_fact = type(node).__name__ == "Const" and isinstance(getattr(node, "value", None), bool)
    return Code(run, frozenset(compiler.names), frozenset(compiler.filters), constant=is_fact)


@contextmanager
def _mistakes(code: str, what: str, hint: str) -> Iterator[None]:
    """Turn what the parser and the compiler stumble over into BadExpression."""
    from jinja2.exceptions import TemplateError

    try:
        yield
    except TemplateError as error:
        message = f"not {what}: {str(error.message or error).lower().rstrip('.')}"
        raise BadExpression(code, message, hint) from error
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
    return _template(source, Compiler(filters), always_text=False)


def compile_xml(source: str, filters: Mapping[str, Callable[..., Any]]) -> Code:
    """Compile a template of XML.

    Every value that is put in is escaped, except a finished document (`| cdata`).
    """
    return _template(source, Compiler(filters, as_xml), always_text=True)


def compile_url_path(source: str, filters: Mapping[str, Callable[..., Any]]) -> Code:
    """Compile the path of a URL: what fills a hole is percent-encoded, after its filters.

    It is never empty. Texts that the spec itself writes into a hole (`'a/b' if …`), and answers of
    the connection, stay as they are.
    """
    return _template(source, PathCompiler(filters), always_text=True)


def _template(source: str, compiler: Compiler, *, always_text: bool) -> Code:
    if "{{" not in source and "{%" not in source and "{#" not in source:
        return Code(lambda _row, _names: source, constant=True)
    from jinja2 import nodes

    hint = "write what varies as in {{ row.name }}"
    with _mistakes("SPEC_BAD_TEMPLATE", "a template", hint):
        body = _environment().parse(source).body
        only = (
            body[0].nodes[0]
            if len(body) == 1 and isinstance(body[0], nodes.Output) and len(body[0].nodes) == 1
            else None
        )
        if always_text or only is None:
            run = compiler.text(body)
        elif isinstance(only, nodes.TemplateData):
            run = compiler.text_part(only)
        else:
            run = compiler.value(only)
    return Code(run, frozenset(compiler.names), frozenset(compiler.filters))


def _environment() -> Any:
    from jinja2 import Environment

    global _ENVIRONMENT  # noqa: PLW0603 - built once, never changed
    if _ENVIRONMENT is None:
        _ENVIRONMENT = Environment(autoescape=False, keep_trailing_newline=True)  # noqa: S701 - it only parses
    return _ENVIRONMENT


_ENVIRONMENT: Any = None
