"""Where a name, a filter or a mistake stands in the text of a template or an expression."""

from __future__ import annotations

from ast import literal_eval
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_SKIPPED = frozenset({"whitespace", "comment", "comment_begin", "comment_end"})
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")
_AS_PYTHON = {"true": "True", "false": "False", "none": "None"}


class Token(NamedTuple):
    """One token of Jinja2, and the index of its first character."""

    at: int
    kind: str
    text: str


class Heard:
    """The tokens of a text as a parser takes them: where it stands when it finds a mistake."""

    def __init__(self, environment: Any, source: str, *, bare: bool) -> None:
        self.environment, self.source = environment, source
        self.state = "variable" if bare else None
        self.at = 0
        """Where the last token begins, or where none can be read."""

    def tokens(self) -> Iterator[Token]:
        """Yield every token; TemplateSyntaxError where none can be read."""
        end = 0
        raw = self.environment.lexer.tokeniter(self.source, None, None, self.state)
        while True:
            self.at, before = end, self.at
            token = next(raw, None)
            if token is None:
                self.at = before
                return
            _, kind, text = token
            begins = max(self.source.find(text, end), end)
            end = begins + len(text)
            self.at = begins if kind not in _SKIPPED else before
            yield Token(begins, kind, text)

    def parser(self) -> Any:
        """Return a parser of the text that takes these tokens."""
        from jinja2.lexer import TokenStream
        from jinja2.parser import Parser

        parser = Parser(self.environment, "")
        raw = (
            (1 + self.source.count("\n", 0, one.at), one.kind, one.text) for one in self.tokens()
        )
        parser.stream = TokenStream(self.environment.lexer.wrap(raw, None, None), None, None)
        return parser


def place_of(tokens: list[Token], path: tuple[str, ...]) -> int | None:
    """Return where the last part of a name stands that a text reads; None when it is not found."""
    significant = [one for one in tokens if one.kind not in _SKIPPED]
    for index, token in enumerate(significant):
        before = significant[index - 1].text if index else ""
        if token.kind == "name" and token.text == path[0] and before not in {".", "|"}:
            at = _followed(significant, index, path[1:])
            if at is not None:
                return at
    return None


def _followed(tokens: list[Token], index: int, rest: tuple[str, ...]) -> int | None:
    """Return where the last of the parts stands that follow a name."""
    at = tokens[index].at
    for part in rest:
        ahead = tokens[index + 1 : index + 3]
        if len(ahead) < 2 or ahead[0].text not in {".", "["}:  # noqa: PLR2004 - a sign and a name
            return None
        if ahead[1].text.strip("'\"") != part:
            return None
        at, index = ahead[1].at, index + (2 if ahead[0].text == "." else 3)
    return at


def place_of_filter(tokens: list[Token], name: str) -> int | None:
    """Return where a filter, or a test, is named first; None when it is not."""
    significant = [one for one in tokens if one.kind not in _SKIPPED]
    for before, token in pairwise(significant):
        if token.text == name and before.text in {"|", "is", "filter", "not"}:
            return token.at
    return None


def place_of_argument(tokens: list[Token], name: str, argument: tuple[int, object]) -> int | None:
    """Return where a filter has an argument, by its index and its value; None when it is nowhere.

    A filter may be used several times in a text: the first that has it counts.
    """
    index, value = argument
    significant = [one for one in tokens if one.kind not in _SKIPPED]
    for at in range(len(significant) - 2):
        pipe, filter_, bracket = significant[at : at + 3]
        if (pipe.text, filter_.text, bracket.text) == ("|", name, "("):
            found = _arguments(significant[at + 3 :])
            if index < len(found) and _written(found[index]) == repr(value):
                return found[index][0].at
    return None


def _arguments(tokens: list[Token]) -> list[list[Token]]:
    """Return the tokens of each argument, of what stands behind an opening bracket."""
    found, depth = [list[Token]()], 0
    for token in tokens:
        if token.text in _CLOSING and token.kind == "operator":
            depth -= 1
            if depth < 0:
                break
        elif token.text in _OPENING and token.kind == "operator":
            depth += 1
        if token.text == "," and depth == 0 and token.kind == "operator":
            found.append([])
        else:
            found[-1].append(token)
    return [one for one in found if one]


def _written(tokens: list[Token]) -> str:
    """Return how Python writes an argument that is written out."""
    text = "".join(token.text for token in tokens)
    try:
        return repr(literal_eval(text))
    except (ValueError, SyntaxError):
        return _AS_PYTHON.get(text, text)
