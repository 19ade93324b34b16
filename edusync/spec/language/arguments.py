"""What filters take as their arguments, where an argument is written out: `digest('sha2')`.

Every value of such a filter would be unreadable, or nothing, in every row; so it is a mistake of
the spec. What a name holds is known when a row is there, and is looked at then.
"""

from __future__ import annotations

from dataclasses import dataclass
from inspect import signature
from typing import TYPE_CHECKING, Any

from edusync.diagnostics import did_you_mean
from edusync.spec.language.code import BadExpression
from edusync.spec.language.hashing import DIGESTS, KEYED, WRITTEN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Argument:
    """What one parameter of a filter takes, in words, and whether a value is that."""

    wanted: str
    fits: Callable[[object], bool]
    words: tuple[str, ...] = ()
    """All that it takes, where these are a few words."""
    write: str = ""
    """What to write, where it is no word of a few."""

    def hint(self, value: object) -> str:
        """Return what to write in place of a value."""
        return did_you_mean(str(value), list(self.words)) if self.words else self.write


def _one_of(*words: str) -> Argument:
    return Argument(f"one of {', '.join(words)}", lambda value: value in words, words)


def _is_whole(value: object) -> bool:
    return type(value) is int


TAKES: Mapping[tuple[str, str], Argument] = {
    ("digest", "algorithm"): _one_of(*DIGESTS),
    ("digest", "written"): _one_of(*WRITTEN),
    ("hmac", "key"): Argument(
        "a key that is not empty",
        lambda value: value not in {"", None},
        write="name the secret, as in hmac(connection.secret)",
    ),
    ("hmac", "algorithm"): _one_of(*KEYED),
    ("hmac", "written"): _one_of(*WRITTEN),
    ("shorten", "most"): Argument(
        "a whole number from 0",
        lambda value: isinstance(value, int) and _is_whole(value) and value >= 0,
        write="write how many characters are kept, as in shorten(50)",
    ),
    ("part", "index"): Argument(
        "a whole number", _is_whole, write="count from 0, as in part(0); part(-1) is the last"
    ),
    ("replace", "old"): Argument(
        "a text to look for",
        lambda value: value not in {"", None},
        write="write what is replaced, as in replace('-', '')",
    ),
    ("days_since", "start"): Argument(
        "a day or a moment",
        lambda _value: False,
        write="name a day, as in days_since(window.first)",
    ),
    ("merge", "other"): Argument(
        "a mapping", lambda _value: False, write="write it as in merge({'room': 'B1'})"
    ),
}
"""What is taken, by filter and parameter."""
TAKES_ANYTHING = frozenset({("join", "separator"), ("replace", "new")})
"""Parameters that anything may stand for."""


def check_arguments(name: str, function: Callable[..., Any], nodes: Sequence[Any]) -> None:
    """Raise BadExpression for the first argument that is written out and that a filter never takes.

    `nodes` are what Jinja2 parsed of the arguments.
    """
    parameters = [*signature(function).parameters][1:]
    for index, (parameter, node) in enumerate(zip(parameters, nodes, strict=False)):
        argument = TAKES.get((name, parameter))
        if argument is None or not _is_written_out(node):
            continue
        value = _value(node)
        if not argument.fits(value):
            raise BadExpression(
                "SPEC_WRONG_VALUE",
                f"'{parameter}' of the filter '{name}' is {argument.wanted}, not {value!r}",
                argument.hint(value),
                used=name,
                argument=(index, value),
            )


def _is_written_out(node: Any) -> bool:
    inner = node.node if type(node).__name__ == "Neg" else node
    return type(inner).__name__ == "Const"


def _value(node: Any) -> Any:
    return -node.node.value if type(node).__name__ == "Neg" else node.value
